"""Break-even: the quantity of one charge at which the order of two plans flips."""

from typing import NamedTuple

from aloware_cli.domain.card import Rate
from aloware_cli.domain.charge import Charge
from aloware_cli.domain.periods import Term
from aloware_cli.domain.point import Point


class BreakEven(NamedTuple):
    """Where two plans cost the same a month, and where their order flips."""

    plans: tuple[str, str]
    term: Term
    currency: str
    #: The charge whose quantity is varied, and what a unit costs on each plan.
    charge: Charge
    rates: tuple[Rate, Rate]
    #: The plan that is cheaper when the quantity is 0; None for a tie.
    cheaper_at_zero: str | None
    #: The smallest whole quantity at which the totals are equal; None where there is none.
    equal_at: int | None
    #: The smallest whole quantity at which the order is strictly the opposite of that at 0.
    flips_at: int | None
    #: Both totals at 0 and at every quantity that the answer speaks of, by quantity.
    points: tuple[Point, ...]
    #: The answer in words, a sentence each.
    reasons: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def proof(self) -> tuple[Point, ...]:
        """Both totals just before and just after the order flips; empty where it never does."""
        if self.flips_at is None:
            return ()
        return tuple(p for p in self.points if self.flips_at - 1 <= p.quantity <= self.flips_at)
