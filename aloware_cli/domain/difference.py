"""Differences: what sets one quote apart from another, line by line."""

from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.change import Effect
from aloware_cli.domain.charge import Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.quote import Line, Quote

#: What a quote has beside its lines, by the names of its parts.
PARTS: Final = ("pass_through", "first_invoice", "credits")


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
    """Two quotes held against each other."""

    old: Quote
    new: Quote
    #: The charges whose lines differ, those of the new quote first.
    lines: tuple[LineDifference, ...]
    notes: tuple[str, ...]

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
    if part == "pass_through" and quote.pass_through:
        return quote.pass_through._replace(sources=())
    if part == "first_invoice" and quote.first_invoice:
        lines = tuple((line.charge.key, *line[1:]) for line in quote.first_invoice.lines)
        return (quote.first_invoice._replace(lines=()), lines)
    if part == "credits" and quote.credits:
        return (quote.credits._replace(start=None), quote.credits.until)
    return getattr(quote, part)
