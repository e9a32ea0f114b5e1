"""Orders: what a scenario amounts to on one plan's card, or why it does not."""

from aloware_cli.commands.names import flag_for, sentence
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.charges import SHORT_NAMES
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import AlowareError, FaultyFiles, RequestError
from aloware_cli.pricing.orders import NOTHING, Unfit, asks_for_nothing, validate_order


def build_nonempty_order(scenario: Scenario, card: RateCard, catalog: Catalog) -> Order:
    """Return the order for `card`; raises RequestError where there is nothing to price.

    A scenario file that asks for nothing raises FaultyFiles in its place.
    """
    order = build_order(scenario, card, catalog)
    if asks_for_nothing(order):
        problems = list(Unfit(scenario, NOTHING).problems())
        if problems and not any(isinstance(scenario.origins.get(key), str) for key in SHORT_NAMES):
            raise FaultyFiles(problems)
        raise RequestError(
            "nothing to price", "Say how much of something, for example: --agents 3 --numbers 10"
        )
    return order


def build_order_without(charge: str, scenario: Scenario, card: RateCard, catalog: Catalog) -> Order:
    """Return the order for `card`; RequestError where a flag gives a quantity of `charge`.

    That is for a command that varies the quantity of `charge` itself, in the place
    of the one that a scenario file gives.
    """
    order = build_order(scenario, card, catalog)
    quantities = dict(order.quantities)
    if quantities.pop(charge, None) is None:
        return order
    keys = [*(name for name, key in SHORT_NAMES.items() if key == charge), f"add.{charge}"]
    if not any(isinstance(scenario.origins.get(key), Location) for key in keys):
        raise RequestError(
            f"--vary moves the quantity of {charge}, and another option fixes it",
            f"Leave out {flag_for(charge)}.",
        )
    return order._replace(quantities=quantities)


def build_order(scenario: Scenario, card: RateCard, catalog: Catalog) -> Order:
    """Return the order for `card`, which may be empty.

    Raises RequestError for a flag that is wrong, FaultyFiles for a scenario file.
    """
    try:
        return validate_order(scenario, card, catalog)
    except Unfit as error:
        raise refusal(error) from error


def refusal(unfit: Unfit) -> AlowareError:
    """Return the error that says what does not fit: the first flag, or all of the file.

    What was given neither by a flag nor by a file goes by its key.
    """
    for path, message, hint in unfit.objections:
        flag = unfit.scenario.origins.get(path)
        if isinstance(flag, str):
            return RequestError(f"{flag}: {message}", sentence(hint))
    if problems := list(unfit.problems()):
        return FaultyFiles(problems)
    path, message, hint = unfit.objections[0]
    return RequestError(f"{path}: {message}", sentence(hint))
