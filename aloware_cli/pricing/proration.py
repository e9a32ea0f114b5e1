"""Proration: what a month that has begun still costs."""

import calendar
import datetime

from aloware_cli.domain.invoice import FirstInvoice, ProratedLine
from aloware_cli.domain.quote import Line, total_of


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
                unit_price=line.rate.less_discount(part.price),
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
