"""Coverage: whether a plan's license covers a call or a text.

Who started it, in which direction and on which line decides; the rules
themselves are data, in `rates/charges.yaml`.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.source import Citation

Decision: TypeAlias = Literal["included", "charged"]

MEDIA: Final = ("text", "call")
INITIATORS: Final = ("consumer", "agent", "automation")
DIRECTIONS: Final = ("inbound", "outbound")
LINES: Final = ("local", "toll_free")
ANY: Final = "any"


class Event(NamedTuple):
    """One call or text, as far as coverage looks at it."""

    initiator: str
    direction: str
    line: str


class Traffic(NamedTuple):
    """The calls or texts that a charge counts; `any` stands for every value."""

    medium: str
    initiator: str
    direction: str
    line: str

    def events(self) -> Iterator[Event]:
        """Yield every kind of event that this traffic can hold."""
        initiators = INITIATORS if self.initiator == ANY else (self.initiator,)
        directions = DIRECTIONS if self.direction == ANY else (self.direction,)
        for initiator, direction in product(initiators, directions):
            yield Event(initiator, direction, self.line)

    def __str__(self) -> str:
        return f"{self.initiator} x {self.direction} x {self.line}"


class CoverageRule(NamedTuple):
    """A rule that fires for the events it names and decides whether they are included."""

    key: str
    initiators: frozenset[str]
    directions: frozenset[str]
    lines: frozenset[str]
    decides: Decision
    reason: str
    citation: Citation

    def fires_for(self, event: Event) -> bool:
        """Tell whether this rule decides about `event`."""
        return (
            event.initiator in self.initiators
            and event.direction in self.directions
            and event.line in self.lines
        )


def every_event() -> Iterator[Event]:
    """Yield all combinations of initiator, direction and line."""
    return (Event(*combination) for combination in product(INITIATORS, DIRECTIONS, LINES))


def rules_for(rules: Iterable[CoverageRule], traffic: Traffic) -> list[CoverageRule]:
    """Return the rules that decide about `traffic`, in order; a sound card has exactly one."""
    events = list(traffic.events())
    return [rule for rule in rules if any(rule.fires_for(event) for event in events)]
