"""Pricing: a rate card and an order in, a quote out. Nothing else prices."""

from collections.abc import Mapping
from decimal import Decimal

from aloware_cli.domain.card import Rate, RateCard
from aloware_cli.domain.charge import Charge
from aloware_cli.domain.money import grouped, round_to_cents
from aloware_cli.domain.order import Order
from aloware_cli.domain.pass_through import PassThrough
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.pricing.notes import notes_on
from aloware_cli.pricing.pass_through import fee_band, fee_of_mix

_ON_THE_PRICE = {
    "supplied": "The price was supplied for this quote; the vendor does not publish it.",
    "unpublished": "No public page of the vendor gives its price.",
}


def price(card: RateCard, order: Order) -> Quote:
    """Return the quote for `order` on `card`: exact, every line with working, reason and source.

    Lines come in the card's order; a quantity of 0 gives no line. A charge whose
    rate is not published keeps its line, without an amount: the caller decides
    whether to refuse it or to say "at least". Raises KeyError for a charge that
    is not on the card.
    """
    unknown = order.quantities.keys() - card.charges.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    lines = tuple(
        price_line(charge, order.quantities[key], rate_of(charge, card, order))
        for key, charge in card.charges.items()
        if order.quantities.get(key)
    )
    quote = Quote(
        card=card.identity,
        currency=card.currency,
        term=order.term,
        as_of=order.as_of,
        lines=tuple(line for line in lines if not line.charge.one_time),
        one_time=tuple(line for line in lines if line.charge.one_time),
        notes=(),
        first_invoice=None,
        pass_through=None,
    )
    if order.start and order.term == "monthly":
        from aloware_cli.pricing.proration import first_invoice

        subscription = quote.lines_of("subscription")
        quote = quote._replace(first_invoice=first_invoice(subscription, order.start))
    if order.carriers is not None:
        quote = quote._replace(pass_through=_carrier_fees(quote, card, order.carriers))
    return quote._replace(notes=notes_on(quote, card.carriers, order.start))


def _carrier_fees(
    quote: Quote, card: RateCard, shares: Mapping[str, Decimal]
) -> PassThrough | None:
    if shares:
        return fee_of_mix(quote.lines, card.carriers, shares)
    return fee_band(quote.lines, card.carriers)


def rate_of(charge: Charge, card: RateCard, order: Order) -> Rate:
    """Return the rate the user supplied for `charge`, else the card's on the order's term."""
    return order.supplied.get(charge.key) or card.rates[charge.key, order.term]


def price_line(charge: Charge, quantity: int, rate: Rate) -> Line:
    """Return the line for `quantity` units of `charge`: quantity x price, rounded here."""
    amount = None if rate.price is None else round_to_cents(quantity * rate.price)
    return Line(
        charge=charge,
        quantity=quantity,
        rate=rate,
        amount=amount,
        working=f"{charge.counted(quantity)} x {in_words(rate.price)}",
        reason=f"{charge.reason} {_ON_THE_PRICE.get(rate.status, '')}".rstrip(),
    )


def in_words(unit_price: Decimal | None) -> str:
    """Write a unit price for a working: `0.015`, or `not published`."""
    return "not published" if unit_price is None else grouped(unit_price)
