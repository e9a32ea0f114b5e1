"""Changes: what differs between two sets of rate cards, or between two quotes."""

from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.periods import Amounts, Term
from aloware_cli.domain.quotes import Line, Note, Quote


class Change(NamedTuple):
    """One price or state that differs."""

    plans: tuple[str, ...]
    #: The charge, or the carrier, that is priced.
    key: str
    label: str
    unit: str
    #: The term of a charge that is priced apart for each; None for the others.
    term: Term | None
    #: None where the old cards, or the new ones, do not list it.
    old: Rate | None
    new: Rate | None


class Effect(NamedTuple):
    """The same order on the old and on the new cards."""

    old: Quote
    new: Quote

    @property
    def is_known(self) -> bool:
        """Whether both quotes are whole, with no rate missing."""
        return not (self.old.at_least or self.new.at_least)

    @property
    def difference(self) -> Amounts | None:
        """How much more the new quote is in each period, in USD; None where it is not known."""
        if not self.is_known:
            return None
        pairs = zip(self.new.totals, self.old.totals, strict=True)
        return Amounts(*(new - old for new, old in pairs))

    @property
    def one_time_difference(self) -> Decimal | None:
        """How much more is paid once, in USD; None where that is not known."""
        return self.new.one_time_total - self.old.one_time_total if self.is_known else None


class CardChanges(NamedTuple):
    """The differences between two sets of rate cards."""

    changes: tuple[Change, ...]
    #: None where no quote was asked for.
    effect: Effect | None


#: What a quote has beside its lines, by the names of its parts.
PARTS: Final = ("carrier_fees", "first_invoice", "credits")


class LineDifference(NamedTuple):
    """A charge whose lines differ."""

    charge: Charge
    #: None for a line that the old quote, or the new one, does not have.
    old: Line | None
    new: Line | None

    @property
    def more(self) -> Decimal | None:
        """How much more the new line is, in USD, a month or once; None where that is not known."""
        total = ZERO
        for line, sign in ((self.new, 1), (self.old, -1)):
            if line and line.amount is None:
                return None
            total += sign * (line.amount or ZERO if line else ZERO)
        return total


class Difference(NamedTuple):
    """The differences between two quotes."""

    old: Quote
    new: Quote
    #: The charges whose lines differ, those of the new quote first.
    lines: tuple[LineDifference, ...]
    notes: tuple[Note, ...]

    @property
    def effect(self) -> Effect:
        """What it does to the totals."""
        return Effect(self.old, self.new)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts beside the lines that differ."""
        return tuple(part for part in PARTS if _billed(self.old, part) != _billed(self.new, part))

    @property
    def is_none(self) -> bool:
        """Whether the two quotes say the same."""
        same_bill = (self.old.plan, self.old.term) == (self.new.plan, self.new.term)
        return same_bill and not self.lines and not self.parts


def _billed(quote: Quote, part: str) -> object:
    """Return what `quote` has as `part`, without what it does not say, or only about its pages."""
    if part == "carrier_fees" and quote.carrier_fees:
        return quote.carrier_fees._replace(sources=())
    if part == "first_invoice" and quote.first_invoice:
        lines = tuple((line.charge.key, *line[1:]) for line in quote.first_invoice.lines)
        return (quote.first_invoice._replace(lines=()), lines)
    if part == "credits" and quote.credits:
        return (quote.credits._replace(start=None), quote.credits.until)
    return getattr(quote, part)
