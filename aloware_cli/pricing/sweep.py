"""Sweeps: the same order again and again, with another quantity of one charge."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.comparisons import Point, Sweep
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.price import price


class SweepInput(NamedTuple):
    """A plan's card and an order on it that leaves the quantity of one charge open."""

    card: RateCard
    order: Order
    #: The key of that charge.
    charge: str


def price_at(varied: SweepInput, quantity: int) -> Quote:
    """Return the quote with `quantity` units of the charge that is varied."""
    order = varied.order
    quantities = {**order.quantities, varied.charge: quantity}
    return price(varied.card, order._replace(quantities=quantities))


def point_at(plans: Sequence[SweepInput], quantity: int) -> Point:
    """Return the monthly totals of `plans` at `quantity`, each from a quote of its own."""
    return Point(quantity, tuple(price_at(plan, quantity).totals.monthly for plan in plans))


def sweep(varied: Sequence[SweepInput], quantities: Iterable[int]) -> Sweep:
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
