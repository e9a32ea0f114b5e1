"""Unpublished rates: what a command says instead of guessing one."""

from collections.abc import Iterator

from aloware_cli.domain.card import RateCard
from aloware_cli.domain.charge import SHORT_NAMES
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.errors import UnpublishedRate


def refuse_unpriced(quote: Quote, card: RateCard) -> None:
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


def way_to_supply(line: Line, card: RateCard) -> str:
    """Return the sentence that names the flag which supplies the rate of `line`."""
    charge = line.charge
    flag = f"--rate {card.plan.lower()}:{charge.key}=PRICE"
    return f"{charge.label}: supply it with {flag} (USD per {charge.unit})"


def _ways_out(line: Line, card: RateCard) -> Iterator[str]:
    yield way_to_supply(line, card)
    for other in card.included_instead_of(line.charge):
        yield f"  {other.label} are included: {_flag(other.key)} N"


def _flag(key: str) -> str:
    """Return the flag that asks for the charge `key`."""
    names = [name for name, target in SHORT_NAMES.items() if target == key]
    return f"--{names[0].replace('_', '-')}" if names else f"--add {key}="
