"""Drawing: a result in the form that is asked for."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from aloware_cli.commands.forms import Form, form_for
from aloware_cli.domain.quotes import Quote

if TYPE_CHECKING:
    from aloware_cli.render.console import TextTarget
    from aloware_cli.render.documents import Object

QuoteForm: TypeAlias = Literal["table", "json", "csv", "markdown", "html", "text"]
QUOTE_FORMS: Final[Mapping[str, QuoteForm]] = {
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}

Result = TypeVar("Result")


def draw(
    result: Result,
    form: str,
    output: str | None,
    *,
    table: "Callable[[Result, TextTarget], str]",
    document: "Callable[[Result], Object]",
) -> str:
    """Return `result` as the JSON of its `document` where that is the form, else as its `table`.

    A table has 80 columns in the file `output`, those of the screen where that is None.
    """
    if form == "json":
        from aloware_cli.render.documents import to_json

        return to_json(document(result))
    from aloware_cli.render.console import screen_for

    return table(result, screen_for(output))


def quote_form_for(format: Form | None, output: str | None, forms: Mapping[str, Form]) -> Form:
    """Return which of `forms` a quote is asked for in; RequestError where there is none.

    A file that ends in .txt holds the table, and the message for a chat when asked.
    """
    return form_for(format, output, {**forms, ".txt": format} if format == "text" else forms)


def draw_quote(quote: Quote, form: QuoteForm, explain: bool, output: str | None) -> str:
    """Return `quote` in `form`; `explain` gives a table the grounds of each line.

    It may be priced now or saved before; `output` is that of `draw`.
    """
    return _table(quote, explain, output) if form == "table" else _DRAWN[form](quote)


def _table(quote: Quote, explain: bool, output: str | None) -> str:
    from aloware_cli.render.console import screen_for
    from aloware_cli.render.table import explained_table, quote_table

    table = explained_table if explain else quote_table
    return table(quote, screen_for(output))


def _json(quote: Quote) -> str:
    from aloware_cli.render.documents import quote_document, to_json

    return to_json(quote_document(quote))


def _csv(quote: Quote) -> str:
    from aloware_cli.render.csv import quote_csv

    return quote_csv(quote)


def _markdown(quote: Quote) -> str:
    from aloware_cli.render.markdown import quote_markdown

    return quote_markdown(quote)


def _html(quote: Quote) -> str:
    from aloware_cli.render.html import quote_html

    return quote_html(quote)


def _text(quote: Quote) -> str:
    from aloware_cli.render.text import quote_text

    return quote_text(quote)


_DRAWN: Final[Mapping[str, Callable[[Quote], str]]] = {
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
    "html": _html,
    "text": _text,
}
