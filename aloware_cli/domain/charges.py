"""Charges: everything that a bill can list, and the rules that decide what a license covers.

The initiator, the direction and the line decide. The rules are data, in `rates/charges.yaml`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.sources import Citation

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import Audience, NoteKind

Decision: TypeAlias = Literal["included", "charged"]

MEDIA: Final = ("text", "call")
INITIATORS: Final = ("consumer", "agent", "automation")
DIRECTIONS: Final = ("inbound", "outbound")
LINES: Final = ("local", "toll_free")
ANY: Final = "any"


class Event(NamedTuple):
    """What coverage depends on, of one call or text."""

    initiator: str
    direction: str
    line: str


class Traffic(NamedTuple):
    """The calls or texts that a charge counts; `any` means every value."""

    medium: str
    initiator: str
    direction: str
    line: str

    def events(self) -> Iterator[Event]:
        """Yield every kind of event among this traffic."""
        initiators = INITIATORS if self.initiator == ANY else (self.initiator,)
        directions = DIRECTIONS if self.direction == ANY else (self.direction,)
        for initiator, direction in product(initiators, directions):
            yield Event(initiator, direction, self.line)

    def __str__(self) -> str:
        return f"{self.initiator} x {self.direction} x {self.line}"


class CoverageRule(NamedTuple):
    """A rule that decides whether the events it names are included."""

    key: str
    initiators: frozenset[str]
    directions: frozenset[str]
    lines: frozenset[str]
    decides: Decision
    reason: str
    citation: Citation

    def applies_to(self, event: Event) -> bool:
        """Return whether this rule decides about `event`."""
        return (
            event.initiator in self.initiators
            and event.direction in self.directions
            and event.line in self.lines
        )


def in_sentence(label: str) -> str:
    """Write the label of a charge within a sentence: `automated texts`, `A2P campaigns`."""
    is_name = not label.partition(" ")[0][1:].islower()
    return label if is_name else f"{label[0].lower()}{label[1:]}"


def every_event() -> Iterator[Event]:
    """Yield all combinations of initiator, direction and line."""
    return (Event(*combination) for combination in product(INITIATORS, DIRECTIONS, LINES))


def rules_for(rules: Iterable[CoverageRule], traffic: Traffic) -> list[CoverageRule]:
    """Return the rules that decide about `traffic`, in order; a sound card has exactly one."""
    events = list(traffic.events())
    return [rule for rule in rules if any(rule.applies_to(event) for event in events)]


Category: TypeAlias = Literal["subscription", "usage", "custom"]
CATEGORIES: Final[tuple[Category, ...]] = ("subscription", "usage", "custom")
#: The category of lines that the user adds to a quote; no rate card has it.
CUSTOM: Final = "custom"

#: The charge for agents, and the one for licenses up to a contractual minimum.
LICENSE: Final = "license"
COMMITMENT: Final = "license_commitment"


class Charge(NamedTuple):
    """Something a bill can list, without its price."""

    key: str
    label: str
    unit: str
    units: str
    category: Category
    one_time: bool  #: Paid once, and never part of a monthly figure
    per_term: bool  #: Each term has its own price
    pass_through: bool  #: A fee that the vendor does not mark up; it takes no discount
    traffic: Traffic | None  #: The calls or texts it counts; None if coverage does not concern it
    rule: CoverageRule | None  #: The coverage rule that decides about that traffic
    reason: str
    caution: str | None  #: Warning to print on a quote with this charge; None if it has none
    citation: Citation

    @property
    def priced_as(self) -> str:
        """The key under which the cards and `--rate` give its price."""
        return LICENSE if self.key == COMMITMENT else self.key

    def counted(self, quantity: int) -> str:
        """Write `quantity` with its unit: `1 agent`, `10,000 segments`."""
        return f"{quantity:,} {self.unit if quantity == 1 else self.units}"


class ContractTerm(NamedTuple):
    """A rule, other than a price, that changes what a customer pays."""

    key: str
    text: str
    charges: frozenset[str]  #: The charges that it concerns; empty for every quote
    plans: frozenset[str]  #: The plans that it concerns; empty for all
    #: The charges that settle it: a quote with one of them does not mention it.
    unless: frozenset[str]
    #: The charges that it causes; the note of a quote has the price of one unit of each.
    costs: tuple[str, ...]
    option: str  #: The options that settle it: `--brand standard --campaigns 1`
    kind: "NoteKind"  #: Its kind of note on a quote
    audience: "Audience"  #: `internal` if documents for customers leave it out
    citation: Citation


class Conflict(NamedTuple):
    """A statement of a page that contradicts the rate cards or the page itself."""

    charges: frozenset[str]
    plans: frozenset[str]  #: The plans that the page names; empty for all
    citation: Citation
    read_as: str  #: How it is read, and why
    #: The price (USD per unit) that the page prints for the charges; None if it prints none.
    price: Decimal | None = None
