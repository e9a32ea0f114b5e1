"""Varying: the same order again and again, with another quantity of one charge."""

from collections.abc import Sequence
from typing import NamedTuple

from aloware_cli.domain.card import RateCard
from aloware_cli.domain.order import Order
from aloware_cli.domain.point import Point
from aloware_cli.domain.quote import Quote
from aloware_cli.pricing.price import price


class Varied(NamedTuple):
    """A plan's card and an order on it that leaves the quantity of one charge open."""

    card: RateCard
    order: Order
    #: The key of that charge.
    charge: str


def price_at(varied: Varied, quantity: int) -> Quote:
    """Return the quote with `quantity` units of the charge that is varied."""
    order = varied.order
    quantities = {**order.quantities, varied.charge: quantity}
    return price(varied.card, order._replace(quantities=quantities))


def point_at(plans: Sequence[Varied], quantity: int) -> Point:
    """Return the monthly totals of `plans` at `quantity`, each from a quote of its own."""
    return Point(quantity, tuple(price_at(plan, quantity).totals.monthly for plan in plans))
