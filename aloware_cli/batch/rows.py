"""Rows: a file of CSV, TSV or JSON lines, in blocks of whole rows, so that memory has a bound."""

import io
import math
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, Literal, NamedTuple, NoReturn, TypeAlias

from aloware_cli.domain.problems import InvalidValue, Location, Problem, count, display_key, quoted
from aloware_cli.errors import ValidationError
from aloware_cli.files.file import STDIN, display_path, unreadable

RowFormat: TypeAlias = Literal["csv", "tsv", "jsonl"]
#: Bytes in a block: a few thousand rows, few enough for a processor's cache.
BLOCK_SIZE: Final = 1 << 16
#: Maximum row size in bytes. It limits how far an unclosed quote is read.
MAX_ROW_SIZE: Final = 1 << 20
QUOTE_HINT: Final = "put the cell in quotes and double each quote in it"
OBJECT_HINT: Final = 'write one object, such as {"plan": "uPro", "agents": 3}'
COPY_HINT: Final = "put it in quotes to copy it to the output"


class Block(NamedTuple):
    """Some whole rows of a file."""

    #: The line of the file on which they begin.
    line: int
    content: bytes


class RowFile(NamedTuple):
    """An open file of rows."""

    #: As messages show it.
    name: str
    stream: BinaryIO
    #: In bytes; None if unknown.
    size: int | None


class Row(NamedTuple):
    """A row of CSV or TSV, or an object of JSON lines, by the names of its columns."""

    line: int
    value: Mapping[str, Any]
    problem: Problem | None = None


@contextmanager
def open_rows(path: str) -> Iterator[RowFile]:
    """Open the file at `path` (`-` is stdin); DataError if it cannot be read."""
    name = display_path(path)
    if path == STDIN:
        # A closed stdin is empty.
        yield RowFile(name, sys.stdin.buffer if sys.stdin else io.BytesIO(), None)
        return
    try:
        stream = open(path, "rb")  # noqa: SIM115  closed below, when the rows are read
    except OSError as error:
        raise unreadable(name, error) from error
    with stream:
        yield RowFile(name, stream, os.fstat(stream.fileno()).st_size or None)


def reject(file: str, line: int, code: str, message: str, hint: str) -> NoReturn:
    """Raise ValidationError, because the rows of `file` cannot be read from `line` on."""
    raise ValidationError([Problem(code, message, hint, Location(file, line))])


def read_blocks(file: RowFile, size: int, *, quotes: bool) -> Iterator[Block]:
    """Yield the rows of `file` in blocks of about `size` bytes, without a byte order mark.

    With `quotes`, a line end between quotes does not end a row. Raises DataError if the file
    cannot be read, ValidationError for a row without an end.
    """
    line, rest = 1, _read(file, 3).removeprefix(b"\xef\xbb\xbf")
    while chunk := _read(file, size):
        data = rest + chunk
        cut = _end_of_rows(data, quotes=quotes)
        if cut:
            yield Block(line, data[:cut])
            line += data.count(b"\n", 0, cut)
        rest = data[cut:]
        if len(rest) > MAX_ROW_SIZE:
            break
    if quotes and rest.count(b'"') % 2:
        reject(file.name, line, "E-CSV", "unclosed quote", f"close it, or {QUOTE_HINT}")
    if len(rest) > MAX_ROW_SIZE:
        hint = "end each row with \\n or \\r\\n and shorten its cells"
        message = f"a row is larger than {MAX_ROW_SIZE >> 20} MiB"
        reject(file.name, line, "E-SIZE", message, hint)
    if rest:
        yield Block(line, rest + b"\n" * (not rest.endswith(b"\n")))


def _read(file: RowFile, size: int) -> bytes:
    try:
        return file.stream.read(size)
    except OSError as error:
        raise unreadable(file.name, error) from error


def _end_of_rows(data: bytes, *, quotes: bool) -> int:
    """Return where the last whole row of `data` ends: at a line end outside quotes."""
    cut = data.rfind(b"\n") + 1
    if not quotes:
        return cut
    inside = data.count(b'"', 0, cut) % 2
    while cut and inside:
        end, cut = cut, data.rfind(b"\n", 0, cut - 1) + 1
        inside = (inside + data.count(b'"', cut, end)) % 2
    return cut


def decode(block: Block, file: str) -> str:
    """Return the text of `block`; raises ValidationError with the line if it is not text."""
    try:
        text = block.content.decode()
    except UnicodeDecodeError as error:
        text = block.content[: error.start].decode() + "\0"
    if "\0" in text:
        line = block.line + text.count("\n", 0, text.index("\0"))
        if block.content.startswith(b"PK\x03\x04"):
            reject(file, line, "E-FORMAT", "an Excel workbook", "save the sheet as CSV")
        reject(file, line, "E-ENCODING", "not UTF-8 text", "save the file as UTF-8")
    return text


class Header(NamedTuple):
    """What the first row of a file says, or for JSON lines the keys of the first object."""

    names: tuple[str, ...] = ()
    line: int = 1
    #: What separates cells: CSV may have semicolons or tabs.
    delimiter: str = ","


def read_header(block: Block, file: str, form: RowFormat) -> tuple[Header, Block]:
    """Return the header in `block` and the rows after it; ValidationError if there is no row."""
    text = decode(block, file)
    if form == "jsonl":
        keys = (tuple(row.value) for row in read_objects(text, block.line) if row.value)
        return Header(next(keys, ())), block
    first = next(filter(str.strip, text.split("\n")), "")
    marks = "\t" if form == "tsv" else ",;\t"
    delimiter = next((mark for mark in marks if mark in first), marks[0])
    found = next(read_cells(text, block.line, file, delimiter), None)
    if found is None:
        reject(file, block.line, "E-EMPTY", "no row", "start with the names of the columns")
    line, names = found
    end = line + 1 + sum(name.count("\n") for name in names)
    rest = block.content.split(b"\n", end - block.line)[-1]
    return Header(tuple(names), line, delimiter), Block(end, rest)


def split_columns(text: str, width: int, mark: str) -> tuple[list[str], list[list[str]]] | None:
    """Return the lines of `text`, with commas, and its columns, if splitting is all they need.

    None if a row has quotes, a lone carriage return or not `width` cells, or if a line is blank.
    """
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if '"' in text or "\r" in text or (mark != "," and "," in text):
        return None
    text = text.replace(mark, ",")
    # Each line end becomes a cell: `width` cells are before each, if each row has as many.
    cells = text.replace("\n", ",\n,").split(",")
    lines = text.split("\n")
    lines.pop()
    ends = cells[width :: width + 1]
    if len(cells) != len(lines) * (width + 1) + 1 or ends.count("\n") != len(lines) or not lines:
        return None
    if width == 1 and not all(map(str.strip, lines)):
        return None
    cells.pop()
    return lines, [cells[index :: width + 1] for index in range(width)]


def read_table(text: str, line: int, file: str, header: Header) -> Iterator[Row]:
    """Yield the rows of CSV or TSV in `text`, which begins on `line`."""
    width = len(header.names)
    for number, cells in read_cells(text, line, file, header.delimiter):
        problem = None
        if len(cells) != width:
            message = f"row has {count(len(cells), 'cell')}, header has {width:,}"
            hint = "write one cell per column and quote cells that contain a delimiter"
            problem = Problem("E-CELLS", message, hint)
        yield Row(number, dict(zip(header.names, cells + [""] * width, strict=False)), problem)


def read_cells(text: str, line: int, file: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row of CSV; blank lines are skipped.

    A cell is in quotes as a whole, or has none (RFC 4180); else raises ValidationError.
    """
    start, cells = line, list[str]()
    cell = rf'(?:"((?:[^"]++|"")*+)"|([^"{mark}\r\n]*+))({mark}|\r?\n|\r)|(.)'
    for found in re.finditer(cell, text):
        quoted_cell, plain, end, stray = found.groups("")
        line += quoted_cell.count("\n")
        if end == "\r":
            reject(file, line, "E-CSV", "a lone carriage return", "end lines with \\n or \\r\\n")
        if stray:
            reject(file, line, "E-CSV", "a quote in an unquoted cell", QUOTE_HINT)
        cells.append(quoted_cell.replace('""', '"') or plain)
        if end != mark:
            if len(cells) > 1 or cells[0].strip():
                yield start, cells
            start = line = line + 1
            cells = []


def read_objects(text: str, line: int) -> Iterator[Row]:
    """Yield the objects of JSON lines in `text`, which begins on `line`; blank ones are skipped."""
    import json

    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite
    )
    for number, row in enumerate(text.split("\n"), line):
        if not row.strip():
            continue
        try:
            value = decoder.decode(row)
        except (ValueError, RecursionError) as error:
            yield Row(number, {}, _problem_of(error))
            continue
        problem = Problem("E-JSON", "not an object", OBJECT_HINT)
        yield Row(number, value) if isinstance(value, dict) else Row(number, {}, problem)


def _problem_of(error: ValueError | RecursionError) -> Problem:
    from json import JSONDecodeError

    if isinstance(error, InvalidValue):
        return Problem(error.code, error.message, error.hint)
    if isinstance(error, JSONDecodeError):
        message = f"not JSON: {error.msg} at column {error.colno}"
        return Problem("E-JSON", message, OBJECT_HINT)
    if isinstance(error, RecursionError):
        return Problem("E-JSON", "nested too deeply", "use fewer levels")
    # Python bounds the digits of a number, and raises nothing else here.
    return Problem("E-JSON", "a number has too many digits", COPY_HINT)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise InvalidValue("E-JSON", f"{quoted(twice)} is a duplicate key", "remove one")
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InvalidValue("E-JSON", f"{display_key(text)} is not a number of JSON", COPY_HINT)
    return number
