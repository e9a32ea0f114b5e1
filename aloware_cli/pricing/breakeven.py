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
from math import lcm
from typing import NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import LICENSE, Charge
from aloware_cli.domain.money import MAX_QUANTITY, ZERO, format_usd
from aloware_cli.domain.results import BreakEven
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
    cheaper_from: int | None  #: Where the one that is higher at 0 is lower for the first time
    differ_at: int | None  #: Where they are not equal for the first time


class _Gap(NamedTuple):
    """The rounded lines of a flat and a steep price, as explained above."""

    flat: int
    steep: int
    cent: int
    last: int

    def first_of_at_least(self, cents: int) -> int | None:
        """Return the first quantity at which the gap is `cents` or more."""
        end = self._certain(cents)
        found = self._first_other(self._certain(cents - 1), end, cents - 1)
        return end if found is None and end <= self.last else found

    def first_of_exactly(self, cents: int) -> int | None:
        """Return the first quantity at which the gap is `cents`."""
        start, middle, end = (self._certain(cents + step) for step in (-1, 0, 1))
        found = self._first_other(start, middle, cents - 1)
        return self._first_other(middle, end, cents + 1) if found is None else found

    def _certain(self, cents: int) -> int:
        """Return the first quantity at which the gap is at least `cents` even unrounded."""
        return -(-cents * self.cent // (self.steep - self.flat))

    def _first_other(self, start: int, end: int, cents: int) -> int | None:
        """Return the first quantity in [start, end) whose gap is not `cents`.

        All other gaps there must be one and the same adjacent value.
        """
        before = self._sum_up_to(start)

        def others_up_to(stop: int) -> int:
            return abs(self._sum_up_to(stop) - before - cents * (stop - start))

        stops = range(start, min(end, self.last + 1) + 1)
        place = bisect_left(stops, 1, key=others_up_to)
        return stops[place] - 1 if place < len(stops) else None

    def _sum_up_to(self, stop: int) -> int:
        """Return the sum of the gaps of all quantities below `stop`."""
        steep, flat = (
            sum_of_floors(stop, slope, self.cent // 2, self.cent)
            for slope in (self.steep, self.flat)
        )
        return steep - flat


def intersect(first: CostLine, second: CostLine, last: int = MAX_QUANTITY) -> Intersection:
    """Return where `first` and `second` meet between 0 and `last`, exactly."""
    lead = int((second.fixed - first.fixed).scaleb(2))
    ratios = [line.price.as_integer_ratio() for line in (first, second)]
    # In these units both prices are whole, and so is half a cent.
    cent = 2 * lcm(100, *(divisor for _, divisor in ratios)) // 100
    one, two = (100 * cent * price // divisor for price, divisor in ratios)
    gap = _Gap(min(one, two), max(one, two), cent, last)
    if lead == 0:
        return Intersection(None, 0, None, None if one == two else gap.first_of_at_least(1))
    lower = 0 if lead > 0 else 1
    if one == two or (one > two) == (lower == 1):
        return Intersection(lower, None, None, 0)
    cheaper_from = gap.first_of_at_least(abs(lead) + 1)
    return Intersection(lower, gap.first_of_exactly(abs(lead)), cheaper_from, 0)


def sum_of_floors(count: int, slope: int, offset: int, modulus: int) -> int:
    """Return the sum of floor((slope x + offset) / modulus) for x from 0 up to `count` - 1.

    It counts the whole points below a line. The whole parts of slope and offset give a triangle
    and a rectangle. The other points are counted along the other axis, which exchanges slope and
    modulus: Euclid's algorithm.
    """
    if count <= 0:
        return 0
    steps, slope = divmod(slope, modulus)
    base, offset = divmod(offset, modulus)
    rows, left = divmod(slope * count + offset, modulus)
    whole = steps * count * (count - 1) // 2 + base * count
    return whole + (sum_of_floors(rows, modulus, left, slope) if rows else 0)


def find_break_even(first: SweepInput, second: SweepInput, last: int = MAX_QUANTITY) -> BreakEven:
    """Return where the monthly totals of two plans meet, for quantities from 0 to `last`.

    Every rate must be known. `intersect` finds the quantities, and `price` the totals at them.
    """
    plans = (first.card.plan, second.card.plan)
    rates = (_rate(first), _rate(second))
    one, two = (
        CostLine(price_at(varied, 0).totals.monthly, rate.net or ZERO)
        for varied, rate in zip((first, second), rates, strict=True)
    )
    found = intersect(one, two, last)
    before = last if found.cheaper_from is None else found.cheaper_from - 1
    shown = {0, found.equal_at, found.differ_at, before, found.cheaper_from}
    answer = BreakEven(
        plans=plans,
        term=first.order.term,
        currency=first.card.currency,
        charge=first.card.charges[first.charge],
        rates=rates,
        cheaper_at_zero=None if found.lower_at_zero is None else plans[found.lower_at_zero],
        equal_at=found.equal_at,
        cheaper_from=found.cheaper_from,
        points=tuple(
            point_at((first, second), quantity)
            for quantity in sorted(each for each in shown if each is not None)
        ),
        reasons=(),
        notes=notes_on_rates([price_at(first, 1), price_at(second, 1)]),
        details=first.order.details,
    )
    reasons = _from_a_tie if answer.cheaper_at_zero is None else _from_an_order
    return answer._replace(reasons=(_on_the_prices(answer), *reasons(answer)))


def find_nonlinear(varied: SweepInput) -> Charge | None:
    """Return a charge without one price per unit, which a break-even requires; None without one."""
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


def _on_the_prices(answer: BreakEven) -> str:
    charge, rates = answer.charge, answer.rates
    if rates[0].status == rates[1].status == "included":
        return f"{charge.label} are included on both plans."
    one, two = (format_usd(rate.net or ZERO) for rate in rates)
    if rates[0].net == rates[1].net:
        return f"Each {charge.unit} costs {one} on both plans."
    return f"Each {charge.unit} costs {one} on {answer.plans[0]} and {two} on {answer.plans[1]}."


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
    counted, equal, cheaper_from = answer.charge.counted, answer.equal_at, answer.cheaper_from
    lower, last = answer.cheaper_at_zero, answer.points[-1].quantity
    other = next(plan for plan in answer.plans if plan != lower)
    turns = [quantity for quantity in (equal, cheaper_from) if quantity is not None]
    if not turns:
        yield _never(answer)
        return
    yield f"{lower} is cheaper below {counted(min(turns))}."
    if equal is None:
        yield "At no quantity are the totals equal."
    else:
        first = "" if cheaper_from == equal + 1 else "first "
        yield f"The totals are {first}equal at {counted(equal)}."
    if cheaper_from is None:
        yield f"{other} is not cheaper up to {counted(last)}."
    else:
        yield f"{other} is cheaper at {counted(cheaper_from)} and stays cheaper above that."


def _never(answer: BreakEven) -> str:
    """Return why the plan that is cheaper at 0 stays cheaper."""
    lower = answer.cheaper_at_zero
    first, second = (rate.net or ZERO for rate in answer.rates)
    if first == second:
        return f"{lower} is always cheaper, by the same amount."
    if (first < second) == (lower == answer.plans[0]):
        return f"{lower} costs less without any and less for each, so it is always cheaper."
    last = answer.charge.counted(answer.points[-1].quantity)
    return f"That is too little to catch up: {lower} is still cheaper at {last}."
