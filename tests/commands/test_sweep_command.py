"""`aloware sweep`: its points, its forms, its chart and what it refuses."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from conftest import Run, validator

ASKED = "sweep ipro upro xpro --agents 10 --vary numbers=200:300:50"


def test_one_row_a_point_with_the_cheapest_in_words(run: Run) -> None:
    # 400 + 6n, 700 + 5n, 900 + 4n.
    assert run(ASKED).stdout.replace("─", "-").splitlines() == [
        "Aloware iPro, uPro, xPro, monthly term, in USD a month",
        "",
        "Local phone numbers      iPro      uPro      xPro    Cheapest",
        "-" * 61,
        "200 numbers          1,600.00  1,700.00  1,700.00        iPro",
        "250 numbers          1,900.00  1,950.00  1,900.00  iPro, xPro",
        "300 numbers          2,200.00  2,200.00  2,100.00        xPro",
    ]


def test_one_plan_alone_is_not_the_cheapest(run: Run) -> None:
    assert "Cheapest" not in run("sweep upro --vary sms=0:10:5").stdout


def test_csv_holds_bare_numbers(run: Run) -> None:
    assert run(f"{ASKED} --format csv").stdout.splitlines() == [
        "quantity,iPro,uPro,xPro",
        "200,1600.00,1700.00,1700.00",
        "250,1900.00,1950.00,1900.00",
        "300,2200.00,2200.00,2100.00",
    ]


def test_the_json(run: Run) -> None:
    document = json.loads(run(f"{ASKED} --format json").stdout)
    assert list(document) == ["schema", "plans", "term", "currency", "vary", "points", "notes"]
    assert document["points"][1] == {
        "quantity": "250",
        "totals": {"iPro": "1900.00", "uPro": "1950.00", "xPro": "1900.00"},
        "cheapest": ["iPro", "xPro"],
    }
    validator("sweep").validate(document)
    with pytest.raises(jsonschema.ValidationError):
        validator("sweep").validate({**document, "points": []})


@pytest.mark.parametrize(
    ("bounds", "quantities"),
    [
        ("0:4:2", [0, 2, 4]),  # the end is a point where a step reaches it
        ("0:5:2", [0, 2, 4]),
        ("7:7:1", [7]),
        ("1k:2,000:1_000", [1000, 2000]),
        ("999999999:1000000000:1", [999_999_999, 1_000_000_000]),
    ],
)
def test_points(run: Run, bounds: str, quantities: list[int]) -> None:
    stdout = run(f"sweep upro --vary sms={bounds} --format csv").stdout
    assert [int(row["quantity"]) for row in csv.DictReader(io.StringIO(stdout))] == quantities


def test_each_point_is_a_quote(run: Run) -> None:
    stdout = run("sweep upro -a 3 --vary sms=0:3:1 --format csv").stdout
    for row in csv.DictReader(io.StringIO(stdout)):
        asked = f"quote upro -a 3 --sms {row['quantity']} --total monthly"
        assert run(asked).stdout.strip() == row["uPro"]


def test_ten_thousand_points_are_the_most(run: Run) -> None:
    most = run("sweep ipro xpro -a 1 --vary numbers=0:9999:1 --format csv")
    assert len(most.stdout.splitlines()) == 10_001
    result = run("sweep ipro xpro -a 1 --vary numbers=0:10000:1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "10,001 points, over 10,000" in result.stderr
    assert "A step of 2 is enough." in result.stderr
    assert run("sweep ipro xpro -a 1 --vary numbers=0:10000:2 --format csv").exit_code == 0


WRONG_REQUESTS = [
    ("sweep --vary sms=0:1:1", "which plan? Name it first"),
    ("sweep upro", "Missing option '--vary'"),
    ("sweep upro upro --vary sms=0:1:1", "the plan uPro is given twice"),
    ("sweep upro --vary sms", "write CHARGE=FROM:TO:STEP"),
    ("sweep upro --vary sms=0:1", "write CHARGE=FROM:TO:STEP"),
    ("sweep upro --vary =0:1:1", "write CHARGE=FROM:TO:STEP"),
    ("sweep upro --vary sms=2:1:1", "FROM is above TO"),
    ("sweep upro --vary sms=0:1:0", "STEP is 0"),
    ("sweep upro --vary sms=0:1:-1", "a quantity is never negative"),
    ("sweep upro --vary sms=0:x:1", "write a whole number"),
    ("sweep upro --vary smss=0:1:1", "Did you mean sms?"),
    ("sweep upro -s 5 --vary sms=0:1:1", "another option fixes it"),
    ("sweep upro --vary late_appeal=0:1:1", "is paid once"),
    ("sweep upro --vary sms=0:1:1 --output a.pdf", "no form goes with the ending .pdf"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS, ids=[line for line, _ in WRONG_REQUESTS])
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_unpublished_rate_is_refused(run: Run, form: str) -> None:
    result = run(f"sweep ipro upro -a 3 --vary sms=0:1:1 --format {form}")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "--rate ipro:automated_sms=PRICE" in result.stderr
    assert "upro:" not in result.stderr


def test_it_goes_to_a_file_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    for name, form in (("s.csv", "csv"), ("s.json", "json"), ("s.txt", "table")):
        assert run(f"{ASKED} --output {tmp_path / name}").stdout == ""
        assert (tmp_path / name).read_text() == run(f"{ASKED} --format {form}").stdout


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_it_fits_the_screen(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    stdout = run("sweep ipro upro xpro -a 999 --vary numbers=0:1000000:250000").stdout
    assert max(map(len, stdout.splitlines())) <= int(width)
