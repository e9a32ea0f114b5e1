"""Orders: a scenario validated against a rate card."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import Catalog, Rate, RateCard, supplied
from aloware_cli.domain.charges import CUSTOM, Charge
from aloware_cli.domain.money import HUNDRED, MAX_QUANTITY, format_exact
from aloware_cli.domain.orders import CallVolume, Details, Order
from aloware_cli.domain.problems import Location, Origin, Problem, quoted, suggest
from aloware_cli.domain.scenarios import (
    ALL,
    OPTIONS,
    QUANTITY_KEYS,
    SHORT_NAMES,
    Scenario,
    flag,
    suggest_charge,
)
from aloware_cli.errors import ValidationError

#: The keys that a scenario and an order share, value for value.
_SHARED: Final = tuple(key for key in Order._fields if key in OPTIONS)
#: What the A2P registration of a standard brand's campaigns costs once (source: a2p-fees).
_ACTIVATION: Final = "campaign_activation"
_MAINTENANCE: Final = ("campaign_maintenance", "low_volume_campaign_maintenance")


def build_order(scenario: Scenario, card: RateCard, catalog: Catalog) -> Order:
    """Return the order for `card`, which may be empty.

    `scenario.sms` must contain the segments of its message. Raises ValidationError with every
    problem; a range is one.
    """
    reject_ranges(scenario)
    return _Builder(scenario, card, catalog).order()


def build_nonempty_order(
    scenario: Scenario, card: RateCard, catalog: Catalog, where: str = ""
) -> Order:
    """Return the order for `card`; raises ValidationError if there is nothing to price `where`."""
    order = build_order(scenario, card, catalog)
    if any(order.quantities.values()) or order.min_agents:
        return order
    origin = scenario.origins.get("")
    given = [scenario.origins.get(key) for key in QUANTITY_KEYS]
    in_file = isinstance(origin, Location) and not any(isinstance(each, str) for each in given)
    hint = f"add a quantity, for example: {'agents: 3' if in_file else '--agents 3 --numbers 10'}"
    message = f"nothing to price{where}"
    raise ValidationError([Problem("E-EMPTY", message, hint, origin if in_file else None)])


def reject_ranges(scenario: Scenario) -> None:
    """Raise ValidationError if a quantity of `scenario` is a range."""
    problems = []
    for path, found in scenario.ranges():
        hint = f"use one, such as {found.expected:,}; only aloware quote takes a range"
        message = "expected one quantity, got a range"
        problems.append(Problem("E-RANGE", message, hint, scenario.origin(path), path))
    if problems:
        raise ValidationError(problems)


def find_card(name: str, catalog: Catalog) -> RateCard | Problem:
    """Return the card of the plan `name` (case-insensitive), or why none is in force."""
    for plan, card in catalog.cards.items():
        if plan.casefold() == name.casefold():
            return card
    for plan, days in catalog.not_in_force.items():
        if plan.casefold() == name.casefold():
            message = f"no {plan} rate card is in force on {catalog.as_of}"
            return Problem("E-AS-OF", message, f"use --as-of {days}", path="plan")
    hint = suggest(name, catalog.cards, "plans")
    return Problem("E-PLAN", f"unknown plan {quoted(name)}", hint, path="plan")


def find_plan(name: str, catalog: Catalog, origin: Origin | None = None) -> RateCard:
    """Return the card of the plan `name`, given in a file or elsewhere; raises ValidationError."""
    found = find_card(name, catalog)
    if isinstance(found, Problem):
        location = origin if isinstance(origin, Location) else None
        path = found.path if location else ""
        raise ValidationError([found._replace(location=location, path=path)])
    return found


class _Builder:
    """Validates one scenario and collects its problems."""

    def __init__(self, scenario: Scenario, card: RateCard, catalog: Catalog) -> None:
        self._scenario = scenario
        self._card = card
        self._catalog = catalog
        self._problems: list[Problem] = []

    def order(self) -> Order:
        """Return the order; raises ValidationError."""
        scenario = self._scenario
        shared = {key: getattr(scenario, key) for key in _SHARED}
        volume = self._call_volume()
        order = Order(
            **{**shared, "term": scenario.term or "monthly"},
            quantities=self._quantities(volume),
            supplied=self._supplied(),
            carriers=self._carriers(),
            discounts=self._discounts(),
            custom=tuple(self._custom()),
            details=self._details(),
            call_volume=volume,
        )
        if self._problems:
            raise ValidationError(self._problems)
        return order

    def _reject(self, path: str, code: str, message: str, hint: str) -> None:
        origin = self._scenario.origin(path) or path
        self._problems.append(Problem(code, message, hint, origin, path))

    def _call_volume(self) -> CallVolume | None:
        """Return the calls to convert to minutes; None if none are given."""
        scenario = self._scenario
        if scenario.calls is None:
            for key in ("call_length", "increment"):
                if getattr(scenario, key) is not None:
                    self._reject(key, "E-REQUIRES", "requires calls", "add --calls N")
            return None
        if scenario.minutes is not None:
            origins = [(key, scenario.origin(key)) for key in ("calls", "minutes")]
            names = [each.split(" ")[0] if isinstance(each, str) else key for key, each in origins]
            message = f"{' and '.join(names)} count the same minutes"
            self._reject("calls", "E-CONFLICT", message, "remove one of the two")
        if scenario.call_length is None:
            hint = "add --call-length TIME, for example: --call-length 45s"
            self._reject("calls", "E-REQUIRES", "requires the length of a call", hint)
        elif scenario.increment is None:
            message = "Aloware does not publish how it rounds call minutes"
            hint = "supply the billing increment: --increment SECONDS, for example: --increment 60"
            self._reject("calls", "E-REQUIRES", message, hint)
        volume = CallVolume(
            scenario.quantity("calls"), scenario.call_length or 1, scenario.increment or 1
        )
        if volume.minutes > MAX_QUANTITY:
            message = f"the maximum is {MAX_QUANTITY:,} minutes"
            self._reject("calls", "E-QUANTITY", message, "use fewer calls")
        return volume

    def _quantities(self, volume: CallVolume | None) -> dict[str, int]:
        """Return the quantities of all charges that the scenario counts."""
        scenario = self._scenario
        given = dict(scenario.given())
        quantities = {charge: given[key] for key, charge in SHORT_NAMES.items() if key in given}
        if volume:
            quantities[OPTIONS["calls"].charges[0]] = volume.minutes
        for key in ("campaigns", "low_volume_campaigns"):
            if campaigns := scenario.quantity(key):
                quantities[OPTIONS[key].charges[0]] = campaigns
        # Without a brand, the brand and its campaigns are already registered (source: a2p-fees).
        if scenario.brand:
            quantities[f"brand_registration_{scenario.brand}"] = 1
        for key, quantity in scenario.add.items():
            path = f"add.{key}"
            if key not in self._card.charges:
                self._reject_charge(key, path)
            elif key in quantities:
                self._reject(path, "E-DUPLICATE", f"{key} already has a quantity", "remove one")
            else:
                quantities[key] = quantity
        return self._with_activation(quantities)

    def _with_activation(self, quantities: dict[str, int]) -> dict[str, int]:
        """Add the activation of a standard brand's campaigns, however they are given."""
        campaigns = sum(quantities.get(key, 0) for key in _MAINTENANCE)
        if self._scenario.brand != "standard" or not campaigns:
            return quantities
        if _ACTIVATION in quantities:
            message = f"--brand standard already adds {_ACTIVATION}"
            self._reject(f"add.{_ACTIVATION}", "E-DUPLICATE", message, "remove one of the two")
        if campaigns > MAX_QUANTITY:
            message = f"the maximum is {MAX_QUANTITY:,} campaigns in all"
            self._reject("campaigns", "E-QUANTITY", message, "use fewer campaigns")
        return {**quantities, _ACTIVATION: campaigns}

    def _reject_charge(self, name: str, path: str, *also: str) -> None:
        hint = suggest_charge(name, *self._card.charges, *also)
        self._reject(path, "E-CHARGE", f"unknown charge {quoted(name)}", hint)

    def _supplied(self) -> dict[str, Rate]:
        """Return the supplied rates for this plan; one for the plan overrides one for all."""
        for_all: dict[str, Rate] = {}
        for_plan: dict[str, Rate] = {}
        known = [*self._catalog.cards, *self._catalog.not_in_force]
        plans = {plan.casefold(): plan for plan in known}
        for name, price in self._scenario.rate.items():
            plan, colon, key = name.rpartition(":")
            path = f"rate.{name}"
            charge = self._card.charges.get(key)
            if charge is None:
                self._reject_charge(key, path)
            elif charge.rule and charge.rule.decides == "included":
                message = f"the rule {charge.rule.key} includes {key}"
                self._reject(path, "E-INCLUDED", message, "remove the price")
            elif colon and plan not in plans:
                hint = suggest(plan, plans.values(), "plans")
                self._reject(path, "E-PLAN", f"unknown plan {quoted(plan)}", hint)
            elif not colon or plans[plan] == self._card.plan:
                rates = for_plan if colon else for_all
                on_card = self._card.rates[key, self._scenario.term or "monthly"]
                rates[key] = self._supplied_rate(path, price, on_card.allowance)
        return for_all | for_plan

    def _custom(self) -> Iterator[tuple[Charge, Rate]]:
        """Yield the charge and the rate of each custom line, those paid once last."""
        for label, line in sorted(self._scenario.line.items(), key=lambda item: item[1].is_once):
            unit = "item" if line.is_once else "month"
            rate = self._supplied_rate(f"line.{label}", line.amount)
            reason = "This line was added to the quote."
            yield Charge(
                key=f"line.{label}", label=label, unit=unit, units=f"{unit}s", category=CUSTOM,
                one_time=line.is_once, per_term=False, pass_through=False, traffic=None, rule=None,
                reason=reason, caution=None, citation=rate.citation,
            ), rate  # fmt: skip

    def _supplied_rate(self, path: str, price: Decimal, allowance: int = 0) -> Rate:
        """Return the rate that is given under `path`."""
        origin = self._scenario.origins.get(path, path)
        if isinstance(origin, str):
            return supplied(price, origin, allowance=allowance)
        wording = f"line {origin.line}: {path}: {format_exact(price)}"
        return supplied(price, wording, f"Supplied in {origin.file}", allowance)

    def _carriers(self) -> Mapping[str, Decimal] | None:
        """Return the carrier mix: empty for a range, None without carrier fees."""
        scenario = self._scenario
        if not scenario.carrier:
            return {} if scenario.carrier_fees else None
        known = [carrier.key for carrier in self._card.carriers.listed]
        unknown = [name for name in scenario.carrier if name not in known]
        for name in unknown:
            message, hint = f"unknown carrier {quoted(name)}", suggest(name, known, "carriers")
            self._reject(f"carrier.{name}", "E-CARRIER", message, hint)
        total = sum(scenario.carrier.values())
        if not unknown and total != HUNDRED:
            message = f"shares total {total:f}%, not 100%"
            hint = "make the shares add up to 100%"
            origin = scenario.origin("carrier")
            origin = flag("carrier") if isinstance(origin, str) else origin
            self._problems.append(Problem("E-SHARES", message, hint, origin, "carrier"))
        return scenario.carrier

    def _discounts(self) -> Mapping[str, Decimal]:
        """Return the percentage off each charge; the key `all` holds for every other charge."""
        for key in self._scenario.discount:
            path = f"discount.{key}"
            if key != ALL and key not in self._card.charges:
                self._reject_charge(key, path, ALL)
            elif key != ALL and self._card.charges[key].pass_through:
                message = f"{key} is a pass-through fee and takes no discount"
                self._reject(path, "E-PASS-THROUGH", message, "remove the discount")
        return self._scenario.discount

    def _details(self) -> Details | None:
        """Return the details of the customer document; None if none is given."""
        given = {key: getattr(self._scenario, key) for key in Details._fields}
        if all(value is None for value in given.values()):
            return None
        if self._scenario.valid_days is not None and self._scenario.issued is None:
            hint = "add --issued today, or --issued 2026-12-01"
            if isinstance(self._scenario.origin("valid_days"), Location):
                hint = "add issued, such as 2026-12-01, or use --issued"
            self._reject("valid_days", "E-REQUIRES", "requires an issue date", hint)
        return Details(**given)
