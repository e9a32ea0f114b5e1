"""Break-even: the volume where one plan becomes cheaper than another, found exactly.

A total is `fixed + round(price x quantity)`: only the line of the varied charge changes, and a
line is rounded half up to cents. In units so small that both prices are even whole numbers, with
M units in a cent, the two lines cost

    flat(x)  = floor((A x + H) / M)        steep(x) = floor((B x + H) / M)

cents, where H = M / 2 rounds half up, and D = B - A > 0. The plan that costs k cents more at 0 is
equal when `gap(x) = steep(x) - flat(x)` reaches k. Unrounded, the gap grows by D / M per unit.
Rounded, it is

    gap(x) = floor((D x + r) / M)   with the remainder r = (A x + H) mod M < M,

which is s or s + 1 where s = floor(D x / M). Therefore

- gap(x) >= k for certain once D x >= k M, and never while D x < (k - 1) M;
- in the window between, of about M / D quantities, gap(x) is k - 1 or k.

The window can have hundreds of millions of quantities, if prices differ by a hundred-millionth of
a dollar. Only two adjacent values occur in it, so the sum of the gaps up to x gives how often the
higher one occurs. Euclid's algorithm gives such a sum of floors in a few steps, and a binary
search finds the first occurrence with about thirty sums.
"""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import LICENSE, Charge
from aloware_cli.domain.comparisons import BreakEven
from aloware_cli.domain.money import MAX_QUANTITY, ZERO, format_usd
from aloware_cli.pricing.compare import SweepInput, point_at, price_at
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.price import rate_of


class CostLine(NamedTuple):
    """A total that grows with a quantity: `fixed` + `price` x quantity, rounded to cents."""

    fixed: Decimal  #: USD, in whole cents
    price: Decimal  #: USD per unit, of any precision


class Intersection(NamedTuple):
    """Where two cost lines meet, in whole quantities; None for nowhere in the range."""

    lower_at_zero: int | None  #: Which of the two is lower at 0; None for a tie
    equal_at: int | None  #: Where they are equal for the first time
    #: Where the order is strictly the opposite of that at 0 for the first time.
    cheaper_from: int | None
    parts_at: int | None  #: Where they are not equal for the first time


class _Gap(NamedTuple):
    """The rounded lines of a flat and a steep price, as in the explanation above."""

    flat: int
    steep: int
    cent: int
    last: int

    def first_of_at_least(self, cents: int) -> int | None:
        """Return the first quantity at which the gap is `cents` or more."""
        end = self._certain(cents)
        found = self._first_but(self._certain(cents - 1), end, cents - 1)
        return end if found is None and end <= self.last else found

    def first_of_exactly(self, cents: int) -> int | None:
        """Return the first quantity at which the gap is `cents`."""
        start, middle, end = (self._certain(cents + step) for step in (-1, 0, 1))
        found = self._first_but(start, middle, cents - 1)
        return self._first_but(middle, end, cents + 1) if found is None else found

    def _certain(self, cents: int) -> int:
        """Return the first quantity at which the gap is at least `cents` even unrounded."""
        return -(-cents * self.cent // (self.steep - self.flat))

    def _first_but(self, start: int, end: int, other: int) -> int | None:
        """Return the first quantity in [start, end) whose gap is not `other`.

        All gaps there must be `other` or one and the same neighbour of it.
        """
        before = self._sum_up_to(start)

        def found_up_to(stop: int) -> int:
            return abs(self._sum_up_to(stop) - before - other * (stop - start))

        stops = range(start, min(end, self.last + 1) + 1)
        place = bisect_left(stops, 1, key=found_up_to)
        return stops[place] - 1 if place < len(stops) else None

    def _sum_up_to(self, stop: int) -> int:
        """Return the sum of the gaps of all quantities below `stop`."""
        half = self.cent // 2
        steep = sum_of_floors(stop, self.steep, half, self.cent)
        return steep - sum_of_floors(stop, self.flat, half, self.cent)


def cross(first: CostLine, second: CostLine, last: int = MAX_QUANTITY) -> Intersection:
    """Return where `first` and `second` meet between 0 and `last`, exactly."""
    lead = int((second.fixed - first.fixed).scaleb(2))
    places = max(2, *(_places(course.price) for course in (first, second)))
    # Twice as fine as the prices, so that half a cent is a whole number too.
    one, two = (2 * int(course.price.scaleb(places)) for course in (first, second))
    gap = _Gap(min(one, two), max(one, two), 2 * 10 ** (places - 2), last)
    if lead == 0:
        parts_at = None if one == two else gap.first_of_at_least(1)
        return Intersection(None, 0, None, parts_at)
    lower = 0 if lead > 0 else 1
    if one == two or (one > two) == (lower == 1):
        return Intersection(lower, None, None, 0)
    return Intersection(
        lower, gap.first_of_exactly(abs(lead)), gap.first_of_at_least(abs(lead) + 1), 0
    )


def sum_of_floors(count: int, slope: int, offset: int, modulus: int) -> int:
    """Return the sum of floor((slope x + offset) / modulus) for x from 0 up to `count` - 1.

    It counts the whole points below a line. What is below the line's whole parts is
    a triangle and a rectangle; for the rest, points are counted along the other
    axis, which makes slope and modulus change places: Euclid's algorithm.
    """
    if count <= 0:
        return 0
    steps, slope = divmod(slope, modulus)
    base, offset = divmod(offset, modulus)
    rows, left = divmod(slope * count + offset, modulus)
    whole = steps * count * (count - 1) // 2 + base * count
    return whole + (sum_of_floors(rows, modulus, left, slope) if rows else 0)


def _places(price: Decimal) -> int:
    exponent = price.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def reasons_for(answer: BreakEven) -> tuple[str, ...]:
    """Return why `answer` is what it is, a sentence each."""
    told = _from_a_tie if answer.cheaper_at_zero is None else _from_an_order
    return (_on_the_prices(answer), *told(answer))


def _on_the_prices(answer: BreakEven) -> str:
    charge, (one, two) = answer.charge, answer.rates
    if one.status == two.status == "included":
        return f"{charge.label} are included on both plans."
    if one.net == two.net:
        return f"Each {charge.unit} costs {_written(one)} on both plans."
    first, second = answer.plans
    return f"Each {charge.unit} costs {_written(one)} on {first} and {_written(two)} on {second}."


def _written(rate: Rate) -> str:
    return format_usd(ZERO if rate.net is None else rate.net)


def _from_a_tie(answer: BreakEven) -> Iterator[str]:
    counted = answer.charge.counted
    if answer.rates[0].net == answer.rates[1].net:
        yield "Everything else costs the same too, so the totals are equal at every quantity."
        return
    yield "Everything else costs the same, so neither plan overtakes the other."
    apart = [p for p in answer.points if len(p.cheapest(answer.plans)) == 1]
    if apart:
        lower = apart[0].cheapest(answer.plans)[0]
        yield f"{lower} is cheaper at {counted(apart[0].quantity)} and stays cheaper above that."
    else:
        last = answer.points[-1].quantity
        yield f"Rounded to cents, the totals stay equal up to {counted(last)}."


def _from_an_order(answer: BreakEven) -> Iterator[str]:
    counted, equal, flips = answer.charge.counted, answer.equal_at, answer.cheaper_from
    lower = answer.cheaper_at_zero
    other = next(plan for plan in answer.plans if plan != lower)
    turns = [quantity for quantity in (equal, flips) if quantity is not None]
    if not turns:
        yield _never(answer)
        return
    yield f"{lower} is cheaper below {counted(min(turns))}."
    if equal is None:
        yield "At no quantity are the totals equal."
    else:
        once = flips == equal + 1
        yield f"The totals are {'' if once else 'first '}equal at {counted(equal)}."
    if flips is None:
        yield f"{other} is not cheaper up to {counted(answer.points[-1].quantity)}."
    else:
        yield f"{other} is cheaper at {counted(flips)} and stays cheaper above that."


def _never(answer: BreakEven) -> str:
    """Say why the plan that is cheaper at 0 stays so."""
    lower = answer.cheaper_at_zero
    first, second = (ZERO if rate.net is None else rate.net for rate in answer.rates)
    if first == second:
        return f"{lower} is always cheaper, by the same amount."
    if (first < second) == (lower == answer.plans[0]):
        return f"{lower} costs less without any and less for each, so it is always cheaper."
    last = answer.charge.counted(answer.points[-1].quantity)
    return f"That is too little to catch up: {lower} is still cheaper at {last}."


def find_break_even(first: SweepInput, second: SweepInput, last: int = MAX_QUANTITY) -> BreakEven:
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
        cheaper_from=crossing.cheaper_from,
        points=tuple(
            point_at((first, second), quantity) for quantity in _quantities(crossing, last)
        ),
        reasons=(),
        notes=notes_on_rates([price_at(first, 1), price_at(second, 1)]),
    )
    return answer._replace(reasons=reasons_for(answer))


def find_nonlinear(varied: SweepInput) -> Charge | None:
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


def _rate(varied: SweepInput) -> Rate:
    return rate_of(varied.card.charges[varied.charge], varied.card, varied.order)


def _course(varied: SweepInput) -> CostLine:
    price = _rate(varied).net
    return CostLine(price_at(varied, 0).totals.monthly, ZERO if price is None else price)


def _quantities(crossing: Intersection, last: int) -> list[int]:
    """Return the quantities to show: 0, those of the answer, and the end where nothing flips."""
    told = {0}
    for quantity in (crossing.equal_at, crossing.parts_at):
        told |= set() if quantity is None else {quantity}
    told |= (
        {last}
        if crossing.cheaper_from is None
        else {crossing.cheaper_from - 1, crossing.cheaper_from}
    )
    return sorted(told)
