"""`aloware render`: a saved quote in any format, at its original prices."""

from typing import Annotated

import typer

from aloware_cli.cli.options import EXPLAIN, takes
from aloware_cli.cli.output import (
    QUOTE_FORMATS,
    SELLER,
    SOURCES,
    Destination,
    emit_quote,
    presentation_of,
)
from aloware_cli.files.quotes import load_result
from aloware_cli.render.documents import quote_document
from aloware_cli.render.ranges import range_document


@takes((), (), QUOTE_FORMATS)
def render(
    *,
    quote: Annotated[str, typer.Argument(metavar="QUOTE.json", help="Saved quote (- for stdin)")],
    destination: Destination,
    explain: Annotated[bool, EXPLAIN] = False,
    seller: Annotated[str | None, SELLER] = None,
    sources: Annotated[bool, SOURCES] = False,
) -> None:
    """Re-render a saved quote at its original prices.

        aloware render acme.json --explain

    Save a quote with --output acme.json or --format json. Rejects a quote that was edited after
    saving.
    """
    presentation = presentation_of(destination, seller, sources=sources)
    saved = load_result(quote, quote_document, range_document)
    emit_quote(saved, destination, presentation, explain=explain)
