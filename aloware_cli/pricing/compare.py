"""Comparing: quotes for the same order on several plans, at one volume or at many."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.comparisons import Comparison, Point, Standing, Sweep
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.problems import listed
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.domain.scenarios import short_name
from aloware_cli.pricing.notes import notes_on_rates, notes_on_several
from aloware_cli.pricing.price import price


def compare(quotes: Sequence[Quote]) -> Comparison:
    """Return `quotes`, one per plan, ranked by their monthly totals, with reasons and notes."""
    comparison = rank(quotes)
    notes = notes_on_several(quotes)
    if any(quote.one_time for quote in quotes):
        text = "Ranked by recurring charges; one-time fees are not counted."
        notes = (Note("assumption", text), *notes)
    reasons = tuple(_reasons(comparison))
    return comparison._replace(reasons=reasons, notes=notes, hint=_hint(comparison))


def rank(quotes: Sequence[Quote]) -> Comparison:
    """Return the comparison of `quotes` without its words, for a caller that shows only amounts.

    One-time fees do not count. A quote whose totals are only a lower bound is not ranked. If that
    bound is above the cheapest ranked total, the plan is ruled out.
    """
    totals = [quote.totals for quote in quotes if not quote.at_least]
    places = iter(ranks(totals))
    cheapest = min(totals, default=None)
    standings = tuple(
        _standing(quote, None if quote.at_least else next(places), cheapest) for quote in quotes
    )
    return Comparison(standings, reasons=(), notes=())


def ranks(totals: Sequence[Any]) -> list[int]:
    """Return the rank of each total, 1 for the lowest; equal totals share a rank."""
    ordered = sorted(totals)
    return [ordered.index(total) + 1 for total in totals]


def _standing(quote: Quote, place: int | None, cheapest: Amounts | None) -> Standing:
    """Return how `quote` compares with the `cheapest` exact totals."""
    if cheapest is None or (quote.at_least and quote.totals <= cheapest):
        return Standing(quote, place, None)
    more = Amounts(*(own - least for own, least in zip(quote.totals, cheapest, strict=True)))
    return Standing(quote, place, more)


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
        ties.setdefault(standing.place, []).append(standing.quote.plan)
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
