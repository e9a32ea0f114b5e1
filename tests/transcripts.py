"""Transcripts: the `$ aloware ...` blocks of README and docs, and what they print now."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def transcripts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each block."""
    for page in PAGES:
        for number, block in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
            yield f"{page.name}-{number}", block


def can_be_replayed(transcript: str) -> bool:
    """Return whether this machine has what `transcript` needs: jq is a program of its own."""
    return "jq -" not in transcript or shutil.which("jq") is not None


def replayed(transcript: str) -> str:
    """Return `transcript` with what its commands print when they are run.

    They run in a folder of their own that holds the examples: what one of them writes, the
    next can read.
    """
    commands = [line for line in transcript.splitlines() if line.startswith("$ ")]
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "docs" / "examples", os.path.join(folder, "examples"))
        return "".join(f"{command}\n{printed_by(command[2:], folder)}" for command in commands)


def printed_by(command: str, folder: str) -> str:
    """Return what `command` prints, in a pipe of 80 columns, and its exit code unless it is 0."""
    result = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
        env={
            "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
        },
    )
    return result.stdout + (f"[exit {result.returncode}]\n" if result.returncode else "")


def rewrite() -> None:
    """Write what the commands print now to the pages."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = BLOCK.sub(lambda found: rewritten(found.group(1)), text)
        page.write_text(new, encoding="utf-8")


def rewritten(transcript: str) -> str:
    """Return `transcript` as it is replayed, or as it is where it cannot be."""
    return replayed(transcript) if can_be_replayed(transcript) else transcript
