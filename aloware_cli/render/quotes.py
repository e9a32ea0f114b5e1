"""Quotes as sections: of one plan, or of each plan group and then the sums of the proposal."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from aloware_cli.domain.charges import CATEGORIES, in_sentence
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Line, PlanGroup, Quote, lacks_a_rate, total_of
from aloware_cli.render.invoices import (
    carrier_fees_section,
    credits_section,
    due_now_section,
    prorated_row,
)
from aloware_cli.render.sections import (
    ONCE,
    PERIODS,
    Amount,
    Fact,
    Level,
    Report,
    Row,
    Section,
    amounts,
    sum_of,
    total_row,
)
from aloware_cli.render.words import SUBTOTALS, explanation_of, term_of

if TYPE_CHECKING:
    from aloware_cli.domain.orders import Details
    from aloware_cli.domain.results import Proration

RECURRING: Final = "Recurring charges"
#: The names of the sums of a plan group, by the key of the section.
GROUP_SUMS: Final = {
    "total": "total",
    "first_invoice": "first invoice",
    "one_time": "one-time fees",
    "custom_one_time": "one-time custom lines",
}
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


def facts_of(details: "Details | None") -> tuple[Fact, ...]:
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
        yield from _proposal_sections(quote)
    else:
        yield from _plan_sections(quote)


def _plan_sections(quote: Quote) -> Iterator[Section]:
    if quote.lines:
        yield from _recurring(quote)
    if quote.first_invoice:
        yield due_now_section(quote, quote.first_invoice)
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
    year = "First year, with one-time fees"
    for key, part, lines in (
        ("one_time", "One-time fees", fees),
        ("custom_one_time", "One-time custom lines", custom),
    ):
        if lines:
            total = sum_row(f"Total {in_sentence(part)}", lines, [total_of(lines)], "total")
            rows = [*map(line_row, lines), total]
            if lines is custom or not custom:
                rows.append(total_row(year, quote.first_year, at_least=quote.at_least))
            yield Section(key, part, part, ONCE, tuple(rows), _heading(lines))


def _proposal_sections(whole: Quote) -> Iterator[Section]:
    """Yield the sections of each plan group, then their sums, in the order of those of a quote."""
    sums = {section.key: section for section in _plan_sections(whole)}
    calculation = sums["total"].calculation if "total" in sums else ""
    of_groups = [each for group in whole.groups for each in _group_sections(group, calculation)]
    for key in GROUP_SUMS:
        shown = "group" if key == "total" else key
        yield from (section for section in of_groups if section.key == shown)
        if section := sums.get(key):
            rows = tuple(row for row in section.rows if row.charge is None)
            yield section._replace(title="", rows=rows)
    fees = [section for section in of_groups if section.key == "carrier_fees"]
    yield from fees
    if fees:
        rows = tuple(_summed(row for section in fees for row in section.rows))
        yield fees[0]._replace(title="", heading="", group="", rows=rows)
    yield from (sums[key] for key in ("carrier_fees", "credits")[bool(fees) :] if key in sums)


def _group_sections(group: PlanGroup, calculation: str) -> Iterator[Section]:
    """Yield the sections of a group, each with a sum that the sums of the proposal add up."""
    fees = group.quote.carrier_fees
    items: list[Row] = []
    for section in _plan_sections(group.quote):
        own = section._replace(title=group.title, heading=group.title, group=group.name)
        items += (row for row in section.rows if row.charge)
        if section.key in GROUP_SUMS:
            total = next(row for row in section.rows if row.charge is None)
            figures = tuple(amount._replace(is_total=False) for amount in total.amounts)
            label = f"{group.name} {GROUP_SUMS[section.key]}"
            own = own._replace(rows=(*items, Row(label, figures, level="subtotal")))
            if section.key == "total":
                own = own._replace(key="group", calculation=calculation)
            yield own
            items = []
        elif section.key == "carrier_fees" and fees and (fees.segments or fees.inbound):
            yield own


def _summed(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the sums of the `rows` of each label."""
    by_label: dict[str, list[tuple[Amount, ...]]] = {}
    for row in rows:
        by_label.setdefault(row.label, []).append(row.amounts)
    for label, found in by_label.items():
        yield Row(label, tuple(map(sum_of, zip(*found, strict=True))), level="total")


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


def proration_report(proration: "Proration") -> Report:
    """Return what an addition costs now, and each month after."""
    invoice = proration.invoice
    month = tuple(
        row._replace(figures=row.figures[:1], explanation=())
        for row in map(line_row, proration.lines)
    )
    now = total_row("Due now", invoice.total)
    later = total_row("Each month", invoice.next_amount)
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
