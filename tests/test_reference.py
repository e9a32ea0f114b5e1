"""The pages that are written from the program and the cards say what these say."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("page", ["reference", "sources"])
def test_a_page_is_what_its_script_prints(page: str) -> None:
    printed = subprocess.run(
        [sys.executable, f"docs/{page}.py"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()

    assert printed == (ROOT / "docs" / f"{page}.md").read_text("utf-8"), (
        f"python docs/{page}.py > docs/{page}.md"
    )
