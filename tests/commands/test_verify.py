"""`aloware verify`: a price that moves turns it red, and no bad file hides the others."""

import json
from decimal import Decimal
from pathlib import Path
from xml.dom import minidom

import jsonschema
import pytest
from card_files import changed
from conftest import Run

import aloware_cli
from aloware_cli.files.cards import load_rates, shipped_rates
from aloware_cli.files.examples import load_examples
from aloware_cli.pricing.verify import verify
from aloware_cli.render.reports import github, junit, tap

RATES = Path(shipped_rates())
SCHEMA = Path(aloware_cli.__file__).parent / "schemas" / "verification.schema.json"
EXAMPLE = """\
example: Two agents
source: billing-guide
wording: 2 agents
scenario: {plan: uPro, agents: 2}
published:
  lines:
    license: {unit_price: 70, monthly: 140}
  totals: {monthly: 140}
"""


def test_the_published_examples_come_out(run: Run) -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert "4 of 4 examples come out as published." in result.stdout
    assert "approximate  Billing cycle moved to the 1st" in result.stdout
    assert "Read as: By 31, the days of December." in result.stdout


# Each published plan price, moved by one unit in its last place.
MOVED = [
    ("ipro.yaml", "price: 40.00", "price: 40.01", "lines.license.unit_price"),
    ("upro.yaml", "price: 70.00", "price: 70.01", "lines.license.unit_price"),
    ("xpro.yaml", "price: 90.00", "price: 89.99", "lines.license.unit_price"),
    ("ipro.yaml", "price: 6.00", "price: 6.01", "lines.local_number.unit_price"),
    ("upro.yaml", "price: 5.00", "price: 4.99", "lines.local_number.unit_price"),
    ("xpro.yaml", "price: 4.00", "price: 4.01", "lines.local_number.unit_price"),
    ("upro.yaml", "price: 0.015", "price: 0.016", "lines.automated_sms.unit_price"),
    ("xpro.yaml", "price: 0.02,", "price: 0.03,", "lines.automated_minutes.unit_price"),
]


@pytest.mark.parametrize(("card", "old", "new", "figure"), MOVED)
def test_a_price_that_moves_turns_it_red(
    run: Run, rates: Path, card: str, old: str, new: str, figure: str
) -> None:
    changed(rates / card, old, new)
    result = run(f"verify --rates {rates} --format json")
    assert result.exit_code == 1
    plan = {"i": "iPro", "u": "uPro", "x": "xPro"}[card[0]]
    failed = [done for done in json.loads(result.stdout)["examples"] if done["verdict"] == "fail"]
    assert {done["plan"] for done in failed} == {plan}
    assert any(figure in finding for done in failed for finding in done["findings"])
    assert "do not come out as published" in result.stderr


def test_a_difference_names_its_line_and_the_sum_it_moves(run: Run, rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 0.015", "price: 0.016")
    text = " ".join(run(f"verify --rates {rates}").stdout.split())
    example = "upro-sms-blasts.yaml"
    # 10,000 x 0.016 = 160.00
    for line, finding in [
        (16, "lines.automated_sms.monthly: published 150.00, computed 160.00, difference 10.00"),
        (18, "totals.monthly: published 410.00, computed 420.00, difference 10.00"),
    ]:
        assert f"{example}:{line}: {finding}" in text


def test_a_rate_that_is_gone_is_an_error_and_says_why(run: Run, rates: Path) -> None:
    text = (rates / "upro.yaml").read_text()
    line = next(line for line in text.splitlines() if line.startswith("  automated_sms:"))
    changed(rates / "upro.yaml", line, "  automated_sms: unpublished")
    result = run(f"verify --rates {rates}")
    assert result.exit_code == 1
    assert "cannot be priced: no rate is published for Automated texts" in " ".join(
        result.stdout.split()
    )
    assert "3 of 4 examples" in result.stdout


def test_coverage_lists_the_prices_that_no_example_uses(run: Run) -> None:
    result = run("verify --format json --require-coverage")
    uncovered = {price["charge"] for price in json.loads(result.stdout)["uncovered"]}
    assert result.exit_code == 1
    assert {"number_lookup", "campaign_maintenance"} <= uncovered
    assert not uncovered & {"license", "local_number", "automated_sms", "automated_minutes"}


def test_coverage_sees_that_an_example_is_gone(run: Run, rates: Path) -> None:
    (rates / "examples" / "xpro-power-dialing.yaml").unlink()
    result = run(f"verify {rates / 'examples'} --format json")
    xpro = {p["charge"] for p in json.loads(result.stdout)["uncovered"] if p["plans"] == ["xPro"]}
    assert xpro == {"license", "local_number", "automated_minutes"}


@pytest.mark.parametrize(
    ("flags", "exit_code"),
    [
        ("--max-age 0d --as-of 2026-11-22", 0),
        ("--max-age 0d --as-of 2026-11-23", 1),
        ("--max-age 180d --as-of 2027-05-21", 0),  # 180 days after 2026-11-22
        ("--max-age 180d --as-of 2027-05-22", 1),
        ("--max-age 180 --as-of 2027-05-22", 2),
        ("--max-age -1d", 2),
    ],
)
def test_a_page_read_too_long_ago_turns_it_red(run: Run, flags: str, exit_code: int) -> None:
    assert run(f"verify {flags}").exit_code == exit_code


def test_the_json_fits_its_schema(run: Run, rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 0.015", "price: 0.016")
    (rates / "examples" / "bad.yaml").write_text("example: [")
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    document = json.loads(
        run(f"verify --rates {rates} {rates / 'examples'} --format json --max-age 1d").stdout
    )
    validator.validate(document)
    assert (document["passed"], document["failed"], len(document["unreadable"])) == (3, 1, 1)
    changes: list[dict[str, object]] = [{"passed": "3"}, {"examples": {}}, {"more": 1}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({**document, **change})


BAD_EXAMPLES = [
    ("exampel: x\n" + EXAMPLE, "bad.yaml:1:1: exampel: unknown key; did you mean example?"),
    (EXAMPLE.replace("monthly: 140}\n  totals", "monthly: lots}\n  totals"), "'lots' is not right"),
    (EXAMPLE.replace("monthly: 140}\n  totals", "monthly: 1e3}\n  totals"), "plain digits"),
    (EXAMPLE.replace("source: billing-guide\n", ""), "'source' is missing"),
    (EXAMPLE.replace("billing-guide", "billing-gude"), "did you mean billing-guide?"),
    (
        EXAMPLE.replace("agents: 2", "agent: 2"),
        "scenario.agent: unknown key; did you mean agents",
    ),
    (EXAMPLE.replace("agents: 2", "agents: 1.5"), "scenario.agents: '1.5' is not right"),
    (EXAMPLE.replace(", agents: 2", ""), "scenario: nothing to price"),
    (EXAMPLE.replace("agents: 2", "add: {licence: 2}"), "did you mean license?"),
    (EXAMPLE.replace("s: 2}", "s: 2, rate: {agent_sms: 1}}"), "included by the rule pledge"),
    (EXAMPLE.replace("s: 2}", "s: 2, discount: {late_appeal: 5%}}"), "takes no discount"),
    (EXAMPLE.replace("s: 2}", "s: 2, discount: {licence: 5%}}"), "did you mean license?"),
    (EXAMPLE.replace("s: 2}", "s: 2, discount: {all: 101%}}"), "up to 100%"),
    (EXAMPLE.partition("published")[0], "'published' is missing"),
    (EXAMPLE.partition("  lines")[0] + "  lines: {}\n", "no figure is published here"),
    ("", "the file is empty"),
]


@pytest.mark.parametrize(("content", "said"), BAD_EXAMPLES, ids=[said for _, said in BAD_EXAMPLES])
def test_a_bad_example_is_shown_and_hides_no_other(
    run: Run, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "bad.yaml").write_text(content)
    (tmp_path / "good.yaml").write_text(EXAMPLE)
    result = run(f"verify {tmp_path}")
    assert result.exit_code == 3
    assert said in result.stderr
    assert "pass  Two agents" in result.stdout


@pytest.mark.parametrize(
    ("path", "said"),
    [("nowhere", "cannot be read"), ("empty", "no example is here")],
)
def test_a_path_without_examples_is_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.yaml").write_text(EXAMPLE)
    result = run(f"verify {path} good.yaml")
    assert result.exit_code == 3
    assert f"{path}:1:1: " in result.stderr
    assert said in result.stderr
    assert "pass  Two agents" in result.stdout


def test_an_unknown_plan_is_an_error_of_its_example(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.yaml").write_text(EXAMPLE.replace("uPro", "gold"))
    result = run(f"verify {tmp_path}")
    assert result.exit_code == 1
    assert "cannot be priced: no plan 'gold'; plans: iPro, uPro, xPro" in " ".join(
        result.stdout.split()
    )


def test_junit_is_read_by_a_parser_that_is_not_ours(run: Run, rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 0.015", "price: 0.016")
    (rates / "examples" / "bad.yaml").write_text('example: "<&>"\n')
    result = run(f"verify --rates {rates} {rates / 'examples'} --format junit")
    suite = minidom.parseString(result.stdout).getElementsByTagName("testsuite")[0]  # noqa: S318
    cases = {
        case.getAttribute("name"): [
            child.tagName for child in case.childNodes if isinstance(child, minidom.Element)
        ]
        for case in suite.getElementsByTagName("testcase")
    }
    assert cases["uPro plan + SMS blasts"] == ["failure"]
    assert cases["iPro plan + outbound calls"] == []
    assert cases["uPro first invoice"] == ["system-out"]
    assert cases["Billing cycle moved to the 1st"] == ["skipped"]
    assert cases["can be read"] == ["error"]
    counted = [suite.getAttribute(name) for name in ("tests", "failures", "errors", "skipped")]
    # Six files: one fails, one is skipped; the bad one has several problems.
    errors = sum(case == ["error"] for case in cases.values())
    assert counted[1] == "1"
    assert counted[3] == "1"
    assert int(counted[2]) >= errors
    assert result.exit_code == 3


def test_github_points_at_the_line(run: Run, rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 0.015", "price: 0.016")
    result = run(f"verify --rates {rates} --format github")
    errors = [line for line in result.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == 3
    assert "upro-sms-blasts.yaml,line=16,title=uPro plan + SMS blasts::" in errors[0]


def test_tap_numbers_every_example(run: Run) -> None:
    lines = run("verify --format tap").stdout.splitlines()
    assert lines[:2] == ["TAP version 14", "1..5"]
    results = [line for line in lines if line.startswith(("ok", "not ok"))]
    assert [line.split(" - ")[0] for line in results] == ["ok 1", "ok 2", "ok 3", "ok 4", "ok 5"]


def test_reports_escape_what_would_break_them(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text(EXAMPLE.replace("Two agents", '"100% <of>, a: #1"'))
    catalog = load_rates([], None)
    examples, _ = load_examples([str(tmp_path)], catalog)
    moved = examples[0].figures[0]._replace(published=Decimal(71))
    verification = verify([examples[0]._replace(file="a,b.yaml", figures=(moved,))], catalog)
    assert 'name="100% &lt;of&gt;, a: #1"' in junit(verification)
    assert "not ok 1 - 100% <of>, a: \\#1" in tap(verification)
    annotation = github(verification).splitlines()[0]
    assert annotation.startswith("::error file=a%2Cb.yaml,line=7,title=100%25 <of>%2C a%3A #1::")


def test_a_recorded_quote_is_an_example_that_passes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    quote = (
        "quote upro -a 3 -m 100 --rate minutes=0.02 --add number_lookup=500 --start 2026-12-23 "
        "--min-agents 5 --discount numbers=10% --discount all=0.5 -n 2"
    )
    result = run(f"verify --as-of 2026-11-25 --record Acme -- {quote}")
    assert (result.stdout, result.exit_code) == ("acme.yaml\n", 0)
    text = (tmp_path / "acme.yaml").read_text()
    assert "read_on: 2026-11-25" in text
    assert "automated_minutes: 0.02" in text
    assert run("verify acme.yaml").exit_code == 0
    # 5 x 70.00 less 0.5% and 2 x 5.00 less 10%: 348.25 + 9.00
    changed(tmp_path / "acme.yaml", "amount: 357.25", "amount: 357.26")
    assert run("verify acme.yaml").exit_code == 1


@pytest.mark.parametrize(
    ("line", "exit_code", "said"),
    [
        ("verify --record Acme", 2, "--record needs the quote to record"),
        ("verify --record Acme -- compare", 2, "--record needs the quote to record"),
        ("verify --record ../.. -- quote upro -a 1", 2, "write a name with letters or digits"),
        ("verify --record Acme -- quote upr -a 1", 2, "Did you mean uPro?"),
        ("verify --record Acme -- quote upro --agnts 1", 2, "--agents"),
        ("verify --record Acme -- quote ipro -m 1", 4, "--rate ipro:automated_minutes=PRICE"),
        ("verify --record taken -- quote upro -a 1", 3, "taken.yaml exists"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    exit_code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.yaml").write_text("mine")
    result = run(line)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken.yaml"]
    assert (tmp_path / "taken.yaml").read_text() == "mine"
