"""Comparisons as sections with a column per plan."""

from collections.abc import Iterator, Sequence

from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.comparisons import Comparison, Standing
from aloware_cli.domain.invoices import BOUND_DAYS, Credits
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.problems import count
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate
from aloware_cli.render.quotes import facts_of, line_row
from aloware_cli.render.sections import Amount, Cell, Column, Report, Row, Section
from aloware_cli.render.words import cite, count_charge, result_of

LEGEND = "n/p: not published, so the total is at least this (≥) and the plan is not ranked."


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
    columns = tuple(Column(quote.plan, quote.plan) for quote in quotes)
    if quotes[0].lines:
        rows = tuple(
            row
            for category in CATEGORIES
            for row in _side_by_side(quotes, [quote.lines_of(category) for quote in quotes])
        )
        yield Section("recurring", "Per month", "Per month", columns, rows)
        yield Section("total", "Per month", "", columns, tuple(_totals(comparison)))
    if quotes[0].one_time:
        fees = tuple(
            Amount(quote.one_time_total, lacks_a_rate(quote.one_time), is_total=True)
            for quote in quotes
        )
        rows = (
            *_side_by_side(quotes, [quote.one_time for quote in quotes]),
            Row("Total one-time fees", fees, level="total"),
        )
        yield Section("one_time", "One-time fees", "One-time fees", columns, rows)
    if beside := tuple(_beside_totals(quotes)):
        part = "Not in the totals"
        yield Section("beside", part, part, columns, beside)


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
    for place, period in enumerate(("month", "quarter", "year")):
        totals = tuple(Amount(q.totals[place], q.at_least, is_total=True) for q in quotes)
        yield Row(f"Total per {period}", totals, level="total")
    if len(quotes) > 1:
        figures = tuple(_compared(standing, comparison) for standing in comparison.standings)
        yield Row("Compared with cheapest", figures, level="subtotal")


def _compared(standing: Standing, comparison: Comparison) -> Cell:
    """Return how much more a plan costs per month than the cheapest; `?` if that is unknown."""
    if standing.more is None:
        return "?"
    if standing.place == 1:
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
