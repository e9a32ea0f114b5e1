"""Additions: what joins a running subscription within a month."""

from aloware_cli.domain.invoice import FirstInvoice
from aloware_cli.domain.money import grouped
from aloware_cli.domain.proration import Proration
from aloware_cli.domain.quote import Quote
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.proration import covers, first_invoice


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
        f"holds {grouped(invoice.next_amount)} for it."
    )
