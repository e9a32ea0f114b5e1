"""`aloware prorate`: what is due now and each month, and what is refused."""

import json
from pathlib import Path

import pytest
from card_files import OWN_SOURCE
from conftest import Run, validator

UNPUBLISHED = """\
plan: uPro
prices:
  local_number: unpublished
"""
NEW_PRICE = """\
plan: uPro
sources:
  offer: {title: Offer to Acme, read_on: 2026-11-20}
prices:
  local_number: {price: 3.10, source: offer, wording: "Numbers at $3.10"}
"""


@pytest.mark.parametrize(
    ("flags", "now", "month"),
    [
        ("--add-agents 2", "63.22", "140.00"),
        ("--add-numbers 3", "6.78", "15.00"),
        ("--add-agents 2 --add-numbers 3", "70.00", "155.00"),
        ("--add-agents 0 --add-numbers 3", "6.78", "15.00"),
        ("--add-agents 1 --rate license=31", "14.00", "31.00"),  # 31 x 14/31
        ("--add-agents 1 --rate upro:agents=62 --rate agents=31", "28.00", "62.00"),
        ("--add-agents 2 --discount license=10%", "56.90", "126.00"),  # 28.45 x 2
        ("--add-agents 2 --add-numbers 3 --discount all=10", "62.99", "139.50"),  # 56.90 + 3 x 2.03
    ],
)
def test_what_each_flag_does(run: Run, flags: str, now: str, month: str) -> None:
    result = run(f"prorate upro --on 2026-03-18 {flags} --format json")
    assert (result.stderr, result.exit_code) == ("", 0)
    document = json.loads(result.stdout)
    assert (document["due_now"], document["per_month"]) == (now, month)
    validator("proration").validate(document)


def test_the_json_of_the_contract(run: Run) -> None:
    document = json.loads(
        run("prorate UPRO --on 2026-12-23 --add-agents 3 --format json").stdout,
    )
    assert list(document) == [
        "schema", "plan", "on", "period_end", "days", "days_in_month", "lines", "due_now",
        "per_month", "notes", "rate_card",
    ]  # fmt: skip
    assert (document["schema"], document["plan"]) == ("aloware.proration/1", "uPro")
    assert (document["on"], document["period_end"]) == ("2026-12-23", "2026-12-31")
    assert (document["days"], document["days_in_month"]) == ("9", "31")
    assert document["lines"] == [
        {
            "charge": "license",
            "unit_price": "70.00",
            "prorated_unit": "20.32",
            "quantity": "3",
            "amount": "60.96",
        }
    ]
    assert document["rate_card"]["plan"] == "uPro"


def test_the_table_shows_both_workings(run: Run) -> None:
    table = run("prorate upro --on 2026-03-18 --add-agents 2 --discount license=10%").stdout
    rows = [" ".join(line.split()) for line in table.splitlines()]
    assert rows[0] == "Aloware uPro, monthly term, in USD"
    assert rows[2:5] == [
        "Added on 2026-03-18 Quantity x price Once",
        "Plan cost 2 x 28.45 56.90",
        "Due now 56.90",
    ]
    assert rows[6:9] == [
        "From 2026-04-01 Quantity x price Monthly",
        "Plan cost 2 x 70.00 less 10% 126.00",
        "Each month 126.00",
    ]
    assert max(map(len, table.splitlines())) <= 80


def test_the_prices_are_those_of_the_cards_that_are_asked_for(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    card.write_text(NEW_PRICE)
    line = f"prorate upro --on 2026-03-18 --add-numbers 2 --rates {card} --as-of 2026-11-22"
    assert json.loads(run(f"{line} --format json").stdout)["due_now"] == "2.80"  # 1.40 x 2


def test_a_rate_that_is_not_published_is_never_guessed(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "sheet.yaml"
    card.write_text(UNPUBLISHED)
    line = f"prorate upro --on 2026-03-18 --add-numbers 2 --rates {card}"
    result = run(line)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "supply it with --rate upro:local_number=PRICE" in result.stderr
    assert run(f"{line} --rate upro:local_number=5").exit_code == 0


def test_it_writes_a_file_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "added.json"
    assert run(f"prorate upro --on 2026-03-18 --add-agents 2 --output {path}").stdout == ""
    assert json.loads(path.read_text())["due_now"] == "63.22"


WRONG_REQUESTS = [
    ("prorate upro --on 2026-03-18", "nothing to add"),
    ("prorate upro --on 2026-03-18 --add-agents 0 --add-numbers 0", "nothing to add"),
    ("prorate upro --add-agents 2", "Missing option '--on'"),
    ("prorate upro --on 2026-02-29 --add-agents 2", "write a day that exists"),
    ("prorate upro --on 2026-03-18 --add-agents -2", "a quantity is never negative"),
    ("prorate upr --on 2026-03-18 --add-agents 2", "Did you mean uPro?"),
    ("prorate upro --on 2026-03-18 --add-agents 2 --discount all=101%", "goes up to 100%"),
    ("prorate upro --on 2026-03-18 --add-agents 2 --output a.csv", "no form goes with"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS, ids=[line for line, _ in WRONG_REQUESTS])
def test_a_wrong_request_is_refused(run: Run, line: str, said: str) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_an_addition_whose_price_depends_on_what_there_is_already_is_refused(
    run: Run, tmp_path: Path
) -> None:
    card = tmp_path / "sheet.yaml"
    block = "local_number: {model: package, block: 10, price: 40, source: sheet, wording: w}"
    card.write_text(f"plan: uPro\n{OWN_SOURCE}prices:\n  {block}\n", "utf-8")

    result = run(f"prorate upro --add-numbers 3 --on 2026-03-18 --rates {card}")

    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr.splitlines()[0]
        == "Error: not priced by the unit alone: Local phone numbers on uPro, 40.00 for 10"
    )
    assert run(f"prorate upro --add-agents 1 --on 2026-03-18 --rates {card}").exit_code == 0
