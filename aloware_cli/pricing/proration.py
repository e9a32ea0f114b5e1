"""Proration: what a month that has begun still costs."""

import calendar
import datetime

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import FirstInvoice, Line, ProratedLine, Proration, Quote, total_of
from aloware_cli.pricing.notes import notes_on_rates


def first_invoice(subscription: tuple[Line, ...], start: str) -> FirstInvoice:
    """Return the first invoice of the `subscription` lines of a monthly term.

    Subscriptions renew on the 1st of the month. The days that remain are
    charged, the start day counted, over the actual days of the month (source:
    invoices). A line whose rate is not published is left out.
    """
    first = datetime.date.fromisoformat(start)
    days_in_month = calendar.monthrange(first.year, first.month)[1]
    last = first.replace(day=days_in_month)
    days = days_in_month - first.day + 1
    return FirstInvoice(
        start=start,
        period_end=last.isoformat(),
        days=days,
        days_in_month=days_in_month,
        lines=tuple(
            ProratedLine(
                charge=line.charge,
                unit_price=line.rate.apply_discount(part.price),
                quantity=part.quantity,
                days=days,
                days_in_month=days_in_month,
            )
            for line in subscription
            for part in line.parts
        ),
        next_date=(last + datetime.timedelta(days=1)).isoformat(),
        next_amount=total_of(subscription),
    )


def covers(invoice: FirstInvoice) -> str:
    """Say which days `invoice` covers, and how that makes its amounts."""
    return (
        f"covers {invoice.start} to {invoice.period_end}, "
        f"{invoice.days} of {invoice.days_in_month} days; "
        "each unit price is prorated and rounded, then multiplied."
    )


def prorate(quote: Quote, on: str) -> Proration:
    """Return what the subscription of `quote`, a monthly one, costs when it is added on a day.

    Adding an agent or a number is billed as joining is (source: invoices), so this
    is the first invoice of what is added. `on` is `YYYY-MM-DD`; amounts are USD.
    Every rate must be known.
    """
    subscription = quote.lines_of("subscription")
    invoice = first_invoice(subscription, on)
    notes = (
        _on_the_period(invoice),
        "This is for a monthly term: how a quarterly or annual term is prorated is not published.",
        *notes_on_rates([quote]),
    )
    return Proration(quote.card, quote.currency, subscription, invoice, notes)


def _on_the_period(invoice: FirstInvoice) -> str:
    """Say which days are due now, and from when the whole month is."""
    return (
        f"What is due now {covers(invoice)} The next invoice, on {invoice.next_date}, "
        f"holds {format_display(invoice.next_amount)} for it."
    )
