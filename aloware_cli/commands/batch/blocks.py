"""Blocks: some rows of a file in, the same rows with their results out."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Literal, NamedTuple, TypeAlias

from aloware_cli.commands.batch.columns import PLAN, Layout
from aloware_cli.commands.batch.prospects import Prospects
from aloware_cli.commands.batch.sheet import Sheet, failed
from aloware_cli.domain.batch import (
    EVERY_PLAN,
    MOST_REPORTED,
    CellFault,
    Outcome,
    Tally,
    add_tallies,
    tally_of,
)
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.files.blocks import Block
from aloware_cli.files.rows import RowFormat, decoded
from aloware_cli.pricing.batch import Totals
from aloware_cli.render.batch import LINE_RESULTS, RESULTS, line_results_of, results_of
from aloware_cli.render.csv import raw_csv, to_csv

Form: TypeAlias = Literal["csv", "jsonl"]


class Request(NamedTuple):
    """All that a process needs to know to price blocks of a file."""

    #: The file as reports name it, and the form of its rows.
    file: str
    rows: RowFormat
    #: The names of its columns; of JSON lines, the keys of the first object.
    names: tuple[str, ...]
    #: The line on which they stand.
    header_line: int
    #: The form of the result.
    form: Form
    #: What holds for all rows; a cell of a row wins over it.
    scenario: Scenario
    #: The plan of rows that name none; empty where each must.
    plan: str
    #: Whether every plan is asked for, whatever a row says.
    compare: bool
    #: Whether each line item has a row of its own.
    lines: bool
    #: Whether cells may begin as a formula does.
    raw: bool

    @property
    def results(self) -> tuple[str, ...]:
        """The names of the columns that the result adds, but for `plan`."""
        return LINE_RESULTS if self.lines else RESULTS


class Answer(NamedTuple):
    """What became of a block."""

    content: bytes
    tally: Tally
    #: How many bytes of the file it answers.
    size: int


class BlockPricer:
    """What prices blocks of a file, one after another."""

    def __init__(self, request: Request, catalog: Catalog, layout: Layout) -> None:
        """Get ready to price from `book` what `request` asks for; `layout` is that of its names."""
        self.request = request
        self.layout = layout
        self.charges = catalog.charges
        self.prospects = Prospects(request.scenario, request.plan, catalog)
        self._tally = Tally()
        self._reports = list[tuple[int, str]]()

    def price(self, block: Block) -> Answer:
        """Return `block` with its results; DataError where it cannot be read as rows."""
        self._tally = Tally()
        self._reports = []
        priced = self.priced(decoded(block, self.request.file), block.line)
        reports = tuple(report for _, report in sorted(self._reports)[:MOST_REPORTED])
        tally = self._tally._replace(reports=reports, problems=len(self._reports))
        content = priced.encode("utf-8", "backslashreplace")
        return Answer(content, tally, len(block.content))

    def header(self) -> str:
        """Return the row that names the columns of CSV; JSON lines need none."""
        if self.request.form == "jsonl":
            return ""
        plan = [] if PLAN in self.layout.settings else [PLAN]
        names = [*self.layout.names, *plan, *self.request.results]
        return self._csv_of([names])

    def priced(self, text: str, line: int) -> str:
        """Return `text`, which begins on `line` of the file, with its results."""
        raise NotImplementedError

    def sheet(self, layout: Layout) -> Sheet:
        """Return what prices the rows of `layout`."""
        bounds = self.request.scenario.allow_unpriced
        return Sheet(layout, self.prospects, self.charges, bounds=bounds)

    def count(self, totals: Totals) -> None:
        """Add to the tally the rows of `totals` that are not odd."""
        monthly, one_time, odd, _ = totals
        tally = Tally(
            ok=len(monthly) - len(odd),
            monthly=sum(monthly) - sum(monthly[position] for position in odd),
            one_time=sum(one_time) - sum(one_time[p] for p in odd) if one_time else 0,
        )
        self._tally = add_tallies(self._tally, tally)

    def alone(self, sheet: Sheet, cells: Sequence[str], line: int) -> Outcome:
        """Return what becomes of the row on `line`, and count it."""
        outcome, problems = sheet.alone(cells)
        return self.refuse(problems, line) if problems else self._counted(outcome)

    def refuse(self, problems: Sequence[CellFault], line: int) -> Outcome:
        """Return the outcome of the row on `line`, which has `faults`; count and report it."""
        self._reports += [(line, f"{self.request.file}:{line}: {problem}") for problem in problems]
        return self._counted(failed(problems))

    def _counted(self, outcome: Outcome) -> Outcome:
        self._tally = add_tallies(self._tally, tally_of([outcome]))
        return outcome

    def outcomes(
        self, sheet: Sheet, rows: Sequence[Sequence[str]], lines: Sequence[int]
    ) -> list[Outcome]:
        """Return what becomes of each of `rows`, which begin on `lines` of the file."""
        if not rows:
            return []
        if self.request.lines or not rows[0]:
            return [self.alone(sheet, row, line) for row, line in zip(rows, lines, strict=True)]
        totals = sheet.totals(list(zip(*rows, strict=True)))
        plan = "" if PLAN in sheet.layout.settings else self.prospects.plan
        plans = totals.plans or repeat(plan, len(rows))
        once = totals.one_time or repeat(0, len(rows))
        outcomes = [Outcome("ok", *each) for each in zip(plans, totals.monthly, once, strict=True)]
        self.count(totals)
        for position in totals.odd:
            outcomes[position] = self.alone(sheet, rows[position], lines[position])
        return outcomes

    def results(self, outcome: Outcome) -> list[list[str]]:
        """Return the cells that the result adds for `outcome`, a row or several."""
        return line_results_of(outcome) if self.request.lines else [results_of(outcome)]

    def csv(self, rows: Sequence[tuple[Sequence[str], Outcome]]) -> str:
        """Return rows of CSV with their results."""
        return self._csv_of(
            [*_with_plan(cells, self.layout, outcome), *results]
            for cells, outcome in rows
            for results in self.results(outcome)
        )

    def _csv_of(self, rows: Iterable[Sequence[str]]) -> str:
        return raw_csv(rows) if self.request.raw else to_csv(rows)


def leaves_open(plan: str) -> bool:
    """Tell whether the cell `plan` leaves open which plan is priced."""
    return not plan or plan.casefold() == EVERY_PLAN


def _with_plan(cells: Sequence[str], layout: Layout, outcome: Outcome) -> list[str]:
    """Return `cells` with the plan that was priced, where they leave it open."""
    position = layout.settings.get(PLAN)
    if position is None:
        return [*cells, outcome.plan]
    plan = outcome.plan if leaves_open(cells[position]) else ""
    return [*cells[:position], plan or cells[position], *cells[position + 1 :]]
