"""`aloware verify`: published examples replayed, and reports of differences."""

import json
from pathlib import Path

import jsonschema
import pytest
from card_files import CARDS, changed, repriced
from conftest import Run, validator

from aloware_cli.domain.periods import today

EXAMPLE = """\
example: Two agents
source: billing-guide
wording: 2 agents
scenario: {plan: uPro, agents: 2}
published:
  lines:
    license: {unit_price: 70, monthly: 140}
  totals: {monthly: 140}
"""


def test_bundled_rate_cards_match_published_examples(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ALOWARE_RATES")
    result = run("verify")
    assert result.exit_code == 0
    assert "8 of 8 published examples reproduced" in result.stdout


def test_verify_lists_verdict_of_each_example(run: Run, rates: Path) -> None:
    result = run(f"verify {rates / 'examples'}")
    assert result.exit_code == 0
    assert "4 of 4 published examples reproduced" in result.stdout
    assert "Billing cycle moved to the 1st" in result.stdout
    assert "Read as: By 31, the days of December." in result.stdout


# Each published plan price, moved by one unit in its last place.
MOVED = [
    ("ipro.yaml", "40.00", "40.01", "lines.license.unit_price"),
    ("upro.yaml", "70.00", "70.01", "lines.license.unit_price"),
    ("xpro.yaml", "90.00", "89.99", "lines.license.unit_price"),
    ("ipro.yaml", "6.00", "6.01", "lines.local_number.unit_price"),
    ("upro.yaml", "5.00", "4.99", "lines.local_number.unit_price"),
    ("xpro.yaml", "4.00", "4.01", "lines.local_number.unit_price"),
    ("upro.yaml", "0.015", "0.016", "lines.automated_sms.unit_price"),
    ("xpro.yaml", "0.02", "0.03", "lines.automated_minutes.unit_price"),
]


@pytest.mark.parametrize(("card", "old", "new", "figure"), MOVED)
def test_changed_price_fails_its_example(
    run: Run, rates: Path, card: str, old: str, new: str, figure: str
) -> None:
    repriced(rates / card, old, new)
    result = run(f"verify --rates {rates} {rates / 'examples'} --format json")
    assert result.exit_code == 1
    plan = {"i": "iPro", "u": "uPro", "x": "xPro"}[card[0]]
    failed = [done for done in json.loads(result.stdout)["examples"] if done["verdict"] == "fail"]
    assert {done["plan"] for done in failed} == {plan}
    assert any(figure in detail for done in failed for detail in done["details"])
    assert "check failed: " in result.stderr


def test_difference_names_line_and_total(run: Run, rates: Path) -> None:
    repriced(rates / "upro.yaml", "0.015", "0.016")
    text = " ".join(run(f"verify --rates {rates} {rates / 'examples'}").stdout.split())
    example = "upro-sms-blasts.yaml"
    # 10,000 x 0.016 = 160.00
    for line, finding in [
        (16, "lines.automated_sms.monthly: published $150.00, computed $160.00, difference $10.00"),
        (18, "totals.monthly: published $410.00, computed $420.00, difference $10.00"),
    ]:
        assert f"{example}:{line}: {finding}" in text


def test_missing_price_is_an_error_with_reason(run: Run, rates: Path) -> None:
    text = (rates / "upro.yaml").read_text()
    line = next(line for line in text.splitlines() if line.startswith("  automated_sms:"))
    changed(rates / "upro.yaml", line, "  automated_sms: unpublished")
    result = run(f"verify --rates {rates} {rates / 'examples'}")
    assert result.exit_code == 1
    assert "cannot be priced: no published price for Automated texts" in " ".join(
        result.stdout.split()
    )
    assert "3 of 4 published examples" in result.stdout


def test_coverage_lists_prices_without_example(run: Run, rates: Path) -> None:
    result = run(f"verify {rates / 'examples'} --format json --require-coverage")
    uncovered = {price["charge"] for price in json.loads(result.stdout)["uncovered"]}
    assert result.exit_code == 1
    assert {"number_lookup", "campaign_maintenance"} <= uncovered
    assert not uncovered & {"license", "local_number", "automated_sms", "automated_minutes"}


def test_coverage_reports_removed_example(run: Run, rates: Path) -> None:
    (rates / "examples" / "xpro-power-dialing.yaml").unlink()
    result = run(f"verify {rates / 'examples'} --format json")
    xpro = {p["charge"] for p in json.loads(result.stdout)["uncovered"] if p["plans"] == ["xPro"]}
    assert xpro == {"license", "local_number", "automated_minutes"}


@pytest.mark.parametrize(
    ("flags", "exit_code"),
    [
        # The A2P fees are those of 2022, and from 2022-12-31 to 2026-11-22 are 1,422 days.
        ("--max-age 1422d --as-of 2026-11-22", 0),
        ("--max-age 1421d --as-of 2026-11-22", 1),
        ("--max-age 1422d --as-of 2026-11-23", 1),
        ("--max-age 180d --as-of 2026-11-22", 1),
        ("--max-age 180 --as-of 2027-05-22", 2),
        ("--max-age -1d", 2),
    ],
)
def test_old_source_of_any_price_on_the_cards_fails(
    run: Run, rates: Path, flags: str, exit_code: int
) -> None:
    assert run(f"verify {rates / 'examples'} {flags}").exit_code == exit_code


def test_verify_json_fits_schema(run: Run, rates: Path) -> None:
    repriced(rates / "upro.yaml", "0.015", "0.016")
    (rates / "examples" / "bad.yaml").write_text("example: [")
    document = json.loads(
        run(f"verify --rates {rates} {rates / 'examples'} --format json --max-age 1d").stdout
    )
    validator("verification").validate(document)
    assert (document["passed"], document["failed"]) == (3, 1)
    assert {finding["code"] for finding in document["findings"]} == {
        "E-YAML", "E-EXAMPLE", "E-STALE",
    }  # fmt: skip
    changes: list[dict[str, object]] = [{"passed": "3"}, {"examples": {}}, {"more": 1}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator("verification").validate({**document, **change})


def test_folder_without_examples_is_reported_beside_valid_ones(run: Run, rates: Path) -> None:
    Path("empty").mkdir()
    result = run(f"verify empty {rates / 'examples'}")
    assert result.exit_code == 3
    assert result.stderr.startswith("empty:1:1: the folder has no example; add one, or name ")
    assert "4 of 4 published examples reproduced" in result.stdout


def test_unknown_plan_is_an_error_of_its_example(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.yaml").write_text(EXAMPLE.replace("uPro", "gold"))
    result = run(f"verify {tmp_path}")
    assert result.exit_code == 1
    assert 'cannot be priced: unknown plan "gold"; plans: iPro, uPro, xPro' in " ".join(
        result.stdout.split()
    )


def test_recorded_quote_passes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    quote = (
        "quote upro -a 3 -m 100 --rate minutes=0.02 --add number_lookup=500 --start 2026-12-23 "
        "--min-agents 5 --discount numbers=10% --discount all=0.5 -n 2"
    )
    result = run(f"verify --record Acme -- {quote}")
    assert (result.stdout, result.exit_code) == ("acme.yaml\n", 0)
    text = (tmp_path / "acme.yaml").read_text()
    assert f"read_on: {today()}" in text
    assert "automated_minutes: 0.02" in text
    assert run("verify acme.yaml").exit_code == 0
    # 5 x 70.00 less 0.5% and 2 x 5.00 less 10%: 348.25 + 9.00
    changed(tmp_path / "acme.yaml", "amount: 357.25", "amount: 357.26")
    assert run("verify acme.yaml").exit_code == 1


def test_recorded_quote_over_a_million_passes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("verify --record Large -- quote upro -a 1000000")
    # 1,000,000 x 70.00, 12 times
    assert "annual: 840000000.00" in (tmp_path / "large.yaml").read_text()
    assert run("verify large.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("line", "exit_code", "message"),
    [
        # The guide was read on 2026-11-22.
        ("quote upro -a 1 --max-age 180d --as-of 2027-05-21", 0, ""),
        (
            "quote upro -a 1 --max-age 180d --as-of 2027-05-22",
            1,
            "check failed: 1 source is too old: billing-guide (181 days)\n",
        ),
        # The A2P fees are those of 2022: from 2022-12-31 on.
        (
            "quote upro -a 1 --campaigns 1 --max-age 180d --as-of 2026-11-22",
            1,
            "check failed: 1 source is too old: a2p-fees (1,422 days)\n",
        ),
        ("quote upro -a 1 --rate agents=65 --max-age 0d --as-of 2030-01-01", 0, ""),
        (
            "quote upro -a 1 --max-age 180",
            2,
            (
                "error: --max-age 180: missing unit  [E-AGE]\n"
                "hint: use a number of days, for example: --max-age 180d\n"
            ),
        ),
        (
            "quote upro -a 1 --as-of 2026-11-21",
            2,
            (
                "error: no uPro rate card is in force on 2026-11-21  [E-AS-OF]\n"
                "hint: use --as-of 2026-11-22 or later\n"
            ),
        ),
    ],
)
def test_quote_may_require_recent_sources(
    run: Run, line: str, exit_code: int, message: str
) -> None:
    result = run(line)
    assert (result.stderr, result.exit_code) == (message, exit_code)


def test_max_age_sorts_sources_with_and_without_url(run: Run, tmp_path: Path) -> None:
    sheets = []
    for number, url in enumerate(("", ", url: 'https://acme.example/prices'")):
        sheet = tmp_path / f"sheet{number}.yaml"
        sheet.write_text(
            f"plan: uPro\nsources: {{sheet: {{title: Sheet, read_on: 2026-01-01{url}}}}}\nprices:\n"
            f"  {('automated_sms', 'local_number')[number]}: "
            "{price: 2, source: sheet, wording: At $2.}\n",
            "utf-8",
        )
        sheets.append(f"--rates {sheet}")
    result = run(f"verify {CARDS / 'examples'} {' '.join(sheets)} --max-age 1d --as-of 2026-12-01")
    assert result.exit_code == 1
    assert result.stdout.count("Sheet, read 2026-01-01, 334 days") == 2
