"""`aloware sweep`: totals over a range of volumes."""

from typing import Annotated, Final

import typer

from aloware_cli.cli.checks import options_fixing, sweep_inputs
from aloware_cli.cli.lookup import find_plans, load_catalog, plan_of
from aloware_cli.cli.options import KEYS, argument, completer, takes
from aloware_cli.cli.output import PAGE_FORMATS, Destination, emit
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.problems import InvalidValue, as_typed
from aloware_cli.domain.quotes import Note
from aloware_cli.domain.scenarios import NEEDS, Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.compare import sweep as sweep_over
from aloware_cli.render.csv import sweep_csv
from aloware_cli.render.pages import report_writers
from aloware_cli.render.result_documents import sweep_document
from aloware_cli.render.svg import sweep_svg
from aloware_cli.render.sweep import chart, sweep_report

MAX_POINTS: Final = 10_000
SHAPE: Final = "CHARGE=FROM:TO:STEP"
EXAMPLE: Final = "for example: --vary numbers=0:500:50"
#: A lower bound cannot be compared, so that option is not offered.
OPTION_KEYS: Final = tuple(key for key in KEYS if key != "allow_unpriced")


@takes(OPTION_KEYS, formats=PAGE_FORMATS)
def sweep(
    *,
    vary: Annotated[
        str,
        typer.Option(
            metavar=SHAPE,
            help="Quantity to vary and its range, for example numbers=0:500:50",
            rich_help_panel=NEEDS,
            autocompletion=completer("add"),
        ),
    ],
    plans: Annotated[list[str] | None, argument("PLAN...", "Plans to show")] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Show totals over a range of volumes.

        aloware sweep ipro xpro --agents 10 --vary numbers=0:500:50

    On a terminal, a chart follows the table.
    """
    name, quantities = _read_range(vary)
    catalog = load_catalog(scenario)
    cards = find_plans(plans, catalog) if plans else [plan_of(scenario, catalog)]
    inputs = sweep_inputs(cards, name, scenario, catalog)
    swept = sweep_over(inputs, quantities)
    for option in options_fixing(swept.charge.key, scenario):
        note = Note("assumption", f"--vary {name} replaces {option}.", "internal")
        swept = swept._replace(notes=(*swept.notes, note))
    emit(
        swept,
        destination,
        report=sweep_report,
        document=sweep_document,
        writers={
            "csv": sweep_csv,
            **report_writers("Totals by quantity", sweep_report, chart=sweep_svg),
        },
        chart=chart,
    )


def _read_range(text: str) -> tuple[str, range]:
    """Return the charge and the quantities of `CHARGE=FROM:TO:STEP`; raises UsageError."""
    where = f"--vary {as_typed(text)}"
    name, _, bounds = text.partition("=")
    parts = bounds.split(":")
    if not name or len(parts) != len(SHAPE.split(":")):
        raise UsageError("E-RANGE", f"{where}: not a range", f"use {SHAPE}, {EXAMPLE}")
    try:
        start, end, step = (read_quantity(part) for part in parts)
    except InvalidValue as error:
        raise UsageError(error.code, f"{where}: {error.message}", EXAMPLE) from error
    if start > end:
        raise UsageError("E-RANGE", f"{where}: FROM is greater than TO", EXAMPLE)
    if step == 0:
        raise UsageError("E-RANGE", f"{where}: STEP is 0", EXAMPLE)
    quantities = range(start, end + 1, step)
    if len(quantities) > MAX_POINTS:
        message = f"{where}: {len(quantities):,} points; the maximum is {MAX_POINTS:,}"
        smallest = -((start - end) // (MAX_POINTS - 1))
        raise UsageError("E-RANGE", message, f"use a step of {smallest:,} or more")
    return name, quantities
