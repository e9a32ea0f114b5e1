"""`aloware breakeven`: the volume where one plan becomes cheaper than another."""

from typing import Annotated, Final

import typer

from aloware_cli.cli.checks import reject_nonlinear
from aloware_cli.cli.lookup import find_plans, load_catalog
from aloware_cli.cli.options import KEYS, PLAN, completer, takes
from aloware_cli.cli.output import (
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    emit,
    resolve,
)
from aloware_cli.cli.vary import options_fixing, sweep_inputs
from aloware_cli.domain.scenarios import Scenario, charge_key
from aloware_cli.errors import UsageError
from aloware_cli.pricing.breakeven import find_break_even, find_nonlinear
from aloware_cli.pricing.compare import SweepInput
from aloware_cli.pricing.price import rate_of
from aloware_cli.render.result_documents import break_even_document
from aloware_cli.render.sweep import break_even_report

INSTEAD: Final = "use aloware compare or aloware sweep"
#: A lower bound has no break-even, so that option is not offered.
OPTION_KEYS: Final = tuple(key for key in KEYS if key != "allow_unpriced")


@takes(OPTION_KEYS)
def breakeven(
    plan: Annotated[str, PLAN],
    other: Annotated[
        str,
        typer.Argument(
            metavar="PLAN", help="Plan to compare with", autocompletion=completer("plan")
        ),
    ],
    scenario: Scenario,
    vary: Annotated[
        str,
        typer.Option(
            metavar="CHARGE",
            help="Quantity to vary: agents, numbers, sms or any charge",
            autocompletion=completer("charge"),
        ),
    ],
    format: Annotated[TableOrJson | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Find the volume where one plan becomes cheaper than another.

        aloware breakeven ipro xpro --agents 10 --vary numbers

    Finds the smallest quantity from 0 to one billion, exact to the cent. Other quantities stay
    fixed.
    """
    destination = resolve(format, output, TABLE_OR_JSON, force=force)
    catalog = load_catalog(scenario)
    if scenario.min_agents is not None:
        message = "breakeven does not support --min-agents"
        hint = f"the minimum is billed at any agent count; {INSTEAD}"
        raise UsageError("E-CONFLICT", message, hint)
    charge = charge_key(vary)
    if options := options_fixing(charge, scenario):
        option = options[0] if "=" in options[0] else options[0].split(" ")[0]
        message = f"{option} conflicts with --vary {vary}"
        raise UsageError("E-CONFLICT", message, f"remove {option}")
    first, second = sweep_inputs(find_plans([plan, other], catalog), vary, scenario, catalog)
    _reject_nonlinear(first, second)
    answer = find_break_even(first, second)
    emit(answer, destination, report=break_even_report, document=break_even_document)


def _reject_nonlinear(*inputs: SweepInput) -> None:
    """Raise UsageError if a total does not grow by the same amount with each unit."""
    for each in inputs:
        if charge := find_nonlinear(each):
            rate = rate_of(charge, each.card, each.order)
            hint = f"break-even needs one price per unit; {INSTEAD}"
            reject_nonlinear(charge, rate, each.card.plan, hint)
