"""Sessions: commands and what they print, in `tests/sessions/NAME.txt`.

`=== TITLE` begins a session, which runs in a folder of its own with the frozen rate cards in
`cards`. What comes before the first title is the setup of every session. `$ COMMAND` is
followed by its output, and by `[exit N]` unless N is 0; a line `…` stands for any lines.
`aloware` runs in this process, and other commands run in bash.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from conftest import run_command

SESSIONS = Path(__file__).parent / "sessions"


class Session(NamedTuple):
    file: Path
    title: str
    setup: str
    text: str


def sessions() -> Iterator[Session]:
    """Yield the sessions of all files."""
    for file in sorted(SESSIONS.glob("*.txt")):
        setup, *parts = re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)
        for part in parts:
            yield Session(file, part.partition("\n")[0], setup, part)


def replayed(text: str) -> str:
    """Return `text` with what its commands print now, except where that is as expected."""
    head, *blocks = re.split(r"^\$ ", text, flags=re.MULTILINE)
    return head + "".join(f"$ {_replayed_block(block)}" for block in blocks)


def _replayed_block(block: str) -> str:
    command, _, expected = block.partition("\n")
    if here := re.search(r"<< END$", command):
        content, _, expected = expected.partition("END\n")
        command = f"{command[: here.start()]}<< END\n{content}END"
    blank = "\n" if expected.endswith("\n\n") or expected == "\n" else ""
    printed = _printed_by(command) + blank
    pattern = ".*\n".join(map(re.escape, re.split(r"^…\n", expected, flags=re.MULTILINE)))
    matches = re.fullmatch(pattern.replace(".*\n", "(?:.*\n)*"), printed)
    return f"{command}\n{expected if matches else printed}"


def _printed_by(command: str) -> str:
    """Return what `command` prints, both streams; a pipe after `aloware` takes its stdout."""
    if command.startswith("cd "):
        os.chdir(command.removeprefix("cd "))
        return ""
    line, _, filters = command.partition(" | ")
    if not line.startswith("aloware "):
        done = _in_bash(command)
        return f"{done.stdout}{done.stderr}{_exit(done.returncode)}"
    line, *silent = line.split(" 2> /dev/null")
    line, _, stdin = line.partition(" < ")
    result = run_command(line.removeprefix("aloware "), Path(stdin).read_bytes() if stdin else None)
    shown = result.stdout if silent else result.output
    if filters:
        filtered = _in_bash(filters, result.stdout_bytes.decode()).stdout
        shown = filtered if silent else result.stderr + filtered
    return f"{shown}{_exit(result.exit_code)}"


def _in_bash(command: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", command], input=stdin, capture_output=True, text=True, check=False
    )


def _exit(code: int) -> str:
    return f"[exit {code}]\n" if code else ""
