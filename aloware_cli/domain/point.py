"""Points: what plans cost at one quantity of a charge that is varied."""

from decimal import Decimal
from typing import NamedTuple


class Point(NamedTuple):
    """The monthly totals of several plans at one quantity."""

    quantity: int
    #: USD a month, in the order of the plans.
    totals: tuple[Decimal, ...]

    def cheapest(self, plans: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `plans`, named in the order of the totals, that cost the least."""
        least = min(self.totals)
        return tuple(plan for plan, total in zip(plans, self.totals, strict=True) if total == least)
