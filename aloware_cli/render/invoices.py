"""What a quote has besides its lines, as sections: first invoice, carrier fees, credits."""

from aloware_cli.domain.invoices import (
    BOUND_DATES,
    BOUND_DAYS,
    DAYS_PER_MONTH,
    CarrierFees,
    Credits,
    FirstInvoice,
    InboundFees,
    ProratedLine,
)
from aloware_cli.domain.money import format_display
from aloware_cli.domain.periods import format_date, format_days
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Quote, lacks_a_rate, total_of
from aloware_cli.render.sections import ONCE, PERIODS, Amount, Row, Section, amounts, total_row
from aloware_cli.render.words import FEES, source_lines


def due_now_section(quote: Quote, invoice: FirstInvoice) -> Section:
    """Return what is payable on the first day: the first invoice, and credits or fees."""
    section = first_invoice_section(invoice, at_least=quote.invoices_at_least)
    _, *further = quote.due_parts.items()
    if not further:
        return section
    *lines, first, following = section.rows
    cover = " (cover the one-time fees)" if total_of(quote.one_time_fees) else ""
    labels = {
        "credits": f"Prepaid credits{cover}",
        "fees": "One-time fees",
        "custom": "One-time custom lines",
    }
    beside = [
        Row(labels[part], (Amount(amount, part == "fees" and lacks_a_rate(quote.one_time)),))
        for part, amount in further
    ]
    due = total_row("Due now", quote.due_now, at_least=quote.due_now_at_least)
    rows = (*lines, first._replace(level="subtotal"), *beside, due, following)
    return section._replace(rows=rows)


def first_invoice_section(invoice: FirstInvoice, *, at_least: bool) -> Section:
    """Return what is due for the rest of the first month, and the next invoice."""
    days = format_days(invoice.start, invoice.period_end)
    first = f"First invoice, {days} ({invoice.days} of {invoice.days_in_month} days)"
    following = f"Next invoice on {format_date(invoice.next_date)}"
    rows = (
        *map(prorated_row, invoice.lines),
        total_row(first, invoice.total, at_least=at_least),
        total_row(following, invoice.next_amount, at_least=at_least, level="subtotal"),
    )
    return Section("first_invoice", "Due now", "Due now", ONCE, rows)


def prorated_row(line: ProratedLine) -> Row:
    """Return the row of a charge for the days that remain of a month."""
    each = format_display(line.prorated_unit)
    month = f"{format_display(line.unit_price)} x {line.days}/{line.days_in_month}"
    return Row(
        label=line.charge.label,
        figures=(Amount(line.amount),),
        calculation=f"{line.quantity:,} x {each}",
        quantity=line.quantity,
        unit=line.charge.unit,
        price=line.prorated_unit,
        charge=line.charge,
        explanation=(f"{month} = {each} each",),
    )


def carrier_fees_section(fees: CarrierFees) -> Section:
    """Return the carrier fees, which are not part of the totals."""
    highest = (f"{FEES}, highest", fees.high_fee, fees.high)
    ends = [(f"{FEES}, lowest", fees.low_fee, fees.low), highest]
    if fees.low_fee == fees.high_fee:
        ends = [(FEES, *highest[1:])]
    rows = [
        Row(
            label,
            amounts(month, is_positive=bool(fees.segments * fee)),
            calculation=f"{fees.segments:,} x {format_display(fee)}",
            quantity=fees.segments,
            unit="segment",
            price=fee,
            citation=fees.sources[0] if fees.sources else None,
        )
        for label, fee, month in ends
    ]
    if fees.inbound:
        rows.append(_inbound_row(fees.inbound))
    sources = tuple(text for citation in fees.sources for text in source_lines(citation))
    rows[-1] = rows[-1]._replace(explanation=sources)
    part = "Carrier fees, not in the totals"
    return Section("carrier_fees", part, part, PERIODS, tuple(rows))


def _inbound_row(fees: InboundFees) -> Row:
    """Return the fees of inbound texts: the highest one, or what is known of it."""
    fee = fees.high_fee if fees.low_fee is None else fees.low_fee
    month = fees.low or fees.high
    unknown = (Amount(None),) * len(PERIODS)
    bound = "up to " if fees.low is None else ""
    return Row(
        f"{FEES}, inbound texts",
        amounts(month, at_least=fees.high is None) if month else unknown,
        calculation=f"{fees.segments:,} x {bound}{format_display(fee)}" if fee else "",
        quantity=fees.segments,
        unit="segment",
        price=fee,
    )


def credits_section(credits: Credits) -> Section:
    """Return a prepaid balance, the monthly top-up and how long the balance lasts."""
    rows = [Row("Balance", (Amount(credits.balance, is_total=True),))]
    if credits.one_time:
        after = "Remaining after one-time fees"
        spent = f"{format_display(credits.balance)} - {format_display(credits.one_time)}"
        rows.append(Row(after, (Amount(credits.remaining),), spent))
    month = Amount(credits.monthly_top_up, credits.bound == "at_most", is_total=True)
    parts = f"{format_display(credits.monthly_usage)} + {format_display(credits.carrier_fees)}"
    rows.append(Row("Monthly top-up", (month,), parts if credits.carrier_fees else ""))
    if credits.days is not None:
        left, top_up = format_display(credits.remaining), format_display(credits.monthly_top_up)
        on = {**BOUND_DATES, "exact": "until"}[credits.bound]
        until = credits.until and f", {on} {format_date(credits.until)}"
        rows.append(
            Row(
                f"Lasts{until or ''}",
                (f"{BOUND_DAYS[credits.bound]}{count(credits.days, 'day')}",),
                calculation=f"{left} x {DAYS_PER_MONTH} / {top_up}",
                quantity=credits.days,
                unit="day",
            )
        )
    return Section("credits", "Prepaid credits", "Prepaid credits", ONCE, tuple(rows))
