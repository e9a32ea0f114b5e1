"""Changes: two sets of cards held against each other, price by price."""

from collections.abc import Iterator

from aloware_cli.domain.card import Carrier, Rate, RateBook, RateCard, published
from aloware_cli.domain.change import Change
from aloware_cli.domain.money import grouped
from aloware_cli.domain.source import Citation

#: A carrier's fees, with the unit that each is counted in.
CARRIER_FEES = (("per_segment", "segment"), ("per_mms", "MMS"))


def find_changes(old: RateBook, new: RateBook) -> tuple[Change, ...]:
    """Return every price and state that differs; a change that plans share counts once.

    A page that was only read again, or says the same in other words, is no change.
    """
    plans: dict[Change, list[str]] = {}
    for plan in dict.fromkeys([*old.cards, *new.cards]):
        for change in _changes_on(old.cards.get(plan), new.cards.get(plan)):
            plans.setdefault(change, []).append(plan)
    return tuple(change._replace(plans=tuple(on)) for change, on in plans.items())


def _changes_on(old: RateCard | None, new: RateCard | None) -> Iterator[Change]:
    """Yield what differs on the cards of one plan, without its name."""
    before, after = _entries(old), _entries(new)
    for place in dict.fromkeys([*before, *after]):
        one, other = before.get(place), after.get(place)
        entry = other or one
        if entry and _value(one) != _value(other):
            yield entry._replace(old=one and one.new, new=other and other.new)


def _entries(card: RateCard | None) -> dict[tuple[str, str | None], Change]:
    """Return all that `card` prices, each as if it were new on it."""
    if card is None:
        return {}
    entries = {
        (charge.key, term): Change((), charge.key, charge.label, charge.unit, term, None, rate)
        for charge, term, rate in card.listed
    }
    return entries | {
        (carrier.key, unit): _fee(carrier, name, unit)
        for carrier in card.carriers
        for name, unit in CARRIER_FEES
    }


def _fee(carrier: Carrier, name: str, unit: str) -> Change:
    fee = getattr(carrier, name)
    wording = f"In our words: {carrier.name} charges {grouped(fee)} per {unit}."
    rate = published(fee, Citation(carrier.source, wording))
    return Change((), carrier.key, f"{carrier.name} carrier fee", unit, None, None, rate)


def _value(entry: Change | None) -> object:
    """Return what counts as a change: the state and all that makes the price."""
    rate: Rate | None = entry.new if entry else None
    return rate and (rate.status, rate.price, rate.model, rate.allowance)
