"""`aloware quote`: what each flag does, and what it says of each mistake."""

import json
from pathlib import Path

import pytest
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
def test_each_flag_counts_once(run: Run, flags: str, monthly: str) -> None:
    result = run(f"quote upro {flags} --total monthly")
    assert (result.stdout, result.stderr, result.exit_code) == (f"{monthly}\n", "", 0)


@pytest.mark.parametrize("plan", ["upro", "uPro", "UPRO", "Upro"])
def test_a_plan_goes_by_its_name_in_any_case(run: Run, plan: str) -> None:
    assert run(f"quote {plan} -a 1 --total monthly").stdout == "70.00\n"


@pytest.mark.parametrize(
    ("period", "number"), [("monthly", "410.00"), ("quarterly", "1230.00"), ("annual", "4920.00")]
)
def test_total_prints_one_number(run: Run, period: str, number: str) -> None:
    assert run(f"quote upro -a 3 -n 10 -s 10000 --total {period}").stdout == f"{number}\n"


WRONG_REQUESTS = [
    ("quote", "which plan? Name it first"),
    ("quote upr -a 1", "Did you mean uPro?"),
    ("quote gold -a 1", "Plans: iPro, uPro, xPro"),
    ("quote upro", "nothing to price"),
    ("quote upro --agents 0", "nothing to price"),
    ("quote upro --agents 0 --numbers 0", "nothing to price"),
    ("quote upro --agents 1.5", "'1.5': a quantity is a whole number"),
    ("quote upro --agents -1", "'-1': a quantity is never negative"),
    ("quote upro --agents ٣", "write a whole number"),
    ("quote upro --agents 1000000001", "up to 1,000,000,000"),
    ("quote upro --agent 1", "--agents"),
    ("quote upro --agents", "requires an argument"),
    ("quote upro -a 1 --term yearly", "'annual'"),
    ("quote upro -a 1 --total weekly", "'annual'"),
    ("quote upro -a 1 --format xml", "'json'"),
    ("quote upro -a 1 --as-of 2026-02-30", "a day that exists"),
    ("quote upro -a 1 --as-of tomorrow", "a day that exists"),
    ("quote upro -a 1 --start 9999-12-31", "a day from 2000 to 2999"),
    ("quote upro -a 1 --min-agents -1", "never negative"),
    ("quote upro -a 1 --discount license", "write CHARGE=PERCENT%"),
    ("quote upro -a 1 --discount license=-5%", "write a percentage"),
    ("quote upro -a 1 --discount license=101%", "up to 100%"),
    ("quote upro -a 1 --discount licence=5%", "Did you mean license?"),
    ("quote upro -a 1 --discount all=5% --discount ALL=6%", "the discount on all is given twice"),
    ("quote upro -a 1 --discount late_appeal=5%", "late_appeal is passed on"),
    ("quote upro --campaigns 1 --add campaign_maintenance=1", "is given twice"),
    ("quote upro --campaigns 1000000000 --low-volume-campaigns 1", "1,000,000,000 campaigns"),
    ("quote upro --brand gold", "'standard'"),
    ("quote upro -s 1 --carrier att", "write NAME=SHARE%"),
    ("quote upro -s 1 --carrier att=-1", "write NAME=SHARE%"),
    ("quote upro -s 1 --carrier att=40%", "the shares add up to 40%, not to 100%"),
    ("quote upro -s 1 --carrier att=60% --carrier verizon=41%", "add up to 101%"),
    ("quote upro -s 1 --carrier att=50 --carrier att=50", "att is given twice"),
    ("quote upro -s 1 --carrier tmobile=100", "Did you mean t-mobile?"),
    ("quote upro -a 1 --fail-over lots", "plain digits"),
    ("quote upro --add local_number", "write CHARGE=QTY"),
    ("quote upro --add local_number=", "write CHARGE=QTY"),
    ("quote upro --add =3", "write CHARGE=QTY"),
    ("quote upro --add local_number=1.5", "--add local_number=1.5: a quantity is a whole number"),
    ("quote upro --add local_nmber=1", "Did you mean local_number?"),
    ("quote upro -n 1 --add local_number=1", "local_number is given twice"),
    ("quote upro -n 1 --add numbers=1", "local_number is given twice"),
    ("quote upro --add vat=1", "Charges: license, local_number"),
    ("quote upro -a 1 --rate license", "write [PLAN:]CHARGE=PRICE"),
    ("quote upro -a 1 --rate license=-1", "plain digits"),
    ("quote upro -a 1 --rate license=1e3", "plain digits"),
    ("quote upro -a 1 --rate license=1000001", "up to 1,000,000"),
    ("quote upro -a 1 --rate licence=5", "Did you mean license?"),
    ("quote upro -a 1 --rate upr:license=5", "Did you mean uPro?"),
    ("quote upro -a 1 --rate agent_sms=0.01", "agent_sms is included by the rule pledge"),
    ("quote upro -a 1 --rate license=5 --rate license=6", "license is given twice"),
    ("quote upro -a 1 --rate agents=5 --rate license=6", "license is given twice"),
    ("quote upro -a 1 --total annual --format json", "--total prints one number"),
    ("quote upro -a 1 --total annual --explain", "--total prints one number"),
    ("quote upro -a 1 --output quote.pdf", "no form goes with the ending .pdf"),
    ("quote upro -a 1 --output quote.json --format table", "does not fit"),
    ("quote upro -a 1 --output=", "write the path of a file, or - for standard output"),
    ("qoute upro", "Did you mean 'quote'?"),
]


@pytest.mark.parametrize(("line", "said"), WRONG_REQUESTS)
def test_a_wrong_request_is_refused_with_what_would_be_right(
    run: Run, line: str, said: str
) -> None:
    result = run(line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


TOLL_FREE = "--rate ipro:toll_free_number=PRICE (USD per number)"
MINUTES = "--rate ipro:automated_minutes=PRICE (USD per minute)"


def test_an_unpublished_rate_is_refused_with_every_way_out_at_once(run: Run) -> None:
    result = run("quote ipro -a 3 --sms 100 --minutes 200 --toll-free-numbers 1 --term annual")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.splitlines() == [
        "Error: no rate is published for this on iPro, annual term",
        "  Plan cost: supply it with --rate ipro:license=PRICE (USD per agent)",
        f"  Toll-free phone numbers: supply it with {TOLL_FREE}",
        "  Automated texts: supply it with --rate ipro:automated_sms=PRICE (USD per segment)",
        "    Agent-sent local texts are included: --agent-sms N",
        f"  Automated outbound minutes: supply it with {MINUTES}",
        "    Agent-dialled local minutes are included: --agent-minutes N",
        "  To quote the rest as a lower bound: --allow-unpriced",
    ]


def test_a_lower_bound_says_so_in_every_form(run: Run) -> None:
    line = "quote ipro -a 5 --sms 2000 --allow-unpriced"
    table, number = run(line), run(f"{line} --total monthly")
    document = json.loads(run(f"{line} --format json").stdout)
    assert "2,000 x not published" in table.stdout
    assert "Total, at least" in table.stdout
    assert number.stdout == "at least 200.00\n"
    assert (document["at_least"], document["unpriced"]) == (True, ["automated_sms"])
    assert {result.exit_code for result in (table, number)} == {0}


@pytest.mark.parametrize(
    ("flags", "exit_code", "said"),
    [
        ("-a 3 --fail-over 210", 0, ""),
        ("-a 3 --fail-over 209.99", 1, "The monthly total is 210.00, over 209.99.\n"),
        ("-a 3 -m 1 --allow-unpriced --fail-over 200", 1, "at least 210.00, over 200.00.\n"),
        ("-a 3 -m 1 --allow-unpriced --fail-over 300", 4, "may be over 300.00"),
    ],
)
def test_the_gate_closes_above_its_amount(run: Run, flags: str, exit_code: int, said: str) -> None:
    result = run(f"quote upro {flags} --total monthly")
    assert result.stdout.endswith("210.00\n"), "the output comes first"
    assert result.exit_code == exit_code
    assert said in result.stderr


def test_a_supplied_price_is_marked_everywhere(run: Run) -> None:
    line = "quote ipro --sms 2000 --rate ipro:sms=0.02"
    table = run(line).stdout
    document = json.loads(run(f"{line} --format json").stdout)
    assert "2,000 x 0.02 supplied" in table
    assert "0.02 is a price supplied for this quote" in table.replace("\n ", "")
    quoted = document["lines"][0]
    assert (quoted["status"], quoted["monthly"]) == ("supplied", "40.00")
    assert quoted["source"] == {
        "key": "supplied",
        "title": "Supplied on the command line",
        "url": None,
        "read_on": None,
        "dated": None,
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
def test_a_brand_and_its_campaigns_are_paid_once_and_by_the_month(
    run: Run, flags: str, once: str, first_year: str
) -> None:
    totals = json.loads(run(f"quote ipro {flags} --format json").stdout)["totals"]
    assert (totals["one_time"], totals["first_year"]) == (once, first_year)


def test_a_discount_shows_list_discount_and_net(run: Run) -> None:
    line = "quote upro --agents 3 --discount license=10%"
    quoted = json.loads(run(f"{line} --format json").stdout)["lines"][0]
    shown = [quoted[key] for key in ("list_price", "discount", "unit_price", "monthly")]
    assert shown == ["70.00", "10", "63.00", "189.00"]
    assert "3 x 70.00 less 10%" in run(line).stdout


def test_a_commitment_without_a_price_names_the_flag_of_the_license(run: Run) -> None:
    result = run("quote upro --min-agents 5 --term annual")
    assert result.exit_code == 4
    assert "--rate upro:license=PRICE" in result.stderr


@pytest.mark.parametrize(
    ("flags", "low", "high"),
    [
        ("--carrier-fees", "30.00", "50.00"),
        ("--carrier ATT=40% --carrier us-cellular=60", "42.00", "42.00"),  # 0.0042 a segment
    ],
)
def test_carrier_fees_stand_beside_the_totals(run: Run, flags: str, low: str, high: str) -> None:
    line = f"quote upro -s 10000 {flags}"
    document = json.loads(run(f"{line} --format json").stdout)
    assert document["totals"]["monthly"] == "150.00"
    fees = document["carrier_fees"]
    assert (fees["low"]["monthly"], fees["high"]["monthly"]) == (low, high)
    table = run(line).stdout
    assert "Carrier fees" in table.split("Total")[1]
    assert "passed on without markup" in table


def test_an_overlay_is_laid_over_the_shipped_cards(run: Run, tmp_path: Path) -> None:
    overlay = tmp_path / "acme.yaml"
    overlay.write_text(OVERLAY)
    document = json.loads(run(f"quote upro -a 1 -s 10000 --rates {overlay} --format json").stdout)
    texts = document["lines"][1]
    assert (texts["monthly"], texts["source"]["title"]) == ("120.00", "Offer to Acme")
    assert document["lines"][0]["monthly"] == "70.00"
    assert document["rate_card"]["oldest_read_on"] == "2026-11-20"


def test_the_environment_names_cards_and_the_option_takes_its_place(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first card.yaml", tmp_path / "second.yaml"
    first.write_text(OVERLAY)
    second.write_text(OVERLAY.replace("0.012", "0.011"))
    monkeypatch.setenv("ALOWARE_RATES", str(first))
    line = "quote upro -s 10000 --total monthly"
    assert run(line).stdout == "120.00\n"
    assert run(f"{line} --rates {second}").stdout == "110.00\n"
    monkeypatch.setenv("ALOWARE_RATES", f"{first}:{second}")
    assert run(line).stdout == "110.00\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("plan: uPro\nprices: {automated_sms: 1e3}\n", "acme.yaml:2:25: prices.automated_sms: "),
        ("plan: [", "acme.yaml:2:1: not YAML: "),
        ("", "acme.yaml:1:1: the file is empty"),
    ],
)
def test_a_broken_card_is_shown_with_its_place(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, said: str
) -> None:
    (tmp_path / "acme.yaml").write_text(content)
    monkeypatch.chdir(tmp_path)
    result = run("quote upro -a 1 --rates acme.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert said in result.stderr


def test_a_card_that_is_not_there_is_said(run: Run) -> None:
    result = run("quote upro -a 1 --rates no-such-folder")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no-such-folder:1:1: cannot be read (No such file or directory)" in result.stderr


def test_a_day_before_the_first_card_is_refused(run: Run, tmp_path: Path) -> None:
    import shutil

    from aloware_cli.files.cards import shipped_rates

    shutil.copytree(shipped_rates(), tmp_path / "rates")
    card = tmp_path / "rates" / "upro.yaml"
    card.write_text(card.read_text() + "effective_from: 2026-01-01\n")
    line = f"quote upro -a 1 --rates {tmp_path / 'rates'} --total monthly"
    assert run(f"{line} --as-of 2026-01-01").stdout == "70.00\n"
    result = run(f"{line} --as-of 2025-12-31")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no uPro card is in force on that day" in result.stderr
    assert "2026-01-01" in result.stderr


def test_output_is_written_whole_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    line = "quote upro -a 3"
    for name, flag in (("quote.txt", "table"), ("quote.json", "json")):
        target = tmp_path / name
        result = run(f"{line} --output {target}")
        assert (result.stdout, result.exit_code) == ("", 0)
        assert target.read_text() == run(f"{line} --format {flag}").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quote.json", "quote.txt"]


def test_a_dash_is_standard_output(run: Run) -> None:
    assert run("quote upro -a 3 --output -").stdout == run("quote upro -a 3").stdout


@pytest.mark.parametrize("target", ["no-such-folder/quote.json", "/dev/full"])
def test_an_output_that_cannot_be_written_is_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(f"quote upro -a 3 --format json --output {target}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"cannot write {target}: " in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout == "aloware 0.1.0\n"
    help_text = " ".join(run("--help").stdout.split())
    for code in ("0 done", "1 the answer is no", "2 the request", "3 the data", "4 a needed", "70"):
        assert code in help_text


def test_help_names_every_option_of_the_contract(run: Run) -> None:
    help_text = run("quote --help").stdout
    for flag in CONTRACT.split():
        assert flag in help_text


CONTRACT = """
--agents -a --numbers -n --sms -s --minutes -m --agent-minutes --inbound-minutes --agent-sms
--inbound-sms --toll-free-numbers --toll-free-minutes --toll-free-sms --add --rate --term --rates
--as-of --allow-unpriced --format --total --output --explain --fail-over ALOWARE_RATES
--message --recipients --force
"""
