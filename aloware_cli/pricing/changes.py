"""Changes: two sets of rate cards, or two quotes, compared."""

from collections.abc import Iterator
from decimal import Decimal

from aloware_cli.domain.cards import Catalog, RateCard, priced
from aloware_cli.domain.comparisons import Change, Difference, LineDifference
from aloware_cli.domain.proposals import name_charge
from aloware_cli.domain.quotes import Line, Note, PlanGroup, Quote
from aloware_cli.domain.sources import Citation


def find_changes(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """Return every price and state that differs; a change that plans share counts once.

    A page that was only read again, or has another wording, is not a change.
    """
    plans: dict[Change, list[str]] = {}
    for plan in dict.fromkeys([*old.cards, *new.cards]):
        before, after = (_entries(each.cards.get(plan)) for each in (old, new))
        for key, entry in {**before, **after}.items():
            one, other = (entries.get(key) for entries in (before, after))
            if _value(one) != _value(other):
                change = entry._replace(old=one and one.new, new=other and other.new)
                plans.setdefault(change, []).append(plan)
    return tuple(change._replace(plans=tuple(on)) for change, on in plans.items())


def _entries(card: RateCard | None) -> dict[tuple[str, str | None], Change]:
    """Return every price of `card` as a change from nothing, without the plan."""
    if card is None:
        return {}
    entries: dict[tuple[str, str | None], Change] = {
        (charge.key, term): Change((), charge.key, charge.label, charge.unit, term, None, rate)
        for charge, term, rate in card.listed
    }

    fees: list[tuple[str, str, str, Decimal, Citation]] = []
    for each in card.carriers.listed:
        label = f"{each.name} carrier fee"
        fees.append((each.key, "segment", label, each.per_segment, each.citation))
        fees.append((each.key, "MMS", label, each.per_mms, each.citation))
    if band := card.carriers.band:
        fees.append(("band", "lowest", "Carrier fees, lowest", band.low, band.citation))
        fees.append(("band", "highest", "Carrier fees, highest", band.high, band.citation))
    for key, kind, label, fee, citation in fees:
        unit = "MMS" if kind == "MMS" else "segment"
        entries[key, kind] = Change((), key, label, unit, None, None, priced(fee, citation))
    return entries


def _value(entry: Change | None) -> object:
    """Return what counts as a change: the state and all that makes the price."""
    rate = entry and entry.new
    return rate and (rate.status, rate.price, rate.model, rate.allowance)


#: The first digits of a hash identify it.
DIGITS = 12


def find_difference(old: Quote, new: Quote) -> Difference:
    """Return what differs in status, quantity, prices and amounts, and the causes.

    A page that was only read again, or has another wording, is not a difference.
    """
    before, after = _lines(old), _lines(new)
    lines = []
    for key, line in {**after, **before}.items():
        one, other = before.get(key), after.get(key)
        if _figures(one) != _figures(other):
            charge = (other or line).charge
            if old.groups or new.groups:
                charge = name_charge(charge, key[0])
            lines.append(LineDifference(charge, one, other))
    return Difference(old, new, tuple(lines), tuple(_notes(old, new)))


def _lines(quote: Quote) -> dict[tuple[str, str], Line]:
    """Return the lines by plan group and charge; one plan is a group with its name."""
    groups = quote.groups or (PlanGroup(quote.plan, quote),)
    return {(each.name, line.charge.key): line for each in groups for line in each.quote.all_lines}


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
    text = f"Old rate card: {_card(old)}. New rate card: {_card(new)}."
    if old.card.sha256 == new.card.sha256:
        cards = "rate cards" if new.groups else "rate card"
        text = f"Both quotes are priced from the same {new.plan} {cards}."
    yield Note("source", text, "internal")
    if _orders(old) != _orders(new):
        yield Note("source", "The inputs of the two quotes differ.", "internal")
    if old.version != new.version:
        text = f"The old quote was priced by aloware {old.version}, the new one by {new.version}."
        yield Note("source", text, "internal")


def _orders(quote: Quote) -> list[object]:
    quotes = [quote, *(group.quote for group in quote.groups)]
    return [each.order._replace(as_of=None) for each in quotes]


def _card(quote: Quote) -> str:
    since = f" from {quote.card.effective_from}" if quote.card.effective_from else ""
    return f"{quote.plan}{since}, {quote.card.sha256[:DIGITS]}"
