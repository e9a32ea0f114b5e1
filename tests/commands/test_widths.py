"""Tables fit the width of the terminal, and never cut a figure."""

import pytest
from card_files import catalog
from conftest import Run

LINES = [
    "compare -a 3 -n 10 -s 10000",
    "compare -a 250 -n 1200 -s 1000000 -m 5k --agent-minutes 9 --toll-free-sms 3 --explain",
    "compare -a 3 --add secondary_vetting=1 --rate sms=0.01 -s 5 --term annual",
    "sweep ipro upro xpro -a 999 --vary numbers=0:1000000:250000",
    "rates show upro",
]
CHARGES = [
    f"explain {plan} {charge}" for plan, card in catalog().cards.items() for charge in card.charges
]


@pytest.mark.parametrize(
    ("line", "width"),
    [
        *((line, width) for line in LINES for width in ("60", "80", "120", "200")),
        *((line, "80") for line in CHARGES),
        ("prorate upro --on 2026-03-18 --add-agents 2 --discount license=10%", "80"),
        ("quote upro -s 10k --carrier-fees --credits 20 --brand standard --start 2026-12-01", "80"),
        ("quote ipro -s 1k --allow-unpriced --carrier att=100 --credits 1000", "80"),
    ],
)
def test_table_fits_width(run: Run, monkeypatch: pytest.MonkeyPatch, line: str, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = run(line).stdout.splitlines()
    assert max(map(len, lines)) <= int(width), "nothing is wider"
    assert len(lines) > 3


def test_narrow_table_cuts_no_figure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stdout = run("compare -a 1000000000 --rate license=1000000").stdout
    assert stdout.count("12,000,000,000,000,000.00") == 3
