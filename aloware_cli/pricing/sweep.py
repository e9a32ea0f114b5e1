"""Sweeping: one quantity moved over a range, every point a quote of its own."""

from collections.abc import Iterable, Sequence

from aloware_cli.domain.sweep import Sweep
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.vary import Varied, point_at, price_at


def sweep(varied: Sequence[Varied], quantities: Iterable[int]) -> Sweep:
    """Return the monthly totals of the `varied` plans at `quantities`; every rate must be known."""
    first = varied[0]
    return Sweep(
        plans=tuple(plan.card.plan for plan in varied),
        term=first.order.term,
        currency=first.card.currency,
        charge=first.card.charges[first.charge],
        points=tuple(point_at(varied, quantity) for quantity in quantities),
        notes=notes_on_rates([price_at(plan, 1) for plan in varied]),
    )
