"""Changes: two sets of rate cards, or two quotes, compared."""

from collections.abc import Iterator

from aloware_cli.domain.cards import Carrier, Catalog, Rate, RateCard, priced
from aloware_cli.domain.comparisons import Change, Difference, LineDifference
from aloware_cli.domain.quotes import Line, Note, Quote

#: A carrier's fees, with the unit that each is counted in.
CARRIER_FEES = (("per_segment", "segment"), ("per_mms", "MMS"))


def find_changes(old: Catalog, new: Catalog) -> tuple[Change, ...]:
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
    entries: dict[tuple[str, str | None], Change] = {
        (charge.key, term): Change((), charge.key, charge.label, charge.unit, term, None, rate)
        for charge, term, rate in card.listed
    }
    entries |= {
        (carrier.key, unit): _fee(carrier, name, unit)
        for carrier in card.carriers.listed
        for name, unit in CARRIER_FEES
    }
    if band := card.carriers.band:
        for name, fee in (("lowest", band.low), ("highest", band.high)):
            label, rate = f"Carrier fees, {name}", priced(fee, band.citation)
            entries["band", name] = Change((), "band", label, "segment", None, None, rate)
    return entries


def _fee(carrier: Carrier, name: str, unit: str) -> Change:
    fee = getattr(carrier, name)
    rate = priced(fee, carrier.citation)
    return Change((), carrier.key, f"{carrier.name} carrier fee", unit, None, None, rate)


def _value(entry: Change | None) -> object:
    """Return what counts as a change: the state and all that makes the price."""
    rate: Rate | None = entry.new if entry else None
    return rate and (rate.status, rate.price, rate.model, rate.allowance)


#: The first digits of a hash identify it.
DIGITS = 12


def find_difference(old: Quote, new: Quote) -> Difference:
    """Return what differs in status, quantity, prices and amounts, and what is behind it.

    A page that was only read again, or says the same in other words, is no difference.
    """
    before = {line.charge.key: line for line in old.all_lines}
    after = {line.charge.key: line for line in new.all_lines}
    lines = []
    for key, line in {**after, **before}.items():
        one, other = before.get(key), after.get(key)
        if _figures(one) != _figures(other):
            lines.append(LineDifference((other or line).charge, one, other))
    return Difference(old, new, tuple(lines), tuple(_notes(old, new)))


def _figures(line: Line | None) -> object:
    """Return what counts as a difference."""
    return line and (
        line.charge.one_time,
        line.charge.category,
        line.status,
        line.quantity,
        line.list_price,
        line.unit_price,
        line.amount,
    )


def _notes(old: Quote, new: Quote) -> Iterator[Note]:
    """Yield what causes a difference: rate cards, inputs, the version of the tool."""
    if old.card.sha256 == new.card.sha256:
        yield _source(f"Both quotes are priced from the same {new.plan} rate card.")
    else:
        yield _source(f"Old rate card: {_card(old)}. New rate card: {_card(new)}.")
    if old.order._replace(as_of=None) != new.order._replace(as_of=None):
        yield _source("The inputs of the two quotes differ.")
    if old.version != new.version:
        text = f"The old quote was priced by aloware {old.version}, the new one by {new.version}."
        yield _source(text)


def _source(text: str) -> Note:
    return Note("source", text, "internal")


def _card(quote: Quote) -> str:
    since = f" from {quote.card.effective_from}" if quote.card.effective_from else ""
    return f"{quote.plan}{since}, {quote.card.sha256[:DIGITS]}"
