"""Notes: what a reader of a quote must know beside its figures."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import Carrier, RateCard
from aloware_cli.domain.money import ZERO, format_display
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import (
    FEES_ON_TOP,
    FEES_OUTSIDE,
    NO_FIRST_INVOICE,
    NOT_PUBLISHED,
    Line,
    Quote,
    lacks_a_rate,
    total_of,
)
from aloware_cli.pricing.carrier_fees import fee_band
from aloware_cli.pricing.lines import lines_for

#: What an invoice of each longer term covers, and how many months that is.
INVOICES: Final = {"quarterly": ("quarter", 3), "annual": ("year", 12)}


def notes_on_the_term(quote: Quote, card: RateCard, order: Order) -> Iterator[str]:
    """Yield what is billed at once on the longer term of `quote`, and how much less that is.

    Nothing is said where a price of the subscription is not known (source:
    billing-guide: a subscription renews on its term).
    """
    period, months = INVOICES[order.term]
    month = _month_of(quote.lines)
    if not month:
        return
    billed = f"The subscription is billed once a {period}: {format_display(months * month)}"
    on_a_monthly_term = _month_of(lines_for(card, order._replace(term="monthly")))
    saved = ZERO if on_a_monthly_term is None else months * (on_a_monthly_term - month)
    if saved > 0:
        yield f"{billed}, which is {format_display(saved)} less than on a monthly term."
    elif saved < 0:
        yield f"{billed}, which is {format_display(-saved)} more than on a monthly term."
    else:
        yield f"{billed}."


def _month_of(lines: Iterable[Line]) -> Decimal | None:
    """Return what a month of the subscription among `lines` costs; None where it is not known."""
    subscription = [
        line
        for line in lines
        if line.charge.category == "subscription" and not line.charge.one_time
    ]
    return None if lacks_a_rate(subscription) else total_of(subscription)


def notes_on(quote: Quote, carriers: tuple[Carrier, ...], start: str | None) -> tuple[str, ...]:
    """Return one short sentence for each thing to know, the most general first."""
    notes = [
        *_on_what_is_missing(quote),
        *_on_periods(quote),
        *_on_the_first_invoice(quote, start),
        *_on_carrier_fees(quote, carriers),
        *_on_discounts(quote),
        *_on_credits(quote, carriers),
        *_on_supplied_prices(quote),
        *_on_single_charges(quote),
        *_on_the_card(quote),
    ]
    return tuple(dict.fromkeys(notes))


def notes_on_several(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return what to know beside quotes of several plans; what holds for some names them.

    What is missing is left out: whoever sets plans side by side says it plan by plan.
    """
    notes = (
        (quote.plan, note)
        for quote in quotes
        for note in quote.notes
        if note not in set(_on_what_is_missing(quote))
    )
    return _named(notes, len(quotes))


def notes_on_rates(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Return what to know of the rates behind `quotes`, whatever the quantities."""
    notes = (
        (quote.plan, note)
        for quote in quotes
        for note in (*_on_supplied_prices(quote), *_on_single_charges(quote), *_on_the_card(quote))
    )
    return _named(notes, len(quotes))


def _named(notes: Iterable[tuple[str, str]], plans: int) -> tuple[str, ...]:
    """Return each of `notes` once, after the plans it holds for unless it holds for all."""
    plans_of: dict[str, list[str]] = {}
    for plan, note in notes:
        plans_of.setdefault(note, []).append(plan)
    return tuple(
        note if len(names) == plans else f"{', '.join(names)}: {note}"
        for note, names in plans_of.items()
    )


def _on_what_is_missing(quote: Quote) -> Iterator[str]:
    labels = [line.charge.label for line in quote.unpriced]
    if labels:
        yield f"{NOT_PUBLISHED}: {', '.join(labels)}."


def _on_periods(quote: Quote) -> Iterator[str]:
    if not quote.lines:
        return
    multiples = "A quarter is 3 times and a year 12 times the month"
    if quote.term == "monthly":
        yield (
            f"{multiples}. The vendor says that quarterly or annual billing "
            "may cost less, but publishes no figure."
        )
    else:
        yield f"{multiples}, at the license price of the {quote.term} term."


def _on_the_first_invoice(quote: Quote, start: str | None) -> Iterator[str]:
    """Say which days it covers, or why there is none (source: invoices)."""
    invoice = quote.first_invoice
    least = "at least " if quote.invoices_at_least else ""
    if invoice:
        from aloware_cli.pricing.proration import covers

        yield (
            f"The first invoice {covers(invoice)} The next, on {invoice.next_date}, is "
            f"{least}{format_display(invoice.next_amount)}. "
            "Usage is drawn from credits and not invoiced here."
        )
    elif start:
        yield f"{NO_FIRST_INVOICE}: how a quarterly or annual term is prorated is not published."


def _on_carrier_fees(quote: Quote, carriers: tuple[Carrier, ...]) -> Iterator[str]:
    """Say what carriers add, whether their fees stand on the quote or not."""
    fees = quote.carrier_fees or fee_band(quote.lines, carriers)
    if not fees or not fees.segments:
        return
    per_segment = _range(fees.low_fee, fees.high_fee)
    if quote.carrier_fees:
        yield (f"{FEES_OUTSIDE}: {fees.segments:,} segments at {per_segment} ({fees.basis}).")
    else:
        month = _range(fees.low.monthly, fees.high.monthly)
        yield (f"{FEES_ON_TOP}: about {month} a month, at {per_segment} a segment ({fees.basis}).")


def _on_credits(quote: Quote, carriers: tuple[Carrier, ...]) -> Iterator[str]:
    """Say how long a prepaid balance lasts, where one was given."""
    if quote.credits:
        from aloware_cli.pricing.credits import notes_on_credits

        fees = quote.carrier_fees or fee_band(quote.lines, carriers)
        yield from notes_on_credits(quote.credits, fees, drawn=quote.carrier_fees is not None)


def _range(low: Decimal, high: Decimal) -> str:
    return (
        format_display(low) if low == high else f"{format_display(low)} to {format_display(high)}"
    )


def _on_discounts(quote: Quote) -> Iterator[str]:
    labels: dict[Decimal, list[str]] = {}
    for line in quote.all_lines:
        if line.rate.discount:
            labels.setdefault(line.rate.discount, []).append(line.charge.label)
    for percent, discounted in labels.items():
        yield f"After a discount of {percent:f}%: {', '.join(discounted)}."


def _on_supplied_prices(quote: Quote) -> Iterator[str]:
    for line in quote.all_lines:
        if line.rate.status == "supplied" and line.rate.price is not None:
            yield (
                f"{line.charge.label}: {format_display(line.rate.price)} is a price supplied "
                "for this quote, not one the vendor publishes."
            )


def _on_single_charges(quote: Quote) -> Iterator[str]:
    for line in quote.all_lines:
        source = line.rate.citation.source
        if source.dated:
            yield f'The page "{source.title}" gives its figures as of {source.dated}.'
        if line.charge.caution:
            yield line.charge.caution


def _on_the_card(quote: Quote) -> Iterator[str]:
    if quote.card.effective_from:
        yield f"Priced from the {quote.plan} card in force from {quote.card.effective_from}."
