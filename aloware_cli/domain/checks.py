"""Checks: examples and saved quotes that were checked, and the findings that a check reports."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.money import HUNDRED, read_amount
from aloware_cli.domain.periods import Term
from aloware_cli.domain.problems import InvalidValue, Location, Problem
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.results import Effect
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Citation, Source

Severity: TypeAlias = Literal["error", "warning", "notice"]
Outcome: TypeAlias = Literal["passed", "failed", "error", "skipped"]


class Finding(NamedTuple):
    """One cause of a failed check, with all that it affects."""

    code: str  #: As in the catalog of errors: `E-EXAMPLE`.
    message: str
    location: Location | None = None  #: None for a cause that is in no file of the user.
    #: What it affects, such as the examples that a changed price breaks.
    details: tuple[str, ...] = ()
    severity: Severity = "error"

    @property
    def lines(self) -> tuple[str, ...]:
        """The message with its code, then what it affects."""
        return (f"{self.message}  [{self.code}]", *self.details)


class Case(NamedTuple):
    """One thing that was checked, such as an example or a saved quote."""

    name: str
    file: str
    outcome: Outcome
    details: tuple[str, ...] = ()


class Check(NamedTuple):
    """The result of a check."""

    command: str  #: The command that ran it: `aloware verify`.
    summary: str  #: The result in one sentence; empty if nothing could be checked.
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != "error" for finding in self.findings)


def finding_of(problem: Problem) -> Finding:
    """Return a problem in input as a finding."""
    location = problem.location
    if isinstance(location, Location):
        return Finding(problem.code, problem.text, location if location.line else None)
    return Finding(problem.code, f"{location}: {problem.text}" if location else problem.text)


def case_of(finding: Finding, outcome: Outcome) -> Case:
    """Return a finding that is about no other case as a case of its own."""
    file = finding.location.file if finding.location else ""
    return Case(finding.message, file, outcome, finding.lines)


def case_of_file(file: str, findings: Iterable[Finding], outcome: Outcome) -> Case:
    """Return a file that was checked as a case, with its `findings`."""
    return Case(file, file, outcome, tuple(line for each in findings for line in each.lines))


def failed_check(command: str, problems: Iterable[Problem]) -> Check:
    """Return the check of a command whose input has `problems`."""
    findings = tuple(map(finding_of, problems))
    cases = tuple(case_of(finding, "error") for finding in findings)
    return Check(command, "", cases, findings)


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


class UsedPrice(NamedTuple):
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
    used: frozenset[UsedPrice] = frozenset()  #: The prices it uses, except supplied ones
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
    location: Location | None = None  #: None for a bundled price.


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
    #: Whether a price without an example is a failure.
    requires_coverage: bool = False

    @property
    def passed(self) -> int:
        """How many examples give the published figures."""
        return sum(replay.verdict in PASSED for replay in self.replays)

    @property
    def failed(self) -> int:
        """How many examples do not, or cannot be priced."""
        return sum(replay.verdict in FAILED for replay in self.replays)


#: What needs attention; `valid` if nothing does.
State: TypeAlias = Literal[
    "valid", "expired", "repriced", "duplicate", "unpriced", "altered", "invalid"
]
#: The code of the problem of a quote that was edited after saving.
EDITED: Final = "E-QUOTE-EDITED"


class SavedQuote(NamedTuple):
    """The file of a saved quote."""

    file: str
    quote: Quote | None = None  #: None if the file is not a quote or was edited after saving.
    now: Quote | None = None  #: The same scenario at other prices; None if it cannot be priced.
    problem: Problem | None = None  #: Why the file is not a quote, or why it cannot be priced.
    is_repriced: bool = False  #: Whether a line item or a fee differs at other prices.
    is_expired: bool = False  #: Whether its last valid day has passed.
    duplicate: str | None = None  #: Another file with the same quote number.

    @property
    def number(self) -> str:
        """The number of the quote; empty if it has none."""
        return (self.quote and self.quote.details and self.quote.details.number) or ""

    @property
    def valid_until(self) -> str | None:
        """The last day the quote is valid, `YYYY-MM-DD`; None if that is not given."""
        details = self.quote and self.quote.details
        return details and details.valid_until

    @property
    def term(self) -> Term | None:
        """The billing term of the quote; None if it is not known, or for plan groups."""
        return self.quote.term if self.quote and not self.quote.groups else None

    @property
    def states(self) -> tuple[State, ...]:
        """Everything that needs attention, or `valid`."""
        if self.quote is None:
            is_edited = self.problem is not None and self.problem.code == EDITED
            return ("altered" if is_edited else "invalid",)
        found: dict[State, bool] = {
            "expired": self.is_expired,
            "repriced": self.is_repriced,
            "duplicate": self.duplicate is not None,
            "unpriced": self.now is None,
        }
        return tuple(state for state, applies in found.items() if applies) or ("valid",)

    @property
    def reason(self) -> str | None:
        """The message of the problem, without the name of the file."""
        return self.problem and self.problem.message.removeprefix(f"{self.file}: ")

    @property
    def effect(self) -> Effect | None:
        """What the other prices do to its totals; None if it cannot be priced."""
        return Effect(self.quote, self.now) if self.quote and self.now else None


class QuoteCheck(NamedTuple):
    """The check of several saved quotes."""

    quotes: tuple[SavedQuote, ...]
    #: The day on which they are checked, `YYYY-MM-DD`; None for the newest prices, whatever the
    #: day: then no quote is expired.
    day: str | None = None

    @property
    def attention(self) -> tuple[SavedQuote, ...]:
        """The quotes that need attention."""
        return tuple(saved for saved in self.quotes if saved.states != ("valid",))


class Limit(NamedTuple):
    """The most that a total may change by."""

    text: str  #: As the user typed it: `10%`.
    value: Decimal  #: Percent of the old total, or USD.
    is_percent: bool

    def of(self, total: Decimal) -> Decimal:
        """Return the limit for `total`, in USD, exact."""
        return (total * self.value / HUNDRED).normalize() if self.is_percent else self.value


def read_limit(text: str) -> Limit:
    """Parse a percentage, such as `10%`, or an amount in USD; raises InvalidValue."""
    try:
        return Limit(text, read_amount(text.removesuffix("%")), text.endswith("%"))
    except InvalidValue as error:
        hint = "use a percentage or an amount in USD, such as 10% or 50.00"
        raise InvalidValue("E-LIMIT", "not a percentage or an amount", hint) from error
