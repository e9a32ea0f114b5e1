"""`aloware compare`: table, CSV, JSON and rank."""

import json

import jsonschema
import pytest
from conftest import Run, validator


def test_compare_ranks_only_fully_priced_plans(run: Run) -> None:
    result = run("compare --agents 3 --numbers 10 --sms 10000")
    assert result.exit_code == 0
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    for row in (
        "3 agents, 10 local numbers, 10,000 automated texts; monthly term, USD",
        "Licenses 120.00 210.00 270.00",
        "Local phone numbers 60.00 50.00 40.00",
        "Automated texts n/p 150.00 n/p",
        "Total per month ≥ 180.00 $410.00 ≥ 310.00",
        "Compared with cheapest ? lowest ?",
        "Only uPro is fully priced and ranked; iPro and xPro may cost less.",
    ):
        assert row in rows


def test_compare_columns_add_up(run: Run) -> None:
    stdout = run("compare -a 10 -n 50 -s 1k --rate sms=0.01").stdout
    rows = [" ".join(line.split()[-3:]) for line in stdout.partition("\n\nuPro")[0].splitlines()]
    assert [row for row in rows[4:] if "." in row][:7] == [
        "400.00 700.00 900.00",
        "300.00 250.00 200.00",
        "10.00 10.00 10.00",
        "$710.00 $960.00 $1,110.00",
        "$2,130.00 $2,880.00 $3,330.00",
        "$8,520.00 $11,520.00 $13,320.00",
        "lowest +250.00 +400.00",
    ]


@pytest.mark.parametrize("width", ["60", "80", "200"])
@pytest.mark.parametrize(
    "flags",
    [
        "-a 3 -n 10 -s 10000",
        "-a 250 -n 1200 -s 1000000 -m 5k --agent-minutes 9 --toll-free-sms 3 --explain",
        "-a 3 --add secondary_vetting=1 --rate sms=0.01 -s 5 --term annual",
    ],
)
def test_compare_fits_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str, flags: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = run(f"compare {flags}")
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= int(width)


def test_compare_never_cuts_figures(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stdout = run("compare -a 1000000000 --rate license=1000000").stdout
    assert stdout.count("12,000,000,000,000,000.00") == 3


def test_compare_keeps_order_of_plans(run: Run) -> None:
    document = json.loads(run("compare -a 1 --plans xpro,IPRO --format json").stdout)
    assert [quote["plan"] for quote in document["quotes"]] == ["xPro", "iPro"]
    assert document["ranked"] == ["iPro", "xPro"]


def test_compare_shows_amounts_outside_totals_below(run: Run) -> None:
    line = "compare -a 3 -s 10k --rate sms=0.02 --start 2026-12-23 --credits 100 --carrier-fees"
    below = run(line).stdout.partition("Not in the totals")[2].partition("\n\n")[0]
    assert [" ".join(row.split()) for row in below.splitlines()[2:]] == [
        # 10,000 segments at 0.003 and at 0.005
        "Carrier fees per month, 30.00 30.00 30.00",
        "lowest",
        "Carrier fees per month, 50.00 50.00 50.00",
        "highest",
        # 100.00 of 200.00 + 50.00 a month of 30 days
        "Prepaid credits last at least 12 days at least 12 days at least 12 days",
        # 40.00, 70.00 and 90.00 x 9/31 = 11.61, 20.32 and 26.13, each x 3
        "First invoice, December $34.83 $60.96 $78.39",
        "23, 2026",
    ]
    assert "Not in the totals" not in run("compare -a 3").stdout


def test_compare_csv_has_rows_of_each_quote(run: Run) -> None:
    line = "-a 3 -s 10 --add late_appeal=1 --allow-unpriced --format csv"
    header = run(f"quote upro {line}").stdout.splitlines()[0]
    rows = [
        row
        for plan in ("iPro", "uPro", "xPro")
        for row in run(f"quote {plan} {line}").stdout.splitlines()[1:]
    ]
    compared = run(f"compare {line.replace('--allow-unpriced ', '')}").stdout.splitlines()
    assert compared == [header, *rows]
    assert sum(",late_appeal," in row for row in rows) == 3


def test_compare_does_not_rank_one_plan(run: Run) -> None:
    stdout = run("compare -a 3 --plans upro").stdout
    assert "210.00" in stdout
    assert "Rank" not in stdout


@pytest.mark.parametrize(
    ("flags", "exit_code", "message"),
    [
        # 3 x 40, 70 and 90 and 10 x 6, 5 and 4: 180, 260 and 310
        ("-a 3 -n 10 --fail-over 180", 0, ""),
        ("-a 3 -n 10 --fail-over 179", 1, "monthly total of iPro $180.00 is over $179.00\n"),
        # only uPro has a price for texts: 410
        ("-a 3 -n 10 -s 10k --fail-over 400", 1, "monthly total of uPro $410.00 is over $400.00\n"),
        ("ipro xpro -a 3 -s 10 --fail-over 119", 1, "of iPro at least $120.00 is over $119.00\n"),
        (
            "ipro xpro -a 3 -s 10 --fail-over 120",
            4,
            "the monthly total of iPro may be over $120.00",
        ),
    ],
)
def test_fail_over_checks_the_cheapest_plan(
    run: Run, flags: str, exit_code: int, message: str
) -> None:
    result = run(f"compare {flags}")
    assert "Total per month" in result.stdout, "the output comes first"
    assert result.exit_code == exit_code
    assert message in result.stderr


def test_compare_json_has_documented_keys(run: Run) -> None:
    document = json.loads(run("compare -a 3 -n 10 -s 10000 --format json").stdout)
    assert list(document) == [
        "schema",
        "quotes",
        "ranked",
        "cheapest",
        "unranked",
        "reason",
        "notes",
    ]
    assert (document["ranked"], document["cheapest"]) == (["uPro"], "uPro")
    assert document["unranked"] == [
        {"plan": "iPro", "missing": ["automated_sms"], "at_least": "180.00", "ruled_out": False},
        {"plan": "xPro", "missing": ["automated_sms"], "at_least": "310.00", "ruled_out": False},
    ]
    alone = json.loads(run("quote upro -a 3 -n 10 -s 10000 --format json").stdout)
    assert document["quotes"][1] == alone


@pytest.mark.parametrize(
    "flags",
    ["-a 3 -s 5", "-a 3", "--toll-free-sms 2", "-a 3 -s 5k --rate ipro:sms=0", "--plans upro -a 2"],
)
def test_compare_json_fits_schema(run: Run, flags: str) -> None:
    document = json.loads(run(f"compare {flags} --format json").stdout)
    validator("comparison").validate(document)
    with pytest.raises(jsonschema.ValidationError):
        validator("comparison").validate({**document, "ranked": [None]})


def test_compare_explain_names_plan_and_page(run: Run) -> None:
    stdout = " ".join(run("compare -n 10 --explain").stdout.split())
    assert "xPro: 10 x 4.00 = $40.00 a month" in stdout
    assert "Understanding Aloware billing, read 2026-11-22: Local Phone Numbers - 50" in stdout
