"""Proration: the cost of the rest of a month."""

from aloware_cli.domain.invoices import FirstInvoice, Proration, first_invoice
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.periods import format_date, format_days
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.pricing.notes import notes_on_rates


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
