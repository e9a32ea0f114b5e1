"""Pages of quotes: what a customer reads of a quote or a range.

Each part of the report is a table, each section a block of it, and its title a heading in the
table. Sources, wordings and hashes are only in the appendix.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import Model
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.orders import Seller
from aloware_cli.domain.periods import amounts_of, format_date
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import DuePart, Line, NoteKind, Quote, lacks_a_rate
from aloware_cli.render.comparisons import COLUMNS, range_report
from aloware_cli.render.pages import Appendix, Block, Figure, Item, Page, Table
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import (
    ONCE,
    TIMES,
    Amount,
    Cell,
    Report,
    Row,
    Section,
    display,
    display_total,
    notes_by_heading,
)
from aloware_cli.render.words import (
    card_identity,
    citation_of,
    references_of,
    result_of,
    term_of,
)

#: Sections that a note states in a sentence.
IN_NOTES: Final = ("carrier_fees", "credits")
ACCEPTANCE: Final = ("Name", "Title", "Signature", "Date")
LISTS: Final[Mapping[str, tuple[NoteKind, ...]]] = {
    "Not included": ("exclusion",),
    "Terms and assumptions": ("caution", "assumption", "term"),
}
DUE_PARTS: Final[Mapping[DuePart, str]] = {
    "first_invoice": "first invoice",
    "credits": "prepaid credits",
    "fees": "one-time fees",
    "custom": "custom lines",
}


class Presentation(NamedTuple):
    """How a quote is shown to a customer."""

    seller: Seller | None = None
    #: Whether the appendix is printed.
    has_sources: bool = False


def quote_page(quote: Quote, presentation: Presentation | None = None) -> Page:
    """Return what a customer reads of `quote`."""
    return _page_of(quote_report(quote), quote, tuple(_headline(quote)), presentation)


def range_page(found: QuoteRange, presentation: Presentation | None = None) -> Page:
    """Return what a customer reads of a range."""
    headline = tuple(
        Figure(
            f"{column.title}, per month",
            display_total(quote.totals.monthly, at_least=quote.at_least),
        )
        for column, quote in zip(COLUMNS, found.quotes, strict=True)
    )
    return _page_of(range_report(found), found.aligned[-1], headline, presentation)


def _page_of(
    report: Report,
    quote: Quote,
    headline: tuple[Figure, ...],
    presentation: Presentation | None = None,
) -> Page:
    """Return what a customer reads of `report`, with the details and sources of `quote`."""
    seller, has_sources = presentation or Presentation()
    details, start = quote.details, quote.order.start
    customer = (details and details.prospect) or ""
    number = f" {details.number}" if details and details.number else ""
    starts = f", starts {format_date(start)}" if start else ""
    where = "see the appendix" if has_sources else "ask for this quote with sources"
    currency = "US dollars" if quote.currency == "USD" else quote.currency
    unpriced = ", ".join(line.charge.label for line in quote.unpriced)
    return Page(
        title=f"Quote{number}{f' for {customer}' if customer else ''}: Aloware {quote.plan}",
        name="Quote",
        lead=f"Aloware {quote.plan}, {term_of(quote)}{starts}",
        facts=tuple(fact for fact in report.facts if fact[0] not in {"Customer", "Note"}),
        tables=tuple(
            _table(title, sections)
            for title, sections in report.parts
            if sections[0].key not in IN_NOTES
        ),
        lists=tuple(notes_by_heading(report.customer_notes, LISTS)),
        template="quote.html",
        seller=seller,
        customer=customer,
        headline=headline,
        alert=f"Not priced: {unpriced}. The totals are lower bounds." if unpriced else "",
        note=(details and details.note) or "",
        acceptance=ACCEPTANCE if seller or number else (),
        footer=f"Amounts in {currency}. Every price is traceable to its source: {where}.",
        appendix=_appendix(report, quote) if has_sources else None,
    )


def _headline(quote: Quote) -> Iterator[Figure]:
    if quote.lines:
        at_least = lacks_a_rate(quote.lines)
        monthly, quarterly, annual = (
            display_total(total, at_least=at_least) for total in quote.totals
        )
        usage = quote.subtotal("usage").monthly
        estimated = f"including {format_usd(usage)} estimated usage" if usage else ""
        yield Figure("Monthly total", monthly, estimated)
        if quote.first_invoice is None:
            yield Figure("Quarterly total", quarterly, "3 months")
            yield Figure("Annual total", annual, "12 months")
        else:
            yield Figure("Annual total", annual, f"{quarterly} a quarter")
    if quote.first_invoice:
        (_, invoice), *further = quote.due_parts.items()
        first = display_total(invoice, at_least=quote.invoices_at_least)
        parts = [(DUE_PARTS["first_invoice"], first)]
        parts += [(DUE_PARTS[part], format_usd(amount)) for part, amount in further if amount]
        due = display_total(quote.due_now, at_least=quote.due_now_at_least)
        yield Figure("Due now", due, " + ".join(map(" ".join, parts)))
    elif quote.one_time:
        once = display_total(quote.one_time_total, at_least=lacks_a_rate(quote.one_time))
        yield Figure("One-time total", once)


def _table(title: str, sections: Sequence[Section]) -> Table:
    columns = sections[0].columns
    shown = tuple(n for n, column in enumerate(columns) if column.key != "quarterly")
    units = _unit_headings(sections[0], [row for section in sections for row in section.rows])
    blocks, foot, remark = [], list[Item](), ""
    for section in sections:
        items = []
        for row in section.rows:
            item = _item(row, units, tuple(row.figures[n] for n in shown if n < len(row.figures)))
            if section.key == "first_invoice" and foot:
                remark = f"{row.label}: {item.figures[0]}."
            elif foot or row.level == "total":
                foot.append(item)
            else:
                named = row.level != "item" and row.label == section.title
                items.append(item._replace(label=f"{row.label} subtotal") if named else item)
        heading = "Usage (estimated)" if section.key == "usage" else section.title
        if items:
            blocks.append(Block(heading if heading != title else "", tuple(items)))
    figures = tuple(columns[n].title or "Amount" for n in shown)
    return Table(title, "Item", units, figures, tuple(blocks), tuple(foot), remark)


def _unit_headings(section: Section, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the headings between the label and the figures."""
    if not any(row.price is not None or row.line for row in rows):
        return ()
    if section.columns == ONCE:
        return ("Prorated" if section.key == "first_invoice" else "Quantity",)
    discounted = any(row.line and row.line.rate.discount for row in rows)
    return ("Quantity", "List price", "Net price") if discounted else ("Quantity", "Price")


def _item(row: Row, headings: Sequence[str], figures: Sequence[Cell]) -> Item:
    line = row.line
    is_included = line is not None and line.status == "included"
    net = "" if is_included else _price(row.price, line)
    listed = "" if is_included or line is None else _price(line.list_price, line)
    quantity = "" if row.quantity is None else f"{row.quantity:,}"
    words = f"{quantity} {TIMES} {net}" if net else quantity
    cells = {"Quantity": quantity, "List price": listed, "Net price": net, "Price": net}
    discounted = line is not None and line.rate.discount
    return Item(
        label=row.label,
        figures=tuple("Included" if is_included else _figure(cell) for cell in figures),
        is_sum=row.level != "item",
        units=(words,) if len(headings) == 1 else tuple(cells[name] for name in headings),
        units_in_words=f"{words}, list price {listed}" if discounted and listed else words,
        saving=_saving(line) if line else "",
        remark=_remark(line) if line else "",
    )


def _figure(cell: Cell) -> str:
    if not isinstance(cell, Amount):
        return display(cell)
    return "not priced" if cell.value is None else display(cell._replace(is_total=True))


def _price(price: Decimal | None, line: Line | None) -> str:
    """Write a price with what it buys, if that is not one unit."""
    if price is None:
        return ""
    match line and line.rate.model:
        case Model(name="flat"):
            return f"{format_usd(price)} flat"
        case Model(name="package", block=block):
            return f"{format_usd(price)} for {block:,}"
    return format_usd(price)


def _saving(line: Line) -> str:
    if not line.rate.discount or not line.saving:
        return ""
    saving = amounts_of(line.saving)
    text = f"{line.rate.discount:f}% discount: you save {format_usd(saving.monthly)}"
    return text if line.charge.one_time else f"{text} a month, {format_usd(saving.annual)} a year"


def _remark(line: Line) -> str:
    """Return how an amount is calculated, if quantity and price do not show it."""
    if line.status == "supplied" and line.rate.price is not None:
        return "Price supplied for this quote"
    return "" if line.rate.is_simple else line.working.replace(" x ", f" {TIMES} ")


def _appendix(report: Report, quote: Quote) -> Appendix:
    references = references_of(quote)
    numbers = {reference.source: reference.number for reference in references}
    return Appendix(
        calculations=tuple(
            f"{line.charge.label}: {result_of(line)}. {line.reason} "
            f"[{numbers[citation_of(line).source]}]"
            for line in quote.all_lines
        ),
        notes=tuple(
            note.text
            for note in report.notes
            if note.kind == "source" or note.audience == "internal"
        ),
        references=references,
        cards=f"Priced by aloware-cli {quote.version} with the {card_identity(quote)}.",
    )
