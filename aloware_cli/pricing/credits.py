"""Credits: how long a prepaid balance lasts, and what is known of loading it (source: credits)."""

from collections.abc import Iterator
from decimal import Decimal

from aloware_cli.domain.money import ZERO, format_display
from aloware_cli.domain.quotes import DAYS_PER_MONTH, CarrierFees, Credits, Quote, lacks_a_rate

_ON_FEES_LEFT_OUT = "Carrier fees are drawn from credits the next day; they are not counted here."


def draw_down(quote: Quote, balance: Decimal, start: str | None) -> Credits:
    """Return how long `balance`, in USD, lasts when the usage of `quote` is drawn from it evenly.

    Carrier fees are drawn too where the quote has them. With `start`, `YYYY-MM-DD`, the
    day on which nothing is left is given.
    """
    at_most = lacks_a_rate(quote.lines_of("usage"))
    return Credits(
        balance=balance,
        monthly_usage=quote.subtotal("usage").monthly,
        carrier_fees=_monthly_fees(quote.carrier_fees, at_most=at_most),
        at_most=at_most,
        start=start,
    )


def _monthly_fees(fees: CarrierFees | None, *, at_most: bool) -> Decimal:
    """Return the most that carrier fees draw; the least where the days are `at_most` so many."""
    if fees is None:
        return ZERO
    return fees.low.monthly if at_most else fees.high.monthly


def notes_on_credits(credits: Credits, fees: CarrierFees | None, *, drawn: bool) -> Iterator[str]:
    """Yield what to know of `credits`; carrier `fees` are `drawn` from them or not asked for."""
    yield _on_the_days(credits)
    if fees and fees.segments:
        yield _on_fees_drawn(credits, fees) if drawn else _ON_FEES_LEFT_OUT
    yield "Auto-recharge exists; its threshold and amount are not published: none is assumed."
    yield "Only some accounts may go below zero; that is then billed at the end of the month."


def _on_the_days(credits: Credits) -> str:
    """Say how long the balance lasts, or why that is not said."""
    balance = format_display(credits.balance)
    if credits.days is None:
        if credits.at_most:
            return f"How long {balance} lasts is not known: a usage rate is not published."
        return f"Nothing is drawn from the prepaid {balance}."
    most = "at most " if credits.at_most else ""
    days = f"{credits.days:,} whole {'day' if credits.days == 1 else 'days'}"
    drawn = f"{format_display(credits.to_load)} a month, drawn evenly over {DAYS_PER_MONTH} days"
    until = f" It reaches zero {'by' if most else 'on'} {credits.until}." if credits.until else ""
    return f"The prepaid {balance} lasts {most}{days} at {drawn}.{until}"


def _on_fees_drawn(credits: Credits, fees: CarrierFees) -> str:
    band = "at least " if credits.at_most else "up to "
    month = f"{'' if fees.low == fees.high else band}{format_display(credits.carrier_fees)} a month"
    return f"Carrier fees, {month}, are counted; they are drawn from credits the next day."
