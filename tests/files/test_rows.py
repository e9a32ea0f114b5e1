"""Rows: cells and objects, each with its line, and what is said of those that are none."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.batch import CellFault
from aloware_cli.domain.money import read_quantity
from aloware_cli.errors import DataError
from aloware_cli.files.blocks import Block
from aloware_cli.files.rows import (
    Cells,
    Columns,
    Object,
    RowFormat,
    columns_of,
    decoded,
    objects_of,
    read_column,
    read_header,
    rows_of,
)


def error_of(call: Callable[[], object]) -> str:
    """Return the error that stops `call`, as it is shown but for the word Error."""
    with pytest.raises(DataError) as raised:
        call()
    return raised.value.report().removeprefix("Error: ")


@pytest.mark.parametrize("content", [b"", b"a\n", "\u017b\U0001f600\n".encode(), b"\x01\r\n"])
def test_the_text_of_a_block_is_its_utf_8(content: bytes) -> None:
    assert decoded(Block(1, content), "in.csv").encode() == content


@pytest.mark.parametrize(
    ("line", "content", "report"),
    [
        (1, b"\xe9", "in.csv:1: not UTF-8 text\n  Save the file as UTF-8."),
        (1, b"\n\xe9\n\n\xe9", "in.csv:2: not UTF-8 text\n  Save the file as UTF-8."),
        (7, b"a\nb\nc\xe9\n", "in.csv:9: not UTF-8 text\n  Save the file as UTF-8."),
        (1, b"a\0", "in.csv:1: a NUL character\n  Save the file as UTF-8 text."),
        (1, b"\n\0\n\n\0", "in.csv:2: a NUL character\n  Save the file as UTF-8 text."),
        (7, b"a\nb\n\xc3\xa9\0\n", "in.csv:9: a NUL character\n  Save the file as UTF-8 text."),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(line: int, content: bytes, report: str) -> None:
    assert error_of(lambda: decoded(Block(line, content), "in.csv")) == report


@pytest.mark.parametrize(
    ("form", "line", "content", "header", "rest"),
    [
        ("csv", 1, b"a,b\n", Cells(1, ["a", "b"], 2), Block(2, b"")),
        ("csv", 1, b"a,b\n1,2\n3,4\n", Cells(1, ["a", "b"], 2), Block(2, b"1,2\n3,4\n")),
        ("csv", 3, b"\n  \na\n\n1\n", Cells(5, ["a"], 6), Block(6, b"\n1\n")),
        ("csv", 1, b'"a\nb",c\n1,2\n', Cells(1, ["a\nb", "c"], 3), Block(3, b"1,2\n")),
        ("tsv", 1, b"a,b\tc\r\n1\t2\r\n", Cells(1, ["a,b", "c"], 2), Block(2, b"1\t2\r\n")),
    ],
)
def test_the_first_row_is_the_header_and_the_rest_follows_on_its_line(
    form: RowFormat, line: int, content: bytes, header: Cells, rest: Block
) -> None:
    assert read_header(Block(line, content), "in.csv", form) == (header, rest)


@pytest.mark.parametrize(
    ("content", "report"),
    [
        (b"\n \n", "in.csv:4: no row\n  Begin with one that names the columns."),
        (b"\n\xe9\n", "in.csv:5: not UTF-8 text\n  Save the file as UTF-8."),
        (
            b"\na\r",
            "in.csv:5: a carriage return alone\n  End lines with \\n or \\r\\n, all of them.",
        ),
    ],
)
def test_a_block_without_a_header_is_refused(content: bytes, report: str) -> None:
    assert error_of(lambda: read_header(Block(4, content), "in.csv", "csv")) == report


@pytest.mark.parametrize(
    ("form", "text", "rows"),
    [
        ("csv", "", []),
        ("csv", "\n", []),
        ("csv", "a,b\n", [Cells(4, ["a", "b"], 5)]),
        ("csv", "a\r\nb\n", [Cells(4, ["a"], 5), Cells(5, ["b"], 6)]),
        # A row of blanks alone is none; one with two cells is, whatever they hold.
        ("csv", " \t\n\n,\n", [Cells(6, ["", ""], 7)]),
        ("csv", '""\n" "\n"","\n"\n', [Cells(6, ["", "\n"], 8)]),
        ("csv", 'a,"b ""c"", d"\n', [Cells(4, ["a", 'b "c", d'], 5)]),
        ("csv", '"a\r\nb\n",c\nd\n', [Cells(4, ["a\r\nb\n", "c"], 7), Cells(7, ["d"], 8)]),
        ("csv", '"a\rb"\n', [Cells(4, ["a\rb"], 5)]),
        ("csv", "a\tb;c, d\n", [Cells(4, ["a\tb;c", " d"], 5)]),
        ("tsv", 'a,b\t"c\td"\n', [Cells(4, ["a,b", "c\td"], 5)]),
        ("csv", "\u2028\x0b\x0c\x1c,\x85\n", [Cells(4, ["\u2028\x0b\x0c\x1c", "\x85"], 5)]),
    ],
)
def test_each_row_has_its_cells_its_line_and_the_next(
    form: RowFormat, text: str, rows: list[Cells]
) -> None:
    assert list(rows_of(text, 4, "in.csv", form)) == rows


QUOTE = (
    "a quote inside a cell that is not in quotes\n"
    "  Put the cell in quotes, and write each quote in it as two."
)
RETURN = "a carriage return alone\n  End lines with \\n or \\r\\n, all of them."


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("csv", 'a"b\n', f"4: {QUOTE}"),
        ("csv", 'a,b\n\nc,d"\n"e",f\n', f"6: {QUOTE}"),
        ("csv", '"a"b\n', f"4: {QUOTE}"),
        ("csv", ' "a"\n', f"4: {QUOTE}"),
        ("csv", '"a" ,b\n', f"4: {QUOTE}"),
        ("csv", '"a\nb"\n"c\nd"e\n', f"6: {QUOTE}"),
        ("csv", '"a"\t"b"\n', f"4: {QUOTE}"),
        ("tsv", '"a","b"\n', f"4: {QUOTE}"),
        ("csv", 'a"\rb\n', f"4: {QUOTE}"),
        ("csv", "a\rb\n", f"4: {RETURN}"),
        ("csv", "a\n\r\r\n", f"5: {RETURN}"),
        ("csv", 'a,b\n\nc\rd\n"e"f\n', f"6: {RETURN}"),
        ("csv", 'a\r"b"\n', f"4: {RETURN}"),
        ("tsv", "a\tb\nc\td\r\te\n", f"5: {RETURN}"),
        ("csv", '"a","b"\r"c","d"\r', f"4: {RETURN}"),
        ("csv", 'a\n"b\n""c"\rd\n', f"6: {RETURN}"),
    ],
)
def test_what_may_not_stand_in_a_row_is_refused_with_its_line(
    form: RowFormat, text: str, said: str
) -> None:
    assert error_of(lambda: list(rows_of(text, 4, "in.csv", form))) == f"in.csv:{said}"


def test_a_cell_of_131072_characters_is_read_and_a_larger_one_refused_with_its_row() -> None:
    # The bound of Python's csv module is 128 KiB of characters.
    most = "x" * 131_072
    assert list(rows_of(f"a\n{most}\n", 4, "in.csv", "csv"))[1].cells == [most]
    rows = rows_of(f'a\n"b\nc"\n\n"\n\n",{most}x\n', 4, "in.csv", "csv")
    # The quoted cell takes lines 5 and 6, the blank line is 7, and the row begins on 8.
    assert [next(rows), next(rows)] == [Cells(4, ["a"], 5), Cells(5, ["b\nc"], 7)]
    assert error_of(lambda: next(rows)) == (
        "in.csv:8: field larger than field limit (131072)\n  Write cells of a reasonable size."
    )


@pytest.mark.parametrize(
    ("form", "width", "text", "columns"),
    [
        ("csv", 2, "a,b\n", Columns(["a,b"], [["a"], ["b"]])),
        ("csv", 2, "a,b\n,\n", Columns(["a,b", ","], [["a", ""], ["b", ""]])),
        ("csv", 3, "a,,c\n1,2,\n", Columns(["a,,c", "1,2,"], [["a", "1"], ["", "2"], ["c", ""]])),
        ("csv", 1, "a\nb\n", Columns(["a", "b"], [["a", "b"]])),
        ("csv", 2, "a,b\r\nc,d\n", Columns(["a,b", "c,d"], [["a", "c"], ["b", "d"]])),
        ("csv", 2, "a\tb,c\n", Columns(["a\tb,c"], [["a\tb"], ["c"]])),
        ("tsv", 2, "a\tb\n", Columns(["a,b"], [["a"], ["b"]])),
        ("tsv", 1, "a\r\n", Columns(["a"], [["a"]])),
    ],
)  # fmt: skip
def test_perfect_rows_are_read_as_columns(
    form: RowFormat, width: int, text: str, columns: Columns
) -> None:
    assert columns_of(text, width, form) == columns


@pytest.mark.parametrize(
    ("form", "width", "text"),
    [
        ("csv", 1, ""),
        ("csv", 2, ""),
        ("csv", 2, "a,b"),
        ("csv", 2, "a\n"),
        ("csv", 2, "a,b,c\n"),
        ("csv", 2, "a,b\nc\n"),
        ("csv", 2, "a,b\nc,d,e\n"),
        # As many cells as two rows of two, one and three.
        ("csv", 2, "a\nb,c,d\n"),
        ("csv", 2, "a,b,c\nd\n"),
        ("csv", 2, "a,b\n\n"),
        ("csv", 2, "\na,b\n"),
        ("csv", 1, "\n"),
        ("csv", 1, "\na\n"),
        ("csv", 1, "a\n\nb\n"),
        ("csv", 1, "a\n \t\nb\n"),
        ("csv", 2, 'a,"b"\n'),
        ("csv", 2, "a,b\rc\n"),
        ("csv", 2, "a\r\n,b\r\n"),
        ("tsv", 2, "a\tb,c\n"),
        ("tsv", 2, "a,b\n"),
        ("csv", 2, "a\tb\n"),
    ],
)
def test_rows_that_are_not_perfect_are_no_columns(form: RowFormat, width: int, text: str) -> None:
    assert columns_of(text, width, form) is None


@given(
    st.sampled_from(["csv", "tsv"]),
    st.integers(1, 3),
    st.lists(st.sampled_from(["a", "1", " ", ",", "\t", "\n", "\r\n", "\r", '"'])).map("".join),
)
def test_columns_hold_what_rows_hold(form: RowFormat, width: int, text: str) -> None:
    text += "\n"
    columns = columns_of(text, width, form)
    if columns is not None:
        rows = [row.cells for row in rows_of(text, 1, "in.csv", form)]
        read = [list(row) for row in zip(*columns.cells, strict=True)]
        # Blanks alone in the one column are no row.
        assert [row for row in read if len(row) > 1 or row[0].strip()] == rows
        assert columns.rows == [",".join(row) for row in read]


OBJECT = 'write one object, such as {"plan": "uPro", "agents": 3}'
CARRIED = "write it in quotes to carry it along"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("{}", {}),
        (' {"a": 1}\r', {"a": 1}),
        ('{"a": "x", "b": [1, {"c": null}]}', {"a": "x", "b": [1, {"c": None}]}),
        ('{"a": 0.5, "b": -1.5, "c": 1e3}', {"a": 0.5, "b": -1.5, "c": 1000.0}),
        # The largest number with a fraction; one digit more is too much.
        ('{"a": [1.7976931348623157e308, -1.7976931348623157e308]}',
         {"a": [1.7976931348623157e308, -1.7976931348623157e308]}),
        # As many digits as Python reads.
        (f'{{"a": {"9" * 4300}}}', {"a": 10**4300 - 1}),
        ('{"a": {"b": 1}, "b": {"a": 1}}', {"a": {"b": 1}, "b": {"a": 1}}),
        ('{"NaN": "Infinity"}', {"NaN": "Infinity"}),
        ('{"\\u0000": "\u2028"}', {"\0": "\u2028"}),
    ],
)  # fmt: skip
def test_a_line_holds_an_object(row: str, value: dict[str, Any]) -> None:
    assert list(objects_of(f"{row}\n", 4)) == [Object(4, value, None)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("[1]", f"no object; {OBJECT}"),
        ("3", f"no object; {OBJECT}"),
        ("null", f"no object; {OBJECT}"),
        ('"plan"', f"no object; {OBJECT}"),
        ("plan", f"no JSON: Expecting value at column 1; {OBJECT}"),
        ('{"a": }', f"no JSON: Expecting value at column 7; {OBJECT}"),
        ("{} {}", f"no JSON: Extra data at column 4; {OBJECT}"),
        ('{"a": 1, "a": 2}', "the key 'a' is given twice; keep one of them"),
        ('{"a": 1, "b": 2, "c": 3, "b": 2}', "the key 'b' is given twice; keep one of them"),
        ('{"x": [{"a": 1, "a": 1, "a": 1}]}', "the key 'a' is given twice; keep one of them"),
        (f'{{"{"k" * 41}": 1, "{"k" * 41}": 2}}',
         f"the key '{'k' * 40}...' is given twice; keep one of them"),
        ('{"a": 1.7976931348623159e308}',
         f"the number 1.7976931348623159e308 is too large; {CARRIED}"),
        ('{"a": -1e309}', f"the number -1e309 is too large; {CARRIED}"),
        (f'{{"a": {"9" * 310}.0}}', f"the number '{'9' * 40}...' is too large; {CARRIED}"),
        (f'{{"a": 1{"0" * 4300}}}', f"a number has more digits than can be read; {CARRIED}"),
        ('{"a": NaN}', "NaN is no number of JSON; write null"),
        ('{"a": Infinity}', "Infinity is no number of JSON; write null"),
        ('{"a": [-Infinity]}', "-Infinity is no number of JSON; write null"),
        ("[" * 100_000, "nested too deeply; write it flatter"),
        ('{"a": ' * 100_000, "nested too deeply; write it flatter"),
    ],
)  # fmt: skip
def test_a_line_that_holds_no_object_says_what_is_wrong(row: str, problem: str) -> None:
    message, _, hint = problem.rpartition("; ")
    assert list(objects_of(row, 4)) == [Object(4, {}, CellFault("", message, hint))]


def test_blank_lines_are_no_objects_but_are_counted() -> None:
    found = list(objects_of('\n{"a": 1}\n \t\r\n\n[]\n{"a": 2}\n\n', 7))
    assert found == [
        Object(8, {"a": 1}, None),
        Object(11, {}, CellFault("", "no object", OBJECT)),
        Object(12, {"a": 2}, None),
    ]


@given(
    st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.lists(st.floats(-1, 1)))
)
def test_whatever_json_writes_on_a_line_is_read_back(value: dict[str, Any]) -> None:
    for ascii_only in (True, False):
        line = json.dumps(value, ensure_ascii=ascii_only)
        assert list(objects_of(line, 1)) == [Object(1, value, None)]


@pytest.mark.parametrize(
    ("cells", "quantities", "unreadable"),
    [
        ([], [], []),
        (["", ""], [0, 0], []),
        (["0", "", "999", "1"], [0, 0, 999, 1], []),
        (["1000", "", "0"], [1000, 0, 0], []),
        (["1000", "7"], [1000, 7], []),
        (["007", "0000"], [7, 0], []),
        (["1000000000", "999999999"], [10**9, 10**9 - 1], []),
        (["1000000001", "5", "1000000000"], [0, 5, 10**9], [0]),
        (["10k", "2.5K", "10,000", "10_000", ""], [10_000, 2500, 10_000, 10_000, 0], []),
        (["1.5", "5", "", "x"], [0, 5, 0, 0], [0, 3]),
        (["1000", "-5", " ", " 5", "+5", "5 "], [1000, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5]),
        # Digits, but not those of ASCII.
        (["1000", "\u0665"], [1000, 0], [1]),
        (["\u00b2", "5"], [0, 5], [0]),
        # More digits than Python takes for a number.
        (["9" * 4301, "5"], [0, 5], [0]),
        (["0" * 4301, "5"], [0, 5], []),
    ],
)
def test_a_column_of_quantities(
    cells: list[str], quantities: list[int], unreadable: list[int]
) -> None:
    found = set[int]()
    assert read_column(cells, found) == quantities
    assert found == set(unreadable)


def test_what_was_unreadable_before_stays_so() -> None:
    found = {0, 7}
    assert read_column(["1", "x"], found) == [1, 0]
    assert found == {0, 1, 7}


@given(
    st.lists(
        st.integers(0, 10**9 + 1).map(str) | st.text(st.sampled_from("019kK.,_- \u0663")),
        max_size=4,
    )
)
def test_a_column_is_read_as_its_cells_are(cells: list[str]) -> None:
    found = set[int]()
    quantities = read_column(cells, found)
    for position, cell in enumerate(cells):
        try:
            expected = read_quantity(cell or "0")
        except ValueError:
            assert (quantities[position], position in found) == (0, True)
        else:
            assert (quantities[position], position in found) == (expected, False)
