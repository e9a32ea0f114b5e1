"""Pages generated from the program and the rate cards are current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from transcripts import transcripts

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("page", ["reference", "sources"])
def test_page_equals_output_of_its_script(page: str) -> None:
    printed = subprocess.run(
        [sys.executable, f"docs/{page}.py"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()

    assert printed == (ROOT / "docs" / f"{page}.md").read_text("utf-8"), (
        f"python docs/{page}.py > docs/{page}.md"
    )


def test_docs_use_every_option() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text("utf-8")
    flags = set(re.findall(r"^(?:- |\| )`(?:-\w, )?(--[a-z-]+)", reference, re.MULTILINE))
    commands = "".join(
        line for _, block in transcripts() for line in block.splitlines() if line.startswith("$ ")
    )
    unused = {flag for flag in flags if not re.search(rf"{flag}\b(?!-)", commands)}

    assert len(flags) > 50
    assert unused == set()
