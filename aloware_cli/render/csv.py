"""CSV: one row for each row of a quote's sections, with one header for all quotes.

The column `section` says what a row belongs to. A name with a dot is a key within an object
of the JSON: `source.title`. Amounts are bare decimal numbers; an unknown value is an empty
cell. Rows end in a line feed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import PER_UNIT
from aloware_cli.domain.comparisons import Sweep
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.sources import Citation
from aloware_cli.render.quotes import quote_sections
from aloware_cli.render.sections import Amount, Cell, Row, Section

#: What a spreadsheet takes for a formula when a cell begins with it, wide forms too.
FORMULA_STARTS: Final = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20",
)  # fmt: skip
_DETAILS: Final = (
    "prospect", "contact", "prepared_by", "number", "issued", "valid_days", "valid_until", "note",
)  # fmt: skip
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
    return to_csv([columns, *([row.get(name, "") for name in columns] for row in rows)])


def sweep_csv(sweep: Sweep) -> str:
    """Return `sweep` as CSV: a row for each quantity, a column for each plan."""
    rows = [[str(point.quantity), *map(format_exact, point.totals)] for point in sweep.points]
    return to_csv([["quantity", *sweep.plans], *rows])


def _rows(quote: Quote) -> Iterator[Mapping[str, str]]:
    """Yield the cells of each row by column; a cell that is not given is empty."""
    common = {
        **_of_plan(quote),
        "currency": quote.currency,
        "as_of": quote.as_of or "",
        **{f"document.{name}": _given(getattr(quote.details, name, None)) for name in _DETAILS},
    }
    groups = {each.name: _of_plan(each.quote) | {"group": each.name} for each in quote.groups}
    for section in quote_sections(quote):
        lead = common | groups.get(section.group, {})
        for row in section.rows:
            yield lead | _row_cells(row, section) | _line_cells(row.line) | _source(row.citation)
    for note in quote.notes:
        yield common | {"section": "note", "label": note.kind, "reason": note.text}


def _of_plan(quote: Quote) -> dict[str, str]:
    return {"plan": quote.plan, "term": quote.term, "rate_card.sha256": quote.card.sha256}


def _row_cells(row: Row, section: Section) -> dict[str, str]:
    at_least = any(isinstance(cell, Amount) and cell.at_least for cell in row.figures)
    columns = (column.key for column in section.columns)
    key = section.key
    if key == "group" and row.line:  # as in a quote of one plan
        key = row.line.charge.category
    return {
        "section": key,
        "paid": _PAID.get(section.key, "monthly"),
        "charge": row.charge.key if row.charge else "",
        "label": row.label,
        "status": "at_least" if at_least else "",
        "quantity": _given(row.quantity),
        "unit": row.unit,
        "unit_price": _given(row.price),
        **{key: written(cell) for key, cell in zip(columns, row.figures, strict=True)},
        "calculation": row.calculation,
    }


def _line_cells(line: Line | None) -> dict[str, str]:
    if line is None:
        return {}
    discount = line.rate.discount
    return {
        "category": line.charge.category,
        "status": line.status,
        "list_price": _given(line.list_price),
        "discount": "" if discount is None else f"{discount:f}",
        "reason": line.reason,
        "model": line.rate.model.name if line.rate.model else PER_UNIT,
        "allowance": str(line.allowance),
    }


def _source(citation: Citation | None) -> dict[str, str]:
    if citation is None:
        return {}
    keys = ("key", "title", "url", "read_on")
    fields = {f"source.{key}": getattr(citation.source, key) or "" for key in keys}
    return {**fields, "source.wording": citation.wording}


def _given(value: Decimal | int | str | None) -> str:
    if isinstance(value, Decimal):
        return format_exact(value)
    return "" if value is None else str(value)


def written(cell: Cell) -> str:
    """Write a cell for machines: bare decimals; text, which is for people, is left out."""
    if isinstance(cell, Amount):
        return _given(cell.value)
    return "" if isinstance(cell, str) else _given(cell)
