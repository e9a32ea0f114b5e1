"""Workbooks: quotes as spreadsheets whose amounts are live formulas.

Each formula has its result stored beside it, so previews show the figures of the quote. Texts are
written as texts, so none of them runs as a formula.
"""

import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final, TypeAlias

from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.money import CASES, ZERO, round_to_cents
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.results import Comparison
from aloware_cli.errors import UsageError
from aloware_cli.render.comparisons import comparison_report, range_report
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import (
    MONTHS,
    UNPUBLISHED,
    Amount,
    Report,
    Row,
    Section,
    notes_by_heading,
)
from aloware_cli.render.words import card_identity, references_of

#: The columns of a quote, with their widths.
COLUMNS: Final = {
    "Item": 44, "Quantity": 12, "Unit": 12, "Net price": 12, "Monthly": 14, "Quarterly": 14,
    "Annual": 14, "Once": 14, "Calculation": 44,
}  # fmt: skip
#: The letters of the columns of figures, by the keys of the columns of sections.
FIGURES: Final = {"monthly": "E", "quarterly": "F", "annual": "G", "amount": "H"}
#: The sections whose totals make up the first year.
TOTALS: Final = ("total", "one_time", "custom_one_time")
MONEY: Final = "#,##0.00"
#: Up to the eight decimal places that a price may have.
PRICE: Final = "#,##0.00######"
COUNT: Final = "#,##0"
#: XlsxWriter makes numbers, formulas and links from texts unless it is told not to.
OPTIONS: Final = {
    "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip
#: The longest name of a sheet.
MAX_NAME: Final = 31
#: Of a cent.
HALF: Final = Decimal("0.5")
#: USD: more than an error of binary, and far less than a cent.
RAISED: Final = "0.0000001"
#: The day that files in the archive have too: a quote gives the same bytes each time.
CREATED: Final = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  a workbook has no time zone

#: Returns the cell format of a number or a text.
Style: TypeAlias = Callable[..., Any]


def import_extra(name: str) -> Any:
    """Return the module `name` of the extra `excel`; raises UsageError if it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        hint = "install it: pip install 'aloware-cli[excel]'"
        raise UsageError("E-REQUIRES", "a workbook requires the extra excel", hint) from error


@contextmanager
def open_workbook(target: Any, **options: Any) -> Iterator[Any]:
    """Open a workbook that is written to the stream `target`, the same bytes each time.

    Raises OSError if it cannot be written.
    """
    xlsxwriter = import_extra("xlsxwriter")
    book = xlsxwriter.Workbook(target, {**OPTIONS, **options})
    book.set_properties({"created": CREATED})
    yield book
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from error


def quote_xlsx(quote: Quote) -> bytes:
    """Return `quote` as a workbook, with its notes and the sources of its prices."""
    return _workbook({"Quote": quote}, quote_report(quote))


def comparison_xlsx(comparison: Comparison) -> bytes:
    """Return `comparison` as a workbook: the totals of each plan, and a sheet with its quote."""
    quotes = {quote.plan: quote for quote in comparison.quotes}
    return _workbook(quotes, comparison_report(comparison), "Comparison")


def range_xlsx(found: QuoteRange) -> bytes:
    """Return `found` as a workbook: the totals of each case, and a sheet with its quote."""
    quotes = dict(zip(map(str.capitalize, CASES), found.quotes, strict=True))
    return _workbook(quotes, range_report(found), "Range")


def _workbook(quotes: Mapping[str, Quote], report: Report, overview: str = "") -> bytes:
    """Return a workbook with a sheet for each of `quotes`, and the notes of `report`.

    The first sheet is the `overview`, if it has a name: totals that refer to the other sheets.
    """
    content = io.BytesIO()
    with open_workbook(content, in_memory=True) as book:
        style = styles_of(book)
        first = book.add_worksheet(overview) if overview else None
        if first:
            write_header(first, style, {"": 20, **dict.fromkeys([*COLUMNS][4:8], 14)})
        for row, (name, quote) in enumerate(quotes.items(), 1):
            can_be_sheet = name.isascii() and name.replace(" ", "").isalnum()
            sheet = name if can_be_sheet and len(name) <= MAX_NAME else f"Sheet {row}"
            totals = _QuoteSheet(book, sheet).write(quote_report(quote))
            if first:
                first.write_string(row, 0, name)
                money = style(MONEY, at_least=quote.at_least)
                amounts = (*quote.totals, quote.one_time_total)
                for column, (key, amount) in enumerate(zip(FIGURES, amounts, strict=True), 1):
                    cells = (f"'{sheet}'!{cell}" for cell in totals[key])
                    if formula := "+".join(cells):
                        write_amount(first, (row, column), amount, formula, money)
        _write_notes(book, report)
        _write_sources(book, quotes.values())
    return content.getvalue()


def styles_of(book: Any) -> Style:
    """Return the function that makes the cell formats of `book`, each once.

    It takes the format of a number, whether ≥ marks a lower bound, and whether a text is bold.
    """

    @cache
    def style(number: str = "", *, at_least: bool = False, is_bold: bool = False) -> Any:
        mark = '"≥ "' if at_least else ""
        form = {"num_format": mark + number} if number else {}
        return book.add_format({**form, "bold": is_bold})

    return style


def write_header(sheet: Any, style: Style, widths: Mapping[str, int]) -> None:
    """Write the names of columns into the first row, which stays in view."""
    for column, (name, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, style(is_bold=True))
    sheet.freeze_panes(1, 1)


def write_amount(
    sheet: Any, cell: tuple[int, int], amount: Decimal, formula: str, style: Any
) -> None:
    """Write `amount` as the result of `formula`, or as a number if it has none."""
    if formula:
        sheet.write_formula(*cell, f"={formula}", style, amount)
    else:
        sheet.write_number(*cell, amount, style)


class _QuoteSheet:
    """A sheet with the sections of a quote, one below the other."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._style = styles_of(book)
        #: The number of the last row that was written, as cells have it.
        self._row = 1
        #: The cells of the totals, by the keys of columns: several for what is paid once.
        self._totals: dict[str, list[str]] = {key: [] for key in FIGURES}

    def write(self, report: Report) -> Mapping[str, Sequence[str]]:
        """Write the sections of `report`; return the cells of its totals, by keys of columns."""
        write_header(self._sheet, self._style, {**COLUMNS})
        self._sheet.write_string(0, 0, report.title, self._style(is_bold=True))
        # The rows of subtotals, by the key of the section that adds them up.
        subtotals: dict[str, list[int]] = {}
        for section in report.sections:
            if section.title:
                title = f"{section.part}: {section.title}" if section.group else section.title
                self._sheet.write_string(self._row, 0, title, self._style(is_bold=True))
                self._row += 1
            key = "total" if section.key in (*CATEGORIES, "group") else section.key
            # The row of the sum before, and the rows that the next sum adds to it.
            total: list[int] = []
            added = [] if section.rows[0].level == "item" else subtotals.get(key, [])
            for row in section.rows:
                self._row += 1
                self._write_labels(row)
                if row.level == "item":
                    self._write_figures(row, section, [])
                    added = [*added, self._row]
                else:
                    self._write_figures(row, section, [*total, *added] if added else [])
                    total, added = [self._row], []
            is_part = section.key in CATEGORIES or bool(section.group)
            if is_part and section.rows[-1].level == "subtotal":
                subtotals.setdefault(key, []).append(self._row)
        return self._totals

    def _write_labels(self, row: Row) -> None:
        index, style = self._row - 1, self._style(is_bold=row.level == "total")
        self._sheet.write_string(index, 0, row.label, style)
        if row.quantity is not None:
            self._sheet.write_number(index, 1, row.quantity, self._style(COUNT))
        self._sheet.write_string(index, 2, row.unit)
        if row.price is not None:
            self._sheet.write_number(index, 3, row.price, self._style(PRICE))
        self._sheet.write_string(index, len(COLUMNS) - 1, row.calculation)

    def _write_figures(self, row: Row, section: Section, summed: Sequence[int]) -> None:
        """Write the amounts of `row`, which is the sum of the rows `summed` if there are any."""
        for period, (column, cell) in enumerate(zip(section.columns, row.figures, strict=False)):
            letter = FIGURES[column.key]
            address = (self._row - 1, ord(letter) - ord("A"))
            if not isinstance(cell, Amount) or cell.value is None:
                text = UNPUBLISHED if isinstance(cell, Amount) else str(cell)
                self._sheet.write_string(*address, text)
                continue
            formula = self._formula(row, section, letter, summed)
            if period and row.level == "item":
                formula = f"{MONTHS[period]}*{FIGURES['monthly']}{self._row}"
            style = self._style(MONEY, at_least=cell.at_least, is_bold=row.level == "total")
            write_amount(self._sheet, address, cell.value, formula, style)
            if summed and row.level == "total" and section.key in TOTALS:
                self._totals[column.key].append(f"{letter}{self._row}")

    def _formula(self, row: Row, section: Section, letter: str, summed: Sequence[int]) -> str:
        """Return the formula of an amount, without an equals sign; empty if it is an input."""
        if row.level == "item":
            return _product(row, self._row)
        if summed:
            is_range = [*summed] == [*range(summed[0], summed[-1] + 1)]
            cells = [f"{letter}{number}" for number in summed]
            return f"SUM({cells[0]}:{cells[-1]})" if is_range else f"SUM({','.join(cells)})"
        if section.key in TOTALS[1:]:  # the first year
            return "+".join([*self._totals["annual"], *self._totals["amount"]])
        return ""


def _product(row: Row, number: int) -> str:
    """Return the formula of quantity times net price in the row `number`, rounded as in quotes.

    What has several prices is calculated from them. It is empty where neither gives the amount.
    """
    line, product = row.line, f"B{number}*D{number}"
    exact = (row.quantity or 0) * (row.price or ZERO)
    if line is None:
        [first, *_] = row.figures or ("",)
        is_product = row.quantity is not None and row.price is not None
        amount = first.value if isinstance(first, Amount) else None
        is_exact = is_product and round_to_cents(exact) == amount
        return _rounded(product, exact) if is_exact else ""
    if not line.before and [part.quantity for part in line.parts] == [line.quantity]:
        return _rounded(product, exact)
    net = line.rate.apply_discount
    own = "+".join(f"{part.quantity}*{net(part.price):f}" for part in line.parts)
    total = sum((part.quantity * net(part.price) for part in line.parts), ZERO)
    if not line.before:
        return _rounded(own, total)
    before = net(line.before)
    return f"{_rounded(f'{before:f}+{own}', before + total)}-{_rounded(f'{before:f}', before)}"


def _rounded(formula: str, exact: Decimal) -> str:
    """Return the formula that rounds `formula`, whose value is `exact`, half up to cents.

    Workbooks calculate in binary, where half a cent may be a little less, so it is raised first.
    """
    is_half_a_cent = exact * 100 % 1 == HALF
    return f"ROUND({formula}+{RAISED},2)" if is_half_a_cent else f"ROUND({formula},2)"


def _write_notes(book: Any, report: Report) -> None:
    """Write the details of the customer, and what the figures depend on."""
    texts = [*report.facts, *(("", remark) for remark in report.remarks)]
    for heading, notes in notes_by_heading(report.customer_notes):
        texts += [(heading, note) for note in notes]
    _write_texts(book, "Notes", {"About": 24, "Text": 120}, texts)


def _write_sources(book: Any, quotes: Iterable[Quote]) -> None:
    """Write which page gives each price, in which words."""
    rows = []
    for quote in quotes:
        for found in references_of(quote):
            where = (found.title, found.source.url or "")
            rows += [(quote.plan, items, wording, *where) for items, wording in found.wordings]
        rows.append((quote.plan, "", "", card_identity(quote), ""))
    widths = {"Plan": 12, "Item": 44, "Wording": 80, "Source": 60, "Address": 60}
    _write_texts(book, "Sources", widths, rows)


def _write_texts(
    book: Any, title: str, widths: Mapping[str, int], rows: Iterable[Sequence[str]]
) -> None:
    """Write a sheet of texts, with the names and the `widths` of its columns."""
    sheet = book.add_worksheet(title)
    write_header(sheet, styles_of(book), widths)
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
