"""`aloware quote` with LOW/EXPECTED/HIGH: laws across formats; `sessions/ranges.txt` shows it."""

import json
from pathlib import Path

import pytest
from conftest import Run, validator

QUOTE = "quote upro -a 3 -s 5k/10k/20k"


def test_notes_are_those_on_the_expected_quantities(run: Run) -> None:
    notes = " ".join(run(QUOTE).stdout.partition("Not included")[2].split())
    assert "- Expected: Carrier fees for texts, about $30.00 to $50.00 a month" in notes
    assert "about $15.00" not in notes
    lasting = run(f"{QUOTE} --credits 500 --start 2026-12-23").stdout
    assert lasting.count("It reaches zero") == lasting.count("- Expected: The prepaid balance") == 1
    # What only the low quote has: licenses below the minimum.
    below = run("quote upro -a 3/5/8 --min-agents 4 --discount 10%").stdout
    low = "Low: 10% discount applied to: Licenses, Unused committed licenses (minimum 4)"
    assert low in " ".join(below.split())


def test_json_has_the_three_quotes(run: Run) -> None:
    document = json.loads(run(f"{QUOTE} --format json").stdout)
    for case, sms in (("low", 5000), ("expected", 10000), ("high", 20000)):
        alone = json.loads(run(f"quote upro -a 3 -s {sms} --format json").stdout)
        assert document["quotes"][case] == alone
        assert document["totals"][case] == alone["totals"]


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html", "text"])
def test_every_format_has_the_totals(run: Run, form: str) -> None:
    printed = run(f"{QUOTE} --format {form}").stdout
    printed = printed if form in {"json", "csv"} else printed.replace(",", "")
    assert all(total in printed for total in ("3420.00", "4320.00", "6120.00"))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("line", "monthly"),
    [
        ("quote --from acme.yaml", "220.00 240.00 260.00"),
        ("quote --from acme.yaml -n 2", "220.00"),
        ("quote --from acme.yaml -a 1/2/3 -n 2", "80.00 150.00 220.00"),
        ("quote --from acme.yaml --add local_number=1/1/1", "215.00 215.00 215.00"),
        # 2 segments for 1,000, 2,000 and 3,000 recipients at 0.015
        ("quote upro --message promo.txt --recipients 1k/2k/3k", "30.00 60.00 90.00"),
        # begun minutes of 100, 200 and 300 calls at 0.02 each
        ("quote xpro --calls 100/200/300 --call-length 45s --increment 60s", "2.00 4.00 6.00"),
    ],
)
def test_ranges_combine_with_files_and_conversions(run: Run, line: str, monthly: str) -> None:
    Path("acme.yaml").write_text("plan: uPro\nagents: 3\nadd: {local_number: 2/6/10}\n")
    Path("promo.txt").write_text("x" * 200)
    assert run(f"{line} --total monthly").stdout.split() == monthly.split()
    if "acme.yaml" in line:
        written = run(f"{line} --format scenario").stdout.encode()
        again = run("quote --from - --total monthly", stdin=written)
        assert again.stdout.split() == monthly.split()


def test_render_rejects_a_range_of_different_plan_groups(run: Run) -> None:
    document = json.loads(run("quote ipro -a 5 + xpro -a 3/4/5 --format json").stdout)
    validator("range").validate(document)
    document["quotes"]["low"] = json.loads(run("quote ipro -a 5 --format json").stdout)
    result = run("render -", stdin=json.dumps(document).encode())
    assert (result.exit_code, result.stdout) == (3, "")
    assert "stdin: quotes: the plan groups differ  [E-QUOTE-EDITED]" in result.stderr
