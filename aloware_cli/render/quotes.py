"""Quotes as sections: line items, totals, first invoice, one-time fees, carrier fees, credits."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aloware_cli.domain.charges import CATEGORIES, in_sentence
from aloware_cli.domain.invoices import (
    BOUND_DATES,
    BOUND_DAYS,
    DAYS_PER_MONTH,
    CarrierFees,
    Credits,
    FirstInvoice,
    InboundFees,
    ProratedLine,
    Proration,
)
from aloware_cli.domain.money import CENT, ZERO, format_display
from aloware_cli.domain.periods import format_date, format_days
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate, total_of
from aloware_cli.render.sections import ONCE, PERIODS, Amount, Level, Report, Row, Section
from aloware_cli.render.words import (
    FEES,
    SUBTOTALS,
    explanation_of,
    source_lines,
    term_of,
)

if TYPE_CHECKING:
    from aloware_cli.domain.orders import Details

RECURRING: Final = "Recurring charges"
#: Months in each period.
MONTHS: Final = (1, 3, 12)
LOWER_BOUND: Final = "n/p: not published, so each total with this charge is a lower bound."


def quote_report(quote: Quote) -> Report:
    """Return everything that `quote` shows."""
    return Report(
        title=title_of(quote),
        sections=tuple(quote_sections(quote)),
        facts=facts_of(quote.details),
        remarks=(LOWER_BOUND,) if quote.at_least else (),
        notes=quote.notes,
    )


def title_of(quote: Quote) -> str:
    """Write which plan a quote is for, its term and its currency."""
    return f"{quote.plan}, {term_of(quote)}, {quote.currency}"


def facts_of(details: "Details | None") -> tuple[tuple[str, str], ...]:
    """Return each given detail of a quote with its name, in the order of a letter."""
    if details is None:
        return ()
    until = details.valid_until
    named = (
        ("Quote", details.number),
        ("Customer", details.prospect),
        ("Contact", details.contact),
        ("Prepared by", details.prepared_by),
        ("Issued", details.issued and format_date(details.issued)),
        (
            "Valid until",
            until and f"{format_date(until)} ({count(details.valid_days or 0, 'day')})",
        ),
        ("Note", details.note),
    )
    return tuple((name, text) for name, text in named if text is not None)


def quote_sections(quote: Quote) -> Iterator[Section]:
    """Yield the sections of `quote`, in the order in which every format shows them."""
    if quote.groups:
        from aloware_cli.render.groups import group_sections

        yield from group_sections(quote)
        return
    if quote.lines:
        yield from _recurring(quote)
    if quote.first_invoice:
        yield _due_now(quote, quote.first_invoice)
    if quote.one_time:
        yield from _one_time_fees(quote)
    if quote.carrier_fees:
        yield carrier_fees_section(quote.carrier_fees)
    if quote.credits:
        yield credits_section(quote.credits)


def _recurring(quote: Quote) -> Iterator[Section]:
    heading = _heading(quote.lines)
    for category in CATEGORIES:
        if lines := quote.lines_of(category):
            subtotal = sum_row(SUBTOTALS[category], lines, quote.subtotal(category), "subtotal")
            rows = (*map(line_row, lines), subtotal)
            yield Section(category, RECURRING, SUBTOTALS[category], PERIODS, rows, heading)
    totals = [sum_row("Total", quote.lines, quote.totals, "total")]
    if any(quote.savings):
        totals.append(Row("You save", amounts(quote.savings, is_total=True), level="subtotal"))
    yield Section("total", RECURRING, "", PERIODS, tuple(totals), heading)


def _heading(lines: Iterable[Line]) -> str:
    """Return the heading of the calculations of `lines`."""
    return f"Quantity x {'net ' if any(line.rate.discount for line in lines) else ''}price"


def _one_time_fees(quote: Quote) -> Iterator[Section]:
    """Yield the one-time fees, then the custom lines that are paid once."""
    fees = quote.one_time_fees
    custom = quote.one_time[len(fees) :]
    year = Amount(quote.first_year, at_least=quote.at_least, is_total=True)
    for key, part, lines in (
        ("one_time", "One-time fees", fees),
        ("custom_one_time", "One-time custom lines", custom),
    ):
        if lines:
            total = sum_row(f"Total {in_sentence(part)}", lines, [total_of(lines)], "total")
            rows = [*map(line_row, lines), total]
            if lines is custom or not custom:
                rows.append(Row("First year, with one-time fees", (year,), level="total"))
            yield Section(key, part, part, ONCE, tuple(rows), _heading(lines))


def _due_now(quote: Quote, invoice: FirstInvoice) -> Section:
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
    total = Amount(quote.due_now, quote.due_now_at_least, is_total=True)
    due = Row("Due now", (total,), level="total")
    rows = (*lines, first._replace(level="subtotal"), *beside, due, following)
    return section._replace(rows=rows)


def first_invoice_section(invoice: FirstInvoice, *, at_least: bool) -> Section:
    """Return what is due for the rest of the first month, and the next invoice."""
    days = format_days(invoice.start, invoice.period_end)
    first = f"First invoice, {days} ({invoice.days} of {invoice.days_in_month} days)"
    following = f"Next invoice on {format_date(invoice.next_date)}"
    rows = (
        *map(prorated_row, invoice.lines),
        Row(first, (Amount(invoice.total, at_least, is_total=True),), level="total"),
        Row(following, (Amount(invoice.next_amount, at_least, is_total=True),), level="subtotal"),
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


def line_row(line: Line) -> Row:
    """Return the row of a line item: per period, or once for a one-time fee."""
    count = 1 if line.charge.one_time else len(PERIODS)
    figures = (Amount(None),) * count
    if line.amounts:
        figures = amounts(line.amounts[:count], is_positive=line.below_a_cent)
    return Row(
        line.charge.label,
        figures,
        line.working,
        line=line,
        charge=line.charge,
        quantity=line.quantity,
        unit=line.charge.unit,
        price=line.unit_price,
        citation=line.rate.citation,
        explanation=explanation_of(line),
    )


def sum_row(label: str, lines: tuple[Line, ...], sums: Iterable[Decimal], level: Level) -> Row:
    """Return the sum of `lines`, which is a lower bound if a rate is not published."""
    figures = amounts(sums, at_least=lacks_a_rate(lines), is_total=level == "total")
    return Row(label, figures, level=level)


def amounts(
    sums: Iterable[Decimal],
    *,
    at_least: bool = False,
    is_total: bool = False,
    is_positive: bool = False,
) -> tuple[Amount, ...]:
    """Return `sums` as cells, by period; positive amounts of 0.00 are below a cent a month."""
    return tuple(
        Amount(value, at_least, is_total, months * CENT if is_positive else ZERO)
        for value, months in zip(sums, MONTHS, strict=False)
    )


def proration_report(proration: Proration) -> Report:
    """Return what an addition costs now, and each month after."""
    invoice = proration.invoice
    month = tuple(
        row._replace(figures=row.figures[:1], explanation=())
        for row in map(line_row, proration.lines)
    )
    now = Row("Due now", (Amount(invoice.total, is_total=True),), level="total")
    later = Row("Each month", (Amount(invoice.next_amount, is_total=True),), level="total")
    added = f"Added on {format_date(invoice.start)}"
    after = f"From {format_date(invoice.next_date)}"
    return Report(
        title=f"{proration.card.plan}, monthly term, {proration.currency}",
        sections=(
            Section("due_now", added, added, ONCE, (*map(prorated_row, invoice.lines), now)),
            Section("monthly", after, after, ONCE, (*month, later)),
        ),
        notes=proration.notes,
    )
