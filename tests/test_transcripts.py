"""Every `$ aloware ...` in the README and the docs is run, and must print what stands there.

    pytest tests/test_transcripts.py --rewrite-transcripts

writes what the commands print now.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def transcripts() -> Iterator[object]:
    for page in PAGES:
        for number, block in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
            yield pytest.param(block, id=f"{page.name}-{number}")


@pytest.mark.parametrize("transcript", list(transcripts()))
def test_a_transcript_shows_what_its_commands_print(transcript: str) -> None:
    assert replayed(transcript) == transcript


def test_there_are_transcripts() -> None:
    assert len(list(transcripts())) >= 8


def replayed(transcript: str) -> str:
    """Return `transcript` with what its commands print when they are run."""
    commands = [line for line in transcript.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{printed_by(command[2:])}" for command in commands)


def printed_by(command: str) -> str:
    """Return what `command` prints in a pipe of 80 columns, and its exit code unless it is 0."""
    result = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=ROOT / "docs",
        env={
            "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
        },
    )
    return result.stdout + (f"[exit {result.returncode}]\n" if result.returncode else "")


def rewrite() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = BLOCK.sub(lambda found: replayed(found.group(1)), text)
        page.write_text(new, encoding="utf-8")
