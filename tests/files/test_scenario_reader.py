"""Scenarios in files and rows: the value of each key, its location, and its problems."""

import io
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from aloware_cli.domain.money import Range
from aloware_cli.domain.orders import CustomLine
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import OPTIONS, Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import load_scenario, read_row, read_scenario

pytestmark = pytest.mark.usefixtures("folder")


def read(content: str, folder: str = "") -> tuple[Scenario, list[Problem]]:
    root, problems = read_document(content.encode(), "acme.yaml")
    return read_scenario(Fields(root, "", problems), folder), problems


def problems_of(content: str) -> list[str]:
    """Return the problems of `content`, without the name of the file."""
    return [str(problem).removeprefix("acme.yaml:") for problem in read(content)[1]]


#: Each key with a value as a file has it, and what it means.
VALUES: list[tuple[str, str, object]] = [
    ("plan", "uPro", "uPro"),
    ("agents", "3", 3),
    ("numbers", "0", 0),
    ("sms", "1k/2k/10k", Range(1_000, 2_000, 10_000)),
    ("message", "promo.txt", "promo.txt"),
    ("recipients", "5,000", 5000),
    ("minutes", "2.5k", 2500),
    ("calls", "25k", 25_000),
    ("call_length", "2m30s", 150),
    ("increment", "6", 6),
    ("agent_minutes", "1_000", 1000),
    ("inbound_minutes", "1", 1),
    ("agent_sms", "2", 2),
    ("inbound_sms", "3", 3),
    ("toll_free_numbers", "4", 4),
    ("toll_free_minutes", "5", 5),
    ("toll_free_sms", "6", 6),
    ("add", "{Number-Lookup: 500, sms: 1}", {"number_lookup": 500, "automated_sms": 1}),
    ("discount", "{all: 12.5%, agents: 5}", {"all": Decimal("12.5"), "license": Decimal(5)}),
    ("rate", "{uPro:sms: 0.012}", {"upro:automated_sms": Decimal("0.012")}),
    ("line", "{' Set-up ': 500 once}", {"Set-up": CustomLine(Decimal("500.00"), is_once=True)}),
    ("term", "Quarterly", "quarterly"),
    ("min_agents", "5", 5),
    ("start", "2026-12-23", "2026-12-23"),
    ("brand", "starter", "starter"),
    ("campaigns", "2", 2),
    ("low_volume_campaigns", "1", 1),
    ("carrier_fees", "true", True),
    ("carrier", "{ATT: 60%, t-mobile: 40}", {"att": Decimal(60), "t-mobile": Decimal(40)}),
    ("credits", "1,000", Decimal(1000)),
    ("prospect", "Acme", "Acme"),
    ("contact", '" Ann Lee "', "Ann Lee"),
    ("prepared_by", "Bo", "Bo"),
    ("number", "Q-7", "Q-7"),
    ("issued", "2026-12-01", "2026-12-01"),
    ("valid_days", "30", 30),
    ("note", "Thanks.", "Thanks."),
    ("allow_unpriced", "true", True),
    ("rates", "[a.yaml, b.yaml]", ("a.yaml", "b.yaml")),
    ("as_of", "2026-12-31", "2026-12-31"),
]


@pytest.mark.parametrize(("key", "text", "value"), VALUES)
def test_key_gives_its_value_and_nothing_else(key: str, text: str, value: object) -> None:
    scenario, problems = read(f"{key}: {text}\n")

    assert problems == []
    assert dict(scenario.given()) == {key: value}


def test_values_above_cover_every_key() -> None:
    assert {key for key, _, _ in VALUES} == {*OPTIONS}


LONG = "x" * 121
CUT = f'"{"x" * 40}..."'


OUTSIDE = "is outside the folder of the scenario; move the file there, or remove it here and add"
TO = "to the command  [E-PATH]"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "plan: [uPro]",
            "1:7: plan: expected a single value, got a list; use one value, such as uP",
        ),
        (
            "agents: ten",
            '1:9: agents: "ten" is not a whole number; use digits, such as 10000, 10,0',
        ),
        ("message:", "1:9: message: the value is missing; use at least one letter or digit"),
        ("add: {sms: many}", '1:12: add.sms: "many" is not a whole number; use digits'),
        ("rate: {Sms: free}", '1:13: rate.Sms: "free" is not a price; use digits'),
        ("discount: {all: 100.01%}", '1:17: discount.all: "100.01%": the maximum is 100%'),
        ("carrier: {att: 50, ATT: 50}", "1:20: carrier.ATT: att is given twice; remove one"),
        ("rate:\n  sms: 1\n  automated-sms: 2", "3:3: rate.automated-sms: automated_sms is given"),
        ("rates: [a, [b]]", "1:12: rates: expected a single value, got a list; use a text"),
        ("start: 1999-12-31", '1:8: start: "1999-12-31": out of range; use a date from 2000 to'),
        (f"contact: {LONG}", f"1:10: contact: {CUT}: longer than 120 characters; shorten it"),
        ("note: a\u200bb", '1:7: note: "a\\u200bb": contains the invisible character U+200B; use'),
        ("number: 10", '1:9: number: "10" is not a quote number; use one such as Q-10, or numbers'),
        ("valid_days: 0", '1:13: valid_days: "0": out of range; use a number of days from 1 to'),
        ("zzz: 3", "1:1: zzz: unknown key; known keys: plan, agents, numbers, sms, message"),
        ("rates: [../a.yaml]", f'1:8: rates: "../a.yaml" {OUTSIDE} --rates ../a.yaml {TO}'),
        ("rates: [/etc/passwd]", f'1:8: rates: "/etc/passwd" {OUTSIDE} --rates /etc/passwd {TO}'),
        ("message: ../a\nrecipients: 1", f'1:10: message: "../a" {OUTSIDE} --message ../a {TO}'),
    ],
)
def test_scenario_reports_problem_with_location(content: str, problem: str) -> None:
    [found] = problems_of(content)
    assert found.startswith(problem)


SPECIAL = "is not a regular file; use a file  [E-PATH]"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("ours", None),
        ("none.yaml", None),
        ("up/card.yaml", f"{OUTSIDE} --rates deal/up/card.yaml {TO}"),
        ("linked", f"{OUTSIDE} --rates deal/linked {TO}"),
        ("linked/upro.yaml", f"{OUTSIDE} --rates deal/linked/upro.yaml {TO}"),
        ("linked-conflict", f"{OUTSIDE} --rates deal/linked-conflict {TO}"),
        ("pipe", SPECIAL),
        ("piped", SPECIAL),
    ],
)
def test_scenario_opens_only_regular_files_in_its_folder(path: str, problem: str | None) -> None:
    deal = Path("deal")
    for folder in ("ours/examples", "linked", "linked-conflict/conflicts", "piped"):
        (deal / folder).mkdir(parents=True)
    (deal / "ours" / "upro.yaml").write_text("")
    (deal / "up").symlink_to(deal.parent.absolute())
    (deal / "linked" / "upro.yaml").symlink_to("/etc/passwd")
    (deal / "linked-conflict" / "conflicts" / "a.yaml").symlink_to("/etc/passwd")
    os.mkfifo(deal / "pipe")
    os.mkfifo(deal / "piped" / "upro.yaml")

    found = [str(each) for each in read(f"rates: {path}", "deal")[1]]

    if problem is None:
        assert found == []
    else:
        assert found == [f'acme.yaml:1:8: rates: "{path}" {problem}']


def test_scenario_remembers_where_each_value_was_given() -> None:
    content = "\nagents: 3\nrate:\n  Sms: 0.01\n  license: 60\ncarrier: {ATT: 100}\n"
    scenario, problems = read(content)

    assert problems == []
    assert scenario.origins == {
        "": Location("acme.yaml", 2, 1),
        "agents": Location("acme.yaml", 2, 9),
        "rate": Location("acme.yaml", 4, 3),
        "rate.automated_sms": Location("acme.yaml", 4, 3),
        "rate.license": Location("acme.yaml", 5, 3),
        "carrier": Location("acme.yaml", 6, 10),
        "carrier.att": Location("acme.yaml", 6, 11),
    }


@pytest.mark.parametrize("folder", ["", "acme"])
def test_paths_are_relative_to_folder_of_scenario(folder: str) -> None:
    scenario, problems = read("message: promo.txt\nrates: [card.yaml]\n", folder)

    assert problems == []
    assert scenario.message == os.path.join(folder, "promo.txt")
    assert scenario.rates == (os.path.join(folder, "card.yaml"),)
    assert read("message: '-'\n", folder)[0].message == "-"


def test_scenario_reads_only_the_keys_it_is_asked_for() -> None:
    root, problems = read_document(b"agents: 3\nsms: 5\n", "acme.yaml")
    scenario = read_scenario(Fields(root, "", problems), "", ("plan", "agents"))

    assert dict(scenario.given()) == {"agents": 3}
    assert [str(problem) for problem in problems] == [
        "acme.yaml:2:1: sms: unknown key; known keys: plan, agents  [E-KEY]"
    ]


SCENARIO = "agents: 3\nmessage: promo.txt\nrates: card.yaml\n"


def test_load_scenario_finds_paths_beside_its_file() -> None:
    Path("deals").mkdir()
    Path("deals", "acme.yaml").write_text(SCENARIO, "utf-8")

    scenario = load_scenario(os.path.join("deals", "acme.yaml"))

    assert dict(scenario.given()) == {
        "agents": 3,
        "message": os.path.join("deals", "promo.txt"),
        "rates": (os.path.join("deals", "card.yaml"),),
    }
    assert scenario.origins["agents"] == Location(os.path.join("deals", "acme.yaml"), 1, 9)


@pytest.mark.parametrize("path", ["acme.yaml", "-"])
def test_load_scenario_reports_all_problems(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "agents: ten\ncurrency: &a USD\nterm: weekly\n"
    Path("acme.yaml").write_text(content, "utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    name = "stdin" if path == "-" else path

    with pytest.raises(ValidationError) as raised:
        load_scenario(path)

    assert [str(problem.location) for problem in raised.value.problems] == [
        f"{name}:1:9",
        f"{name}:2:1",
        f"{name}:2:11",
        f"{name}:3:7",
    ]


ROW = Location("rows.csv", 2)


@pytest.mark.parametrize(
    ("row", "given"),
    [
        ({}, {}),
        ({"agents": "", "rate": "", "rate.sms": "", "agnets": "", "zzz.x": ""}, {}),
        ({"agents": "0"}, {"agents": 0}),
        ({"add.sms": "1", "rate": ""}, {"add": {"automated_sms": 1}}),
    ],
)
def test_row_gives_the_values_of_its_cells(row: dict[str, str], given: dict[str, object]) -> None:
    problems: list[Problem] = []
    scenario = read_row(row, ROW, problems)

    assert problems == []
    assert dict(scenario.given()) == given
    assert {*scenario.origins.values()} == {ROW}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"rate": "3", "rate.sms": "1"}, "rate: expected a mapping, got a text; use `key: value`"),
        ({"sms.x": "3"}, "sms: expected a single value, got a mapping; use one value, such as 10k"),
        ({"rate.sms": "1", "rate.automated_sms": "2"}, "rate.automated_sms: automated_sms is give"),
        ({"rate.a.b": "x"}, 'rate.a.b: "x" is not a price; use digits with an optional fraction'),
        ({"agents": "1.5"}, 'agents: "1.5" is not a whole number; use digits, such as 10000, 10'),
        ({"agnets": "3"}, "agnets: unknown key; did you mean agents?"),
    ],
)
def test_row_reports_problem_with_its_line(row: dict[str, str], problem: str) -> None:
    problems: list[Problem] = []
    read_row(row, ROW, problems)

    [found] = problems
    assert str(found).startswith(f"rows.csv:2: {problem}")
