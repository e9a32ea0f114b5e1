"""Comparisons: the same order priced on several plans."""

from typing import NamedTuple

from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quote import Quote


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
    """Plans side by side, ranked by what recurs in a month."""

    #: In the order in which the plans were asked for.
    standings: tuple[Standing, ...]
    notes: tuple[str, ...]

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
