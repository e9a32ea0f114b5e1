"""Break-even: where the order of two plans flips, with the quotes that prove it."""

from aloware_cli.domain.break_even import BreakEven
from aloware_cli.domain.card import Rate
from aloware_cli.domain.charge import LICENSE, Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.quantity import HIGHEST_QUANTITY
from aloware_cli.pricing.crossing import Course, Crossing, cross
from aloware_cli.pricing.lines import rate_of
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.reasons import reasons_for
from aloware_cli.pricing.vary import Varied, point_at, price_at


def break_even(first: Varied, second: Varied, last: int = HIGHEST_QUANTITY) -> BreakEven:
    """Return where the monthly totals of two plans meet, as one quantity goes from 0 to `last`.

    Every rate must be known. The quantities are computed (see `crossing`); the
    totals at them are those of quotes priced like any other.
    """
    plans = (first.card.plan, second.card.plan)
    crossing = cross(_course(first), _course(second), last)
    lower = crossing.lower_at_zero
    answer = BreakEven(
        plans=plans,
        term=first.order.term,
        currency=first.card.currency,
        charge=first.card.charges[first.charge],
        rates=(_rate(first), _rate(second)),
        cheaper_at_zero=None if lower is None else plans[lower],
        equal_at=crossing.equal_at,
        flips_at=crossing.flips_at,
        points=tuple(
            point_at((first, second), quantity) for quantity in _quantities(crossing, last)
        ),
        reasons=(),
        notes=notes_on_rates([price_at(first, 1), price_at(second, 1)]),
    )
    return answer._replace(reasons=reasons_for(answer))


def find_uneven(varied: Varied) -> Charge | None:
    """Return a charge whose amount does not grow evenly with the quantity that is varied.

    A break-even counts with one price for each unit more. None where there is such a price.
    """
    card, order = varied.card, varied.order
    if not _rate(varied).is_simple:
        return card.charges[varied.charge]
    if varied.charge == LICENSE:
        for key in order.quantities:
            if rate_of(card.charges[key], card, order).allowance:
                return card.charges[key]
    return None


def _rate(varied: Varied) -> Rate:
    return rate_of(varied.card.charges[varied.charge], varied.card, varied.order)


def _course(varied: Varied) -> Course:
    price = _rate(varied).net
    return Course(price_at(varied, 0).totals.monthly, ZERO if price is None else price)


def _quantities(crossing: Crossing, last: int) -> list[int]:
    """Return the quantities to show: 0, those of the answer, and the end where nothing flips."""
    told = {0}
    for quantity in (crossing.equal_at, crossing.parts_at):
        told |= set() if quantity is None else {quantity}
    told |= {last} if crossing.flips_at is None else {crossing.flips_at - 1, crossing.flips_at}
    return sorted(told)
