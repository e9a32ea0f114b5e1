"""`aloware prorate` applies prices and discounts; `sessions/prorate.txt` shows its output."""

import json

import pytest
from conftest import Run


@pytest.mark.parametrize(
    ("flags", "now", "month"),
    [
        ("--add-agents 2", "63.22", "140.00"),
        ("--add-numbers 3", "6.78", "15.00"),
        ("--add-agents 2 --add-numbers 3", "70.00", "155.00"),
        ("--add-agents 0 --add-numbers 3", "6.78", "15.00"),
        ("--add-agents 1 --rate license=31", "14.00", "31.00"),  # 31 x 14/31
        ("--add-agents 1 --rate upro:agents=62 --rate agents=31", "28.00", "62.00"),
        ("--add-agents 2 --discount license=10%", "56.90", "126.00"),  # 28.45 x 2
        ("--add-agents 2 --add-numbers 3 --discount all=10", "62.99", "139.50"),  # 56.90 + 3 x 2.03
    ],
)
def test_prorate_applies_each_option(run: Run, flags: str, now: str, month: str) -> None:
    result = run(f"prorate upro --on 2026-03-18 {flags} --format json")
    assert (result.stderr, result.exit_code) == ("", 0)
    document = json.loads(result.stdout)
    assert (document["due_now"], document["per_month"]) == (now, month)
