"""`aloware compare`: its table, its JSON and what it says of each mistake."""

import json
from pathlib import Path

import jsonschema
import pytest
from conftest import Run, validator


def test_the_table_that_ranks_one_plan(run: Run) -> None:
    result = run("compare --agents 3 --numbers 10 --sms 10000")
    assert result.exit_code == 0
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    for row in (
        "Plan cost 3 agents 120.00 210.00 270.00",
        "Local phone numbers 10 numbers 60.00 50.00 40.00",
        "Subscription 180.00 260.00 310.00",
        "Automated texts 10,000 segments not 150.00 not",
        "published published",
        "180.00 310.00",  # the lower bounds, on a line of their own below "at least"
        "- uPro alone is fully priced, and so ranked alone; iPro and xPro may cost less.",
    ):
        assert row in rows


def test_every_column_adds_up(run: Run) -> None:
    stdout = run("compare -a 10 -n 50 -s 1k --rate sms=0.01").stdout
    rows = [" ".join(line.split()[-3:]) for line in stdout.splitlines() if line[:1].isalpha()]
    assert rows[2:] == [
        "400.00 700.00 900.00",
        "300.00 250.00 200.00",
        "700.00 950.00 1,100.00",
        "supplied supplied supplied",
        "10.00 10.00 10.00",
        "710.00 960.00 1,110.00",
        "2,130.00 2,880.00 3,330.00",
        "8,520.00 11,520.00 13,320.00",
        "0.00 250.00 400.00",
        "0.00 750.00 1,200.00",
        "0.00 3,000.00 4,800.00",
        "2 number 3",
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
def test_it_fits_the_screen(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str, flags: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = run(f"compare {flags}")
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= int(width)


def test_figures_are_never_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stdout = run("compare -a 1000000000 --rate license=1000000").stdout
    assert stdout.count("12,000,000,000,000,000.00") == 3


def test_the_plans_that_are_asked_for_in_that_order(run: Run) -> None:
    document = json.loads(run("compare -a 1 --plans xpro,IPRO --format json").stdout)
    assert [quote["plan"] for quote in document["quotes"]] == ["xPro", "iPro"]
    assert document["ranked"] == ["iPro", "xPro"]


def test_what_is_billed_beside_the_lines_stands_below(run: Run) -> None:
    line = "compare -a 3 -s 10k --rate sms=0.02 --start 2026-12-23 --credits 100"
    below = run(f"{line} --carrier-fees").stdout.partition("Beside the totals")[2]
    assert [row.rsplit(maxsplit=3) for row in below.splitlines()[1:3]] == [
        # 10,000 segments at 0.003 and at 0.005
        ["Carrier fees, month, from", "30.00", "30.00", "30.00"],
        ["up to", "50.00", "50.00", "50.00"],
    ]
    rows = [" ".join(row.split()) for row in below.splitlines()[3:5]]
    assert rows == [
        # 100.00 of 200.00 + 50.00 a month of 30 days
        "Prepaid credits last 12 days 12 days 12 days",
        # 40.00, 70.00 and 90.00 x 9/31 = 11.61, 20.32 and 26.13, each x 3
        "Due at the start, 2026-12-23 34.83 60.96 78.39",
    ]
    assert "Beside the totals" not in run("compare -a 3").stdout


def test_the_csv_has_the_rows_of_each_quote_under_one_header(run: Run) -> None:
    line = "-a 3 -s 10 --add late_appeal=1 --allow-unpriced --format csv"
    header = run(f"quote upro {line}").stdout.splitlines()[0]
    rows = [
        row
        for plan in ("iPro", "uPro", "xPro")
        for row in run(f"quote {plan} {line}").stdout.splitlines()[1:]
    ]
    compared = run(f"compare {line.replace('--allow-unpriced ', '')}").stdout.splitlines()
    assert compared == [header, *rows]
    assert len(rows) == 9


def test_one_plan_alone_has_no_rank(run: Run) -> None:
    stdout = run("compare -a 3 --plans upro").stdout
    assert "210.00" in stdout
    assert "Rank" not in stdout


def test_the_json_of_the_contract(run: Run) -> None:
    document = json.loads(run("compare -a 3 -n 10 -s 10000 --format json").stdout)
    assert list(document) == ["schema", "quotes", "ranked", "cheapest", "unranked", "notes"]
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
def test_every_json_comparison_fits_its_schema(run: Run, flags: str) -> None:
    document = json.loads(run(f"compare {flags} --format json").stdout)
    validator("comparison").validate(document)
    with pytest.raises(jsonschema.ValidationError):
        validator("comparison").validate({**document, "ranked": [None]})


WRONG_REQUESTS = [
    ("compare", "nothing to price"),
    ("compare -a 1 --plans ipro,upr", "Did you mean uPro?"),
    ("compare -a 1 --plans ipro,iPro", "the plan iPro is given twice"),
    ("compare -a 1 --plans ipro,", "no plan ''"),
    ("compare -a 1 --output c.md", "no form goes with the ending .md"),
    ("compare upro -a 1", "upro"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS, ids=[line for line, _ in WRONG_REQUESTS])
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_explained_lines_name_plan_and_page(run: Run) -> None:
    stdout = " ".join(run("compare -n 10 --explain").stdout.split())
    assert "xPro: 10 numbers x 4.00 = 40.00 a month" in stdout
    assert "Understanding Aloware billing, read 2026-11-22: Local Phone Numbers - 50" in stdout


def test_it_goes_to_a_file_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "compared.json"
    assert run(f"compare -a 3 --output {target}").stdout == ""
    assert target.read_text() == run("compare -a 3 --format json").stdout
