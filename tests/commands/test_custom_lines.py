"""Custom lines: `--line "LABEL=AMOUNT [once]"`."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import catalog
from conftest import Run, validator
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from aloware_cli.cli.app import app
from aloware_cli.domain.orders import CustomLine
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import price

TWO = ("--line", "Onboarding=500 once", "--line", "Premium support=99")
TABLE = """\
uPro, monthly term, USD

                 Quantity × net price  Monthly  Quarterly     Annual
────────────────────────────────────────────────────────────────────
Licenses             3 × 63.00 (-10%)   189.00     567.00   2,268.00
Subscription                            189.00     567.00   2,268.00
────────────────────────────────────────────────────────────────────
Premium support  1 × 99.00 (supplied)    99.00     297.00   1,188.00
Custom lines                             99.00     297.00   1,188.00
────────────────────────────────────────────────────────────────────
Total                                  $288.00    $864.00  $3,456.00
You save                                $21.00     $63.00    $252.00

One-time custom lines
Onboarding                          1 × 500.00 (supplied)     500.00
Total one-time custom lines                                  $500.00
First year, with one-time fees                             $3,956.00
"""
FORMATS = ("table", "json", "csv", "markdown", "html", "text")


@pytest.fixture
def quote(run: Run) -> Run:
    """Return a function that quotes 3 agents on uPro with the two lines and further words."""
    run("--version")  # for its environment

    def quoted(*words: str) -> Result:
        line = ["quote", "upro", "-a", "3", *TWO, *" ".join(words).split()]
        return CliRunner().invoke(app, line, prog_name="aloware", catch_exceptions=False)

    return quoted


def test_lines_have_sections_of_their_own_and_take_no_discount(quote: Run) -> None:
    assert quote("--discount 10%").stdout.startswith(f"{TABLE}\nAssumptions\n")


@pytest.mark.parametrize(
    ("words", "total", "amount"),
    [
        ("", "monthly", "309.00"),  # 3 x 70.00 + 99.00
        ("", "quarterly", "927.00"),
        ("", "annual", "3708.00"),
        ("", "one_time", "500.00"),
        ("", "first_year", "4208.00"),
        ("", "per_agent", "103.00"),
        ("--discount 100%", "monthly", "99.00"),
        ("--term annual --rate license=60", "monthly", "279.00"),
        # The first invoice is 3 x 20.32 for 9 of 31 days, without the monthly line.
        ("--start 2026-12-23", "due_now", "560.96"),
        # The credits cover the fees of A2P registration, 94.00, but not the custom line.
        ("--start 2026-12-01 --brand standard --campaigns 1", "due_now", "814.00"),
        ("--start 2026-12-01 --brand standard --campaigns 1 --credits 100", "due_now", "820.00"),
    ],
)
def test_lines_are_in_the_totals(quote: Run, words: str, total: str, amount: str) -> None:
    assert quote(f"{words} --total {total}").stdout == f"{amount}\n"


def test_lines_per_month_are_not_on_the_first_invoice(quote: Run) -> None:
    note = "\n- Custom lines are not on this invoice: Premium support.\n"
    assert note in quote("--start 2026-12-23").stdout
    assert note not in quote("").stdout


def test_credits_do_not_pay_for_lines(quote: Run) -> None:
    words = "--start 2026-12-01 --brand standard --campaigns 1 --credits 100 --format json"
    document = json.loads(quote(words).stdout)
    assert document["credits"]["remaining"] == "6.00"
    assert document["credits"]["monthly_usage"] == "0.00"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_marks_lines_as_supplied(quote: Run, form: str) -> None:
    printed = quote(f"--format {form}").stdout
    assert "Onboarding" in printed
    assert "Premium support" in printed
    assert "supplied" in printed


def test_json_has_lines_as_inputs_and_items(quote: Run) -> None:
    document = json.loads(quote("--format json").stdout)
    validator("quote").validate(document)
    assert document["inputs"]["lines"] == {
        "Premium support": "99.00",
        "Onboarding": "500.00 once",
    }
    assert document["subtotals"]["custom"]["quarterly"] == "297.00"
    support, onboarding = document["lines"][-1], document["one_time"][-1]
    assert (support["charge"], support["status"]) == ("line.Premium support", "supplied")
    assert (onboarding["category"], onboarding["amount"]) == ("custom", "500.00")
    assert onboarding["source"]["wording"] == '--line "Onboarding=500 once"'


@pytest.mark.parametrize("form", ["--explain", *(f"--format {form}" for form in FORMATS)])
@pytest.mark.parametrize("words", ["", "-s 1k/2k/3k --start 2026-12-23 --credits 100"])
def test_saved_quote_keeps_its_lines(
    run: Run, quote: Run, tmp_path: Path, words: str, form: str
) -> None:
    quote(f"{words} --output {tmp_path / 'acme.json'}")
    assert run(f"render {tmp_path / 'acme.json'} {form}").stdout == quote(f"{words} {form}").stdout


def test_diff_prices_lines_again(run: Run, quote: Run, tmp_path: Path) -> None:
    quote(f"--output {tmp_path / 'acme.json'}")
    run(f"quote upro -a 3 --line Onboarding=500 --output {tmp_path / 'other.json'}")
    assert run(f"diff {tmp_path / 'acme.json'}").exit_code == 0
    result = run(f"diff {tmp_path / 'acme.json'} {tmp_path / 'other.json'}")
    assert result.exit_code == 1
    assert "Premium support" in result.stdout


@pytest.mark.parametrize(
    ("options", "monthly", "one_time"),
    [
        ("", "309.00", "500.00"),
        ("--line Tax=32.80", "341.80", "500.00"),
        ("--line Onboarding=1", "310.00", "0.00"),
    ],
)
def test_options_add_to_the_lines_of_a_scenario(
    run: Run, tmp_path: Path, options: str, monthly: str, one_time: str
) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text("plan: uPro\nagents: 3\nline:\n  Onboarding: 500 once\n  Premium support: 99\n")
    line = f"quote --from {file} {options}"
    assert run(f"{line} --total monthly").stdout == f"{monthly}\n"
    assert run(f"{line} --total one_time").stdout == f"{one_time}\n"
    written = run(f"{line} --format scenario").stdout.encode()
    assert run("quote --from - --total monthly", stdin=written).stdout == f"{monthly}\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("compare -a 3 --line Support=99", "Total per month $219.00 $309.00 $369.00"),
        ("sweep ipro -a 3 --vary numbers=0:5:5 --line Support=99", "5 249.00"),
        (
            "breakeven ipro upro -a 3 --vary sms --rate ipro:sms=0.02 --line Support=99",
            "Total per month with 18,000 segments 579.00 579.00 equal",
        ),
        ("quote upro -a 1/2/3 --line Support=99", "Total per month $169.00 $239.00 $309.00"),
    ],
)
def test_other_commands_add_lines(run: Run, line: str, shown: str) -> None:
    assert shown in [" ".join(row.split()) for row in run(line).stdout.splitlines()]


def test_batch_adds_lines_to_every_row(run: Run) -> None:
    rows = b"plan,agents\nupro,3\nipro,4\n"
    result = run("batch - --line Support=99 --line On=1,000.50", stdin=rows)
    assert result.stdout.splitlines()[1:] == [
        "upro,3,ok,1309.50,3928.50,15714.00,0.00,",
        "ipro,4,ok,1259.50,3778.50,15114.00,0.00,",
    ]


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text("abcXYZ 09", min_size=1).filter(str.strip),
        st.tuples(st.decimals(0, 1000, places=2), st.booleans()),
        max_size=4,
    )
)
def test_totals_are_those_without_lines_and_the_lines(
    lines: dict[str, tuple[Decimal, bool]],
) -> None:
    cards = catalog()
    plain = Scenario(agents=3, discount={"all": Decimal(50)}, sms=100)
    custom = {label: CustomLine(amount, is_once) for label, (amount, is_once) in lines.items()}
    card = cards.cards["uPro"]
    one, other = (
        price(card, build_order(each, card, cards)) for each in (plain, plain._replace(line=custom))
    )
    monthly = sum((line.amount for line in custom.values() if not line.is_once), Decimal(0))
    once = sum((line.amount for line in custom.values() if line.is_once), Decimal(0))
    assert other.totals.monthly == one.totals.monthly + monthly
    assert other.one_time_total == once
    assert other.savings == one.savings
