"""Blocks: a long file in pieces of whole rows, so that memory does not grow with it."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, NamedTuple

from aloware_cli.errors import DataError
from aloware_cli.files.file import STDIN, name_to_show, unreadable

#: Bytes that are read at once: enough for a few thousand rows, little enough for a cache.
BLOCK_SIZE: Final = 1 << 16
#: No row is longer; a quote that is never closed is found here at the latest.
MAX_ROW_SIZE: Final = 1 << 20


class Block(NamedTuple):
    """Some whole rows of a file."""

    #: The line of the file on which they begin.
    line: int
    content: bytes


class RowFile(NamedTuple):
    """A file of rows that is open."""

    #: As errors and reports name it.
    name: str
    stream: BinaryIO
    #: In bytes; None where it is not known beforehand.
    size: int | None


@contextmanager
def open_rows(path: str) -> Iterator[RowFile]:
    """Open the file at `path`, or standard input for `-`; DataError where it cannot be read."""
    if path == STDIN:
        # A standard input that is closed holds nothing.
        yield RowFile("standard input", sys.stdin.buffer if sys.stdin else io.BytesIO(), None)
        return
    name = name_to_show(path)
    try:
        stream = open(path, "rb")  # noqa: SIM115  closed below, once the rows are read
    except OSError as error:
        raise unreadable(name, error) from error
    with stream:
        found = os.fstat(stream.fileno())
        yield RowFile(name, stream, found.st_size or None)


def malformed(name: str, line: int, message: str, *remedies: str) -> DataError:
    """Return the error for a file that cannot be read as rows from `line` on."""
    return DataError(f"{name}:{line}: {message}", *remedies)


def blocks_of(file: RowFile, size: int, *, quotes: bool) -> Iterator[Block]:
    """Yield the rows of `file` in blocks of about `size` bytes, without a byte order mark.

    With `quotes`, a line end between quotes does not end a row. Raises DataError for
    a file that cannot be read, and for a row that does not end.
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
            raise _endless(file.name, line, rest, quotes=quotes)
    if rest:
        if quotes and rest.count(b'"') % 2:
            raise _endless(file.name, line, rest, quotes=quotes)
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


def _endless(name: str, line: int, rest: bytes, *, quotes: bool) -> DataError:
    if quotes and rest.count(b'"') % 2:
        return malformed(
            name,
            line,
            "a quote is never closed",
            "Close it, or put the cell in quotes and write each quote in it as two.",
        )
    message = f"a row larger than {MAX_ROW_SIZE >> 20} MiB"
    return malformed(name, line, message, "End each row with \\n or \\r\\n, and shorten its cells.")
