"""CSV: one row a line item, under the names of the JSON form.

A name with a dot is a key within an object: `source.title`. Each row ends in a line
feed; amounts are bare decimal numbers, the same in every locale. What the JSON form
gives as null is an empty cell.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeGuard

from aloware_cli.domain.quotes import Quote
from aloware_cli.render.documents import Object, Value, quote_document

#: What a spreadsheet takes for a formula when a cell begins with it, wide forms too.
FORMULA_STARTS: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)

_DETAILS: Final = (
    "prospect", "contact", "prepared_by", "number", "issued", "valid_days", "valid_until", "note",
)  # fmt: skip
#: The columns of a quote, in order; `paid` is `monthly` or `once`.
COLUMNS: Final = (
    "plan", "term", "currency", "as_of", "paid", "charge", "label", "category", "status",
    "quantity", "unit", "list_price", "unit_price", "discount", "monthly", "quarterly", "annual",
    "amount", "working", "reason", "source.key", "source.title", "source.url", "source.read_on",
    "source.wording", *(f"document.{name}" for name in _DETAILS), "rate_card.sha256",
    "model", "allowance",
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
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def quote_csv(quote: Quote) -> str:
    """Return the lines of `quote` as CSV: what recurs, then the fees that are paid once."""
    return quotes_csv([quote])


def quotes_csv(quotes: Iterable[Quote]) -> str:
    """Return the lines of all `quotes` as one CSV, quote after quote."""
    rows = (dict(_flat(row)) for quote in quotes for row in _rows(quote))
    return to_csv([COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in rows)])


def _rows(quote: Quote) -> Iterator[Object]:
    document = quote_document(quote)
    for when, key in (("monthly", "lines"), ("once", "one_time")):
        lines = document[key]
        if isinstance(lines, list):
            yield from ({**document, "paid": when, **line} for line in lines if _is_object(line))


def _flat(item: Object, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every value in `item`; null is an empty text."""
    for key, value in item.items():
        if _is_object(value):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield f"{above}{key}", value


def _is_object(value: Value) -> TypeGuard[Object]:
    return isinstance(value, dict)
