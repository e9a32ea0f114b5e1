"""Crossings: where two totals meet as a quantity grows, found exactly.

A total is `fixed + round(price x quantity)`: only the line of the charge that is
varied moves, and a line is rounded half up to cents. In whole numbers, with prices
in such small units that both are whole, and with M of these units to half a cent
twice over, the two lines are

    flat(x)  = floor((A x + H) / M)        steep(x) = floor((B x + H) / M)

cents, where H = M / 2 makes the floor a rounding half up, and D = B - A > 0. The
plan that is dearer at 0 by k cents catches up when `gap(x) = steep(x) - flat(x)`
reaches k. Unrounded, the gap grows evenly, by D / M a unit. Rounded, it is

    gap(x) = floor((D x + r) / M)   with the remainder r = (A x + H) mod M < M,

so it is s or s + 1 where s = floor(D x / M). Hence

- gap(x) >= k for certain once D x >= k M, and never while D x < (k - 1) M;
- in the window between, of about M / D quantities, gap(x) is k - 1 or k.

Such a window may hold hundreds of millions of quantities, when prices differ by a
hundred-millionth of a dollar. It is not walked through: as only two neighbouring
values occur in it, the sum of the gaps up to some x tells how often the higher one
has occurred, and sums of floors follow from Euclid's algorithm in a few steps. The
first occurrence is then found by halving: some thirty sums, whatever the prices.
"""

from bisect import bisect_left
from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.quantity import HIGHEST_QUANTITY


class Course(NamedTuple):
    """A total that grows with a quantity: `fixed` + `price` x quantity, rounded to cents."""

    #: USD, in whole cents.
    fixed: Decimal
    #: USD per unit, of any precision.
    price: Decimal


class Crossing(NamedTuple):
    """Where two courses meet, in whole quantities; None for nowhere in the range."""

    #: Which of the two is lower at 0; None for a tie.
    lower_at_zero: int | None
    #: Where they are equal for the first time.
    equal_at: int | None
    #: Where the order is strictly the opposite of that at 0 for the first time.
    flips_at: int | None
    #: Where they are not equal for the first time.
    parts_at: int | None


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


def cross(first: Course, second: Course, last: int = HIGHEST_QUANTITY) -> Crossing:
    """Return where `first` and `second` meet between 0 and `last`, exactly."""
    lead = int((second.fixed - first.fixed).scaleb(2))
    places = max(2, *(_places(course.price) for course in (first, second)))
    # Twice as fine as the prices, so that half a cent is a whole number too.
    one, two = (2 * int(course.price.scaleb(places)) for course in (first, second))
    gap = _Gap(min(one, two), max(one, two), 2 * 10 ** (places - 2), last)
    if lead == 0:
        parts_at = None if one == two else gap.first_of_at_least(1)
        return Crossing(None, 0, None, parts_at)
    lower = 0 if lead > 0 else 1
    if one == two or (one > two) == (lower == 1):
        return Crossing(lower, None, None, 0)
    return Crossing(lower, gap.first_of_exactly(abs(lead)), gap.first_of_at_least(abs(lead) + 1), 0)


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
