"""Months: the usage of one customer, a row per month, priced on every plan and added up."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from aloware_cli.batch.columns import PLAN, Layout, layout_of, plain_name
from aloware_cli.batch.pricer import Outcome, Request, RowPricer, Tally, outcome_of
from aloware_cli.batch.results import missing_column
from aloware_cli.batch.rows import (
    Header,
    Row,
    RowFile,
    RowFormat,
    cell_of,
    decode,
    read_file,
    read_rows,
    reject,
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


class Month(NamedTuple):
    """A month, or all of them, with the quote of each plan and the cheapest plan."""

    name: str
    quotes: Sequence[Quote]
    outcome: Outcome


def price_months(file: RowFile, request: Request) -> list[Month]:
    """Return each month of `file` and, last, their total; ValidationError with every problem."""
    header, rows = _read_rows(file, request.rows)
    pricer = RowPricer(request, _layout_of(header, request), Tally())
    problems, months = list[Problem](), dict[str, Sequence[Quote]]()
    for row in rows:
        location = Location(file.name, row.line)
        try:
            name, cells = _cells_of(row, header.names)
            quotes = pricer.quotes_of(cells, row.line)
        except ValidationError as error:
            problems += [each._replace(location=location) for each in error.problems]
            continue
        if name in months:
            message = f"{name} is given twice"
            problems.append(Problem("E-DUPLICATE", message, "add the rows up", location, MONTH))
        months[name] = quotes
    if not rows:
        location = Location(file.name, header.line)
        problems.append(Problem("E-EMPTY", "no month", "write a row for each month", location))
    if problems:
        raise ValidationError(problems)
    # A sum is a quote with the lines of every month, so it is ranked as a quote is.
    months[TOTAL] = [
        quotes[0]._replace(lines=tuple(line for quote in quotes for line in quote.lines))
        for quotes in zip(*months.values(), strict=True)
    ]
    bounds = request.scenario.allow_unpriced
    return [Month(name, each, outcome_of(each, bounds=bounds)) for name, each in months.items()]


def _read_rows(file: RowFile, form: RowFormat) -> tuple[Header, list[Row]]:
    """Return the header and the rows of `file`, of which there may be only so many."""
    header, blocks = read_file(file, form)
    found: list[Row] = []
    for block in blocks:
        found += read_rows(decode(block, file.name), block.line, file.name, form, header)
        if len(found) > MAX_MONTHS:
            hint = "use a row for each month of one customer"
            line = found[MAX_MONTHS].line
            reject(file.name, line, "E-SIZE", f"more than {MAX_MONTHS:,} months", hint)
    return header, found


def _layout_of(header: Header, request: Request) -> Layout:
    """Return what the columns give; raises ValidationError for one that is wrong or missing."""
    layout = layout_of(header.names, request.catalog.charges, (TOTAL,))
    problem = layout if isinstance(layout, Problem) else missing_column(layout, request)
    columns = list(map(plain_name, header.names))
    if problem is None and PLAN in columns:
        hint = "remove the column"
        problem = Problem("E-CONFLICT", "--compare prices every plan", hint, path=PLAN)
    elif problem is None and MONTH not in columns:
        hint = "add it, with months such as 2026-01"
        problem = Problem("E-COLUMN", f"no column {MONTH}", hint)
    if problem or isinstance(layout, Problem):
        location = Location(request.file, header.line)
        raise ValidationError([problem._replace(location=location)] if problem else [])
    return layout


def _cells_of(row: Row, names: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the month of `row` and its cells; raises ValidationError."""
    problem = row.problem
    if further := [name for name in row.values if name not in names]:
        message = "not among the columns, which are the keys of the first object"
        problem = Problem("E-COLUMN", message, "add it there", path=display_key(further[0]))
    cells = [cell_of(row.values.get(name)) for name in names]
    text, month = cells[[*map(plain_name, names)].index(MONTH)], ""
    try:
        month = read_date(text if len(text) > len("2026-01") else f"{text}-01")
    except InvalidValue:
        hint = "use YYYY-MM, for example 2026-01"
        problem = problem or Problem("E-DATE", f"{quoted(text)} is not a month", hint, path=MONTH)
    if problem:
        raise ValidationError([problem])
    return month[: len("2026-01")], cells


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
