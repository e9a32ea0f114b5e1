"""Checks: what a command needs to know of a quote before it can answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from aloware_cli.cli.lookup import option_for
from aloware_cli.domain.cards import Rate, RateCard
from aloware_cli.domain.charges import Charge, in_sentence
from aloware_cli.domain.periods import today
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.scenarios import short_name
from aloware_cli.domain.sources import Source
from aloware_cli.errors import CheckFailed, UnpublishedPrice, UsageError


def reject_unpriced(quote: Quote, card: RateCard) -> None:
    """Raise UnpublishedPrice if `quote` needs a price that is not published.

    The message names all of them; the hints supply each, name what the plan includes instead, and
    offer a lower bound.
    """
    if quote.at_least:
        labels = labels_of(quote.unpriced)
        raise UnpublishedPrice(
            "E-UNPUBLISHED",
            f"no published price for {labels} on {quote.plan}, {quote.term} term",
            *(_supply(line, "") for line in quote.unpriced),
            "quote a lower bound: --allow-unpriced",
            *dict.fromkeys(hint for line in quote.unpriced for hint in _instead(line, card)),
        )


def reject_unknown_totals(quotes: Sequence[Quote]) -> None:
    """Raise UnpublishedPrice if the monthly total of any of `quotes` is only a lower bound."""
    missing = [(q.plan, line) for q in quotes for line in q.lines if line.amount is None]
    if missing:
        labels = labels_of([line for _, line in missing])
        plans = " and ".join(dict.fromkeys(plan for plan, _ in missing))
        raise UnpublishedPrice(
            "E-UNPUBLISHED",
            f"no published price for {labels} on {plans}, {quotes[0].term} term",
            *(_supply(line, f"{plan.lower()}:") for plan, line in missing),
        )


def reject_nonlinear(charge: Charge, rate: Rate, plan: str, hint: str) -> NoReturn:
    """Raise UsageError because `charge` does not have one price per unit on `plan`."""
    from aloware_cli.render.words import rate_in_words

    label = in_sentence(charge.label)
    message = f"{label} on {plan} have no single price per unit: {rate_in_words(rate)}"
    raise UsageError("E-NONLINEAR", message, hint)


def supply_option(line: Line, plan: str) -> str:
    """Return the option that supplies the price of `line` on `plan`: `--rate upro:sms=PRICE`."""
    return f"--rate {plan.lower()}:{short_name(line.charge.priced_as)}=PRICE"


def _supply(line: Line, plan: str) -> str:
    charge = line.charge
    return (
        f"supply the price (USD per {charge.unit}): "
        f"--rate {plan}{short_name(charge.priced_as)}=PRICE"
    )


def _instead(line: Line, card: RateCard) -> Iterator[str]:
    for other in card.included_instead_of(line.charge):
        yield f"{in_sentence(other.label)} are included: {option_for(other.key)}"


def check_age(sources: Iterable[Source], as_of: str | None, max_age: int) -> None:
    """Raise CheckFailed with the sources that are more than `max_age` days old."""
    from aloware_cli.pricing.verify import stale_pages

    if stale := stale_pages(sources, as_of or today(), max_age):
        listed = ", ".join(f"{page.source.key} ({count(page.days, 'day')})" for page in stale)
        verb = count(len(stale), "source is too old", "sources are too old")
        raise CheckFailed(f"check failed: {verb}: {listed}")


def labels_of(lines: Iterable[Line]) -> str:
    """Return the labels of `lines`, each once, as a sentence lists them."""
    from aloware_cli.render.words import listed

    return listed([*dict.fromkeys(in_sentence(line.charge.label) for line in lines)])
