"""Credits: how long a prepaid balance lasts, and what is known of loading it (source: credits)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.invoices import (
    BOUND_DATES,
    BOUND_DAYS,
    DAYS_PER_MONTH,
    Bound,
    CarrierFees,
    Credits,
    InboundFees,
)
from aloware_cli.domain.money import ZERO, format_usd
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Note, Quote, lacks_a_rate, total_of
from aloware_cli.pricing.carrier_fees import count_texts


def draw_down(quotes: Sequence[Quote], balance: Decimal, start: str | None) -> Credits:
    """Return how long `balance`, in USD, lasts if the usage of `quotes` is deducted evenly.

    One-time fees are deducted first: they are usage charges (source: billing-guide). Carrier fees
    are deducted too if a quote lists them. With `start`, `YYYY-MM-DD`, the result has a date.
    """
    fees = [quote.carrier_fees for quote in quotes if quote.carrier_fees]
    inbound = [each.inbound for each in fees if each.inbound]
    both: list[CarrierFees | InboundFees] = [*fees, *inbound]
    used = [line for quote in quotes for line in (*quote.lines_of("usage"), *quote.one_time)]
    bound: Bound = "exact"
    if lacks_a_rate(used) or any(each.high is None for each in inbound):
        bound = "at_most"
    elif any(each.low != each.high for each in both):
        bound = "at_least"
    monthly_fees = [each.low if bound == "at_most" else each.high for each in both]
    return Credits(
        balance=balance,
        one_time=sum((total_of(quote.one_time_fees) for quote in quotes), ZERO),
        monthly_usage=sum((quote.subtotal("usage").monthly for quote in quotes), ZERO),
        carrier_fees=sum((each.monthly for each in monthly_fees if each), ZERO),
        bound=bound,
        start=start,
    )


def notes_on_credits(credits: Credits, quotes: Sequence[Quote]) -> Iterator[Note]:
    """Yield what to know of `credits`, from which the usage of `quotes` is deducted."""
    has_texts = any(count_texts(quote.lines, "outbound") for quote in quotes)
    yield Note("assumption", _on_the_days(credits))
    if has_texts and any(quote.carrier_fees for quote in quotes):
        least = {"exact": "", "at_least": "up to ", "at_most": "at least "}[credits.bound]
        text = (
            f"This includes carrier fees of {least}{format_usd(credits.carrier_fees)} a month, "
            "which are deducted from credits the next day."
        )
        yield Note("assumption", text)
    elif has_texts:
        text = "Carrier fees, deducted from credits the next day, are not included in this."
        yield Note("assumption", text)
    yield Note(
        "assumption",
        "No auto-recharge is assumed. It exists, but Aloware does not publish its threshold or "
        "amount.",
        "internal",
    )
    yield Note(
        "caution",
        "Only some accounts may have a negative balance. It is billed at the end of the month.",
        "internal",
    )


def _on_the_days(credits: Credits) -> str:
    """Return how long the balance lasts, or why that is not known."""
    balance = f"prepaid balance of {format_usd(credits.balance)}"
    if not credits.one_time:
        return _on_the_usage(credits, balance)
    first = f"One-time fees of {format_usd(credits.one_time)} are deducted first."
    if missing := max(credits.one_time - credits.balance, ZERO):
        return f"{first} The {balance} is {format_usd(missing)} less than these fees."
    return f"{first} {_on_the_usage(credits, f'remaining {format_usd(credits.remaining)}')}"


def _on_the_usage(credits: Credits, rest: str) -> str:
    """Return how long `rest`, what usage is deducted from, lasts."""
    if credits.days is None:
        if credits.bound == "at_most":
            return f"How long the {rest} lasts is unknown, because a price is not published."
        return f"No usage is deducted from the {rest}."
    days = f"{credits.days:,} full {'day' if credits.days == 1 else 'days'}"
    month = f"{format_usd(credits.monthly_top_up)} a month"
    text = f"The {rest} lasts {BOUND_DAYS[credits.bound]}{days} at {month}, deducted evenly over "
    text += f"{DAYS_PER_MONTH} days."
    if credits.until:
        text += f" It reaches zero {BOUND_DATES[credits.bound]} {format_date(credits.until)}."
    return text
