"""Faults around a run: full disks, closed streams, signals, few descriptors, a deleted folder.

Each row runs real processes. Whatever happens, the exit code is that of the contract, nobody sees
a traceback, and nothing is left behind.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from card_files import CARDS
from processes import ALOWARE, ROWS, batch, on_a_terminal, shell, workers_of

from aloware_cli.files.io import bundled_rates

FILES = {
    "rows.csv": "plan,agents\nupro,3\n",
    "bad.csv": "plan,agents\nupro,x\n",
    "acme.yaml": "plan: upro\nagents: 3\n",
    "hi.txt": "Hi",
    "passwd": "root:x:0:0:root",
    "curious.yaml": "rates: [passwd]",
}


@pytest.fixture(autouse=True)
def folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a few files, on the frozen cards."""
    for name, content in FILES.items():
        (folder / name).write_text(content)
    monkeypatch.setenv("ALOWARE_RATES", str(CARDS))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return folder


NO_SPACE = "No space left on device  [E-WRITE]"
DISK = "hint: check the path, its permissions and disk space"
FULL = f"error: cannot write stdout: {NO_SPACE}\nhint: check the disk space, or use --output\n"
CLOSED = "error: cannot write stdout: it is closed  [E-WRITE]\nhint: open it, or use --output\n"


@pytest.mark.parametrize(
    ("fault", "code", "stderr"), [("| true", 0, ""), ("> /dev/full", 3, FULL), (">&-", 3, CLOSED)]
)
@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "--version",
        "--show-completion bash",
        "help",
        "quote --help",
        "quote upro -a 3",
        "quote upro -a 3 --format json",
        "quote upro -a 3 --total monthly",
        "compare -a 3",
        "breakeven ipro xpro -n 1 --vary agents",
        "sweep upro --vary sms=0:1:1",
        "explain upro sms",
        "prorate upro --add-agents 2 --on 2026-03-18",
        "segments Hi",
        "batch rows.csv",
        "batch rows.csv --jobs 2",
        f"verify --rates {bundled_rates()}",
        "init",
        "rates --help",
        "rates list",
        "schema quote",
    ],
)
def test_fault_of_stdout(line: str, fault: str, code: int, stderr: str) -> None:
    result = shell(f"aloware {line} {fault}")
    assert (result.returncode, result.stderr) == (code, stderr)


GONE = "the working folder was deleted"
READ = "hint: check the path and its permissions"


@pytest.mark.parametrize(
    ("line", "code", "stderr"),
    [
        # stderr is full or closed: the exit code is the same
        ("aloware quote upro -a 3 2>/dev/full", 0, ""),
        ("aloware batch rows.csv 2>/dev/full", 0, ""),
        ("aloware batch rows.csv 2>&-", 0, ""),
        ("aloware batch bad.csv 2>&-", 1, ""),
        ("aloware quote upro -a 3 --fail-over 1 2>/dev/full", 1, ""),
        ("aloware quote nope 2>/dev/full", 2, ""),
        ("aloware nope 2>&-", 2, ""),
        ("aloware 2>/dev/full", 2, ""),
        ("aloware quote --from none.yaml 2>&-", 3, ""),
        ("aloware quote upro -a 3 >/dev/full 2>/dev/full", 3, ""),
        ("aloware quote upro -a 3 >&- 2>&-", 3, ""),
        ("aloware quote ipro -m 5 2>/dev/full", 4, ""),
        ("aloware quote ipro -m 5 <&- >&- 2>&-", 4, ""),
        # stdin is closed
        ("aloware segments --file - <&-", 3,
         "error: stdin: the message is empty  [E-EMPTY]\nhint: add the text to send\n"),
        ("aloware quote --from - <&-", 3,
         ("stdin:1:1: the file is empty; add the keys it needs  [E-EMPTY]\n"
         "error: 1 problem in 1 file\n")),
        ("aloware batch - <&-", 3,
         ("stdin:1: the file is empty; start with the names of the columns  [E-EMPTY]\n"
         "error: 1 problem in 1 file\n")),
        # what is no rate card is not shown
        ("aloware quote upro -a 3 --from curious.yaml", 3,
         ("passwd:1:1: expected a mapping, got a text; use `key: value`  [E-TYPE]\n"
         "error: 1 problem in 1 file\n")),
        # the disk is full, or files have a bound
        ("aloware quote upro -a 3 --format json --output /dev/full", 3,
         f"error: cannot write /dev/full: {NO_SPACE}\n{DISK}\n"),
        ("ulimit -f 0; trap '' XFSZ; aloware quote upro -a 3 --output q.json", 3,
         f"error: cannot write q.json: File too large  [E-WRITE]\n{DISK}\n"),
        ("ulimit -f 0; trap '' XFSZ; aloware batch rows.csv --output rows.csv --force", 3,
         f"error: cannot write rows.csv: File too large  [E-WRITE]\n{DISK}\n"),
        # few descriptors
        ("ulimit -n 8; aloware quote upro -a 3 --output - | true", 0, ""),
        ("ulimit -n 8; aloware batch rows.csv --jobs 64 >/dev/null", 3,
         ("error: cannot start 64 worker processes: Too many open files  [E-WORKER]\n"
         "hint: use fewer --jobs\n")),
        ("ulimit -n 24; aloware batch rows.csv --jobs 2 >/dev/null 2>&1", 0, ""),
        # the working folder was deleted
        ("mkdir x; cd x; rmdir ../x; aloware quote upro -a 3", 0, ""),
        ("mkdir x; cd x; rmdir ../x; aloware quote --from - --rates /none <<<'plan: upro'", 3,
         f"error: cannot read /none: No such file or directory  [E-READ]\n{READ}\n"),
        ("mkdir x; cd x; rmdir ../x; aloware quote --from acme.yaml", 3,
         f"error: cannot read acme.yaml: {GONE}  [E-READ]\n{READ}\n"),
        ("mkdir x; cd x; rmdir ../x; aloware batch rows.csv", 3,
         f"error: cannot read rows.csv: {GONE}  [E-READ]\n{READ}\n"),
        ("mkdir x; cd x; rmdir ../x; aloware quote upro -a 3 --output q.json", 3,
         f"error: cannot write q.json: {GONE}  [E-WRITE]\n{DISK}\n"),
        ("mkdir x; cd x; rmdir ../x; aloware verify --record q -- quote upro -a 3", 3,
         f"error: cannot write q.yaml: {GONE}  [E-WRITE]\n{DISK}\n"),
    ],
)  # fmt: skip
def test_fault_has_its_exit_code(folder: Path, line: str, code: int, stderr: str) -> None:
    result = shell(line)
    assert (result.returncode, result.stderr) == (code, stderr)
    assert {path.name: path.read_text() for path in folder.iterdir()} == FILES


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]], ids=["alone", "two jobs"])
@pytest.mark.parametrize("before", [None, "before"])
@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131), (signal.SIGTERM, 143)],
)
def test_signal_leaves_nothing_behind(
    folder: Path, sent: int, code: int, before: str | None, options: list[str]
) -> None:
    files = FILES if before is None else {**FILES, "out.csv": before}
    for name, content in files.items():
        (folder / name).write_text(content)

    with batch("--output", "out.csv", "--force", *options) as process:
        assert any(name.startswith(".aloware-") for name in os.listdir())
        assert len(workers_of(process)) == (2 if options else 0)
        process.send_signal(sent)
        # The end of stderr is the end of every worker.
        assert process.communicate()[1] == b""
    assert process.returncode == code
    assert {path.name: path.read_text() for path in folder.iterdir()} == files


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]], ids=["alone", "two jobs"])
def test_killed_run_keeps_existing_file(folder: Path, options: list[str]) -> None:
    (folder / "out.csv").write_text("before")
    with batch("--output", "out.csv", "--force", *options) as process:
        process.kill()
        assert process.communicate()[1] == b""
    assert (folder / "out.csv").read_text() == "before"


def test_killed_worker_is_an_error(folder: Path) -> None:
    (folder / "out.csv").write_text("before")
    with batch("--output", "out.csv", "--force", "--jobs", "2") as process:
        os.kill(workers_of(process)[0], signal.SIGKILL)
        _, messages = process.communicate(ROWS)
    assert messages == (
        b"error: a worker process was killed  [E-WORKER]\n"
        b"hint: run the command again, or use --jobs 1\n"
    )
    assert process.returncode == 3
    assert (folder / "out.csv").read_text() == "before"


@pytest.mark.parametrize("to_group", [False, True])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_while_workers_start_ends_the_run(
    folder: Path, sent: int, code: int, *, to_group: bool
) -> None:
    for _ in range(5):
        command = [*ALOWARE, "batch", "-", "--jobs", "8", "--output", "out.csv"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        ) as process:
            assert process.stdin
            process.stdin.write(ROWS)
            process.stdin.flush()
            while not workers_of(process):
                pass
            (os.killpg if to_group else os.kill)(process.pid, sent)
            assert process.communicate(timeout=20)[1] == b""
        assert process.returncode == code
        assert not (folder / "out.csv").exists()


#: Sends a signal at the Nth import of a run: `N SIGNAL ARGUMENT...`.
AT_IMPORT = """
import itertools, os, sys
from aloware_cli.__main__ import main
number, sent = int(sys.argv.pop(1)), int(sys.argv.pop(1))
seen = itertools.count(1)
def hook(event, _):
    if event == "import" and next(seen) == number:
        os.kill(os.getpid(), sent)
sys.addaudithook(hook)
main()
"""


@pytest.mark.parametrize("number", [1, 2, 5, 10, 20, 50, 100, 120])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_early_signal_prints_no_traceback(number: int, sent: int, code: int) -> None:
    command = [sys.executable, "-c", AT_IMPORT, str(number), str(int(sent)), "quote", "upro"]
    result = subprocess.run([*command, "-a", "3"], capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (code, b"", b"")


def test_ignored_signal_stays_ignored() -> None:
    started = [*ALOWARE, "batch", "-"]
    with subprocess.Popen(
        ["bash", "-c", 'trap "" HUP; exec "$@"', "bash", *started],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin
        process.stdin.write(ROWS)
        process.send_signal(signal.SIGHUP)
        process.stdin.close()
        assert process.wait(timeout=60) == 0


#: Escape, bell, C1 control, bidirectional override, line end.
HOSTILE = "\x1b[31m\x07\x9b2J\u202ex\nerror: forged"


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        ["quote", HOSTILE],
        ["quote", "upro", "-a", HOSTILE],
        ["quote", "upro", f"--{HOSTILE}"],
        ["quote", "upro", "--add", f"{HOSTILE}=1"],
        ["quote", "upro", "--rate", f"sms={HOSTILE}"],
        ["quote", "upro", "--discount", f"{HOSTILE}=5%"],
        ["quote", "upro", "-a", "3", "--carrier", f"{HOSTILE}=100%"],
        ["quote", "upro", "-a", "3", "--prospect", HOSTILE],
        ["quote", "upro", "-a", "3", "--rates", HOSTILE],
        ["quote", "upro", "-a", "3", "--output", f"{HOSTILE}.doc"],
        ["quote", "upro", "-a", "3", "--format", "html", "--seller", HOSTILE],
        ["quote", "upro", "-a", "3", "--output", f"{HOSTILE}/q.json"],
        ["quote", "--from", HOSTILE],
        ["quote", "--from", "hostile.yaml"],
        ["breakeven", "ipro", "xpro", "--vary", HOSTILE],
        ["sweep", "--vary", f"{HOSTILE}=0:1:1"],
        ["explain", "upro", HOSTILE],
        ["prorate", "upro", "--on", HOSTILE],
        ["render", HOSTILE],
        ["render", "hostile.json"],
        ["diff", "hostile.json", HOSTILE],
        ["segments", HOSTILE],
        ["segments", "--file", "hostile.txt"],
        ["batch", HOSTILE],
        ["batch", "hostile.csv"],
        ["batch", "hostile.csv", "--format", "jsonl"],
        ["batch", "hostile.jsonl"],
        ["verify", HOSTILE],
        ["verify", "hostile.yaml", "--format", "github"],
        ["verify", "--record", HOSTILE, "--", "quote", "upro"],
        ["rates", "show", HOSTILE],
        ["rates", "check", "--rates", "hostile.yaml"],
        ["schema", HOSTILE],
    ],
    ids=lambda arguments: ascii(" ".join(arguments))[1:40].replace("\\", "^"),
)
def test_no_control_character_reaches_a_terminal(folder: Path, arguments: list[str]) -> None:
    (folder / "hostile.yaml").write_text(f'"{HOSTILE}": 1\nplan: [{HOSTILE}\n')
    (folder / "hostile.json").write_text(f'{{"schema": "{HOSTILE}"}}')
    (folder / "hostile.txt").write_text(HOSTILE)
    (folder / "hostile.csv").write_text(f'plan,agents,"{HOSTILE}"\nupro,3,"{HOSTILE}"\n,x,\n')
    (folder / "hostile.jsonl").write_text('{"agents": 3, "plan": "\\u001b[31m", "\\u202e": 1}\n')

    shown = on_a_terminal(*arguments)

    assert shown
    assert all(each.isprintable() or each in "\r\n" for each in shown), ascii(shown)
    assert "Traceback" not in shown
    assert "bug in" not in shown
