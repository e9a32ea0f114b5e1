"""`aloware breakeven`: table, JSON and unsupported prices."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from card_files import OWN_SOURCE
from conftest import Run, validator

ASKED = "breakeven ipro xpro --agents 10 --vary numbers"


def test_breakeven_table_shows_totals_around_intersection(run: Run) -> None:
    assert run(ASKED).stdout.replace("─", "-").splitlines() == [
        "iPro and xPro, monthly term, USD",
        "",
        "Local phone numbers                   iPro      xPro  Cheaper",
        "-" * 61,
        "Price per number                      6.00      4.00",
        "Total per month with 0 numbers      400.00    900.00  iPro",
        "Total per month with 250 numbers  1,900.00  1,900.00  equal",
        "Total per month with 251 numbers  1,906.00  1,904.00  xPro",
        "",
        "Each number costs $6.00 on iPro and $4.00 on xPro.",
        "iPro is cheaper below 250 numbers.",
        "The totals are equal at 250 numbers.",
        "xPro is cheaper at 251 numbers and stays cheaper above that.",
    ]


def test_breakeven_json_has_documented_keys(run: Run) -> None:
    document = json.loads(run(f"{ASKED} --format json").stdout)
    assert list(document) == [
        "schema", "plans", "vary", "cheaper_at_zero", "equal_at", "cheaper_from", "proof", "reason",
        "notes",
    ]  # fmt: skip
    assert document["vary"] == "local_number"
    answer = (document["cheaper_at_zero"], document["equal_at"], document["cheaper_from"])
    assert answer == ("iPro", 250, 251)
    assert document["proof"] == [
        {"quantity": 250, "totals": {"iPro": "1900.00", "xPro": "1900.00"}},
        {"quantity": 251, "totals": {"iPro": "1906.00", "xPro": "1904.00"}},
    ]


@pytest.mark.parametrize(
    "asked",
    [
        ASKED,
        "breakeven ipro xpro --vary agents",
        "breakeven upro xpro -a 1 --vary number-lookup",
        "breakeven upro xpro -n 10 --vary sms --rate xpro:sms=0.0149 --term annual",
    ],
)
def test_breakeven_json_fits_schema(run: Run, asked: str) -> None:
    document = json.loads(run(f"{asked} --format json").stdout)
    validator("breakeven").validate(document)
    changes: list[dict[str, Any]] = [{"proof": []}, {"equal_at": "250"}, {"plans": ["iPro"]}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator("breakeven").validate({**document, **change})


@pytest.mark.parametrize("vary", ["numbers", "NUMBERS", "local_number", "local-number"])
def test_vary_accepts_short_name_or_key(run: Run, vary: str) -> None:
    line = f"breakeven ipro xpro -a 10 --vary {vary} --format json"
    assert json.loads(run(line).stdout)["cheaper_from"] == 251


@pytest.mark.parametrize("form", ["table", "json"])
def test_breakeven_rejects_unpublished_price(run: Run, form: str) -> None:
    line = f"breakeven ipro xpro -a 3 -m 10 --vary sms --format {form}"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.splitlines() == [
        (
            "error: no published price for automated texts and automated outbound minutes"
            " on iPro and xPro, monthly term  [E-UNPUBLISHED]"
        ),
        "hint: supply the price (USD per segment): --rate ipro:sms=PRICE",
        "      supply the price (USD per minute): --rate ipro:minutes=PRICE",
        "      supply the price (USD per segment): --rate xpro:sms=PRICE",
        "      ask the vendor: aloware rates ask ipro --agents 3 --minutes 10 --sms N",
        "      ask the vendor: aloware rates ask xpro --agents 3 --minutes 10 --sms N",
    ]
    supplied = "--rate sms=0.01 --rate xpro:sms=0.009 --rate ipro:minutes=0.02"
    assert run(f"{line} {supplied}").exit_code == 0


def test_one_time_fee_needs_no_price(run: Run, rates: Path) -> None:
    fees = rates / "a2p.yaml"
    lines = fees.read_text().splitlines()
    fees.write_text(
        "\n".join("  late_appeal: unpublished" if "late_appeal" in line else line for line in lines)
    )
    flags = f"--rates {rates} --add late_appeal=1"
    assert run(f"{ASKED} {flags} --format json").exit_code == 0
    assert run(f"quote ipro {flags}").exit_code == 4


@pytest.mark.parametrize(
    ("price", "shown"), [("0.01", "0.01"), ("5", "5.00"), ("10", "10.00"), ("0", "0.00")]
)
def test_supplied_prices_are_marked(run: Run, price: str, shown: str) -> None:
    line = f"breakeven upro xpro -a 1 --vary sms --rate xpro:sms={price}"
    stdout = " ".join(run(line).stdout.split())
    assert f"Price per segment 0.015 {shown} (supplied)" in stdout
    assert f"- xPro: Automated texts: ${shown} was supplied for this quote." in stdout


MODELS = {
    "automated_sms: {model: flat, price: 99, source: sheet, wording: At 99}": "99.00 flat",
    "automated_sms: {price: 0.01, allowance: 50, source: sheet, wording: At 0.01}": (
        "0.01, 50 per license included"
    ),
}


@pytest.mark.parametrize("price", MODELS)
@pytest.mark.parametrize("vary", ["sms", "agents"])
def test_breakeven_rejects_price_without_one_unit_price(
    run: Run, tmp_path: Path, price: str, vary: str
) -> None:
    card = tmp_path / "sheet.yaml"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {price}\n", "utf-8")
    rest = {"sms": "--agents 2", "agents": "--sms 1000"}[vary]

    done = run(f"breakeven upro ipro --vary {vary} {rest} --rate ipro:sms=0.02 --rates {card}")

    if vary == "agents" and "flat" in price:  # as many agents, the same flat price
        assert done.exit_code == 0
    else:
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr == (
            f"error: automated texts on uPro have no single price per unit: {MODELS[price]}"
            "  [E-NONLINEAR]\n"
            "hint: break-even needs one price per unit; use aloware compare or aloware sweep\n"
        )
