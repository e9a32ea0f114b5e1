"""Output: a file is written whole, and an existing one is replaced only with force."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.errors import DataError
from aloware_cli.files.io import open_output, write_output

ASKED = [
    "quote upro -a 3",
    "compare -a 3",
    "breakeven ipro xpro -a 10 --vary numbers",
    "sweep upro --vary sms=0:1:1",
    "explain upro sms",
    "prorate upro --on 2026-03-18 --add-agents 2",
]


@pytest.mark.parametrize("line", ASKED)
def test_output_overwrites_only_with_force(run: Run, tmp_path: Path, line: str) -> None:
    target = tmp_path / "taken.txt"
    target.write_text("mine")
    result = run(f"{line} --output {target}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        f"error: {target} already exists  [E-EXISTS]",
        "hint: use another name, or overwrite it with --force",
    ]
    assert target.read_text() == "mine"
    assert run(f"{line} --output {target} --force").exit_code == 0
    assert target.read_text("utf-8").partition("\n")[0].endswith((", USD", ", USD per month"))
    assert os.listdir(tmp_path) == ["taken.txt"]


def test_link_is_treated_as_its_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    write_output("first", str(link))
    assert real.read_text() == "first"
    with pytest.raises(DataError, match=r"link\.txt already exists"):
        write_output("second", str(link))
    assert (real.read_text(), link.is_symlink()) == ("first", True)


def test_new_file_has_default_mode(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("")
    write_output("text", str(tmp_path / "new.txt"))
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


def without_hard_links(source: str, target: str) -> None:
    raise PermissionError(f"no hard links here, from {source} to {target}")


def test_file_is_kept_on_disk_without_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_hard_links)
    target = tmp_path / "quote.txt"
    write_output("first", str(target))
    with pytest.raises(DataError, match="already exists"):
        write_output("second", str(target))
    assert target.read_text() == "first"
    assert os.listdir(tmp_path) == ["quote.txt"]


@pytest.mark.parametrize("hard_links", [True, False])
def test_file_created_during_writing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, hard_links: bool
) -> None:
    if not hard_links:
        monkeypatch.setattr(os, "link", without_hard_links)
    target = tmp_path / "quote.txt"

    def write_meanwhile() -> None:
        with open_output(str(target)) as stream:
            stream.write(b"ours")
            target.write_text("mine")

    with pytest.raises(DataError) as raised:
        write_meanwhile()
    assert raised.value.report() == EXISTS.format(target)
    assert (target.read_text(), os.listdir(tmp_path)) == ("mine", ["quote.txt"])


EXISTS = (
    "error: {} already exists  [E-EXISTS]\nhint: use another name, or overwrite it with --force"
)
CANNOT = (
    "error: cannot write {}: {}  [E-WRITE]\nhint: check the path, its permissions and disk space"
)


def test_existing_file_is_rejected_before_writing(tmp_path: Path) -> None:
    target = tmp_path / "quote.txt"
    target.write_text("mine")
    with pytest.raises(DataError) as raised, open_output(str(target)):
        pytest.fail("there is nothing to write to")
    assert raised.value.report() == EXISTS.format(target)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("none/quote.txt", "No such file or directory"),
        ("folder", "Is a directory"),
        ("new/", "Is a directory"),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_unwritable_path_is_an_error(folder: Path, path: str, message: str, *, force: bool) -> None:
    (folder / "folder").mkdir()
    with pytest.raises(DataError) as raised:
        write_output("text", path, force=force)
    assert raised.value.report() == CANNOT.format(path, message)
    assert os.listdir(folder) == ["folder"]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("before", [None, "before"])
def test_interrupted_writing_keeps_old_content(
    tmp_path: Path, before: str | None, stop: type[BaseException]
) -> None:
    target = tmp_path / "quote.txt"
    if before is not None:
        target.write_text(before)

    def write_half() -> None:
        with open_output(str(target), force=True) as stream:
            stream.write(b"half")
            stream.flush()
            raise stop

    with pytest.raises(stop):
        write_half()
    assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])


@pytest.mark.parametrize("force", [False, True])
def test_file_gets_its_name_after_writing(folder: Path, *, force: bool) -> None:
    with open_output("quote.txt", force=force) as stream:
        stream.write(b"\xff\r\n")
        [beside] = os.listdir(folder)
        assert beside.startswith(".aloware-")
    assert os.listdir(folder) == ["quote.txt"]
    assert (folder / "quote.txt").read_bytes() == b"\xff\r\n"


def test_text_is_written_as_utf_8(tmp_path: Path) -> None:
    write_output("caf\u00e9\r\n\n", str(tmp_path / "quote.txt"))
    assert (tmp_path / "quote.txt").read_bytes() == b"caf\xc3\xa9\r\n\n"


@pytest.fixture
def masked() -> Iterator[int]:
    """Let new files be without any right of others, and without that of the group to write."""
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, 0o640),  # 666 less 027
        (0o600, 0o600),
        (0o666, 0o666),
        (0o4751, 0o4751),
    ],
)
def test_replaced_file_keeps_mode(
    tmp_path: Path, masked: int, before: int | None, after: int
) -> None:
    target = tmp_path / "quote.txt"
    if before is not None:
        target.write_text("before")
        target.chmod(before)
    write_output("text", str(target), force=True)
    assert stat.S_IMODE(target.stat().st_mode) == after
    assert os.umask(masked) == masked


@pytest.mark.parametrize("force", [False, True])
def test_named_pipe_is_written_in_place(tmp_path: Path, *, force: bool) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_output("text", str(pipe), force=force)
    assert os.read(reader, 9) == b"text"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert os.listdir(tmp_path) == ["pipe"]


class Terminal(io.TextIOWrapper):
    """Standard output as it is on a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("kind", "encoding", "text", "written"),
    [
        # A pipe gets UTF-8 and plain line ends, a terminal what it is set to.
        (io.TextIOWrapper, "ascii", "\u00e9\n", b"\xc3\xa9\n"),
        (io.TextIOWrapper, "utf-8", "a\r\n", b"a\r\n"),
        (Terminal, "ascii", "\u00e9 \u2500\n", b"\\xe9 \\u2500\r\n"),
        (Terminal, "latin-1", "\u00e9 \u2500\n", b"\xe9 \\u2500\r\n"),
        (Terminal, "utf-8", "\u00e9\n", b"\xc3\xa9\r\n"),
    ],
)
def test_stdout_escapes_unsupported_characters(
    monkeypatch: pytest.MonkeyPatch,
    kind: type[io.TextIOWrapper],
    encoding: str,
    text: str,
    written: bytes,
) -> None:
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", kind(stream, encoding=encoding, newline="\r\n"))
    write_output(text, None)
    assert stream.getvalue() == written


def test_text_only_stdout_gets_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    write_output("\u00e9\n", None)
    assert stream.getvalue() == "\u00e9\n"


def test_pieces_are_written_to_stdout_as_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(tmp_path / "out", "w", encoding="ascii") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        with open_output(None) as stream:
            stream.write(b"\xff")
            stream.write(b"\r\n")
        assert (tmp_path / "out").read_bytes() == b"\xff\r\n"
        write_output("more\n", None)
        assert (tmp_path / "out").read_bytes() == b"\xff\r\nmore\n"


def test_closed_stdout_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    said = "error: cannot write stdout: it is closed  [E-WRITE]\nhint: open it, or use --output"
    with pytest.raises(DataError) as raised:
        write_output("text", None)
    assert raised.value.report() == said
    with pytest.raises(DataError) as raised, open_output(None):
        pytest.fail("there is nothing to write to")
    assert raised.value.report() == said


def write_whole() -> None:
    write_output("text", None)


def write_piece() -> None:
    with open_output(None) as stream:
        stream.write(b"text")


@pytest.mark.parametrize("write", [write_whole, write_piece])
def test_full_disk_is_reported_once(
    monkeypatch: pytest.MonkeyPatch, write: Callable[[], None]
) -> None:
    # Closing the stream writes what is left in it: that must not fail again.
    with open("/dev/full", "w", encoding="ascii") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        with pytest.raises(DataError) as raised:
            write()
    assert raised.value.report() == (
        "error: cannot write stdout: No space left on device  [E-WRITE]\n"
        "hint: check the disk space, or use --output"
    )


@pytest.mark.parametrize("write", [write_whole, write_piece])
def test_output_ignores_closed_pipe(
    monkeypatch: pytest.MonkeyPatch, write: Callable[[], None]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="ascii") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        write()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../Acme", "acme.yaml"),
        ("/etc/acme", "etc-acme.yaml"),
        ("acme.yaml/..", "acme-yaml.yaml"),
        ("C:\\Acme", "c-acme.yaml"),
        ("~root", "root.yaml"),
        ("-a", "a.yaml"),
    ],
)
def test_recorded_name_stays_in_its_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    here = tmp_path / "one" / "two" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert run(f"verify --record={name} -- quote upro -a 1").stdout == f"{file}\n"
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [here / file]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_replaced_file_keeps_owner(tmp_path: Path) -> None:
    target = tmp_path / "quote.json"
    target.write_text("before", "utf-8")
    os.chown(target, 1000, 1001)
    write_output("after", str(target), force=True)
    found = target.stat()
    assert (target.read_text("utf-8"), found.st_uid, found.st_gid) == ("after", 1000, 1001)
