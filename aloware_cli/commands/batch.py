"""`aloware batch`: many customers, priced in one run."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Final, cast

import typer

from aloware_cli.batch.pricer import EVERY_PLAN, PricingInput, Tally
from aloware_cli.batch.results import Format, Request, summary_of
from aloware_cli.batch.rows import RowFormat, open_rows
from aloware_cli.batch.workers import price_file
from aloware_cli.cli.app import complain
from aloware_cli.cli.lookup import find_plan, load_catalog
from aloware_cli.cli.options import ROW_KEYS, takes
from aloware_cli.cli.output import FORCE, OUTPUT, resolve
from aloware_cli.domain.problems import Problem, as_typed, escaped
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed, UnpublishedPrice, UsageError
from aloware_cli.files.file import STDIN
from aloware_cli.files.output import open_output
from aloware_cli.pricing.orders import build_order

ROW_FORMATS: Final[Mapping[str, RowFormat]] = {
    ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
SPREADSHEETS: Final = (".xlsx", ".xls", ".ods")
MAX_JOBS: Final = 64
#: What holds for rows without a cell of their own: also charges that have no option.
KEYS: Final = ("add", *(key for key in ROW_KEYS if key != "plan"))


@takes(KEYS, ("plan", *KEYS))
def batch(
    *,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, TSV or JSON lines (- for stdin)")
    ],
    plan: Annotated[
        str | None, typer.Option(metavar="PLAN", help="Plan of rows without one, or all")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Price every plan and name the cheapest")
    ] = False,
    lines: Annotated[bool, typer.Option("--lines", help="Write a row for each line item")] = False,
    input_format: Annotated[
        RowFormat | None, typer.Option(help="Input format (default: from the extension of FILE)")
    ] = None,
    format: Annotated[
        Format | None, typer.Option(help="Output format (default: that of FILE, csv or jsonl)")
    ] = None,
    output: Annotated[str | None, OUTPUT] = None,
    force: Annotated[bool, FORCE] = False,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Do not escape cells that a spreadsheet would run as formulas"),
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, max=MAX_JOBS, metavar="N", help="Number of worker processes")
    ] = 1,
    scenario: Scenario,
) -> None:
    """Price many customers from CSV, TSV or JSON lines, one per row.

        aloware batch prospects.csv --output priced.csv

    Columns are named after the options (plan, agents, numbers, sms, minutes) or after any charge.
    Other columns are copied. Each row gains status, monthly, quarterly, annual, one_time and error.
    """
    rows = _row_format(file, input_format)
    default: Format = "jsonl" if rows == "jsonl" else "csv"
    destination = resolve(format or (None if output else default), output, ("csv", "jsonl"))
    if compare and plan:
        raise UsageError("E-CONFLICT", "--compare conflicts with --plan", "remove --plan")
    plan = EVERY_PLAN if compare else plan or scenario.plan or ""
    catalog = load_catalog(scenario)
    if plan and plan.casefold() != EVERY_PLAN:
        plan = find_plan(plan, catalog).plan
    for card in catalog.cards.values():
        build_order(scenario, card, catalog)
    with open_rows(file) as opened:
        given = PricingInput(opened.name, catalog, scenario, plan)
        request = Request(given, rows, cast("Format", destination.format), compare, lines, raw)
        found = price_file(opened, request, partial(open_output, output, force=force), jobs)
    if found:
        _conclude(*found, bounds=scenario.allow_unpriced)


def _row_format(file: str, given: RowFormat | None) -> RowFormat:
    """Return the format of the rows in `file`: as given, or of its extension."""
    ending = os.path.splitext(file)[1].lower()
    if given or file == STDIN:
        return given or "csv"
    if ending in ROW_FORMATS:
        return ROW_FORMATS[ending]
    hint = f"use {', '.join(ROW_FORMATS)}, or set --input-format"
    if ending in SPREADSHEETS:
        hint = "save the sheet as CSV and use that file"
    message = f"{as_typed(file)}: unsupported file type {escaped(ending)}".rstrip()
    raise UsageError("E-FORMAT", message, hint)


def _conclude(tally: Tally, problems: Sequence[Problem], *, bounds: bool) -> None:
    """Report what became of the rows; Exit if some failed, or lack a price."""
    reports = [escaped(str(problem)) for problem in problems]
    if further := tally["problems"] - len(reports):
        reports.append(f"... and {further:,} more")
    complain("\n".join([*reports, *summary_of(tally, bounds=bounds)]))
    if tally["error"]:
        raise typer.Exit(CheckFailed.exit_code)
    if tally["unpriced"] and not bounds:
        complain("hint: supply the missing prices with --rate, or use --allow-unpriced")
        raise typer.Exit(UnpublishedPrice.exit_code)
