"""Usage errors of all commands, whole: `usage_errors.txt` has a row `typed | error | hint` each."""

from pathlib import Path

import pytest
from conftest import Run, plain_name

ROWS = [
    row
    for row in Path(__file__).with_name("usage_errors.txt").read_text("utf-8").splitlines()
    if not row.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=[plain_name(row.split(" | ")[0]) for row in ROWS])
def test_usage_error_says_what_to_type(run: Run, row: str) -> None:
    typed, error, *hints = row.split(" | ")
    expected = [f"error: {error}", f"hint: {hints[0]}", *(f"      {hint}" for hint in hints[1:])]
    result = run(typed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == expected
