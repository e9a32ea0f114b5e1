"""Terms: what an invoice of a quarterly or annual term holds, and what the term saves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from aloware_cli.domain.card import RateCard
from aloware_cli.domain.money import ZERO, grouped
from aloware_cli.domain.order import Order
from aloware_cli.domain.quote import Line, Quote, lacks_a_rate, total_of
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
    billed = f"The subscription is billed once a {period}: {grouped(months * month)}"
    on_a_monthly_term = _month_of(lines_for(card, order._replace(term="monthly")))
    saved = ZERO if on_a_monthly_term is None else months * (on_a_monthly_term - month)
    if saved > 0:
        yield f"{billed}, which is {grouped(saved)} less than on a monthly term."
    elif saved < 0:
        yield f"{billed}, which is {grouped(-saved)} more than on a monthly term."
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
