"""HTML: a quote as one file that needs nothing else, for a screen and for one printed page.

It runs no script and fetches nothing, which its own security policy enforces. Every
text is escaped by the template's engine.
"""

import functools
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Quote, lacks_a_rate, shares_of
from aloware_cli.render.facts import card_identity, credits_facts, facts_on, included_in
from aloware_cli.render.parts import (
    PERIODS,
    other_parts,
    period_figures,
    recurring_parts,
)
from aloware_cli.render.references import references_of
from aloware_cli.render.words import sum_figure

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = os.path.join(os.path.dirname(__file__), "templates")
#: Sizes of the chart, in its own units.
CHART_WIDTH: Final = 300
ROW_HEIGHT: Final = 28
LONGEST_LABEL: Final = 30


class Bar(NamedTuple):
    """One line of the chart."""

    label: str
    #: The label as the chart has room for it; the table has all of it.
    short: str
    share: str
    top: int
    width: int


def quote_html(quote: Quote) -> str:
    """Return `quote` as an HTML document."""
    at_least = lacks_a_rate(quote.lines)
    return _template().render(
        quote=quote,
        facts=facts_on(quote.details._replace(note=None)) if quote.details else (),
        totals=zip(PERIODS, period_figures(quote.totals, at_least=at_least), strict=True),
        once=_once(quote),
        recurring=list(recurring_parts(quote)),
        others=list(other_parts(quote)),
        bars=list(_bars(quote)),
        chart_width=CHART_WIDTH,
        row_height=ROW_HEIGHT,
        monthly=sum_figure(quote.totals.monthly, at_least=at_least),
        included=list(included_in(quote)),
        credits=list(credits_facts(quote.credits)) if quote.credits else [],
        references=references_of(quote),
        card=card_identity(quote),
    )


@functools.cache
def _template() -> "Template":
    """Return the template, compiled once."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("quote.html")


def _once(quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield what is paid beside the periods, each with its name."""
    at_least = quote.invoices_at_least
    if quote.first_invoice:
        invoice = quote.first_invoice
        yield f"Due at the start, {invoice.start}", sum_figure(invoice.total, at_least=at_least)
        yield (
            f"Next invoice, {invoice.next_date}",
            sum_figure(invoice.next_amount, at_least=at_least),
        )
    if quote.one_time:
        unsupported = lacks_a_rate(quote.one_time)
        yield "One-time fees", sum_figure(quote.one_time_total, at_least=unsupported)


def _bars(quote: Quote) -> Iterator[Bar]:
    """Yield what makes up the monthly total; nothing where it is 0.00."""
    for place, (line, percent) in enumerate(shares_of(quote)):
        amount = "" if line.amount is None else format_display(line.amount)
        yield Bar(
            label=line.charge.label,
            short=_shortened(line.charge.label),
            share=f"{amount} · {percent}%" if percent else f"{amount} · under 1%",
            top=place * ROW_HEIGHT,
            width=max(1, CHART_WIDTH * percent // 100),
        )


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
