"""`aloware quote` with plan groups: laws across formats; `sessions/plan_groups.txt` shows it."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import repriced
from conftest import Run, validator

QUOTE = "quote ipro --agents 5 + xpro --agents 3 --minutes 25k"
#: Every section, with two groups on one plan.
EVERYTHING = (
    "quote upro -a 5 -n 2 -s 10k --start 2026-12-23 --carrier-fees --discount license=10% "
    "+ upro -a 3 --brand standard --campaigns 1 -s 20k --discount license=50% "
    "+ xpro -a 1 --prospect Acme --credits 500 --rate sms=0.02"
)


def test_rate_cards_of_any_group_replace_those_of_the_environment(run: Run, rates: Path) -> None:
    repriced(rates / "xpro.yaml", "90.00", "100.00")
    # Without the folder that `run` adds to --rates, these cards alone.
    line = f"quote ipro -a 5 + xpro -a 3 --rates={rates} --total monthly"
    assert run(line).stdout == "500.00\n"  # 5 x 40 + 3 x 100


def test_json_has_quote_of_each_group(run: Run) -> None:
    document = json.loads(run(f"{QUOTE} --format json").stdout)
    for group, line in zip(document["groups"], ("ipro -a 5", "xpro -a 3 -m 25k"), strict=True):
        assert group["quote"] == json.loads(run(f"quote {line} --format json").stdout)
    assert [group["name"] for group in document["groups"]] == ["iPro", "xPro"]
    assert document["totals"]["monthly"] == "970.00"


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html", "text"])
def test_every_format_has_groups_and_totals(run: Run, form: str) -> None:
    printed = run(f"{EVERYTHING} --format {form}").stdout
    total = "11652.00" if form in {"json", "csv"} else "11,652.00"
    assert all(text in printed for text in ("uPro 1", "uPro 2", "xPro", total))


def test_csv_rows_of_groups_add_up(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(f"{EVERYTHING} --format csv").stdout)))
    for column in ("monthly", "quarterly", "annual"):
        items = [row for row in rows if row["section"] in {"subscription", "usage"}]
        charges = sum(Decimal(row[column]) for row in items)
        subtotals = sum(Decimal(row[column]) for row in rows if row["section"] == "group")
        total = next(row for row in rows if row["label"] == "Total")
        assert charges == subtotals == Decimal(total[column])
    plans = {(row["group"], row["plan"]) for row in rows}
    assert plans == {
        ("uPro 1", "uPro"),
        ("uPro 2", "uPro"),
        ("xPro", "xPro"),
        ("", "uPro and xPro"),
    }


@pytest.mark.parametrize("quote", [QUOTE, EVERYTHING])
def test_saved_scenario_gives_the_same_groups(run: Run, quote: str) -> None:
    written = run(f"{quote} --format scenario").stdout.encode()
    again, first = (
        json.loads(run(f"{line} --format json", stdin=written).stdout)
        for line in ("quote --from -", quote)
    )
    assert again["totals"] == first["totals"]
    assert [each["name"] for each in again["groups"]] == [each["name"] for each in first["groups"]]


def test_diff_json_fits_its_schema(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    run(f"{QUOTE} --output {old}")
    run(f"{QUOTE} --rate agents=100 --output {new}")
    document = json.loads(run(f"diff {old} {new} --format json").stdout)
    validator("diff").validate(document)
    assert (document["new"]["plan"], document["new"]["term"]) == ("iPro and xPro", None)
    assert document["lines"][0]["difference"]["monthly"] == "30.00"  # 3 x (100 - 90)
