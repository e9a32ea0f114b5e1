"""Workbooks of rows: the first sheet of an .xlsx file as rows in, and rows with live sums out."""

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, cast

from aloware_cli.batch.rows import RowFile, open_file, read_cells
from aloware_cli.domain.money import ZERO, round_to_cents
from aloware_cli.domain.periods import PERIODS
from aloware_cli.errors import DataError
from aloware_cli.files.io import display_path, open_output
from aloware_cli.render.sections import MONTHS
from aloware_cli.render.xlsx import (
    COUNT,
    MONEY,
    PRICE,
    Style,
    import_extra,
    open_workbook,
    styles_of,
    write_amount,
    write_header,
)

#: Bytes of a file in the archive when it is unpacked. A sheet is read row by row, all else at once.
MAX_SHEET: Final = 1 << 28
MAX_PART: Final = 1 << 25
#: Rows and characters of a cell that a sheet of Excel has.
MAX_ROWS: Final = 1 << 20
MAX_TEXT: Final = (1 << 15) - 1
AS_CSV: Final = "save the sheet as CSV and use that file"
AMOUNTS: Final = (*PERIODS, "one_time")
#: How the numbers among results are shown.
FORMATS: Final = {"quantity": COUNT, "unit_price": PRICE, **dict.fromkeys(AMOUNTS, MONEY)}


@contextmanager
def open_sheet(path: str) -> Iterator[RowFile]:
    """Open the first sheet of the workbook at `path` as rows of TSV, a line for each row.

    A line break in a cell becomes a blank. Raises DataError for a file that is not a workbook, that
    has a password, or that is too large.
    """
    name = display_path(path)
    openpyxl = import_extra("openpyxl")
    with open_file(path) as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _reject_unsafe(stream, name)
        with _errors_of(name):
            # Results of formulas, and the formulas: one without a result is not an empty cell.
            books = [
                openpyxl.load_workbook(stream, read_only=True, data_only=results, keep_links=False)
                for results in (True, False)
            ]
            sheets = [book.worksheets[0] for book in books]
            rows = zip(*(sheet.iter_rows(values_only=True) for sheet in sheets), strict=True)
        yield RowFile(name, io.BufferedReader(_Lines(_lines(rows, name))), None)


def _reject_unsafe(stream: BinaryIO, name: str) -> None:
    """Raise DataError if the file in `stream` is not a workbook, or needs too much memory."""
    if stream.read(4) == b"\xd0\xcf\x11\xe0":
        message = f"{name}: a workbook with a password, or of Excel 97"
        raise DataError("E-FORMAT", message, f"save it as .xlsx without a password, or {AS_CSV}")
    with _errors_of(name), zipfile.ZipFile(stream) as archive:
        for part in archive.infolist():
            most = MAX_SHEET if part.filename.startswith("xl/worksheets/") else MAX_PART
            if part.file_size > most:
                message = f"{name}: {part.filename} is larger than {most >> 20} MiB unpacked"
                raise DataError("E-SIZE", message, AS_CSV)


@contextmanager
def _errors_of(name: str) -> Iterator[None]:
    """Turn any error of a broken workbook into one of ours: a reader of archives has many."""
    try:
        yield
    except (DataError, MemoryError):
        raise
    except Exception as error:
        message = f"cannot read {name}: not a workbook that a spreadsheet can open"
        raise DataError("E-READ", message, f"open it and save it again, or {AS_CSV}") from error


def _lines(rows: Iterable[Sequence[Sequence[Any]]], name: str) -> Iterator[bytes]:
    """Yield each row as a line of TSV, with as many cells as the first that is not blank."""
    width = 0
    with _errors_of(name):
        for number, (results, formulas) in enumerate(rows, 1):
            cells = list(map(cell_text, results))
            missing = next((n for n, each in enumerate(cells) if not each and formulas[n]), None)
            if missing is not None:
                message = f"{name}:{number}: a formula without a result"
                hint = "open the workbook in a spreadsheet and save it again"
                raise DataError("E-FORMAT", message, hint)
            while len(cells) > width and not cells[-1]:
                cells.pop()
            width = width or len(cells)
            cells += [""] * (width - len(cells))
            text = io.StringIO()
            csv.writer(text, delimiter="\t", lineterminator="\n").writerow(cells)
            yield text.getvalue().encode() if any(cells) else b"\n"


def cell_text(value: Any) -> str:
    """Return the value of a cell as the text that CSV would have."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return re.sub(r"\s*[\r\n\t]+\s*", " ", str(value))


class _Lines(io.RawIOBase):
    """A stream of bytes that are made when they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._lines, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


@contextmanager
def open_sheet_output(path: str, *, force: bool) -> Iterator[BinaryIO]:
    """Open the workbook at `path` for rows of CSV, as `open_output` opens a file."""
    with (
        open_output(path, force=force) as stream,
        TemporaryDirectory() as folder,
        open_workbook(stream, constant_memory=True, tmpdir=folder) as book,
    ):
        sheet = book.add_worksheet("Rows")
        writer = SheetWriter(sheet, styles_of(book))
        try:
            yield cast("BinaryIO", writer)
        except BaseException:
            sheet.row_data_fh.close()  # the rows so far, which only a complete workbook closes
            raise
        writer.write_totals()


class SheetWriter(io.RawIOBase):
    """A stream that takes rows of CSV and writes them to a sheet; the sums are formulas."""

    def __init__(self, sheet: Any, style: Style) -> None:
        """Write to `sheet`; the first row has the names of the columns."""
        self._sheet, self._style = sheet, style
        self._names: Sequence[str] = ()
        self._rows = 0
        self._totals = dict.fromkeys(AMOUNTS, ZERO)

    def write(self, content: Any) -> int:
        """Write whole rows; raises DataError for one that a sheet cannot have."""
        for _, cells in read_cells(content.decode(), 0, "", ","):
            if not self._names:
                self._names = cells
                write_header(self._sheet, self._style, {name: len(name) + 8 for name in cells})
                continue
            self._rows += 1
            if self._rows >= MAX_ROWS - 1 or any(len(cell) > MAX_TEXT for cell in cells):
                message = f"row {self._rows:,} is too large, or one too many, for a workbook"
                raise DataError("E-SIZE", message, "use --output FILE.csv")
            self._write_row(dict(zip(self._names, cells, strict=True)))
        return len(content)

    def _write_row(self, row: Mapping[str, str]) -> None:
        for column, (name, text) in enumerate(row.items()):
            if name in FORMATS and text:
                amount = Decimal(text)
                style = self._style(FORMATS[name], at_least=row["status"] == "unpriced")
                formula = self._formula(name, row)
                write_amount(self._sheet, (self._rows, column), amount, formula, style)
                if name in self._totals:
                    self._totals[name] += amount
            elif re.fullmatch("0|[1-9][0-9]{0,14}", text):
                self._sheet.write_number(self._rows, column, int(text))
            elif text:
                self._sheet.write_string(self._rows, column, text)

    def _formula(self, name: str, row: Mapping[str, str]) -> str:
        """Return the formula of an amount of `row`, without an equals sign; empty for an input."""
        if name in PERIODS[1:]:
            return f"{MONTHS[PERIODS.index(name)]}*{self._cell('monthly')}"
        quantity, price = row.get("quantity"), row.get("unit_price")
        if name in AMOUNTS and quantity and price:
            product = round_to_cents(Decimal(quantity) * Decimal(price))
            if product == Decimal(row[name]):
                return f"ROUND({self._cell('quantity')}*{self._cell('unit_price')},2)"
        return ""

    def _cell(self, name: str, row: int = 0) -> str:
        """Return the address of the cell `name` in the row that is written, or in `row`."""
        letters, number = "", self._names.index(name) + 1
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{letters}{row or self._rows + 1}"

    def write_totals(self) -> None:
        """Write the sums of the amounts below the rows."""
        last = self._rows + 1
        self._sheet.write_string(last, 0, "Total", self._style(is_bold=True))
        for name, total in self._totals.items():
            formula = f"SUM({self._cell(name, 2)}:{self._cell(name, last)})"
            style = self._style(MONEY, is_bold=True)
            write_amount(self._sheet, (last, self._names.index(name)), total, formula, style)
