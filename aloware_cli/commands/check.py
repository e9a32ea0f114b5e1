"""`aloware check`: saved quotes that expired, were altered or have another price now."""

from typing import Annotated, Final

import typer

from aloware_cli.cli.lookup import load_catalog
from aloware_cli.cli.options import takes
from aloware_cli.cli.output import CI_FORMATS, Destination, emit, emit_check
from aloware_cli.cli.saved_quotes import check_quotes
from aloware_cli.domain.problems import count
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed
from aloware_cli.render.result_documents import quote_check_document
from aloware_cli.render.saved_quotes import quote_check, quote_check_csv, quote_check_report

FORMATS: Final = ("table", "csv", "json", *CI_FORMATS)


@takes(("rates", "as_of"), (), FORMATS)
def check(
    *,
    quotes: Annotated[
        list[str],
        typer.Argument(
            metavar="QUOTE.json...", help="Saved quotes, folders or patterns (- for stdin)"
        ),
    ],
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Report saved quotes that are expired, altered or repriced.

        aloware check quotes/*.json --as-of today

    Prices each scenario again with the newest rate cards, or with those set by --rates and --as-of.
    Compares the last valid day with --as-of. A file that is not a quote is listed as such. Exits 1
    if a quote needs attention.
    """
    result = check_quotes(quotes, load_catalog(scenario))
    if destination.format in CI_FORMATS:
        emit_check(quote_check(result), destination)
    else:
        emit(
            result,
            destination,
            report=quote_check_report,
            document=quote_check_document,
            writers={"csv": quote_check_csv},
            explain=True,
        )
    if failed := len(result.attention):
        verb = count(failed, "saved quote needs", "saved quotes need")
        raise CheckFailed(f"check failed: {verb} attention")
