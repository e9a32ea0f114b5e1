"""Messages: the text of a file that is sent, or why it cannot be sent."""

import io
import sys
from pathlib import Path

import pytest
from conftest import plain_name
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.errors import DataError
from aloware_cli.files.io import read_message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Hello", "Hello"),
        (b"Hello\n", "Hello"),
        (b"Hello\r\n", "Hello"),
        (b"Hello\r", "Hello\r"),
        (b"Hello\r\r\n", "Hello\r"),
        (b"Hello\n\n", "Hello\n"),
        (b"Hello\r\n\r\n", "Hello\r\n"),
        (b"a\r\nb\n", "a\r\nb"),
        (b" \t\n", " \t"),
        (b"\r", "\r"),
        (b"\n\r", "\n\r"),
        (b"\xef\xbb\xbfHello", "Hello"),
        (b"\xef\xbb\xbf\xef\xbb\xbf\n", "\ufeff"),
        (b"caf\xc3\xa9 \xf0\x9f\x98\x80\xe2\x80\xa8", "café 😀\u2028"),
        (b"a\0b\n", "a\0b"),
    ],
)
@pytest.mark.parametrize("path", ["promo.txt", "-"])
def test_message_is_the_file_without_mark_and_final_newline(
    folder: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: bytes, message: str
) -> None:
    (folder / "promo.txt").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert read_message(path) == message


NOT_UTF_8 = "not UTF-8 text  [E-ENCODING]\nhint: save the file as UTF-8"
EMPTY = "the message is empty  [E-EMPTY]\nhint: add the text to send"
TOO_LARGE = "larger than 1 MiB  [E-SIZE]\nhint: a message has at most 10 segments"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", f": {EMPTY}"),
        (b"\n", f": {EMPTY}"),
        (b"\r\n", f": {EMPTY}"),
        (b"\xef\xbb\xbf", f": {EMPTY}"),
        (b"\xef\xbb\xbf\r\n", f": {EMPTY}"),
        (b"\xe9", f":1: {NOT_UTF_8}"),
        (b"\n\xe9\n\n\xe9\n", f":2: {NOT_UTF_8}"),
        (b"one\r\ntwo\nthree \xc3", f":3: {NOT_UTF_8}"),
        (b"\xef\xbb\xbfab\n\xe9", f":2: {NOT_UTF_8}"),
        (b"a" * (2**20 + 1), f": {TOO_LARGE}"),
        # Size comes first: what is cut may be cut inside a character.
        (b"\xe9" * 2**21, f": {TOO_LARGE}"),
    ],
    ids=lambda given: plain_name(str(given)[:40]),
)
@pytest.mark.parametrize(("path", "name"), [("promo.txt", "promo.txt"), ("-", "stdin")])
def test_message_file_is_rejected(
    folder: Path, monkeypatch: pytest.MonkeyPatch, path: str, name: str, content: bytes, said: str
) -> None:
    (folder / "promo.txt").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(DataError) as raised:
        read_message(path)
    assert raised.value.report() == f"error: {name}{said}"


def test_message_of_1_mib_is_read(folder: Path) -> None:
    (folder / "promo.txt").write_bytes(b"a" * (2**20 - 1) + b"\n")
    assert read_message("promo.txt") == "a" * (2**20 - 1)


def test_missing_message_file_is_an_error(folder: Path) -> None:
    with pytest.raises(DataError) as raised:
        read_message(str(folder / "none.txt"))
    assert raised.value.report() == (
        "error: cannot read none.txt: No such file or directory  [E-READ]\n"
        "hint: check the path and its permissions"
    )


# A carriage return at the end and the line feed behind it would be one line end.
texts = st.text(min_size=1).filter(lambda text: text[-1] != "\r")


@given(text=texts)
def test_any_text_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "promo.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\n")
    assert read_message(str(path)) == text
