"""`--credits`: a prepaid balance in every form of a quote."""

import json
from decimal import Decimal

import pytest
from conftest import Run, validator

TEXTS = "quote upro --sms 30000 --rate sms=0.010 --carrier att=100%"


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        (f"{TEXTS} --credits 100 --start 2026-03-18", ["100.00", "390.00", "7", "2026-03-25"]),
        (f"{TEXTS} --credits 100", ["100.00", "390.00", "7", None]),
        (f"{TEXTS} --credits 1,000.50", ["1000.50", "390.00", "76", None]),  # 1000.50 x 30 / 390
        (f"{TEXTS} --credits 0.005", ["0.005", "390.00", "0", None]),
        ("quote upro -a 1 --credits 100 --start 2026-03-18", ["100.00", "0.00", None, None]),
        ("quote ipro -s 9 --allow-unpriced --credits 100", ["100.00", "0.00", None, None]),
    ],
)
def test_the_json(run: Run, line: str, credits: list[str | None]) -> None:
    document = json.loads(run(f"{line} --format json").stdout)
    balance, draw, days, until = credits
    usage, fees = (Decimal(document["credits"][key]) for key in ("monthly_usage", "carrier_fees"))
    assert usage + fees == Decimal(draw or 0)
    assert document["credits"] == {
        "balance": balance,
        "monthly_usage": document["subtotals"]["usage"]["monthly"],
        "carrier_fees": "90.00" if "att=100%" in line else "0.00",  # 30,000 x 0.003
        "monthly_draw": draw,
        "at_most": "--allow-unpriced" in line,
        "days": days,
        "until": until,
        "load_per_month": draw,
    }
    validator("quote").validate(document)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            f"{TEXTS} --credits 100",
            ["Prepaid credits 100.00", "To load 300.00 + 90.00 390.00",
             "Lasts 100.00 x 30 / 390.00 7 days"],
        ),
        ("quote upro -s 10k --credits 5", ["To load 150.00", "Lasts 5.00 x 30 / 150.00 1 day"]),
        (
            "quote ipro -s 1k --allow-unpriced --carrier att=100 --credits 1000",
            ["To load, at least 0.00 + 3.00 3.00",
             "Lasts, at most 1,000.00 x 30 / 3.00 10,000 days"],
        ),
        ("quote upro -a 1 --credits 100", ["Prepaid credits 100.00", "To load 0.00"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("flags", ["", " --explain"])
def test_the_table(run: Run, line: str, rows: list[str], flags: str) -> None:
    table = run(line + flags).stdout
    shown = [" ".join(row.split()) for row in table.splitlines()]
    for row in rows:
        assert row in shown
    assert max(len(row) for row in table.splitlines() if "https://" not in row) <= 80


def test_nothing_drawn_lasts_no_number_of_days(run: Run) -> None:
    table = run("quote upro -a 1 --credits 100").stdout
    assert "Lasts" not in table
    assert "Nothing is drawn from the prepaid 100.00." in table


def test_totals_are_the_same_with_a_balance(run: Run) -> None:
    assert run(f"{TEXTS} --credits 100 --total monthly").stdout == "300.00\n"


def test_compare_tells_each_plan(run: Run) -> None:
    line = "compare --plans upro,xpro -m 100 --rate minutes=0.3 --credits 100 --format json"
    document = json.loads(run(line).stdout)
    assert [quote["credits"]["days"] for quote in document["quotes"]] == ["100", "100"]
    assert [note for note in document["notes"] if note.startswith("The prepaid 100.00 lasts 100")]


@pytest.mark.parametrize("balance", ["-5", "1,00", "1e3", "", "1000001"])
def test_a_balance_that_is_none_is_refused(run: Run, balance: str) -> None:
    result = run(f"{TEXTS} --credits={balance}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--credits" in result.stderr
