"""`aloware diff`: a saved quote compared with current prices, or with another quote."""

from typing import Annotated

import typer

from aloware_cli.cli.lookup import find_plan, load_catalog
from aloware_cli.cli.options import takes
from aloware_cli.cli.output import (
    CI_FORMATS,
    REPORT_FORMATS,
    Destination,
    emit,
    emit_check,
    reported,
)
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed, DataError, UsageError
from aloware_cli.files.file import STDIN
from aloware_cli.files.quotes import load_quote
from aloware_cli.pricing.changes import find_difference
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proposals import propose
from aloware_cli.render.changes import difference_check, difference_report
from aloware_cli.render.documents import quote_document
from aloware_cli.render.result_documents import difference_document


@takes(("rates", "as_of"), (), REPORT_FORMATS)
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
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Compare a saved quote with current prices or with another quote.

        aloware diff acme.json

    Prices the saved scenario with the newest rate cards, or with those set by --rates and --as-of.
    Exits 1 if anything differs.
    """
    if new is not None and scenario.as_of is not None:
        message = "--as-of conflicts with NEW.json, which has its prices"
        raise UsageError("E-CONFLICT", message, "remove one of the two")
    if old == new == STDIN:
        message = "OLD.json and NEW.json both read stdin"
        raise UsageError("E-CONFLICT", message, "name a file for one of them")
    with reported("aloware diff", destination):
        before = load_quote(old, quote_document)
        if new is None:
            after = _priced_again(before, load_catalog(scenario))
        else:
            after = load_quote(new, quote_document)
    found = find_difference(before, after)
    if destination.format in CI_FORMATS:
        emit_check(difference_check(found, old), destination)
    else:
        emit(
            found,
            destination,
            report=difference_report,
            document=difference_document,
            explain=True,
        )
    if not found.is_none:
        raise CheckFailed("the quotes differ")


def _priced_again(saved: Quote, catalog: Catalog) -> Quote:
    """Return the order of `saved` priced with the cards of `catalog`.

    A charge that the cards no longer have is omitted. Raises DataError for such a carrier.
    """
    if saved.groups:
        groups = [each._replace(quote=_priced_again(each.quote, catalog)) for each in saved.groups]
        return propose(groups, saved.credits and saved.credits.balance)
    card = find_plan(saved.plan, catalog)
    gone = (saved.order.carriers or {}).keys() - {carrier.key for carrier in card.carriers.listed}
    if gone:
        message = f"the rate cards have no fees for: {', '.join(sorted(gone))}"
        hint = "select other rate cards with --rates, or create the quote again"
        raise DataError("E-CARRIER", message, hint)
    quantities = {
        key: quantity for key, quantity in saved.order.quantities.items() if key in card.charges
    }
    return price(card, saved.order._replace(quantities=quantities, as_of=catalog.as_of))
