"""`aloware sweep`: points, formats and limits."""

import csv
import io
import json

import jsonschema
import pytest
from conftest import Run, validator

ASKED = "sweep ipro upro xpro --agents 10 --vary numbers=200:300:50"


def test_sweep_table_names_cheapest_of_each_row(run: Run) -> None:
    # 400 + 6n, 700 + 5n, 900 + 4n.
    assert run(ASKED).stdout.replace("─", "-").splitlines() == [
        "iPro, uPro, xPro, monthly term, USD per month",
        "",
        "Local phone numbers      iPro      uPro      xPro  Cheapest",
        "-" * 61,
        "200                  1,600.00  1,700.00  1,700.00  iPro",
        "250                  1,900.00  1,950.00  1,900.00  iPro, xPro",
        "300                  2,200.00  2,200.00  2,100.00  xPro",
    ]


def test_sweep_of_one_plan_has_no_cheapest(run: Run) -> None:
    assert "Cheapest" not in run("sweep upro --vary sms=0:10:5").stdout


def test_sweep_csv_has_bare_numbers(run: Run) -> None:
    assert run(f"{ASKED} --format csv").stdout.splitlines() == [
        "quantity,iPro,uPro,xPro",
        "200,1600.00,1700.00,1700.00",
        "250,1900.00,1950.00,1900.00",
        "300,2200.00,2200.00,2100.00",
    ]


def test_sweep_json_has_documented_keys(run: Run) -> None:
    document = json.loads(run(f"{ASKED} --format json").stdout)
    assert list(document) == ["schema", "plans", "term", "currency", "vary", "points", "notes"]
    assert document["points"][1] == {
        "quantity": 250,
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
def test_sweep_includes_end_if_step_reaches_it(
    run: Run, bounds: str, quantities: list[int]
) -> None:
    stdout = run(f"sweep upro --vary sms={bounds} --format csv").stdout
    assert [int(row["quantity"]) for row in csv.DictReader(io.StringIO(stdout))] == quantities


def test_sweep_points_equal_quotes(run: Run) -> None:
    stdout = run("sweep upro -a 3 --vary sms=0:3:1 --format csv").stdout
    for row in csv.DictReader(io.StringIO(stdout)):
        asked = f"quote upro -a 3 --sms {row['quantity']} --total monthly"
        assert run(asked).stdout.strip() == row["uPro"]


def test_sweep_has_at_most_10_000_points(run: Run) -> None:
    most = run("sweep ipro xpro -a 1 --vary numbers=0:9999:1 --format csv")
    assert len(most.stdout.splitlines()) == 10_001
    result = run("sweep ipro xpro -a 1 --vary numbers=0:10000:1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert run("sweep ipro xpro -a 1 --vary numbers=0:10000:2 --format csv").exit_code == 0


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_sweep_rejects_unpublished_price(run: Run, form: str) -> None:
    result = run(f"sweep ipro upro -a 3 --vary sms=0:1:1 --format {form}")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "--rate ipro:sms=PRICE" in result.stderr
    assert "upro:" not in result.stderr


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_sweep_fits_width(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    stdout = run("sweep ipro upro xpro -a 999 --vary numbers=0:1000000:250000").stdout
    assert max(map(len, stdout.splitlines())) <= int(width)
