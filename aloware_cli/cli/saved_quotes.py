"""Saved quotes priced again, one or many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from aloware_cli.cli.lookup import find_plan
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.checks import QuoteCheck, SavedQuote
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Quote
from aloware_cli.errors import AlowareError, DataError
from aloware_cli.files.io import display_path
from aloware_cli.files.quotes import find_quotes, load_result
from aloware_cli.pricing.changes import find_difference
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proposals import propose
from aloware_cli.render.documents import quote_document
from aloware_cli.render.ranges import range_document


def price_again(saved: Quote, catalog: Catalog) -> Quote:
    """Return the order of `saved` priced with the cards of `catalog`.

    A charge that the cards no longer have is omitted. Raises DataError for such a carrier, and
    ValidationError for such a plan.
    """
    if saved.groups:
        groups = [each._replace(quote=price_again(each.quote, catalog)) for each in saved.groups]
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


def check_quotes(paths: Iterable[str], catalog: Catalog) -> QuoteCheck:
    """Return what has become of the saved quotes at `paths` on the day of `catalog`.

    Raises DataError for a path without a file.
    """
    day = catalog.as_of
    found = [_priced_again(saved, catalog) for saved in load_quotes(paths)]
    files: dict[str, list[str]] = defaultdict(list)
    for saved in found:
        if saved.number:
            files[saved.number].append(saved.file)
    checked = (
        saved._replace(
            is_expired=bool(day and saved.valid_until and saved.valid_until < day),
            duplicate=next((file for file in files[saved.number] if file != saved.file), None),
        )
        for saved in found
    )
    return QuoteCheck(tuple(checked), day)


def effects_on(paths: Iterable[str], old: Catalog, new: Catalog) -> tuple[SavedQuote, ...]:
    """Return the saved scenarios at `paths`, priced with the `old` and with the `new` cards.

    Raises DataError for a path without a file.
    """
    before = [_priced_again(saved, old) for saved in load_quotes(paths)]
    return tuple(
        _priced_again(saved._replace(quote=saved.now), new) if saved.now else saved
        for saved in before
    )


def load_quotes(paths: Iterable[str]) -> Iterator[SavedQuote]:
    """Yield the saved quotes at `paths`; a file that is not one has a problem.

    Of a range, it is the quote for the expected quantities.
    """
    for path in find_quotes(paths):
        try:
            found = load_result(path, quote_document, range_document)
            quote = found.quotes[1] if isinstance(found, QuoteRange) else found
            yield SavedQuote(display_path(path), quote)
        except AlowareError as error:
            yield SavedQuote(display_path(path), problem=error.problems[0])


def _priced_again(saved: SavedQuote, catalog: Catalog) -> SavedQuote:
    """Return `saved` with its scenario priced with the cards of `catalog`."""
    if saved.quote is None:
        return saved
    try:
        now = price_again(saved.quote, catalog)
    except AlowareError as error:
        return saved._replace(problem=error.problems[0])
    return saved._replace(now=now, is_repriced=not find_difference(saved.quote, now).is_none)
