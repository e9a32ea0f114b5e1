"""A second engine for workbooks: it calculates the few functions that formulas use, in decimals."""

import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from string import ascii_uppercase
from typing import Any, NamedTuple

import pytest

openpyxl = pytest.importorskip("openpyxl", reason="the extra excel is not installed")
xlsxwriter = pytest.importorskip("xlsxwriter", reason="the extra excel is not installed")


class Book(NamedTuple):
    """The cells of a workbook by sheet and address: what was written, and stored results."""

    formulas: dict[tuple[str, str], Any]
    results: dict[tuple[str, str], Any]

    def row(self, sheet: str, number: int) -> list[Any]:
        """Return what was written into a row, without empty cells."""
        cells = [(key, value) for (name, key), value in self.formulas.items() if name == sheet]
        return [value for key, value in cells if key.strip(ascii_uppercase) == str(number)]

    def calculated(self, sheet: str, key: str) -> Decimal:
        """Return the value of a cell, calculated from the cells that it refers to."""
        value = self.formulas.get((sheet, key))
        if not (isinstance(value, str) and value.startswith("=")):
            # As a spreadsheet does, a sum leaves out texts.
            return Decimal(0) if value is None or isinstance(value, str) else Decimal(repr(value))
        rule = re.sub(r"(?:'([^']+)'!)?\b([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", self._cells(sheet), value)
        rule = re.sub(r"(?<![\w'.])(\d+(?:\.\d+)?)(?![\w'.])", r"D('\1')", rule.removeprefix("="))
        names = {"D": Decimal, "cell": self.calculated, "ROUND": rounded, "SUM": total}
        return Decimal(eval(rule, {}, names))  # noqa: S307  formulas of our own workbook

    @staticmethod
    def _cells(sheet: str) -> Any:
        def refer(found: re.Match[str]) -> str:
            name, column, first, last = found.groups()
            rows = range(int(first), int(last or first) + 1)
            return ",".join(f"cell({name or sheet!r},'{column}{row}')" for row in rows)

        return refer


def rounded(number: Decimal, places: Decimal) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)


def total(*numbers: Decimal) -> Decimal:
    return sum(numbers, Decimal(0))


def read_book(content: bytes | Path) -> Book:
    """Return the cells of the workbook in `content`; every formula gives its stored result."""
    cells = []
    for results in (False, True):
        stream = BytesIO(content if isinstance(content, bytes) else content.read_bytes())
        book = openpyxl.load_workbook(stream, data_only=results)
        cells.append(
            {
                (sheet.title, cell.coordinate): cell.value
                for sheet in book
                for row in sheet.iter_rows()
                for cell in row
                if cell.value not in (None, "")
            }
        )
    found = Book(*cells)
    for (sheet, key), value in found.formulas.items():
        if isinstance(value, str) and value.startswith("=") and value != found.results[sheet, key]:
            assert found.calculated(sheet, key) == Decimal(repr(found.results[sheet, key])), value
    return found
