"""`aloware diff`: laws of its JSON; `sessions/diff.txt` shows what differs and what does not."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Run


@pytest.fixture
def document(run: Run, folder: Path) -> dict[str, Any]:
    """Return the difference of two quotes in JSON."""
    assert folder.exists()
    run("quote upro -a 3 -n 10 -s 10000 --add campaign_activation=2 --output old.json")
    run("quote xpro -a 7 -n 9 -m 300 --min-agents 9 --output new.json")
    found: dict[str, Any] = json.loads(run("diff old.json new.json --format json").stdout)
    return found


def test_differences_of_lines_add_up(document: dict[str, Any]) -> None:
    for period in ("monthly", "quarterly", "annual"):
        lines = [line["difference"] for line in document["lines"] if not line["one_time"]]
        total = sum(Decimal(line[period]) for line in lines)
        assert Decimal(document["difference"][period]) == total
        old, new = (Decimal(document[side]["totals"][period]) for side in ("old", "new"))
        assert new - old == total
    assert document["difference"]["one_time"] == "-100.00"


def test_json_has_both_sides_of_each_line(document: dict[str, Any]) -> None:
    lines = {line["charge"]: line for line in document["lines"]}
    assert lines["automated_minutes"]["old"] is None
    assert lines["automated_sms"]["new"] is None
    assert lines["automated_sms"]["old"]["unit_price"] == "0.015"
    assert lines["campaign_activation"]["difference"] == {"amount": "-100.00"}
    for side in ("old", "new"):
        saved = json.loads(Path(f"{side}.json").read_text())
        assert document[side]["sha256"] == saved["sha256"]
        assert document[side]["rate_card"] == saved["rate_card"]
