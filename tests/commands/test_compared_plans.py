"""`compare`, `sweep` and `breakeven` agree with quotes; `sessions/` shows their output."""

import csv
import io
import json
from pathlib import Path

import pytest
from card_files import unpublished
from conftest import Run


def test_compare_csv_has_rows_of_each_quote(run: Run) -> None:
    line = "-a 3 -s 10 --add late_appeal=1 --format csv"
    header, *rows = run(f"compare {line}").stdout.splitlines()
    quotes = [
        run(f"quote {plan} {line} --allow-unpriced").stdout.splitlines()
        for plan in ("ipro", "upro", "xpro")
    ]
    assert [header, *rows] == [quotes[0][0], *(row for quote in quotes for row in quote[1:])]
    assert sum(",late_appeal," in row for row in rows) == 3


def test_compare_json_has_the_quotes(run: Run) -> None:
    document = json.loads(run("compare -a 3 -n 10 -s 10000 --format json").stdout)
    alone = json.loads(run("quote upro -a 3 -n 10 -s 10000 --format json").stdout)
    assert document["quotes"][1] == alone


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
def test_sweep_points_equal_quotes(run: Run, bounds: str, quantities: list[int]) -> None:
    stdout = run(f"sweep upro -a 3 --vary sms={bounds} --format csv").stdout
    rows = [*csv.DictReader(io.StringIO(stdout))]
    assert [int(row["quantity"]) for row in rows] == quantities
    for row in rows:
        quote = run(f"quote upro -a 3 --sms {row['quantity']} --total monthly")
        assert quote.stdout.strip() == row["uPro"]


def test_sweep_has_at_most_10_000_points(run: Run) -> None:
    most = run("sweep ipro xpro -a 1 --vary numbers=0:9999:1 --format csv")
    assert len(most.stdout.splitlines()) == 10_001
    assert run("sweep ipro xpro -a 1 --vary numbers=0:10000:2 --format csv").exit_code == 0


def test_breakeven_needs_no_price_of_a_one_time_fee(run: Run, rates: Path) -> None:
    unpublished(rates / "a2p.yaml", "late_appeal")
    flags = f"--rates {rates} --add late_appeal=1"
    assert run(f"breakeven ipro xpro --agents 10 --vary numbers {flags}").exit_code == 0
    assert run(f"quote ipro {flags}").exit_code == 4
