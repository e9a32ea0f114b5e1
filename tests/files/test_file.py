"""Files: their bytes and the document in them, or what keeps them from being read."""

import io
import os
import sys
from pathlib import Path

import pytest
from conftest import plain_name

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.errors import DataError
from aloware_cli.files.document import InvalidNode, MappingNode, ScalarNode
from aloware_cli.files.file import (
    File,
    name_to_show,
    read_bytes,
    read_file,
    read_stdin,
    unreadable,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which stands in a folder of its own."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put `content` on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


OLDER = Problem(Location("b.yaml", 9, 9), "", "was found before", "keep it")


def test_a_file_is_its_bytes_and_its_document(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"plan: uPro\r\n")
    problems = [OLDER]
    key, value = Location("a.yaml", 1, 1), Location("a.yaml", 1, 7)
    assert read_file(str(folder / "a.yaml"), problems) == File(
        b"plan: uPro\r\n", MappingNode(key, {"plan": (key, ScalarNode(value, "uPro"))})
    )
    assert problems == [OLDER]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "a.yaml:1:1: the file is empty; write the keys it needs"),
        (b"a: 1\nb: \xe9\n", "a.yaml:2:4: not UTF-8 text; save the file as UTF-8"),
        (b"# " + b"x" * (2**20 - 1), "a.yaml:1:1: larger than 1 MiB; split it or shorten it"),
    ],
    ids=lambda given: plain_name(str(given)[:40]),
)
def test_what_is_wrong_with_a_file_goes_to_the_faults(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, problem: str
) -> None:
    (folder / "a.yaml").write_bytes(content)
    problems = [OLDER]
    found = read_file("a.yaml", problems)
    assert isinstance(found.root, InvalidNode)
    assert found.content == content
    assert [str(each) for each in problems] == [str(OLDER), problem]

    given(monkeypatch, content)
    problems = [OLDER]
    assert isinstance(read_stdin(problems), InvalidNode)
    on_stdin = problem.replace("a.yaml", "standard input")
    assert [str(each) for each in problems] == [str(OLDER), on_stdin]


def test_a_file_of_1_mib_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"a: 1 # " + b"x" * (2**20 - 7)
    (folder / "a.yaml").write_bytes(content)
    given(monkeypatch, content)
    problems: list[Problem] = []
    for root in (read_file("a.yaml", problems).root, read_stdin(problems)):
        assert isinstance(root, MappingNode)
    assert problems == []


def test_of_a_file_that_is_too_large_one_byte_more_is_kept(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"x" * (2**20 + 2))
    assert len(read_file("a.yaml", []).content) == 2**20 + 1


@pytest.mark.parametrize(
    ("path", "message"),
    [("none.yaml", "No such file or directory"), (".", "Is a directory")],
)
def test_a_file_that_cannot_be_read_is_a_fault_or_an_error(
    folder: Path, path: str, message: str
) -> None:
    problems = [OLDER]
    place = Location(path, 1, 1)
    assert read_file(str(folder / path), problems) == File(b"", InvalidNode(place))
    problem = Problem(
        place, "", f"cannot be read ({message})", "check the path and its permissions"
    )
    assert problems == [OLDER, problem]

    with pytest.raises(DataError) as raised:
        read_bytes(str(folder / path), 9)
    assert raised.value.report() == (
        f"Error: {path}: cannot be read ({message})\n  Check the path and its permissions."
    )


def test_the_document_on_standard_input_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"[a]")
    problems: list[Problem] = []
    root = read_stdin(problems)
    assert (root.place, problems) == (Location("standard input", 1, 1), [])


@pytest.mark.parametrize(
    ("content", "most", "read"),
    [(b"", 3, b""), (b"abc", 3, b"abc"), (b"abcd", 3, b"abcd"), (b"abcde", 3, b"abcd")],
)
def test_of_more_bytes_than_asked_for_one_more_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, most: int, read: bytes
) -> None:
    (folder / "a.txt").write_bytes(content)
    given(monkeypatch, content)
    assert read_bytes("a.txt", most) == read
    assert read_bytes("-", most) == read


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read_bytes("-", 3) == b""


def test_an_error_of_reading_says_what_the_system_says() -> None:
    assert unreadable("a.csv", PermissionError(13, "Permission denied")).report() == (
        "Error: a.csv: cannot be read (Permission denied)\n  Check the path and its permissions."
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("-", "standard input"),
        ("./-", "-"),
        ("", "''"),
        (".", "."),
        ("a.yaml", "a.yaml"),
        ("./sub//a.yaml", os.path.join("sub", "a.yaml")),
        ("sub/../a.yaml", "a.yaml"),
        ("{here}/sub/a.yaml", os.path.join("sub", "a.yaml")),
        # Outside the working folder a path is said as it was given.
        ("../a.yaml", "../a.yaml"),
        ("sub/../../a.yaml", "sub/../../a.yaml"),
        ("/elsewhere/a.yaml", "/elsewhere/a.yaml"),
    ],
)
def test_a_path_is_named_from_the_working_folder(folder: Path, path: str, name: str) -> None:
    assert name_to_show(path.format(here=folder)) == name
