"""`aloware quote`: what each option adds, and totals; `sessions/quote.txt` shows its output."""

import pytest
from conftest import Run

from aloware_cli.domain.scenarios import OPTIONS, flag


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
@pytest.mark.parametrize("plan", ["upro", "UPRO"])
def test_each_option_counts_once(run: Run, plan: str, flags: str, monthly: str) -> None:
    result = run(f"quote {plan} {flags} --total monthly")
    assert (result.stdout, result.stderr, result.exit_code) == (f"{monthly}\n", "", 0)


@pytest.mark.parametrize(
    ("flags", "number"),
    [
        ("--total monthly", "240.00"),  # 3 x 70.00 + 3 x 10.00 for campaigns
        ("--total quarterly", "720.00"),
        ("--total annual", "2880.00"),
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


def test_output_dash_is_stdout(run: Run) -> None:
    assert run("quote upro -a 3 --output -").stdout == run("quote upro -a 3").stdout


def test_help_has_every_option_and_exit_code(run: Run) -> None:
    help_text = run("quote --help").stdout
    assert [key for key in OPTIONS if flag(key) not in help_text] == ["plan"]  # an argument
    for option in ("--format", "--total", "--output", "--explain", "--fail-over", "--force"):
        assert option in help_text
    exit_codes = " ".join(run("--help").stdout.split())
    for code in ("0 done", "1 check failed", "2 usage", "3 invalid", "4 a needed", "70 bug"):
        assert code in exit_codes
