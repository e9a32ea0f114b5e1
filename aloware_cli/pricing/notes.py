"""Notes: what a reader needs to know beside the figures of a quote."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import Carriers, RateCard
from aloware_cli.domain.money import ZERO, format_usd
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Line, Note, Quote, lacks_a_rate, total_of
from aloware_cli.pricing.lines import lines_for

#: What an invoice of each longer term covers, and how many months that is.
INVOICES: Final = {"quarterly": ("quarter", 3), "annual": ("year", 12)}


def notes_on_the_term(quote: Quote, card: RateCard, order: Order) -> Iterator[Note]:
    """Yield what each invoice of a longer term bills, and the saving over a monthly term.

    Yields nothing if a price of the subscription is unknown. Source: billing-guide, a
    subscription renews on its term.
    """
    period, months = INVOICES[order.term]
    month = _month_of(quote.lines)
    if not month:
        return
    text = f"The subscription is billed once a {period}: {format_usd(months * month)}."
    on_a_monthly_term = _month_of(lines_for(card, order._replace(term="monthly")))
    saved = ZERO if on_a_monthly_term is None else months * (on_a_monthly_term - month)
    if saved:
        side = "less" if saved > 0 else "more"
        text += f" This is {format_usd(abs(saved))} {side} than on a monthly term."
    yield Note("assumption", text)


def _month_of(lines: Iterable[Line]) -> Decimal | None:
    """Return a month of the subscription among `lines` (USD); None if a rate is unknown."""
    subscription = [
        line
        for line in lines
        if line.charge.category == "subscription" and not line.charge.one_time
    ]
    return None if lacks_a_rate(subscription) else total_of(subscription)


def notes_on(quote: Quote, carriers: Carriers, start: str | None) -> tuple[Note, ...]:
    """Return the notes on `quote`, each once, the most general first."""
    notes = [
        *_on_unpublished_rates(quote),
        *_on_calls(quote),
        *_on_periods(quote),
        *_on_the_first_invoice(quote, start),
        *_on_carrier_fees(quote, carriers),
        *_on_discounts(quote),
        *_on_credits(quote, carriers),
        *_on_rates(quote),
    ]
    return tuple(dict.fromkeys(notes))


def _on_calls(quote: Quote) -> Iterator[Note]:
    """Yield how calls became minutes."""
    if volume := quote.order.call_volume:
        text = (
            f"{volume.calls:,} calls of {volume.length} seconds, billed in steps of "
            f"{volume.increment} seconds, are {volume.minutes:,} minutes. Aloware does not publish "
            "its step."
        )
        yield Note("assumption", text)


def notes_on_several(quotes: Sequence[Quote]) -> tuple[Note, ...]:
    """Return the notes on quotes of several plans; a note on some of them names the plans.

    Unpublished rates are left out, because a comparison lists them plan by plan.
    """
    notes = (
        (quote.plan, note)
        for quote in quotes
        for note in quote.notes
        if note not in set(_on_unpublished_rates(quote))
    )
    return _named(notes, len(quotes))


def notes_on_rates(quotes: Sequence[Quote]) -> tuple[Note, ...]:
    """Return the notes on the rates behind `quotes`, which hold for any quantities."""
    return _named(
        ((quote.plan, note) for quote in quotes for note in _on_rates(quote)), len(quotes)
    )


def _named(notes: Iterable[tuple[str, Note]], plans: int) -> tuple[Note, ...]:
    """Return each of `notes` once, prefixed with its plans unless it holds for all."""
    plans_of: dict[Note, list[str]] = {}
    for plan, note in notes:
        plans_of.setdefault(note, []).append(plan)
    return tuple(
        note if len(names) == plans else note._replace(text=f"{', '.join(names)}: {note.text}")
        for note, names in plans_of.items()
    )


def _on_unpublished_rates(quote: Quote) -> Iterator[Note]:
    labels = [line.charge.label for line in quote.unpriced]
    if labels:
        yield Note("exclusion", f"{', '.join(labels)}, because no price is published.")


def _on_periods(quote: Quote) -> Iterator[Note]:
    if not quote.lines:
        return
    if quote.term == "monthly":
        text = (
            "Quarterly and annual are 3 and 12 months at the monthly price. Aloware says that "
            "longer terms may cost less, but publishes no price for them."
        )
    else:
        text = (
            "Quarterly and annual are 3 and 12 months at the license price of the "
            f"{quote.term} term."
        )
    yield Note("assumption", text)


def _on_the_first_invoice(quote: Quote, start: str | None) -> Iterator[Note]:
    """Yield which days it covers, or why there is none (source: invoices)."""
    invoice = quote.first_invoice
    least = "at least " if quote.invoices_at_least else ""
    if invoice:
        from aloware_cli.pricing.proration import covers

        text = (
            f"The first invoice {covers(invoice)} The next invoice, on "
            f"{format_date(invoice.next_date)}, is {least}{format_usd(invoice.next_amount)}."
        )
        yield Note("assumption", text)
        text = "Usage is deducted from prepaid credits and is not on this invoice."
        yield Note("assumption", text)
    elif start:
        text = (
            "A first invoice, because Aloware does not publish how it prorates quarterly and "
            "annual terms."
        )
        yield Note("exclusion", text)


def _on_carrier_fees(quote: Quote, carriers: Carriers) -> Iterator[Note]:
    if any(line.charge.traffic and line.charge.traffic.medium == "text" for line in quote.lines):
        from aloware_cli.pricing.carrier_fees import notes_on_carrier_fees

        yield from notes_on_carrier_fees(quote, carriers)


def _on_credits(quote: Quote, carriers: Carriers) -> Iterator[Note]:
    """Yield how long a prepaid balance lasts, if one was given."""
    if quote.credits:
        from aloware_cli.pricing.carrier_fees import fee_band
        from aloware_cli.pricing.credits import notes_on_credits

        fees = quote.carrier_fees or fee_band(quote.lines, carriers)
        yield from notes_on_credits(quote.credits, fees, drawn=quote.carrier_fees is not None)


def _on_discounts(quote: Quote) -> Iterator[Note]:
    labels: dict[Decimal, list[str]] = {}
    for line in quote.all_lines:
        if line.rate.discount:
            labels.setdefault(line.rate.discount, []).append(line.charge.label)
    for percent, discounted in labels.items():
        text = f"{percent:f}% discount applied to: {', '.join(discounted)}."
        yield Note("assumption", text)


def _on_rates(quote: Quote) -> Iterator[Note]:
    """Yield what to know of the rates, whatever the quantities."""
    for line in quote.all_lines:
        if line.rate.status == "supplied" and line.rate.price is not None:
            text = (
                f"{line.charge.label}: {format_usd(line.rate.price)} was supplied for this quote. "
                "It is not a published price."
            )
            yield Note("source", text)
    for line in quote.all_lines:
        source = line.rate.citation.source
        if source.dated:
            text = f'The page "{source.title}" shows prices as of {source.dated}.'
            yield Note("source", text)
        if line.charge.caution:
            yield Note("caution", line.charge.caution)
    if quote.card.effective_from:
        text = (
            f"Priced with the {quote.plan} rate card in force from "
            f"{format_date(quote.card.effective_from)}."
        )
        yield Note("source", text, "internal")
