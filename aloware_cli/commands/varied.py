"""Varied: the plans and orders of a command that moves the quantity of one charge."""

from collections.abc import Sequence

from aloware_cli.commands.names import find_charge
from aloware_cli.commands.orders import build_order_without
from aloware_cli.commands.refusals import reject_unknown_totals
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.pricing.sweep import SweepInput, price_at


def varied_on(
    cards: Sequence[RateCard], name: str, scenario: Scenario, catalog: Catalog
) -> list[SweepInput]:
    """Return the order on each of `cards`, with the quantity of the charge `name` left open.

    Raises RequestError for a charge that a month does not hold or that another
    option counts, and UnpublishedRate where a monthly total cannot be known.
    """
    charge = find_charge(name, cards[0].charges, "--vary")
    if charge.one_time:
        raise RequestError(
            f"--vary {name}: {charge.label} is paid once, so no monthly total changes with it",
            "Vary a charge that recurs, such as numbers.",
        )
    varied = [
        SweepInput(card, build_order_without(charge.key, scenario, card, catalog), charge.key)
        for card in cards
    ]
    # One unit makes the line of the charge itself stand on the quote.
    reject_unknown_totals([price_at(plan, 1) for plan in varied])
    return varied
