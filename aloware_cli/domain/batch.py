"""Batches: what becomes of each row of a file of prospects, and of all of them."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.quotes import Quote

RowStatus: TypeAlias = Literal["ok", "unpriced", "error"]

#: The plan that stands for every plan: the row is priced on each, and the cheapest is named.
EVERY_PLAN: Final = "all"
#: How many faults are reported one by one; the others are counted.
MOST_REPORTED: Final = 20


class CellFault(NamedTuple):
    """Something wrong in a row."""

    #: The column's name in the file; empty for the row as a whole.
    column: str
    message: str
    #: What would be right.
    hint: str

    def __str__(self) -> str:
        column = f"{self.column}: " if self.column else ""
        return f"{column}{self.message}; {self.hint}"


class Outcome(NamedTuple):
    """What became of one row. Amounts are whole cents of USD, None where none is known."""

    status: RowStatus
    #: The plan that was priced; empty where none was.
    plan: str = ""
    monthly: int | None = None
    one_time: int | None = None
    #: What is wrong or missing.
    error: str = ""
    #: The quote itself, where its lines are asked for.
    quote: Quote | None = None


class Tally(NamedTuple):
    """What became of many rows."""

    ok: int = 0
    unpriced: int = 0
    failed: int = 0
    #: Cents of USD over the rows that are ok, and over those whose lower bound was asked for.
    monthly: int = 0
    one_time: int = 0
    #: The first faults, each with its place, and how many there are.
    reports: tuple[str, ...] = ()
    problems: int = 0

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.ok + self.unpriced + self.failed


def add_tallies(one: Tally, other: Tally) -> Tally:
    """Return the tally of both, in their order; only the first reports are kept."""
    return Tally(
        ok=one.ok + other.ok,
        unpriced=one.unpriced + other.unpriced,
        failed=one.failed + other.failed,
        monthly=one.monthly + other.monthly,
        one_time=one.one_time + other.one_time,
        reports=(one.reports + other.reports)[:MOST_REPORTED],
        problems=one.problems + other.problems,
    )


def tally_of(outcomes: Sequence[Outcome]) -> Tally:
    """Return the tally of `outcomes`, without reports."""
    return Tally(
        ok=sum(outcome.status == "ok" for outcome in outcomes),
        unpriced=sum(outcome.status == "unpriced" for outcome in outcomes),
        failed=sum(outcome.status == "error" for outcome in outcomes),
        monthly=sum(outcome.monthly or 0 for outcome in outcomes),
        one_time=sum(outcome.one_time or 0 for outcome in outcomes),
    )
