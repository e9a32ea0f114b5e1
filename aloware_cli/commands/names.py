"""Names: the plan or charge that a user means, or the nearest match to it."""

from collections.abc import Iterable, Mapping

from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.charges import SHORT_NAMES, Charge, charge_key
from aloware_cli.domain.problems import Location, Problem, quoted, suggest
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import FaultyFiles, RequestError
from aloware_cli.pricing.orders import Objection, find_card


def find_plan(name: str, catalog: Catalog) -> RateCard:
    """Return the card of the plan `name`, in any case; else raise RequestError."""
    found = find_card(name, catalog)
    if isinstance(found, Objection):
        raise RequestError(found.message, sentence(found.hint))
    return found


def plan_of(scenario: Scenario, catalog: Catalog) -> RateCard:
    """Return the card of the plan that `scenario` names.

    Raises RequestError where it names none, or on the command line one that no card
    has; FaultyFiles where a file does.
    """
    if scenario.plan is None:
        raise RequestError(
            "which plan?", f"Name it first, or as `plan` in a scenario: {', '.join(catalog.cards)}."
        )
    place = scenario.origins["plan"]
    if not isinstance(place, Location):
        return find_plan(scenario.plan, catalog)
    found = find_card(scenario.plan, catalog)
    if isinstance(found, Objection):
        raise FaultyFiles([Problem(place, found.path, found.message, found.hint)])
    return found


def find_plans(names: Iterable[str], catalog: Catalog) -> list[RateCard]:
    """Return the cards of the plans `names`, in that order; RequestError for one named twice."""
    cards: list[RateCard] = []
    for name in names:
        card = find_plan(name, catalog)
        if card in cards:
            raise RequestError(f"the plan {card.plan} is given twice", "Name each plan once.")
        cards.append(card)
    return cards


def find_charge(name: str, charges: Mapping[str, Charge], flag: str) -> Charge:
    """Return the charge that `name` or its short form names; else raise RequestError."""
    key = charge_key(name)
    if charge := charges.get(key):
        return charge
    hint = suggest(key, [*charges, *SHORT_NAMES], "charges")
    raise RequestError(f"{flag}: no charge {quoted(name)}", sentence(hint))


def flag_for(charge: str) -> str:
    """Return the option that asks for a quantity of `charge`: `--sms N`, `--add late_appeal=N`."""
    names = [name for name, target in SHORT_NAMES.items() if target == charge]
    return f"--{names[0].replace('_', '-')} N" if names else f"--add {charge}=N"


def sentence(hint: str) -> str:
    """Return what would be right as a hint of its own."""
    end = "" if hint.endswith("?") or ": " in hint else "."
    return f"{hint[0].upper()}{hint[1:]}{end}"
