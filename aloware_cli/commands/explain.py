"""`aloware explain`: why a charge is billed or included on a plan."""

from typing import Annotated

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import (
    FORCE_OPTION,
    FORM_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    form_for,
)
from aloware_cli.commands.names import find_charge, plan_of
from aloware_cli.commands.options import catalog_for, takes_pricing_options
from aloware_cli.commands.orders import build_order
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.files.conflicts import load_conflicts
from aloware_cli.files.output import write_output
from aloware_cli.pricing.explain import explain as explain_charge
from aloware_cli.render.documents import explanation_document
from aloware_cli.render.explanation import explanation_text


@takes_pricing_options
def explain(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")],
    scenario: Scenario,
    charge: Annotated[
        str | None, typer.Argument(metavar="CHARGE", help="agents, numbers, sms or any charge.")
    ] = None,
    format: Annotated[TableOrJson | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Say why a charge is billed or included on a plan.

    With rule, price, page and wording, and the pages that disagree. The working
    is that of one unit, or of the quantity that an option gives.

    For example: aloware explain xpro minutes
    """
    form = form_for(format, output, TABLE_OR_JSON)
    scenario, charge = _plan_and_charge(plan, charge, scenario)
    catalog = catalog_for(scenario)
    card = plan_of(scenario, catalog)
    key = find_charge(charge, card.charges, "CHARGE").key
    conflicts = load_conflicts(list(scenario.rates), catalog)
    explained = explain_charge(card, build_order(scenario, card, catalog), key, conflicts)
    text = draw(explained, form, output, table=explanation_text, document=explanation_document)
    write_output(text, output, force=force)


def _plan_and_charge(first: str, second: str | None, scenario: Scenario) -> tuple[Scenario, str]:
    """Return `scenario` on its plan, and the charge: a scenario with a plan leaves PLAN out."""
    if second is not None:
        return scenario.on(first), second
    if scenario.plan is None:
        raise RequestError("Missing argument 'CHARGE'.", "For example: aloware explain xpro sms")
    return scenario, first
