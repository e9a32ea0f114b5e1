"""Batches as CSV and JSON lines: what was read, and the result behind it.

Amounts come as whole cents, since a batch sums integers; here they are cut into dollars
and cents. What a spreadsheet would take for a formula gets an apostrophe in front.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Final

from aloware_cli.domain.batch import Outcome, Tally
from aloware_cli.domain.money import format_display
from aloware_cli.domain.periods import PERIODS
from aloware_cli.domain.quotes import Line
from aloware_cli.render.documents import Value, money

#: The columns that each row gains, after `plan` where the file has no such column.
RESULTS: Final = ("status", *PERIODS, "one_time", "error")
#: The columns of a row for each line item.
LINE_RESULTS: Final = (
    "status",
    "charge",
    "quantity",
    "unit",
    "unit_price",
    *PERIODS,
    "one_time",
    "error",
)

#: For each number of cents in a month: those of the month, what they add to the quarter's
#: dollars and the quarter's cents, and the same for the year.
_CENTS: Final = tuple(
    (
        f".{cents:02},",
        3 * cents // 100,
        f".{3 * cents % 100:02},",
        12 * cents // 100,
        f".{12 * cents % 100:02},",
    )
    for cents in range(100)
)


def priced_rows(
    rows: Iterable[str], lead: str, monthly: Sequence[int], one_time: Sequence[int]
) -> list[str]:
    """Return `rows` of CSV, each with `lead` and its amounts behind it.

    This is where a batch spends its time: one division, one look-up, one text a row. A
    quarter and a year are 3 and 12 times the month, so its cents decide all of theirs.
    """
    once = map(in_dollars, one_time) if one_time else repeat("0.00")
    priced = list[str]()
    put = priced.append
    for row, month, fees in zip(rows, monthly, once, strict=False):
        dollars = month // 100
        of_month, carry, of_quarter, carried, of_year = _CENTS[month % 100]
        put(
            f"{row}{lead}{dollars}{of_month}{3 * dollars + carry}{of_quarter}"
            f"{12 * dollars + carried}{of_year}{fees},\n"
        )
    return priced


def in_dollars(cents: int | None) -> str:
    """Write cents as dollars: `1234.50`; nothing where they are unknown."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


def results_of(outcome: Outcome) -> list[str]:
    """Return what the columns of `RESULTS` hold for `outcome`."""
    month, once = outcome.monthly, outcome.one_time
    periods = [None if month is None else times * month for times in (1, 3, 12)]
    return [outcome.status, *map(in_dollars, [*periods, once]), outcome.error]


def line_results_of(outcome: Outcome) -> list[list[str]]:
    """Return what the columns of `LINE_RESULTS` hold, one row a line item of `outcome`."""
    quote = outcome.quote
    if quote is None:
        return [[outcome.status, *[""] * (len(LINE_RESULTS) - 2), outcome.error]]
    return [[outcome.status, *_line_cells(line), outcome.error] for line in quote.all_lines]


def _line_cells(line: Line) -> list[str]:
    amounts = [None] * 3 if line.charge.one_time or line.amounts is None else [*line.amounts]
    once = line.amount if line.charge.one_time else None
    cells = [money(line.unit_price), *map(money, amounts), money(once)]
    return [line.charge.key, str(line.quantity), line.charge.unit, *(cell or "" for cell in cells)]


def json_line(given: Mapping[str, Value], results: Mapping[str, str]) -> str:
    """Return one line of JSON: what was `given`, then `results`; null where they say nothing."""
    import json

    return json.dumps({**given, **{key: value or None for key, value in results.items()}}) + "\n"


def summary_of(tally: Tally, *, bounds: bool) -> Iterator[str]:
    """Yield what became of all rows: how many, and what they add up to."""
    rows = f"{tally.rows:,} {'row' if tally.rows == 1 else 'rows'}"
    yield f"{rows}: {tally.ok:,} ok, {tally.unpriced:,} unpriced, {tally.failed:,} failed"
    month, once = tally.monthly, tally.one_time
    of = ", with what is known of unpriced rows" if bounds else " of the rows that are ok"
    yield (
        f"Total{of}: {_dollars(month)} a month, {_dollars(3 * month)} a quarter, "
        f"{_dollars(12 * month)} a year, {_dollars(once)} once"
    )


def _dollars(cents: int) -> str:
    return format_display(Decimal(cents).scaleb(-2))


def cell_of(value: Value) -> str:
    """Return a value of JSON as a cell of CSV; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value, separators=(",", ":"))
