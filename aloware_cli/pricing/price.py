"""Pricing: a rate card and an order in, a quote out. Nothing else prices."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.cards import Model, Rate, RateCard
from aloware_cli.domain.charges import COMMITMENT, LICENSE, Charge
from aloware_cli.domain.money import ZERO, cents_at, format_display, format_usd
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Line, Note, Part, Quote
from aloware_cli.domain.scenarios import ALL

if TYPE_CHECKING:
    from aloware_cli.domain.results import Proration

_ON_THE_PRICE: Final = {
    "supplied": "The price was supplied for this quote. It is not a published price.",
    "negotiated": "The price is negotiated. It is not a published price.",
    "unpublished": "The rate card has no price for it.",
}
_ON_THE_MODEL: Final = {
    "flat": "The price is the same for any number of {units}.",
    "package": "The price is for whole blocks of {block:,} {units}.",
    "graduated": "Each tier of the quantity has its own price.",
    "volume": "The whole quantity has the price of the tier that it reaches.",
}
#: Quantities whose amounts are remembered.
MAX_REMEMBERED: Final = 128


def price(card: RateCard, order: Order) -> Quote:
    """Return the quote for `order` on `card`: every line with calculation, reason and source.

    A line whose rate is not published has no amount: the caller decides whether to
    refuse it or to say "at least". Raises KeyError for a charge that is not on the card.
    """
    from aloware_cli.pricing.notes import notes_on

    quote = price_lines(card, order)
    return quote._replace(notes=notes_on(quote, card))


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
    )
    if order.carriers is not None:
        from aloware_cli.pricing.credits import carrier_fees_on

        fees = carrier_fees_on(quote.lines, card.carriers, order.carriers)
        quote = quote._replace(carrier_fees=fees)
    if order.start is None and order.credits is None:
        return quote
    from aloware_cli.domain.invoices import with_invoice_and_credits

    return with_invoice_and_credits(quote)


def prorate(quote: Quote, on: str) -> "Proration":
    """Return what the subscription of `quote`, a monthly one, costs if it is added `on` a date.

    Adding an agent or a number is billed like joining (source: invoices), so this is the first
    invoice of the addition. `on` is `YYYY-MM-DD`. Every rate must be known.
    """
    from aloware_cli.domain.invoices import first_invoice
    from aloware_cli.domain.results import Proration
    from aloware_cli.pricing.notes import covers, notes_on_rates

    subscription = quote.lines_of("subscription")
    invoice = first_invoice(subscription, on)
    period = (
        f"The amount due now {covers(invoice)} The next invoice, on "
        f"{format_date(invoice.next_date)}, includes {format_usd(invoice.next_amount)} for it."
    )
    term = (
        "This is for a monthly term. Aloware does not publish how it prorates quarterly and annual "
        "terms."
    )
    notes = (Note("assumption", period), Note("assumption", term), *notes_on_rates([quote]))
    return Proration(quote.card, quote.currency, subscription, invoice, notes)


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


def rate_of(charge: Charge, card: RateCard, order: Order) -> Rate:
    """Return the rate of `charge` on the order's term, with its discount.

    A supplied rate replaces the one on the card. Included and unpublished rates and pass-through
    fees take no discount.
    """
    key = charge.priced_as
    rate = order.supplied.get(key) or card.rates[key, order.term]
    discount = order.discounts.get(key, order.discounts.get(ALL))
    takes_none = charge.pass_through or rate.status in {"included", "unpublished"}
    return rate if discount is None or takes_none else rate._replace(discount=discount)


class Units(NamedTuple):
    """The units of a charge that a line counts, among all on the bill."""

    before: int  #: Units that other lines count before these
    quantity: int
    total: int


def lines_for(card: RateCard, order: Order) -> tuple[Line, ...]:
    """Return the lines of `order` on `card`, in the card's order, then its custom lines.

    A quantity of 0 gives no line. A charge whose rate is not published has a line without an
    amount. The licenses that a commitment adds have a line of their own.
    """
    licenses = max(order.quantities.get(LICENSE, 0), order.min_agents or 0)
    lines: list[Line] = []
    for key, charge in card.charges.items():
        quantity = order.quantities.get(key, 0)
        total = licenses if key == LICENSE else quantity
        if not total:
            continue
        rate = rate_of(charge, card, order)
        if quantity:
            lines.append(_line(charge, Units(0, quantity, total), rate, licenses))
        if unused := total - quantity:
            terms = (term.citation for term in card.terms if COMMITMENT in term.unless)
            if rate.status == "published":
                rate = rate._replace(citation=next(terms, rate.citation))
            units = Units(quantity, unused, total)
            lines.append(_line(_commitment(charge, unused, total), units, rate, licenses))
    lines += (_line(charge, Units(0, 1, 1), rate, 0) for charge, rate in order.custom)
    return tuple(lines)


def _commitment(license_charge: Charge, unused: int, minimum: int) -> Charge:
    """Return the charge for licenses up to the minimum of a contract (source: billing-guide)."""
    licenses = f"{unused:,} unused {'license' if unused == 1 else 'licenses'}"
    return license_charge._replace(
        key=COMMITMENT,
        label=f"Unused committed licenses (minimum {minimum:,})",
        unit="license",
        units="licenses",
        reason=f"{licenses}, billed to reach the contract minimum of {minimum:,}.",
    )


def _line(charge: Charge, units: Units, rate: Rate, licenses: int) -> Line:
    """Return the line for `units`, less those that the `licenses` include, in one pool."""
    free = min(units.quantity, licenses * rate.allowance)
    parts = _parts(rate, Units(units.before, units.quantity - free, units.total - free))
    earlier = _parts(rate, Units(0, units.before, units.total))
    return Line(
        charge=charge,
        quantity=units.quantity,
        rate=rate,
        working=_working(units.quantity, free, rate, parts),
        reason=" ".join(_reasons(charge, rate)),
        parts=parts,
        allowance=free,
        before=sum((part.quantity * part.price for part in earlier), ZERO),
    )


def _parts(rate: Rate, units: Units) -> tuple[Part, ...]:
    if rate.model:
        return parts_of(rate.model, units)
    return () if rate.price is None else (Part(units.quantity, rate.price),)


def parts_of(model: Model, units: Units) -> tuple[Part, ...]:
    """Return the parts of `units` under `model`; at least one, with a quantity of 0 for nothing."""
    before, quantity, total = units
    first, last = model.tiers[0].price, before + quantity
    parts: list[Part] = []
    match model.name:
        case "flat":  # the first units of a charge bear the one price
            parts = [Part(1, first)] if quantity and not before else []
        case "package":  # blocks that are begun, and that no units before have begun
            parts = [Part(-(-last // model.block) - -(-before // model.block), first)]
        case "volume":
            reached = (tier.price for tier in model.tiers if total <= (tier.up_to or total))
            parts = [Part(quantity, next(reached))]
        case "graduated":
            start = before
            for tier in model.tiers:
                end = min(last, tier.up_to or last)
                if end > start:
                    parts.append(Part(end - start, tier.price))
                    start = end
    return tuple(parts) or (Part(0, first),)


def _working(quantity: int, free: int, rate: Rate, parts: tuple[Part, ...]) -> str:
    """Write how the amount is calculated: `12 x 63.00 (-10%)`, `500: 2 x 15.00 for 250`."""
    if rate.status == "included":
        return f"{quantity:,} included"
    if not parts:
        return f"{quantity:,} x n/p"
    marks = ["supplied"] if rate.status == "supplied" else []
    marks += [] if rate.discount is None else [f"-{rate.discount:f}%"]
    mark = f" ({', '.join(marks)})" if marks else ""
    block = f" for {rate.model.block:,}" if rate.model and rate.model.name == "package" else ""
    products = " + ".join(
        f"{part.quantity:,} x {format_display(rate.apply_discount(part.price))}{block}"
        for part in parts
    )
    if not free and len(parts) == 1 and parts[0].quantity == quantity:
        return f"{products}{mark}"
    less = f" - {free:,} included" if free else ""
    return f"{quantity:,}{less}: {products}{mark}"


def _reasons(charge: Charge, rate: Rate) -> Iterator[str]:
    """Yield why it is billed or included, and what its price depends on, a sentence each."""
    yield charge.reason
    if rate.status in _ON_THE_PRICE:
        yield _ON_THE_PRICE[rate.status]
    if rate.model:
        yield _ON_THE_MODEL[rate.model.name].format(block=rate.model.block, units=charge.units)
    if rate.allowance:
        yield f"Each license includes {charge.counted(rate.allowance)}, in one pool."
