"""CSV: quotes, comparisons and changes as rows, each with one header.

A quote has one row for each row of its sections; the column `section` says what a row belongs
to. A name with a dot is a key within an object of the JSON: `source.title`. Amounts are bare
decimal numbers; an unknown value is an empty cell. Rows end in a line feed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

from aloware_cli.domain.cards import PER_UNIT
from aloware_cli.domain.checks import QuoteCheck
from aloware_cli.domain.money import CASES, ZERO, format_exact
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.results import BreakEven, CardChanges, Comparison, Difference, Sweep
from aloware_cli.render.comparisons import range_report
from aloware_cli.render.documents import attributes_of
from aloware_cli.render.quotes import quote_sections
from aloware_cli.render.sections import Amount, Cell, Row, Section
from aloware_cli.render.words import rate_in_words

#: What a spreadsheet takes for a formula when a cell begins with it, wide forms too.
FORMULA_STARTS: Final = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20",
)  # fmt: skip
_DETAILS: Final = (
    "prospect", "contact", "prepared_by", "number", "issued", "valid_days", "valid_until", "note",
)  # fmt: skip
#: The columns of a quote and of a row, each with the path of its value unless that is its name.
_OF_PLAN: Final = "plan term rate_card.sha256=card.sha256"
_OF_QUOTE: Final = "currency as_of " + " ".join(
    f"document.{name}=details.{name}" for name in _DETAILS
)
_OF_SOURCE: Final = (
    "source.key=citation.source.key source.title=citation.source.title "
    "source.url=citation.source.url source.read_on=citation.source.read_on "
    "source.wording=citation.wording"
)
_OF_ROW: Final = f"charge=charge.key label quantity unit unit_price=price calculation {_OF_SOURCE}"
#: How often the amounts of a section are paid, if not monthly.
_PAID: Final = {
    **dict.fromkeys(("one_time", "custom_one_time", "first_invoice"), "once"), "credits": "",
}  # fmt: skip
SOURCE_COLUMNS: Final = tuple(each.partition("=")[0] for each in _OF_SOURCE.split())
#: The columns of a quote, in order; `paid` is `monthly` or `once`.
COLUMNS: Final = (
    "section", "plan", "term", "currency", "as_of", "paid", "charge", "label", "category",
    "status", "quantity", "unit", "list_price", "unit_price", "discount", "monthly", "quarterly",
    "annual", "amount", "calculation", "reason", *SOURCE_COLUMNS,
    *(f"document.{name}" for name in _DETAILS), "rate_card.sha256", "model", "allowance",
)  # fmt: skip
#: The columns of a check of saved quotes, each with the path of its value unless that is its name.
CHECK_COLUMNS: Final = (
    "file states number prospect=quote.details.prospect plan=quote.plan term "
    "issued=quote.details.issued valid_until old.monthly=quote.totals.monthly "
    "new.monthly=now.totals.monthly difference.monthly=effect.difference.monthly "
    "old.one_time=quote.one_time_total new.one_time=now.one_time_total "
    "difference.one_time=effect.one_time_difference duplicate code=problem.code message=reason"
)


def escape_formula(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs: behind an apostrophe if it must be."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def has_formula(text: str, delimiter: str) -> bool:
    """Return whether a cell of `text`, whose cells have no quotes, begins as a formula does."""
    return any(
        mark in text
        and (f"{delimiter}{mark}" in text or f"\n{mark}" in text or text.startswith(mark))
        for mark in FORMULA_STARTS
        if mark != "\n"  # only a cell in quotes begins with one
    )


def to_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return `rows` as CSV; no text runs as a formula."""
    return raw_csv([_cell(value) for value in row] for row in rows)


def table_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return `rows` as CSV with `columns`, which are the keys of their values."""
    return to_csv([columns, *([row.get(name) for name in columns] for row in rows)])


def _cell(value: object) -> str:
    match value:
        case str():
            return escape_formula(value)
        case Decimal():  # a number is no formula, even if it is negative
            return format_exact(value)
        case bool():
            return str(value).lower()
        case tuple():
            return escape_formula(", ".join(value))
    return "" if value is None else str(value)


def raw_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` of cells as CSV, each cell as it is."""
    import csv

    lines = _Lines()
    # With this line end, the writer quotes cells with a carriage return, too.
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return "".join(lines.written)


class _Lines:
    """What a CSV writer writes, each row with a line feed at its end."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        """Take one row."""
        self.written.append(f"{line[:-2]}\n")


def quote_csv(quote: Quote) -> str:
    """Return the rows of all sections of `quote`, and its notes, as CSV."""
    return _quotes_csv([quote])


def comparison_csv(comparison: Comparison) -> str:
    """Return the rows of all quotes as one CSV, quote after quote."""
    return _quotes_csv(comparison.quotes)


def _quotes_csv(quotes: Iterable[Quote]) -> str:
    rows = [row for quote in quotes for row in _rows(quote)]
    return table_csv((*COLUMNS, "group") if any("group" in row for row in rows) else COLUMNS, rows)


def _rows(quote: Quote) -> Iterator[Mapping[str, object]]:
    """Yield the values of each row by column."""
    common = attributes_of(quote, f"{_OF_PLAN} {_OF_QUOTE}")
    groups = {each.name: attributes_of(each.quote, _OF_PLAN) for each in quote.groups}
    for section in quote_sections(quote):
        lead = common | groups.get(section.group, {})
        for row in section.rows:
            yield lead | _values(row, section)
    for note in quote.notes:
        yield common | {"section": "note", "label": note.kind, "reason": note.text}


def _values(row: Row, section: Section) -> dict[str, object]:
    at_least = any(amount.at_least for amount in row.amounts)
    key = section.key
    if key == "group" and row.line:  # as in a quote of one plan
        key = row.line.charge.category
    values = {
        "section": key,
        **({"group": section.group} if section.group else {}),
        "paid": _PAID.get(section.key, "monthly"),
        "status": "at_least" if at_least else "",
        **attributes_of(row, _OF_ROW),
        **{
            column.key: number_of(cell)
            for column, cell in zip(section.columns, row.figures, strict=True)
        },
    }
    if line := row.line:
        discount = line.rate.discount
        values |= attributes_of(line, "category=charge.category status list_price reason allowance")
        values["discount"] = None if discount is None else f"{discount:f}"
        values["model"] = line.rate.model.name if line.rate.model else PER_UNIT
    return values


def number_of(cell: Cell) -> Decimal | int | None:
    """Return the value of a cell; text, which is for people, is left out."""
    value = cell.value if isinstance(cell, Amount) else cell
    return None if isinstance(value, str) else value


def range_csv(found: QuoteRange) -> str:
    """Return the rows of a range as CSV, with a column of figures for each case."""
    plans = {group.name: group.quote.plan for group in found.quotes[0].groups}
    header = ["section", "plan", "charge", "label", *CASES, *(["group"] if plans else [])]
    rows = (
        [
            section.key,
            plans.get(section.group, found.quotes[0].plan),
            row.charge.key if row.charge else "",
            row.label.strip(),
            *map(number_of, row.figures),
            *([section.group] if plans else []),
        ]
        for section in range_report(found).sections
        for row in section.rows
    )
    return to_csv([header, *rows])


def break_even_csv(found: BreakEven) -> str:
    """Return the totals that prove a break-even as CSV: a row for each quantity."""
    rows = (
        [point.quantity, *point.totals, " ".join(point.cheapest(found.plans))]
        for point in found.points
    )
    return to_csv([["quantity", *found.plans, "cheaper"], *rows])


def sweep_csv(sweep: Sweep) -> str:
    """Return `sweep` as CSV: a row for each quantity, a column for each plan."""
    rows = ([point.quantity, *point.totals] for point in sweep.points)
    return to_csv([["quantity", *sweep.plans], *rows])


def difference_csv(difference: Difference) -> str:
    """Return `difference` as CSV: a row for each charge that differs, and the totals."""
    keys = ("quantity", "price", "amount", "at_least")
    names = (f"{which}_{key}" for which in ("old", "new") for key in keys)
    rows: list[Sequence[object]] = [["charge", "label", "paid", *names, "change"]]
    for each in difference.lines:
        sides = (
            (line.quantity, line.unit_price, line.amount, False) if line else (0, "", ZERO, False)
            for line in (each.old, each.new)
        )
        paid = "once" if each.charge.one_time else "monthly"
        rows.append([each.charge.key, each.charge.label, paid, *chain(*sides), each.more])
    old, new = effect = difference.effect
    monthly = (old.totals.monthly, new.totals.monthly, effect.difference and effect.difference[0])
    once = (old.one_time_total, new.one_time_total, effect.one_time_difference)
    for paid, (before, after, more) in (("monthly", monthly), ("once", once)):
        sums = ("", "", before, old.at_least, "", "", after, new.at_least)
        rows.append(["", "Total", paid, *sums, more])
    return to_csv(rows)


def changes_csv(found: CardChanges) -> str:
    """Return `found` as CSV: a row for each price that differs, with its new source."""
    columns = ("plans", "charge", "label", "term", "unit", "old", "new", *SOURCE_COLUMNS)
    rows: list[Mapping[str, object]] = []
    for change in found.changes:
        old, new = (
            rate.price if rate and rate.price is not None else rate and rate_in_words(rate)
            for rate in (change.old, change.new)
        )
        rows.append(
            {
                **attributes_of(change, "charge=key label term unit"),
                **attributes_of(change.new or change.old, _OF_SOURCE),
                "plans": " ".join(change.plans),
                "old": old,
                "new": new,
            }
        )
    if effect := found.effect:
        keys = "plans=new.plan term=new.term old=old.totals.monthly new=new.totals.monthly"
        named = {"label": "Total of the scenario", "unit": "month"}
        rows.append({**attributes_of(effect, keys), **named})
    return table_csv(columns, rows)


def quote_check_csv(check: QuoteCheck) -> str:
    """Return the check as CSV: a row for each saved quote, the keys of the JSON as columns."""
    rows = [attributes_of(saved, CHECK_COLUMNS) for saved in check.quotes]
    return table_csv([*rows[0]], rows)
