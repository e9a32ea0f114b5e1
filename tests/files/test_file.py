"""Files: their bytes and the document in them, or what keeps them from being read."""

import io
import os
import sys
from pathlib import Path

import pytest
from conftest import plain_name

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.errors import DataError
from aloware_cli.files.document import (
    File,
    InvalidNode,
    MappingNode,
    ScalarNode,
    read_file,
    read_stdin,
)
from aloware_cli.files.io import display_path, read_bytes, unreadable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which is in a folder of its own."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put `content` on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


OLDER = Problem("E-ODD", "was found before", "keep it", Location("b.yaml", 9, 9))


def test_file_has_bytes_and_document(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"plan: uPro\r\n")
    problems = [OLDER]
    key, value = Location("a.yaml", 1, 1), Location("a.yaml", 1, 7)
    assert read_file(str(folder / "a.yaml"), problems) == File(
        b"plan: uPro\r\n", MappingNode(key, {"plan": (key, ScalarNode(value, "uPro"))})
    )
    assert problems == [OLDER]


TOO_LARGE = "larger than 1 MiB; split or shorten the file  [E-SIZE]"
CHECK = "check the path and its permissions"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "a.yaml:1:1: the file is empty; add the keys it needs  [E-EMPTY]"),
        (b"a: 1\nb: \xe9\n", "a.yaml:2:4: not UTF-8 text; save the file as UTF-8  [E-ENCODING]"),
        (b"# " + b"x" * (2**20 - 1), f"a.yaml:1:1: {TOO_LARGE}"),
    ],
    ids=lambda given: plain_name(str(given)[:40]),
)
def test_problems_of_file_are_collected(
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
    on_stdin = problem.replace("a.yaml", "stdin")
    assert [str(each) for each in problems] == [str(OLDER), on_stdin]


def test_file_of_1_mib_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"a: 1 # " + b"x" * (2**20 - 7)
    (folder / "a.yaml").write_bytes(content)
    given(monkeypatch, content)
    problems: list[Problem] = []
    for root in (read_file("a.yaml", problems).root, read_stdin(problems)):
        assert isinstance(root, MappingNode)
    assert problems == []


def test_too_large_file_is_read_one_byte_over_the_limit(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"x" * (2**20 + 2))
    assert len(read_file("a.yaml", []).content) == 2**20 + 1


@pytest.mark.parametrize(
    ("path", "message"),
    [("none.yaml", "No such file or directory"), (".", "Is a directory")],
)
def test_unreadable_file_is_a_problem_or_an_error(folder: Path, path: str, message: str) -> None:
    problems = [OLDER]
    location = Location(path, 0)
    assert read_file(str(folder / path), problems) == File(b"", InvalidNode(location))
    problem = Problem("E-READ", f"cannot read {path}: {message}", CHECK, location)
    assert problems == [OLDER, problem]

    with pytest.raises(DataError) as raised:
        read_bytes(str(folder / path), 9)
    report = f"error: cannot read {path}: {message}  [E-READ]\nhint: {CHECK}"
    assert raised.value.report() == report


def test_document_on_stdin_is_named_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"[a]")
    problems: list[Problem] = []
    root = read_stdin(problems)
    assert (root.location, problems) == (Location("stdin", 1, 1), [])


@pytest.mark.parametrize(
    ("content", "most", "read"),
    [(b"", 3, b""), (b"abc", 3, b"abc"), (b"abcd", 3, b"abcd"), (b"abcde", 3, b"abcd")],
)
def test_bytes_are_read_one_over_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, most: int, read: bytes
) -> None:
    (folder / "a.txt").write_bytes(content)
    given(monkeypatch, content)
    assert read_bytes("a.txt", most) == read
    assert read_bytes("-", most) == read


def test_closed_stdin_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read_bytes("-", 3) == b""


def test_unreadable_has_reason_of_the_system() -> None:
    assert unreadable("a.csv", PermissionError(13, "Permission denied")).report() == (
        f"error: cannot read a.csv: Permission denied  [E-READ]\nhint: {CHECK}"
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("-", "stdin"),
        ("./-", "-"),
        ("", '""'),
        (".", "."),
        ("a.yaml", "a.yaml"),
        ("./sub//a.yaml", os.path.join("sub", "a.yaml")),
        ("sub/../a.yaml", "a.yaml"),
        ("{here}/sub/a.yaml", os.path.join("sub", "a.yaml")),
        # A path outside the working folder is shown as it was given.
        ("../a.yaml", "../a.yaml"),
        ("sub/../../a.yaml", "sub/../../a.yaml"),
        ("/elsewhere/a.yaml", "/elsewhere/a.yaml"),
    ],
)
def test_path_is_shown_relative_to_working_folder(folder: Path, path: str, name: str) -> None:
    assert display_path(path.format(here=folder)) == name
