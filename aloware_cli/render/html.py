"""HTML: a quote as one file that needs nothing else, for a screen and for one printed page.

It runs no script and fetches nothing, which its own security policy enforces. Every
text is escaped by the template's engine.
"""

import functools
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.money import format_usd
from aloware_cli.domain.quotes import Quote, lacks_a_rate, shares_of
from aloware_cli.render.layout import Table, tables_of
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import PERIODS, Amount, Report, display, notes_by_heading
from aloware_cli.render.words import card_identity, included_in, references_of, term_of

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
    return to_html(quote_report(quote), quote, list(_headline(quote)), list(_bars(quote)))


def to_html(report: Report, quote: Quote, headline: list[tuple[str, str]], bars: list[Bar]) -> str:
    """Return `report` as an HTML document, with the sources of `quote`."""
    tables = list(tables_of(quote, report))
    return _template().render(
        quote=quote,
        report=report,
        term=term_of(quote),
        facts=[(name, text) for name, text in report.facts if name != "Note"],
        headline=headline,
        further=list(_further(report)),
        recurring=[table for table in tables if _has_totals(table)],
        others=[table for table in tables if not _has_totals(table)],
        bars=bars,
        chart_width=CHART_WIDTH,
        row_height=ROW_HEIGHT,
        monthly=headline[0][1],
        included=list(included_in(quote)),
        notes=list(notes_by_heading(report.customer_notes)),
        references=references_of(quote),
        card=card_identity(quote),
    )


def _has_totals(table: Table) -> bool:
    return any(section.key == "total" for section in table.sections)


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


def _headline(quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield the total of each period."""
    at_least = lacks_a_rate(quote.lines)
    for column, value in zip(PERIODS, quote.totals, strict=True):
        yield column.title, display(Amount(value, at_least, is_total=True))


def _further(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the totals of the other sections, each with its name."""
    for section in report.sections:
        if len(section.columns) == 1 and not section.group:
            sums = [row for row in section.rows if row.level != "item"]
            for row in sums or section.rows:
                yield row.label, display(row.figures[0])


def _bars(quote: Quote) -> Iterator[Bar]:
    """Yield what makes up the monthly total; nothing where it is 0.00."""
    for place, (line, percent) in enumerate(shares_of(quote)):
        amount = "" if line.amount is None else format_usd(line.amount)
        yield Bar(
            label=line.charge.label,
            short=_shortened(line.charge.label),
            share=f"{amount} · {percent}%" if percent else f"{amount} · under 1%",
            top=place * ROW_HEIGHT,
            width=max(1, CHART_WIDTH * percent // 100),
        )


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
