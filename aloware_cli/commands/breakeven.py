"""`aloware breakeven`: the quantity at which the order of two plans flips."""

from typing import Annotated, Final

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
from aloware_cli.commands.names import find_plans
from aloware_cli.commands.options import catalog_for, takes_pricing_options
from aloware_cli.commands.refusals import reject_nonlinear
from aloware_cli.commands.varied import varied_on
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.breakeven import find_break_even, find_nonlinear
from aloware_cli.pricing.lines import rate_of
from aloware_cli.pricing.sweep import SweepInput
from aloware_cli.render.break_even import break_even_table
from aloware_cli.render.documents import break_even_document

SIDE_BY_SIDE: Final = "hold the plans side by side with compare or sweep."


@takes_pricing_options
def breakeven(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")],
    other: Annotated[str, typer.Argument(metavar="PLAN", help="The plan to hold against it.")],
    scenario: Scenario,
    vary: Annotated[
        str,
        typer.Option(metavar="CHARGE", help="What to vary: agents, numbers, sms or any charge."),
    ],
    format: Annotated[TableOrJson | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Find the quantity at which the order of two plans flips.

    The smallest one, computed exactly, cents included, between 0 and one
    billion. All other quantities stay as given.

    For example: aloware breakeven ipro xpro --agents 10 --vary numbers
    """
    form = form_for(format, output, TABLE_OR_JSON)
    catalog = catalog_for(scenario)
    if scenario.min_agents is not None:
        raise RequestError(
            "--min-agents: licenses up to a minimum are billed however many agents there are",
            f"Break-even does not count with it; {SIDE_BY_SIDE}",
        )
    first, second = varied_on(find_plans([plan, other], catalog), vary, scenario, catalog)
    _refuse_uneven(first, second)
    answer = find_break_even(first, second)
    text = draw(answer, form, output, table=break_even_table, document=break_even_document)
    write_output(text, output, force=force)


def _refuse_uneven(*plans: SweepInput) -> None:
    """Raise RequestError if a total does not grow by the same amount with each unit."""
    for varied in plans:
        if charge := find_nonlinear(varied):
            rate = rate_of(charge, varied.card, varied.order)
            way_out = f"Break-even counts with one price for each unit; {SIDE_BY_SIDE}"
            reject_nonlinear(charge, rate, varied.card.plan, way_out)
