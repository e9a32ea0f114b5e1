"""Scenarios: a plan and an order, as a file names them.

Each key is a flag's name: `agents`, `inbound_minutes`, `term`, `start`, `add`, `rate`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from aloware_cli.domain.card import Rate, supplied
from aloware_cli.domain.charge import SHORT_NAMES, Charge
from aloware_cli.domain.fault import Fault
from aloware_cli.domain.order import ALL, Order
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.scenario import Scenario
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.fields import Fields, nearest
from aloware_cli.files.file import read_file


def load_scenario(path: str, charges: Mapping[str, Charge]) -> Scenario:
    """Return the scenario in the file at `path`; raises FaultyFiles with all its problems."""
    faults: list[Fault] = []
    scenario = read_scenario(Fields(read_file(path, faults).root, "", faults), charges)
    if faults:
        raise FaultyFiles(faults)
    return scenario


def read_scenario(fields: Fields, charges: Mapping[str, Charge]) -> Scenario:
    """Return the scenario that `fields` gives."""
    plan = fields.text("plan")
    quantities = {
        key: fields.quantity(name) for name, key in SHORT_NAMES.items() if fields.has(name)
    }
    if fields.has("add"):
        quantities |= _read_added(fields.fields("add"), charges, quantities)
    supplied_rates = _read_rates(fields.fields("rate"), charges) if fields.has("rate") else {}
    min_agents = fields.quantity("min_agents") if fields.has("min_agents") else None
    discounts = (
        _read_discounts(fields.fields("discount"), charges) if fields.has("discount") else {}
    )
    term = fields.choice("term", TERMS) if fields.has("term") else "monthly"
    start = fields.optional_date("start")
    fields.close()
    if not any(quantities.values()) and not min_agents:
        fields.refuse_whole("nothing to price", "give a quantity such as agents: 3")
    order = Order(
        quantities,
        cast("Term", term),
        supplied_rates,
        start=start,
        min_agents=min_agents,
        discounts=discounts,
    )
    return Scenario(plan, order)


def _read_added(
    added: Fields, charges: Mapping[str, Charge], given: Mapping[str, int]
) -> dict[str, int]:
    quantities = {}
    for key, place, _ in added.each():
        if key not in charges:
            added.refuse_key(key, place, "unknown charge", nearest(key, list(charges)))
        elif key in given:
            added.refuse_key(key, place, "its quantity is given twice", "keep one of them")
        else:
            quantities[key] = added.quantity(key)
    return quantities


def _read_rates(rates: Fields, charges: Mapping[str, Charge]) -> dict[str, Rate]:
    supplied_rates = {}
    for key, place, _ in rates.each():
        if key not in charges:
            rates.refuse_key(key, place, "unknown charge", nearest(key, list(charges)))
        elif (rule := charges[key].rule) and rule.decides == "included":
            rates.refuse_key(key, place, f"included by the rule {rule.key}", "leave it out")
        else:
            supplied_rates[key] = supplied(rates.price(key), f"rate: {key}")
    return supplied_rates


def _read_discounts(listed: Fields, charges: Mapping[str, Charge]) -> dict[str, Decimal]:
    discounts = {}
    for key, place, _ in listed.each():
        if key != ALL and key not in charges:
            listed.refuse_key(key, place, "unknown charge", nearest(key, [*charges, ALL]))
        elif key != ALL and charges[key].passed_on:
            listed.refuse_key(key, place, "passed on, so it takes no discount", "leave it out")
        else:
            discounts[key] = listed.percent(key)
    return discounts
