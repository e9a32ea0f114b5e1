"""The reference says of every command and flag what the program itself says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_reference_is_what_the_program_says() -> None:
    printed = subprocess.run(
        [sys.executable, "docs/reference.py"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()

    assert printed == (ROOT / "docs" / "reference.md").read_text("utf-8"), (
        "python docs/reference.py > docs/reference.md"
    )
