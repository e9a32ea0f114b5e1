"""`aloware prorate`: what is due now and each month after."""

import json
from pathlib import Path

import pytest
from card_files import OWN_SOURCE
from conftest import Run, validator

UNPUBLISHED = """\
plan: uPro
prices:
  local_number: unpublished
"""
NEW_PRICE = """\
plan: uPro
sources:
  offer: {title: Offer to Acme, read_on: 2026-11-20}
prices:
  local_number: {price: 3.10, source: offer, wording: "Numbers at $3.10"}
"""


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
    validator("proration").validate(document)


def test_prorate_json_has_documented_keys(run: Run) -> None:
    document = json.loads(
        run("prorate UPRO --on 2026-12-23 --add-agents 3 --format json").stdout,
    )
    assert list(document) == [
        "schema", "plan", "on", "period_end", "days", "days_in_month", "lines", "due_now",
        "per_month", "notes", "rate_card",
    ]  # fmt: skip
    assert (document["schema"], document["plan"]) == ("aloware.proration/1", "uPro")
    assert (document["on"], document["period_end"]) == ("2026-12-23", "2026-12-31")
    assert (document["days"], document["days_in_month"]) == (9, 31)
    assert document["lines"] == [
        {
            "charge": "license",
            "unit_price": "70.00",
            "prorated_unit": "20.32",
            "quantity": 3,
            "amount": "60.96",
        }
    ]
    assert document["rate_card"]["plan"] == "uPro"


def test_prorate_table_shows_both_calculations(run: Run) -> None:
    table = run("prorate upro --on 2026-03-18 --add-agents 2 --discount license=10%").stdout
    rows = [" ".join(line.split()) for line in table.splitlines()]
    assert rows[:10] == [
        "uPro, monthly term, USD",
        "",
        "Added on March 18, 2026",
        "Licenses 2 × 28.45 56.90",
        "Due now $56.90",
        "",
        "From April 1, 2026",
        "Licenses 2 × 63.00 (-10%) 126.00",
        "Each month $126.00",
        "",
    ]
    assert max(map(len, table.splitlines())) <= 80


def test_prorate_uses_given_cards(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    card.write_text(NEW_PRICE)
    line = f"prorate upro --on 2026-03-18 --add-numbers 2 --rates {card} --as-of 2026-11-22"
    assert json.loads(run(f"{line} --format json").stdout)["due_now"] == "2.80"  # 1.40 x 2


def test_prorate_rejects_unpublished_price(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    card.write_text(UNPUBLISHED)
    line = f"prorate upro --on 2026-03-18 --add-numbers 2 --rates {card}"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "supply the price (USD per number): --rate upro:numbers=PRICE" in result.stderr
    assert run(f"{line} --rate upro:local_number=5").exit_code == 0


def test_prorate_rejects_price_without_one_unit_price(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    block = "local_number: {model: package, block: 10, price: 40, source: sheet, wording: At $40.}"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {block}\n", "utf-8")

    result = run(f"prorate upro --add-numbers 3 --on 2026-03-18 --rates {card}")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: local phone numbers on uPro have no single price per unit: 40.00 for 10"
        "  [E-NONLINEAR]\n"
        "hint: compare the quotes with and without the addition\n"
    )
    assert run(f"prorate upro --add-agents 1 --on 2026-03-18 --rates {card}").exit_code == 0


@pytest.mark.parametrize(
    ("scenario", "flags", "message"),
    [
        ("plan: upro\nterm: annual", "--add-agents 1", "no proration for the annual term: "),
        ("plan: upro\nagents: 3\nmin_agents: 5", "--add-agents 2", "nothing to bill: 5 agents are"),
    ],
)
def test_prorate_reads_term_and_minimum_of_scenario(
    run: Run, tmp_path: Path, scenario: str, flags: str, message: str
) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text(f"{scenario}\n", "utf-8")
    result = run(f"prorate --from {file} {flags} --on 2026-12-23")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}")


def test_prorate_bills_agents_above_the_minimum(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("plan: upro\nagents: 3\nmin_agents: 5\n", "utf-8")
    table = run(f"prorate --from {file} --add-agents 3 --on 2026-12-23").stdout
    assert "Due now              $20.32\n" in table  # one of three: 70.00 x 9 / 31
