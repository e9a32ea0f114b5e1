"""Lookup: the rate cards and the quote of a scenario; what a name of a plan or charge means."""

from collections.abc import Iterable, Mapping

from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.problems import Location, Problem, listed, quoted
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import (
    ENVIRONMENT,
    OPTIONS,
    Scenario,
    charge_key,
    flag,
    suggest_charge,
)
from aloware_cli.errors import UsageError, ValidationError
from aloware_cli.files.cards import load_rates
from aloware_cli.files.io import STDIN, display_path
from aloware_cli.pricing.orders import build_nonempty_order, find_card
from aloware_cli.pricing.price import price


def load_catalog(scenario: Scenario) -> Catalog:
    """Return the rate cards that `scenario` selects."""
    return load_rates(scenario.rates, scenario.as_of)


def quote_on(card: RateCard, scenario: Scenario, catalog: Catalog) -> Quote:
    """Return the quote of `scenario` on `card`; raises ValidationError if nothing is to price."""
    return price(card, build_nonempty_order(scenario, card, catalog))


def find_plan(name: str, catalog: Catalog) -> RateCard:
    """Return the rate card of the plan `name` (case-insensitive); raises ValidationError."""
    found = find_card(name, catalog)
    if isinstance(found, Problem):
        raise ValidationError([found._replace(path="")])
    return found


def plan_of(scenario: Scenario, catalog: Catalog) -> RateCard:
    """Return the rate card of the plan of `scenario`.

    Raises UsageError if it has none, ValidationError for an unknown one.
    """
    if scenario.plan is None:
        raise no_plan_given(catalog)
    found = find_card(scenario.plan, catalog)
    if isinstance(found, Problem):
        origin = scenario.origins["plan"]
        in_file = isinstance(origin, Location)
        found = found._replace(location=origin if in_file else None, path="plan" if in_file else "")
        raise ValidationError([found])
    return found


def no_plan_given(catalog: Catalog, *hints: str) -> UsageError:
    """Return the error for a scenario without a plan, with further `hints`."""
    hint = f"name {listed([*catalog.cards], 'or')} first, or set plan in a scenario"
    return UsageError("E-PLAN", "no plan given", hint, *hints)


def find_plans(names: Iterable[str], catalog: Catalog) -> list[RateCard]:
    """Return the rate cards of the plans `names`; raises UsageError for a plan named twice."""
    cards: list[RateCard] = []
    for name in names:
        card = find_plan(name, catalog)
        if card in cards:
            raise UsageError("E-DUPLICATE", f"{card.plan} is given twice", "name each plan once")
        cards.append(card)
    return cards


def find_charge(name: str, charges: Mapping[str, Charge], where: str = "") -> Charge:
    """Return the charge that `name` or its short form means; raises UsageError.

    `where` is the option or argument that gives it.
    """
    if charge := charges.get(charge_key(name)):
        return charge
    hint = suggest_charge(name, *charges)
    raise UsageError("E-CHARGE", f"{where}unknown charge {quoted(name)}", hint)


def options_of(scenario: Scenario) -> str:
    """Return the options that gave `scenario`, as they were typed, for another command line."""
    from shlex import quote

    typed = []
    file = scenario.origins.get("")
    if isinstance(file, Location):
        typed.append(f"--from {STDIN if file.file == display_path(STDIN) else quote(file.file)}")
    for path, origin in scenario.origins.items():
        if path in ("", "plan") or origin == ENVIRONMENT or isinstance(origin, Location):
            continue
        kind = OPTIONS[path].kind if path in OPTIONS else "entry"
        if kind == "paths":
            typed += [f"{flag(path)} {quote(each)}" for each in getattr(scenario, path)]
        elif kind == "value" and isinstance(value := getattr(scenario, path), str):
            typed.append(f"{origin.split(' ')[0]} {quote(value)}")
        elif kind != "entries":
            typed.append(origin)
    return " ".join(dict.fromkeys(typed))
