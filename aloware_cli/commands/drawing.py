"""Drawing: a finished quote in the form that was asked for."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from aloware_cli.commands.forms import form_for
from aloware_cli.domain.quote import Quote

QuoteForm: TypeAlias = Literal["table", "json", "csv", "markdown", "html", "text", "scenario"]
QUOTE_FORMS: Final[Mapping[str, QuoteForm]] = {
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".yaml": "scenario",
    ".yml": "scenario",
}


def quote_form_for(format: QuoteForm | None, output: str | None) -> QuoteForm:
    """Return the form that a quote is asked for in; RequestError where there is none.

    A file that ends in .txt holds the table, and the message for a chat when asked.
    """
    forms = {**QUOTE_FORMS, ".txt": format} if format == "text" else QUOTE_FORMS
    return form_for(format, output, forms)


def draw_quote(quote: Quote, form: QuoteForm, explain: bool, output: str | None) -> str:
    """Return `quote` in `form`; a table has 80 columns in a file, those of the screen elsewhere."""
    if form == "json":
        from aloware_cli.render.json import quote_document, to_json

        return to_json(quote_document(quote))
    if form == "csv":
        from aloware_cli.render.csv import quote_csv

        return quote_csv(quote)
    if form == "table":
        return _table(quote, explain, output)
    return _message(quote, form)


def _message(quote: Quote, form: QuoteForm) -> str:
    """Return `quote` in a form that is sent as it is."""
    if form == "html":
        from aloware_cli.render.html import quote_html

        return quote_html(quote)
    if form == "markdown":
        from aloware_cli.render.markdown import quote_markdown

        return quote_markdown(quote)
    from aloware_cli.render.text import quote_text

    return quote_text(quote)


def _table(quote: Quote, explain: bool, output: str | None) -> str:
    from aloware_cli.render.console import screen_of_file, screen_of_stdout
    from aloware_cli.render.table import explained_table, quote_table

    table = explained_table if explain else quote_table
    return table(quote, screen_of_file() if output else screen_of_stdout())
