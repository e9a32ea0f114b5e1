"""Two quotes held against each other: a table, and `aloware.diff/1`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.changes import Difference, LineDifference
from aloware_cli.domain.money import format_display
from aloware_cli.domain.periods import amounts_of
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.render.console import TextTarget
from aloware_cli.render.rows import Row, carrier_fees_block, credits_block, first_invoice_block
from aloware_cli.render.table import table_of
from aloware_cli.render.words import UNKNOWN, cited, result_of, sum_label


def difference_table(difference: Difference, screen: TextTarget) -> str:
    """Return `difference` as a table that fits `screen`."""
    return table_of(_title(difference), list(_blocks(difference)), difference.notes, screen)


def _title(difference: Difference) -> str:
    old, new = (f"{quote.plan}, {quote.term} term" for quote in (difference.old, difference.new))
    said = "nothing differs" if difference.is_none else "old and new"
    return f"Aloware {old if old == new else f'{old} -> {new}'}: {said}"


def _blocks(difference: Difference) -> Iterator[Sequence[Row]]:
    effect, lines = difference.effect, difference.lines
    yield [Row("More or less", "", ("Monthly", "Quarterly", "Annual"), is_sum=True)]
    if recurring := [_row(line) for line in lines if not line.charge.one_time]:
        yield recurring
    quotes = (difference.old, difference.new)
    yield _sums([(quote.totals, quote.lines) for quote in quotes], effect.difference)
    if once := [_row(line) for line in lines if line.charge.one_time]:
        more = effect.one_time_difference
        yield [Row("One-time fees", "", ("Once",), is_sum=True), *once]
        yield _sums(
            [((quote.one_time_total,), quote.one_time) for quote in quotes],
            None if more is None else (more,),
        )
    for part in difference.parts:
        yield [*_part("Old", quotes[0], part), *_part("New", quotes[1], part)]


def _row(line: LineDifference) -> Row:
    """Return how much more a charge costs, with what it was and is, and on whose word."""
    once, more = line.charge.one_time, line.more
    figures: tuple[str, ...]
    if more is None:
        figures = UNKNOWN[:1] if once else UNKNOWN
    else:
        figures = tuple(map(format_display, (more,) if once else amounts_of(more)))
    told = (*_told("Old", line.old), *_told("New", line.new))
    return Row(line.charge.label, "", figures, explanation=told)


def _told(which: str, line: Line | None) -> Iterator[str]:
    if line is None:
        yield f"{which}: none"
    else:
        yield f"{which}: {result_of(line)}"
        yield cited(line.rate.citation)


def _sums(
    sums: Sequence[tuple[tuple[Decimal, ...], tuple[Line, ...]]], more: tuple[Decimal, ...] | None
) -> list[Row]:
    """Return the old sum, the new one and their difference; a sum comes with its lines."""
    rows = [
        Row(
            sum_label(f"{which} total", lines), "", tuple(map(format_display, amounts)), is_sum=True
        )
        for which, (amounts, lines) in zip(("Old", "New"), sums, strict=True)
    ]
    unknown = UNKNOWN[: len(sums[0][0])]
    figures = unknown if more is None else tuple(map(format_display, more))
    return [*rows, Row("Difference", "", figures, is_sum=True)]


def _part(which: str, quote: Quote, part: str) -> list[Row]:
    """Return the rows of what `quote` has beside its lines; none where it has no such part."""
    rows: list[Row] = []
    if part == "carrier_fees" and quote.carrier_fees:
        rows = carrier_fees_block(quote.carrier_fees)
    elif part == "first_invoice" and quote.first_invoice:
        rows = first_invoice_block(quote, quote.first_invoice)
    elif part == "credits" and quote.credits:
        rows = credits_block(quote.credits)
    return [row._replace(label=f"{which}: {row.label}", explanation=()) for row in rows]
