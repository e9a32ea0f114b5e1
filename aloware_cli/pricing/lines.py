"""Lines: what stands on a bill, each with its rate and how its amount comes about."""

from collections.abc import Iterator

from aloware_cli.domain.card import Rate, RateCard
from aloware_cli.domain.charge import COMMITMENT, LICENSE, Charge
from aloware_cli.domain.money import grouped
from aloware_cli.domain.order import ALL, Order
from aloware_cli.domain.quote import Line, Part, Units

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
    takes_none = charge.passed_on or rate.status in {"included", "unpublished"}
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
        from aloware_cli.pricing.models import parts_of

        return parts_of(rate.model, units)
    return () if rate.price is None else (Part(units.quantity, rate.price),)


def _working(charge: Charge, quantity: int, free: int, rate: Rate, parts: tuple[Part, ...]) -> str:
    """Write how the amount comes about: `3 agents x 70.00`, `500 segments: 2 x 15.00 less 10%`."""
    counted = charge.counted(quantity)
    if free:
        counted = f"{counted} less {free:,} included"
    if rate.model or free:
        return f"{counted}: {in_words(parts, rate)}"
    price = grouped(rate.price) if rate.price is not None else "not published"
    return f"{counted} x {price}{_less(rate)}"


def in_words(parts: tuple[Part, ...], rate: Rate) -> str:
    """Write `parts` of a line at `rate`: `10,000 x 0.015 + 500 x 0.012 less 10%`."""
    terms = [f"{part.quantity:,} x {grouped(part.price)}" for part in parts]
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
