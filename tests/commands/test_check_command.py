"""`aloware check`: what has become of saved quotes."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from card_files import OVERLAY
from conftest import Run, validator

#: The price sheet of card_files: 10,000 texts at 0.012 in place of 0.015 are 30.00 less a month.
SHEET = "sheet.yaml"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Stand beside a price sheet and a folder with two saved quotes."""
    monkeypatch.chdir(tmp_path)
    Path("quotes").mkdir()
    Path(SHEET).write_text(OVERLAY)
    dates = "--issued 2026-12-01 --valid-days 30"  # until 2026-12-31
    save(run, "acme", f"-a 3 -s 10000 --prospect Acme --number Q-1 {dates}")
    save(run, "globex", "-a 2 --number Q-2")


def save(run: Run, name: str, options: str) -> None:
    line = f"quote upro {options} -o quotes/{name}.json"
    assert run(line).exit_code == 0


def states(run: Run, line: str) -> dict[str, list[str]]:
    """Return the states of each file in the JSON that `line` prints, which must fit its schema."""
    found = json.loads(run(f"{line} --format json").stdout)
    validator("check").validate(found)
    return {Path(saved["file"]).stem: saved["states"] for saved in found["quotes"]}


def saved_quote(run: Run, line: str, name: str) -> dict[str, Any]:
    found = json.loads(run(f"{line} --format json").stdout)
    return next(saved for saved in found["quotes"] if saved["file"] == f"quotes/{name}.json")


def test_check_lists_valid_quotes(run: Run) -> None:
    result = run("check quotes --as-of 2026-12-31")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "2 saved quotes: 2 valid\n"
        "\n"
        "                    Number  Valid until  Monthly  Change  State\n"
        "───────────────────────────────────────────────────────────────\n"
        "quotes/acme.json    Q-1     2026-12-31    360.00    0.00  valid\n"
        "quotes/globex.json  Q-2                   140.00    0.00  valid\n"
    )


def test_check_says_what_needs_attention_and_why(run: Run) -> None:
    text = Path("quotes/acme.json").read_text()
    Path("quotes/edited.json").write_text(text.replace("2520.00", "2500.00"))
    Path("quotes/notes.json").write_text("{}")
    save(run, "twin", "-a 1 -s 10000 --brand standard --number Q-2")
    result = run(f"check quotes --as-of 2027-01-01 --rates {SHEET}")
    assert (result.exit_code, result.stderr) == (
        1,
        "check failed: 5 saved quotes need attention\n",
    )
    assert result.stdout == (
        "5 saved quotes: 1 expired, 2 repriced, 2 duplicate, 1 altered, 1 not a quote\n"
        "\n"
        "                    Number  Valid until  Monthly  Change  State\n"
        "─────────────────────────────────────────────────────────────────────────────\n"
        "quotes/acme.json    Q-1     2026-12-31    360.00  -30.00  expired, repriced\n"
        "quotes/edited.json                                        altered\n"
        '  lines.0.annual: got "2500.00", the other keys give "2520.00"\n'
        "quotes/globex.json  Q-2                   140.00    0.00  duplicate\n"
        "  The same number is in quotes/twin.json\n"
        "quotes/notes.json                                         not a quote\n"
        "  not a saved quote\n"
        "quotes/twin.json    Q-2                   220.00  -30.00  repriced, duplicate\n"
        "  The same number is in quotes/globex.json\n"
        "\n"
        "To see which prices changed, run aloware diff with the file.\n"
    )


def test_check_without_a_day_does_not_check_validity(run: Run) -> None:
    save(run, "old", "-a 1 --issued 2001-01-01 --valid-days 1")
    result = run("check quotes")
    assert result.exit_code == 0
    assert result.stdout.endswith("\nValidity is not checked. To check it, add --as-of today.\n")
    assert states(run, "check quotes")["old"] == ["valid"]
    assert states(run, "check quotes --as-of today")["old"] == ["expired"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--as-of 2026-12-31", ["valid"]),
        ("--as-of 2027-01-01", ["expired"]),
        (f"--rates {SHEET}", ["repriced"]),
        (f"--as-of 2027-01-01 --rates {SHEET}", ["expired", "repriced"]),
        ("--as-of 2000-01-01", ["unpriced"]),
    ],
)
def test_check_states(run: Run, options: str, expected: list[str]) -> None:
    assert states(run, f"check quotes/acme.json {options}") == {"acme": expected}


def test_check_json_has_both_totals(run: Run) -> None:
    assert saved_quote(run, f"check quotes --rates {SHEET}", "acme") == {
        "file": "quotes/acme.json",
        "states": ["repriced"],
        "number": "Q-1",
        "prospect": "Acme",
        "plan": "uPro",
        "term": "monthly",
        "issued": "2026-12-01",
        "valid_until": "2026-12-31",
        "old": {"monthly": "360.00", "quarterly": "1080.00", "annual": "4320.00",
                "one_time": "0.00", "at_least": False},
        "new": {"monthly": "330.00", "quarterly": "990.00", "annual": "3960.00",
                "one_time": "0.00", "at_least": False},
        "difference": {"monthly": "-30.00", "quarterly": "-90.00", "annual": "-360.00",
                       "one_time": "0.00"},
        "duplicate": None,
        "code": None,
        "message": None,
    }  # fmt: skip


def test_check_csv_has_one_row_for_each_file(run: Run) -> None:
    Path("quotes/notes.json").write_text("[]")
    rows = [*csv.DictReader(io.StringIO(run(f"check quotes --rates {SHEET} --format csv").stdout))]
    assert [[row["file"], row["states"], row["difference.monthly"]] for row in rows] == [
        ["quotes/acme.json", "repriced", "-30.00"],
        ["quotes/globex.json", "valid", "0.00"],
        ["quotes/notes.json", "invalid", ""],
    ]
    assert (rows[2]["code"], rows[2]["message"]) == (
        "E-QUOTE-FILE",
        "not a saved quote",
    )


def test_check_reports_a_finding_for_each_cause(run: Run) -> None:
    save(run, "twin", "-a 1 --number Q-2")
    Path("quotes/notes.json").write_text("[]")
    line = f"check quotes --as-of 2027-01-01 --rates {SHEET}"
    assert run(f"{line} --format markdown").stdout == (
        "### aloware check: failed\n"
        "\n"
        "4 saved quotes: 1 expired, 1 repriced, 2 duplicate, 1 not a quote.\n"
        "\n"
        "| Finding | Location | Code |\n"
        "| :-- | :-- | :-- |\n"
        "| valid until 2026-12-31 | quotes/acme.json:1 | E-QUOTE-EXPIRED |\n"
        "| monthly total \\$360.00 -\\> \\$330.00 | quotes/acme.json:1 | E-DIFFERS |\n"
        "| number Q-2 is also in quotes/twin.json | quotes/globex.json:1 | E-DUPLICATE |\n"
        "| not a saved quote | quotes/notes.json:1 | E-QUOTE-FILE |\n"
        "| number Q-2 is also in quotes/globex.json | quotes/twin.json:1 | E-DUPLICATE |\n"
    )
    assert run(f"{line} --format github").stdout.splitlines()[1] == (
        "::error file=quotes/acme.json,line=1,title=aloware check::"
        "monthly total $360.00 -> $330.00  [E-DIFFERS]"
    )
    suite = '<testsuite name="aloware check" tests="4" failures="4" errors="0" skipped="0">'
    assert suite in run(f"{line} --format junit").stdout


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ("quotes/acme.json", ["acme"]),
        ("quotes", ["acme", "globex"]),
        ("quotes/*.json", ["acme", "globex"]),
        ("**/a*.json", ["acme"]),
        ("quotes/globex.json quotes", ["globex", "acme"]),
    ],
)
def test_check_finds_files_folders_and_patterns(run: Run, paths: str, expected: list[str]) -> None:
    assert [*states(run, f"check {paths}")] == expected


def test_check_reads_stdin(run: Run) -> None:
    result = run("check -", Path("quotes/acme.json").read_bytes())
    assert result.exit_code == 0
    assert "stdin  Q-1" in result.stdout


def test_check_lists_quote_with_missing_carrier(run: Run, rates: Path) -> None:
    save(run, "mix", "-s 100 --carrier att=100%")
    text = (rates / "carriers.yaml").read_text()
    (rates / "carriers.yaml").write_text(text.replace("att:", "attt:"))
    saved = saved_quote(run, f"check quotes --rates {rates}", "mix")
    assert (saved["states"], saved["code"]) == (["unpriced"], "E-CARRIER")
    assert saved["message"] == "the rate cards have no fees for: att"


def test_rates_diff_shows_affected_quotes(run: Run) -> None:
    save(run, "initech", "-a 1 -s 1000")
    Path("quotes/notes.json").write_text("{}")
    result = run(f"rates diff bundled {SHEET} --quotes quotes")
    assert (result.exit_code, result.stderr) == (1, "1 price differs\n")
    # 10,000 and 1,000 texts at 0.012 in place of 0.015
    assert result.stdout.partition("\n\n")[2].partition("\n\n")[2] == (
        "Saved quotes, per month      Old      New  Difference\n"
        "─────────────────────────────────────────────────────\n"
        "quotes/acme.json (Acme)   360.00   330.00      -30.00\n"
        "quotes/initech.json        85.00    82.00       -3.00\n"
        "quotes/notes.json\n"
        "  not a saved quote\n"
        "Total                    $445.00  $412.00     -$33.00\n"
        "\n"
        "2 of 4 saved quotes repriced.\n"
    )
    annotated = run(f"rates diff bundled {SHEET} --quotes quotes --format github").stdout
    title, code = "title=aloware rates diff", "  [E-DIFFERS]"
    assert annotated.splitlines()[1:] == [
        f"::warning file=quotes/acme.json,line=1,{title}::monthly total $360.00 -> $330.00{code}",
        f"::warning file=quotes/initech.json,line=1,{title}::monthly total $85.00 -> $82.00{code}",
        f"::warning file=quotes/notes.json,line=1,{title}::not a saved quote  [E-QUOTE-FILE]",
        f"::notice {title}::1 price differs",
    ]
    found = json.loads(run(f"rates diff bundled {SHEET} --quotes quotes --json").stdout)
    validator("changes").validate(found)
    assert [[saved["states"], saved["difference"]] for saved in found["quotes"][1:]] == [
        [["valid"], {**dict.fromkeys(("monthly", "quarterly", "annual", "one_time"), "0.00")}],
        [["repriced"], {"monthly": "-3.00", "quarterly": "-9.00", "annual": "-36.00",
                        "one_time": "0.00"}],
        [["invalid"], None],
    ]  # fmt: skip


def test_rates_diff_prices_quotes_with_both_cards_not_as_saved(run: Run, rates: Path) -> None:
    """The quotes were saved with other prices than either side has."""
    cheaper = rates / "upro.yaml"
    cheaper.write_text(cheaper.read_text().replace("price: 70", "price: 60").replace("$70", "$60"))
    found = json.loads(run("rates diff rates rates --quotes quotes --json").stdout)
    assert [saved["old"]["monthly"] for saved in found["quotes"]] == ["330.00", "120.00"]
    assert [saved["states"] for saved in found["quotes"]] == [["valid"], ["valid"]]


def test_rates_diff_lists_quote_that_old_cards_cannot_price(run: Run, rates: Path) -> None:
    save(run, "mix", "-s 100 --carrier att=100%")
    text = (rates / "carriers.yaml").read_text()
    (rates / "carriers.yaml").write_text(text.replace("att:", "attt:"))
    line = f"rates diff {rates} bundled --quotes quotes/mix.json"
    saved = saved_quote(run, line, "mix")
    assert (saved["states"], saved["new"], saved["code"]) == (["unpriced"], None, "E-CARRIER")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # 40.00 and 70.00, 10,000 texts at 0.015, then at 0.012
        ("quote ipro -a 1 + upro -a 1 -s 10000", ["iPro and uPro", None, "260.00", "230.00"]),
        # 70.00 and the expected 2,000 texts
        ("quote upro -a 1 -s 1000/2000/3000", ["uPro", "monthly", "100.00", "94.00"]),
        ("quote upro -a 1 -s 1000 --line Setup=25", ["uPro", "monthly", "110.00", "107.00"]),
    ],
)
def test_check_prices_groups_ranges_and_custom_lines(
    run: Run, options: str, expected: list[str]
) -> None:
    assert run(f"{options} -o quotes/it.json").exit_code == 0
    saved = saved_quote(run, f"check quotes --rates {SHEET}", "it")
    totals = [saved[side]["monthly"] for side in ("old", "new")]
    assert [saved["plan"], saved["term"], *totals] == expected
