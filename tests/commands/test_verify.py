"""`aloware verify`: every published price has an example that notices a change of it."""

import json
from pathlib import Path

import pytest
from card_files import CARDS, repriced
from conftest import Run


def test_bundled_rate_cards_match_published_examples(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALOWARE_RATES")
    result = run("verify")
    assert result.exit_code == 0
    assert "8 of 8 published examples reproduced" in result.stdout


# Each published plan price, moved by one unit in its last place.
MOVED = [
    ("ipro.yaml", "40.00", "40.01", "lines.license.unit_price"),
    ("upro.yaml", "70.00", "70.01", "lines.license.unit_price"),
    ("xpro.yaml", "90.00", "89.99", "lines.license.unit_price"),
    ("ipro.yaml", "6.00", "6.01", "lines.local_number.unit_price"),
    ("upro.yaml", "5.00", "4.99", "lines.local_number.unit_price"),
    ("xpro.yaml", "4.00", "4.01", "lines.local_number.unit_price"),
    ("upro.yaml", "0.015", "0.016", "lines.automated_sms.unit_price"),
    ("xpro.yaml", "0.02", "0.03", "lines.automated_minutes.unit_price"),
]


@pytest.mark.parametrize(("card", "old", "new", "figure"), MOVED)
def test_changed_price_fails_its_example(
    run: Run, rates: Path, card: str, old: str, new: str, figure: str
) -> None:
    repriced(rates / card, old, new)
    result = run(f"verify --rates {rates} {rates / 'examples'} --format json")
    assert result.exit_code == 1
    plan = {"i": "iPro", "u": "uPro", "x": "xPro"}[card[0]]
    failed = [done for done in json.loads(result.stdout)["examples"] if done["verdict"] == "fail"]
    assert {done["plan"] for done in failed} == {plan}
    assert any(figure in detail for done in failed for detail in done["details"])
    assert "check failed: " in result.stderr


def test_coverage_reports_removed_example(run: Run, rates: Path) -> None:
    (rates / "examples" / "xpro-power-dialing.yaml").unlink()
    result = run(f"verify {rates / 'examples'} --format json")
    xpro = {p["charge"] for p in json.loads(result.stdout)["uncovered"] if p["plans"] == ["xPro"]}
    assert xpro == {"license", "local_number", "automated_minutes"}


def test_max_age_sorts_sources_with_and_without_url(run: Run, tmp_path: Path) -> None:
    flags = ""
    for charge, url in (("automated_sms", ""), ("local_number", ", url: 'https://acme.example'")):
        sheet = tmp_path / f"{charge}.yaml"
        sheet.write_text(
            f"plan: uPro\nsources: {{sheet: {{title: Sheet, read_on: 2026-01-01{url}}}}}\n"
            f"prices: {{{charge}: {{price: 2, source: sheet, wording: At $2.}}}}\n"
        )
        flags += f" --rates {sheet}"
    result = run(f"verify {CARDS / 'examples'}{flags} --max-age 1d --as-of 2026-12-01")
    assert result.exit_code == 1
    assert result.stdout.count("Sheet, read 2026-01-01, 334 days") == 2
