"""Months: the usage of one customer, a row per month, priced on every plan and added up."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from aloware_cli.batch.columns import PLAN, Layout, layout_of, plain_name
from aloware_cli.batch.pricer import Outcome, PricingInput, RowPricer, Tally, outcome_of
from aloware_cli.batch.results import missing_column
from aloware_cli.batch.rows import (
    Header,
    Row,
    RowFile,
    RowFormat,
    cell_of,
    decode,
    read_blocks,
    read_header,
    read_objects,
    read_table,
)
from aloware_cli.domain.money import format_exact, format_usd
from aloware_cli.domain.periods import read_date
from aloware_cli.domain.problems import InvalidValue, Location, Problem, count, display_key, quoted
from aloware_cli.domain.quotes import Quote
from aloware_cli.errors import ValidationError
from aloware_cli.render.csv import to_csv

MONTH: Final = "month"
MAX_MONTHS: Final = 1_200
#: What names the row of sums.
TOTAL: Final = "total"
BLOCK_SIZE: Final = 1 << 16


class Month(NamedTuple):
    """A month, or all of them, with the quote of each plan and the cheapest plan."""

    name: str
    quotes: Sequence[Quote]
    outcome: Outcome


def price_months(file: RowFile, rows: RowFormat, given: PricingInput) -> list[Month]:
    """Return each month of `file` and, last, their total; ValidationError with every problem."""
    header, found = _read_rows(file, rows)
    pricer, place = _pricer_of(header, given)
    problems, months = list[Problem](), dict[str, Sequence[Quote]]()
    for row in found:
        location = Location(given.file, row.line)
        try:
            name, quotes = _price(row, header.names, pricer, place)
        except ValidationError as error:
            problems += [each._replace(location=location) for each in error.problems]
            continue
        if name in months:
            message = f"{name} is given twice"
            problems.append(Problem("E-DUPLICATE", message, "add the rows up", location, MONTH))
        months[name] = quotes
    if not found:
        location = Location(given.file, header.line)
        problems.append(Problem("E-EMPTY", "no month", "write a row for each month", location))
    if problems:
        raise ValidationError(problems)
    # A sum is a quote with the lines of every month, so it is ranked as a quote is.
    months[TOTAL] = [
        quotes[0]._replace(lines=tuple(line for quote in quotes for line in quote.lines))
        for quotes in zip(*months.values(), strict=True)
    ]
    bounds = given.scenario.allow_unpriced
    return [Month(name, each, outcome_of(each, bounds=bounds)) for name, each in months.items()]


def _read_rows(file: RowFile, rows: RowFormat) -> tuple[Header, list[Row]]:
    """Return the header and the rows of `file`, of which there may be only so many."""
    blocks = read_blocks(file, BLOCK_SIZE, quotes=rows != "jsonl")
    header, blocks = read_header(blocks, file.name, rows)
    found: list[Row] = []
    for block in blocks:
        text = decode(block, file.name)
        if rows == "jsonl":
            found += read_objects(text, block.line)
        else:
            found += read_table(text, block.line, file.name, header)
        if len(found) > MAX_MONTHS:
            message = f"more than {MAX_MONTHS:,} months"
            hint = "use a row for each month of one customer"
            location = Location(file.name, found[MAX_MONTHS].line)
            raise ValidationError([Problem("E-SIZE", message, hint, location)])
    return header, found


def _pricer_of(header: Header, given: PricingInput) -> tuple[RowPricer, int]:
    """Return what prices the rows, and the position of the month; raises ValidationError."""
    layout = layout_of(header.names, given.catalog.charges, (TOTAL,))
    places = [n for n, name in enumerate(header.names) if plain_name(name) == MONTH]
    problem = layout if isinstance(layout, Problem) else missing_column(layout, given)
    if problem is None and isinstance(layout, Layout) and PLAN in layout.keys:
        hint = "remove the column"
        problem = Problem("E-CONFLICT", "--compare prices every plan", hint, path=PLAN)
    elif problem is None and not places:
        hint = "add it, with months such as 2026-01"
        problem = Problem("E-COLUMN", f"no column {MONTH}", hint)
    if problem or isinstance(layout, Problem):
        location = Location(given.file, header.line)
        raise ValidationError([problem._replace(location=location)] if problem else [])
    return RowPricer(given, layout, Tally()), places[0]


def _price(
    row: Row, names: Sequence[str], pricer: RowPricer, place: int
) -> tuple[str, Sequence[Quote]]:
    """Return the month of `row` and its quotes; raises ValidationError."""
    problem = row.problem
    if further := [name for name in row.values if name not in names]:
        message = "not among the columns, which are the keys of the first object"
        problem = Problem("E-COLUMN", message, "add it there", path=display_key(further[0]))
    cells = [cell_of(row.values.get(name)) for name in names]
    text, month = cells[place], ""
    try:
        month = read_date(text if len(text) > len("2026-01") else f"{text}-01")
    except InvalidValue:
        hint = "use YYYY-MM, for example 2026-01"
        problem = problem or Problem("E-DATE", f"{quoted(text)} is not a month", hint, path=MONTH)
    if problem:
        raise ValidationError([problem])
    return month[: len("2026-01")], pricer.quotes_of(cells, row.line)


def months_csv(months: Sequence[Month], *, bounds: bool) -> str:
    """Return `months` as CSV, with a column per plan.

    Where a price is missing, there is no amount, unless lower `bounds` are wanted.
    """
    plans = [quote.plan for quote in months[0].quotes]
    rows = [["month", *plans, "cheapest", "status", "error"]]
    for name, quotes, outcome in months:
        amounts = [
            "" if quote.at_least and not bounds else format_exact(quote.totals.monthly)
            for quote in quotes
        ]
        rows.append([name, *amounts, outcome.plan, outcome.status, outcome.error])
    return to_csv(rows)


def summary_of_months(months: Sequence[Month]) -> str:
    """Write which plan was the cheapest in total, in how many months, and what each costs."""
    *single, (_, sums, outcome) = months
    totals = ", ".join(
        f"{quote.plan} {'at least ' * quote.at_least}{format_usd(quote.totals.monthly)}"
        for quote in sums
    )
    lead = f"{count(len(single), 'month')}: {totals}"
    if outcome.status == "unpriced":
        return f"{lead}\n{outcome.error}"
    wins = sum(month.outcome.plan == outcome.plan for month in single)
    won = f"{wins:,} of {count(len(single), 'month')}"
    return f"{lead}\n{outcome.plan} was the cheapest in total, and in {won}"
