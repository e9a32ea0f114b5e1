"""Quoting: what commands that price share: rate cards, plans and charges by name, and checks."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from aloware_cli.domain.cards import Catalog, Rate, RateCard
from aloware_cli.domain.charges import Charge, in_sentence
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.periods import today
from aloware_cli.domain.problems import Location, count, listed, quoted
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.scenarios import (
    ENVIRONMENT,
    OPTIONS,
    SHORT_NAMES,
    Scenario,
    charge_key,
    flag,
    short_name,
    suggest_charge,
)
from aloware_cli.domain.sources import Source
from aloware_cli.errors import CheckFailed, UnpublishedPrice, UsageError
from aloware_cli.files.cards import load_rates
from aloware_cli.files.io import STDIN, display_path
from aloware_cli.pricing.orders import build_nonempty_order, find_plan
from aloware_cli.pricing.price import price


def load_catalog(scenario: Scenario) -> Catalog:
    """Return the rate cards that `scenario` selects."""
    return load_rates(scenario.rates, scenario.as_of)


def quote_on(card: RateCard, scenario: Scenario, catalog: Catalog) -> Quote:
    """Return the quote of `scenario` on `card`; raises ValidationError if nothing is to price."""
    return price(card, build_nonempty_order(scenario, card, catalog))


def plan_of(scenario: Scenario, catalog: Catalog, *hints: str) -> RateCard:
    """Return the rate card of the plan of `scenario`.

    Raises UsageError, with further `hints`, if it has none, and ValidationError for an unknown one.
    """
    if scenario.plan is None:
        hint = f"name {listed([*catalog.cards], 'or')} first, or set plan in a scenario"
        raise UsageError("E-PLAN", "no plan given", hint, *hints)
    return find_plan(scenario.plan, catalog, scenario.origins["plan"])


def find_plans(names: Iterable[str], catalog: Catalog) -> list[RateCard]:
    """Return the rate cards of the plans `names`; raises UsageError for a plan named twice."""
    cards: list[RateCard] = []
    for name in names:
        card = find_plan(name, catalog)
        if card in cards:
            raise UsageError("E-DUPLICATE", f"{card.plan} is given twice", "name each plan once")
        cards.append(card)
    return cards


def find_charge(name: str, charges: Mapping[str, Charge], where: str = "") -> Charge:
    """Return the charge that `name` or its short form means; raises UsageError.

    `where` is the option or argument that gives it.
    """
    if charge := charges.get(charge_key(name)):
        return charge
    hint = suggest_charge(name, *charges)
    raise UsageError("E-CHARGE", f"{where}unknown charge {quoted(name)}", hint)


def options_of(scenario: Scenario) -> str:
    """Return the options that gave `scenario`, as they were typed, for another command line."""
    from shlex import quote

    typed = []
    file = scenario.origins.get("")
    if isinstance(file, Location):
        typed.append(f"--from {STDIN if file.file == display_path(STDIN) else quote(file.file)}")
    for path, origin in scenario.origins.items():
        if path in ("", "plan") or origin == ENVIRONMENT or isinstance(origin, Location):
            continue
        kind = OPTIONS[path].kind if path in OPTIONS else "entry"
        if kind == "paths":
            typed += [f"{flag(path)} {quote(each)}" for each in getattr(scenario, path)]
        elif kind == "value" and isinstance(value := getattr(scenario, path), str):
            typed.append(f"{origin.split(' ')[0]} {quote(value)}")
        elif kind != "entries":
            typed.append(origin)
    return " ".join(dict.fromkeys(typed))


def reject_unpriced(quote: Quote, card: RateCard, scenario: Scenario) -> None:
    """Raise UnpublishedPrice if `quote`, of `scenario`, needs a price that is not published.

    The message names all of them; the hints supply each, ask the vendor, offer a lower bound and
    name what the plan includes instead.
    """
    if not quote.unpriced:
        return
    included = {
        f"{in_sentence(other.label)} are included: {option_for(other.key)}": None
        for line in quote.unpriced
        for other in card.included_instead_of(line.charge)
    }
    _reject(
        [(line, quote.plan, "") for line in quote.unpriced],
        quote.term,
        options_of(scenario),
        "quote a lower bound: --allow-unpriced",
        *included,
    )


def reject_unknown_totals(quotes: Sequence[Quote], options: str) -> None:
    """Raise UnpublishedPrice if the monthly total of any of `quotes` is only a lower bound.

    `options` give the same quantities to `rates ask`.
    """
    _reject(
        [
            (line, quote.plan, f"{quote.plan.lower()}:")
            for quote in quotes
            for line in quote.lines
            if line.amount is None
        ],
        quotes[0].term,
        options,
    )


def _reject(missing: Sequence[tuple[Line, str, str]], term: str, options: str, *hints: str) -> None:
    """Raise UnpublishedPrice for lines, each with its plan and with that plan in --rate."""
    if not missing:
        return
    labels = labels_of(line for line, _, _ in missing)
    plans = list(dict.fromkeys(plan for _, plan, _ in missing))
    supply = (
        f"supply the price (USD per {line.charge.unit}): "
        f"--rate {prefix}{short_name(line.charge.priced_as)}=PRICE"
        for line, _, prefix in missing
    )
    ask = (f"ask the vendor: aloware rates ask {plan.lower()} {options}" for plan in plans)
    message = f"no published price for {labels} on {listed(plans)}, {term} term"
    raise UnpublishedPrice("E-UNPUBLISHED", message, *supply, *(ask if options else ()), *hints)


def reject_nonlinear(charge: Charge, rate: Rate, plan: str, hint: str) -> NoReturn:
    """Raise UsageError because `charge` does not have one price per unit on `plan`."""
    from aloware_cli.render.words import rate_in_words

    label = in_sentence(charge.label)
    message = f"{label} on {plan} have no single price per unit: {rate_in_words(rate)}"
    raise UsageError("E-NONLINEAR", message, hint)


def check_age(sources: Iterable[Source], as_of: str | None, max_age: int) -> None:
    """Raise CheckFailed with the sources that are more than `max_age` days old."""
    from aloware_cli.pricing.verify import stale_pages

    if stale := stale_pages(sources, as_of or today(), max_age):
        ages = ", ".join(f"{page.source.key} ({count(page.days, 'day')})" for page in stale)
        verb = count(len(stale), "source is too old", "sources are too old")
        raise CheckFailed(f"check failed: {verb}: {ages}")


def check_limit(quote: Quote, limit: Decimal, plan: str = "") -> None:
    """Raise CheckFailed unless the monthly total is known to be within `limit` (USD).

    The message names the `plan`.
    """
    from aloware_cli.render.words import over_limit

    if message := over_limit(quote, limit, plan):
        raise CheckFailed(f"check failed: {message}")
    if quote.at_least:
        of_plan = f" of {plan}" if plan else ""
        message = f"the monthly total{of_plan} may be over {format_usd(limit)}"
        hint = "supply the missing price with --rate"
        raise UnpublishedPrice("E-UNPUBLISHED", f"{message}: a price is not published", hint)


def labels_of(lines: Iterable[Line]) -> str:
    """Return the labels of `lines`, each once, as a sentence lists them."""
    return listed([*dict.fromkeys(in_sentence(line.charge.label) for line in lines)])


def option_for(charge: str) -> str:
    """Return the option for a quantity of `charge`: `--sms N`, `--add late_appeal=N`."""
    name = short_name(charge)
    return f"{flag(name)} N" if name in SHORT_NAMES else f"--add {charge}=N"
