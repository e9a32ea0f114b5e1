"""`aloware breakeven`: the volume where one plan becomes cheaper than another."""

from typing import Annotated, Final

import typer

from aloware_cli.cli.checks import options_fixing, reject_nonlinear, sweep_inputs
from aloware_cli.cli.lookup import find_plans, load_catalog
from aloware_cli.cli.options import KEYS, PLAN, argument, completer, takes
from aloware_cli.cli.output import PAGE_FORMATS, Destination, emit
from aloware_cli.domain.scenarios import NEEDS, Scenario, charge_key
from aloware_cli.errors import UsageError
from aloware_cli.pricing.breakeven import find_break_even, find_nonlinear
from aloware_cli.pricing.price import rate_of
from aloware_cli.render.comparisons_csv import break_even_csv
from aloware_cli.render.pages import report_writers
from aloware_cli.render.result_documents import break_even_document
from aloware_cli.render.sweep import break_even_report

INSTEAD: Final = "use aloware compare or aloware sweep"
#: A lower bound has no break-even, so that option is not offered.
OPTION_KEYS: Final = tuple(key for key in KEYS if key != "allow_unpriced")


@takes(OPTION_KEYS, formats=PAGE_FORMATS)
def breakeven(
    *,
    plan: Annotated[str, PLAN],
    other: Annotated[str, argument("PLAN", "Plan to compare with")],
    vary: Annotated[
        str,
        typer.Option(
            metavar="CHARGE",
            help="Quantity to vary: agents, numbers, sms or any charge",
            rich_help_panel=NEEDS,
            autocompletion=completer("charge"),
        ),
    ],
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Find the volume where one plan becomes cheaper than another.

        aloware breakeven ipro xpro --agents 10 --vary numbers

    Finds the smallest quantity from 0 to one billion, exact to the cent. Other quantities stay
    fixed.
    """
    catalog = load_catalog(scenario)
    if scenario.min_agents is not None:
        message = "breakeven does not support --min-agents"
        hint = f"the minimum is billed at any agent count; {INSTEAD}"
        raise UsageError("E-CONFLICT", message, hint)
    if options := options_fixing(charge_key(vary), scenario):
        option = options[0] if "=" in options[0] else options[0].split(" ")[0]
        message = f"{option} conflicts with --vary {vary}"
        raise UsageError("E-CONFLICT", message, f"remove {option}")
    first, second = sweep_inputs(find_plans([plan, other], catalog), vary, scenario, catalog)
    for each in (first, second):
        if charge := find_nonlinear(each):
            rate = rate_of(charge, each.card, each.order)
            hint = f"break-even needs one price per unit; {INSTEAD}"
            reject_nonlinear(charge, rate, each.card.plan, hint)
    answer = find_break_even(first, second)
    emit(
        answer,
        destination,
        report=break_even_report,
        document=break_even_document,
        writers={
            "csv": break_even_csv,
            **report_writers("Break-even", break_even_report),
        },
    )
