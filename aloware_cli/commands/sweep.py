"""`aloware sweep`: monthly totals as one volume moves."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import FORCE_OPTION, FORM_OPTION, OUTPUT_OPTION, form_for
from aloware_cli.commands.names import find_plans, plan_of
from aloware_cli.commands.options import catalog_for, takes_pricing_options
from aloware_cli.commands.varied import varied_on
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.sweep import sweep as move
from aloware_cli.render.documents import sweep_document
from aloware_cli.render.sweep import sweep_csv, sweep_table

Form: TypeAlias = Literal["table", "csv", "json"]
FORMS: Final[Mapping[str, Form]] = {".txt": "table", ".csv": "csv", ".json": "json"}

MAX_POINTS = 10_000
EXAMPLE = "For example: --vary numbers=0:500:50"


@takes_pricing_options
def sweep(
    scenario: Scenario,
    vary: Annotated[
        str,
        typer.Option(metavar="CHARGE=FROM:TO:STEP", help="What to move: numbers=0:500:50."),
    ],
    plans: Annotated[
        list[str] | None, typer.Argument(metavar="PLAN...", help="One plan or several.")
    ] = None,
    format: Annotated[Form | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Show monthly totals as one volume moves.

    On a terminal a chart stands below the table.

    For example: aloware sweep ipro xpro --agents 10 --vary numbers=0:500:50
    """
    form = form_for(format, output, FORMS)
    name, quantities = _read_range(vary)
    catalog = catalog_for(scenario)
    cards = find_plans(plans, catalog) if plans else [plan_of(scenario, catalog)]
    swept = move(varied_on(cards, name, scenario, catalog), quantities)
    text = (
        sweep_csv(swept)
        if form == "csv"
        else draw(swept, form, output, table=sweep_table, document=sweep_document)
    )
    write_output(text, output, force=force)


def _read_range(text: str) -> tuple[str, range]:
    """Return the charge and the quantities of `CHARGE=FROM:TO:STEP`; RequestError otherwise."""
    name, _, bounds = text.partition("=")
    parts = bounds.split(":")
    if not name or len(parts) != len(("FROM", "TO", "STEP")):
        raise RequestError(f"--vary {text}: write CHARGE=FROM:TO:STEP", EXAMPLE)
    try:
        start, end, step = (read_quantity(part) for part in parts)
    except ValueError as error:
        raise RequestError(f"--vary {text}: {error}", EXAMPLE) from error
    if start > end:
        raise RequestError(f"--vary {text}: FROM is above TO", EXAMPLE)
    if step == 0:
        raise RequestError(f"--vary {text}: STEP is 0", EXAMPLE)
    quantities = range(start, end + 1, step)
    if len(quantities) > MAX_POINTS:
        raise RequestError(
            f"--vary {text}: {len(quantities):,} points, over {MAX_POINTS:,}",
            f"A step of {-((start - end) // (MAX_POINTS - 1)):,} is enough.",
        )
    return name, quantities
