"""Scenarios: a plan with an order for it, as a file names them."""

from typing import NamedTuple

from aloware_cli.domain.order import Order


class Scenario(NamedTuple):
    """A plan and what to price on it."""

    plan: str
    order: Order
