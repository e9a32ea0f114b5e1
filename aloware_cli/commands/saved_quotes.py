"""`aloware render`, `diff` and `check`: saved quotes shown again, and priced again."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated, Final

from aloware_cli.cli.options import EXPLAIN, argument, option, takes
from aloware_cli.cli.output import (
    CHANGE_FORMATS,
    CI_FORMATS,
    QUOTE_FORMATS,
    SELLER,
    SOURCES,
    Destination,
    emit,
    presentation_of,
    reported,
)
from aloware_cli.cli.quoting import load_catalog
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.checks import Limit, QuoteCheck, SavedQuote, read_limit
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.problems import as_typed, count
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.results import Effect
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import AlowareError, CheckFailed, DataError, UsageError
from aloware_cli.files.io import STDIN, display_path
from aloware_cli.files.quotes import find_quotes, load_quote, load_result
from aloware_cli.pricing.compare import find_difference
from aloware_cli.pricing.orders import find_plan
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proposals import propose
from aloware_cli.render.changes import difference_check
from aloware_cli.render.documents import quote_document, range_document
from aloware_cli.render.saved_quotes import quote_check

CHECK_FORMATS: Final = ("table", "csv", "json", *CI_FORMATS)
LARGER: Final = "Exit 1 only if a total has a larger {}: 10%, or USD"


@takes((), (), QUOTE_FORMATS)
def render(
    *,
    quote: Annotated[str, argument("QUOTE.json", "Saved quote (- for stdin)")],
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
    emit(saved, destination, explain=explain, presentation=presentation)


@takes(("rates", "as_of"), (), CHANGE_FORMATS)
def diff(
    *,
    old: Annotated[str, argument("OLD.json", "Saved quote to compare (- for stdin)")],
    new: Annotated[
        str | None,
        argument("NEW.json", "Saved quote to compare with (default: current prices)"),
    ] = None,
    max_increase: Annotated[
        Limit | None, option("LIMIT", LARGER.format("increase"), "--max-increase", read=read_limit)
    ] = None,
    max_decrease: Annotated[
        Limit | None, option("LIMIT", LARGER.format("decrease"), "--max-decrease", read=read_limit)
    ] = None,
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
        failures = _over_limits(found.effect, max_increase, max_decrease)
    check = partial(difference_check, found, old, is_failure=bool(failures))
    emit(found, destination, explain=True, check=check)
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


def _over_limits(effect: Effect, increase: Limit | None, decrease: Limit | None) -> list[str]:
    """Return a message for each total that rises or falls by more than its limit."""
    if effect.difference is None:
        return ["check failed: the change is unknown, because a price is not published"]
    totals = {
        "monthly total": (effect.old.totals.monthly, effect.new.totals.monthly),
        "one-time total": (effect.old.one_time_total, effect.new.one_time_total),
    }
    limits = (("--max-increase", increase, "rises", 1), ("--max-decrease", decrease, "falls", -1))
    return [
        f"check failed: the {label} {verb} by {format_usd(abs(new - old))}, from {format_usd(old)} "
        f"to {format_usd(new)}; {option} {limit.text} allows {format_usd(limit.of(old))}"
        for option, limit, verb, sign in limits
        for label, (old, new) in totals.items()
        if limit and sign * (new - old) > limit.of(old)
    ]


@takes(("rates", "as_of"), (), CHECK_FORMATS)
def check(
    *,
    quotes: Annotated[
        list[str], argument("QUOTE.json...", "Saved quotes, folders or patterns (- for stdin)")
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
    result = _check_quotes(quotes, load_catalog(scenario))
    emit(result, destination, explain=True, check=partial(quote_check, result))
    if failed := len(result.attention):
        verb = count(failed, "saved quote needs", "saved quotes need")
        raise CheckFailed(f"check failed: {verb} attention")


def _check_quotes(paths: Iterable[str], catalog: Catalog) -> QuoteCheck:
    """Return what has become of the saved quotes at `paths` on the day of `catalog`.

    Raises DataError for a path without a file.
    """
    day = catalog.as_of
    found = [_priced_again(saved, catalog) for saved in _load_quotes(paths)]
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
    before = [_priced_again(saved, old) for saved in _load_quotes(paths)]
    return tuple(
        _priced_again(saved._replace(quote=saved.now), new) if saved.now else saved
        for saved in before
    )


def _load_quotes(paths: Iterable[str]) -> Iterator[SavedQuote]:
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
