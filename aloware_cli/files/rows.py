"""Rows: the cells of CSV and TSV, the objects of JSON lines, each with its line."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.batch import CellFault
from aloware_cli.domain.money import MAX_QUANTITY, read_quantity
from aloware_cli.domain.problems import display_key, quoted
from aloware_cli.files.blocks import Block, malformed

RowFormat: TypeAlias = Literal["csv", "tsv", "jsonl"]
DELIMITERS: Final[Mapping[RowFormat, str]] = {"csv": ",", "tsv": "\t"}
#: What to write instead of a line that is none.
ONE_OBJECT: Final = 'write one object, such as {"plan": "uPro", "agents": 3}'
#: What to do with a number that is none of those that are read.
CARRIED: Final = "write it in quotes to carry it along"
#: What most cells hold: looking it up is quicker than reading it.
_SMALL: Final = {"": 0, **{str(number): number for number in range(4096)}}

#: Rows as RFC 4180 has them: a cell is in quotes as a whole, with its own quotes doubled.
_STRICT = {
    mark: re.compile(rf'(?:(?:"(?:[^"]++|"")*+"|[^"{mark}\r\n]*+)(?:{mark}|\r?\n))*+')
    for mark in DELIMITERS.values()
}


class Cells(NamedTuple):
    """A row of CSV or TSV."""

    line: int
    cells: list[str]
    #: The line behind it.
    end: int


class Columns(NamedTuple):
    """Perfect rows of a block: no quotes, no blank lines, the right number of cells in each."""

    #: Each row as it stands in the file, with commas between its cells.
    rows: list[str]
    #: The cells of each column, from the top.
    cells: list[list[str]]


class Object(NamedTuple):
    """A line of JSON lines: its object, or what is wrong with it."""

    line: int
    value: dict[str, Any]
    problem: CellFault | None


class _Refused(ValueError):
    """Something that stands in an object, and that no object of JSON may hold."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = CellFault("", message, hint)


def decoded(block: Block, name: str) -> str:
    """Return the text of `block`; raises DataError, with the line, where it is no text."""
    try:
        text = block.content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = block.line + block.content.count(b"\n", 0, error.start)
        raise malformed(name, line, "not UTF-8 text", "Save the file as UTF-8.") from error
    if "\0" in text:
        line = block.line + text.count("\n", 0, text.index("\0"))
        raise malformed(name, line, "a NUL character", "Save the file as UTF-8 text.")
    return text


def read_header(block: Block, name: str, form: RowFormat) -> tuple[Cells, Block]:
    """Return the first row of `block`, which names the columns, and the rows behind it.

    Raises DataError where there is no row.
    """
    header = next(rows_of(decoded(block, name), block.line, name, form), None)
    if header is None:
        raise malformed(name, block.line, "no row", "Begin with one that names the columns.")
    lines = header.end - block.line
    return header, Block(header.end, block.content.split(b"\n", lines)[lines])


def columns_of(text: str, width: int, form: RowFormat) -> Columns | None:
    """Return the columns of `text` if each of its rows is perfect, else None."""
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if '"' in text or "\r" in text:
        return None
    if form == "tsv":
        if "," in text:
            return None
        text = text.replace("\t", ",")
    # A line end becomes a cell of its own. Where each of them stands right behind `width`
    # cells, each row has that many.
    cells = text.replace("\n", ",\n,").split(",")
    step = width + 1
    rows, left = divmod(len(cells), step)
    if not rows or left != 1 or cells[width::step].count("\n") != rows or text.count("\n") != rows:
        return None
    cells.pop()
    lines = text.split("\n")
    lines.pop()
    if width == 1 and not all(map(str.strip, lines)):  # a blank line is no row of one column
        return None
    return Columns(lines, [cells[index::step] for index in range(width)])


def rows_of(text: str, line: int, name: str, form: RowFormat) -> Iterator[Cells]:
    """Yield the rows of `text`, which begins on `line` of the file; blank lines are skipped.

    Raises DataError for a quote or a carriage return where none may stand.
    """
    import csv
    import io

    mark = DELIMITERS[form]
    _refuse_stray(text, line, name, mark)
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=mark, strict=True)
    read = 0
    try:
        for cells in reader:
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield Cells(line + read, cells, line + reader.line_num)
            read = reader.line_num
    except csv.Error as error:
        hint = "Write cells of a reasonable size."
        raise malformed(name, line + read, str(error), hint) from error


def _refuse_stray(text: str, line: int, name: str, mark: str) -> None:
    found = _STRICT[mark].match(text)
    end = found.end() if found else 0
    if end == len(text):
        return
    # A cell in quotes that a carriage return follows is sound itself.
    behind = re.compile(r'(?:"(?:[^"]++|"")*+"(?=\r))?').match(text, end)
    end = behind.end() if behind else end
    stray = re.compile('["\r]').search(text, end)
    if stray and stray.group() == "\r":
        raise malformed(
            name,
            line + text.count("\n", 0, end),
            "a carriage return alone",
            "End lines with \\n or \\r\\n, all of them.",
        )
    raise malformed(
        name,
        line + text.count("\n", 0, end),
        "a quote inside a cell that is not in quotes",
        "Put the cell in quotes, and write each quote in it as two.",
    )


def objects_of(text: str, line: int) -> Iterator[Object]:
    """Yield what the lines of `text` hold, which begins on `line`; blank ones are skipped."""
    import json

    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=_read_float, parse_constant=_refuse_constant
    )
    for number, row in enumerate(text.split("\n"), line):
        if not row.strip():
            continue
        found = _read_object(row, decoder.decode)
        if isinstance(found, CellFault):
            yield Object(number, {}, found)
        else:
            yield Object(number, found, None)


def _read_object(row: str, decode: Callable[[str], Any]) -> dict[str, Any] | CellFault:
    """Return the object that `row` holds, or what is wrong with it."""
    try:
        value = decode(row)
    except (ValueError, RecursionError) as error:
        return _fault_of(error)
    return value if isinstance(value, dict) else CellFault("", "no object", ONE_OBJECT)


def _fault_of(error: ValueError | RecursionError) -> CellFault:
    """Return what is wrong with a row that gave `error` when it was read as JSON."""
    from json import JSONDecodeError

    if isinstance(error, _Refused):
        return error.problem
    if isinstance(error, JSONDecodeError):
        return CellFault("", f"no JSON: {error.msg} at column {error.colno}", ONE_OBJECT)
    if isinstance(error, RecursionError):
        return CellFault("", "nested too deeply", "write it flatter")
    # Python bounds the digits of a number that it reads, and raises nothing else here.
    return CellFault("", "a number has more digits than can be read", CARRIED)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise _Refused(f"the key {quoted(twice)} is given twice", "keep one of them")
    return value


def _read_float(text: str) -> float:
    number = float(text)
    if abs(number) == float("inf"):
        raise _Refused(f"the number {display_key(text)} is too large", CARRIED)
    return number


def _refuse_constant(name: str) -> float:
    raise _Refused(f"{name} is no number of JSON", "write null")


def read_column(cells: Sequence[str], unreadable: set[int]) -> list[int]:
    """Return the quantities in `cells`, 0 for an empty one.

    The position of a cell that is no quantity goes to `unreadable`.
    """
    try:
        return list(map(_SMALL.__getitem__, cells))
    except KeyError:  # not all of them are small
        pass
    if "" in cells:
        cells = [cell or "0" for cell in cells]
    digits = "".join(cells)
    if digits.isascii() and digits.isdecimal():
        with suppress(ValueError):  # more digits than Python takes for a number
            quantities = list(map(int, cells))
            if max(quantities) <= MAX_QUANTITY:
                return quantities
    return [_read_cell(cell, position, unreadable) for position, cell in enumerate(cells)]


def _read_cell(cell: str, position: int, unreadable: set[int]) -> int:
    try:
        return read_quantity(cell)
    except ValueError:
        unreadable.add(position)
        return 0
