"""CSV: one row for each row of a quote's sections, with one header for all quotes.

The column `section` says what a row belongs to. A name with a dot is a key within an object
of the JSON: `source.title`. Amounts are bare decimal numbers; an unknown value is an empty
cell. Rows end in a line feed.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import PER_UNIT
from aloware_cli.domain.comparisons import Sweep
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.quotes import Quote
from aloware_cli.render.documents import Document, record
from aloware_cli.render.quotes import quote_sections
from aloware_cli.render.sections import Amount, Cell, Row, Section

#: What a spreadsheet takes for a formula when a cell begins with it, wide forms too.
FORMULA_STARTS: Final = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20",
)  # fmt: skip
_DETAILS: Final = (
    "prospect", "contact", "prepared_by", "number", "issued", "valid_days", "valid_until", "note",
)  # fmt: skip
#: The columns of a quote and of a row, each with the path of its value unless that is its name.
_OF_PLAN: Final = "plan term rate_card.sha256=card.sha256"
_OF_QUOTE: Final = "currency as_of " + " ".join(
    f"document.{name}=details.{name}" for name in _DETAILS
)
_OF_ROW: Final = (
    "charge=charge.key label quantity unit unit_price=price calculation "
    "source.key=citation.source.key source.title=citation.source.title "
    "source.url=citation.source.url source.read_on=citation.source.read_on "
    "source.wording=citation.wording"
)
#: How often the amounts of a section are paid, if not monthly.
_PAID: Final = {
    "one_time": "once",
    "custom_one_time": "once",
    "first_invoice": "once",
    "credits": "",
}
#: The columns of a quote, in order; `paid` is `monthly` or `once`.
COLUMNS: Final = (
    "section", "plan", "term", "currency", "as_of", "paid", "charge", "label", "category",
    "status", "quantity", "unit", "list_price", "unit_price", "discount", "monthly", "quarterly",
    "annual", "amount", "calculation", "reason", "source.key", "source.title", "source.url",
    "source.read_on", "source.wording", *(f"document.{name}" for name in _DETAILS),
    "rate_card.sha256", "model", "allowance",
)  # fmt: skip


def harmless(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs: behind an apostrophe if it must be."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def has_formula(text: str, delimiter: str) -> bool:
    """Tell whether a cell of `text`, whose cells have no quotes, begins as a formula does."""
    return any(
        mark in text
        and (f"{delimiter}{mark}" in text or f"\n{mark}" in text or text.startswith(mark))
        for mark in FORMULA_STARTS
        if mark != "\n"  # only a cell in quotes begins with one
    )


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` of cells as CSV; no cell runs as a formula."""
    return raw_csv([harmless(cell) for cell in row] for row in rows)


def raw_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` of cells as CSV, each cell as it is."""
    import csv

    lines = _Lines()
    # With this line end, the writer quotes cells with a carriage return, too.
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return "".join(lines.written)


class _Lines:
    """What a CSV writer writes, each row with a line feed at its end."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        """Take one row."""
        self.written.append(f"{line[:-2]}\n")


def quote_csv(quote: Quote) -> str:
    """Return the rows of all sections of `quote`, and its notes, as CSV."""
    return quotes_csv([quote])


def quotes_csv(quotes: Iterable[Quote]) -> str:
    """Return the rows of all `quotes` as one CSV, quote after quote."""
    rows = [row for quote in quotes for row in _rows(quote)]
    columns = (*COLUMNS, "group") if any("group" in row for row in rows) else COLUMNS
    cells = ([row.get(name) for name in columns] for row in rows)
    return to_csv(
        [columns, *(["" if cell is None else str(cell) for cell in row] for row in cells)]
    )


def sweep_csv(sweep: Sweep) -> str:
    """Return `sweep` as CSV: a row for each quantity, a column for each plan."""
    rows = [[str(point.quantity), *map(format_exact, point.totals)] for point in sweep.points]
    return to_csv([["quantity", *sweep.plans], *rows])


def _rows(quote: Quote) -> Iterator[Document]:
    """Yield the cells of each row by column, as the JSON has them."""
    common = record(quote, f"{_OF_PLAN} {_OF_QUOTE}")
    groups = {each.name: record(each.quote, _OF_PLAN) for each in quote.groups}
    for section in quote_sections(quote):
        lead = common | groups.get(section.group, {})
        for row in section.rows:
            yield lead | _cells(row, section)
    for note in quote.notes:
        yield common | {"section": "note", "label": note.kind, "reason": note.text}


def _cells(row: Row, section: Section) -> Document:
    at_least = any(isinstance(cell, Amount) and cell.at_least for cell in row.figures)
    columns = (column.key for column in section.columns)
    key = section.key
    if key == "group" and row.line:  # as in a quote of one plan
        key = row.line.charge.category
    cells = {
        "section": key,
        **({"group": section.group} if section.group else {}),
        "paid": _PAID.get(section.key, "monthly"),
        "status": "at_least" if at_least else "",
        **record(row, _OF_ROW),
        **{key: written(cell) for key, cell in zip(columns, row.figures, strict=True)},
    }
    if line := row.line:
        discount = line.rate.discount
        cells |= record(line, "category=charge.category status list_price reason allowance")
        cells["discount"] = None if discount is None else f"{discount:f}"
        cells["model"] = line.rate.model.name if line.rate.model else PER_UNIT
    return cells


def written(cell: Cell) -> str:
    """Write a cell for machines: bare decimals; text, which is for people, is left out."""
    value = cell.value if isinstance(cell, Amount) else cell
    if isinstance(value, Decimal):
        return format_exact(value)
    return str(value) if isinstance(value, int) else ""
