"""Results: blocks of rows, each row with what it costs, as CSV or JSON lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from aloware_cli.batch.columns import PLAN, Layout, layout_of, plain_name
from aloware_cli.batch.pricer import (
    Outcome,
    Request,
    RowPricer,
    Tally,
    count_row,
    failed,
    leaves_plan_open,
)
from aloware_cli.batch.rows import (
    MAX_LEVELS,
    Block,
    Row,
    cell_of,
    decode,
    read_cells,
    read_rows,
    split_columns,
    to_json,
)
from aloware_cli.domain.money import CENT, format_usd, read_range
from aloware_cli.domain.periods import PERIODS, amounts_of
from aloware_cli.domain.problems import Location, Problem, count, display_key
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.scenarios import OPTIONS
from aloware_cli.errors import ValidationError
from aloware_cli.render.csv import has_formula, raw_csv, to_csv
from aloware_cli.render.documents import record

#: The columns that each row gains, after `plan` if the file has no such column.
RESULTS: Final = ("status", *PERIODS, "one_time", "error")
#: The columns of a row for each line item.
LINE_RESULTS: Final = ("status", "charge", "quantity", "unit", "unit_price", *RESULTS[1:])
#: The keys of the amounts per period.
AMOUNTS: Final = " ".join(PERIODS)
#: Problems that are reported one by one; the others are counted.
MAX_REPORTS: Final = 20
#: Sets of keys of JSON lines that are remembered.
MAX_LAYOUTS: Final = 64


class BlockResult(NamedTuple):
    """What became of a block."""

    content: bytes
    tally: Tally
    reports: Sequence[Problem]  #: The first problems
    size: int  #: Bytes of the file that it answers


class BlockPricer:
    """Prices blocks of a file, one after another."""

    def __init__(self, request: Request) -> None:
        """Price for `request`; raises ValidationError if the columns of CSV or TSV are wrong."""
        self._request = request
        self._is_table = request.rows != "jsonl"
        self._results = LINE_RESULTS if request.lines else RESULTS
        self._pricers: dict[tuple[str, ...], RowPricer | Problem] = {}
        self._tally, self._problems = Tally(), list[Problem]()
        names, pricer = request.header.names, self._pricer_of(request.header.names)
        problem = pricer if isinstance(pricer, Problem) else missing_column(pricer.layout, request)
        if problem and self._is_table:
            location = Location(request.file, request.header.line)
            raise ValidationError([problem._replace(location=location)])
        has_plan = isinstance(pricer, RowPricer) and PLAN in pricer.layout.keys
        self._columns = [*names, *[PLAN] * (not has_plan), *self._results]
        #: The header of CSV; JSON lines have none.
        self.header = _encoded(self._csv([self._columns]) * request.as_csv)

    def price(self, block: Block) -> BlockResult:
        """Return `block` with its results; raises ValidationError if it cannot be read."""
        if len(self._pricers) > MAX_LAYOUTS:
            self._pricers.clear()
        self._tally.clear()
        self._problems.clear()
        text = decode(block, self._request.file)
        content = _encoded("".join(self._price_lines(text, block.line)))
        reports = self._problems[:MAX_REPORTS]
        return BlockResult(content, Tally(self._tally), reports, len(block.content))

    def _price_lines(self, text: str, line: int) -> Iterable[str]:
        """Return the lines of CSV with their results behind them, if no cell must be parsed."""
        request, header = self._request, self._request.header
        pricer = self._pricer_of(header.names)
        is_csv = self._is_table and request.as_csv and not request.lines
        if not is_csv or isinstance(pricer, Problem):
            return self._price_rows(text, line)
        copies = len(header.names) > len(pricer.layout.keys)
        may_run = copies and not request.raw and has_formula(text, header.delimiter)
        if may_run or not (split := split_columns(text, len(header.names), header.delimiter)):
            return self._price_rows(text, line)
        lines, columns = split
        results = pricer.price(columns, range(line, line + len(lines)))
        if {*map(type, results)} == {str}:
            return ["\n".join(map(",".join, zip(lines, results, strict=True))), "\n"]  # type: ignore[arg-type]
        rows = (dict(zip(header.names, cells, strict=True)) for cells in zip(*columns, strict=True))
        return [
            f"{text},{result}\n" if isinstance(result, str) else self._written(values, result)
            for text, values, result in zip(lines, rows, results, strict=True)
        ]

    def _price_rows(self, text: str, line: int) -> Iterator[str]:
        """Yield the rows in `text`, which begins on `line`, with their results."""
        request = self._request
        rows = read_rows(text, line, request.file, request.rows, request.header)
        for names, found in groupby(rows, lambda row: tuple(row.values)):
            alike, pricer = list(found), self._pricer_of(names)
            if isinstance(pricer, Problem):
                alike = [row._replace(problem=row.problem or pricer) for row in alike]
            results = iter(self._results_of([row for row in alike if not row.problem], pricer))
            for row in alike:
                if row.problem:
                    location = Location(request.file, row.line)
                    outcome = failed([row.problem._replace(location=location)])
                    count_row(outcome, self._tally)
                    yield self._written(row.values, outcome)
                else:
                    yield self._written(row.values, next(results))

    def _results_of(
        self, rows: Sequence[Row], pricer: RowPricer | Problem
    ) -> Iterable[str | Outcome]:
        if not rows or isinstance(pricer, Problem):
            return []
        cells, lines = [row.cells for row in rows], [row.line for row in rows]
        if self._request.lines:
            return map(pricer.price_row, cells, lines)
        return pricer.price(list(zip(*cells, strict=True)), lines)

    def _pricer_of(self, names: tuple[str, ...]) -> RowPricer | Problem:
        """Return what prices rows with the columns `names`, or what is wrong with one of them."""
        if names not in self._pricers:
            layout = layout_of(names, self._request.catalog.charges, self._results)
            if isinstance(layout, Problem):
                self._pricers[names] = layout
            else:
                pricer = RowPricer(self._request, layout, self._tally)
                self._pricers[names] = self._conflict_of(layout) or pricer
        return self._pricers[names]

    def _conflict_of(self, layout: Layout) -> Problem | None:
        """Return why rows of this file cannot have the columns of `layout`."""
        request = self._request
        further = [name for name in layout.names if name not in request.header.names]
        if PLAN in layout.keys and request.compare:
            hint = "remove the column; to copy it to the output, rename it"
            return Problem("E-CONFLICT", "--compare prices every plan", hint, path=PLAN)
        if further and request.as_csv:
            message = "not among the columns, which are the keys of the first object"
            hint = "add it to the first object, or use --format jsonl"
            return Problem("E-COLUMN", message, hint, path=display_key(further[0]))
        return None

    def _written(self, values: Mapping[str, Any], result: str | Outcome) -> str:
        """Return a row of `values` with its result, or a row for each of its line items."""
        if isinstance(result, Outcome):
            self._problems += result.problems
            plan, results = result.plan, _values_of(result, self._results)
        else:
            [(_, cells)] = read_cells(f"{result}\n", 0, "", ",")
            plan = "".join(cells[: -len(RESULTS)])
            found = [cell or None for cell in cells[-len(RESULTS) :]]
            results = [dict(zip(RESULTS, found, strict=True))]
        name = next((key for key in values if plain_name(key) == PLAN), PLAN)
        if leaves_plan_open(cell_of(values.get(name))) and (plan or name not in values):
            values = {**values, name: plan or None}
        rows = [{**values, **each} for each in results]
        if self._request.as_csv:
            return self._csv([cell_of(row.get(name)) for name in self._columns] for row in rows)
        return "".join(f"{to_json(row, MAX_LEVELS + 1)}\n" for row in rows)

    def _csv(self, rows: Iterable[Sequence[str]]) -> str:
        return raw_csv(rows) if self._request.raw else to_csv(rows)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def missing_column(layout: Layout, request: Request) -> Problem | None:
    """Return what the columns of CSV or TSV lack for all rows."""
    reads = [OPTIONS[key].read for key, _ in request.scenario.given()]
    if not layout.keys.keys() - {PLAN} and read_range not in reads:
        hint = "name the columns in the first line, such as plan,agents,numbers,sms"
        if any(";" in name for name in layout.names):
            hint = "separate the columns with commas or with semicolons, not with both"
        return Problem("E-EMPTY", "no column gives a quantity", hint)
    if PLAN not in layout.keys and not request.plan:
        return Problem("E-PLAN", f"no column {PLAN}", "add it, or use --plan or --compare")
    return None


def _values_of(outcome: Outcome, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the result columns `names` of `outcome`: for each line item, if they are for one."""
    ends = {"status": outcome.status, "error": outcome.error or None}
    found: Sequence[Mapping[str, Any]] = [{}]
    if (quote := outcome.quote) and names is LINE_RESULTS:
        found = list(map(_line_values, quote.all_lines))
    elif quote:
        found = [{**record(quote.totals, AMOUNTS), **record(quote, "one_time=one_time_total")}]
    return [{name: {**values, **ends}.get(name) for name in names} for values in found]


def _line_values(line: Line) -> Mapping[str, Any]:
    values = record(line, "charge=charge.key quantity unit=charge.unit unit_price")
    is_once = line.charge.one_time
    return {
        **values,
        **(record(line, "one_time=amount") if is_once else record(line.amounts, AMOUNTS)),
    }


def summary_of(tally: Tally, *, bounds: bool) -> Iterator[str]:
    """Yield how many rows there were, and their totals, with lower `bounds` or without."""
    ok, unpriced, failed = (tally[status] for status in ("ok", "unpriced", "error"))
    rows = count(ok + unpriced + failed, "row")
    yield f"{rows}: {ok:,} ok, {unpriced:,} unpriced, {failed:,} failed"
    totals = [*amounts_of(tally["monthly"] * CENT), tally["one_time"] * CENT]
    month, quarter, year, once = map(format_usd, totals)
    of = ", with lower bounds of unpriced rows" if bounds else " of rows with status ok"
    yield f"Total{of}: {month} a month, {quarter} a quarter, {year} a year, {once} once"
