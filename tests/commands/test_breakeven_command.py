"""`aloware breakeven`: its table, its JSON and what it refuses."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from card_files import OWN_SOURCE
from conftest import Run, validator

ASKED = "breakeven ipro xpro --agents 10 --vary numbers"


def test_the_table_shows_the_totals_around_the_flip(run: Run) -> None:
    assert run(ASKED).stdout.replace("─", "-").splitlines() == [
        "Aloware iPro and xPro, monthly term, in USD",
        "",
        "Local phone numbers         iPro      xPro  Cheaper",
        "-" * 51,
        "Each number                 6.00      4.00",
        "-" * 51,
        "Total with 0 numbers      400.00    900.00     iPro",
        "Total with 250 numbers  1,900.00  1,900.00    equal",
        "Total with 251 numbers  1,906.00  1,904.00     xPro",
        "",
        "- Each number costs 6.00 on iPro and 4.00 on xPro.",
        "- iPro is cheaper below 250 numbers.",
        "- The totals are equal at 250 numbers.",
        "- xPro is cheaper at 251 numbers, and never dearer beyond.",
    ]


def test_the_json_of_the_contract(run: Run) -> None:
    document = json.loads(run(f"{ASKED} --format json").stdout)
    assert list(document) == [
        "schema", "plans", "vary", "cheaper_at_zero", "equal_at", "flips_at", "proof", "reason",
        "notes",
    ]  # fmt: skip
    assert document["vary"] == "local_number"
    answer = (document["cheaper_at_zero"], document["equal_at"], document["flips_at"])
    assert answer == ("iPro", "250", "251")
    assert document["proof"] == [
        {"quantity": "250", "totals": {"iPro": "1900.00", "xPro": "1900.00"}},
        {"quantity": "251", "totals": {"iPro": "1906.00", "xPro": "1904.00"}},
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
def test_every_json_break_even_fits_its_schema(run: Run, asked: str) -> None:
    document = json.loads(run(f"{asked} --format json").stdout)
    validator("breakeven").validate(document)
    changes: list[dict[str, Any]] = [{"proof": []}, {"equal_at": 250}, {"plans": ["iPro"]}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator("breakeven").validate({**document, **change})


@pytest.mark.parametrize("vary", ["numbers", "NUMBERS", "local_number", "local-number"])
def test_a_charge_goes_by_its_short_name_or_its_key(run: Run, vary: str) -> None:
    line = f"breakeven ipro xpro -a 10 --vary {vary} --format json"
    assert json.loads(run(line).stdout)["flips_at"] == "251"


WRONG_REQUESTS = [
    ("breakeven ipro xpro -a 1", "Missing option '--vary'"),
    ("breakeven ipro -a 1 --vary numbers", "Missing argument 'PLAN'"),
    ("breakeven ipro ipro --vary agents", "the plan iPro is given twice"),
    ("breakeven ipro xpr --vary agents", "Did you mean xPro?"),
    ("breakeven ipro xpro --vary number", "Did you mean numbers?"),
    ("breakeven ipro xpro -n 5 --vary numbers", "another option fixes it Leave out --numbers N."),
    ("breakeven ipro xpro -n 0 --vary numbers", "another option fixes it"),
    ("breakeven ipro xpro --add campaign_maintenance=1 --vary campaign_maintenance",
     "Leave out --add campaign_maintenance=N."),
    ("breakeven ipro xpro --vary late_appeal", "is paid once, so no monthly total changes"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS, ids=[line for line, _ in WRONG_REQUESTS])
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize("form", ["table", "json"])
def test_an_unpublished_rate_is_refused_with_the_flags_that_supply_it(run: Run, form: str) -> None:
    line = f"breakeven ipro xpro -a 3 -m 10 --vary sms --allow-unpriced --format {form}"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    segment = "(USD per segment)"
    minutes = "--rate ipro:automated_minutes=PRICE (USD per minute)"
    assert result.stderr.splitlines() == [
        "Error: no rate is published for this on iPro and xPro, monthly term",
        f"  Automated texts: supply it with --rate ipro:automated_sms=PRICE {segment}",
        f"  Automated outbound minutes: supply it with {minutes}",
        f"  Automated texts: supply it with --rate xpro:automated_sms=PRICE {segment}",
    ]
    supplied = "--rate sms=0.01 --rate xpro:sms=0.009 --rate ipro:minutes=0.02"
    assert run(f"{line} {supplied}").exit_code == 0


def test_a_fee_paid_once_needs_no_rate(run: Run, tmp_path: Path) -> None:
    import shutil

    from aloware_cli.files.cards import shipped_rates

    shutil.copytree(shipped_rates(), tmp_path / "rates")
    fees = tmp_path / "rates" / "a2p.yaml"
    lines = fees.read_text().splitlines()
    fees.write_text(
        "\n".join("  late_appeal: unpublished" if "late_appeal" in line else line for line in lines)
    )
    rates = f"--rates {tmp_path / 'rates'} --add late_appeal=1"
    assert run(f"{ASKED} {rates} --format json").exit_code == 0
    assert run(f"quote ipro {rates}").exit_code == 4


def test_supplied_prices_are_marked(run: Run) -> None:
    stdout = " ".join(
        run("breakeven upro xpro -a 1 --vary sms --rate xpro:sms=0.01").stdout.split()
    )
    assert "Each segment 0.015 supplied 0.01" in stdout
    assert "- xPro: Automated texts: 0.01 is a price supplied for this quote" in stdout


def test_it_goes_to_a_file_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    assert run(f"{ASKED} --output {target}").stdout == ""
    assert target.read_text() == run(f"{ASKED} --format json").stdout


MODELS = {
    "automated_sms: {model: flat, price: 99, source: sheet, wording: w}": (
        "not priced by the unit alone: Automated texts on uPro, 99.00 flat"
    ),
    "automated_sms: {price: 0.01, allowance: 50, source: sheet, wording: w}": (
        "not priced by the unit alone: Automated texts on uPro, 0.01, 50 a license included"
    ),
}


@pytest.mark.parametrize("price", MODELS)
@pytest.mark.parametrize("vary", ["sms", "agents"])
def test_what_does_not_grow_by_one_price_a_unit_is_refused(
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
            f"Error: {MODELS[price]}\n"
            "  Break-even counts with one price for each unit; "
            "hold the plans side by side with compare or sweep.\n"
        )
