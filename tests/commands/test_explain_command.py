"""`aloware explain`: every charge on every plan, with conflicts."""

import json
import shutil
from pathlib import Path

import pytest
from card_files import CARDS, OVERLAY, OWN_SOURCE
from conftest import Run

from aloware_cli.files.cards import shipped_rates

BUNDLED = shipped_rates()


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
                "Calculation 1 x 0.02 = $0.02 a month",
                "automation x outbound x local: charged by the rule automation",
                "Source Understanding Aloware billing, read 2026-11-22",
                "Wording Outbound Minutes - 25,000 minutes x $0.02 = $500.",
                "https://support.aloware.com/en/articles/9033796-understanding-aloware-billing",
                "Conflict On xPro: Understanding Aloware billing, read 2026-11-22: The xPro plan",
            ],
        ),
        ("upro sms --sms 10000", ["10,000 x 0.015 = $150.00 a month", "0.40 for an MMS"]),
        ("upro sms -s 0 -a 3", ["Calculation 1 x 0.015"]),
        ("ipro sms", ["Price not published; supply it with --rate ipro:automated_sms=PRICE"]),
        ("ipro sms --rate sms=0.02", ["0.02 per segment, supplied", "Wording --rate sms=0.02"]),
        ("ipro agents", ["40.00 per agent, published", "30, 60 and 85 in another", "by 30 days"]),
        ("ipro agents --term annual", ["not published"]),
        ("ipro agent_minutes", ["included by the rule pledge", "making about 10,000 calls"]),
        ("ipro agent-sms", ["63 characters"]),
        ("upro late_appeal", ["1 x 40.00 = $40.00 once", "as of 2022"]),
    ],
)
def test_explain_shows_price_rule_and_source(run: Run, line: str, facts: list[str]) -> None:
    text = explained(run, line)
    for fact in facts:
        assert fact in text


def test_conflict_of_a_charge_is_shown_on_every_plan(run: Run) -> None:
    assert "Conflict" not in explained(run, "upro two_legged_minutes")
    assert "Conflict On xPro: " in explained(run, "upro agent_minutes")
    assert "Conflict On xPro: " in explained(run, "xpro agent_minutes")


def test_charge_is_explained_on_every_plan(run: Run) -> None:
    text = explained(run, "sms")
    assert "iPro not published; supply it with --rate ipro:automated_sms=PRICE" in text
    assert "uPro 0.015 per segment, published" in text
    assert text.count("0.40 for an MMS") == 1
    document = json.loads(run("explain sms --format json").stdout)
    assert [each["plan"] for each in document["explanations"]] == ["iPro", "uPro", "xPro"]


def test_plan_of_a_scenario_file_applies_to_a_charge_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text("plan: uPro\nsms: 100\n")
    assert "100 x 0.015 = $1.50 a month" in explained(run, "sms --from acme.yaml")


def test_plan_is_explained_with_prices_and_terms(run: Run) -> None:
    text = explained(run, f"UPRO --rates {BUNDLED}")
    assert "Licenses, monthly term" in text
    assert "Licenses are not refunded within their term" in text
    assert "All Aloware licenses are non-refundable during their term" in text
    assert "On iPro and uPro: The Power Dialer is a feature of higher plans" in text
    assert "On iPro and uPro" not in explained(run, f"xpro --rates {BUNDLED}")


def test_vendor_page_with_another_price_is_shown_with_its_address(run: Run) -> None:
    text = explained(run, f"xpro automated_sms --rates {BUNDLED}")
    for fact in (
        "Local SMS messages cost $0.15 per segment, and MMS messages cost $0.40 each",
        "https://support.aloware.com/en/articles/9857643-using-aloware-s-sms-segment-calculator",
        "The only price that a public page of Aloware prints for it is $0.15 per segment",
        "Source Understanding Aloware billing, read 2026-11-22 (stored copy)",
    ):
        assert fact in text
    assert "No public page" not in text
    assert "No public page of Aloware gives its price." in explained(
        run, f"xpro toll_free_minutes --rates {BUNDLED}"
    )


def test_negotiated_price_is_not_called_published(run: Run, tmp_path: Path) -> None:
    (card := tmp_path / "sheet.yaml").write_text(OVERLAY, "utf-8")
    text = explained(run, f"upro sms --rates {card}")
    assert "Price 0.012 per segment, negotiated" in text
    assert "Source Price sheet, read 2026-12-01" in text
    document = json.loads(run(f"quote upro -s 100 --rates {card} --format json").stdout)
    assert [line["status"] for line in document["lines"]] == ["negotiated"]
    note = 'Automated texts: negotiated, from "Price sheet", and not published.'
    assert note in [each["text"] for each in document["notes"]]


def test_explain_json_has_rule_traffic_and_conflicts(run: Run) -> None:
    document = json.loads(run("explain xpro minutes -m 25000 --format json").stdout)
    assert (document["quantity"], document["amount"]) == (25000, "500.00")
    assert document["traffic"] == {
        "medium": "call", "initiator": "automation", "direction": "outbound", "line": "local",
    }  # fmt: skip
    assert (document["rule"]["key"], document["rule"]["decides"]) == ("automation", "charged")
    assert [conflict["source"]["key"] for conflict in document["conflicts"]] == ["billing-guide"]


def test_conflicts_are_optional_in_own_cards(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "rates"
    shutil.copytree(CARDS, own, ignore=shutil.ignore_patterns("conflicts"))
    line = f"explain xpro minutes --rates {own}"
    assert "Conflict" not in run(line).stdout
    (own / "conflicts").mkdir()
    broken = own / "conflicts" / "broken.yaml"
    broken.write_text("charges: [minutes]\nsource: guide\nwording: W\n")
    result = run(line)
    assert (result.exit_code, result.stdout) == (3, "")
    assert '"read_as" is missing' in result.stderr
    assert '"minutes" is not one of the known names' in result.stderr
    assert 'unknown source "guide"' in result.stderr
    assert run(f"quote xpro -a 1 --rates {own} --total monthly").stdout == "90.00\n"


def test_explain_deducts_allowance_of_agents(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    price = "automated_sms: {price: 0.01, allowance: 50, source: sheet, wording: At $0.01.}"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {price}\n", "utf-8")

    result = run(f"explain upro sms --sms 120 --agents 2 --rates {card} --format json")

    document = json.loads(result.stdout)
    assert document["calculation"] == "120 - 100 included: 20 x 0.01"
    assert document["amount"] == "0.20"
