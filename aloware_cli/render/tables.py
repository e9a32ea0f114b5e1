"""Tables of an offer: a report's parts as columns of quantity, price and figures.

Each part is a table, each section a block of it, and its title a heading in the table.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import Model
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.periods import amounts_of
from aloware_cli.domain.quotes import Line
from aloware_cli.render.sections import ONCE, TIMES, Amount, Cell, Report, Row, Section, display

#: Sections that a note states in a sentence.
IN_NOTES: Final = ("carrier_fees", "credits")


class Item(NamedTuple):
    """A row of a table, as texts."""

    label: str
    #: The cells about quantity and price, and the same in one text for a narrow screen.
    units: tuple[str, ...]
    units_in_words: str
    figures: tuple[str, ...]
    #: Discount and saving; what else to know of the price.
    saving: str = ""
    remark: str = ""
    is_sum: bool = False


class Block(NamedTuple):
    """Rows of a table below a heading."""

    title: str
    items: tuple[Item, ...]


class Table(NamedTuple):
    """One part of the offer."""

    title: str
    #: The headings of the columns about quantity and price, and of the figures.
    units: tuple[str, ...]
    figures: tuple[str, ...]
    blocks: tuple[Block, ...]
    #: Totals at the end, and a sentence below them.
    foot: tuple[Item, ...]
    remark: str

    @property
    def is_wide(self) -> bool:
        """Whether the table needs the whole width of a page."""
        return len(self.figures) > 1


def tables_of(report: Report) -> Iterator[Table]:
    """Yield a table for each part of `report` that no note states in a sentence."""
    for title, sections in report.parts:
        if sections[0].key not in IN_NOTES:
            yield _table(title, sections)


def _table(title: str, sections: Sequence[Section]) -> Table:
    columns = sections[0].columns
    shown = tuple(n for n, column in enumerate(columns) if column.key != "quarterly")
    rows = [row for section in sections for row in section.rows]
    units = _unit_headings(sections[0], rows)
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
    return Table(title, units, figures, tuple(blocks), tuple(foot), remark)


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
        units=(words,) if len(headings) == 1 else tuple(cells[name] for name in headings),
        units_in_words=f"{words}, list price {listed}" if discounted and listed else words,
        figures=tuple("Included" if is_included else _figure(cell) for cell in figures),
        saving=_saving(line) if line else "",
        remark=_remark(line) if line else "",
        is_sum=row.level != "item",
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
