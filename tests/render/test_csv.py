"""CSV: cells that no spreadsheet runs."""

import csv
import io

import pytest

from aloware_cli.render.csv import escape_formula, to_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_formula_is_escaped_with_an_apostrophe(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "0.00", "12,000", "1-2", "a=b", "'=1", "A2P", "(1)", '"=1"'])
def test_other_text_is_not_escaped(text: str) -> None:
    assert escape_formula(text) == text


def test_cell_with_any_text_is_one_cell() -> None:
    cells = ['a,b;c\td "e"', "=1,2", "f\ng", "h\r=1+1"]
    rows = list(csv.reader(io.StringIO(to_csv([["w", "x", "y", "z"], cells]), newline="")))
    assert rows == [["w", "x", "y", "z"], ['a,b;c\td "e"', "'=1,2", "f\ng", "h\r=1+1"]]
