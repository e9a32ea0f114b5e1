"""Lines: what a bill lists, each line with its rate and the calculation of its amount."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from aloware_cli.domain.cards import Model, ModelName, Rate, RateCard
from aloware_cli.domain.charges import COMMITMENT, LICENSE, Charge
from aloware_cli.domain.money import format_display
from aloware_cli.domain.orders import ALL, Order
from aloware_cli.domain.quotes import Line, Part, Units


def parts_of(model: Model, units: Units) -> tuple[Part, ...]:
    """Return the parts of `units` under `model`; at least one, with a quantity of 0 for nothing."""
    return tuple(_SPLIT[model.name](model, units)) or (Part(0, model.tiers[0].price),)


def _flat(model: Model, units: Units) -> Iterator[Part]:
    """Yield the one price, which the first units of a charge bear alone."""
    if units.quantity and not units.before:
        yield Part(1, model.tiers[0].price)


def _package(model: Model, units: Units) -> Iterator[Part]:
    """Yield the blocks that are begun and that no units before have begun."""
    begun = -(-units.before // model.block)
    yield Part(-(-units.last // model.block) - begun, model.tiers[0].price)


def _graduated(model: Model, units: Units) -> Iterator[Part]:
    """Yield what falls into each tier, at that tier's price."""
    reached = units.before
    for tier in model.tiers:
        end = units.last if tier.up_to is None else min(tier.up_to, units.last)
        if end > reached:
            yield Part(end - reached, tier.price)
            reached = end


def _volume(model: Model, units: Units) -> Iterator[Part]:
    """Yield all units at the price of the tier that the whole quantity reaches."""
    reached = next(t for t in model.tiers if t.up_to is None or units.total <= t.up_to)
    yield Part(units.quantity, reached.price)


_SPLIT: Final[Mapping[ModelName, Callable[[Model, Units], Iterator[Part]]]] = {
    "flat": _flat,
    "package": _package,
    "graduated": _graduated,
    "volume": _volume,
}


_ON_THE_PRICE = {
    "supplied": "The price was supplied for this quote; it is not one that the vendor publishes.",
    "unpublished": "No public page of the vendor gives its price.",
}
_ON_THE_MODEL = {
    "flat": "The price is flat, however many {units} there are.",
    "package": "It is sold in whole blocks of {block:,} {units}.",
    "graduated": "Each slice of the quantity has its own price.",
    "volume": "The whole quantity has the price of the tier that it reaches.",
}


def lines_for(card: RateCard, order: Order) -> tuple[Line, ...]:
    """Return the lines of `order` on `card`, in the card's order, one-time fees among them.

    A quantity of 0 gives no line. A charge whose rate is not published keeps its
    line, without an amount.
    """
    licenses = max(order.quantities.get(LICENSE, 0), order.min_agents or 0)
    return tuple(
        _line(charge, units, rate_of(charge, card, order), licenses)
        for charge, units in _billed(card, order, licenses)
    )


def _billed(card: RateCard, order: Order, licenses: int) -> Iterator[tuple[Charge, Units]]:
    """Yield what stands on the bill, with the licenses that a commitment adds."""
    for key, charge in card.charges.items():
        quantity = order.quantities.get(key, 0)
        total = licenses if key == LICENSE else quantity
        if quantity:
            yield charge, Units(0, quantity, total)
        if further := total - quantity:
            yield _commitment(charge, further, total), Units(quantity, further, total)


def _commitment(license_charge: Charge, further: int, minimum: int) -> Charge:
    """Return the charge for licenses up to the minimum that a contract fixes (billing-guide)."""
    licenses = "license" if further == 1 else "licenses"
    return license_charge._replace(
        key=COMMITMENT,
        label="Minimum license count",
        unit="license",
        units="licenses",
        reason=f"{further:,} further {licenses} up to the contractual minimum of {minimum:,}.",
    )


def rate_of(charge: Charge, card: RateCard, order: Order) -> Rate:
    """Return the rate of `charge` on the order's term, with its discount.

    A rate that the user supplied stands in for the card's. What is included, not
    published or passed on takes no discount.
    """
    key = charge.priced_as
    rate = order.supplied.get(key) or card.rates[key, order.term]
    discount = order.discounts.get(key, order.discounts.get(ALL))
    takes_none = charge.pass_through or rate.status in {"included", "unpublished"}
    if discount is None or takes_none:
        return rate
    return rate._replace(discount=discount)


def _line(charge: Charge, units: Units, rate: Rate, licenses: int) -> Line:
    """Return the line for `units` of `charge`, without those that the `licenses` include.

    What they include is one pool.
    """
    free = min(units.quantity, licenses * rate.allowance)
    parts = _parts(rate, units.less(free))
    return Line(
        charge=charge,
        quantity=units.quantity,
        rate=rate,
        working=_working(charge, units.quantity, free, rate, parts),
        reason=" ".join(_reasons(charge, rate)),
        parts=parts,
        allowance=free,
    )


def _parts(rate: Rate, units: Units) -> tuple[Part, ...]:
    if rate.model:
        return parts_of(rate.model, units)
    return () if rate.price is None else (Part(units.quantity, rate.price),)


def _working(charge: Charge, quantity: int, free: int, rate: Rate, parts: tuple[Part, ...]) -> str:
    """Write how the amount comes about: `3 agents x 70.00`, `500 segments: 2 x 15.00 less 10%`."""
    counted = charge.counted(quantity)
    if free:
        counted = f"{counted} less {free:,} included"
    if rate.model or free:
        return f"{counted}: {in_words(parts, rate)}"
    price = format_display(rate.price) if rate.price is not None else "not published"
    return f"{counted} x {price}{_less(rate)}"


def in_words(parts: tuple[Part, ...], rate: Rate) -> str:
    """Write `parts` of a line at `rate`: `10,000 x 0.015 + 500 x 0.012 less 10%`."""
    terms = [f"{part.quantity:,} x {format_display(part.price)}" for part in parts]
    if rate.model and rate.model.name == "package":
        terms = [f"{term} for {rate.model.block:,}" for term in terms]
    joined = " + ".join(terms)
    return f"({joined}){_less(rate)}" if rate.discount and len(terms) > 1 else joined + _less(rate)


def _less(rate: Rate) -> str:
    return "" if rate.discount is None else f" less {rate.discount:f}%"


def _reasons(charge: Charge, rate: Rate) -> Iterator[str]:
    """Yield why it is billed or included, and what its price depends on, a sentence each."""
    yield charge.reason
    if rate.status in _ON_THE_PRICE:
        yield _ON_THE_PRICE[rate.status]
    if rate.model:
        yield _ON_THE_MODEL[rate.model.name].format(block=rate.model.block, units=charge.units)
    if rate.allowance:
        yield f"Each license includes {charge.counted(rate.allowance)}, in one pool."
