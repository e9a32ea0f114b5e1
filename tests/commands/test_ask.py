"""`aloware rates ask`: the prices that an order lacks, as questions and as an overlay."""

import json
from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run, validator

ORDER = "ipro --agents 5 --min-agents 8 --sms 2k --term annual --add enhanced_vetting=1"
OVERLAY = """\
# yaml-language-server: $schema=overlay.schema.json
# 2 prices that the order needs and that Aloware does not publish.
# Fill in read_on and each price with its wording, from the offer. Then check the file and use it:
#   aloware rates check offer.yaml
#   aloware quote ipro --agents 5 --sms 2k --add enhanced_vetting=1 --term annual --min-agents 8 \
--rates offer.yaml
# Editors check the file with:  aloware schema overlay > overlay.schema.json

plan: iPro
# The first day of the prices, if the offer names it. To use it, remove the # before it.
# effective_from: 2027-01-01

sources:
  offer:
    title: Offer from Aloware
    # The day you read the offer, such as 2026-12-01.
    read_on:

prices:
  # Licenses, annual term: what is the price per agent and month, for 8 agents?
  license:
    annual:
      price:
      source: offer
      # The words of the offer that state the price, in quotes.
      wording:
  # Automated texts: what is the price per segment, for 2,000 segments a month?
  automated_sms:
    price:
    source: offer
    # The words of the offer that state the price, in quotes.
    wording:
"""


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_ask_lists_questions_to_send(run: Run) -> None:
    result = run(f"rates ask {ORDER} --add toll_free_number=1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Questions to Aloware: iPro, annual term, USD\n"
        "\n"
        "1.  Licenses, annual term: what is the price per agent and month, for 8 agents?\n"
        "2.  Toll-free phone numbers: what is the price per number and month, for 1\n"
        "    number?\n"
        "3.  Automated texts: what is the price per segment, for 2,000 segments a month?\n"
        "\n"
        "For each price: from which date does it apply, does it depend on the quantity,\n"
        "and does a license include any units?\n"
    )


def test_ask_json_has_documented_keys(run: Run) -> None:
    document = json.loads(run(f"rates ask {ORDER} --json").stdout)
    validator("questions").validate(document)
    card = document.pop("rate_card")
    assert card["plan"] == "iPro"
    assert document == {
        "schema": "aloware.questions/1",
        "plan": "iPro",
        "term": "annual",
        "currency": "USD",
        "questions": [
            {
                "charge": "license",
                "label": "Licenses",
                "category": "subscription",
                "one_time": False,
                "unit": "agent",
                "term": "annual",
                "quantity": 8,
                "question": "Licenses, annual term: what is the price per agent and month, "
                "for 8 agents?",
            },
            {
                "charge": "automated_sms",
                "label": "Automated texts",
                "category": "usage",
                "one_time": False,
                "unit": "segment",
                "term": None,
                "quantity": 2000,
                "question": "Automated texts: what is the price per segment, "
                "for 2,000 segments a month?",
            },
        ],
    }


def test_ask_writes_overlay_and_prints_questions(run: Run) -> None:
    result = run(f"rates ask {ORDER} -o offer.yaml")
    assert (result.exit_code, result.stdout) == (0, run(f"rates ask {ORDER}").stdout)
    assert result.stderr == (
        "note: fill in offer.yaml, then check it: aloware rates check offer.yaml\n"
    )
    assert Path("offer.yaml").read_text("utf-8") == OVERLAY
    assert run(f"rates ask {ORDER} --format overlay").stdout == OVERLAY


def test_ask_keeps_existing_file_without_force(run: Run) -> None:
    Path("offer.yaml").write_text("mine")
    result = run(f"rates ask {ORDER} -o offer.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: offer.yaml already exists  [E-EXISTS]\n")
    assert Path("offer.yaml").read_text() == "mine"
    assert run(f"rates ask {ORDER} -o offer.yaml --force").exit_code == 0
    assert Path("offer.yaml").read_text() == OVERLAY


@pytest.mark.parametrize(
    "command", ["rates check offer.yaml", "quote ipro -a 1 --rates offer.yaml"]
)
def test_unfilled_overlay_is_rejected_at_each_blank(run: Run, command: str) -> None:
    Path("offer.yaml").write_text(OVERLAY)
    lines = run(command).stderr.splitlines()
    assert [line.partition("; ")[0] for line in lines] == [
        "offer.yaml:16:13: sources.offer.read_on: the value is missing",
        "offer.yaml:22:13: prices.license.annual.price: the value is missing",
        "offer.yaml:25:15: prices.license.annual.wording: the value is missing",
        "offer.yaml:28:11: prices.automated_sms.price: the value is missing",
        "offer.yaml:31:13: prices.automated_sms.wording: the value is missing",
        "error: 5 problems in 1 file",
    ]


def test_filled_overlay_prices_the_order(run: Run) -> None:
    answers = iter(['"36.00"', '"$36 per user"', '"0.02"', '"2 cents per text"'])
    lines = OVERLAY.replace("read_on:", "read_on: 2026-11-24").split("\n")
    filled = [
        f"{line} {next(answers)}" if line.strip() in {"price:", "wording:"} else line
        for line in lines
    ]
    Path("offer.yaml").write_text("\n".join(filled))
    assert run("rates check offer.yaml").exit_code == 0
    # 8 x 36.00 + 2,000 x 0.02 = 288.00 + 40.00
    assert run(f"quote {ORDER} --rates offer.yaml --total monthly").stdout == "328.00\n"


@pytest.mark.parametrize(
    "order",
    ["upro -a 3 -s 10k", "ipro -a 3 -s 10k --rate sms=0.02", "ipro --agent-sms 100"],
)
def test_ask_writes_nothing_if_no_price_is_missing(run: Run, order: str) -> None:
    result = run(f"rates ask {order} -o offer.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Nothing to ask: every price that the order needs is known.\n"
    assert not Path("offer.yaml").exists()
    assert json.loads(run(f"rates ask {order} --json").stdout)["questions"] == []


def test_ask_reads_scenario_and_rate_cards(run: Run) -> None:
    Path("acme.yaml").write_text("plan: iPro\nagents: 5\nsms: 2k\nterm: annual\n")
    Path("sheet.yaml").write_text(
        "plan: iPro\nsources: {sheet: {title: Sheet, read_on: 2026-12-01}}\nprices:\n"
        "  automated_sms: {price: 0.02, source: sheet, wording: $0.02}\n"
        "effective_from: 2027-01-01\n"
    )
    both, license_only = ["license", "automated_sms"], ["license"]
    for flags, asked in (
        ("", both),
        ("--rates sheet.yaml", license_only),
        ("--rates sheet.yaml --as-of 2026-12-01", both),
    ):
        found = json.loads(run(f"rates ask --from acme.yaml {flags} --json").stdout)
        assert [each["charge"] for each in found["questions"]] == asked


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("quote ipro -a 5 -s 2k", "ipro --agents 5 --sms 2k"),
        ("quote ipro --users 5 --texts 1,000", "ipro --users 5 --texts 1,000"),
        (
            "quote ipro -s 2k --rate agents=3 --discount 5%",
            "ipro --sms 2k --discount 5% --rate agents=3",
        ),
        (
            "quote ipro -s 2k --customer Acme --start 2026-12-23",
            "ipro --sms 2k --start 2026-12-23 --customer Acme",
        ),
        ("quote ipro --message hi.txt --recipients 9", "ipro --message hi.txt --recipients 9"),
        ("quote --from acme.yaml --minutes 5", "ipro --from acme.yaml --minutes 5"),
        ("quote ipro --sms 1k/2k/3k", "ipro --sms 1k/2k/3k"),
        ("quote --from -", "ipro --from -"),
        ("quote upro -a 3 --discount 5% + ipro --sms 2k", "ipro --discount 5% --sms 2k"),
        (
            "quote ipro -a 1 --term annual --rates sheet.yaml",
            "ipro --agents 1 --term annual --rates sheet.yaml",
        ),
        ("breakeven ipro upro --vary sms -a 3", "ipro --agents 3 --sms N"),
        ("sweep ipro --vary sms=0:9:1 -a 3 -s 5", "ipro --agents 3 --sms N"),
        ("sweep ipro --vary sms=0:9:1 -a 3 --add sms=5", "ipro --agents 3 --sms N"),
        (
            "prorate ipro --on 2026-03-18 --add-numbers 3 --rates none.yaml",
            "ipro --rates none.yaml --numbers 3",
        ),
        ("segments hi --plan ipro --recipients 10", "ipro --sms 10"),
        ("verify --record Acme -- quote ipro -a 3 -s 5", "ipro --agents 3 --sms 5"),
    ],
)
def test_refusal_names_the_command_with_the_options_typed(
    run: Run, command: str, asked: str
) -> None:
    Path("hi.txt").write_text("hi")
    Path("acme.yaml").write_text("plan: iPro\nsms: 10\n")
    Path("sheet.yaml").write_text("plan: iPro\nprices: {}\n")
    Path("none.yaml").write_text("plan: iPro\nprices: {local_number: unpublished}\n")
    result = run(command, stdin=b"plan: iPro\nsms: 5\n")
    assert (result.exit_code, result.stdout) == (4, "")
    [hint] = [line for line in result.stderr.splitlines() if "ask the vendor" in line]
    line = hint.removeprefix("      ask the vendor: aloware ").replace(f"--rates {CARDS} ", "")
    assert line == f"rates ask {asked}"
    again = run(line.replace(" N", " 5"), stdin=b"plan: iPro\nsms: 5\n")
    assert again.exit_code == 0
    assert again.stdout.startswith("Questions to Aloware: iPro")
