"""Refusals: what a command says of a rate that it cannot work with, instead of guessing."""

from collections.abc import Iterator, Sequence
from typing import NoReturn

from aloware_cli.commands.names import flag_for
from aloware_cli.domain.cards import Rate, RateCard
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.errors import RequestError, UnpublishedRate


def reject_unpriced(quote: Quote, card: RateCard) -> None:
    """Raise UnpublishedRate if `quote` needs a rate that no page publishes.

    It names all of them at once, each with the flag that supplies it, and what
    the plan includes instead.
    """
    if quote.at_least:
        raise UnpublishedRate(
            f"no rate is published for this on {quote.plan}, {quote.term} term",
            *(hint for line in quote.unpriced for hint in _ways_out(line, card)),
            "To quote the rest as a lower bound: --allow-unpriced",
        )


def reject_unknown_totals(quotes: Sequence[Quote]) -> None:
    """Raise UnpublishedRate if the monthly total of any of `quotes` is only a lower bound."""
    missing = [(q.plan, line) for q in quotes for line in q.lines if line.amount is None]
    if missing:
        plans = " and ".join(dict.fromkeys(plan for plan, _ in missing))
        raise UnpublishedRate(
            f"no rate is published for this on {plans}, {quotes[0].term} term",
            *(way_to_supply(line, plan) for plan, line in missing),
        )


def reject_nonlinear(charge: Charge, rate: Rate, plan: str, way_out: str) -> NoReturn:
    """Raise RequestError because `charge` is not one price for each unit on `plan`."""
    from aloware_cli.render.words import rate_in_words

    raise RequestError(
        f"not priced by the unit alone: {charge.label} on {plan}, {rate_in_words(rate)}", way_out
    )


def _ways_out(line: Line, card: RateCard) -> Iterator[str]:
    yield way_to_supply(line, card.plan)
    for other in card.included_instead_of(line.charge):
        yield f"  {other.label} are included: {flag_for(other.key)}"


def way_to_supply(line: Line, plan: str) -> str:
    """Return the sentence that names the flag which supplies the rate of `line` on `plan`."""
    charge = line.charge
    flag = f"--rate {plan.lower()}:{charge.priced_as}=PRICE"
    return f"{charge.label}: supply it with {flag} (USD per {charge.unit})"
