"""Runs of `aloware` as a process: in a shell, on a terminal, and as a batch that waits for rows."""

import contextlib
import os
import subprocess
import sys

ALOWARE = [sys.executable, "-m", "aloware_cli"]
#: More rows than a pipe holds: when they are written, most of them were read.
ROWS = b"plan,agents\n" + b"upro,1\n" * 100_000


def shell(line: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Return a run of a line of bash in which `aloware` is ours."""
    script = f"""aloware() {{ {" ".join(ALOWARE)} "$@"; }}; {line}"""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True, text=True, check=False, timeout=60, env={**os.environ, **environment},
    )  # fmt: skip


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a run shows on a terminal of 80 columns, both streams."""
    main, terminal = os.openpty()
    with subprocess.Popen(
        [*ALOWARE, *arguments],
        stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal,
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb", **environment},
    ):  # fmt: skip
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while chunk := os.read(main, 65536):
                shown += chunk
    os.close(main)
    return shown.decode()


def batch(*options: str) -> "subprocess.Popen[bytes]":
    """Start a batch that has read `ROWS`, and waits for more."""
    process = subprocess.Popen(
        [*ALOWARE, "batch", "-", *options], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    process.stdin.write(ROWS)
    process.stdin.flush()
    return process


def workers_of(process: "subprocess.Popen[bytes]") -> list[int]:
    """Return the processes that `process` has started."""
    command = ["pgrep", "-P", str(process.pid)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]
