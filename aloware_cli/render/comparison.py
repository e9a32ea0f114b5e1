"""Comparisons: the table with one column a plan and one row a charge."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.comparisons import Comparison, Standing
from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Credits, Line, Quote, lacks_a_rate
from aloware_cli.render.console import TextTarget
from aloware_cli.render.rows import Row
from aloware_cli.render.table import table_of
from aloware_cli.render.words import (
    SUBTOTALS,
    cited,
    days_in_words,
    figure_of,
    result_of,
    sum_figure,
)

#: The totals of each period are rows of their own, in the order of Amounts.
EACH_PERIOD = ("month", "quarter", "year")


def comparison_table(comparison: Comparison, screen: TextTarget) -> str:
    """Return `comparison` as a table that fits `screen`."""
    blocks = [[row._replace(explanation=()) for row in block] for block in _blocks(comparison)]
    return table_of(_title(comparison), blocks, comparison.notes, screen)


def explained_comparison(comparison: Comparison, screen: TextTarget) -> str:
    """Return `comparison` as a table with working and source of each plan under each row."""
    return table_of(_title(comparison), list(_blocks(comparison)), comparison.notes, screen)


def _title(comparison: Comparison) -> str:
    first = comparison.quotes[0]
    plans = ", ".join(quote.plan for quote in comparison.quotes)
    return f"Aloware {plans}, {first.term} term, in {first.currency}"


def _blocks(comparison: Comparison) -> Iterator[list[Row]]:
    quotes = comparison.quotes
    plans = tuple(quote.plan for quote in quotes)
    if quotes[0].lines:
        yield [Row("Each month", "Quantity", plans, is_sum=True)]
    for category in CATEGORIES:
        lines = [quote.lines_of(category) for quote in quotes]
        if lines[0]:
            subtotals = tuple(
                _sum(quote.subtotal(category).monthly, quote.lines_of(category)) for quote in quotes
            )
            yield [*_rows(lines, plans), Row(SUBTOTALS[category], "", subtotals, is_sum=True)]
    yield list(_totals(quotes))
    if len(quotes) > 1:
        yield list(_ranking(comparison.standings, settled=comparison.settled))
    if quotes[0].one_time:
        totals = tuple(_sum(quote.one_time_total, quote.one_time) for quote in quotes)
        yield [
            Row("Paid once", "Quantity", plans, is_sum=True),
            *_rows([quote.one_time for quote in quotes], plans),
            Row("Total paid once", "", totals, is_sum=True),
        ]
    if beside := list(_beside_totals(quotes)):
        yield [Row("Beside the totals", "", plans, is_sum=True), *beside]


def _rows(lines: Sequence[tuple[Line, ...]], plans: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row a charge; `lines` holds the lines of each plan, in the same order."""
    for side_by_side in zip(*lines, strict=True):
        first = side_by_side[0]
        sentences = [
            sentence
            for plan, line in zip(plans, side_by_side, strict=True)
            for sentence in (f"{plan}: {result_of(line)}", cited(line.rate.citation))
        ]
        yield Row(
            first.charge.label,
            first.charge.counted(first.quantity),
            tuple(figure_of(line.amount, line.rate) for line in side_by_side),
            explanation=tuple(sentences),
        )


def _sum(amount: Decimal, lines: tuple[Line, ...]) -> str:
    """Write a sum of `lines`, which is a lower bound where one has no price."""
    return sum_figure(amount, at_least=lacks_a_rate(lines))


def _totals(quotes: tuple[Quote, ...]) -> Iterator[Row]:
    for column, period in enumerate(EACH_PERIOD):
        totals = tuple(_sum(quote.totals[column], quote.lines) for quote in quotes)
        yield Row(f"Total, {period}", "", totals, is_sum=True)


def _beside_totals(quotes: tuple[Quote, ...]) -> Iterator[Row]:
    """Yield what each quote says beside its lines; all of them are asked for the same."""
    fees = [quote.carrier_fees for quote in quotes if quote.carrier_fees]
    if fees:
        low = tuple(format_display(fee.low.monthly) for fee in fees)
        high = tuple(format_display(fee.high.monthly) for fee in fees)
        name = "Carrier fees, month"
        yield Row(name if low == high else f"{name}, from", "", low)
        if low != high:
            yield Row("up to", "", high)
    balances = [quote.credits for quote in quotes if quote.credits]
    if any(balance.days is not None for balance in balances):
        yield Row("Prepaid credits last", "", tuple(map(_lasts, balances)))
    invoices = [(quote, quote.first_invoice) for quote in quotes if quote.first_invoice]
    if invoices:
        yield Row(
            f"Due at the start, {invoices[0][1].start}",
            "",
            tuple(sum_figure(i.total, at_least=q.invoices_at_least) for q, i in invoices),
        )


def _lasts(credits: Credits) -> str:
    if credits.days is None:
        return "unknown" if credits.at_most else "unused"
    days = days_in_words(credits.days)
    return f"at most {days}" if credits.at_most else days


def _ranking(standings: tuple[Standing, ...], *, settled: bool) -> Iterator[Row]:
    """Yield what each plan costs more than the cheapest, and its place."""
    for column, period in enumerate(EACH_PERIOD):
        if any(standing.more for standing in standings):
            yield Row(
                f"Over the cheapest, {period}", "", tuple(_more(s, column) for s in standings)
            )
    places = [standing.place for standing in standings]
    ranks = tuple(_rank(s, tied=places.count(s.place) > 1, settled=settled) for s in standings)
    yield Row("Rank", "", ranks, is_sum=True)


def _more(standing: Standing, column: int) -> str:
    if standing.more is None:
        return "unknown"
    return sum_figure(standing.more[column], at_least=standing.ruled_out)


def _rank(standing: Standing, *, tied: bool, settled: bool) -> str:
    if standing.place is None:
        return "ruled out" if standing.ruled_out else "not ranked"
    first = "cheapest" if settled else "cheapest priced"
    place = first if standing.place == 1 else f"number {standing.place}"
    return f"{place}, tied" if tied else place
