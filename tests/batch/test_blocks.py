"""Blocks: whole rows wherever a read ends, and a bound for a row without an end."""

import io
import sys
from pathlib import Path

import pytest
from conftest import plain_name
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.batch.rows import MAX_ROW_SIZE, Block, RowFile, open_rows, read_blocks
from aloware_cli.errors import AlowareError


def blocks(content: bytes, size: int, *, quotes: bool = True) -> list[Block]:
    """Return the blocks of `content`, read so many bytes at a time behind the first three."""
    return list(read_blocks(RowFile("in.csv", io.BytesIO(content), None), size, quotes=quotes))


def error_in(content: bytes, size: int, *, quotes: bool = True) -> str:
    """Return the error that stops the reading of `content`, as it is shown."""
    with pytest.raises(AlowareError) as raised:
        blocks(content, size, quotes=quotes)
    return raised.value.report()


@pytest.mark.parametrize(
    ("content", "size", "found"),
    [
        (b"", 9, []),
        (b"a", 9, [Block(1, b"a\n")]),
        (b"a\n", 9, [Block(1, b"a\n")]),
        (b"a,b", 9, [Block(1, b"a,b\n")]),
        (b"\n\n", 9, [Block(1, b"\n\n")]),
        (b"a,b\nc", 9, [Block(1, b"a,b\n"), Block(2, b"c\n")]),
        (b"a,b\r\nc,d\r\n", 9, [Block(1, b"a,b\r\nc,d\r\n")]),
        # 3 and 2 bytes end in the second row, whose rest comes with the next 2.
        (b"a,b\nc\nd\n", 2, [Block(1, b"a,b\n"), Block(2, b"c\n"), Block(3, b"d\n")]),
        (b"a\nb\nc\nd\ne", 3, [Block(1, b"a\nb\nc\n"), Block(4, b"d\n"), Block(5, b"e\n")]),
        # Nothing is whole in the first 5 bytes, nor in 7.
        (b"abcdefg\nh\n", 2, [Block(1, b"abcdefg\n"), Block(2, b"h\n")]),
        (b"\n\n\n\n\na\n", 2, [Block(1, b"\n\n\n\n\n"), Block(6, b"a\n")]),
    ],
)
def test_block_ends_with_last_whole_row(content: bytes, size: int, found: list[Block]) -> None:
    assert blocks(content, size, quotes=True) == found
    assert blocks(content, size, quotes=False) == found


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xef\xbb\xbf", []),
        (b"\xef\xbb\xbfa\n", [Block(1, b"a\n")]),
        (b"\xef\xbb\xbf\xef\xbb\xbfa\n", [Block(1, b"\xef\xbb\xbfa\n")]),
        (b"a\n\xef\xbb\xbf\n", [Block(1, b"a\n\xef\xbb\xbf\n")]),
        (b"\xef\xbb", [Block(1, b"\xef\xbb\n")]),
    ],
)
def test_byte_order_mark_is_not_in_rows(content: bytes, found: list[Block]) -> None:
    assert blocks(content, 9) == found


@pytest.mark.parametrize(
    ("content", "size", "found"),
    [
        # 12 bytes end inside the quotes, and the rows outside of them are whole.
        (b'a\nb\n"c\nd\ne\nf"\ng\n', 9, [Block(1, b"a\nb\n"), Block(3, b'"c\nd\ne\nf"\ng\n')]),
        # The quotes of a row that is cut may be closed before its end: the row is left whole.
        (b'a\n"b\n","c\nd"\n', 7, [Block(1, b"a\n"), Block(2, b'"b\n","c\nd"\n')]),
        (b'\n"b\nc"\n', 2, [Block(1, b"\n"), Block(2, b'"b\nc"\n')]),
        (b'"a\nb"\nc\n', 4, [Block(1, b'"a\nb"\n'), Block(3, b"c\n")]),
        # A quote that is doubled opens and closes.
        (b'"a ""b"""\nc\n"d\n"\n', 10, [Block(1, b'"a ""b"""\nc\n'), Block(3, b'"d\n"\n')]),
        (b'"a"\nb\nc', 4, [Block(1, b'"a"\nb\n'), Block(3, b"c\n")]),
    ],
)
def test_line_end_in_quotes_does_not_end_row(content: bytes, size: int, found: list[Block]) -> None:
    assert blocks(content, size) == found


def test_quotes_in_json_do_not_matter() -> None:
    # A quote that JSON escapes: there are three of them on the second line.
    lines = b'{"a": 1}\n{"\\"": 2}\n{}\n"'
    assert blocks(lines, 8, quotes=False) == [
        Block(1, b'{"a": 1}\n'),
        Block(2, b'{"\\"": 2}\n'),
        Block(3, b"{}\n"),
        Block(4, b'"\n'),
    ]


UNCLOSED = (
    "unclosed quote; close it, or put the cell in quotes and double each quote in it  [E-CSV]"
)
TOO_LARGE = (
    "a row is larger than 1 MiB; end each row with \\n or \\r\\n and shorten its cells  [E-SIZE]"
)


@pytest.mark.parametrize(
    ("content", "size", "said"),
    [
        (b'"', 9, f"1: {UNCLOSED}"),
        (b'"a\nb\nc\n', 9, f"1: {UNCLOSED}"),
        (b'a\n"b"\n"c","d\n', 9, f"3: {UNCLOSED}"),
        (b'a\nb\nc\nd\n"\n\n\n', 3, f"5: {UNCLOSED}"),
        (b'a\nb\n"""\n', 3, f"3: {UNCLOSED}"),
        (b'a\n\n"' + b"b\n" * (MAX_ROW_SIZE // 2 + 1), 1 << 16, f"3: {UNCLOSED}"),
        (b'a\n\n"""' + b"b\n" * (MAX_ROW_SIZE // 2 + 1), 1 << 16, f"3: {UNCLOSED}"),
        (b'a\n\n""' + b"b" * MAX_ROW_SIZE, 1 << 16, f"3: {TOO_LARGE}"),
        (b"a\n\n" + b"b" * (MAX_ROW_SIZE + 1), 1 << 16, f"3: {TOO_LARGE}"),
    ],
    ids=lambda given: plain_name(str(given)[:40]),
)
def test_endless_row_is_rejected_with_its_first_line(content: bytes, size: int, said: str) -> None:
    assert error_in(content, size) == f"in.csv:{said}\nerror: 1 problem in 1 file"


def test_endless_object_is_rejected() -> None:
    assert error_in(b"{}\n[" + b"1," * (MAX_ROW_SIZE // 2), 1 << 16, quotes=False) == (
        f"in.csv:2: {TOO_LARGE}\nerror: 1 problem in 1 file"
    )


def test_endless_object_is_not_called_an_unclosed_quote() -> None:
    assert error_in(b'{"a": "' + b"x" * MAX_ROW_SIZE, 1 << 16, quotes=False) == (
        f"in.csv:1: {TOO_LARGE}\nerror: 1 problem in 1 file"
    )


def test_row_of_1_mib_is_read() -> None:
    row = b"x" * MAX_ROW_SIZE
    assert blocks(row, 1 << 16) == [Block(1, row + b"\n")]


def test_rows_before_endless_row_are_read() -> None:
    found = read_blocks(RowFile("in.csv", io.BytesIO(b'a\nb\n"c\n'), None), 9, quotes=True)
    assert next(found) == Block(1, b"a\nb\n")
    with pytest.raises(AlowareError, match="unclosed quote"):
        next(found)


@given(st.lists(st.sampled_from([b"a", b",", b"\n", b"\r\n"])).map(b"".join), st.integers(1, 5))
def test_blocks_are_the_file_in_pieces(content: bytes, size: int) -> None:
    found = blocks(content, size)
    whole = content + b"\n" * (not content.endswith(b"\n"))
    assert b"".join(block.content for block in found) == (whole if content else b"")
    line = 1
    for block in found:
        assert (block.line, block.content[-1:]) == (line, b"\n")
        line += block.content.count(b"\n")


class FailingDisk(io.BytesIO):
    """A file on a disk that fails behind its first bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 3:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_read_error_is_reported() -> None:
    found = read_blocks(RowFile("in.csv", FailingDisk(b"a\nb\nc\n"), None), 1, quotes=True)
    assert next(found) == Block(1, b"a\nb\n")
    with pytest.raises(AlowareError) as raised:
        next(found)
    assert raised.value.report() == (
        "error: cannot read in.csv: Input/output error  [E-READ]\n"
        "hint: check the path and its permissions"
    )


@pytest.mark.parametrize(("content", "size"), [(b"", None), (b"a", 1), (b"a\xc3\xa9\r\n", 5)])
def test_open_file_has_name_content_and_size(
    folder: Path, content: bytes, size: int | None
) -> None:
    (folder / "in.csv").write_bytes(content)
    with open_rows(str(folder / "in.csv")) as file:
        assert (file.name, file.size) == ("in.csv", size)
        assert file.stream.read() == content
    assert file.stream.closed


def test_stdin_has_no_size_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\n\xff")))
    with open_rows("-") as file:
        assert (file.name, file.stream.read(), file.size) == ("stdin", b"a\n\xff", None)
    assert not file.stream.closed


def test_closed_stdin_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with open_rows("-") as file:
        assert file.stream.read() == b""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("path", "message"), [("none.csv", "No such file or directory"), (".", "Is a directory")]
)
def test_unreadable_file_is_reported(path: str, message: str) -> None:
    with pytest.raises(AlowareError) as raised, open_rows(path):
        pass
    assert raised.value.report() == (
        f"error: cannot read {path}: {message}  [E-READ]\nhint: check the path and its permissions"
    )
