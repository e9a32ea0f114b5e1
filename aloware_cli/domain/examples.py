"""Examples: what a page prints, and whether the cards still give it."""

from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.problems import Problem
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Citation, Source

Verdict: TypeAlias = Literal[
    "pass", "pass, source contradicts itself", "approximate", "fail", "error"
]
PASSED: Final = ("pass", "pass, source contradicts itself")
FAILED: Final = ("fail", "error")


class Figure(NamedTuple):
    """One figure that a page prints."""

    #: Its place in a quote or a message: `lines.license.monthly`, `totals.monthly`, `segments`.
    name: str
    #: USD, or the number of segments or characters of a message.
    published: Decimal
    #: The line of the example's file that gives it.
    line: int


class Contradiction(NamedTuple):
    """Where a page disagrees with itself, and how it is read."""

    says: str
    read_as: str


class Example(NamedTuple):
    """A worked example of a page."""

    name: str
    #: The file it was read from, and the line on which it begins.
    file: str
    line: int
    citation: Citation
    remark: str | None
    #: What is priced; None for a message, and for an illustration that prices nothing.
    scenario: Scenario | None
    #: The message whose segments are counted; None for what is priced.
    message: str | None
    figures: tuple[Figure, ...]
    contradiction: Contradiction | None
    #: Why it is no test, where the page itself only approximates.
    approximate: str | None


class Mismatch(NamedTuple):
    """A figure that comes out otherwise than published."""

    figure: Figure
    #: As the published one; None if there is no such figure.
    computed: Decimal | None


class Price(NamedTuple):
    """A published price: a charge at its rate on a plan."""

    plan: str
    charge: Charge
    rate: Rate


class Replay(NamedTuple):
    """One example, priced again."""

    example: Example
    verdict: Verdict
    #: Each figure of the page, beside what the cards give; None where they give none.
    computed: tuple[tuple[Figure, Decimal | None], ...] = ()
    #: Why it cannot be priced, for an error.
    message: str | None = None
    #: The published prices it uses.
    used: frozenset[Price] = frozenset()

    @property
    def differences(self) -> tuple[Mismatch, ...]:
        """The figures that do not come out as published."""
        return tuple(
            Mismatch(figure, value) for figure, value in self.computed if value != figure.published
        )


class Uncovered(NamedTuple):
    """A published price that no example exercises."""

    plans: tuple[str, ...]
    charge: Charge
    rate: Rate


class Stale(NamedTuple):
    """A page behind a price whose figures were last known to apply too long ago."""

    source: Source
    #: Days since its figures were last known to apply.
    days: int


class Verification(NamedTuple):
    """Examples replayed against the cards."""

    replays: tuple[Replay, ...]
    uncovered: tuple[Uncovered, ...]
    stale: tuple[Stale, ...]
    #: What is wrong in the files that give no example.
    unreadable: tuple[Problem, ...]

    @property
    def passed(self) -> int:
        """How many examples come out as published."""
        return sum(replay.verdict in PASSED for replay in self.replays)

    @property
    def failed(self) -> int:
        """How many examples do not, or cannot be priced."""
        return sum(replay.verdict in FAILED for replay in self.replays)
