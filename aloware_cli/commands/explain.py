"""`aloware explain`: where prices come from, why a charge is billed, and which terms apply."""

from typing import Annotated

from aloware_cli.cli.options import argument, takes
from aloware_cli.cli.output import TABLE_OR_JSON, Destination, emit
from aloware_cli.cli.quoting import find_charge, load_catalog, plan_of
from aloware_cli.domain.problems import quoted
from aloware_cli.domain.scenarios import Scenario, charge_key, suggest_charge
from aloware_cli.errors import UsageError
from aloware_cli.files.examples import load_conflicts
from aloware_cli.files.io import write_output
from aloware_cli.files.schemas import error_meaning
from aloware_cli.pricing.explain import explain as explain_charge
from aloware_cli.pricing.explain import explain_plan
from aloware_cli.pricing.orders import build_order


@takes(formats=TABLE_OR_JSON)
def explain(
    *,
    name: Annotated[
        str, argument("PLAN|CHARGE|CODE", "Plan, charge to see on every plan, or error code")
    ],
    charge: Annotated[
        str | None, argument("CHARGE", "agents, numbers, sms or any charge", "charge")
    ] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Show where a price comes from and why a charge is billed.

        aloware explain upro sms
        aloware explain sms
        aloware explain upro
        aloware explain E-QUANTITY

    Shows the price, the page with its wording, the rule, contradicting pages and contract terms: of
    a charge on one plan or on every plan. For a plan alone, lists its prices and terms. The
    calculation is for one unit, or for the quantity of an option. For the code of an error message,
    such as E-QUANTITY, says what it means and what to do.
    """
    if charge is None and name.upper().startswith("E-"):
        write_output(f"{name.upper()}\n{error_meaning(name)}", None)
        return
    catalog = load_catalog(scenario)
    plans = [*catalog.cards, *catalog.not_in_force]
    if charge is None:
        if name.casefold() in map(str.casefold, plans):
            plan = explain_plan(plan_of(scenario.on(name), catalog))
            emit(plan, destination, explain=True)
            return
        if charge_key(name) not in catalog.charges:
            hint = suggest_charge(name, *plans, *catalog.charges)
            raise UsageError("E-CHARGE", f"unknown plan or charge {quoted(name)}", hint)
    else:
        scenario = scenario.on(name)
    cards = [plan_of(scenario, catalog)] if scenario.plan else list(catalog.cards.values())
    key = find_charge(charge or name, catalog.charges).key
    conflicts = load_conflicts(scenario.rates, catalog)
    found = [
        explain_charge(card, build_order(scenario, card, catalog), key, conflicts) for card in cards
    ]
    if scenario.plan is not None:
        emit(found[0], destination)
    else:
        emit(found, destination, kind="explanations")
