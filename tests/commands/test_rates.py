"""`aloware rates`: prices as a table and as JSON; `sessions/rates.txt` shows its output."""

import json
from typing import Any

import pytest
from conftest import Run


def document_of(run: Run, line: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"{line} --format json").stdout)
    return document


def test_bundled_cards_have_no_problem(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALOWARE_RATES")
    result = run("rates check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("on the rate cards of iPro, uPro, xPro.\n")


def test_list_and_quote_have_the_same_hash(run: Run) -> None:
    sha256 = document_of(run, "rates list")["cards"][0]["rate_card"]["sha256"]
    assert document_of(run, "quote ipro -a 1")["rate_card"]["sha256"] == sha256


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_show_has_the_prices_of_json(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    words = " ".join(run("rates show UPRO").stdout.split())
    prices = document_of(run, "rates show upro")["prices"]
    pages = list(dict.fromkeys(price["source"]["key"] for price in prices))
    assert len(prices) == 28
    for price in prices:
        label = price["label"] + (f", {price['term']} term" if price["term"] else "")
        state = price["price"] if price["status"] == "published" else price["status"]
        key, unit, page = price["charge"], price["unit"], pages.index(price["source"]["key"]) + 1
        # At 60 columns, labels wrap around the other columns.
        row = f"{label} {state} per {unit} {page} {key} "
        assert (f" {key} " if width == "60" else row) in words
