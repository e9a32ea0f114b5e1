"""Rows: cells and objects, each with its line, and what is wrong with those that are not."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.batch.rows import (
    MAX_SEARCHED,
    Block,
    Header,
    Row,
    RowFormat,
    decode,
    read_cells,
    read_header,
    read_objects,
    read_table,
    split_columns,
    to_json,
)
from aloware_cli.errors import ValidationError


def error_of(call: Callable[[], object]) -> str:
    """Return the problem that stops `call`."""
    with pytest.raises(ValidationError) as raised:
        call()
    [problem] = raised.value.problems
    return str(problem)


@pytest.mark.parametrize("content", [b"", b"a\n", "\u017b\U0001f600\n".encode(), b"\x01\r\n"])
def test_block_is_decoded_as_utf_8(content: bytes) -> None:
    assert decode(Block(1, content), "in.csv").encode() == content


WORKBOOK = "an Excel workbook; name it FILE.xlsx, or save the sheet as CSV  [E-FORMAT]"
NOT_TEXT = "not UTF-8 text; save the file as UTF-8  [E-ENCODING]"


@pytest.mark.parametrize(
    ("line", "content", "problem"),
    [
        (1, b"\xe9", f"in.csv:1: {NOT_TEXT}"),
        (1, b"\n\xe9\n\n\xe9", f"in.csv:2: {NOT_TEXT}"),
        (7, b"a\nb\nc\xe9\n", f"in.csv:9: {NOT_TEXT}"),
        (1, b"\n\0\n\n\0", f"in.csv:2: {NOT_TEXT}"),
        (7, b"a\nb\n\xc3\xa9\0\n", f"in.csv:9: {NOT_TEXT}"),
        (1, b"PK\x03\x04\x14\0", f"in.csv:1: {WORKBOOK}"),
    ],
)
def test_block_that_is_not_text_is_rejected(line: int, content: bytes, problem: str) -> None:
    assert error_of(lambda: decode(Block(line, content), "in.csv")) == problem


@pytest.mark.parametrize(
    ("form", "line", "content", "header", "rest"),
    [
        ("csv", 1, b"a,b\n1,2\n3,4\n", Header(("a", "b"), 1, ","), Block(2, b"1,2\n3,4\n")),
        ("csv", 3, b"\n  \na\n\n1\n", Header(("a",), 5, ","), Block(6, b"\n1\n")),
        ("csv", 1, b'"a\nb",c\n1,2\n', Header(("a\nb", "c"), 1, ","), Block(3, b"1,2\n")),
        ("csv", 1, b'"a\r\nb",c\r\n1,2\r\n', Header(("a\r\nb", "c"), 1, ","), Block(3, b"1,2\r\n")),
        ("tsv", 1, b"a,b\tc\r\n1\t2\r\n", Header(("a,b", "c"), 1, "\t"), Block(2, b"1\t2\r\n")),
        # CSV of a spreadsheet in another language, or tabs in a .csv file
        ("csv", 1, b"a;b\n1,5;2\n", Header(("a", "b"), 1, ";"), Block(2, b"1,5;2\n")),
        ("csv", 1, b"\na\tb\n1;2\t2\n", Header(("a", "b"), 2, "\t"), Block(3, b"1;2\t2\n")),
        ("csv", 1, b"a,b;c\n", Header(("a", "b;c"), 1, ","), Block(2, b"")),
        ("jsonl", 1, b'{}\n[]\n{"b": 1}', Header(("b",)), Block(1, b'{}\n[]\n{"b": 1}')),
        ("jsonl", 1, b"[]\n", Header(), Block(1, b"[]\n")),
    ],
)  # fmt: skip
def test_first_row_is_the_header(
    form: RowFormat, line: int, content: bytes, header: Header, rest: Block
) -> None:
    more = Block(9, b"1,2")
    found, rows = read_header(iter([Block(line, content), more]), "in.csv", form)
    assert (found, [*rows]) == (header, [rest, more])


def test_columns_of_json_lines_are_the_keys_of_the_first_object() -> None:
    blocks = [Block(1, b"[]\n"), Block(2, b"{}\n"), Block(3, b'{"b": 1}\n'), Block(4, b"x\n")]
    header, rows = read_header(iter(blocks), "in.jsonl", "jsonl")
    assert (header.names, [*rows]) == (("b",), blocks)


def test_file_without_object_is_searched_up_to_a_bound() -> None:
    blocks = iter([Block(1, b"[]\n" * (MAX_SEARCHED // 6)) for _ in range(4)])
    problem = error_of(lambda: read_header(blocks, "in.jsonl", "jsonl"))
    assert problem == f"in.jsonl:1: no object in the first 16 MiB; {OBJECT}  [E-JSON]"
    assert len([*blocks]) == 1


QUOTE = "a quote in an unquoted cell; put the cell in quotes and double each quote in it  [E-CSV]"
RETURN = "a lone carriage return; end lines with \\n or \\r\\n  [E-CSV]"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\n \n", "in.csv:4: no row; start with the names of the columns  [E-EMPTY]"),
        (b"\n\xe9\n", f"in.csv:5: {NOT_TEXT}"),
        (b"\na\r", f"in.csv:5: {RETURN}"),
    ],
)
def test_block_without_header_is_rejected(content: bytes, problem: str) -> None:
    assert error_of(lambda: read_header(iter([Block(4, content)]), "in.csv", "csv")) == problem


@pytest.mark.parametrize(
    ("mark", "text", "rows"),
    [
        (",", "", []),
        (",", "\n", []),
        (",", "a,b\n", [(4, ["a", "b"])]),
        (",", "a\r\nb\n", [(4, ["a"]), (5, ["b"])]),
        # a row of blanks alone is skipped; a row with two cells is not
        (",", " \t\n\n,\n", [(6, ["", ""])]),
        (",", '""\n" "\n"","\n"\n', [(6, ["", "\n"])]),
        (",", 'a,"b ""c"", d"\n', [(4, ["a", 'b "c", d'])]),
        (",", '"a\r\nb\n",c\nd\n', [(4, ["a\r\nb\n", "c"]), (7, ["d"])]),
        (",", '"a\rb"\n', [(4, ["a\rb"])]),
        (",", "a\tb;c, d\n", [(4, ["a\tb;c", " d"])]),
        (";", 'a,b;"c;d"\n', [(4, ["a,b", "c;d"])]),
        ("\t", 'a,b\t"c\td"\n', [(4, ["a,b", "c\td"])]),
        (",", "\u2028\x0b\x0c\x1c,\x85\n", [(4, ["\u2028\x0b\x0c\x1c", "\x85"])]),
    ],
)
def test_row_has_its_line_and_its_cells(
    mark: str, text: str, rows: list[tuple[int, list[str]]]
) -> None:
    assert list(read_cells(text, 4, "in.csv", mark)) == rows


@pytest.mark.parametrize(
    ("mark", "text", "problem"),
    [
        (",", 'a"b\n', f"4: {QUOTE}"),
        (",", 'a,b\n\nc,d"\n"e",f\n', f"6: {QUOTE}"),
        (",", '"a"b\n', f"4: {QUOTE}"),
        (",", ' "a"\n', f"4: {QUOTE}"),
        (",", '"a" ,b\n', f"4: {QUOTE}"),
        (",", '"a\nb"\n"c\nd"e\n', f"6: {QUOTE}"),
        (",", '"a"\t"b"\n', f"4: {QUOTE}"),
        ("\t", '"a","b"\n', f"4: {QUOTE}"),
        (",", 'a"\rb\n', f"4: {QUOTE}"),
        (",", "a\rb\n", f"4: {RETURN}"),
        (",", "a\n\r\r\n", f"5: {RETURN}"),
        (",", 'a,b\n\nc\rd\n"e"f\n', f"6: {RETURN}"),
        (",", 'a\r"b"\n', f"4: {RETURN}"),
        ("\t", "a\tb\nc\td\r\te\n", f"5: {RETURN}"),
        (",", '"a","b"\r"c","d"\r', f"4: {RETURN}"),
        (",", 'a\n"b\n""c"\rd\n', f"6: {RETURN}"),
    ],
)
def test_misplaced_quote_or_return_is_rejected(mark: str, text: str, problem: str) -> None:
    assert error_of(lambda: list(read_cells(text, 4, "in.csv", mark))) == f"in.csv:{problem}"


@given(
    st.lists(st.lists(st.text(st.sampled_from('a",\n\r ;'), max_size=4), min_size=2, max_size=3))
)
def test_cells_are_those_of_another_reader(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    assert [cells for _, cells in read_cells(text.getvalue(), 1, "in.csv", ",")] == table


def test_stray_quote_is_found_in_linear_time() -> None:
    text = f'"{"a" * 1_000_000}"b\n'  # read once more from every character, it would take minutes
    assert error_of(lambda: list(read_cells(text, 1, "in.csv", ","))) == f"in.csv:1: {QUOTE}"


def test_row_with_other_cells_than_the_header_has_a_problem() -> None:
    rows = list(read_table("1\n1,2\n1,2,3\n", 2, "in.csv", Header(("a", "b"))))
    assert [(row.line, row.values, row.cells) for row in rows] == [
        (2, {"a": "1", "b": ""}, ["1", ""]),
        (3, {"a": "1", "b": "2"}, ["1", "2"]),
        (4, {"a": "1", "b": "2"}, ["1", "2"]),
    ]
    assert [row.problem and row.problem.message for row in rows] == [
        "row has 1 cell, header has 2",
        None,
        "row has 3 cells, header has 2",
    ]


@pytest.mark.parametrize(
    ("mark", "width", "text", "split"),
    [
        (",", 2, "a,b\n,\n", (["a,b", ","], [["a", ""], ["b", ""]])),
        (",", 1, "a\nb\n", (["a", "b"], [["a", "b"]])),
        (",", 2, "a,b\r\nc,d\r\n", (["a,b", "c,d"], [["a", "c"], ["b", "d"]])),
        (",", 2, "a\tb,c\n", (["a\tb,c"], [["a\tb"], ["c"]])),
        ("\t", 2, "a\tb\n", (["a,b"], [["a"], ["b"]])),
        (";", 2, "a;b\n", (["a,b"], [["a"], ["b"]])),
        # no rows, other cells than the header, blank lines, quotes, lone returns, commas
        (",", 2, "", None),
        (",", 2, "a\nb,c,d\n", None),
        (",", 2, "a,b,c\nd\n", None),
        (",", 2, "a,b\n\n", None),
        (",", 3, "a,b,c\n\n\nd,e,f\n", None),  # two line ends are as many cells as a row
        (",", 1, "a\n \t\nb\n", None),
        (",", 2, 'a,"b"\n', None),
        (",", 2, "a,b\rc\n", None),
        ("\t", 2, "a\tb,c\n", None),
    ],
)
def test_plain_rows_are_split(
    mark: str, width: int, text: str, split: tuple[list[str], list[list[str]]] | None
) -> None:
    assert split_columns(text, width, mark) == split


@given(
    st.sampled_from(",;\t"),
    st.integers(1, 3),
    st.lists(st.sampled_from(["a", "1", " ", ",", ";", "\t", "\n", "\r\n", "\r", '"'])).map(
        "".join
    ),
)
def test_columns_are_those_of_the_rows_that_are_parsed(mark: str, width: int, text: str) -> None:
    text += "\n"
    if split := split_columns(text, width, mark):
        lines, columns = split
        rows = [cells for _, cells in read_cells(text, 1, "in.csv", mark)]
        assert [list(row) for row in zip(*columns, strict=True)] == rows
        assert lines == [",".join(row) for row in rows]


OBJECT = 'write one object, such as {"plan": "uPro", "agents": 3}'
K = "k"
COPY = "put it in quotes to copy it to the output"


@pytest.mark.parametrize(
    ("row", "values", "cells"),
    [
        ("{}", {}, []),
        (' {"a": "x"}\r', {"a": "x"}, ["x"]),
        ('{"a": null, "b": true}', {"a": None, "b": True}, ["", "true"]),
        ('{"a": "x", "b": [1, {"c": null}]}', {"a": "x", "b": ["1", {"c": None}]},
         ["x", '[1, {"c": null}]']),
        # a number keeps its digits
        ('{"a": 1.10, "b": -0.0, "c": 1e400}', {"a": "1.10", "b": "-0.0", "c": "1e400"},
         ["1.10", "-0.0", "1e400"]),
        (f'{{"a": {"9" * 5000}}}', {"a": "9" * 5000}, ["9" * 5000]),
        ('{"a": {"b": 1.50}}', {"a": {"b": "1.50"}}, ['{"b": 1.50}']),
        ('{"NaN": "Infinity"}', {"NaN": "Infinity"}, ["Infinity"]),
        ('{"\\u0000": "\u2028"}', {"\0": "\u2028"}, ["\u2028"]),
    ],
)  # fmt: skip
def test_line_has_an_object(row: str, values: dict[str, Any], cells: list[str]) -> None:
    assert list(read_objects(f"{row}\n", 4)) == [Row(4, values, cells)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("[1]", f"not an object; {OBJECT}"),
        ("null", f"not an object; {OBJECT}"),
        ("plan", f"not JSON: Expecting value at column 1; {OBJECT}"),
        ("{} {}", f"not JSON: Extra data at column 4; {OBJECT}"),
        ('{"a": 1, "b": 2, "c": 3, "b": 2}', '"b" is a duplicate key; remove one'),
        ('{"x": [{"a": 1, "a": 1, "a": 1}]}', '"a" is a duplicate key; remove one'),
        (f'{{"{K * 41}": 1, "{K * 41}": 2}}', f'"{K * 40}..." is a duplicate key; remove one'),
        ('{"a": NaN}', f"NaN is not a number of JSON; {COPY}"),
        ('{"a": [-Infinity]}', f"-Infinity is not a number of JSON; {COPY}"),
        ("[" * 100_000, "nested too deeply; use fewer levels"),
        ('{"a": ' * 100_000, "nested too deeply; use fewer levels"),
        (f'{{"a": {"[" * 101}{"]" * 101}}}', "nested too deeply; use fewer levels"),
    ],
)  # fmt: skip
def test_line_without_object_has_a_problem(row: str, problem: str) -> None:
    [found] = read_objects(row, 4)
    assert (found.line, found.values, str(found.problem)) == (4, {}, f"{problem}  [E-JSON]")


def test_blank_lines_are_skipped_and_counted() -> None:
    found = list(read_objects('\n{"a": 1}\n \t\r\n\n[]\n{"a": 2}\n\n', 7))
    assert [(row.line, row.cells) for row in found] == [(8, ["1"]), (11, []), (12, ["2"])]


@given(
    st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.lists(st.floats(-1, 1)))
)
def test_json_is_written_as_it_was_given(value: dict[str, Any]) -> None:
    line = json.dumps(value)
    [row] = read_objects(line, 1)
    assert to_json(row.values) == line
    assert [to_json(each.values) for each in read_objects(to_json(row.values), 1)] == [line]
