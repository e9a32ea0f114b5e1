"""`aloware quote` with plan groups, on the command line and in scenarios."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import repriced
from conftest import Run, validator

QUOTE = "quote ipro --agents 5 + xpro --agents 3 --minutes 25k"
TABLE = """\
iPro and xPro, monthly term, USD

Recurring charges           Quantity × price  Monthly  Quarterly      Annual
────────────────────────────────────────────────────────────────────────────
iPro
Licenses                           5 × 40.00   200.00     600.00    2,400.00
iPro total                                     200.00     600.00    2,400.00
────────────────────────────────────────────────────────────────────────────
xPro
Licenses                           3 × 90.00   270.00     810.00    3,240.00
Automated outbound minutes     25,000 × 0.02   500.00   1,500.00    6,000.00
xPro total                                     770.00   2,310.00    9,240.00
────────────────────────────────────────────────────────────────────────────
Total                                         $970.00  $2,910.00  $11,640.00
"""
#: Every section, with two groups on one plan.
EVERYTHING = (
    "quote upro -a 5 -n 2 -s 10k --start 2026-12-23 --carrier-fees --discount license=10% "
    "+ upro -a 3 --brand standard --campaigns 1 -s 20k --discount license=50% "
    "+ xpro -a 1 --prospect Acme --credits 500 --rate sms=0.02"
)
EVERY_SECTION = """\
Recurring charges         Quantity × net price  Monthly  Quarterly      Annual
──────────────────────────────────────────────────────────────────────────────
uPro 1
Licenses                      5 × 63.00 (-10%)   315.00     945.00    3,780.00
Local phone numbers                   2 × 5.00    10.00      30.00      120.00
Automated texts                 10,000 × 0.015   150.00     450.00    1,800.00
uPro 1 total                                     475.00   1,425.00    5,700.00
──────────────────────────────────────────────────────────────────────────────
uPro 2
Licenses                      3 × 35.00 (-50%)   105.00     315.00    1,260.00
A2P campaign maintenance             1 × 10.00    10.00      30.00      120.00
Automated texts                 20,000 × 0.015   300.00     900.00    3,600.00
uPro 2 total                                     415.00   1,245.00    4,980.00
──────────────────────────────────────────────────────────────────────────────
xPro
Licenses                      1 × 81.00 (-10%)    81.00     243.00      972.00
xPro total                                        81.00     243.00      972.00
──────────────────────────────────────────────────────────────────────────────
Total                                           $971.00  $2,913.00  $11,652.00
You save                                        $149.00    $447.00   $1,788.00
"""
UNPRICED = "quote upro -s 10 + ipro -s 10 --allow-unpriced"
FORMATS = ("table", "json", "csv", "markdown", "html", "text")
SCENARIO = """\
prospect: Northwind
discount: {license: 10%}
groups:
  - name: Support
    plan: ipro
    agents: 5
  - name: Sales
    plan: xpro
    agents: 3
    discount: {license: 20%}
"""


def test_table_has_a_subtotal_for_each_group(run: Run) -> None:
    assert run(QUOTE).stdout.startswith(f"{TABLE}\nAssumptions\n")


def test_groups_show_every_section(run: Run) -> None:
    shown = run(EVERYTHING).stdout
    assert EVERY_SECTION in shown
    due = shown.partition("Due now\n")[2].partition("\n\n")[0]
    rows = [" ".join(line.split()) for line in due.splitlines()]
    # 9 of 31 days: 63.00 is 18.29, 5.00 is 1.45, 35.00 is 10.16, 10.00 is 2.90, 81.00 is 23.52.
    assert rows == [
        "uPro 1",
        "Licenses 5 × 18.29 91.45",
        "Local phone numbers 2 × 1.45 2.90",
        "uPro 1 first invoice 94.35",
        "uPro 2",
        "Licenses 3 × 10.16 30.48",
        "A2P campaign maintenance 1 × 2.90 2.90",
        "uPro 2 first invoice 33.38",
        "xPro",
        "Licenses 1 × 23.52 23.52",
        "xPro first invoice 23.52",
        "First invoice, December 23 to 31 (9 of 31 days) $151.25",
        "Prepaid credits (cover the one-time fees) 500.00",
        "Due now $651.25",
        "Next invoice on January 1, 2027 $521.00",
    ]


@pytest.mark.parametrize(
    ("total", "printed"),
    [
        ("monthly", "970.00"),
        ("quarterly", "2910.00"),
        ("annual", "11640.00"),
        ("one_time", "0.00"),
        ("first_year", "11640.00"),
        ("per_agent", "121.25"),
    ],
)
def test_total_is_that_of_all_groups(run: Run, total: str, printed: str) -> None:
    assert run(f"{QUOTE} --total {total}").stdout == f"{printed}\n"


def test_total_due_now_needs_a_first_invoice_of_each_group(run: Run) -> None:
    for own in ("--start 2026-12-24", "--term annual --rate agents=80"):
        line = f"quote ipro -a 5 --start 2026-12-23 + xpro -a 3 {own} --total due_now"
        assert "no total due_now: the quote has no first invoice" in run(line).stderr


def test_text_shows_each_first_invoice_if_there_is_no_sum(run: Run) -> None:
    line = "quote ipro -a 5 --start 2026-12-23 + xpro -a 3 --start 2026-12-24 --format text"
    # 5 x 11.61 and 3 x 23.23
    invoices = "iPro first invoice: $58.05. xPro first invoice: $69.69."
    assert run(line).stdout.splitlines()[2] == invoices


def test_rate_cards_of_any_group_replace_those_of_the_environment(run: Run, rates: Path) -> None:
    repriced(rates / "xpro.yaml", "90.00", "100.00")
    # Without the folder that `run` adds to --rates, these cards alone.
    line = f"quote ipro -a 5 + xpro -a 3 --rates={rates} --total monthly"
    assert run(line).stdout == "500.00\n"  # 5 x 40 + 3 x 100


@pytest.mark.parametrize(("limit", "exit_code"), [("970.00", 0), ("969.99", 1)])
def test_fail_over_checks_the_total_of_all_groups(run: Run, limit: str, exit_code: int) -> None:
    result = run(f"{QUOTE} --total monthly --fail-over {limit}")
    failed = f"check failed: monthly total $970.00 is over ${limit}\n"
    assert (result.exit_code, result.stderr) == (exit_code, failed if exit_code else "")


def test_max_age_checks_the_sources_of_all_groups(run: Run) -> None:
    line = "quote ipro -a 5 + upro -s 10 --as-of 2027-12-31 --max-age 30d --total monthly"
    result = run(line)
    assert result.stderr.startswith("check failed: 1 source is too old: billing-guide (")
    assert result.exit_code == 1


def test_a_missing_price_is_that_of_its_group(run: Run) -> None:
    result = run("quote upro -s 10 + ipro -s 10")
    assert result.stderr.startswith(
        "error: no published price for automated texts on iPro, monthly"
    )
    shown = run(UNPRICED).stdout
    rows = {" ".join(line.split()) for line in shown.splitlines()}
    assert {"uPro total 0.15 0.45 1.80", "iPro total ≥ 0.00 ≥ 0.00 ≥ 0.00"} <= rows
    assert "Total ≥ 0.15 ≥ 0.45 ≥ 1.80" in rows


def test_json_holds_the_quote_of_each_group(run: Run) -> None:
    document = json.loads(run(f"{QUOTE} --format json").stdout)
    validator("proposal").validate(document)
    for group, line in zip(document["groups"], ("ipro -a 5", "xpro -a 3 -m 25k"), strict=True):
        assert group["quote"] == json.loads(run(f"quote {line} --format json").stdout)
    assert [(each["name"], each["plan"]) for each in document["groups"]] == [
        ("iPro", "iPro"),
        ("xPro", "xPro"),
    ]
    assert document["totals"]["monthly"] == "970.00"


@pytest.mark.parametrize(
    "quote", [QUOTE, EVERYTHING, "quote upro -s 1 + ipro -s 2 --allow-unpriced"]
)
@pytest.mark.parametrize("form", ["--explain", *(f"--format {form}" for form in FORMATS)])
def test_render_writes_bytes_of_groups(run: Run, tmp_path: Path, quote: str, form: str) -> None:
    saved = tmp_path / "groups.json"
    assert run(f"{quote} --output {saved}").exit_code == 0
    result = run(f"render {saved} {form}")
    assert (result.stdout, result.exit_code) == (run(f"{quote} {form}").stdout, 0)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_groups_and_totals(run: Run, form: str) -> None:
    printed = run(f"{EVERYTHING} --format {form}").stdout
    total = "11652.00" if form in {"json", "csv"} else "11,652.00"
    assert all(text in printed for text in ("uPro 1", "uPro 2", "xPro", total))


def test_csv_rows_of_groups_add_up(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run(f"{EVERYTHING} --format csv").stdout)))
    for column in ("monthly", "quarterly", "annual"):
        items = [row for row in rows if row["section"] in {"subscription", "usage"}]
        charges = sum(Decimal(row[column]) for row in items)
        subtotals = sum(Decimal(row[column]) for row in rows if row["section"] == "group")
        total = next(row for row in rows if row["label"] == "Total")
        assert charges == subtotals == Decimal(total[column])
    plans = {(row["group"], row["plan"]) for row in rows}
    assert plans == {
        ("uPro 1", "uPro"),
        ("uPro 2", "uPro"),
        ("xPro", "xPro"),
        ("", "uPro and xPro"),
    }


def test_scenario_has_groups(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "northwind.yaml"
    file.write_text(SCENARIO)
    # 5 x 36.00 and 3 x 72.00
    assert run(f"quote --from {file} --total monthly").stdout == "396.00\n"
    # An option replaces what the file says for a group, too.
    assert run(f"quote --from {file} --discount license=0% --total monthly").stdout == "470.00\n"
    text = run(f"quote --from {file} --format text").stdout
    assert text.startswith(
        "Aloware iPro and xPro: 5 agents (Support: iPro); 3 agents (Sales: xPro), for Northwind\n"
    )
    written = run(f"quote --from {file} --format scenario").stdout
    again = run("quote --from - --format json", stdin=written.encode()).stdout
    assert (
        json.loads(again)["groups"]
        == json.loads(run(f"quote --from {file} --format json").stdout)["groups"]
    )


@pytest.mark.parametrize("quote", [QUOTE, EVERYTHING])
def test_saved_scenario_gives_the_same_quote(run: Run, quote: str) -> None:
    written = run(f"{quote} --format scenario").stdout
    again = run("quote --from - --total annual", stdin=written.encode())
    assert again.stdout == run(f"{quote} --total annual").stdout


def test_explain_shows_where_inputs_come_from(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "northwind.yaml"
    file.write_text(SCENARIO)
    shown = "".join(run(f"quote --from {file} --explain").stdout.split())
    assert f"agents:5,from{file}:6;" in shown
    assert f"discount.license:20%,from{file}:10" in shown


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("groups: []", "quote", "1:9: groups: expected a list, got an empty list"),
        ("groups:\n- agents: 3", "quote", "2:3: plan group 1 has no plan; add plan: ipro"),
        ("groups:\n- {plan: upr, agents: 3}", "quote", '2:10: plan: unknown plan "upr"; did you'),
        ("groups:\n- plan: upro", "quote", "2:3: nothing to price in plan group 1; add a quan"),
        (
            "agents: 3\ngroups:\n- {plan: upro, agents: 3}",
            "quote",
            "1:9: agents: conflicts with plan groups; move it into a group  [E-GROUPS]",
        ),
        (
            "groups:\n- {plan: upro, agents: 3, credits: 100}",
            "quote",
            "2:27: groups.credits: is common to all plan groups; move it out of groups",
        ),
        (
            "groups:\n- {plan: upro, agnets: 3}",
            "quote",
            "2:16: groups.agnets: unknown key; did you mean agents?",
        ),
        (
            "groups:\n- {name: A, plan: upro, agents: 3}\n- {name: a, plan: upro, agents: 3}",
            "quote",
            '3:10: another plan group is named "a"; give each group its own name',
        ),
        (
            "groups:\n- {plan: upro, agents: 3}",
            "quote -a 3",
            "--agents 3: conflicts with plan groups  [E-GROUPS]",
        ),
        (
            "groups:\n- {plan: upro, agents: 3}",
            "quote ipro",
            "PLAN: conflicts with plan groups  [E-GROUPS]",
        ),
        (
            "groups:\n- {plan: upro, agents: 3}",
            "quote upro -a 1 + ipro -a 3",
            "+ conflicts with the plan groups of the scenario  [E-GROUPS]",
        ),
        (
            "groups:\n- {plan: upro, agents: 3}",
            "compare",
            "acme.yaml: only aloware quote takes plan groups  [E-GROUPS]",
        ),
        (
            "groups:\n- {plan: upro, agents: 3}",
            "prorate --on 2026-03-18 --add-agents 1",
            "acme.yaml: only aloware quote takes plan groups  [E-GROUPS]",
        ),
    ],
)
def test_wrong_groups_are_rejected(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(text)
    name, _, further = line.partition(" + ")
    result = run(f"{name} --from acme.yaml --output x.json{f' + {further}' if further else ''}")
    assert message in result.stderr
    assert (result.stdout, result.exit_code in {2, 3}) == ("", True)
    assert not Path("x.json").exists()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (('"970.00"', '"971.00"'), 'groups.json: totals.monthly: got "971.00", the other'),
        (('"monthly": "200.00"', '"monthly": "1.00"'), "groups.json: groups.0.quote.lines.0."),
        (('"name": "iPro"', '"name": "uPro"'), "groups.json: sha256: hash mismatch"),
        (('"groups": [', '"group": ['), "groups.json: groups: missing key"),
    ],
)
def test_render_rejects_edited_groups(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edit: tuple[str, str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = Path("groups.json")
    run(f"{QUOTE} --output {saved}")
    saved.write_text(saved.read_text().replace(*edit))
    result = run("render groups.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert message in result.stderr


def test_diff_names_the_group_of_a_changed_price(run: Run, rates: Path) -> None:
    run(f"{EVERYTHING} --output groups.json")
    same = run("diff groups.json")
    assert (same.exit_code, same.stderr) == (0, "")
    repriced(rates / "xpro.yaml", "90.00", "100.00")
    result = run(f"diff groups.json --rates {rates / 'xpro.yaml'}")
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    # 10.00 more, less 10%; its first invoice too
    assert "Licenses (xPro) +9.00 +27.00 +108.00" in rows
    assert {"Old, xPro: Due now", "New, xPro: Due now"} <= {*rows}
    assert (result.exit_code, result.stderr) == (1, "the quotes differ\n")
