"""Saved quotes: what has become of each since it was saved."""

from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.comparisons import Effect
from aloware_cli.domain.money import WHOLE, read_amount
from aloware_cli.domain.problems import InvalidValue, Problem
from aloware_cli.domain.quotes import Quote

#: What needs attention; `valid` if nothing does.
State: TypeAlias = Literal[
    "valid", "expired", "repriced", "duplicate", "unpriced", "altered", "invalid"
]
#: The code of the problem of a quote that was edited after saving.
EDITED: Final = "E-QUOTE-EDITED"


class SavedQuote(NamedTuple):
    """The file of a saved quote."""

    file: str
    #: None if the file is not a quote or was edited after saving.
    quote: Quote | None = None
    #: The same scenario at other prices; None if it cannot be priced.
    now: Quote | None = None
    #: Why the file is not a quote, or why it cannot be priced.
    problem: Problem | None = None
    #: Whether a line item or a fee differs at other prices.
    is_repriced: bool = False
    #: Whether its last valid day has passed.
    is_expired: bool = False
    #: Another file with the same quote number.
    duplicate: str | None = None

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
    day: str | None

    @property
    def attention(self) -> tuple[SavedQuote, ...]:
        """The quotes that need attention."""
        return tuple(saved for saved in self.quotes if saved.states != ("valid",))


class Limit(NamedTuple):
    """The most that a total may change by."""

    #: As the user typed it: `10%`.
    text: str
    #: Percent of the old total, or USD.
    value: Decimal
    is_percent: bool

    def of(self, total: Decimal) -> Decimal:
        """Return the limit for `total`, in USD, exact."""
        return (total * self.value / WHOLE).normalize() if self.is_percent else self.value


def read_limit(text: str) -> Limit:
    """Parse a percentage, such as `10%`, or an amount in USD; raises InvalidValue."""
    try:
        return Limit(text, read_amount(text.removesuffix("%")), text.endswith("%"))
    except InvalidValue as error:
        hint = "use a percentage or an amount in USD, such as 10% or 50.00"
        raise InvalidValue("E-LIMIT", "not a percentage or an amount", hint) from error
