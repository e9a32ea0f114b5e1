"""Lines: what a bill lists, each line with its rate and the calculation of its amount."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from aloware_cli.domain.cards import Model, ModelName, Rate, RateCard
from aloware_cli.domain.charges import COMMITMENT, LICENSE, Charge
from aloware_cli.domain.money import ZERO, cents_at, format_display
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Line, Part, Units
from aloware_cli.domain.scenarios import ALL


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
    "supplied": "The price was supplied for this quote. It is not a published price.",
    "negotiated": "The price is negotiated. It is not a published price.",
    "unpublished": "The rate card has no price for it.",
}
_ON_THE_MODEL = {
    "flat": "The price is the same for any number of {units}.",
    "package": "The price is for whole blocks of {block:,} {units}.",
    "graduated": "Each tier of the quantity has its own price.",
    "volume": "The whole quantity has the price of the tier that it reaches.",
}


def lines_for(card: RateCard, order: Order) -> tuple[Line, ...]:
    """Return the lines of `order` on `card`, in the card's order, one-time fees among them.

    A quantity of 0 gives no line. A charge whose rate is not published keeps its
    line, without an amount.
    """
    licenses = max(order.quantities.get(LICENSE, 0), order.min_agents or 0)
    return tuple(
        _line(charge, units, _cited(charge, rate_of(charge, card, order), card), licenses)
        for charge, units in _billed(card, order, licenses)
    )


def _cited(charge: Charge, rate: Rate, card: RateCard) -> Rate:
    """Return `rate`; for a commitment, its source is the contract term on license minimums."""
    if charge.key != COMMITMENT or rate.status != "published":
        return rate
    terms = (term.citation for term in card.terms if COMMITMENT in term.unless)
    return rate._replace(citation=next(terms, rate.citation))


#: Quantities whose amounts are remembered.
MAX_REMEMBERED: Final = 128


def amount_of(key: str, card: RateCard, order: Order) -> Callable[[Iterable[int]], list[int]]:
    """Return a function from quantities of the charge `key` to the cents that its lines cost.

    What else `order` contains changes nothing, unless licenses include units of the charge: the
    caller must check `allowance`. Raises ValueError for a quantity without a published price.
    """
    rate = rate_of(card.charges[key], card, order)
    is_committed = key == LICENSE and order.min_agents is not None
    if rate.net is not None and not is_committed:
        return cents_at(rate.net)

    @lru_cache(MAX_REMEMBERED)
    def add_lines(quantity: int) -> int:
        lines = lines_for(card, order._replace(quantities={key: quantity}))
        amounts = [line.amount for line in lines if line.charge.priced_as == key]
        if None in amounts:
            raise ValueError(key)
        return int(sum(amount * 100 for amount in amounts if amount is not None))

    return lambda quantities: list(map(add_lines, quantities))


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
    reason = f"{further:,} unused {licenses}, billed to reach the contract minimum of {minimum:,}."
    return license_charge._replace(
        key=COMMITMENT,
        label=f"Unused committed licenses (minimum {minimum:,})",
        unit="license",
        units="licenses",
        reason=reason,
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
        working=_working(units.quantity, free, rate, parts),
        reason=" ".join(_reasons(charge, rate)),
        parts=parts,
        allowance=free,
        before=_listed_before(rate, units),
    )


def _listed_before(rate: Rate, units: Units) -> Decimal:
    """Return what the units before `units` cost, in USD before any discount, exact."""
    earlier = Units(0, units.before, units.total)
    return sum((part.quantity * part.price for part in _parts(rate, earlier)), ZERO)


def _parts(rate: Rate, units: Units) -> tuple[Part, ...]:
    if rate.model:
        return parts_of(rate.model, units)
    return () if rate.price is None else (Part(units.quantity, rate.price),)


def _working(quantity: int, free: int, rate: Rate, parts: tuple[Part, ...]) -> str:
    """Write how the amount is calculated: `12 x 63.00 (-10%)`, `500: 2 x 15.00 for 250`."""
    if rate.status == "included":
        return f"{quantity:,} included"
    if not parts:
        return f"{quantity:,} x n/p"
    marks = ["supplied"] if rate.status == "supplied" else []
    marks += [] if rate.discount is None else [f"-{rate.discount:f}%"]
    mark = f" ({', '.join(marks)})" if marks else ""
    if not free and len(parts) == 1 and parts[0].quantity == quantity:
        return f"{_terms(parts, rate)}{mark}"
    less = f" - {free:,} included" if free else ""
    return f"{quantity:,}{less}: {_terms(parts, rate)}{mark}"


def _terms(parts: tuple[Part, ...], rate: Rate) -> str:
    """Write `parts` at their prices after the discount: `10,000 x 0.015 + 500 x 0.012`."""
    block = f" for {rate.model.block:,}" if rate.model and rate.model.name == "package" else ""
    return " + ".join(
        f"{part.quantity:,} x {format_display(rate.apply_discount(part.price))}{block}"
        for part in parts
    )


def _reasons(charge: Charge, rate: Rate) -> Iterator[str]:
    """Yield why it is billed or included, and what its price depends on, a sentence each."""
    yield charge.reason
    if rate.status in _ON_THE_PRICE:
        yield _ON_THE_PRICE[rate.status]
    if rate.model:
        yield _ON_THE_MODEL[rate.model.name].format(block=rate.model.block, units=charge.units)
    if rate.allowance:
        yield f"Each license includes {charge.counted(rate.allowance)}, in one pool."
