"""`aloware render`: a saved quote in any format, at its original prices."""

from typing import Annotated

import typer

from aloware_cli.cli.output import (
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    QUOTE_FORMATS,
    QuoteFormat,
    emit_quote,
    resolve,
)
from aloware_cli.files.quotes import load_result
from aloware_cli.render.documents import quote_document
from aloware_cli.render.ranges import range_document


def render(
    quote: Annotated[str, typer.Argument(metavar="QUOTE.json", help="Saved quote (- for stdin)")],
    format: Annotated[QuoteFormat | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show calculation, rule, reason and source of each line item"
        ),
    ] = False,
) -> None:
    """Re-render a saved quote at its original prices.

        aloware render acme.json --explain

    Save a quote with --output acme.json or --format json. Rejects a quote that was edited after
    saving.
    """
    destination = resolve(format, output, QUOTE_FORMATS, force=force)
    saved = load_result(quote, quote_document, range_document)
    emit_quote(saved, destination, explain=explain)
