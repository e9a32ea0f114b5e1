"""`aloware batch`: many prospects, a row each, priced in one run."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Final, NoReturn

import typer

from aloware_cli.commands.batch.blocks import Form, Request
from aloware_cli.commands.batch.runs import price_file
from aloware_cli.commands.forms import FORCE_OPTION, OUTPUT_OPTION, form_for
from aloware_cli.commands.options import (
    AsOf,
    Discounts,
    RatePaths,
    ScenarioFiles,
    SuppliedRates,
    asked_for,
    quantity,
)
from aloware_cli.domain.batch import EVERY_PLAN, Tally
from aloware_cli.domain.periods import Term
from aloware_cli.domain.scenarios import KEYS_OF_ROWS
from aloware_cli.errors import NegativeAnswer, RequestError, UnpublishedRate
from aloware_cli.files.blocks import open_rows
from aloware_cli.files.file import STDIN
from aloware_cli.files.rows import RowFormat
from aloware_cli.render.batch import summary_of

FORMS: Final[Mapping[str, Form]] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
ROW_FORMATS: Final[Mapping[str, RowFormat]] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
MOST_JOBS: Final = 64
TERMINATED: Final = 128 + signal.SIGTERM


def batch(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, TSV or JSON lines; - is stdin.")
    ],
    plan: Annotated[
        str | None, typer.Option(metavar="PLAN", help="For rows that name none; `all` compares.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Price every plan for each row; name the cheapest.")
    ] = False,
    lines: Annotated[
        bool, typer.Option("--lines", help="A row for each line item, not one for each prospect.")
    ] = False,
    rate: SuppliedRates = None,
    discount: Discounts = None,
    term: Annotated[
        Term | None, typer.Option(help="The license's term, for rows without one.")
    ] = None,
    min_agents: Annotated[
        int | None,
        typer.Option(
            parser=quantity, metavar="N", help="Licenses billed at the least, for rows without."
        ),
    ] = None,
    source: ScenarioFiles = None,
    rates: RatePaths = None,
    as_of: AsOf = None,
    allow_unpriced: Annotated[
        bool, typer.Option("--allow-unpriced", help="Give lower bounds where a rate is missing.")
    ] = False,
    input_format: Annotated[
        RowFormat | None, typer.Option(help="What FILE holds; its ending decides without it.")
    ] = None,
    format: Annotated[
        Form | None, typer.Option(help="The form; that of FILE unless --output says otherwise.")
    ] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells that a spreadsheet takes for formulas.")
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, max=MOST_JOBS, metavar="N", help="Processes to price in.")
    ] = 1,
) -> None:
    """Price many prospects, a row each, from CSV, TSV or JSON lines.

    Columns are named after the options: plan, agents, numbers, sms, minutes and so on, or
    after any charge; other columns are carried along. Each row gains status, monthly,
    quarterly, annual, one_time and error.

    For example: aloware batch prospects.csv --output priced.csv
    """
    rows = _rows_format(file, input_format)
    form = form_for(format or (None if output else _form_of(rows)), output, FORMS)
    if compare and plan:
        raise RequestError("--compare prices every plan", "Leave out --plan.")
    flags = {
        "rate": rate,
        "discount": discount,
        "term": term,
        "min_agents": min_agents,
        "rates": rates,
        "as_of": as_of,
        "allow_unpriced": allow_unpriced,
        "source": source,
        "context": context,
    }
    scenario = asked_for(flags, KEYS_OF_ROWS)
    request = Request(
        file="",
        rows=rows,
        names=(),
        header_line=1,
        form=form,
        scenario=scenario,
        plan=EVERY_PLAN if compare else plan or scenario.plan or "",
        compare=compare,
        lines=lines,
        raw=raw,
    )
    with _terminable(), open_rows(file) as opened:
        tally = price_file(opened, request, output, jobs, force=force)
    if tally:
        _conclude(tally, bounds=scenario.allow_unpriced)


def _rows_format(file: str, given: RowFormat | None) -> RowFormat:
    """Return the form of the rows in `file`: as given, or as its ending says."""
    if given:
        return given
    ending = os.path.splitext(file)[1].lower()
    if file == STDIN or ending in ROW_FORMATS:
        return ROW_FORMATS.get(ending, "csv")
    raise RequestError(
        f"{file}: no form of rows goes with its ending",
        "Save it as .csv, or say what it holds: --input-format csv, tsv or jsonl",
    )


def _form_of(rows: RowFormat) -> Form:
    return "jsonl" if rows == "jsonl" else "csv"


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does: in order, with what was written taken back."""

    def end(*_: object) -> NoReturn:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _conclude(tally: Tally, *, bounds: bool) -> None:
    """Say what became of the rows; raise where some failed, or lack a rate."""
    for report in tally.reports:
        typer.echo(report, err=True)
    if further := tally.problems - len(tally.reports):
        typer.echo(f"... and {further:,} more", err=True)
    for sentence in summary_of(tally, bounds=bounds):
        typer.echo(sentence, err=True)
    if tally.failed:
        raise typer.Exit(NegativeAnswer.exit_code)
    if tally.unpriced and not bounds:
        typer.echo("Supply what is missing with --rate, or see --allow-unpriced", err=True)
        raise typer.Exit(UnpublishedRate.exit_code)
