"""Ranges side by side: a column each for low, expected and high quantities, in every format."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from aloware_cli.domain.money import CASES, ZERO
from aloware_cli.domain.proposals import QuoteRange, merged_keys
from aloware_cli.render.documents import Document, quote_document, record, to_value
from aloware_cli.render.quotes import LOWER_BOUND, RECURRING, facts_of, quote_sections, title_of
from aloware_cli.render.sections import (
    PERIODS,
    Amount,
    Cell,
    Column,
    Report,
    Row,
    Section,
    display,
    display_total,
)
from aloware_cli.render.words import count_charge, result_of

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import Line
    from aloware_cli.render.pages import Page
    from aloware_cli.render.quote_pages import Presentation

MONTH: Final = "Per month"
COLUMNS: Final = tuple(Column(case, case.capitalize()) for case in CASES)


def range_report(found: QuoteRange) -> Report:
    """Return what the quotes of a range show, side by side."""
    first = found.quotes[0]
    return Report(
        title=title_of(first),
        sections=tuple(_sections(found)),
        facts=facts_of(first.details),
        remarks=(LOWER_BOUND,) if found.at_least else (),
        notes=found.notes,
    )


def _sections(found: QuoteRange) -> Iterator[Section]:
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
                for rows in zip(_rows(alike), _rows(alike, 2), strict=True)
                for row, period in zip(rows, ("month", "year"), strict=True)
            )
            yield Section(key, MONTH, "", COLUMNS, tuple(totals))
        elif first.part == RECURRING and not first.group:
            recurring += (row for row in _rows(alike) if row.level == "item")
        else:
            part = MONTH if first.part == RECURRING else first.part
            if first.part != RECURRING and first.columns == PERIODS:
                part = f"{first.part}, per month"
            title = first.heading or part
            rows = tuple(_rows(alike))
            yield first._replace(part=part, title=title, columns=COLUMNS, rows=rows, calculation="")


def _rows(sections: Sequence[Section | None], place: int = 0) -> Iterator[Row]:
    """Yield the rows of the same section of each quote, with their figures at `place`.

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
            tuple(each.figures[place] if each else nothing for each in alike),
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


def range_csv(found: QuoteRange) -> str:
    """Return the rows of a range as CSV, with a column of figures for each case."""
    from aloware_cli.render.csv import number, to_csv

    plans = {group.name: group.quote.plan for group in found.quotes[0].groups}
    header = ["section", "plan", "charge", "label", *CASES, *(["group"] if plans else [])]
    rows = (
        [
            section.key,
            plans.get(section.group, found.quotes[0].plan),
            row.charge.key if row.charge else "",
            row.label.strip(),
            *map(number, row.figures),
            *([section.group] if plans else []),
        ]
        for section in _sections(found)
        for row in section.rows
    )
    return to_csv([header, *rows])


def range_text(found: QuoteRange) -> str:
    """Return a range as lines for a chat: what it is for, what it costs, and what to know."""
    from aloware_cli.render.text import chat_text, in_dollars

    def write(row: Row) -> str:
        return " / ".join(display(in_dollars(cell)) for cell in row.figures)

    report, quotes = range_report(found), found.aligned
    items = zip(*(quote.all_lines for quote in quotes), strict=True)
    totals = [row for section in report.sections if section.key == "total" for row in section.rows]
    costs = "; ".join(f"{row.label}: {write(row)}" for row in totals)
    order = ", ".join(map(_counted, items))
    return chat_text(quotes[-1], order, report, f"{costs} (low / expected / high)", write)


def _counted(lines: "tuple[Line, ...]") -> str:
    """Write how much of a charge there is: `3 agents`, `5,000/10,000/20,000 automated texts`."""
    *others, high = (line.quantity for line in lines)
    lead = "" if {*others} == {high} else "".join(f"{each:,}/" for each in others)
    return f"{lead}{count_charge(lines[-1].charge, high)}"


def range_page(found: QuoteRange, presentation: "Presentation | None") -> "Page":
    """Return what a customer reads of a range."""
    from aloware_cli.render.pages import Figure
    from aloware_cli.render.quote_pages import page_of

    headline = tuple(
        Figure(
            f"{column.title}, per month",
            display_total(quote.totals.monthly, at_least=quote.at_least),
        )
        for column, quote in zip(COLUMNS, found.quotes, strict=True)
    )
    return page_of(range_report(found), found.aligned[-1], headline, presentation)


def range_document(found: QuoteRange) -> Document:
    """Return a range as `aloware.range/1`."""
    documents = dict(zip(CASES, map(quote_document, found.quotes), strict=True))
    return {
        "schema": "aloware.range/1",
        **record(found.quotes[0], "plan term currency"),
        "totals": {case: document["totals"] for case, document in documents.items()},
        "at_least": found.at_least,
        "quotes": documents,
        "notes": to_value(found.notes),
    }
