"""`aloware batch`: many customers, priced in one run."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from functools import partial
from typing import Annotated, BinaryIO, Final, Literal

import typer

from aloware_cli.batch.pricer import EVERY_PLAN, Request, Tally
from aloware_cli.batch.results import summary_of
from aloware_cli.batch.rows import RowFile, RowFormat, open_rows
from aloware_cli.batch.workers import price_file
from aloware_cli.cli.app import complain
from aloware_cli.cli.options import ROW_KEYS, argument, fail_over, option, takes
from aloware_cli.cli.output import FORCE, OUTPUT, Destination, resolve
from aloware_cli.cli.quoting import load_catalog
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.problems import Problem, as_typed, count, escaped
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed, UnpublishedPrice, UsageError
from aloware_cli.files.io import STDIN, open_output, write_output
from aloware_cli.pricing.orders import build_order, find_plan

#: Rows of a workbook are read as TSV.
ROW_FORMATS: Final[Mapping[str, RowFormat]] = {
    ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "tsv",
}  # fmt: skip
SPREADSHEETS: Final = (".xls", ".xlsm", ".ods")
OUTPUT_FORMATS: Final = ("csv", "jsonl", "xlsx")
MAX_JOBS: Final = 64
UNPRICED: Final = "hint: supply the missing prices with --rate, or use --allow-unpriced"
#: What holds for rows without a cell of their own: also charges that have no option.
KEYS: Final = ("add", *(key for key in ROW_KEYS if key != "plan"))


@takes(KEYS, ("plan", *KEYS))
def batch(
    *,
    file: Annotated[str, argument("FILE", "CSV, TSV, JSON lines or .xlsx (- for stdin)")],
    plan: Annotated[str | None, option("PLAN", "Plan of rows without one, or all")] = None,
    compare: Annotated[
        bool, option("", "Price every plan and name the cheapest", "--compare")
    ] = False,
    sum: Annotated[
        bool, option("", "With --compare: add up the months of one customer", "--sum")
    ] = False,
    lines: Annotated[bool, option("", "Write a row for each line item", "--lines")] = False,
    input_format: Annotated[
        RowFormat | None, option("", "Input format (default: from the extension of FILE)")
    ] = None,
    format: Annotated[
        Literal["csv", "jsonl", "xlsx"] | None,
        option("", "Output format (default: that of FILE, csv or jsonl)"),
    ] = None,
    output: Annotated[str | None, OUTPUT] = None,
    force: Annotated[bool, FORCE] = False,
    raw: Annotated[
        bool, option("", "Do not escape cells that a spreadsheet would run as formulas", "--raw")
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, max=MAX_JOBS, metavar="N", help="Number of worker processes")
    ] = 1,
    limit: Annotated[
        Decimal | None, fail_over("Exit 1, and name rows whose monthly total is over this amount")
    ] = None,
    scenario: Scenario,
) -> None:
    """Price many customers from CSV, TSV or JSON lines, one per row.

        aloware batch prospects.csv --output priced.csv
        aloware batch prospects.xlsx --output priced.xlsx
        aloware batch months.csv --compare --sum

    Columns are named after the options (plan, agents, numbers, sms, minutes) or after any charge.
    Other columns are copied. Each row gains status, monthly, quarterly, annual, one_time and error.
    """
    rows = _row_format(file, input_format)
    default = "jsonl" if rows == "jsonl" and not sum else "csv"
    destination = resolve(
        format or (None if output else default), output, OUTPUT_FORMATS, force=force
    )
    if compare and plan:
        raise UsageError("E-CONFLICT", "--compare conflicts with --plan", "remove --plan")
    plan = EVERY_PLAN if compare else plan or scenario.plan or ""
    if sum:
        others = lines or jobs > 1 or limit is not None or destination.format != "csv"
        _reject_beside_sum(compare=compare, others=others)
    catalog = load_catalog(scenario)
    if plan and plan.casefold() != EVERY_PLAN:
        plan = find_plan(plan, catalog).plan
    for card in catalog.cards.values():
        build_order(scenario, card, catalog)
    with _open_rows(file, input_format) as opened:
        # In a workbook each cell is written as a text, so none needs to be escaped.
        raw = raw or destination.format == "xlsx"
        as_csv = destination.format != "jsonl"
        request = Request(
            opened.name, catalog, scenario, plan, limit, rows, as_csv, compare, lines, raw
        )
        if sum:
            _add_up(opened, request, destination)
            return
        found = price_file(opened, request, _target(destination), jobs)
    if found:
        _conclude(*found, bounds=scenario.allow_unpriced, limit=limit)


def _target(destination: Destination) -> Callable[[], AbstractContextManager[BinaryIO]]:
    """Return what opens the output of rows: a workbook, a text file or stdout."""
    if destination.format == "xlsx":
        from aloware_cli.batch.sheets import open_sheet_output

        return partial(open_sheet_output, destination.path or "", force=destination.force)
    return partial(open_output, destination.path, force=destination.force)


def _reject_beside_sum(*, compare: bool, others: bool) -> None:
    """Raise UsageError for options that --sum lacks, or for `others` without meaning with it."""
    if not compare:
        hint = "add --compare: the months are priced on every plan"
        raise UsageError("E-REQUIRES", "--sum requires --compare", hint)
    if others:
        message = "--sum conflicts with --lines, --jobs, --fail-over and formats other than csv"
        raise UsageError("E-CONFLICT", message, "remove them")


def _add_up(opened: RowFile, request: Request, destination: Destination) -> None:
    """Write the months of one customer on every plan, and their sum."""
    from aloware_cli.batch.months import months_csv, price_months, summary_of_months

    months, bounds = price_months(opened, request), request.scenario.allow_unpriced
    content = months_csv(months, bounds=bounds)
    write_output(content, destination.path, force=destination.force)
    complain(summary_of_months(months))
    if months[-1].outcome.status == "unpriced" and not bounds:
        complain(UNPRICED)
        raise typer.Exit(UnpublishedPrice.exit_code)


def _row_format(file: str, given: RowFormat | None) -> RowFormat:
    """Return the format of the rows in `file`: as given, or of its extension."""
    ending = os.path.splitext(file)[1].lower()
    if given or file == STDIN:
        return given or "csv"
    if ending in ROW_FORMATS:
        return ROW_FORMATS[ending]
    hint = f"use {', '.join(ROW_FORMATS)}, or set --input-format"
    if ending in SPREADSHEETS:
        hint = "save it as .xlsx or CSV and use that file"
    message = f"{as_typed(file)}: unsupported file type {escaped(ending)}".rstrip()
    raise UsageError("E-FORMAT", message, hint)


def _open_rows(file: str, given: RowFormat | None) -> AbstractContextManager[RowFile]:
    """Open `file`, which is a workbook if its extension says so and no format is given."""
    if given or not file.lower().endswith(".xlsx"):
        return open_rows(file)
    from aloware_cli.batch.sheets import open_sheet

    return open_sheet(file)


def _conclude(
    tally: Tally, problems: Sequence[Problem], *, bounds: bool, limit: Decimal | None
) -> None:
    """Report what became of the rows; Exit if some failed, are over the limit, or lack a price."""
    reports = [escaped(str(problem)) for problem in problems]
    if further := tally["problems"] - len(reports):
        reports.append(f"... and {further:,} more")
    complain("\n".join([*reports, *summary_of(tally, bounds=bounds)]))
    if limit is not None and tally["over"]:
        rows = count(tally["over"], "row is", "rows are")
        raise CheckFailed(f"check failed: {rows} over {format_usd(limit)} a month")
    if tally["error"]:
        raise typer.Exit(CheckFailed.exit_code)
    if tally["unpriced"] and not bounds:
        complain(UNPRICED)
        raise typer.Exit(UnpublishedPrice.exit_code)
