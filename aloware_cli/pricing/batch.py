"""Batches: the totals of many rows at once, the same to the cent as those of their quotes.

A quote takes its time to say where each figure comes from. Here only totals are asked for,
so prices are looked up once for each charge, and whole columns are multiplied and summed
as integers. A row that is in any way odd is left to `price`.
"""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from operator import add, getitem
from typing import Final, NamedTuple

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.charges import LICENSE, Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.orders import Order
from aloware_cli.pricing.lines import lines_for, rate_of

#: Cents for each unit of a charge without a published rate: more than any total can be,
#: so that a row which needs that rate is found by its total.
UNPRICED: Final = 10**30
#: Below this many cents a row may have nothing to price; and its amount is too short to cut.
LEAST: Final = 100
#: Quantities of a curve whose cents are kept.
MOST_KEPT: Final = 4096
#: Curves that are kept, so that memory has a bound.
MOST_CURVES: Final = 64


class Offer(NamedTuple):
    """A plan's card, with an order on it that leaves the quantities open."""

    card: RateCard
    order: Order


class Totals(NamedTuple):
    """What rows cost, in whole cents of USD."""

    monthly: list[int]
    #: Empty where no column counts a charge that is paid once.
    one_time: list[int]
    #: The positions of the rows whose totals are not to be used: they need `price`.
    odd: list[int]
    #: The plan that each row is priced on, where that is the cheapest of several.
    plans: tuple[str, ...] = ()


class Free(dict[int, int]):
    """The cents of rows that are odd anyway: none, for any quantity."""

    def __missing__(self, quantity: int) -> int:
        """Return no cents."""
        return 0


class Curve(dict[int, int]):
    """The cents that lines for a quantity of a charge come to; they are asked for once."""

    def __init__(self, offer: Offer, charge: Charge) -> None:
        """Hold the cents of `charge` as `offer` prices it."""
        super().__init__()
        self._offer = offer
        self._charge = charge

    def __missing__(self, quantity: int) -> int:
        """Return the cents of `quantity`: as the lines of a quote have them."""
        card, order = self._offer
        lines = lines_for(card, order._replace(quantities={self._charge.key: quantity}))
        cents = sum(
            UNPRICED if line.amount is None else int(line.amount * 100)
            for line in lines
            if line.charge.priced_as == self._charge.key  # a minimum adds licenses to any line
        )
        if len(self) < MOST_KEPT:
            self[quantity] = cents
        return cents


class Evaluator:
    """What prices columns of quantities, each row on the offer that its key stands for."""

    def __init__(self, charges: Mapping[str, Charge]) -> None:
        """Price columns of `charges`."""
        self._charges = charges
        self._units: dict[tuple[Hashable, str], Decimal] = {}
        self._curves: dict[tuple[Hashable, str], Curve] = {}

    def totals(
        self,
        offers: Mapping[Hashable, Offer | None],
        keys: Sequence[Hashable],
        quantities: Mapping[str, Sequence[int]],
    ) -> Totals:
        """Return what rows cost; `quantities` has a column for each charge that they give.

        `offers` has the offer of every key that is in `keys`, one key a row; None where
        a row of that key is odd.
        """
        if LICENSE not in quantities and any(o and o.order.min_agents for o in offers.values()):
            quantities = {**quantities, LICENSE: [0] * len(keys)}
        if len(self._curves) > MOST_CURVES or len(self._units) > MOST_KEPT:
            self._curves.clear()
            self._units.clear()
        monthly, one_time = [0] * len(keys), list[int]()
        for key, column in quantities.items():
            charge = self._charges[key]
            if charge.one_time:
                one_time = self._added(one_time or [0] * len(keys), charge, column, keys, offers)
            else:
                monthly = self._added(monthly, charge, column, keys, offers)
        totals = Totals(monthly, one_time, [])
        return totals._replace(odd=_odd_rows(totals))

    def _added(
        self,
        sums: list[int],
        charge: Charge,
        column: Sequence[int],
        keys: Sequence[Hashable],
        offers: Mapping[Hashable, Offer | None],
    ) -> list[int]:
        """Return `sums` with what each quantity of `column` costs, rounded to cents one by one."""
        if any(offer and is_curved(charge, offer) for offer in offers.values()):
            curves = {key: self._curve(key, charge, offer) for key, offer in offers.items()}
            return list(map(add, sums, map(getitem, map(curves.__getitem__, keys), column)))
        units = {key: self._unit(key, charge, offer) for key, offer in offers.items()}
        return _added_up(sums, column, keys, units) if any(units.values()) else sums

    def _curve(self, key: Hashable, charge: Charge, offer: Offer | None) -> Mapping[int, int]:
        if offer is None:
            return Free()
        return self._curves.setdefault((key, charge.key), Curve(offer, charge))

    def _unit(self, key: Hashable, charge: Charge, offer: Offer | None) -> Decimal:
        """Return the cents, exact, that one unit of `charge` costs."""
        if offer is None:
            return ZERO
        kept = self._units.get((key, charge.key))
        if kept is None:
            net = rate_of(charge, *offer).net
            kept = self._units[key, charge.key] = Decimal(UNPRICED) if net is None else net * 100
        return kept


def _added_up(
    sums: Sequence[int],
    column: Sequence[int],
    keys: Sequence[Hashable],
    units: Mapping[Hashable, Decimal],
) -> list[int]:
    """Return `sums` with each quantity times its price added, rounded half up to cents.

    Prices become integers, of the smallest decimal place that any of them has.
    """
    places = max(-int(unit.normalize().as_tuple().exponent) for unit in units.values())
    scale: int = 10 ** max(places, 0)
    prices = {key: int(unit * scale) for key, unit in units.items()}
    rows = zip(sums, column, keys, strict=True)
    if scale == 1:
        return [total + quantity * prices[key] for total, quantity, key in rows]
    half = scale // 2
    return [total + (quantity * prices[key] + half) // scale for total, quantity, key in rows]


def cheapest_of(plans: Sequence[str], several: Sequence[Totals]) -> Totals:
    """Return what each row costs on the cheapest of `plans`, the first of equal ones.

    `several` has the totals on each plan. A row is odd where a plan that lacks a rate
    may cost less, as in a comparison, or where no plan has a price for it.
    """
    monthly, one_time, chosen, odd = list[int](), list[int](), list[str](), list[int]()
    bounds = zip(*map(_lower_bounds, several), strict=True)
    for position, bound in enumerate(bounds):
        least = min(bound)
        if not LEAST <= least < UNPRICED or any(
            least < month and month % UNPRICED <= least for month in bound
        ):
            odd.append(position)
        place = bound.index(least)
        monthly.append(least)
        one_time.append(several[place].one_time[position] if several[place].one_time else 0)
        chosen.append(plans[place])
    return Totals(monthly, one_time if several[0].one_time else [], odd, tuple(chosen))


def _lower_bounds(totals: Totals) -> Sequence[int]:
    """Return the months of `totals`, marked as unpriced also where a fee paid once is."""
    if not totals.one_time:
        return totals.monthly
    both = zip(totals.monthly, totals.one_time, strict=True)
    return [month if once < UNPRICED else month + UNPRICED for month, once in both]


def _odd_rows(totals: Totals) -> list[int]:
    """Return the positions of the rows that must be looked at alone; there seldom are any.

    A row without an offer costs nothing, and so is among them.
    """
    odd = set[int]()
    if min(totals.monthly) < LEAST or max(totals.monthly) >= UNPRICED:
        odd = {i for i, cents in enumerate(totals.monthly) if not LEAST <= cents < UNPRICED}
    if totals.one_time and max(totals.one_time) >= UNPRICED:
        odd |= {i for i, cents in enumerate(totals.one_time) if cents >= UNPRICED}
    return sorted(odd)


def is_curved(charge: Charge, offer: Offer) -> bool:
    """Tell whether the lines for `charge` are more than its quantity times its price.

    A charge model makes them so, and a minimum of licenses adds a line of its own.
    """
    if charge.key == LICENSE and offer.order.min_agents is not None:
        return True
    return rate_of(charge, *offer).model is not None


def is_separable(offer: Offer) -> bool:
    """Tell whether each charge of `offer` costs the same whatever else is taken.

    It does unless licenses include some of it, or the order has quantities of its own.
    """
    includes = any(rate.allowance for rate in offer.card.rates.values())
    return not includes and not offer.order.quantities
