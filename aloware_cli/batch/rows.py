"""Rows: a file of CSV, TSV or JSON lines, in blocks of whole rows, so that memory has a bound."""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, BinaryIO, Final, Literal, NamedTuple, NoReturn, TypeAlias

from aloware_cli.domain.problems import InvalidValue, Location, Problem, count, quoted
from aloware_cli.errors import ValidationError
from aloware_cli.files.io import STDIN, display_path, unreadable

RowFormat: TypeAlias = Literal["csv", "tsv", "jsonl"]
#: Bytes in a block: a few thousand rows, few enough for a processor's cache.
BLOCK_SIZE: Final = 1 << 16
#: Maximum row size in bytes. It limits how far an unclosed quote is read.
MAX_ROW_SIZE: Final = 1 << 20
#: Bytes that are searched for the first object of JSON lines, whose keys are the columns.
MAX_SEARCHED: Final = 1 << 24
QUOTE_HINT: Final = "put the cell in quotes and double each quote in it"
TOO_DEEP: Final = ("nested too deeply", "use fewer levels")
#: Levels of a value of JSON lines, so that writing it needs little of the stack.
MAX_LEVELS: Final = 100
OBJECT_HINT: Final = 'write one object, such as {"plan": "uPro", "agents": 3}'


class Block(NamedTuple):
    """Some whole rows of a file."""

    line: int  #: The line of the file on which they begin
    content: bytes


class RowFile(NamedTuple):
    """An open file of rows."""

    name: str  #: As messages show it
    stream: BinaryIO
    size: int | None  #: In bytes; None if unknown


class Row(NamedTuple):
    """A row of CSV or TSV, or an object of JSON lines."""

    line: int
    values: Mapping[str, Any] = {}  #: By the names of the columns; for JSON lines of any type
    cells: Sequence[str] = ()  #: The values as cells of CSV
    problem: Problem | None = None


class Header(NamedTuple):
    """What the first row of a file says, or for JSON lines the keys of the first object."""

    names: tuple[str, ...] = ()
    line: int = 1
    delimiter: str = ","  #: What separates cells: CSV may have semicolons or tabs


@contextmanager
def open_rows(path: str) -> Iterator[RowFile]:
    """Open the file at `path` (`-` is stdin); DataError if it cannot be read."""
    name = display_path(path)
    if path == STDIN:
        # A closed stdin is empty.
        yield RowFile(name, sys.stdin.buffer if sys.stdin else io.BytesIO(), None)
        return
    with open_file(path) as stream:
        yield RowFile(name, stream, os.fstat(stream.fileno()).st_size or None)


def open_file(path: str) -> BinaryIO:
    """Return the file at `path`, open for reading; raises DataError."""
    try:
        return open(path, "rb")
    except OSError as error:
        raise unreadable(display_path(path), error) from error


def reject(file: str, line: int, code: str, message: str, hint: str) -> NoReturn:
    """Raise ValidationError, because the rows of `file` cannot be read from `line` on."""
    raise ValidationError([Problem(code, message, hint, Location(file, line))])


def read_file(
    file: RowFile, form: RowFormat, size: int = BLOCK_SIZE
) -> tuple[Header, Iterator[Block]]:
    """Return the header of `file` and its rows, in blocks of about `size` bytes."""
    return read_header(read_blocks(file, size, quotes=form != "jsonl"), file.name, form)


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
            hint = "name it FILE.xlsx, or save the sheet as CSV"
            reject(file, line, "E-FORMAT", "an Excel workbook", hint)
        reject(file, line, "E-ENCODING", "not UTF-8 text", "save the file as UTF-8")
    return text


def read_header(
    blocks: Iterator[Block], file: str, form: RowFormat
) -> tuple[Header, Iterator[Block]]:
    """Return the header in `blocks` and the rows after it; ValidationError if there is no row.

    JSON lines have no header: their blocks are returned as they are.
    """
    start = "start with the names of the columns"
    first = next(blocks, None)
    if first is None:
        reject(file, 1, "E-EMPTY", "the file is empty", start)
    if form == "jsonl":
        return _read_keys(first, blocks, file)
    text = decode(first, file)
    line = next(filter(str.strip, text.split("\n")), "")
    marks = "\t" if form == "tsv" else ",;\t"
    delimiter = next((mark for mark in marks if mark in line), marks[0])
    found = next(read_cells(text, first.line, file, delimiter), None)
    if found is None:
        reject(file, first.line, "E-EMPTY", "no row", start)
    number, names = found
    end = number + 1 + sum(name.count("\n") for name in names)
    rest = first.content.split(b"\n", end - first.line)[-1]
    return Header(tuple(names), number, delimiter), chain([Block(end, rest)], blocks)


def _read_keys(first: Block, blocks: Iterator[Block], file: str) -> tuple[Header, Iterator[Block]]:
    """Return the keys of the first object that has any; blocks without one are kept until then."""
    searched, size = list[Block](), 0
    for block in chain([first], blocks):
        searched.append(block)
        size += len(block.content)
        rows = read_objects(decode(block, file), block.line)
        if names := next((tuple(row.values) for row in rows if row.values), ()):
            return Header(names), chain(searched, blocks)
        if size > MAX_SEARCHED:
            message = f"no object in the first {MAX_SEARCHED >> 20} MiB"
            reject(file, first.line, "E-JSON", message, OBJECT_HINT)
    return Header(), iter(searched)


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


def read_rows(text: str, line: int, file: str, form: RowFormat, header: Header) -> Iterator[Row]:
    """Yield the rows in `text`, which begins on `line` of a file with this `header`."""
    if form == "jsonl":
        return read_objects(text, line)
    return read_table(text, line, file, header)


def read_table(text: str, line: int, file: str, header: Header) -> Iterator[Row]:
    """Yield the rows of CSV or TSV in `text`, which begins on `line`."""
    width = len(header.names)
    for number, found in read_cells(text, line, file, header.delimiter):
        problem = None
        if len(found) != width:
            message = f"row has {count(len(found), 'cell')}, header has {width:,}"
            hint = "write one cell per column and quote cells that contain a delimiter"
            problem = Problem("E-CELLS", message, hint)
        cells = (found + [""] * width)[:width]
        yield Row(number, dict(zip(header.names, cells, strict=True)), cells, problem)


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


class Number(str):
    """A number of JSON lines, as the text that gives it: a copy changes no digit."""

    __slots__ = ()


def read_objects(text: str, line: int) -> Iterator[Row]:
    """Yield the objects of JSON lines in `text`, which begins on `line`; blank ones are skipped."""
    import json

    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_constant
    )
    for number, row in enumerate(text.split("\n"), line):
        if not row.strip():
            continue
        values, cells, problem = dict[str, Any](), list[str](), None
        try:
            found = decoder.decode(row)
            if isinstance(found, dict):
                values, cells = found, list(map(cell_of, found.values()))
            else:
                problem = Problem("E-JSON", "not an object", OBJECT_HINT)
        except InvalidValue as error:
            problem = Problem(error.code, error.message, error.hint)
        except json.JSONDecodeError as error:
            message = f"not JSON: {error.msg} at column {error.colno}"
            problem = Problem("E-JSON", message, OBJECT_HINT)
        except RecursionError:
            problem = Problem("E-JSON", *TOO_DEEP)
        yield Row(number, values, cells, problem)


def cell_of(value: Any) -> str:
    """Return a value of JSON lines as a cell; nothing for null."""
    return "" if value is None else value if isinstance(value, str) else to_json(value)


def to_json(value: Any, levels: int = MAX_LEVELS) -> str:
    """Write `value` as JSON, each `Number` as given; InvalidValue if it has more `levels`."""
    if not levels:
        raise InvalidValue("E-JSON", *TOO_DEEP)
    if isinstance(value, Number):
        return value
    if isinstance(value, list):
        return f"[{', '.join(to_json(each, levels - 1) for each in value)}]"
    if isinstance(value, dict):
        pairs = (f"{to_json(key)}: {to_json(each, levels - 1)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    import json

    return json.dumps(value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise InvalidValue("E-JSON", f"{quoted(twice)} is a duplicate key", "remove one")
    return value


def _constant(text: str) -> NoReturn:
    hint = "put it in quotes to copy it to the output"
    raise InvalidValue("E-JSON", f"{text} is not a number of JSON", hint)
