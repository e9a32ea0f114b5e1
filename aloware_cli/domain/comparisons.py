"""Comparisons: the same order on several plans, at one volume or at many."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.periods import Amounts, Term
from aloware_cli.domain.quotes import Note, Quote


class Standing(NamedTuple):
    """How one plan does beside the others."""

    quote: Quote
    #: 1 for the cheapest; plans with equal totals share a place. None where a rate is missing.
    place: int | None
    #: What it costs more than the cheapest, in USD; a lower bound for a plan that is
    #: ruled out, None where nothing can be said.
    more: Amounts | None

    @property
    def ruled_out(self) -> bool:
        """Whether it lacks a rate, and costs more than the cheapest whatever that rate is."""
        return self.place is None and self.more is not None


class Comparison(NamedTuple):
    """Plans side by side, ranked by monthly total."""

    #: In the order in which the plans were asked for.
    standings: tuple[Standing, ...]
    #: The ranking in words, a sentence each.
    reasons: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes, in the order in which the plans were asked for."""
        return tuple(standing.quote for standing in self.standings)

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The plans whose every rate is known, cheapest first."""
        placed = [standing for standing in self.standings if standing.place]
        return tuple(sorted(placed, key=lambda standing: standing.place or 0))

    @property
    def unranked(self) -> tuple[Standing, ...]:
        """The plans that lack a rate."""
        return tuple(standing for standing in self.standings if not standing.place)

    @property
    def first(self) -> tuple[Standing, ...]:
        """The plans in the first place: none, one, or several with equal totals."""
        return tuple(standing for standing in self.ranked if standing.place == 1)

    @property
    def cheapest(self) -> str | None:
        """The one plan in the first place; None where there is none, or a tie."""
        return self.first[0].quote.plan if len(self.first) == 1 else None

    @property
    def settled(self) -> bool:
        """Whether no plan that lacks a rate could still be cheaper than the first."""
        return all(standing.ruled_out for standing in self.unranked)


class Point(NamedTuple):
    """The monthly totals of several plans at one quantity."""

    quantity: int
    #: USD a month, in the order of the plans.
    totals: tuple[Decimal, ...]

    def cheapest(self, plans: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `plans`, named in the order of the totals, that cost the least."""
        least = min(self.totals)
        return tuple(plan for plan, total in zip(plans, self.totals, strict=True) if total == least)


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
    cheaper_from: int | None
    #: Both totals at 0 and at every quantity that the answer speaks of, by quantity.
    points: tuple[Point, ...]
    #: The answer in words, a sentence each.
    reasons: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def proof(self) -> tuple[Point, ...]:
        """Both totals just before and just after the order flips; empty where it never does."""
        if self.cheaper_from is None:
            return ()
        return tuple(
            p for p in self.points if self.cheaper_from - 1 <= p.quantity <= self.cheaper_from
        )


class Sweep(NamedTuple):
    """The totals of some plans at many quantities of one charge."""

    plans: tuple[str, ...]
    term: Term
    currency: str
    charge: Charge
    #: From the lowest quantity to the highest.
    points: tuple[Point, ...]
    notes: tuple[Note, ...]
