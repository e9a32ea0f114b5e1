"""Credits: how long a prepaid balance lasts, and the carrier fees that are deducted from it.

Carriers charge for texts of local lines, agent-sent ones too, without markup (source: credits).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import Carrier, Carriers
from aloware_cli.domain.invoices import (
    BOUND_DATES,
    BOUND_DAYS,
    DAYS_PER_MONTH,
    CarrierFees,
    Credits,
    InboundFees,
)
from aloware_cli.domain.money import HUNDRED, ZERO, format_usd
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Line, Note, Quote
from aloware_cli.domain.sources import Citation, Source

#: The country whose carriers the range is over; a mix may name any carrier.
HOME: Final = "US"


def carrier_fees_on(
    lines: Sequence[Line], carriers: Carriers, shares: Mapping[str, Decimal]
) -> CarrierFees | None:
    """Return the fees for carriers with these `shares` of the recipients, in percent.

    Without shares, it is the range that the vendor states, or else that of US carriers, because
    the carrier of a recipient is not known in advance. None without both.
    """
    if shares:
        return _fees_of_mix(lines, carriers, shares)
    domestic = [carrier for carrier in carriers.listed if carrier.country == HOME]
    fees = [carrier.per_segment for carrier in domestic]
    inbound = max((each.per_segment for each in domestic if each.charges_inbound), default=None)
    known = (inbound if all(each.charges_inbound for each in domestic) else None, inbound)
    if carriers.band:
        table = f"; by carrier {_range(min(fees), max(fees))}" if fees else ""
        band, basis = carriers.band[:2], f"{HOME} average{table}"
        return _fees(lines, domestic, basis, band, known, carriers.band.citation)
    if fees:
        return _fees(lines, domestic, f"{HOME} carriers", (min(fees), max(fees)), known)
    return None


def _fees_of_mix(
    lines: Sequence[Line], carriers: Carriers, shares: Mapping[str, Decimal]
) -> CarrierFees:
    mix = [carrier for carrier in carriers.listed if carrier.key in shares]
    charging = [carrier for carrier in mix if carrier.charges_inbound]
    names = ", ".join(f"{carrier.name} {shares[carrier.key]:f}%" for carrier in mix)
    fee, inbound = (
        sum((shares[carrier.key] * carrier.per_segment for carrier in some), ZERO) / HUNDRED
        for some in (mix, charging)
    )
    known = (inbound if charging else None, inbound if charging == mix else None)
    return _fees(lines, mix, names, (fee, fee), known)


def _fees(
    lines: Sequence[Line],
    carriers: Sequence[Carrier],
    basis: str,
    outbound: tuple[Decimal, Decimal],
    inbound: tuple[Decimal | None, Decimal | None],
    *cited: Citation,
) -> CarrierFees:
    """Return the fees of `lines` at the low and high fees, in USD per segment."""
    names = " and ".join(carrier.name for carrier in carriers if carrier.charges_inbound)
    received = count_texts(lines, "inbound")
    pages: dict[Source, list[str]] = {}
    for carrier in carriers:
        citation = carrier.citation
        pages.setdefault(citation.source, []).append(f"{carrier.name}: {citation.wording}")
    return CarrierFees(
        segments=count_texts(lines, "outbound"),
        low_fee=outbound[0],
        high_fee=outbound[1],
        basis=", ".join([basis, *sorted({page.dated for page in pages if page.dated})]),
        sources=(*cited, *(Citation(page, "; ".join(said)) for page, said in pages.items())),
        inbound=InboundFees(received, *inbound, names) if received else None,
    )


def count_texts(lines: Sequence[Line], direction: str) -> int:
    """Return the texts on local lines in `direction`; toll-free texts are exempt from A2P fees."""
    return sum(
        line.quantity
        for line in lines
        if (traffic := line.charge.traffic)
        and (traffic.medium, traffic.line) == ("text", "local")
        and (traffic.direction == "inbound") == (direction == "inbound")
    )


def _range(low: Decimal, high: Decimal) -> str:
    return format_usd(low) if low == high else f"{format_usd(low)} to {format_usd(high)}"


def notes_on_carrier_fees(quote: Quote, carriers: Carriers) -> Iterator[Note]:
    """Yield what carriers charge for the texts, whether or not the quote lists their fees."""
    fees = quote.carrier_fees or carrier_fees_on(quote.lines, carriers, {})
    if fees and fees.segments:
        per_segment = _range(fees.low_fee, fees.high_fee)
        month = f"{_range(fees.low.monthly, fees.high.monthly)} a month"
        text = f"Carrier fees for texts, about {month} ({per_segment} per segment, {fees.basis})."
        if quote.carrier_fees:
            text = f"Carrier fees for texts, {month}, passed through without markup "
            text += f"({fees.segments:,} segments at {per_segment}, {fees.basis})."
        yield Note("exclusion", text, option="" if quote.carrier_fees else "--carrier-fees")
    if fees and fees.inbound:
        yield Note("exclusion", f"Carrier fees for inbound texts, {_inbound_text(fees.inbound)}.")
    traffics = [line.charge.traffic for line in quote.lines]
    if any(each and (each.medium, each.line) == ("text", "toll_free") for each in traffics):
        yield Note("exclusion", "Carrier fees for toll-free texts, because none is published.")


def _inbound_text(fees: InboundFees) -> str:
    """Write the fees of inbound texts; a bound that is not known is not written as 0."""
    if fees.low and fees.high:
        return f"{format_usd(fees.low.monthly)} a month ({fees.carriers})"
    some = f"a month ({fees.carriers}; no other carrier states a fee)"
    if fees.high:
        return f"up to {format_usd(fees.high.monthly)} {some}"
    if fees.low:
        return f"at least {format_usd(fees.low.monthly)} {some}"
    return "because none is published for these carriers"


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
    text = "No auto-recharge is assumed. It exists, but Aloware does not publish its threshold or "
    yield Note("assumption", f"{text}amount.", "internal")
    text = "Only some accounts may have a negative balance. It is billed at the end of the month."
    yield Note("caution", text, "internal")


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
    days = count(credits.days, "full day")
    month = f"{format_usd(credits.monthly_top_up)} a month"
    text = f"The {rest} lasts {BOUND_DAYS[credits.bound]}{days} at {month}, deducted evenly over "
    text += f"{DAYS_PER_MONTH} days."
    if credits.until:
        text += f" It reaches zero {BOUND_DATES[credits.bound]} {format_date(credits.until)}."
    return text
