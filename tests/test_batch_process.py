"""`aloware batch` as a process: interrupted, in several processes, and on a pipe."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.commands.batch.blocks import Request
from aloware_cli.commands.batch.runs import price_file
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import DataError
from aloware_cli.files.blocks import RowFile, blocks_of, open_rows
from aloware_cli.files.rows import rows_of

BATCH = [sys.executable, "-m", "aloware_cli", "batch"]
REQUEST = Request(
    file="",
    rows="csv",
    names=(),
    header_line=1,
    form="csv",
    scenario=Scenario(),
    plan="",
    compare=False,
    lines=False,
    raw=False,
)


def some_rows(count: int) -> str:
    """Return CSV of many kinds of rows: plain, quoted, faulty, unpriced and blank."""
    drawn = random.Random(7)  # noqa: S311  the same rows each time
    kinds: list[Callable[[int], str]] = [
        lambda n: f"upro,{n},{n * 7},name {n}",
        lambda n: f"XPRO,{n},,{n}",
        lambda n: f'"upro","{n}",1,"a ""name"",\nof two lines"',
        lambda n: f"all,{n},1k,=x",
        lambda n: f"upor,{n},1,",
        lambda n: f"ipro,{n}x,1,",
        lambda n: f"ipro,{n}",
        lambda n: f"ipro,{n},1,,",
        lambda _: "",
        lambda n: f"ipro,{n},,late",
    ]
    weights = [50, 20, 5, 2, 1, 1, 1, 1, 1, 5]
    rows = [kind(n) for n, kind in enumerate(drawn.choices(kinds, weights, k=count), 1)]
    return "plan,agents,numbers,name\n" + "\n".join(rows) + "\n"


def priced(source: Path, target: Path, jobs: int, size: int) -> tuple[bytes, object]:
    """Return the result of `source`, read `size` bytes at a time, and its tally."""
    with open_rows(str(source)) as file:
        tally = price_file(file, REQUEST, str(target), jobs, size=size, force=True)
    return target.read_bytes(), tally


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(some_rows(600))
    return path


def test_several_processes_give_the_same_bytes(rows: Path, tmp_path: Path) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 2, 2000) == alone
    assert priced(rows, tmp_path / "out", 3, 2000) == alone


@pytest.mark.parametrize("size", [1, 100, 1 << 20])
def test_the_size_of_a_block_changes_nothing(rows: Path, tmp_path: Path, size: int) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 1, size) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_malformed_block_far_down_leaves_what_was_there(
    rows: Path, tmp_path: Path, jobs: int
) -> None:
    text = rows.read_text()
    rows.write_text(f'{text}upro,1,1,a "quote"\nupro,1,1,\n')
    target = tmp_path / "out"
    target.write_text("before")
    line = text.count("\n") + 1
    with pytest.raises(DataError, match=f"rows.csv:{line}: a quote inside a cell"):
        priced(rows, target, jobs, 500)
    assert target.read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == ["out", "rows.csv"]


def rows_in_blocks(text: str, folder: Path, size: int) -> list[list[str]]:
    path = folder / "text.csv"
    path.write_text(text, newline="")
    with open_rows(str(path)) as file:
        return [
            row.cells
            for block in blocks_of(file, size, quotes=True)
            for row in rows_of(block.content.decode(), block.line, "", "csv")
        ]


cells = st.text(st.sampled_from('ab,"\n '), max_size=4)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=5), st.integers(1, 12))
def test_rows_are_whole_wherever_a_block_ends(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], size: int
) -> None:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in table]
    text = "".join(",".join(row) + "\n" for row in quoted)
    folder = tmp_path_factory.getbasetemp()
    assert rows_in_blocks(text, folder, size) == table


def started(tmp_path: Path, *options: str) -> "subprocess.Popen[bytes]":
    """Start a batch that has written much beside its output and waits for more rows."""
    (tmp_path / "out.csv").write_text("before")
    process = subprocess.Popen(
        [*BATCH, "-", "--output", "out.csv", "--force", *options],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdin
    process.stdin.write(b"plan,agents\n" + b"upro,1\n" * 100_000)
    process.stdin.flush()
    return process


def ended_by(sent: int, process: "subprocess.Popen[bytes]") -> int:
    """Send a signal until `process` has ended; return how it did.

    One that comes between two reads, just before the second blocks, is seen by Python
    only when that read returns: whoever presses Ctrl-C then presses it once more.
    """
    while True:
        process.send_signal(sent)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=5)


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]], ids=["alone", "two jobs"])
@pytest.mark.parametrize(
    ("sent", "code", "left"),
    [
        (signal.SIGINT, 130, ["out.csv"]),
        (signal.SIGTERM, 143, ["out.csv"]),
        # Nobody can tidy up after this one; what was there before is whole all the same.
        (signal.SIGKILL, -9, None),
    ],
)
def test_a_signal_leaves_what_was_there(
    tmp_path: Path, options: list[str], sent: int, code: int, left: list[str] | None
) -> None:
    with started(tmp_path, *options) as process:
        assert ended_by(sent, process) == code
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
    assert (tmp_path / "out.csv").read_text() == "before"
    if left:
        assert os.listdir(tmp_path) == left


def test_a_process_that_is_killed_is_an_error_and_no_closed_pipe(tmp_path: Path) -> None:
    with started(tmp_path, "--jobs", "2") as process:
        child = subprocess.run(
            ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()[0]
        os.kill(int(child), signal.SIGKILL)
        _, said = process.communicate(b"upro,1\n" * 100_000)
    assert (
        said == b"Error: a process that priced rows was ended\n  Run it again, or with --jobs 1.\n"
    )
    assert process.returncode == 3
    assert (tmp_path / "out.csv").read_text() == "before"


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_a_reader_who_has_seen_enough_is_no_error(rows: Path) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} | true", rows.parent)
    assert (result.stderr, result.returncode) == ("", 0)


def test_a_full_disk_is_an_error(rows: Path) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} > /dev/full", rows.parent)
    assert result.returncode == 3
    assert result.stderr == (
        "Error: cannot write standard output: No space left on device\n"
        "  Check the path, its permissions and the room on the disk.\n"
    )


def test_output_may_be_the_file_itself(rows: Path) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} --output {rows.name} --force", rows.parent)
    assert result.returncode == 1
    assert rows.read_text().startswith("plan,agents,numbers,name,status,")
    assert rows.read_text().count("\n") > 500


def test_memory_is_not_taken_by_what_is_never_a_row(tmp_path: Path) -> None:
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b"plan,agents\n" + b"x" * (3 << 20))
    with (
        open(endless, "rb") as stream,
        pytest.raises(DataError, match="a row larger than 1 MiB"),
    ):
        list(blocks_of(RowFile("endless.csv", stream, None), 1 << 16, quotes=True))
