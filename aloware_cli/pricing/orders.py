"""Orders: what a scenario asks for, held against a card."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.cards import Catalog, Rate, RateCard
from aloware_cli.domain.charges import SHORT_NAMES
from aloware_cli.domain.money import MAX_QUANTITY, WHOLE, format_exact
from aloware_cli.domain.orders import ALL, Order
from aloware_cli.domain.problems import Location, Problem, quoted, suggest
from aloware_cli.domain.scenarios import KEYS_OF_DETAILS, Scenario
from aloware_cli.domain.sources import Citation, supplied_by_user, supplied_in_file

if TYPE_CHECKING:
    from aloware_cli.domain.customer import Details


class Objection(NamedTuple):
    """Why something that a scenario asks for cannot be ordered."""

    #: The key, or key and entry, of the scenario: `brand`, `rate.license`.
    path: str
    message: str
    #: What would be right.
    hint: str


class Unfit(ValueError):
    """A scenario does not fit the cards."""

    def __init__(self, scenario: Scenario, *objections: Objection) -> None:
        """Refuse `scenario` because of all of the `objections`."""
        super().__init__("; ".join(objection.message for objection in objections))
        self.scenario = scenario
        self.objections = objections

    def problems(self, under: str = "") -> Iterator[Problem]:
        """Yield what comes from a file, with its place; `under` is the key of the scenario."""
        for path, message, hint in self.objections:
            place = self.scenario.origins.get(path) or self.scenario.origins.get("")
            if isinstance(place, Location):
                yield Problem(place, ".".join(filter(None, [under, path])), message, hint)


#: The objection to a scenario that asks for nothing.
NOTHING: Final = Objection("", "nothing to price", "give a quantity such as agents: 3")


def validate_order(scenario: Scenario, card: RateCard, catalog: Catalog) -> Order:
    """Return the order on `card`, which may be empty; raises Unfit with all that is wrong.

    A message must have been counted: `scenario.sms` holds its segments.
    """
    found: list[Objection] = []
    order = Order(
        quantities=_quantities(scenario, card, found),
        term=scenario.term or "monthly",
        supplied=_supplied(scenario, card, catalog, found),
        as_of=scenario.as_of,
        start=scenario.start,
        carriers=_carriers(scenario, card, found),
        min_agents=scenario.min_agents,
        discounts=_discounts(scenario, card, found),
        credits=scenario.credits,
        details=_details(scenario, found),
    )
    if found:
        raise Unfit(scenario, *found)
    return order


def _details(scenario: Scenario, found: list[Objection]) -> "Details | None":
    """Return what makes the quote a document; None where none of it is given."""
    given = {key: getattr(scenario, key) for key in KEYS_OF_DETAILS}
    if all(value is None for value in given.values()):
        return None
    if scenario.valid_days is not None and scenario.issued is None:
        message = "the days count from the day of the quote, which is not given"
        hint = "give --issued, or issued in a file, such as 2026-11-22"
        found.append(Objection("valid_days", message, hint))
    from aloware_cli.domain.customer import Details

    return Details(**given)


def asks_for_nothing(order: Order) -> bool:
    """Tell whether there is nothing on `order` to price."""
    return not any(order.quantities.values()) and not order.min_agents


def find_card(name: str, catalog: Catalog) -> RateCard | Objection:
    """Return the card of the plan `name`, in any case, or why there is none in force."""
    plans = {plan.casefold(): card for plan, card in catalog.cards.items()}
    if card := plans.get(name.casefold()):
        return card
    for plan, start in catalog.not_yet.items():
        if plan.casefold() == name.casefold():
            message = f"no {plan} card is in force on that day"
            return Objection("plan", message, f"the first holds from {start}")
    return Objection("plan", f"no plan {quoted(name)}", suggest(name, catalog.cards, "plans"))


def _quantities(scenario: Scenario, card: RateCard, found: list[Objection]) -> dict[str, int]:
    given = {key: getattr(scenario, name) for name, key in SHORT_NAMES.items()}
    quantities = {key: count for key, count in given.items() if count is not None}
    quantities |= _compliance(scenario, found)
    for key, count in scenario.add.items():
        path = f"add.{key}"
        if key not in card.charges:
            _no_charge(key, path, card, found)
        elif key in quantities:
            found.append(
                Objection(path, f"the quantity of {key} is given twice", "keep one of them")
            )
        else:
            quantities[key] = count
    return quantities


def _no_charge(name: str, path: str, card: RateCard, found: list[Objection], *also: str) -> None:
    known = [*card.charges, *SHORT_NAMES, *also]
    found.append(Objection(path, f"no charge {quoted(name)}", suggest(name, known, "charges")))


def _compliance(scenario: Scenario, found: list[Objection]) -> dict[str, int]:
    """Return the A2P fees that a brand and its campaigns bring (source: a2p-fees).

    Each campaign is maintained by the month; those of a standard brand are
    activated once. Without a brand, it is registered already and nothing is once.
    """
    campaigns, low_volume = scenario.campaigns or 0, scenario.low_volume_campaigns or 0
    if campaigns + low_volume > MAX_QUANTITY:
        message = f"there are more than {MAX_QUANTITY:,} campaigns in all"
        found.append(Objection("low_volume_campaigns", message, "give fewer"))
    fees = {"campaign_maintenance": campaigns, "low_volume_campaign_maintenance": low_volume}
    if scenario.brand:
        fees[f"brand_registration_{scenario.brand}"] = 1
    if scenario.brand == "standard":
        fees["campaign_activation"] = campaigns + low_volume
    return {key: count for key, count in fees.items() if count}


def _supplied(
    scenario: Scenario, card: RateCard, catalog: Catalog, found: list[Objection]
) -> dict[str, Rate]:
    """Return the rates for the plan of `card`; one that names the plan beats one for all."""
    for_all: dict[str, Rate] = {}
    for_plan: dict[str, Rate] = {}
    plans = {plan.casefold(): plan for plan in [*catalog.cards, *catalog.not_yet]}
    for name, price in scenario.rate.items():
        plan, colon, key = name.rpartition(":")
        path = f"rate.{name}"
        if (charge := card.charges.get(key)) is None:
            _no_charge(key, path, card, found)
        elif charge.rule and charge.rule.decides == "included":
            found.append(
                Objection(path, f"{key} is included by the rule {charge.rule.key}", "leave it out")
            )
        elif colon and plan not in plans:
            found.append(
                Objection(path, f"no plan {quoted(plan)}", suggest(plan, plans.values(), "plans"))
            )
        elif not colon or plans[plan] == card.plan:
            rates = for_plan if colon else for_all
            rates[key] = Rate("supplied", price, _citation(scenario, path, price))
    return for_all | for_plan


def _citation(scenario: Scenario, path: str, price: Decimal) -> Citation:
    """Return who supplied the price that stands under `path`, and in which words."""
    origin = scenario.origins.get(path, path)
    if isinstance(origin, Location):
        return supplied_in_file(origin.file, f"line {origin.line}: {path}: {format_exact(price)}")
    return supplied_by_user(origin)


def _carriers(
    scenario: Scenario, card: RateCard, found: list[Objection]
) -> Mapping[str, Decimal] | None:
    """Return the mix of carriers: empty for a band, None where their fees are not asked for."""
    if not scenario.carrier:
        return {} if scenario.carrier_fees else None
    known = [carrier.key for carrier in card.carriers]
    unknown = [name for name in scenario.carrier if name not in known]
    found += [
        Objection(f"carrier.{name}", f"no carrier {quoted(name)}", suggest(name, known, "carriers"))
        for name in unknown
    ]
    total = sum(scenario.carrier.values())
    if not unknown and total != WHOLE:
        found.append(
            Objection("carrier", f"the shares add up to {total:f}%, not to 100%", "mend the shares")
        )
    return scenario.carrier


def _discounts(scenario: Scenario, card: RateCard, found: list[Objection]) -> Mapping[str, Decimal]:
    """Return the percentage off each charge; the key for all others is `all`."""
    for key in scenario.discount:
        path = f"discount.{key}"
        if key == ALL:
            continue
        if key not in card.charges:
            _no_charge(key, path, card, found, ALL)
        elif card.charges[key].pass_through:
            found.append(
                Objection(path, f"{key} is passed on, so it takes no discount", "leave it out")
            )
    return scenario.discount
