"""`aloware render`: a saved quote drawn again, exactly, whatever became of the cards."""

from typing import Annotated

import typer

from aloware_cli.commands.drawing import QUOTE_FORMS, QuoteForm, draw_quote, quote_form_for
from aloware_cli.commands.forms import FORCE_OPTION, FORM_OPTION, OUTPUT_OPTION
from aloware_cli.files.output import write_output
from aloware_cli.files.quotes import load_quote
from aloware_cli.render.documents import quote_document


def render(
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE.json", help="A quote in JSON; - is stdin.")
    ],
    format: Annotated[QuoteForm | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Working, rule, reason and source of each line.")
    ] = False,
) -> None:
    """Draw a saved quote again, as it was, without the cards.

    For example: aloware render acme.json --explain

    A quote is saved with --output acme.json or --format json. One that was
    changed since is refused.
    """
    form = quote_form_for(format, output, QUOTE_FORMS)
    saved = load_quote(quote, quote_document)
    write_output(draw_quote(saved, form, explain, output), output, force=force)
