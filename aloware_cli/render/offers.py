"""Offers: what a customer reads of a quote, for HTML, PDF and Markdown to lay out.

Pages, wordings and hashes are only in the appendix.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from aloware_cli.domain.money import ZERO, format_usd
from aloware_cli.domain.orders import Seller
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Note, Quote, lacks_a_rate, total_of
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import Amount, Report, display
from aloware_cli.render.tables import Table, tables_of
from aloware_cli.render.words import (
    Reference,
    card_identity,
    citation_of,
    references_of,
    result_of,
    term_of,
)

#: What a customer signs.
ACCEPTANCE: Final = ("Name", "Title", "Signature", "Date")


class Presentation(NamedTuple):
    """How a quote is shown to a customer."""

    seller: Seller | None = None
    #: Whether the appendix is printed.
    has_sources: bool = False


class Figure(NamedTuple):
    """An amount that matters, above the tables."""

    label: str
    amount: str
    detail: str = ""


class Appendix(NamedTuple):
    """Where the prices come from, for readers who ask."""

    calculations: tuple[str, ...]
    notes: tuple[str, ...]
    references: tuple[Reference, ...]
    cards: str


class Offer(NamedTuple):
    """Everything that a customer reads."""

    title: str
    customer: str
    lead: str
    seller: Seller | None
    #: Number, contact, sender and dates, each with its name.
    facts: tuple[tuple[str, str], ...]
    headline: tuple[Figure, ...]
    note: str
    #: What the totals lack; empty if they are complete.
    alert: str
    tables: tuple[Table, ...]
    #: Lists of sentences, each with its heading.
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    is_signed: bool
    appendix: Appendix | None
    footer: str


def quote_offer(quote: Quote, presentation: Presentation | None = None) -> Offer:
    """Return what a customer reads of `quote`."""
    return offer_of(quote_report(quote), quote, tuple(_headline(quote)), presentation)


def offer_of(
    report: Report,
    quote: Quote,
    headline: tuple[Figure, ...],
    presentation: Presentation | None = None,
) -> Offer:
    """Return what a customer reads of `report`, with the details and sources of `quote`."""
    presentation = presentation or Presentation()
    details, start = quote.details, quote.order.start
    customer = details.prospect if details and details.prospect else ""
    number = f" {details.number}" if details and details.number else ""
    starts = f", starts {format_date(start)}" if start else ""
    return Offer(
        title=f"Quote{number}{f' for {customer}' if customer else ''}: Aloware {quote.plan}",
        customer=customer,
        lead=f"Aloware {quote.plan}, {term_of(quote)}{starts}",
        seller=presentation.seller,
        facts=tuple(fact for fact in report.facts if fact[0] not in {"Customer", "Note"}),
        headline=headline,
        note=(details and details.note) or "",
        alert=_alert(quote),
        tables=tuple(tables_of(report)),
        lists=tuple(lists_of(report.customer_notes)),
        is_signed=bool(presentation.seller or number),
        appendix=_appendix(report, quote) if presentation.has_sources else None,
        footer=footer_of(quote.currency, presentation),
    )


def footer_of(currency: str, presentation: Presentation) -> str:
    """Write the currency, and how to see the sources of the prices."""
    where = "see the appendix" if presentation.has_sources else "ask for this quote with sources"
    name = "US dollars" if currency == "USD" else currency
    return f"Amounts in {name}. Every price is traceable to its source: {where}."


def _alert(quote: Quote) -> str:
    if not quote.at_least:
        return ""
    labels = ", ".join(line.charge.label for line in quote.unpriced)
    return f"Not priced: {labels}. The totals are lower bounds."


def _headline(quote: Quote) -> Iterator[Figure]:
    at_least, one_time = lacks_a_rate(quote.lines), quote.one_time_total
    monthly, quarterly, annual = (
        display(Amount(total, at_least, is_total=True)) for total in quote.totals
    )
    if quote.lines:
        usage = quote.subtotal("usage").monthly
        estimated = f"including {format_usd(usage)} estimated usage" if usage else ""
        yield Figure("Monthly total", monthly, estimated)
        if quote.first_invoice is None:
            yield Figure("Quarterly total", quarterly, "3 months")
            yield Figure("Annual total", annual, "12 months")
        else:
            yield Figure("Annual total", annual, f"{quarterly} a quarter")
    if invoice := quote.first_invoice:
        balance = quote.credits.balance if quote.credits else ZERO
        fees = total_of(quote.one_time_fees)
        first = display(Amount(invoice.total, quote.invoices_at_least, is_total=True))
        parts = [f"first invoice {first}"]
        if balance and balance >= fees:
            parts.append(f"prepaid credits {format_usd(balance)}")
        elif fees:
            parts.append(f"one-time fees {format_usd(fees)}")
        if custom := one_time - fees:
            parts.append(f"custom lines {format_usd(custom)}")
        due = Amount(quote.due_now, quote.due_now_at_least, is_total=True)
        yield Figure("Due now", display(due), " + ".join(parts))
    elif quote.one_time:
        once = Amount(one_time, lacks_a_rate(quote.one_time), is_total=True)
        yield Figure("One-time total", display(once))


def lists_of(notes: Iterable[Note]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is not included, then the terms and assumptions."""
    listed = list(notes)
    kinds = {
        "Not included": ("exclusion",),
        "Terms and assumptions": ("caution", "assumption", "term"),
    }
    for heading, these in kinds.items():
        if texts := tuple(n.text for kind in these for n in listed if n.kind == kind):
            yield heading, texts


def _appendix(report: Report, quote: Quote) -> Appendix:
    references = references_of(quote)
    numbers = {reference.source: reference.number for reference in references}
    notes = (n.text for n in report.notes if n.kind == "source" or n.audience == "internal")
    return Appendix(
        calculations=tuple(
            f"{line.charge.label}: {result_of(line)}. {line.reason} "
            f"[{numbers[citation_of(line).source]}]"
            for line in quote.all_lines
        ),
        notes=tuple(notes),
        references=references,
        cards=f"Priced by aloware-cli {quote.version} with the {card_identity(quote)}.",
    )
