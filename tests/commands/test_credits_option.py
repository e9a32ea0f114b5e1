"""`--credits`: a prepaid balance on quotes and comparisons."""

import json
from decimal import Decimal

import pytest
from conftest import Run, validator

TEXTS = "quote upro --sms 30000 --rate sms=0.010 --carrier att=100%"


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        # balance, one-time fees, usage, carrier fees, bound, days, until
        (f"{TEXTS} --credits 100 --start 2026-03-18",
         "100.00 0.00 300.00 90.00 exact 7 2026-03-25"),  # 30,000 x 0.003; 100 x 30 / 390
        (f"{TEXTS} --credits 1,000.50", "1000.50 0.00 300.00 90.00 exact 76 None"),
        (f"{TEXTS} --credits 0.005", "0.005 0.00 300.00 90.00 exact 0 None"),
        (f"{TEXTS} --credits 100 --add late_appeal=1",
         "100.00 40.00 300.00 90.00 exact 4 None"),  # 60 x 30 / 390
        ("quote upro -s 10k --carrier-fees --credits 100",
         "100.00 0.00 150.00 50.00 at_least 15 None"),  # 10,000 x 0.005; 100 x 30 / 200
        ("quote upro -a 1 --credits 100 --start 2026-03-18",
         "100.00 0.00 0.00 0.00 exact None None"),
        ("quote ipro -s 9 --allow-unpriced --credits 100",
         "100.00 0.00 0.00 0.00 at_most None None"),
    ],
)  # fmt: skip
def test_quote_json_shows_credits(run: Run, line: str, credits: str) -> None:
    document = json.loads(run(f"{line} --format json").stdout)
    keys = ("balance", "one_time", "monthly_usage", "carrier_fees", "bound", "days", "until")
    found = document["credits"]
    assert " ".join(str(found[key]) for key in keys) == credits
    remaining = Decimal(found["balance"]) - Decimal(found["one_time"])
    month = Decimal(found["monthly_usage"]) + Decimal(found["carrier_fees"])
    assert (Decimal(found["remaining"]), Decimal(found["monthly_top_up"])) == (remaining, month)
    validator("quote").validate(document)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            f"{TEXTS} --credits 100",
            ["Balance $100.00", "Monthly top-up 300.00 + 90.00 $390.00",
             "Lasts 100.00 × 30 / 390.00 7 days"],
        ),
        (
            "quote upro -s 10k --credits 5",
            ["Monthly top-up $150.00", "Lasts 5.00 × 30 / 150.00 1 day"],
        ),
        (
            "quote upro -s 10k --brand standard --credits 49",
            ["Remaining after one-time fees 49.00 - 44.00 5.00", "Lasts 5.00 × 30 / 150.00 1 day"],
        ),
        (
            "quote upro -s 10k --carrier-fees --credits 20 --start 2026-12-01",
            ["Lasts, not before December 4, 2026 20.00 × 30 / 200.00 at least 3 days"],
        ),
        (
            "quote upro -a 3 --brand standard --credits 40 --start 2026-12-23",
            ["First invoice, December 23 to 31 (9 of 31 days) $60.96", "One-time fees 44.00",
             "Due now $104.96", "Next invoice on January 1, 2027 $210.00"],
        ),
        (
            "quote ipro -s 1k --allow-unpriced --carrier att=100 --credits 1000",
            ["Monthly top-up 0.00 + 3.00 ≥ 3.00",
             "Lasts 1,000.00 × 30 / 3.00 at most 10,000 days"],
        ),
        ("quote upro -a 1 --credits 100", ["Balance $100.00", "Monthly top-up $0.00"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("flags", ["", " --explain"])
def test_quote_table_shows_credits(run: Run, line: str, rows: list[str], flags: str) -> None:
    table = run(line + flags).stdout
    shown = [" ".join(row.split()) for row in table.splitlines()]
    for row in rows:
        assert row in shown
    assert max(len(row) for row in table.splitlines() if "https://" not in row) <= 80


def test_unused_credits_have_no_days(run: Run) -> None:
    table = run("quote upro -a 1 --credits 100").stdout
    assert "Lasts" not in table
    assert "No usage is deducted from the prepaid balance of $100.00." in table


def test_credits_do_not_change_totals(run: Run) -> None:
    assert run(f"{TEXTS} --credits 100 --total monthly").stdout == "300.00\n"


def test_compare_shows_credits_of_each_plan(run: Run) -> None:
    line = "compare --plans upro,xpro -m 100 --rate minutes=0.3 --credits 100 --format json"
    document = json.loads(run(line).stdout)
    assert [quote["credits"]["days"] for quote in document["quotes"]] == [100, 100]
    assert [note for note in document["notes"] if "balance of $100.00 lasts 100" in note["text"]]
