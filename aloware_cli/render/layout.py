"""Tables of a document: sections with price columns and numbered sources, for Markdown and HTML."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import Model
from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.sources import Citation
from aloware_cli.render.sections import Report, Row, Section, display
from aloware_cli.render.words import citation_of, references_of

#: States without a price: their name stands for it.
_UNPRICED: Final = {"included": "included", "unpublished": "not published"}


class Table(NamedTuple):
    """One part of a report."""

    title: str
    sections: tuple[Section, ...]
    #: The number of each source, by what a row cites.
    sources: Mapping[Citation, int]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def prices(self) -> tuple[str, ...]:
        """The headings between label and figures; a discount needs two more."""
        if any(row.line and row.line.rate.discount is not None for row in self.rows):
            return ("Quantity", "List price", "Discount", "Net price")
        priced = any(row.price is not None or row.line for row in self.rows)
        return ("Quantity", "Price") if priced else ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns after the label."""
        figures = (column.title or "Amount" for column in self.sections[0].columns)
        return (*self.prices, *figures)

    @property
    def has_sources(self) -> bool:
        """Whether a row has a source."""
        return any(row.citation for row in self.rows)

    def prices_of(self, row: Row) -> tuple[str, ...]:
        """Return the cells of `row` under the price headings."""
        line = row.line
        listed = line.list_price if line and line.status not in _UNPRICED else None
        discount = line.rate.discount if line else None
        cells = {
            "Quantity": "" if row.quantity is None else f"{row.quantity:,}",
            "List price": _price(listed, line),
            "Discount": "" if discount is None else f"{discount:f}%",
            "Net price": _net_price(row),
            "Price": _net_price(row),
        }
        return tuple(cells[heading] for heading in self.prices)

    def cells_of(self, row: Row) -> tuple[str, ...]:
        """Return the cells of `row` after the label."""
        return (*self.prices_of(row), *map(display, row.figures))

    def source_of(self, row: Row) -> str:
        """Return the number of the source of `row`; empty for a sum."""
        return str(self.sources[row.citation]) if row.citation else ""

    def needs_calculation(self, row: Row) -> bool:
        """Tell whether the calculation of `row` says more than quantity and price."""
        if row.line:
            return not row.line.rate.is_simple
        return bool(row.calculation) and row.price is None


def _net_price(row: Row) -> str:
    """Write the price after the discount, or the state that stands for it."""
    line = row.line
    if line and line.status in _UNPRICED:
        return _UNPRICED[line.status]
    mark = ", supplied" if line and line.status == "supplied" and row.price is not None else ""
    return f"{_price(row.price, line)}{mark}"


def _price(price: Decimal | None, line: Line | None) -> str:
    """Write a price with what it buys, if that is not one unit."""
    if price is None:
        return ""
    match line and line.rate.model:
        case Model(name="flat"):
            return f"{format_display(price)} flat"
        case Model(name="package", block=block):
            return f"{format_display(price)} for {block:,}"
    return format_display(price)


def tables_of(quote: Quote, report: Report) -> Iterator[Table]:
    """Yield a table for each part of `report`."""
    numbers = {reference.source: reference.number for reference in references_of(quote)}
    sources = {line.rate.citation: numbers[citation_of(line).source] for line in quote.all_lines}
    for citation in quote.carrier_fees.sources if quote.carrier_fees else ():
        sources[citation] = numbers[citation.source]
    for title, sections in report.parts:
        yield Table(title, sections, sources)
