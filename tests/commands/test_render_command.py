"""`aloware render`: a saved quote re-rendered, byte for byte."""

import json
from pathlib import Path

import pytest
from card_files import repriced
from conftest import Run

QUOTES = [
    "quote upro -a 3 -n 10 -s 10000",
    "quote upro -a 3 -s 5000 --carrier-fees --credits 100 --start 2026-12-23 --min-agents 5",
    "quote ipro -a 3 -m 100 --allow-unpriced --term annual --discount all=12.5%",
    "quote xpro -a 1 --brand standard --campaigns 2 --rate numbers=3.5 -n 1 --carrier att=100%",
]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("form", ["", "--explain", "--format json", "--format table"])
def test_render_writes_bytes_of_quote(run: Run, tmp_path: Path, quote: str, form: str) -> None:
    saved = tmp_path / "acme.json"
    assert run(f"{quote} --output {saved}").exit_code == 0
    result = run(f"render {saved} {form}")
    assert (result.stdout, result.exit_code) == (run(f"{quote} {form}").stdout, 0)
    assert run("render -", stdin=saved.read_bytes()).stdout == run(quote).stdout


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


def test_render_reads_quote_of_comparison(run: Run) -> None:
    compared = json.loads(run("compare -a 3 -n 10 --format json").stdout)
    saved = json.dumps(compared["quotes"][1]).encode()
    assert run("render -", stdin=saved).stdout == run("quote upro -a 3 -n 10").stdout


@pytest.mark.parametrize(
    ("line", "exit_code", "message"),
    [
        ("render nowhere.json", 3, "cannot read nowhere.json: No such file or directory"),
        ("render acme.json", 3, 'acme.json: lines.0.annual: got "'),
        ("render acme.json --output a.doc", 2, "unsupported file type .doc"),
        ("render other.yaml", 3, "other.yaml:1:1: not JSON: Expecting value"),
    ],
)
def test_render_rejects_invalid_input(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    exit_code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    run("quote upro -a 3 --output acme.json")
    # the first figure of the year: 12 x 210.00
    text = Path("acme.json").read_text()
    Path("acme.json").write_text(text.replace("2520.00", "2521.00", 1))
    Path("other.yaml").write_text("plan: uPro\n")
    result = run(line)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert message in result.stderr
