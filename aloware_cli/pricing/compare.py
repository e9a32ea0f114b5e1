"""Comparing: an order on several plans or at many volumes, and two sets of cards or two quotes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from aloware_cli.domain.cards import Catalog, RateCard, priced
from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.problems import listed
from aloware_cli.domain.proposals import name_charge
from aloware_cli.domain.quotes import Line, Note, PlanGroup, Quote
from aloware_cli.domain.results import (
    Change,
    Comparison,
    Difference,
    LineDifference,
    Point,
    Standing,
    Sweep,
)
from aloware_cli.domain.scenarios import short_name
from aloware_cli.pricing.notes import notes_on_rates, notes_on_several
from aloware_cli.pricing.price import price

#: The first digits of a hash, which identify it.
DIGITS: Final = 12


def compare(quotes: Sequence[Quote]) -> Comparison:
    """Return `quotes`, one per plan, ranked by their monthly totals, with reasons and notes."""
    comparison = rank_plans(quotes)
    notes = notes_on_several(quotes)
    if any(quote.one_time for quote in quotes):
        text = "Ranked by recurring charges; one-time fees are not counted."
        notes = (Note("assumption", text), *notes)
    reasons = tuple(_reasons(comparison))
    return comparison._replace(reasons=reasons, notes=notes, hint=_hint(comparison))


def rank_plans(quotes: Sequence[Quote]) -> Comparison:
    """Return the comparison of `quotes` without its words, for a caller that shows only amounts.

    One-time fees do not count. A quote whose totals are only a lower bound is not ranked. If that
    bound is above the cheapest ranked total, the plan is ruled out.
    """
    exact = sorted(quote.totals for quote in quotes if not quote.at_least)
    standings: list[Standing] = []
    for quote in quotes:
        rank = None if quote.at_least else exact.index(quote.totals) + 1
        more = None
        if exact and not (quote.at_least and quote.totals <= exact[0]):
            pairs = zip(quote.totals, exact[0], strict=True)
            more = Amounts(*(own - least for own, least in pairs))
        standings.append(Standing(quote, rank, more))
    return Comparison(tuple(standings), reasons=(), notes=())


def ranks(totals: Sequence[Any]) -> list[int]:
    """Return the rank of each total, 1 for the lowest; equal totals share a rank."""
    ordered = sorted(totals)
    return [ordered.index(total) + 1 for total in totals]


def _reasons(comparison: Comparison) -> Iterator[str]:
    """Yield the ranking in words, ties, and what is known of plans without a price."""
    names = [standing.quote.plan for standing in comparison.first]
    unsettled = [each.quote.plan for each in comparison.unranked if not each.ruled_out]
    others = listed(unsettled) if unsettled else ""
    doubt = f" of the plans that are fully priced; {others} may cost less" if others else ""
    if not names:
        yield "No plan can be ranked, because each lacks a published rate."
    elif others and len(comparison.ranked) == 1:
        yield f"Only {names[0]} is fully priced and ranked; {others} may cost less."
    elif len(names) > 1:
        yield f"{listed(names)} cost the same and are the cheapest{doubt}."
    elif len(comparison.standings) > 1:
        yield f"{names[0]} is the cheapest{doubt}."
    ties: dict[int | None, list[str]] = {}
    for standing in comparison.ranked[len(names) :]:
        ties.setdefault(standing.rank, []).append(standing.quote.plan)
    for tied in ties.values():
        if len(tied) > 1:
            yield f"{listed(tied)} cost the same."
    for standing in comparison.unranked:
        if standing.ruled_out:
            quote = standing.quote
            missing = listed([in_sentence(line.charge.label) for line in quote.unpriced])
            yield f"{quote.plan} costs more than the cheapest at any price of {missing}."


def _hint(comparison: Comparison) -> str:
    """Return the options that supply the prices without which plans cannot be ranked."""
    options = [
        f"--rate {standing.quote.plan.lower()}:{short_name(line.charge.priced_as)}=PRICE"
        for standing in comparison.unranked
        if not standing.ruled_out
        for line in standing.quote.unpriced
    ]
    return f"Supply the missing prices: {' '.join(options)}" if options else ""


class SweepInput(NamedTuple):
    """A rate card, and an order without the quantity of one charge."""

    card: RateCard
    order: Order
    charge: str  #: The key of that charge


def price_at(varied: SweepInput, quantity: int) -> Quote:
    """Return the quote with `quantity` units of the charge that is varied."""
    order = varied.order
    quantities = {**order.quantities, varied.charge: quantity}
    return price(varied.card, order._replace(quantities=quantities))


def point_at(plans: Sequence[SweepInput], quantity: int) -> Point:
    """Return the monthly totals of `plans` at `quantity`."""
    return Point(quantity, tuple(price_at(plan, quantity).totals.monthly for plan in plans))


def sweep(varied: Sequence[SweepInput], quantities: Iterable[int]) -> Sweep:
    """Return the monthly totals of the `varied` plans at `quantities`; every rate must be known."""
    first = varied[0]
    return Sweep(
        plans=tuple(plan.card.plan for plan in varied),
        term=first.order.term,
        currency=first.card.currency,
        charge=first.card.charges[first.charge],
        points=tuple(point_at(varied, quantity) for quantity in quantities),
        notes=notes_on_rates([price_at(plan, 1) for plan in varied]),
        details=first.order.details,
    )


def find_changes(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """Return every price and state that differs; a change that plans share counts once.

    A page that was only read again, or has another wording, is not a change.
    """
    plans: dict[Change, list[str]] = {}
    for plan in dict.fromkeys([*old.cards, *new.cards]):
        before, after = (_prices_of(each.cards.get(plan)) for each in (old, new))
        for key, entry in {**before, **after}.items():
            one, other = (entries.get(key) for entries in (before, after))
            if _figures_of(one) != _figures_of(other):
                change = entry._replace(old=one and one.new, new=other and other.new)
                plans.setdefault(change, []).append(plan)
    return tuple(change._replace(plans=tuple(on)) for change, on in plans.items())


def _prices_of(card: RateCard | None) -> dict[tuple[str, str | None], Change]:
    """Return every price of `card` as a change from nothing, without the plan."""
    if card is None:
        return {}
    entries: dict[tuple[str, str | None], Change] = {
        (charge.key, term): Change((), charge.key, charge.label, charge.unit, term, None, rate)
        for charge, term, rate in card.listed
    }

    for carrier in card.carriers.listed:
        label = f"{carrier.name} carrier fee"
        for unit, fee in (("segment", carrier.per_segment), ("MMS", carrier.per_mms)):
            rate = priced(fee, carrier.citation)
            entries[carrier.key, unit] = Change((), carrier.key, label, unit, None, None, rate)
    if band := card.carriers.band:
        for end, fee in (("lowest", band.low), ("highest", band.high)):
            label, rate = f"Carrier fees, {end}", priced(fee, band.citation)
            entries["band", end] = Change((), "band", label, "segment", None, None, rate)
    return entries


def _figures_of(entry: Change | None) -> object:
    """Return what counts as a change: the state and all that makes the price."""
    rate = entry and entry.new
    return rate and (rate.status, rate.price, rate.model, rate.allowance)


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
    return Difference(old, new, tuple(lines), tuple(_causes(old, new)))


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


def _causes(old: Quote, new: Quote) -> Iterator[Note]:
    """Yield what causes a difference: rate cards, inputs, the version of the tool."""
    text = f"Old rate card: {_named_card(old)}. New rate card: {_named_card(new)}."
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


def _named_card(quote: Quote) -> str:
    since = f" from {quote.card.effective_from}" if quote.card.effective_from else ""
    return f"{quote.plan}{since}, {quote.card.sha256[:DIGITS]}"
