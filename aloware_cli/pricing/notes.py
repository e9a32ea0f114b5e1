"""Notes: what a reader needs to know besides the figures of a quote, and the terms that apply."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aloware_cli.domain.cards import PRICED, Rate, RateCard
from aloware_cli.domain.charges import COMMITMENT, ContractTerm
from aloware_cli.domain.money import ZERO, format_usd
from aloware_cli.domain.periods import TERMS, format_date, format_days
from aloware_cli.domain.quotes import Line, Note, Quote, lacks_a_rate, total_of
from aloware_cli.pricing.price import lines_for

if TYPE_CHECKING:
    from aloware_cli.domain.invoices import FirstInvoice

#: What an invoice of each longer term covers, and how many months that is.
_INVOICES: Final = {"quarterly": ("quarter", 3), "annual": ("year", 12)}


def notes_on(quote: Quote, card: RateCard) -> tuple[Note, ...]:
    """Return the notes on `quote`, each once, the most general first."""
    notes = [
        *_on_unpublished_rates(quote),
        *_on_calls_and_periods(quote),
        *_on_the_first_invoice(quote),
        *_on_carrier_fees(quote, card),
        *_on_discounts(quote),
        *_on_credits(quote),
        *_on_rates(quote),
        *_on_terms(quote, card),
        *_on_other_prices(quote, card),
        *_on_the_billing_term(quote, card),
    ]
    return tuple(dict.fromkeys(notes))


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
    return named_notes(notes, len(quotes))


def notes_on_rates(quotes: Sequence[Quote]) -> tuple[Note, ...]:
    """Return the notes on the rates behind `quotes`, which hold for any quantities."""
    notes = ((quote.plan, note) for quote in quotes for note in _on_rates(quote))
    return named_notes(notes, len(quotes))


def named_notes(notes: Iterable[tuple[str, Note]], quotes: int) -> tuple[Note, ...]:
    """Return each of `notes` once, after the names of its quotes unless it is on all `quotes`."""
    names_of: dict[Note, list[str]] = {}
    for name, note in notes:
        names_of.setdefault(note, []).append(name)
    return tuple(
        note if len(names) == quotes else note._replace(text=f"{', '.join(names)}: {note.text}")
        for note, names in names_of.items()
    )


def covers(invoice: "FirstInvoice") -> str:
    """Return which days `invoice` covers and how its amounts are calculated."""
    days = f"{format_days(invoice.start, invoice.period_end)}, {invoice.start[:4]}"
    if invoice.days == invoice.days_in_month:
        return f"covers {days}, a whole month."
    return (
        f"covers {days} ({invoice.days} of {invoice.days_in_month} days). Each unit price is "
        "prorated, rounded to cents and multiplied by the quantity."
    )


def terms_on(card: RateCard) -> Iterator[ContractTerm]:
    """Yield the terms of the plan of `card`, with the prices of what they cause in their text."""
    for term in card.terms:
        if not term.plans or card.plan in term.plans:
            costs = ", ".join(_costs(term, card))
            yield term._replace(text=f"{term.text}: {costs}.") if costs else term


def _costs(term: ContractTerm, card: RateCard) -> Iterator[str]:
    """Yield what one unit of each charge that `term` causes costs: once, then a month."""
    found: dict[str, list[Rate]] = {}
    for key in sorted(term.costs, key=lambda key: not card.charges[key].one_time):
        charge = card.charges[key]
        when = "a month" if charge.category == "subscription" else f"per {charge.unit}"
        rates = found.setdefault("once" if charge.one_time else when, [])
        rates.append(card.rates[key, "monthly"])
    for when, rates in found.items():
        prices = [rate.price for rate in rates if rate.price is not None]
        is_known = len(prices) == len(rates)
        yield f"{format_usd(sum(prices, ZERO)) if is_known else 'no published price'} {when}"


def _on_unpublished_rates(quote: Quote) -> Iterator[Note]:
    if quote.unpriced:
        yield Note("exclusion", f"{_labels(quote.unpriced)}, because no price is published.")


def _on_calls_and_periods(quote: Quote) -> Iterator[Note]:
    if volume := quote.order.call_volume:
        text = (
            f"{volume.calls:,} calls of {volume.length} seconds, billed in steps of "
            f"{volume.increment} seconds, are {volume.minutes:,} minutes."
        )
        yield Note("assumption", text)
        yield Note("assumption", "Aloware does not publish its step.", "internal")
    if quote.lines:
        is_monthly = quote.term == "monthly"
        price = "monthly price" if is_monthly else f"license price of the {quote.term} term"
        yield Note("assumption", f"Quarterly and annual are 3 and 12 months at the {price}.")
        if is_monthly:
            text = "Aloware says that longer terms may cost less, but publishes no price for them."
            yield Note("assumption", text, "internal")


def _on_the_first_invoice(quote: Quote) -> Iterator[Note]:
    """Yield which days it covers, or why there is none (source: invoices)."""
    if invoice := quote.first_invoice:
        least = "at least " if quote.invoices_at_least else ""
        text = (
            f"The first invoice {covers(invoice)} The next invoice, on "
            f"{format_date(invoice.next_date)}, is {least}{format_usd(invoice.next_amount)}."
        )
        # The document for a customer has all of this in its tables.
        yield Note("assumption", text, "internal")
        text = "Usage is deducted from prepaid credits and is not on this invoice."
        yield Note("assumption", text, "internal")
        if custom := quote.lines_of("custom"):
            yield Note("assumption", f"Custom lines are not on this invoice: {_labels(custom)}.")
    elif quote.order.start:
        text = "A first invoice, because Aloware does not publish how it prorates quarterly and "
        yield Note("exclusion", f"{text}annual terms.")


def _on_carrier_fees(quote: Quote, card: RateCard) -> Iterator[Note]:
    if any(line.charge.traffic and line.charge.traffic.medium == "text" for line in quote.lines):
        from aloware_cli.pricing.credits import notes_on_carrier_fees

        yield from notes_on_carrier_fees(quote, card.carriers)


def _on_discounts(quote: Quote) -> Iterator[Note]:
    labels: dict[Decimal, list[str]] = {}
    for line in quote.all_lines:
        if line.rate.discount:
            labels.setdefault(line.rate.discount, []).append(line.charge.label)
    for percent, discounted in labels.items():
        text = f"{percent:f}% discount applied to: {', '.join(discounted)}."
        yield Note("assumption", text, "internal")  # a document names it beside each charge


def _on_credits(quote: Quote) -> Iterator[Note]:
    if quote.credits:
        from aloware_cli.pricing.credits import notes_on_credits

        yield from notes_on_credits(quote.credits, [quote])


def _on_rates(quote: Quote) -> Iterator[Note]:
    """Yield what to know of the rates, for any quantities."""
    for line in quote.all_lines:
        if line.rate.status == "supplied" and line.rate.price is not None:
            text = (
                f"{line.charge.label}: {format_usd(line.rate.price)} was supplied for this quote."
            )
            yield Note("source", f"{text} It is not a published price.")
    for line in quote.all_lines:
        source = line.rate.citation.source
        if source.dated:
            yield Note("source", f'The page "{source.title}" shows prices as of {source.dated}.')
        if line.charge.caution:
            yield Note("caution", line.charge.caution)
    if quote.card.effective_from:
        day = format_date(quote.card.effective_from)
        text = f"Priced with the {quote.plan} rate card in force from {day}."
        yield Note("source", text, "internal")


def _on_terms(quote: Quote, card: RateCard) -> Iterator[Note]:
    settled = {line.charge.key for line in quote.all_lines}
    settled |= {COMMITMENT} if quote.order.min_agents else set()
    charges = {line.charge.priced_as for line in quote.all_lines}
    for term in terms_on(card):
        is_concerned = not term.charges or not charges.isdisjoint(term.charges)
        if is_concerned and settled.isdisjoint(term.unless):
            yield Note(term.kind, term.text, term.audience, term.option)


def _on_other_prices(quote: Quote, card: RateCard) -> Iterator[Note]:
    """Yield which prices are those of another term, negotiated, or about to end."""
    one_price = [
        line
        for line in quote.lines_of("subscription")
        if line.status in PRICED and not line.charge.per_term
        if len({card.rates[line.charge.priced_as, term] for term in TERMS}) == 1
    ]
    if one_price and quote.term != "monthly":
        text = f"{_labels(one_price)}: at the monthly price, because no {quote.term} one is known."
        yield Note("assumption", text)
    negotiated = [line for line in quote.all_lines if line.status == "negotiated"]
    for source in dict.fromkeys(line.rate.citation.source for line in negotiated):
        labels = _labels([line for line in negotiated if line.rate.citation.source == source])
        yield Note("source", f'{labels}: negotiated, from "{source.title}", and not published.')
    if card.effective_to:
        yield Note("caution", f"Prices of this quote end on {format_date(card.effective_to)}.")


def _on_the_billing_term(quote: Quote, card: RateCard) -> Iterator[Note]:
    """Yield what each invoice of a longer term bills, and the saving over a monthly term.

    Yields nothing if a price of the subscription is unknown. Source: billing-guide, a
    subscription renews on its term.
    """
    month = _month_of(quote.lines)
    if quote.term == "monthly" or not month:
        return
    period, months = _INVOICES[quote.term]
    text = f"The subscription is billed once a {period}: {format_usd(months * month)}."
    on_a_monthly_term = _month_of(lines_for(card, quote.order._replace(term="monthly")))
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


def _labels(lines: Sequence[Line]) -> str:
    return ", ".join(line.charge.label for line in lines)
