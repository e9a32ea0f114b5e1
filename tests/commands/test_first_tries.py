"""What people type first gives the answer, or says what to type: `typed | exit code | phrase`."""

import shlex
from pathlib import Path

import pytest
from conftest import Run
from typer.testing import CliRunner

from aloware_cli.cli.app import app

NEXT = "use YYYY-MM-DD, for example 2026-12-23"
FILES = {
    "semicolons.csv": "id;plan;agents\nacme;upro;3\n",
    "users.csv": "id,plan,users,texts\nacme,upro,3,10k\n",
    "customers.xls": "PK",
    "acme.yaml": "agents: 5\n",
    "add.yaml": "plan: upro\nadd: {campaign_maintenance: 1}\n",
}
FIRST_TRIES = f"""
# a command or a plan by another name
upro --agents 3 | 2 | did you mean: aloware quote upro --agents 3?
plans | 2 | did you mean: aloware rates list?
prices | 2 | did you mean: aloware rates show?
check | 2 | for example: aloware check quotes/*.json --as-of today
quotes upro | 2 | did you mean: aloware quote upro?
help | 0 | aloware compare --agents 5 --numbers 10
help quote | 0 | Usage: aloware quote PLAN [OPTIONS]
help rates show | 0 | Usage: aloware rates show PLAN [OPTIONS]
version | 0 | aloware 0.1.0
rates show | 0 | Rate cards
# a quote without a plan, and several plans
quote --agents 5 --numbers 10 | 2 | name iPro, uPro or xPro first, or set plan in a scenario
quote --agents 5 --numbers 10 | 2 | or compare the plans: aloware compare --agents 5 --numbers 10
quote -a 1 --rate sms=0.02 | 2 | or compare the plans: aloware compare --agents 1 --rate sms=0.02
quote --from acme.yaml | 2 | or compare the plans: aloware compare --from acme.yaml
quote xpro upro -a 5 | 2 | to price several plans: aloware compare
quote --minutes 10k --plan xpro --total monthly | 0 | 200.00
compare upro xpro --agents 5 | 0 | Total per month           $350.00    $450.00
compare ipro,upro --agents 5 | 0 | Total per month           $200.00    $350.00
# options by other names
quote upro --users 5 --total monthly | 0 | 350.00
quote upro --seats 5 --total monthly | 0 | 350.00
quote upro --licenses 5 --total monthly | 0 | 350.00
quote upro --texts 10k --total monthly | 0 | 150.00
quote upro -a 1 --customer Acme | 0 | Customer  Acme
quote upro -a 1 --json | 0 | "schema": "aloware.quote/1"
quote upro -a 1 -o a.html | 0 |
quote upro --commit 20 | 2 | did you mean --min-agents?
quote upro --price 20 | 2 | did you mean --rate?
quote upro -a 1 --annual | 2 | did you mean --term annual?
quote upro -a 1 --html | 2 | did you mean --format html?
quote upro -a 1 --tax 8% | 2 | taxes are not included; add a line: --line "Estimated tax=32.80"
quote upro --agent 1 | 2 | did you mean --agents?
# discounts and supplied prices
quote upro -a 3 -n 2 --discount 10% --total monthly | 0 | 198.00
quote upro -a 3 -n 2 --discount plan=10% --total monthly | 0 | 199.00
quote upro -a 3 -n 2 --discount agents=10 --total monthly | 0 | 199.00
quote upro -a 3 --discount license | 2 | missing percentage
quote ipro --agents 5 --sms 2000 | 4 | supply the price (USD per segment): --rate sms=PRICE
quote ipro --agents 5 --sms 2000 | 4 | quote a lower bound: --allow-unpriced
sweep ipro xpro --vary numbers=0:9:1 --allow-unpriced | 2 | unknown option --allow-unpriced
breakeven ipro xpro --vary numbers --allow-unpriced | 2 | unknown option --allow-unpriced
# dates
quote upro -a 1 --start "Dec 23" | 2 | {NEXT}
quote upro -a 1 --start 12/23 | 2 | {NEXT}
quote upro -a 1 --start 23.12.2026 | 2 | {NEXT}
quote upro -a 1 --valid-days 30 | 2 | add --issued today, or --issued 2026-12-01
quote upro -a 1 --valid-days 30 --issued today | 0 | (30 days)
prorate upro --term annual --on 2026-03-18 --add-agents 1 | 2 | use --term monthly
# volumes
quote xpro --calls 25000 --call-length 45s --increment 60 | 0 | 25,000 × 0.02
quote xpro --calls 25000 --call-length 2m30s --increment 60 | 0 | 75,000 × 0.02
quote xpro --calls 25000 --call-length 45s | 2 | for example: --increment 60
quote xpro --calls 25000 | 2 | add --call-length TIME, for example: --call-length 45s
quote upro -a 1.0000000000000000000000000000001k | 2 | not a whole number
quote upro --add number_lookup=1 | 0 | < 0.01
quote upro -s 10k --credits 1500000 | 0 | 300,000 days
quote upro -a 1 --fail-over 1500000 --total monthly | 0 | 70.00
quote --from add.yaml --campaigns 3 --total monthly | 0 | 30.00
quote upro --brand standard --campaigns 2 | 0 | Total one-time fees                                             $144.00
quote upro --brand standard --add campaign_maintenance=2 | 0 | Total one-time fees                                             $144.00
sweep upro --sms 10k --vary sms=0:20k:5k | 0 | --vary sms replaces --sms 10k.
# explanations
explain upro | 0 | uPro rate card, USD
explain upro sms | 0 | 0.015 per segment, published
explain sms | 0 | xPro      not published; supply it with --rate xpro:automated_sms=PRICE
# files
quote upro -a 3 --seller us.yaml | 2 | add --format html, pdf or markdown
quote upro -a 3 --sources | 2 | add --format html, pdf or markdown, or use --explain for a table
quote upro -a 3 --format html --seller us.yaml | 3 | cannot read us.yaml: No such file or directory
quote upro -a 3 --total monthly --output q.json | 2 | --total prints one number
quote upro -a 3 --output folder/ | 2 | a folder, not a file
batch semicolons.csv | 0 | acme,upro,3,ok,210.00
batch users.csv | 0 | acme,upro,3,10k,ok,360.00
batch customers.xls | 2 | save it as .xlsx or CSV and use that file
"""  # noqa: E501
ROWS = [line for line in FIRST_TRIES.strip().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS, ids=[row.rpartition(" | ")[0] for row in ROWS])
def test_first_try(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        Path(name).write_text(content, "utf-8")
    typed, exit_code, phrase = (part.strip() for part in f"{row} ".split(" | "))
    run("version")  # sets the environment
    result = CliRunner().invoke(app, shlex.split(typed), prog_name="aloware")
    assert result.exit_code == int(exit_code)
    assert phrase in result.output
