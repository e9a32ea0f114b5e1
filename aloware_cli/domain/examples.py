"""Examples: what a page prints, and whether the cards still give it."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Citation, Source

Verdict: TypeAlias = Literal[
    "pass", "pass, source contradicts itself", "approximate", "fail", "error"
]
PASSED: Final = ("pass", "pass, source contradicts itself")
FAILED: Final = ("fail", "error")


class Figure(NamedTuple):
    """One figure that a page prints."""

    #: Its key in a quote or a message: `lines.license.monthly`, `totals.monthly`, `segments`.
    name: str
    published: Decimal  #: USD, or the number of segments or characters of a message
    line: int  #: The line of the example's file that gives it

    @property
    def charge(self) -> str:
        """The charge whose line item it is in; empty for a total or a message."""
        return self.name.partition("lines.")[2].partition(".")[0]


class Contradiction(NamedTuple):
    """A statement of a page that contradicts the page, and how it is read."""

    says: str
    read_as: str


class Example(NamedTuple):
    """A worked example of a page."""

    name: str
    file: str  #: The file it was read from, and the line on which it begins
    line: int
    citation: Citation
    remark: str | None
    #: What is priced; None for a message, and for an illustration without prices.
    scenario: Scenario | None
    message: str | None  #: The message whose segments are counted; None for a scenario
    figures: tuple[Figure, ...]
    contradiction: Contradiction | None
    approximate: str | None  #: Why it is not checked, if the page only approximates


class Mismatch(NamedTuple):
    """A figure that differs from the published one; None if there is no such figure."""

    figure: Figure
    computed: Decimal | None


class Price(NamedTuple):
    """A charge at its rate on a plan."""

    plan: str
    charge: Charge
    rate: Rate


class Replay(NamedTuple):
    """One example, priced again."""

    example: Example
    verdict: Verdict
    #: Each figure of the page, with the computed one; None if there is none.
    computed: tuple[tuple[Figure, Decimal | None], ...] = ()
    message: str | None = None  #: Why it cannot be priced, for an error
    used: frozenset[Price] = frozenset()  #: The prices it uses, except supplied ones
    #: Where the user's own files give the prices, by charge; of an error, those that it needs.
    locations: Mapping[str, Location] = MappingProxyType({})

    @property
    def differences(self) -> tuple[Mismatch, ...]:
        """The figures that differ from the published ones."""
        return tuple(
            Mismatch(figure, value) for figure, value in self.computed if value != figure.published
        )


class Uncovered(NamedTuple):
    """A price that no example uses."""

    plans: tuple[str, ...]
    charge: Charge
    rate: Rate
    #: None for a bundled price.
    location: Location | None = None


class Stale(NamedTuple):
    """A source of a price, and the days since its figures were last known to apply."""

    source: Source
    days: int


class Verification(NamedTuple):
    """Examples replayed against the cards."""

    replays: tuple[Replay, ...]
    uncovered: tuple[Uncovered, ...]
    stale: tuple[Stale, ...]
    unreadable: tuple[Problem, ...]  #: The problems of files without a valid example
    #: Where the user's own files cite the sources of their prices, by key.
    locations: Mapping[str, Location] = MappingProxyType({})

    @property
    def passed(self) -> int:
        """How many examples give the published figures."""
        return sum(replay.verdict in PASSED for replay in self.replays)

    @property
    def failed(self) -> int:
        """How many examples do not, or cannot be priced."""
        return sum(replay.verdict in FAILED for replay in self.replays)
