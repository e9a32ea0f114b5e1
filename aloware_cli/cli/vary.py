"""Vary: the orders of a command that varies the quantity of one charge."""

from collections.abc import Sequence

from aloware_cli.cli.checks import reject_unknown_totals
from aloware_cli.cli.lookup import find_charge
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.orders import Order
from aloware_cli.domain.scenarios import OPTIONS, QUANTITY_KEYS, Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.compare import SweepInput, price_at
from aloware_cli.pricing.orders import build_order


def sweep_inputs(
    cards: Sequence[RateCard], name: str, scenario: Scenario, catalog: Catalog
) -> list[SweepInput]:
    """Return the order on each of `cards`, without the quantity of the charge `name`.

    Raises UsageError for a charge that no month has, and UnpublishedPrice if a monthly total
    cannot be known.
    """
    charge = find_charge(name, cards[0].charges, f"--vary {name}")
    if charge.one_time:
        raise UsageError(
            "E-ONE-TIME",
            f"--vary {name}: a one-time fee does not change monthly totals",
            "vary a recurring charge, for example: --vary numbers",
        )
    inputs = [
        SweepInput(
            card, _order_without(charge.key, build_order(scenario, card, catalog)), charge.key
        )
        for card in cards
    ]
    # With one unit, the quote has a line for the charge.
    reject_unknown_totals([price_at(each, 1) for each in inputs])
    return inputs


def options_fixing(charge: str, scenario: Scenario) -> list[str]:
    """Return the options, as typed, that give a quantity of `charge`."""
    keys = [key for key in QUANTITY_KEYS if charge in OPTIONS[key].charges]
    origins = [scenario.origins.get(path) for path in [*keys, f"add.{charge}"]]
    return [origin for origin in origins if isinstance(origin, str)]


def _order_without(charge: str, order: Order) -> Order:
    return order._replace(
        quantities={key: count for key, count in order.quantities.items() if key != charge}
    )
