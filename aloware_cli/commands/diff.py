"""`aloware diff`: a saved quote held against today's cards, or against another quote."""

from typing import Annotated

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import (
    FORCE_OPTION,
    FORM_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    form_for,
)
from aloware_cli.commands.names import find_plan
from aloware_cli.commands.options import AsOf, RatePaths, load_catalog
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.quotes import Quote
from aloware_cli.errors import DataError, NegativeAnswer, RequestError
from aloware_cli.files.file import STDIN
from aloware_cli.files.output import write_output
from aloware_cli.files.quotes import load_quote
from aloware_cli.pricing.changes import find_difference
from aloware_cli.pricing.price import price
from aloware_cli.render.difference import difference_table
from aloware_cli.render.documents import difference_document, quote_document


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD.json", help="A saved quote; - is stdin.")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW.json", help="Another one, in place of the cards.")
    ] = None,
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Hold a saved quote against today's cards, or against another quote.

    For example: aloware diff acme.json

    What was asked for then is priced again on the newest cards, or on those of
    --rates and --as-of. Exits with 1 if something differs.
    """
    form = form_for(format, output, TABLE_OR_JSON)
    if new is not None and as_of is not None:
        raise RequestError("--as-of prices OLD again, and NEW is priced already", "Leave one out.")
    if old == new == STDIN:
        raise RequestError("OLD and NEW both read standard input", "Name one file.")
    before = load_quote(old, quote_document)
    after = (
        _priced_again(before, load_catalog(rates, as_of), as_of)
        if new is None
        else load_quote(new, quote_document)
    )
    difference = find_difference(before, after)
    text = draw(difference, form, output, table=difference_table, document=difference_document)
    write_output(text, output, force=force)
    if not difference.is_none:
        raise NegativeAnswer("The quotes differ.")


def _priced_again(saved: Quote, catalog: Catalog, as_of: str | None) -> Quote:
    """Return what `saved` was asked for, priced on the cards of `book`.

    A charge that they no longer have is left out. Raises DataError for such a carrier.
    """
    card = find_plan(saved.plan, catalog)
    gone = (saved.order.carriers or {}).keys() - {carrier.key for carrier in card.carriers}
    if gone:
        raise DataError(
            f"the quote has fees of {', '.join(sorted(gone))}, and these cards do not",
            "Choose the cards with --rates, or quote again with other carriers.",
        )
    quantities = {
        key: quantity for key, quantity in saved.order.quantities.items() if key in card.charges
    }
    return price(card, saved.order._replace(quantities=quantities, as_of=as_of))
