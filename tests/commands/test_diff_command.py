"""`aloware diff`: a saved quote compared with current prices or with another quote."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from card_files import OVERLAY, changed
from conftest import Run, validator

ASKED = "quote upro -a 3 -n 10 -s 10000 --add campaign_activation=2"
#: The price sheet of card_files: 10,000 texts at 0.012 in place of 0.015 are 30.00 less a month.
SHEET = "acme.yaml"


@pytest.fixture(autouse=True)
def _in_a_folder(rates: Path, run: Run) -> None:
    """Stand where the quote is saved, beside a price sheet."""
    assert rates.exists()
    Path(SHEET).write_text(OVERLAY)
    assert run(f"{ASKED} --output acme.json").exit_code == 0


def document(run: Run, line: str) -> dict[str, Any]:
    """Return the JSON that `line` prints, which must fit its schema."""
    found: dict[str, Any] = json.loads(run(f"{line} --format json").stdout)
    validator("diff").validate(found)
    return found


def test_diff_finds_nothing_on_same_cards(run: Run) -> None:
    result = run("diff acme.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "uPro, monthly term: nothing differs, $410.00 per month\n"
    found = document(run, "diff acme.json")
    assert (found["same"], found["lines"]) == (True, [])
    assert found["difference"] == dict.fromkeys(
        ("monthly", "quarterly", "annual", "one_time"), "0.00"
    )


def test_diff_shows_both_prices_with_sources(run: Run) -> None:
    result = run(f"diff acme.json --rates {SHEET}")
    assert (result.exit_code, result.stderr) == (1, "the quotes differ\n")
    words = " ".join(result.stdout.split())
    assert "Automated texts -30.00 -90.00 -360.00" in words
    assert "Old: 10,000 x 0.015 = $150.00 a month Understanding Aloware billing" in words
    assert "New: 10,000 x 0.012 = $120.00 a month Price sheet, read 2026-12-01" in words
    assert "Old total $410.00 $1,230.00 $4,920.00" in words
    assert "New total $380.00 $1,140.00 $4,560.00" in words
    assert "Difference -$30.00 -$90.00 -$360.00" in words


def test_diff_json_has_same_figures(run: Run) -> None:
    found = document(run, f"diff acme.json --rates {SHEET}")
    assert found["difference"] == {
        "monthly": "-30.00", "quarterly": "-90.00", "annual": "-360.00", "one_time": "0.00",
    }  # fmt: skip
    (line,) = found["lines"]
    assert (line["old"]["unit_price"], line["new"]["unit_price"]) == ("0.015", "0.012")
    assert line["new"]["source"]["title"] == "Price sheet"
    assert found["old"]["rate_card"]["sha256"] != found["new"]["rate_card"]["sha256"]
    assert found["old"]["sha256"] == json.loads(Path("acme.json").read_text())["sha256"]
    with pytest.raises(jsonschema.ValidationError):
        validator("diff").validate({**found, "same": "no"})


def test_diff_periods_are_sums_of_lines(run: Run) -> None:
    run("quote xpro -a 7 -n 9 -m 300 --min-agents 9 --output other.json")
    found = document(run, "diff acme.json other.json")
    for period in ("monthly", "quarterly", "annual"):
        lines = [line["difference"] for line in found["lines"] if not line["one_time"]]
        total = sum(Decimal(line[period]) for line in lines)
        assert Decimal(found["difference"][period]) == total
        old, new = (Decimal(found[side]["totals"][period]) for side in ("old", "new"))
        assert new - old == total
    assert found["difference"]["one_time"] == "-100.00"


def test_diff_shows_added_and_removed_lines(run: Run) -> None:
    run("quote upro -a 3 -n 10 -m 100 --rate minutes=0.02 --output other.json")
    result = run("diff acme.json other.json")
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert (
        "Automated outbound minutes +2.00 +6.00 +24.00 Old: none New: 100 x 0.02 (supplied)"
        in words
    )
    assert "Automated texts -150.00 -450.00 -1,800.00" in words
    assert "A2P campaign activation -100.00 Old: 2 x 50.00 = $100.00 once" in words
    assert "The inputs of the two quotes differ." in words
    lines = {line["charge"]: line for line in document(run, "diff acme.json other.json")["lines"]}
    assert lines["automated_minutes"]["old"] is None
    assert lines["automated_sms"]["new"] is None
    assert lines["campaign_activation"]["difference"] == {"amount": "-100.00"}


def test_diff_shows_discount(run: Run) -> None:
    run(f"{ASKED} --discount agents=10% --output o.json")
    (line,) = document(run, "diff acme.json o.json")["lines"]
    # 3 x 70.00 less a tenth
    assert line["difference"] == {"monthly": "-21.00", "quarterly": "-63.00", "annual": "-252.00"}
    assert line["new"]["unit_price"] == "63.00"


def test_diff_is_unknown_without_published_price(run: Run, rates: Path) -> None:
    text = (rates / "upro.yaml").read_text()
    start = text.index("{price: 0.015")
    end = text.index("}", start) + 1
    (rates / "upro.yaml").write_text(f"{text[:start]}unpublished{text[end:]}")
    result = run(f"diff acme.json --rates {rates}")
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert "Automated texts n/p n/p n/p" in words
    assert "New total ≥ 260.00 ≥ 780.00 ≥ 3,120.00" in words
    assert "Difference n/p n/p n/p" in words


def test_diff_compares_credits_and_fees(run: Run) -> None:
    options = "--carrier-fees --credits 500 --start 2026-12-23"
    run(f"quote upro -a 3 -s 10000 {options} --output parts.json")
    found = document(run, f"diff parts.json --rates {SHEET}")
    # 500.00 x 30 / (150.00 + 50.00) and / (120.00 + 50.00)
    assert (found["credits"]["old"]["days"], found["credits"]["new"]["days"]) == (75, 88)
    assert (found["carrier_fees"], found["first_invoice"]) == (None, None)
    assert "New: Prepaid credits" in run(f"diff parts.json --rates {SHEET}").stdout


def test_diff_ignores_changes_of_other_cards(run: Run, rates: Path) -> None:
    changed(rates / "xpro.yaml", "plan: xPro", "plan: xPro # looked at")
    changed(rates / "sources.yaml", "sources:", "sources: # looked at")
    result = run(f"diff acme.json --rates {rates}")
    assert result.exit_code == 0
    assert result.stdout == "uPro, monthly term: nothing differs, $410.00 per month\n"
    (note,) = document(run, f"diff acme.json --rates {rates}")["notes"]
    assert note["text"].startswith("Old rate card: uPro, ")


def test_diff_ignores_new_reading_date(run: Run, rates: Path) -> None:
    line = "quote upro -a 3 -s 10k --start 2026-12-23 --carrier-fees --credits 100"
    assert run(f"{line} --output whole.json").exit_code == 0
    sources = rates / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("2026-11-22", "2026-11-23"), "utf-8")
    result = run("diff whole.json --rates rates")
    assert (result.exit_code, result.stderr) == (0, "")


def test_diff_as_of_selects_cards(run: Run) -> None:
    Path("later.yaml").write_text(f"effective_from: 2027-01-01\n{OVERLAY}")
    assert run("diff acme.json --rates later.yaml --as-of 2026-12-31").exit_code == 0
    result = run("diff acme.json --rates later.yaml --as-of 2027-01-01")
    assert result.exit_code == 1
    assert "-30.00" in result.stdout


#: 410.00 a month and 100.00 once, then 380.00 and 100.00.
CHEAPER = f"diff acme.json --rates {SHEET}"
#: 410.00 a month and 100.00 once, then 480.00 and 144.00.
DEARER = "diff acme.json more.json"
FALLS = "the monthly total falls by $30.00, from $410.00 to $380.00; "
MONTHLY = "the monthly total rises by $70.00, from $410.00 to $480.00; "
ONCE = "the one-time total rises by $44.00, from $100.00 to $144.00; "


@pytest.mark.parametrize(
    ("line", "failures"),
    [
        (f"{CHEAPER} --max-decrease 30", []),
        (f"{CHEAPER} --max-decrease 29.99",
         [f"{FALLS}--max-decrease 29.99 allows $29.99"]),
        # 7.32% of 410.00 is 30.012, 7.31% is 29.971
        (f"{CHEAPER} --max-decrease 7.32%", []),
        (f"{CHEAPER} --max-decrease 7.31%",
         [f"{FALLS}--max-decrease 7.31% allows $29.971"]),
        (f"{CHEAPER} --max-increase 0", []),
        (f"{DEARER} --max-increase 44%", []),
        (f"{DEARER} --max-increase 20%", [f"{ONCE}--max-increase 20% allows $20.00"]),
        (f"{DEARER} --max-increase 0",
         [f"{MONTHLY}--max-increase 0 allows $0.00", f"{ONCE}--max-increase 0 allows $0.00"]),
        (f"{DEARER} --max-decrease 0", []),
        (f"{DEARER} --max-decrease 0 --max-increase 50",
         [f"{MONTHLY}--max-increase 50 allows $50.00"]),
        ("diff more.json acme.json --max-decrease 200%", []),
        ("diff acme.json --max-increase 0", []),
    ],
)  # fmt: skip
def test_diff_limits_name_figure_and_limit(run: Run, line: str, failures: list[str]) -> None:
    run(f"{ASKED} --seats 4 --brand standard -o more.json")
    result = run(line)
    assert result.stderr == "".join(f"check failed: {failure}\n" for failure in failures)
    assert result.exit_code == (1 if failures else 0)


def test_diff_limit_fails_if_change_is_unknown(run: Run) -> None:
    run("quote upro -a 3 --max-age 999d -m 100 --allow-unpriced -o open.json")
    result = run("diff acme.json open.json --max-increase 900%")
    assert (result.exit_code, result.stderr) == (
        1,
        "check failed: the change is unknown, because a price is not published\n",
    )


def test_diff_rejects_quote_with_missing_carrier(run: Run, rates: Path) -> None:
    run("quote upro -s 100 --carrier att=100% --output mix.json")
    text = (rates / "carriers.yaml").read_text()
    (rates / "carriers.yaml").write_text(text.replace("att:", "attt:"))
    result = run(f"diff mix.json --rates {rates}")
    assert result.exit_code == 3
    assert "the rate cards have no fees for: att" in result.stderr
