"""`aloware explain`: every charge of every plan is explained, conflicts included."""

import json
import shutil
from pathlib import Path

import pytest
from card_files import OWN_SOURCE
from conftest import Run, validator

from aloware_cli.files.cards import load_rates, shipped_rates

CATALOG = load_rates([], None)
ALL = [f"{plan} {charge}" for plan, card in CATALOG.cards.items() for charge in card.charges]


def explained(run: Run, line: str) -> str:
    """Return what `aloware explain` prints, with single blanks and no line ends."""
    result = run(f"explain {line}")
    assert (result.stderr, result.exit_code) == ("", 0)
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "xpro minutes",
            [
                "Price 0.02 per minute, published",
                "Working 1 minute x 0.02 = 0.02 a month",
                "automation x outbound x local: charged by the rule automation",
                "Page Understanding Aloware billing, read 2026-11-22",
                "Wording Outbound Minutes - 25,000 minutes x $0.02 = $500.",
                "https://support.aloware.com/en/articles/9033796-understanding-aloware-billing",
                "read 2026-11-22: The xPro plan includes unlimited outbound calls. Read as",
            ],
        ),
        ("upro sms --sms 10000", ["10,000 segments x 0.015 = 150.00 a month", "0.40 for an MMS"]),
        ("upro sms -s 0 -a 3", ["Working 1 segment x 0.015"]),
        ("ipro sms", ["Price not published; supply it with --rate ipro:automated_sms=PRICE"]),
        ("ipro sms --rate sms=0.02", ["0.02 per segment, supplied", "Wording --rate sms=0.02"]),
        ("ipro agents", ["40.00 per agent, published", "30, 60 and 85 in another", "by 30 days"]),
        ("ipro agents --term annual", ["not published"]),
        ("ipro agent_minutes", ["included by the rule pledge", "making about 10,000 calls"]),
        ("ipro agent-sms", ["63 characters"]),
        ("upro late_appeal", ["1 appeal x 40.00 = 40.00 once", "as of 2022"]),
    ],
)
def test_facts(run: Run, line: str, facts: list[str]) -> None:
    text = explained(run, line)
    for fact in facts:
        assert fact in text


def test_a_conflict_stands_only_where_it_belongs(run: Run) -> None:
    assert "Conflict" not in explained(run, "upro minutes")
    assert "Conflict" not in explained(run, "upro agent_minutes")
    assert "unlimited outbound calls" in explained(run, "xpro agent_minutes")


@pytest.mark.parametrize("line", ALL)
def test_every_charge_fits_the_schema_and_the_screen(run: Run, line: str) -> None:
    validator("explanation").validate(json.loads(run(f"explain {line} --format json").stdout))
    assert max(map(len, run(f"explain {line}").stdout.splitlines())) <= 80


def test_the_json_names_rule_traffic_and_conflicts(run: Run) -> None:
    document = json.loads(run("explain xpro minutes -m 25000 --format json").stdout)
    assert (document["quantity"], document["amount"]) == ("25000", "500.00")
    assert document["traffic"] == {
        "medium": "call", "initiator": "automation", "direction": "outbound", "line": "local",
    }  # fmt: skip
    assert (document["rule"]["key"], document["rule"]["decides"]) == ("automation", "charged")
    assert [conflict["source"]["key"] for conflict in document["conflicts"]] == ["billing-guide"]


WRONG_REQUESTS = [
    ("explain upro", "Missing argument 'CHARGE'"),
    ("explain upr sms", "Did you mean uPro?"),
    ("explain upro smss", "Did you mean sms?"),
    ("explain upro sms --output a.csv", "no form goes with the ending .csv"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS, ids=[line for line, _ in WRONG_REQUESTS])
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_cards_of_ones_own_need_no_conflicts_and_may_have_some(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "rates"
    shutil.copytree(shipped_rates(), own, ignore=shutil.ignore_patterns("conflicts"))
    line = f"explain xpro minutes --rates {own}"
    assert "Conflict" not in run(line).stdout
    (own / "conflicts").mkdir()
    broken = own / "conflicts" / "broken.yaml"
    broken.write_text("charges: [minutes]\nsource: guide\nwording: W\n")
    result = run(line)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "'read_as' is missing" in result.stderr
    assert "'minutes' is not right" in result.stderr
    assert "no source 'guide'" in result.stderr
    assert run(f"quote xpro -a 1 --rates {own} --total monthly").stdout == "90.00\n"


def test_what_the_licenses_include_counts_with_the_agents_that_are_given(
    run: Run, tmp_path: Path
) -> None:
    card = tmp_path / "sheet.yaml"
    price = "automated_sms: {price: 0.01, allowance: 50, source: sheet, wording: w}"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {price}\n", "utf-8")

    result = run(f"explain upro sms --sms 120 --agents 2 --rates {card} --format json")

    document = json.loads(result.stdout)
    assert document["working"] == "120 segments less 100 included: 20 x 0.01"
    assert document["amount"] == "0.20"
