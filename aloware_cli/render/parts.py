"""Parts: what a quote that is sent says, before anything is laid out.

Every amount is written here, once, for Markdown and HTML alike.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.cards import Model
from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.money import format_display
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate
from aloware_cli.domain.sources import Source
from aloware_cli.render.references import FEES, citation_of, references_of
from aloware_cli.render.words import SUBTOTALS, UNKNOWN, sum_figure

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import CarrierFees, FirstInvoice, ProratedLine

PERIODS = ("Monthly", "Quarterly", "Annual")
ONCE = ("Once",)
WORDS_FOR = {"included": "included", "unpublished": "not published"}


class Item(NamedTuple):
    """One line item."""

    label: str
    figures: tuple[str, ...]
    quantity: str = ""
    list_price: str = ""
    discount: str = ""
    unit_price: str = ""
    working: str = ""
    #: Whether the working says more than quantity and price do.
    needs_working: bool = False
    #: The number of its source; None for what follows from other items.
    source: int | None = None


class Sum(NamedTuple):
    """What items add up to."""

    label: str
    figures: tuple[str, ...]


class Group(NamedTuple):
    """Items that belong together, with what they add up to."""

    title: str
    items: tuple[Item, ...]
    sums: tuple[Sum, ...] = ()


class Part(NamedTuple):
    """A table: groups of items, one figure for each heading, and sums."""

    caption: str
    headings: tuple[str, ...]
    groups: tuple[Group, ...]
    sums: tuple[Sum, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all groups."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def prices(self) -> tuple[str, ...]:
        """The headings between label and figures; those of a discount where there is one."""
        if any(item.discount for item in self.items):
            return ("Quantity", "List price", "Discount", "Net price")
        return ("Quantity", "Price") if any(item.quantity for item in self.items) else ()

    def prices_of(self, item: Item) -> tuple[str, ...]:
        """Return what stands under those headings for `item`."""
        cells = {
            "Quantity": item.quantity,
            "List price": item.list_price,
            "Discount": item.discount,
            "Net price": item.unit_price,
            "Price": item.unit_price,
        }
        return tuple(cells[heading] for heading in self.prices)


def period_figures(amounts: Amounts, *, at_least: bool) -> tuple[str, ...]:
    """Write a sum for each period."""
    return tuple(sum_figure(amount, at_least=at_least) for amount in amounts)


def recurring_parts(quote: Quote) -> Iterator[Part]:
    """Yield the table of what recurs, where anything does."""
    if quote.lines:
        yield _recurring(quote)


def other_parts(quote: Quote) -> Iterator[Part]:
    """Yield the tables of what stands outside the totals of the periods."""
    if quote.one_time:
        yield _one_time(quote)
    if quote.first_invoice:
        yield _first_invoice(quote, quote.first_invoice)
    if quote.carrier_fees:
        yield _carrier_fees(quote, quote.carrier_fees)


def _recurring(quote: Quote) -> Part:
    groups = [
        Group(
            SUBTOTALS[category],
            _items(lines, quote),
            (
                Sum(
                    f"{SUBTOTALS[category]} subtotal",
                    period_figures(quote.subtotal(category), at_least=lacks_a_rate(lines)),
                ),
            ),
        )
        for category in CATEGORIES
        if (lines := quote.lines_of(category))
    ]
    total = Sum("Total", period_figures(quote.totals, at_least=lacks_a_rate(quote.lines)))
    return Part("What recurs", PERIODS, tuple(groups), (total,))


def _one_time(quote: Quote) -> Part:
    once = sum_figure(quote.one_time_total, at_least=lacks_a_rate(quote.one_time))
    first_year = sum_figure(quote.first_year, at_least=quote.at_least)
    return Part(
        "One-time fees, outside the periods",
        ONCE,
        (Group("", _items(quote.one_time, quote)),),
        (Sum("Total once", (once,)), Sum("Due in the first year", (first_year,))),
    )


def _first_invoice(quote: Quote, invoice: "FirstInvoice") -> Part:
    at_least = quote.invoices_at_least
    due = Sum("Due at the start", (sum_figure(invoice.total, at_least=at_least),))
    following = (sum_figure(invoice.next_amount, at_least=at_least),)
    return Part(
        f"First invoice, {invoice.start} to {invoice.period_end}",
        ONCE,
        (Group("", tuple(_prorated(line, invoice) for line in invoice.lines)),),
        (due, Sum(f"Next invoice, {invoice.next_date}", following)),
    )


def _prorated(line: "ProratedLine", invoice: "FirstInvoice") -> Item:
    each = format_display(line.prorated_unit)
    return Item(
        label=line.charge.label,
        figures=(format_display(line.amount),),
        quantity=f"{line.quantity:,}",
        unit_price=each,
        working=(
            f"{format_display(line.unit_price)} x "
            f"{invoice.days}/{invoice.days_in_month} = {each} each"
        ),
        needs_working=True,
    )


def _carrier_fees(quote: Quote, fees: "CarrierFees") -> Part:
    numbers = _numbers(quote)
    source = next((numbers[citation.source] for citation in fees.sources), None)
    low, high = (period_figures(amounts, at_least=False) for amounts in (fees.low, fees.high))
    items = [Item(FEES, low, source=source)]
    if low != high:
        items = [Item(f"{FEES}, from", low, source=source), Item("up to", high, source=source)]
    return Part("Carrier fees, outside the total", PERIODS, (Group("", tuple(items)),))


def _items(lines: Iterable[Line], quote: Quote) -> tuple[Item, ...]:
    numbers = _numbers(quote)
    return tuple(_item(line, numbers[citation_of(line).source]) for line in lines)


def _numbers(quote: Quote) -> dict[Source, int]:
    return {reference.source: reference.number for reference in references_of(quote)}


def _item(line: Line, source: int) -> Item:
    return Item(
        label=line.charge.label,
        figures=_figures(line),
        quantity=f"{line.quantity:,}",
        list_price=_list_price(line),
        discount="" if line.rate.discount is None else f"{line.rate.discount:f}%",
        unit_price=_unit_price(line),
        working=line.working,
        needs_working=not line.rate.is_simple,
        source=source,
    )


def _figures(line: Line) -> tuple[str, ...]:
    if line.charge.one_time:
        return UNKNOWN[:1] if line.amount is None else (format_display(line.amount),)
    return UNKNOWN if line.amounts is None else period_figures(line.amounts, at_least=False)


def _list_price(line: Line) -> str:
    """Write what one unit costs before any discount, where it costs something."""
    if line.status in WORDS_FOR or line.list_price is None:
        return ""
    return _price(line.list_price, line)


def _unit_price(line: Line) -> str:
    """Write what one unit costs; nothing where a working has several such prices."""
    if line.status in WORDS_FOR:
        return WORDS_FOR[line.status]
    mark = ", supplied" if line.status == "supplied" else ""
    return "" if line.unit_price is None else f"{_price(line.unit_price, line)}{mark}"


def _price(price: Decimal, line: Line) -> str:
    """Write a price, with what it buys where that is not one unit."""
    match line.rate.model:
        case Model(name="flat"):
            return f"{format_display(price)} flat"
        case Model(name="package", block=block):
            return f"{format_display(price)} for {block:,}"
    return format_display(price)
