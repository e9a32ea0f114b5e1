"""`--credits`: a prepaid balance on quotes and comparisons."""

import json
from decimal import Decimal

import pytest
from conftest import Run

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
