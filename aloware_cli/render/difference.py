"""Two quotes held against each other: a table, and `aloware.diff/1`."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from aloware_cli.domain.difference import PARTS, Difference, LineDifference
from aloware_cli.domain.money import grouped, plain
from aloware_cli.domain.periods import amounts_of
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.render.changes import difference_object
from aloware_cli.render.console import Screen
from aloware_cli.render.json import Object, Value, periods, quote_document
from aloware_cli.render.rows import Row, credits_block, first_invoice_block, pass_through_block
from aloware_cli.render.table import table_of
from aloware_cli.render.words import UNKNOWN, cited, result_of, sum_label

#: What tells a quote from others.
IDENTITY = ("plan", "term", "as_of", "totals", "at_least", "rate_card", "tool", "sha256")


def difference_document(difference: Difference) -> Object:
    """Return `difference` as the keys and strings of `aloware.diff/1`."""
    old, new = quote_document(difference.old), quote_document(difference.new)
    return {
        "schema": "aloware.diff/1",
        "same": difference.is_none,
        "old": {key: old[key] for key in IDENTITY},
        "new": {key: new[key] for key in IDENTITY},
        "difference": difference_object(difference.effect),
        "lines": [_line_object(line, old, new) for line in difference.lines],
        **{
            part: {"old": old[part], "new": new[part]} if part in difference.parts else None
            for part in PARTS
        },
        "notes": list(difference.notes),
    }


def _line_object(line: LineDifference, old: Object, new: Object) -> Object:
    key, more = line.charge.key, line.more
    once = line.charge.one_time
    return {
        "charge": key,
        "label": line.charge.label,
        "one_time": once,
        "old": _saved(old, key),
        "new": _saved(new, key),
        "difference": None
        if more is None
        else {"amount": plain(more)}
        if once
        else periods(amounts_of(more)),
    }


def _saved(document: Mapping[str, Any], charge: str) -> Value:
    """Return the line for `charge` as the JSON of its quote has it."""
    lines = [*document["lines"], *document["one_time"]]
    return next((line for line in lines if line["charge"] == charge), None)


def difference_table(difference: Difference, screen: Screen) -> str:
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
        figures = tuple(map(grouped, (more,) if once else amounts_of(more)))
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
        Row(sum_label(f"{which} total", lines), "", tuple(map(grouped, amounts)), is_sum=True)
        for which, (amounts, lines) in zip(("Old", "New"), sums, strict=True)
    ]
    unknown = UNKNOWN[: len(sums[0][0])]
    figures = unknown if more is None else tuple(map(grouped, more))
    return [*rows, Row("Difference", "", figures, is_sum=True)]


def _part(which: str, quote: Quote, part: str) -> list[Row]:
    """Return the rows of what `quote` has beside its lines; none where it has no such part."""
    rows: list[Row] = []
    if part == "pass_through" and quote.pass_through:
        rows = pass_through_block(quote.pass_through)
    elif part == "first_invoice" and quote.first_invoice:
        rows = first_invoice_block(quote, quote.first_invoice)
    elif part == "credits" and quote.credits:
        rows = credits_block(quote.credits)
    return [row._replace(label=f"{which}: {row.label}", explanation=()) for row in rows]
