"""Lines: what stands on a bill, each with its rate and its rounded amount."""

from collections.abc import Iterator

from aloware_cli.domain.card import Rate, RateCard
from aloware_cli.domain.charge import COMMITMENT, LICENSE, Charge
from aloware_cli.domain.money import grouped, round_to_cents
from aloware_cli.domain.order import ALL, Order
from aloware_cli.domain.quote import Line

_ON_THE_PRICE = {
    "supplied": "The price was supplied for this quote; it is not one that the vendor publishes.",
    "unpublished": "No public page of the vendor gives its price.",
}


def lines_for(card: RateCard, order: Order) -> tuple[Line, ...]:
    """Return the lines of `order` on `card`, in the card's order, one-time fees among them.

    A quantity of 0 gives no line. A charge whose rate is not published keeps its
    line, without an amount.
    """
    return tuple(
        price_line(charge, quantity, rate_of(charge, card, order))
        for charge, quantity in _billed(card, order)
    )


def _billed(card: RateCard, order: Order) -> Iterator[tuple[Charge, int]]:
    """Yield what stands on the bill, with the licenses that a commitment adds."""
    for key, charge in card.charges.items():
        quantity = order.quantities.get(key, 0)
        if quantity:
            yield charge, quantity
        if key == LICENSE and order.min_agents is not None and quantity < order.min_agents:
            further = order.min_agents - quantity
            yield _commitment(charge, further, order.min_agents), further


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


def price_line(charge: Charge, quantity: int, rate: Rate) -> Line:
    """Return the line for `quantity` units of `charge`: quantity x net price, rounded here."""
    amount = None if rate.net is None else round_to_cents(quantity * rate.net)
    return Line(
        charge=charge,
        quantity=quantity,
        rate=rate,
        amount=amount,
        working=f"{charge.counted(quantity)} x {in_words(rate)}",
        reason=f"{charge.reason} {_ON_THE_PRICE.get(rate.status, '')}".rstrip(),
    )


def in_words(rate: Rate) -> str:
    """Write a unit price for a working: `0.015`, `70.00 less 10%`, or `not published`."""
    if rate.price is None:
        return "not published"
    less = "" if rate.discount is None else f" less {rate.discount:f}%"
    return f"{grouped(rate.price)}{less}"
