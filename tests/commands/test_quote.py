"""`aloware quote`: options, prices and output."""

import json
from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run

OVERLAY = """\
plan: uPro
sources:
  offer: {title: Offer to Acme, read_on: 2026-11-20}
prices:
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""


@pytest.mark.parametrize(
    ("flags", "monthly"),
    [
        ("--agents 3", "210.00"),
        ("-a 3", "210.00"),
        ("--numbers 10", "50.00"),
        ("-n 10", "50.00"),
        ("--sms 10000", "150.00"),
        ("-s 10k", "150.00"),
        ("--sms 10,000", "150.00"),
        ("--agents 0 --sms 2.5k", "37.50"),
        ("--minutes 100 --rate automated_minutes=0.02", "2.00"),
        ("-m 100 --rate minutes=0.02", "2.00"),
        ("--agent-minutes 9 --inbound-minutes 9 --agent-sms 9 --inbound-sms 9", "0.00"),
        ("--toll-free-numbers 2 --rate toll_free_number=7", "14.00"),
        ("--toll-free-minutes 10 --rate toll-free-minutes=0.05", "0.50"),
        ("--toll-free-sms 10 --rate TOLL_FREE_SMS=0.05", "0.50"),
        ("--add local_number=1", "5.00"),
        ("--add campaign_maintenance=2 --add number_lookup=500", "21.00"),  # 20.00 + 1.00
        ("--agents 1 --add secondary_vetting=1", "70.00"),  # a fee paid once is not monthly
        ("--agents 3 --rate license=60", "180.00"),
        ("--agents 3 --rate license=60 --rate upro:license=50", "150.00"),
        ("--agents 3 --rate xpro:license=60", "210.00"),
        ("--agents 3 --rate license=60 --term annual", "180.00"),
        ("--agents 3 --min-agents 5", "350.00"),
        ("--min-agents 5", "350.00"),
        ("--agents 3 --discount license=10%", "189.00"),
        ("--agents 3 -n 10 --discount agents=10 --discount all=50%", "214.00"),  # 189 + 25
        ("--brand starter --campaigns 2", "20.00"),
        ("--brand standard --campaigns 2 --low-volume-campaigns 1", "22.00"),
    ],
)
def test_each_option_counts_once(run: Run, flags: str, monthly: str) -> None:
    result = run(f"quote upro {flags} --total monthly")
    assert (result.stdout, result.stderr, result.exit_code) == (f"{monthly}\n", "", 0)


@pytest.mark.parametrize("plan", ["upro", "uPro", "UPRO", "Upro"])
def test_plan_is_case_insensitive(run: Run, plan: str) -> None:
    assert run(f"quote {plan} -a 1 --total monthly").stdout == "70.00\n"


@pytest.mark.parametrize(
    ("period", "number"), [("monthly", "410.00"), ("quarterly", "1230.00"), ("annual", "4920.00")]
)
def test_total_prints_one_number(run: Run, period: str, number: str) -> None:
    assert run(f"quote upro -a 3 -n 10 -s 10000 --total {period}").stdout == f"{number}\n"


def test_unpublished_price_error_lists_every_option(run: Run) -> None:
    options = "--agents 3 --sms 100 --minutes 200 --toll-free-numbers 1 --term annual"
    result = run(f"quote ipro {options}")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.splitlines() == [
        (
            "error: no published price for licenses, toll-free phone numbers, automated texts and "
            "automated outbound minutes on iPro, annual term  [E-UNPUBLISHED]"
        ),
        "hint: supply the price (USD per agent): --rate agents=PRICE",
        "      supply the price (USD per number): --rate toll_free_numbers=PRICE",
        "      supply the price (USD per segment): --rate sms=PRICE",
        "      supply the price (USD per minute): --rate minutes=PRICE",
        f"      ask the vendor: aloware rates ask ipro {options}",
        "      quote a lower bound: --allow-unpriced",
        "      agent-sent local texts are included: --agent-sms N",
        "      agent-dialled local minutes are included: --agent-minutes N",
    ]


@pytest.mark.parametrize(
    ("flags", "number"),
    [
        ("--total monthly", "240.00"),  # 3 x 70.00 + 3 x 10.00 for campaigns
        ("--total one_time", "194.00"),  # 44.00 + 3 x 50.00
        ("--total first_year", "3074.00"),  # 12 x 240.00 + 194.00
        ("--total per_agent", "80.00"),
        ("--total due_now --start 2026-12-23", "263.66"),  # 3 x 20.32 + 3 x 2.90 + 194.00
        ("--total due_now --start 2026-12-23 --credits 200", "269.66"),  # 200.00 cover 194.00
    ],
)
def test_total_is_one_number(run: Run, flags: str, number: str) -> None:
    result = run(f"quote upro -a 3 --brand standard --campaigns 3 {flags}")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{number}\n", "")


def test_lower_bound_is_marked_in_every_format(run: Run) -> None:
    line = "quote ipro -a 5 --sms 2000 --allow-unpriced"
    table, number = run(line), run(f"{line} --total monthly")
    document = json.loads(run(f"{line} --format json").stdout)
    assert "2,000 × n/p" in table.stdout
    assert "≥ 200.00" in table.stdout
    assert (number.stdout, number.stderr) == (
        "200.00\n",
        "note: at least this amount; no price is published for automated texts\n",
    )
    assert (document["at_least"], document["unpriced"]) == (True, ["automated_sms"])
    assert {result.exit_code for result in (table, number)} == {0}


@pytest.mark.parametrize(
    ("flags", "exit_code", "expected"),
    [
        ("-a 3 --fail-over 210", 0, ""),
        ("-a 3 --fail-over 209.99", 1, "monthly total $210.00 is over $209.99\n"),
        ("-a 3 -m 1 --allow-unpriced --fail-over 200", 1, "at least $210.00 is over $200.00\n"),
        ("-a 3 -m 1 --allow-unpriced --fail-over 300", 4, "may be over $300.00"),
    ],
)
def test_fail_over_exits_1_above_amount(
    run: Run, flags: str, exit_code: int, expected: str
) -> None:
    result = run(f"quote upro {flags} --total monthly")
    assert result.stdout.endswith("210.00\n"), "the output comes first"
    assert result.exit_code == exit_code
    assert expected in result.stderr


def test_supplied_price_is_marked_in_every_format(run: Run) -> None:
    line = "quote ipro --sms 2000 --rate ipro:sms=0.02"
    table = run(line).stdout
    document = json.loads(run(f"{line} --format json").stdout)
    assert "2,000 × 0.02 (supplied)" in table
    assert "$0.02 was supplied for this quote." in table.replace("\n ", "")
    quoted = document["lines"][0]
    assert (quoted["status"], quoted["monthly"]) == ("supplied", "40.00")
    assert quoted["source"] == {
        "key": "supplied",
        "title": "Supplied on the command line",
        "url": None,
        "read_on": None,
        "dated": None,
        "copy": None,
        "wording": "--rate ipro:sms=0.02",
    }


@pytest.mark.parametrize(
    ("flags", "once", "first_year"),
    [
        # 44.00 and 3 campaigns x 50.00; 12 x (2 x 10.00 + 2.00) = 264.00
        ("--brand standard --campaigns 2 --low-volume-campaigns 1", "194.00", "458.00"),
        ("--brand starter --campaigns 2", "0.00", "240.00"),
        ("--campaigns 2", "0.00", "240.00"),
    ],
)
def test_brand_and_campaigns_have_one_time_and_monthly_fees(
    run: Run, flags: str, once: str, first_year: str
) -> None:
    totals = json.loads(run(f"quote ipro {flags} --format json").stdout)["totals"]
    assert (totals["one_time"], totals["first_year"]) == (once, first_year)


def test_discount_shows_list_and_net_price(run: Run) -> None:
    line = "quote upro --agents 3 --discount license=10%"
    quoted = json.loads(run(f"{line} --format json").stdout)["lines"][0]
    shown = [quoted[key] for key in ("list_price", "discount", "unit_price", "monthly")]
    assert shown == ["70.00", "10", "63.00", "189.00"]
    assert "3 × 63.00 (-10%)" in run(line).stdout


def test_unpriced_commitment_hints_at_license_rate(run: Run) -> None:
    result = run("quote upro --min-agents 5 --term annual")
    assert result.exit_code == 4
    assert "--rate agents=PRICE" in result.stderr


@pytest.mark.parametrize(
    ("flags", "low", "high"),
    [
        ("--carrier-fees", "30.00", "50.00"),
        ("--carrier ATT=40% --carrier us-cellular=60", "42.00", "42.00"),  # 0.0042 a segment
    ],
)
def test_carrier_fees_are_not_in_totals(run: Run, flags: str, low: str, high: str) -> None:
    line = f"quote upro -s 10000 {flags}"
    document = json.loads(run(f"{line} --format json").stdout)
    assert document["totals"]["monthly"] == "150.00"
    fees = document["carrier_fees"]
    assert (fees["low"]["monthly"], fees["high"]["monthly"]) == (low, high)
    table = run(line).stdout
    assert "Carrier fees" in table.split("Total")[1]
    assert "passed through without markup" in " ".join(table.split())


def test_overlay_overrides_bundled_price(run: Run, tmp_path: Path) -> None:
    overlay = tmp_path / "acme.yaml"
    overlay.write_text(OVERLAY)
    document = json.loads(run(f"quote upro -a 1 -s 10000 --rates {overlay} --format json").stdout)
    texts = document["lines"][1]
    assert (texts["monthly"], texts["source"]["title"]) == ("120.00", "Offer to Acme")
    assert document["lines"][0]["monthly"] == "70.00"
    assert document["rate_card"]["oldest_read_on"] == "2026-11-20"


def test_rates_option_replaces_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first card.yaml", tmp_path / "second.yaml"
    first.write_text(OVERLAY)
    second.write_text(OVERLAY.replace("0.012", "0.011"))
    monkeypatch.setenv("ALOWARE_RATES", f"{CARDS}:{first}")
    line = "quote upro -s 10000 --total monthly"
    assert run(line).stdout == "120.00\n"
    assert run(f"{line} --rates {second}").stdout == "110.00\n"
    monkeypatch.setenv("ALOWARE_RATES", f"{CARDS}:{first}:{second}")
    assert run(line).stdout == "110.00\n"


def test_date_before_first_card_is_rejected(run: Run, rates: Path) -> None:
    card = rates / "upro.yaml"
    card.write_text(card.read_text() + "effective_from: 2026-01-01\n")
    line = f"quote upro -a 1 --rates {rates} --total monthly"
    assert run(f"{line} --as-of 2026-01-01").stdout == "70.00\n"
    result = run(f"{line} --as-of 2025-12-31")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: no uPro rate card is in force on 2025-12-31  [E-AS-OF]\n"
        "hint: use --as-of 2026-01-01 or later\n"
    )


def test_output_dash_is_stdout(run: Run) -> None:
    assert run("quote upro -a 3 --output -").stdout == run("quote upro -a 3").stdout


def test_version_and_help_are_printed(run: Run) -> None:
    assert run("--version").stdout == "aloware 0.1.0\n"
    help_text = " ".join(run("--help").stdout.split())
    for code in (
        "0 done",
        "1 check failed",
        "2 usage error",
        "3 invalid data",
        "4 a needed",
        "70 bug",
    ):
        assert code in help_text


def test_help_lists_every_option(run: Run) -> None:
    help_text = run("quote --help").stdout
    for flag in CONTRACT.split():
        assert flag in help_text


CONTRACT = """
--agents -a --numbers -n --sms -s --minutes -m --agent-minutes --inbound-minutes --agent-sms
--inbound-sms --toll-free-numbers --toll-free-minutes --toll-free-sms --add --rate --term --rates
--as-of --allow-unpriced --format --total --output --explain --fail-over ALOWARE_RATES
--message --recipients --force
"""
