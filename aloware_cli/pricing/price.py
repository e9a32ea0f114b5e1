"""Pricing: a rate card and an order in, a quote out. Nothing else prices."""

from collections.abc import Mapping
from decimal import Decimal

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import CarrierFees, Quote
from aloware_cli.pricing.lines import lines_for


def price(card: RateCard, order: Order) -> Quote:
    """Return the quote for `order` on `card`: every line with calculation, reason and source.

    A line whose rate is not published has no amount: the caller decides whether to
    refuse it or to say "at least". Raises KeyError for a charge that is not on the card.
    """
    from aloware_cli.pricing.completeness import completeness_notes
    from aloware_cli.pricing.notes import notes_on, notes_on_the_term

    quote = price_lines(card, order)
    notes = notes_on(quote, card.carriers, order.start)
    notes += tuple(completeness_notes(quote, card))
    if order.term != "monthly":
        notes += tuple(notes_on_the_term(quote, card, order))
    return quote._replace(notes=notes)


def price_lines(card: RateCard, order: Order) -> Quote:
    """Return the quote of `price` without its notes, for a caller that shows only amounts."""
    unknown = order.quantities.keys() - card.charges.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    lines = lines_for(card, order)
    quote = Quote(
        card=card.identity,
        currency=card.currency,
        order=order,
        lines=tuple(line for line in lines if not line.charge.one_time),
        one_time=tuple(line for line in lines if line.charge.one_time),
        notes=(),
        first_invoice=None,
        carrier_fees=None,
        credits=None,
    )
    if order.start and order.term == "monthly":
        from aloware_cli.pricing.proration import first_invoice

        subscription = quote.lines_of("subscription")
        quote = quote._replace(first_invoice=first_invoice(subscription, order.start))
    if order.carriers is not None:
        quote = quote._replace(carrier_fees=_carrier_fees(quote, card, order.carriers))
    if order.credits is not None:
        from aloware_cli.pricing.credits import draw_down

        quote = quote._replace(credits=draw_down(quote, order.credits, order.start))
    return quote


def _carrier_fees(
    quote: Quote, card: RateCard, shares: Mapping[str, Decimal]
) -> CarrierFees | None:
    from aloware_cli.pricing.carrier_fees import fee_band, fee_of_mix

    if shares:
        return fee_of_mix(quote.lines, card.carriers, shares)
    return fee_band(quote.lines, card.carriers)
