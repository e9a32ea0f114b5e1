"""`aloware quote` with LOW/EXPECTED/HIGH quantities."""

import json
from pathlib import Path

import pytest
from conftest import Run, validator

QUOTE = "quote upro -a 3 -s 5k/10k/20k"
TABLE = """\
uPro, monthly term, USD

Per month              Low   Expected       High
────────────────────────────────────────────────
Licenses            210.00     210.00     210.00
Automated texts      75.00     150.00     300.00
  segments           5,000     10,000     20,000
────────────────────────────────────────────────
Total per month    $285.00    $360.00    $510.00
Total per year   $3,420.00  $4,320.00  $6,120.00
"""
#: Every section of a quote; the low quote has no texts and no campaign.
EVERYTHING = (
    "quote upro -a 3/5/8 --min-agents 4 -s 0/10k/20k --start 2026-12-23 --credits 500 "
    "--brand standard --campaigns 0/1/2 --carrier-fees --discount 10% --add number_lookup=1/2/3"
)
EVERY_SECTION = """\
Per month                                         Low   Expected       High
───────────────────────────────────────────────────────────────────────────
Licenses                                       189.00     315.00     504.00
  agents                                            3          5          8
Unused committed licenses (minimum 4)           63.00       0.00       0.00
  licenses                                          1          0          0
A2P campaign maintenance                         0.00      10.00      20.00
  campaigns                                         0          1          2
Automated texts                                  0.00     135.00     270.00
  segments                                          0     10,000     20,000
Number look-ups (LRN)                          < 0.01     < 0.01       0.01
  look-ups                                          1          2          3
───────────────────────────────────────────────────────────────────────────
Total per month                               $252.00    $460.00    $794.01
Total per year                              $3,024.00  $5,520.00  $9,528.12
You save per month                             $28.00     $50.00     $86.00
You save per year                             $336.00    $600.00  $1,032.00

Due now                                              Low  Expected     High
───────────────────────────────────────────────────────────────────────────
Licenses                                           54.87     91.45   146.32
Unused committed licenses (minimum 4)              18.29      0.00     0.00
A2P campaign maintenance                            0.00      2.90     5.80
First invoice, December 23 to 31 (9 of 31 days)   $73.16    $94.35  $152.12
Prepaid credits (cover the one-time fees)         500.00    500.00   500.00
Due now                                          $573.16   $594.35  $652.12
Next invoice on January 1, 2027                  $252.00   $325.00  $524.00

One-time fees                                     Low   Expected       High
───────────────────────────────────────────────────────────────────────────
A2P standard brand registration                 44.00      44.00      44.00
A2P campaign activation                          0.00      50.00     100.00
  campaigns                                         0          1          2
Total one-time fees                            $44.00     $94.00    $144.00
First year, with one-time fees              $3,068.00  $5,614.00  $9,672.12

Carrier fees, not in the totals, per month            Low  Expected    High
───────────────────────────────────────────────────────────────────────────
Carrier fees, lowest                                 0.00     30.00   60.00
Carrier fees, highest                                0.00     50.00  100.00

Prepaid credits                     Low          Expected              High
───────────────────────────────────────────────────────────────────────────
Balance                         $500.00           $500.00           $500.00
Remaining after one-time fees    456.00            406.00            356.00
Monthly top-up                    $0.00           $185.00           $370.01
Lasts                                    at least 65 days  at least 28 days
"""
#: 5 x 40.00, and 3 to 5 x 90.00 with minutes at 0.02.
GROUPS = "quote ipro -a 5 + xpro -a 3/4/5 -m 10k/25k/50k"
TABLE_OF_GROUPS = """\
iPro and xPro, monthly term, USD

Per month                         Low    Expected        High
─────────────────────────────────────────────────────────────
iPro
Licenses                       200.00      200.00      200.00
iPro total                     200.00      200.00      200.00
─────────────────────────────────────────────────────────────
xPro
Licenses                       270.00      360.00      450.00
  agents                            3           4           5
Automated outbound minutes     200.00      500.00    1,000.00
  minutes                      10,000      25,000      50,000
xPro total                     470.00      860.00    1,450.00
─────────────────────────────────────────────────────────────
Total per month               $670.00   $1,060.00   $1,650.00
Total per year              $8,040.00  $12,720.00  $19,800.00
"""
FORMATS = ("table", "json", "csv", "markdown", "html", "text")


def test_table_has_a_column_for_each_case(run: Run) -> None:
    assert run(QUOTE).stdout.startswith(f"{TABLE}\nNot included\n")


def test_range_shows_every_section(run: Run) -> None:
    shown = run(EVERYTHING).stdout
    assert shown.startswith(f"uPro, monthly term, USD\n\n{EVERY_SECTION}\nNot included\n")


def test_plan_groups_have_a_column_for_each_case(run: Run) -> None:
    assert run(GROUPS).stdout.startswith(f"{TABLE_OF_GROUPS}\n")
    rows = run(f"{GROUPS} --format csv").stdout.splitlines()
    assert rows[0] == "section,plan,charge,label,low,expected,high,group"
    assert rows[3] == "group,xPro,license,Licenses,270.00,360.00,450.00,xPro"
    assert rows[-1] == "total,iPro and xPro,,Total per year,8040.00,12720.00,19800.00,"


def test_notes_are_those_on_the_expected_quantities(run: Run) -> None:
    notes = " ".join(run(QUOTE).stdout.partition("Not included")[2].split())
    assert "- Expected: Carrier fees for texts, about $30.00 to $50.00 a month" in notes
    assert "about $15.00" not in notes
    lasting = run(f"{QUOTE} --credits 500 --start 2026-12-23").stdout
    assert lasting.count("It reaches zero") == lasting.count("- Expected: The prepaid balance") == 1
    # What only the low quote has: licenses below the minimum.
    low = "Low: 10% discount applied to: Licenses, Unused committed licenses (minimum 4), Number"
    assert low in " ".join(run(EVERYTHING).stdout.split())


@pytest.mark.parametrize(
    ("total", "printed"),
    [
        # 3 x 70.00 + 5,000, 10,000 and 20,000 x 0.015
        ("monthly", "285.00\n360.00\n510.00\n"),
        ("annual", "3420.00\n4320.00\n6120.00\n"),
        ("per_agent", "95.00\n120.00\n170.00\n"),
    ],
)
def test_total_prints_a_line_for_each_case(run: Run, total: str, printed: str) -> None:
    assert run(f"{QUOTE} --total {total}").stdout == printed


def test_total_of_plan_groups_prints_a_line_for_each_case(run: Run) -> None:
    assert run(f"{GROUPS} --total monthly").stdout == "670.00\n1060.00\n1650.00\n"
    written = run(f"{GROUPS} --format scenario").stdout.encode()
    again = run("quote --from - --total monthly", stdin=written)
    assert again.stdout == "670.00\n1060.00\n1650.00\n"


@pytest.mark.parametrize(("limit", "exit_code"), [("510.00", 0), ("509.99", 1), ("300.00", 1)])
def test_fail_over_checks_the_high_total(run: Run, limit: str, exit_code: int) -> None:
    result = run(f"{QUOTE} --total monthly --fail-over {limit}")
    failed = f"check failed: monthly total $510.00 is over ${limit}\n"
    assert (result.exit_code, result.stderr) == (exit_code, failed if exit_code else "")


def test_fail_over_checks_the_highest_total_of_volume_prices(run: Run, tmp_path: Path) -> None:
    """More texts may cost less: 5,000 x 0.015 is 75.00, 6,000 x 0.01 is 60.00."""
    (tmp_path / "volume.yaml").write_text(
        "plan: uPro\nsources: {x: {title: X, read_on: 2026-11-22}}\nprices:\n  automated_sms:\n"
        "    model: volume\n    tiers: [{up_to: 5000, price: 0.015}, {price: 0.01}]\n"
        "    source: x\n    wording: $0.015 up to 5,000, then $0.01\n"
    )
    line = f"quote upro -s 5k/6k/7k --rates {tmp_path / 'volume.yaml'} --total monthly"
    result = run(f"{line} --fail-over 74")
    assert result.stdout == "75.00\n60.00\n70.00\n"
    assert result.stderr == "check failed: monthly total $75.00 is over $74.00\n"


def test_json_holds_the_three_quotes(run: Run) -> None:
    document = json.loads(run(f"{QUOTE} --format json").stdout)
    validator("range").validate(document)
    for case, sms in (("low", 5000), ("expected", 10000), ("high", 20000)):
        alone = json.loads(run(f"quote upro -a 3 -s {sms} --format json").stdout)
        assert document["quotes"][case] == alone
        assert document["totals"][case] == alone["totals"]


@pytest.mark.parametrize("quote", [QUOTE, EVERYTHING, GROUPS, f"{EVERYTHING} + ipro -a 1/2/3"])
@pytest.mark.parametrize("form", ["--explain", *(f"--format {form}" for form in FORMATS)])
def test_render_writes_bytes_of_range(run: Run, tmp_path: Path, quote: str, form: str) -> None:
    saved = tmp_path / "range.json"
    assert run(f"{quote} --output {saved}").exit_code == 0
    result = run(f"render {saved} {form}")
    assert (result.stdout, result.exit_code) == (run(f"{quote} {form}").stdout, 0)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_totals(run: Run, form: str) -> None:
    printed = run(f"{QUOTE} --format {form}").stdout
    totals = ("3,420.00", "4,320.00", "6,120.00")
    if form in {"json", "csv"}:
        totals = ("3420.00", "4320.00", "6120.00")
    assert all(total in printed for total in totals)


def test_lower_bound_is_marked_in_its_columns(run: Run) -> None:
    printed = run("quote ipro -a 3 -s 0/10k/20k --allow-unpriced").stdout
    row = "Automated texts 0.00 n/p n/p"
    total = "Total per month $120.00 ≥ 120.00 ≥ 120.00"
    assert {row, total} <= {" ".join(line.split()) for line in printed.splitlines()}


def test_explain_shows_the_calculation_of_each_case(run: Run) -> None:
    printed = run(f"{QUOTE} --explain").stdout
    assert "  Low: 5,000 × 0.015 = $75.00 a month\n".replace("×", "x") in printed
    assert "  High: 20,000 x 0.015 = $300.00 a month\n" in printed
    assert "  3 x 70.00 = $210.00 a month\n" in printed


def test_csv_has_a_row_for_each_figure(run: Run) -> None:
    assert run(f"{QUOTE} --format csv").stdout == (
        "section,plan,charge,label,low,expected,high\n"
        "recurring,uPro,license,Licenses,210.00,210.00,210.00\n"
        "recurring,uPro,automated_sms,Automated texts,75.00,150.00,300.00\n"
        "recurring,uPro,automated_sms,segments,5000,10000,20000\n"
        "total,uPro,,Total per month,285.00,360.00,510.00\n"
        "total,uPro,,Total per year,3420.00,4320.00,6120.00\n"
    )


def test_text_names_the_quantities(run: Run) -> None:
    first, second, *_ = run(f"{QUOTE} --format text").stdout.splitlines()
    assert first == "Aloware uPro: 3 agents, 5,000/10,000/20,000 automated texts"
    assert second == (
        "Total per month: $285.00 / $360.00 / $510.00; "
        "Total per year: $3,420.00 / $4,320.00 / $6,120.00 (low / expected / high)"
    )


def test_text_has_six_lines_with_every_total(run: Run) -> None:
    lines = run(f"{EVERYTHING} --format text").stdout.splitlines()
    assert len(lines) == 6
    assert lines[2].startswith("Due now: $573.16 / $594.35 / $652.12. ")
    assert " Carrier fees, highest: $0.00 / $50.00 / $100.00. " in lines[3]


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
        (
            "quote xpro --calls 100/200/300 --call-length 45s --increment 60s",
            "2.00 4.00 6.00",
        ),
    ],
)
def test_ranges_combine_with_files_and_conversions(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, monthly: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text("plan: uPro\nagents: 3\nadd: {local_number: 2/6/10}\n")
    Path("promo.txt").write_text("x" * 200)
    assert run(f"{line} --total monthly").stdout.split() == monthly.split()
    if "acme.yaml" in line:
        written = run(f"{line} --format scenario").stdout
        assert run("quote --from - --total monthly", stdin=written.encode()).stdout.split() == (
            monthly.split()
        )


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (('"510.00"', '"511.00"'), 'range.json: totals.high.monthly: got "511.00", the other'),
        (('"monthly": "150.00"', '"monthly": "1.00"'), "range.json: quotes.expected.lines.1."),
        (('"aloware.range/1"', '"aloware.range/2"'), '"aloware.range/2" is not a quote'),
        (('"expected": {', '"expect": {'), "range.json: totals.expected: missing key"),
    ],
)
def test_render_rejects_an_edited_range(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edit: tuple[str, str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = Path("range.json")
    run(f"{QUOTE} --output {saved}")
    saved.write_text(saved.read_text().replace(*edit))
    result = run("render range.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert message in result.stderr


def test_render_rejects_a_range_of_different_plan_groups(run: Run) -> None:
    document = json.loads(run(f"{GROUPS} --format json").stdout)
    validator("range").validate(document)
    alone = json.loads(run("quote ipro -a 5 --format json").stdout)
    document["quotes"]["low"] = alone
    result = run("render -", stdin=json.dumps(document).encode())
    assert (result.exit_code, result.stdout) == (3, "")
    assert "stdin: quotes: the plan groups differ  [E-QUOTE-EDITED]" in result.stderr


def test_diff_asks_for_one_of_the_quotes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(f"{QUOTE} --output range.json")
    result = run("diff range.json")
    assert result.stderr == (
        'error: range.json: "aloware.range/1" is not a quote  [E-QUOTE-FILE]\n'
        "hint: use one of its quotes: jq .quotes.expected range.json\n"
    )
    assert (result.exit_code, result.stdout) == (3, "")


def test_batch_rejects_a_range_in_a_cell(run: Run) -> None:
    result = run("batch -", stdin=b"plan,agents,sms\nupro,3,5/10/20\nupro,3,10\n")
    rows = result.stdout.splitlines()
    assert rows[1].endswith(
        '"sms: expected one quantity, got a range; use one, such as 10; '
        'only aloware quote takes a range  [E-RANGE]"'
    )
    assert rows[2].startswith("upro,3,10,ok,210.15,")
