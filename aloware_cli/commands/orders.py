"""Orders: what a scenario amounts to on one plan's card, or why it does not."""

from aloware_cli.commands.names import flag_for, sentence
from aloware_cli.domain.card import RateBook, RateCard
from aloware_cli.domain.charge import SHORT_NAMES
from aloware_cli.domain.fault import Place
from aloware_cli.domain.order import Order
from aloware_cli.domain.scenario import Scenario
from aloware_cli.errors import AlowareError, FaultyFiles, RequestError
from aloware_cli.pricing.order import NOTHING, Unfit, asks_for_nothing, order_for


def order_on(scenario: Scenario, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`; raises RequestError where there is nothing to price.

    A scenario file that asks for nothing raises FaultyFiles in its place.
    """
    order = order_as_given(scenario, card, book)
    if asks_for_nothing(order):
        faults = list(Unfit(scenario, NOTHING).faults())
        if faults and not any(isinstance(scenario.origins.get(key), str) for key in SHORT_NAMES):
            raise FaultyFiles(faults)
        raise RequestError(
            "nothing to price", "Say how much of something, for example: --agents 3 --numbers 10"
        )
    return order


def order_without(charge: str, scenario: Scenario, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`; RequestError where a flag gives a quantity of `charge`.

    That is for a command that varies the quantity of `charge` itself, in the place
    of the one that a scenario file gives.
    """
    order = order_as_given(scenario, card, book)
    quantities = dict(order.quantities)
    if quantities.pop(charge, None) is None:
        return order
    keys = [*(name for name, key in SHORT_NAMES.items() if key == charge), f"add.{charge}"]
    if not any(isinstance(scenario.origins.get(key), Place) for key in keys):
        raise RequestError(
            f"--vary moves the quantity of {charge}, and another option fixes it",
            f"Leave out {flag_for(charge)}.",
        )
    return order._replace(quantities=quantities)


def order_as_given(scenario: Scenario, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`, which may be empty.

    Raises RequestError for a flag that is wrong, FaultyFiles for a scenario file.
    """
    try:
        return order_for(scenario, card, book)
    except Unfit as error:
        raise refusal(error) from error


def refusal(unfit: Unfit) -> AlowareError:
    """Return the error that says what does not fit: the first flag, or all of the file.

    What was given neither by a flag nor by a file goes by its key.
    """
    for path, problem, remedy in unfit.objections:
        flag = unfit.scenario.origins.get(path)
        if isinstance(flag, str):
            return RequestError(f"{flag}: {problem}", sentence(remedy))
    if faults := list(unfit.faults()):
        return FaultyFiles(faults)
    path, problem, remedy = unfit.objections[0]
    return RequestError(f"{path}: {problem}", sentence(remedy))
