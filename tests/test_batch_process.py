"""`aloware batch` as a process: interrupted, in several processes, and on a pipe."""

import contextlib
import os
import pty
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from card_files import CARDS, catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.batch.pricer import PricingInput
from aloware_cli.batch.results import Request
from aloware_cli.batch.rows import RowFile, open_rows, read_blocks, read_cells
from aloware_cli.batch.workers import price_file
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import AlowareError, ValidationError
from aloware_cli.files.output import open_output

BATCH = [sys.executable, "-m", "aloware_cli", "batch"]


def some_rows(count: int) -> str:
    """Return CSV of many kinds of rows: plain, quoted, invalid, unpriced and blank."""
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
    """Return the result of `source`, read `size` bytes at a time, with its tally and problems."""
    with open_rows(str(source)) as file:
        given = PricingInput(file.name, catalog(), Scenario(), "")
        request = Request(given, "csv", "csv", compare=False, lines=False, raw=False)
        output = partial(open_output, str(target), force=True)
        found = price_file(file, request, output, jobs, size)
    return target.read_bytes(), found


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(some_rows(600))
    return path


def test_number_of_workers_does_not_matter(rows: Path, tmp_path: Path) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 2, 2000) == alone
    assert priced(rows, tmp_path / "out", 3, 2000) == alone


@pytest.mark.parametrize("size", [1, 100, 1 << 20])
def test_block_size_does_not_matter(rows: Path, tmp_path: Path, size: int) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 1, size) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_malformed_block_leaves_existing_file(rows: Path, tmp_path: Path, jobs: int) -> None:
    text = rows.read_text()
    rows.write_text(f'{text}upro,1,1,a "quote"\nupro,1,1,\n')
    target = tmp_path / "out"
    target.write_text("before")
    line = text.count("\n") + 1
    with pytest.raises(ValidationError, match="a quote in an unquoted cell") as raised:
        priced(rows, target, jobs, 500)
    assert str(raised.value.problems[0].location).endswith(f"rows.csv:{line}")
    assert target.read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == ["out", "rows.csv"]


def rows_in_blocks(text: str, folder: Path, size: int) -> list[list[str]]:
    path = folder / "text.csv"
    path.write_text(text, newline="")
    with open_rows(str(path)) as file:
        return [
            cells
            for block in read_blocks(file, size, quotes=True)
            for _, cells in read_cells(block.content.decode(), block.line, "", ",")
        ]


cells = st.text(st.sampled_from('ab,"\n '), max_size=4)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=5), st.integers(1, 12))
def test_blocks_have_whole_rows(
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


def workers_of(process: "subprocess.Popen[bytes]") -> list[int]:
    command = ["pgrep", "-P", str(process.pid)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


def ended_by(sent: int, process: "subprocess.Popen[bytes]") -> int:
    """Send a signal until `process` has ended; return its exit code.

    If a signal comes just before a read blocks, Python sees it when that read returns: a user
    presses Ctrl-C once more then.
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
        # no process can remove its files after this one
        (signal.SIGKILL, -9, None),
    ],
)
def test_signal_leaves_existing_file_and_no_worker(
    tmp_path: Path, options: list[str], sent: int, code: int, left: list[str] | None
) -> None:
    with started(tmp_path, *options) as process:
        workers = workers_of(process)
        assert len(workers) == (2 if options else 0)
        assert ended_by(sent, process) == code
        assert process.stderr
        # the end of stderr: no worker has it open any more
        assert b"Traceback" not in process.stderr.read()
    assert (tmp_path / "out.csv").read_text() == "before"
    if left:
        assert os.listdir(tmp_path) == left


@pytest.mark.parametrize("to_group", [False, True])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_while_workers_start_ends_the_run(
    rows: Path, sent: int, code: int, *, to_group: bool
) -> None:
    command = [*BATCH, "-", "--jobs", "8", "--output", "out.csv"]
    for _ in range(5):
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=rows.parent,
            start_new_session=True,
        ) as process:  # fmt: skip
            assert process.stdin
            process.stdin.write(b"plan,agents\n" + b"upro,1\n" * 100_000)
            process.stdin.flush()
            while not workers_of(process):
                pass
            (os.killpg if to_group else os.kill)(process.pid, sent)
            process.stdin.close()
            assert process.wait(timeout=20) == code
            assert process.stderr
            assert process.stderr.read() == b""
        assert not (rows.parent / "out.csv").exists()


@pytest.mark.parametrize("limit", [8, 16, 24])
@pytest.mark.parametrize("jobs", [2, 64])
def test_few_file_descriptors_are_an_error_or_enough(rows: Path, limit: int, jobs: int) -> None:
    command = f"ulimit -n {limit}; exec {' '.join(BATCH)} {rows.name} --jobs {jobs} > out.csv"
    result = shell(command, rows.parent)
    if result.returncode == 3:
        assert result.stderr == (
            f"error: cannot start {jobs} worker processes: Too many open files  [E-WORKER]\n"
            "hint: use fewer --jobs\n"
        )
    else:  # some rows are invalid
        assert (result.returncode, jobs) == (1, 2)


def test_killed_worker_is_an_error(tmp_path: Path) -> None:
    with started(tmp_path, "--jobs", "2") as process:
        os.kill(workers_of(process)[0], signal.SIGKILL)
        _, messages = process.communicate(b"upro,1\n" * 100_000)
    assert messages == (
        b"error: a worker process was killed  [E-WORKER]\n"
        b"hint: run the command again, or use --jobs 1\n"
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
        timeout=60,
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("target", "code", "messages"),
    [
        ("| true", 0, ""),
        ("> /dev/full", 3,
         ("error: cannot write stdout: No space left on device  [E-WRITE]\n"
         "hint: check the disk space, or use --output\n")),
        (">&-", 3, ("error: cannot write stdout: it is closed  [E-WRITE]\n"
         "hint: open it, or use --output\n")),
    ],
)  # fmt: skip
def test_output_that_cannot_be_written(
    rows: Path, jobs: str, target: str, code: int, messages: str
) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} --jobs {jobs} {target}", rows.parent)
    assert (result.stderr, result.returncode) == (messages, code)


@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-"])
def test_exit_code_does_not_depend_on_stderr(rows: Path, stderr: str) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} --output out.csv {stderr}", rows.parent)
    assert result.returncode == 1
    assert (rows.parent / "out.csv").exists()


def test_output_may_be_the_file_itself(rows: Path) -> None:
    result = shell(f"{' '.join(BATCH)} {rows.name} --output {rows.name} --force", rows.parent)
    assert result.returncode == 1
    assert rows.read_text().startswith("plan,agents,numbers,name,status,")
    assert rows.read_text().count("\n") > 500


CONTROLS = "A\x1b[31mcm\u202ee\x9b \N{NO-BREAK SPACE}\u00e9"


def test_control_characters_are_escaped_on_a_terminal_alone(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"name,plan,agents\n{CONTROLS},upro,3\n", "utf-8")
    main, terminal = pty.openpty()
    environment = {**os.environ, "ALOWARE_RATES": str(CARDS), "LC_ALL": "C.UTF-8"}
    command = [*BATCH, "in.csv"]
    subprocess.run(command, stdout=terminal, cwd=tmp_path, env=environment, check=True)
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # the end of a terminal
        while chunk := os.read(main, 1024):
            shown += chunk
    os.close(main)
    escaped = "A\\x1b[31mcm\\u202ee\\x9b \N{NO-BREAK SPACE}\u00e9,upro,3,ok,210.00"
    assert shown.decode().split("\r\n")[1].startswith(escaped)
    piped = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=True)
    assert piped.stdout.decode().split("\n")[1].startswith(f"{CONTROLS},upro,3,ok,210.00")


def test_row_without_end_takes_no_memory(tmp_path: Path) -> None:
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b"plan,agents\n" + b"x" * (3 << 20))
    with (
        open(endless, "rb") as stream,
        pytest.raises(AlowareError, match="a row is larger than 1 MiB"),
    ):
        list(read_blocks(RowFile("endless.csv", stream, None), 1 << 16, quotes=True))
