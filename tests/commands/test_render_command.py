"""`aloware render`: a saved quote re-rendered byte for byte, and rejected if it was edited."""

import json
from pathlib import Path

import pytest
from card_files import repriced
from conftest import Run

LINES = '--line "Onboarding=500 once" --line "Premium support=99"'
RANGE = (
    "quote upro -a 3/5/8 --min-agents 4 -s 0/10k/20k --start 2026-12-23 --credits 500 "
    "--brand standard --campaigns 0/1/2 --carrier-fees --discount 10% --add number_lookup=1/2/3"
)
FIRST = "quote upro -a 5 -n 2 -s 10k --start 2026-12-23 --carrier-fees --discount license=10%"
QUOTES = [
    "quote upro -a 3 -n 10 -s 10000",
    "quote upro -a 3 -s 5000 --carrier-fees --credits 100 --start 2026-12-23 --min-agents 5",
    "quote ipro -a 3 -m 100 --allow-unpriced --term annual --discount all=12.5%",
    "quote xpro -a 1 --brand standard --campaigns 2 --rate numbers=3.5 -n 1 --carrier att=100%",
    f"quote upro -a 3 {LINES}",
    "quote ipro --agents 5 + xpro --agents 3 --minutes 25k",
    f"{FIRST} + upro -a 3 --brand standard --campaigns 1 -s 20k + xpro -a 1 --credits 500 -m 5",
    "quote upro -s 1 + ipro -s 2 --allow-unpriced",
    "quote upro -a 3 -s 5k/10k/20k",
    RANGE,
    "quote ipro -a 5 + xpro -a 3/4/5 -m 10k/25k/50k",
    f"{RANGE} + ipro -a 1/2/3",
    f"quote upro -a 3 {LINES} -s 1k/2k/3k --start 2026-12-23 --credits 100",
]
FORMATS = ("table", "json", "csv", "markdown", "html", "text")


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("form", ["--explain", *(f"--format {form}" for form in FORMATS)])
def test_render_writes_bytes_of_quote(run: Run, tmp_path: Path, quote: str, form: str) -> None:
    saved = tmp_path / "acme.json"
    assert run(f"{quote} --output {saved}").exit_code == 0
    result = run(f"render {saved} {form}")
    assert (result.stdout, result.exit_code) == (run(f"{quote} {form}").stdout, 0)


def test_render_reads_no_cards(run: Run, rates: Path) -> None:
    run(f"quote upro -a 3 --rates {rates} --output acme.json")
    repriced(rates / "upro.yaml", "70.00", "80.00")
    assert "210.00" in run("render acme.json").stdout
    assert run(f"quote upro -a 3 --rates {rates} --total monthly").stdout == "240.00\n"


def test_render_writes_files_as_quote_does(run: Run, tmp_path: Path) -> None:
    one, two, text = (tmp_path / name for name in ("one.json", "two.json", "one.txt"))
    run(f"{QUOTES[0]} --output {one}")
    assert run(f"render {one} --output {two}").stdout == ""
    assert two.read_bytes() == one.read_bytes()
    assert run(f"render {one} --output {two}").exit_code == 3
    assert run(f"render {one} --output {two} --force").exit_code == 0
    run(f"render {one} --output {text}")
    assert text.read_text("utf-8").startswith("uPro, monthly term, USD\n")


def test_render_reads_quote_of_comparison_from_stdin(run: Run) -> None:
    compared = json.loads(run("compare -a 3 -n 10 --format json").stdout)
    saved = json.dumps(compared["quotes"][1]).encode()
    assert run("render -", stdin=saved).stdout == run("quote upro -a 3 -n 10").stdout


ONE, GROUPS, CASES = QUOTES[0], QUOTES[5], QUOTES[8]


@pytest.mark.parametrize(
    ("quote", "old", "new", "problem"),
    [
        (ONE, '"4920.00"', '"4921.00"', 'totals.annual: got "4921.00", the other'),
        (GROUPS, '"970.00"', '"971.00"', 'totals.monthly: got "971.00", the other'),
        (GROUPS, '"monthly": "200.00"', '"monthly": "1.00"', "groups.0.quote.lines.0."),
        (GROUPS, '"name": "iPro"', '"name": "uPro"', "sha256: hash mismatch"),
        (GROUPS, '"groups": [', '"group": [', "groups: missing key"),
        (CASES, '"510.00"', '"511.00"', 'totals.high.monthly: got "511.00", the other'),
        (CASES, '"monthly": "150.00"', '"monthly": "1.00"', "quotes.expected.lines.1."),
        (CASES, '"aloware.range/1"', '"aloware.range/2"', '"aloware.range/2" is not a quote'),
        (CASES, '"expected": {', '"expect": {', "totals.expected: missing key"),
    ],
)
def test_render_rejects_edited_quote(
    run: Run, quote: str, old: str, new: str, problem: str
) -> None:
    saved = run(f"{quote} --format json").stdout.replace(old, new)
    result = run("render -", stdin=saved.encode())
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith((f"stdin: {problem}", f"error: stdin: {problem}"))
