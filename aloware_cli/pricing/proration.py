"""Proration: the cost of the rest of a month."""

import calendar
import datetime

from aloware_cli.domain.invoices import FirstInvoice, Proration, prorate_lines
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.periods import format_date, format_days
from aloware_cli.domain.quotes import Line, Note, Quote, total_of
from aloware_cli.pricing.notes import notes_on_rates


def first_invoice(subscription: tuple[Line, ...], start: str) -> FirstInvoice:
    """Return the first invoice of the `subscription` lines of a monthly term.

    Subscriptions renew on the 1st of the month. The days that remain are charged, with the start
    day, over the actual days of the month (source: invoices). A line whose rate is not published
    is left out.
    """
    first = datetime.date.fromisoformat(start)
    days_in_month = calendar.monthrange(first.year, first.month)[1]
    last = first.replace(day=days_in_month)
    days = days_in_month - first.day + 1
    priced = (
        (line.charge, line.rate.apply_discount(part.price), part.quantity)
        for line in subscription
        for part in line.parts
    )
    return FirstInvoice(
        start=start,
        period_end=last.isoformat(),
        days=days,
        days_in_month=days_in_month,
        lines=prorate_lines(priced, days, days_in_month),
        next_date=(last + datetime.timedelta(days=1)).isoformat(),
        next_amount=total_of(subscription),
    )


def covers(invoice: FirstInvoice) -> str:
    """Return which days `invoice` covers and how its amounts are calculated."""
    days = f"{format_days(invoice.start, invoice.period_end)}, {invoice.start[:4]}"
    if invoice.days == invoice.days_in_month:
        return f"covers {days}, a whole month."
    return (
        f"covers {days} ({invoice.days} of {invoice.days_in_month} days). Each unit price is "
        "prorated, rounded to cents and multiplied by the quantity."
    )


def prorate(quote: Quote, on: str) -> Proration:
    """Return what the subscription of `quote`, a monthly one, costs if it is added `on` a date.

    Adding an agent or a number is billed like joining (source: invoices), so this is the first
    invoice of the addition. `on` is `YYYY-MM-DD`. Every rate must be known.
    """
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
