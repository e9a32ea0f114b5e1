"""CSV of break-evens and changes: bare decimal numbers, an unknown value is an empty cell."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.comparisons import BreakEven, CardChanges, Difference
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.sources import Citation
from aloware_cli.render.csv import harmless, raw_csv, to_csv
from aloware_cli.render.words import rate_in_words

_SOURCE_COLUMNS: Final = (
    "source.key", "source.title", "source.url", "source.read_on", "source.wording",
)  # fmt: skip


def break_even_csv(answer: BreakEven) -> str:
    """Return the totals that prove a break-even as CSV: a row for each quantity."""
    rows = [
        [
            str(point.quantity),
            *map(format_exact, point.totals),
            " ".join(point.cheapest(answer.plans)),
        ]
        for point in answer.points
    ]
    return to_csv([["quantity", *answer.plans, "cheaper"], *rows])


def difference_csv(difference: Difference) -> str:
    """Return `difference` as CSV: a row for each charge that differs, and the totals."""

    def cells(line: Line | None) -> Sequence[str]:
        if line is None:
            return ("0", "", "0.00", "false")
        return (str(line.quantity), _given(line.unit_price), _given(line.amount), "false")

    sides = ("quantity", "price", "amount", "at_least")
    names = (f"{which}_{each}" for which in ("old", "new") for each in sides)
    rows: list[Sequence[str]] = [("charge", "label", "paid", *names, "change")]
    for each in difference.lines:
        key, label, paid = each.charge.key, each.charge.label, "monthly"
        if each.charge.one_time:
            paid = "once"
        rows.append(
            (key, harmless(label), paid, *cells(each.old), *cells(each.new), _given(each.more))
        )
    effect = difference.effect
    quotes = (effect.old, effect.new)
    month, *_ = effect.difference or (None,)
    for paid, totals, more in (
        ("monthly", [quote.totals.monthly for quote in quotes], month),
        ("once", [quote.one_time_total for quote in quotes], effect.one_time_difference),
    ):
        figures = (
            cell
            for quote, total in zip(quotes, totals, strict=True)
            for cell in ("", "", format_exact(total), str(quote.at_least).lower())
        )
        rows.append(("", "Total", paid, *figures, _given(more)))
    # A change may be negative: it is a number, not a formula.
    return raw_csv(rows)


def changes_csv(found: CardChanges) -> str:
    """Return `found` as CSV: a row for each price that differs, with its new source."""
    header = ["plans", "charge", "label", "term", "unit", "old", "new", *_SOURCE_COLUMNS]
    rows = [header]
    for change in found.changes:
        rate = change.new or change.old
        source = _source(rate.citation if rate else None)
        rates = [
            _given(each.price) or rate_in_words(each) if each else ""
            for each in (change.old, change.new)
        ]
        named = [" ".join(change.plans), change.key, change.label, change.term or "", change.unit]
        rows.append([*named, *rates, *(source.get(name, "") for name in _SOURCE_COLUMNS)])
    if effect := found.effect:
        totals = [format_exact(quote.totals.monthly) for quote in (effect.old, effect.new)]
        named = [effect.new.plan, "", "Total of the scenario", effect.new.term, "month"]
        rows.append([*named, *totals, *[""] * len(_SOURCE_COLUMNS)])
    return to_csv(rows)


def _source(citation: Citation | None) -> dict[str, str]:
    if citation is None:
        return {}
    keys = ("key", "title", "url", "read_on")
    fields = (getattr(citation.source, key) or "" for key in keys)
    return dict(zip(_SOURCE_COLUMNS, (*fields, citation.wording), strict=True))


def _given(value: Decimal | int | str | None) -> str:
    if isinstance(value, Decimal):
        return format_exact(value)
    return "" if value is None else str(value)
