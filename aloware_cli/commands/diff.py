"""`aloware diff`: a saved quote compared with current prices, or with another quote."""

import os
from typing import Annotated, Any

import typer

from aloware_cli.cli.checks import limit_failures
from aloware_cli.cli.lookup import load_catalog
from aloware_cli.cli.options import reads, takes
from aloware_cli.cli.output import (
    CHANGE_FORMATS,
    CI_FORMATS,
    Destination,
    emit,
    emit_check,
    reported,
)
from aloware_cli.cli.saved_quotes import price_again
from aloware_cli.domain.checks import Limit, read_limit
from aloware_cli.domain.problems import as_typed
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed, UsageError
from aloware_cli.files.io import STDIN
from aloware_cli.files.quotes import load_quote
from aloware_cli.pricing.changes import find_difference
from aloware_cli.render.changes import difference_check, difference_report
from aloware_cli.render.comparisons_csv import difference_csv
from aloware_cli.render.documents import quote_document
from aloware_cli.render.pages import report_writers
from aloware_cli.render.result_documents import difference_document


def _limit(change: str) -> Any:
    """Return the option for the largest `change`: `increase` or `decrease`."""
    name = f"--max-{change}"
    text = f"Exit 1 only if a total has a larger {change}: 10%, or USD"
    return typer.Option(name, parser=reads(name, read_limit), metavar="LIMIT", help=text)


@takes(("rates", "as_of"), (), CHANGE_FORMATS)
def diff(
    *,
    old: Annotated[
        str, typer.Argument(metavar="OLD.json", help="Saved quote to compare (- for stdin)")
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW.json", help="Saved quote to compare with (default: current prices)"
        ),
    ] = None,
    max_increase: Annotated[Limit | None, _limit("increase")] = None,
    max_decrease: Annotated[Limit | None, _limit("decrease")] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Compare a saved quote with current prices or with another quote.

        aloware diff acme.json
        aloware diff acme.json --max-increase 10% --max-decrease 50.00

    Prices the saved scenario with the newest rate cards, or with those set by --rates and --as-of.
    Exits 1 if anything differs. With --max-increase or --max-decrease, exits 1 only if the monthly
    or the one-time total changes by more. A limit is a percentage of the old total, or USD.
    """
    _reject_paths(old, new, scenario.as_of)
    with reported("aloware diff", destination):
        before = load_quote(old, quote_document)
        if new is None:
            after = price_again(before, load_catalog(scenario))
        else:
            after = load_quote(new, quote_document)
    found = find_difference(before, after)
    failures = [] if found.is_none else ["the quotes differ"]
    if max_increase or max_decrease:
        failures = limit_failures(found.effect, max_increase, max_decrease)
    if destination.format in CI_FORMATS:
        emit_check(difference_check(found, old, is_failure=bool(failures)), destination)
    else:
        emit(
            found,
            destination,
            report=difference_report,
            document=difference_document,
            writers={
                "csv": difference_csv,
                **report_writers("Changes to a quote", difference_report, explain=True),
            },
            explain=True,
        )
    if failures:
        raise CheckFailed("\n".join(failures))


def _reject_paths(old: str, new: str | None, as_of: str | None) -> None:
    """Raise UsageError for quotes that cannot be compared: both from stdin, or a folder."""
    if new is not None and as_of is not None:
        message = "--as-of conflicts with NEW.json, which has its prices"
        raise UsageError("E-CONFLICT", message, "remove one of the two")
    if old == new == STDIN:
        message = "OLD.json and NEW.json both read stdin"
        raise UsageError("E-CONFLICT", message, "name a file for one of them")
    for path in (old, new):
        if path and os.path.isdir(path):
            hint = f"to check every quote in it: aloware check {as_typed(path)}"
            raise UsageError("E-PATH", f"{as_typed(path)}: a folder, not a file", hint)
