"""What is side by side, as sections: plans, the cases of a range, and totals by quantity."""

from collections.abc import Iterator, Sequence
from typing import Final

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.invoices import BOUND_DAYS, Credits
from aloware_cli.domain.money import CASES, ZERO, format_display
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.problems import count
from aloware_cli.domain.proposals import QuoteRange, merged_keys
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate
from aloware_cli.domain.results import BreakEven, Comparison, Standing, Sweep
from aloware_cli.render.quotes import (
    LOWER_BOUND,
    RECURRING,
    facts_of,
    line_row,
    quote_sections,
    title_of,
)
from aloware_cli.render.sections import (
    PERIODS,
    UNPUBLISHED,
    Amount,
    Cell,
    Column,
    Report,
    Row,
    Section,
)
from aloware_cli.render.words import cite, count_charge, result_of

MONTH: Final = "Per month"
#: The columns of a range.
COLUMNS: Final = tuple(Column(case, case.capitalize()) for case in CASES)
LEGEND: Final = "n/p: not published, so the total is at least this (≥) and the plan is not ranked."


def comparison_report(comparison: Comparison) -> Report:
    """Return the plans side by side: charges, totals, and the difference to the cheapest."""
    first = comparison.quotes[0]
    return Report(
        title=f"{order_in_words(first)}; {first.term} term, {first.currency}",
        sections=tuple(_sections(comparison)),
        facts=facts_of(first.details),
        remarks=(*([LEGEND] if comparison.unranked else ()), *comparison.reasons),
        hint=comparison.hint,
        notes=comparison.notes,
    )


def order_in_words(quote: Quote) -> str:
    """Write what a quote is for: `3 agents, 10 local numbers`, of plan groups for each."""
    if quote.groups:
        return "; ".join(f"{order_in_words(each.quote)} ({each.title})" for each in quote.groups)
    return ", ".join(count_charge(line.charge, line.quantity) for line in quote.all_lines)


def _sections(comparison: Comparison) -> Iterator[Section]:
    quotes = comparison.quotes
    columns = _columns([quote.plan for quote in quotes])
    if quotes[0].lines:
        rows = tuple(
            row
            for category in CATEGORIES
            for row in _side_by_side(quotes, [quote.lines_of(category) for quote in quotes])
        )
        yield Section("recurring", MONTH, MONTH, columns, rows)
        yield Section("total", MONTH, "", columns, tuple(_totals(comparison)))
    if quotes[0].one_time:
        fees = tuple(
            Amount(quote.one_time_total, lacks_a_rate(quote.one_time), is_total=True)
            for quote in quotes
        )
        lines = [quote.one_time for quote in quotes]
        total = Row("Total one-time fees", fees, level="total")
        part = "One-time fees"
        yield Section("one_time", part, part, columns, (*_side_by_side(quotes, lines), total))
    if beside := tuple(_beside_totals(quotes)):
        part = "Not in the totals"
        yield Section("beside", part, part, columns, beside)


def _columns(plans: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(plan, plan) for plan in plans)


def _side_by_side(quotes: Sequence[Quote], lines: Sequence[tuple[Line, ...]]) -> Iterator[Row]:
    """Yield one row per charge; `lines` holds the lines of each plan, in the same order."""
    for row in zip(*lines, strict=True):
        figures = tuple(line_row(line).figures[0] for line in row)
        explanation = tuple(
            text
            for quote, line in zip(quotes, row, strict=True)
            for text in (f"{quote.plan}: {result_of(line)}", cite(line.rate.citation))
        )
        yield Row(row[0].charge.label, figures, explanation=explanation)


def _totals(comparison: Comparison) -> Iterator[Row]:
    quotes = comparison.quotes
    for index, period in enumerate(("month", "quarter", "year")):
        totals = tuple(Amount(q.totals[index], q.at_least, is_total=True) for q in quotes)
        yield Row(f"Total per {period}", totals, level="total")
    if len(quotes) > 1:
        figures = tuple(_compared(standing, comparison) for standing in comparison.standings)
        yield Row("Compared with cheapest", figures, level="subtotal")


def _compared(standing: Standing, comparison: Comparison) -> Cell:
    """Return how much more a plan costs per month than the cheapest; `?` if that is unknown."""
    if standing.more is None:
        return "?"
    if standing.rank == 1:
        return "lowest" if len(comparison.first) == 1 else "lowest, tied"
    return Amount(standing.more.monthly, at_least=standing.ruled_out, is_change=True)


def _beside_totals(quotes: Sequence[Quote]) -> Iterator[Row]:
    """Yield what quotes of the same order show beside their totals."""
    if fees := [quote.carrier_fees for quote in quotes if quote.carrier_fees]:
        low = tuple(Amount(fee.low.monthly) for fee in fees)
        high = tuple(Amount(fee.high.monthly) for fee in fees)
        yield Row("Carrier fees per month" + (", lowest" if low != high else ""), low)
        if low != high:
            yield Row("Carrier fees per month, highest", high)
    balances = [quote.credits for quote in quotes if quote.credits]
    if any(balance.days is not None for balance in balances):
        yield Row("Prepaid credits last", tuple(map(_lasts, balances)))
    invoices = [(quote, quote.first_invoice) for quote in quotes if quote.first_invoice]
    if invoices:
        yield Row(
            f"First invoice, {format_date(invoices[0][1].start)}",
            tuple(Amount(i.total, q.invoices_at_least, is_total=True) for q, i in invoices),
        )


def _lasts(credits: Credits) -> str:
    if credits.days is None:
        return "?" if credits.bound == "at_most" else "unused"
    return f"{BOUND_DAYS[credits.bound]}{count(credits.days, 'day')}"


def range_report(found: QuoteRange) -> Report:
    """Return what the quotes of a range show, side by side."""
    first = found.quotes[0]
    return Report(
        title=title_of(first),
        sections=tuple(_range_sections(found)),
        facts=facts_of(first.details),
        remarks=(LOWER_BOUND,) if found.at_least else (),
        notes=found.notes,
    )


def _range_sections(found: QuoteRange) -> Iterator[Section]:
    # Without the day on which credits end, their rows have the same labels.
    quotes = [
        q._replace(credits=q.credits and q.credits._replace(start=None)) for q in found.aligned
    ]
    by_key = [{each.key + each.group: each for each in quote_sections(quote)} for quote in quotes]
    recurring: list[Row] = []
    for key in merged_keys(by_key):
        alike = [each.get(key) for each in by_key]
        first = next(each for each in alike if each)
        if key == "total":
            if recurring:
                yield Section("recurring", MONTH, MONTH, COLUMNS, tuple(recurring))
            totals = (
                row._replace(label=f"{row.label} per {period}")
                for rows in zip(_range_rows(alike), _range_rows(alike, 2), strict=True)
                for row, period in zip(rows, ("month", "year"), strict=True)
            )
            yield Section(key, MONTH, "", COLUMNS, tuple(totals))
        elif first.part == RECURRING and not first.group:
            recurring += (row for row in _range_rows(alike) if row.level == "item")
        else:
            part = MONTH if first.part == RECURRING else first.part
            if first.part != RECURRING and first.columns == PERIODS:
                part = f"{first.part}, per month"
            title = first.heading or part
            rows = tuple(_range_rows(alike))
            yield first._replace(part=part, title=title, columns=COLUMNS, rows=rows, calculation="")


def _range_rows(sections: Sequence[Section | None], index: int = 0) -> Iterator[Row]:
    """Yield the rows of the same section of each quote, with their figures at `index`.

    A charge with several quantities has a second row, of the quantities.
    """
    by_key = [
        {each.charge.key if each.charge else each.label: each for each in section.rows}
        if section
        else {}
        for section in sections
    ]
    for key in merged_keys(by_key):
        alike = [each.get(key) for each in by_key]
        *_, row = rows = [each for each in alike if each]
        charge = row.charge
        nothing: Cell = Amount(ZERO) if charge or None in sections else ""
        has_one_label = len({each.label for each in rows}) == 1
        yield Row(
            row.label if has_one_label else row.label.partition(" (")[0],
            tuple(each.figures[index] if each else nothing for each in alike),
            level=row.level,
            charge=charge,
            citation=row.citation,
            explanation=tuple(_explanation(rows)),
        )
        quantities = tuple(each.line.quantity for each in rows if each.line)
        if charge and len({*quantities}) > 1:
            yield Row(f"  {charge.units}", quantities, charge=charge)


def _explanation(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the explanation of a row, with the result of each case if they differ."""
    results = [result_of(row.line) for row in rows if row.line]
    if len({*results}) > 1:
        yield from map("{}: {}".format, (column.title for column in COLUMNS), results)
        yield from rows[-1].explanation[1:]
    else:
        yield from rows[-1].explanation


def break_even_report(answer: BreakEven) -> Report:
    """Return both totals at each quantity that the answer names, and the answer in words."""
    columns = (*_columns(answer.plans), Column("cheaper", "Cheaper"))
    prices = (_unit_price(rate) for rate in answer.rates)
    rows = [Row(f"Price per {answer.charge.unit}", (*prices, ""))]
    for point in answer.points:
        cheapest = point.cheapest(answer.plans)
        cheaper = cheapest[0] if len(cheapest) == 1 else "equal"
        label = f"Total per month with {answer.charge.counted(point.quantity)}"
        rows.append(Row(label, (*map(Amount, point.totals), cheaper)))
    label = answer.charge.label
    return Report(
        title=f"{' and '.join(answer.plans)}, {answer.term} term, {answer.currency}",
        sections=(Section("points", label, label, columns, tuple(rows)),),
        facts=facts_of(answer.details),
        remarks=answer.reasons,
        notes=answer.notes,
    )


def _unit_price(rate: Rate) -> Cell:
    """Return a price per unit, marked if the user supplied it."""
    if rate.net is None:
        return UNPUBLISHED
    if rate.status == "included":
        return rate.status
    return f"{format_display(rate.net)} (supplied)" if rate.status == "supplied" else rate.net


def sweep_report(sweep: Sweep) -> Report:
    """Return one row per quantity and one column per plan."""
    columns = [*_columns(sweep.plans), Column("cheapest", "Cheapest")]
    if len(sweep.plans) == 1:
        columns.pop()
    rows = []
    for point in sweep.points:
        figures: list[Cell] = [*map(Amount, point.totals), ", ".join(point.cheapest(sweep.plans))]
        rows.append(Row(f"{point.quantity:,}", tuple(figures[: len(columns)])))
    label = sweep.charge.label
    return Report(
        title=f"{', '.join(sweep.plans)}, {sweep.term} term, {sweep.currency} per month",
        sections=(Section("points", label, label, tuple(columns), tuple(rows)),),
        facts=facts_of(sweep.details),
        notes=sweep.notes,
    )
