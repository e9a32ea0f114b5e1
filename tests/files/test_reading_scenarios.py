"""Scenarios in files and rows: what each key gives, where it stands, and how it is refused."""

import io
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import KEYS, Scenario
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import load_scenario, read_row, read_scenario


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, so that files are named as they are written."""
    monkeypatch.chdir(tmp_path)


def read(content: str, folder: str = "") -> tuple[Scenario, list[Problem]]:
    root, problems = read_document(content.encode(), "acme.yaml")
    return read_scenario(Fields(root, "", problems), folder), problems


def faults_of(content: str) -> list[str]:
    """Return what is wrong with `content`, without the file that holds it."""
    return [str(problem).removeprefix("acme.yaml:") for problem in read(content)[1]]


#: Each key with a value as it is written, and what it means.
VALUES: list[tuple[str, str, object]] = [
    ("plan", "uPro", "uPro"),
    ("agents", "3", 3),
    ("numbers", "0", 0),
    ("sms", "10k", 10_000),
    ("message", "promo.txt", "promo.txt"),
    ("recipients", "5,000", 5000),
    ("minutes", "2.5k", 2500),
    ("agent_minutes", "1_000", 1000),
    ("inbound_minutes", "1", 1),
    ("agent_sms", "2", 2),
    ("inbound_sms", "3", 3),
    ("toll_free_numbers", "4", 4),
    ("toll_free_minutes", "5", 5),
    ("toll_free_sms", "6", 6),
    ("add", "{Number-Lookup: 500, sms: 1}", {"number_lookup": 500, "automated_sms": 1}),
    ("rate", "{uPro:sms: 0.012}", {"upro:automated_sms": Decimal("0.012")}),
    ("term", "quarterly", "quarterly"),
    ("min_agents", "5", 5),
    ("discount", "{all: 12.5%, agents: 5}", {"all": Decimal("12.5"), "license": Decimal(5)}),
    ("brand", "starter", "starter"),
    ("campaigns", "2", 2),
    ("low_volume_campaigns", "1", 1),
    ("rates", "[a.yaml, b.yaml]", ("a.yaml", "b.yaml")),
    ("as_of", "2026-12-31", "2026-12-31"),
    ("start", "2026-12-23", "2026-12-23"),
    ("carrier_fees", "true", True),
    ("carrier", "{ATT: 60%, t-mobile: 40}", {"att": Decimal(60), "t-mobile": Decimal(40)}),
    ("credits", "100", Decimal(100)),
    ("allow_unpriced", "true", True),
    ("prospect", "Acme", "Acme"),
    ("contact", '" Ann Lee "', "Ann Lee"),
    ("prepared_by", "Bo", "Bo"),
    ("number", "Q-7", "Q-7"),
    ("issued", "2026-12-01", "2026-12-01"),
    ("valid_days", "30", 30),
    ("note", "Thanks.", "Thanks."),
]


@pytest.mark.parametrize(("key", "text", "value"), VALUES)
def test_each_key_gives_its_value_and_nothing_else(key: str, text: str, value: object) -> None:
    scenario, problems = read(f"{key}: {text}\n")

    assert problems == []
    assert dict(scenario.given()) == {key: value}


def test_the_table_above_leaves_no_key_out() -> None:
    assert tuple(row[0] for row in VALUES) == KEYS


DIGITS = "write plain digits with an optional fraction, such as 0.015"
QUANTITY = "write a whole number such as 10000, 10,000 or 10k"
A_QUANTITY = "write a whole number such as 10,000"
DAY = "write a day that exists, such as 2026-11-22"
PERCENT = "write a percentage such as 10% or 12.5%"
INVISIBLE = "write it on one line, without the invisible character U+200B"
NUMBER = "the number of a quote is like Q-10; phone numbers are numbers"
LONG = "x" * 121


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("plan: [uPro]", "1:7: plan: a list is no plain value; add it"),
        ("agents: ten", f"1:9: agents: 'ten' is not right; {QUANTITY}"),
        ("message:", "1:9: message: the value is missing; write a text"),
        ("recipients: -1", "1:13: recipients: '-1' is not right; a quantity is never negative"),
        ("add: 5", "1:6: add: '5' is no mapping; write `key: value`"),
        ("add: {sms: many}", f"1:12: add.sms: 'many' is not right; {QUANTITY}"),
        ("rate: {Sms: free}", f"1:13: rate.Sms: 'free' is not right; {DIGITS}"),
        ("discount: {all: half}", f"1:17: discount.all: 'half' is not right; {PERCENT}"),
        (
            "discount: {all: 100.01%}",
            "1:17: discount.all: '100.01%' is not right; a percentage goes up to 100%",
        ),
        ("carrier: {att: most}", f"1:16: carrier.att: 'most' is not right; {PERCENT}"),
        (
            "rate:\n  sms: 0.01\n  automated-sms: 0.02",
            "3:3: rate.automated-sms: automated_sms is given twice; keep one of them",
        ),
        (
            "carrier: {att: 50, ATT: 50}",
            "1:20: carrier.ATT: att is given twice; keep one of them",
        ),
        ("term: weekly", "1:7: term: 'weekly' is not right; write monthly or quarterly or annual"),
        (
            "term: [monthly]",
            "1:7: term: a list is no plain value; write monthly or quarterly or annual",
        ),
        ("brand: gold", "1:8: brand: 'gold' is not right; write starter or standard"),
        ("rates: {a: b}", "1:8: rates: a mapping is no list; write [one, another]"),
        ("rates: [a, [b]]", "1:12: rates: a list is no plain value; write a text"),
        ("as_of: soon", f"1:8: as_of: 'soon' is not right; {DAY}"),
        (
            "start: 1999-12-31",
            "1:8: start: '1999-12-31' is not right; write a day from 2000 to 2999",
        ),
        ("carrier_fees: yes", "1:15: carrier_fees: 'yes' is not right; write true or false"),
        ("credits: 1e3", f"1:10: credits: '1e3' is not right; {DIGITS}"),
        ("allow_unpriced: 1", "1:17: allow_unpriced: '1' is not right; write true or false"),
        ("prospect: [Acme]", "1:11: prospect: a list is no plain value; write a text"),
        ('prospect: " "', "1:11: prospect: ' ' is not right; write a text"),
        (
            f"contact: {LONG}",
            f"1:10: contact: '{'x' * 40}...' is not right; write at most 120 characters",
        ),
        (
            "prepared_by: a\u200bb",
            f"1:14: prepared_by: 'a\\u200bb' is not right; {INVISIBLE}",
        ),
        (
            "number: 10",
            f"1:9: number: '10' is not right; {NUMBER}",
        ),
        ("issued: 2026-02-30", f"1:9: issued: '2026-02-30' is not right; {DAY}"),
        ("valid_days: [30]", "1:13: valid_days: a list is no plain value; write 30"),
        (
            "valid_days: 0",
            "1:13: valid_days: '0' is not right; write a number of days from 1 to 3,650",
        ),
        (
            f"note: {LONG * 5}",
            f"1:7: note: '{'x' * 40}...' is not right; write at most 500 characters",
        ),
        ("agents: 3\nagnets: 3", "2:1: agnets: unknown key; did you mean agents?"),
        ("zzz: 3", f"1:1: zzz: unknown key; known here: {', '.join(KEYS)}"),
        ("- agents: 3", "1:1: a list is no mapping; write `key: value`"),
    ],
)
def test_what_is_wrong_in_a_scenario_is_refused_at_its_place(content: str, said: str) -> None:
    assert faults_of(content) == [said]


@pytest.mark.parametrize(
    ("keys", "default"),
    [
        (["plan", "message", "prospect", "contact", "prepared_by", "number", "note"], ""),
        (["agents", "sms", "recipients", "min_agents", "campaigns"], 0),
        (["as_of", "start", "issued"], ""),
        (["credits"], Decimal(0)),
        (["valid_days"], 1),
        (["term"], "monthly"),
        (["brand"], "starter"),
        (["carrier_fees", "allow_unpriced"], True),
        (["rates"], ()),
    ],
)
def test_what_is_wrong_reads_as_a_value_of_its_kind(keys: list[str], default: object) -> None:
    scenario, problems = read("".join(f"{key}: {{a: b}}\n" for key in keys))

    assert [problem.path for problem in problems] == keys
    assert [getattr(scenario, key) for key in keys] == [default] * len(keys)


def test_a_scenario_remembers_where_each_value_was_given() -> None:
    scenario, problems = read(
        "\nagents: 3\nrate:\n  Sms: 0.01\n  license: 60\ncarrier: {ATT: 100}\n"
    )

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


@pytest.mark.parametrize(
    ("folder", "message", "rates"),
    [
        ("", "promo.txt", ("card.yaml", "/b.yaml")),
        ("acme", os.path.join("acme", "promo.txt"), (os.path.join("acme", "card.yaml"), "/b.yaml")),
    ],
)
def test_paths_begin_at_the_folder_of_the_scenario(
    folder: str, message: str, rates: tuple[str, ...]
) -> None:
    scenario, problems = read("message: promo.txt\nrates: [card.yaml, /b.yaml]\n", folder)

    assert problems == []
    assert (scenario.message, scenario.rates) == (message, rates)


def test_a_message_on_standard_input_stands_in_no_folder() -> None:
    scenario, _ = read("message: '-'\n", "acme")
    assert scenario.message == "-"


def test_a_scenario_reads_only_the_keys_that_are_asked_for() -> None:
    root, problems = read_document(b"agents: 3\nsms: 5\n", "acme.yaml")
    scenario = read_scenario(Fields(root, "", problems), "", ("plan", "agents"))

    assert dict(scenario.given()) == {"agents": 3}
    assert [str(problem) for problem in problems] == [
        "acme.yaml:2:1: sms: unknown key; known here: plan, agents"
    ]


SCENARIO = "agents: 3\nmessage: promo.txt\nrates: card.yaml\n"


def test_a_scenario_is_loaded_from_a_file_with_the_paths_beside_it() -> None:
    Path("deals").mkdir()
    Path("deals", "acme.yaml").write_text(SCENARIO, "utf-8")

    scenario = load_scenario(os.path.join("deals", "acme.yaml"))

    assert dict(scenario.given()) == {
        "agents": 3,
        "message": os.path.join("deals", "promo.txt"),
        "rates": (os.path.join("deals", "card.yaml"),),
    }
    assert scenario.origins["agents"] == Location(os.path.join("deals", "acme.yaml"), 1, 9)


def test_a_scenario_is_loaded_from_standard_input_with_the_paths_of_the_working_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SCENARIO.encode())))

    scenario = load_scenario("-")

    assert dict(scenario.given()) == {
        "agents": 3,
        "message": "promo.txt",
        "rates": ("card.yaml",),
    }
    assert scenario.origins["agents"] == Location("standard input", 1, 9)


@pytest.mark.parametrize("path", ["acme.yaml", "-"])
def test_a_scenario_is_refused_with_all_that_is_wrong_in_it(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = "agents: ten\ncurrency: &a USD\nterm: weekly\n"
    Path("acme.yaml").write_text(content, "utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    name = "standard input" if path == "-" else path

    with pytest.raises(FaultyFiles) as raised:
        load_scenario(path)

    assert [str(problem.place) for problem in raised.value.problems] == [
        f"{name}:1:9",
        f"{name}:2:1",
        f"{name}:2:11",
        f"{name}:3:7",
    ]


def test_a_fault_of_a_scenario_as_a_whole_has_no_keys() -> None:
    Path("acme.yaml").write_text("- a\n", "utf-8")

    with pytest.raises(FaultyFiles) as raised:
        load_scenario("acme.yaml")

    assert raised.value.problems == (
        Problem(Location("acme.yaml", 1, 1), "", "a list is no mapping", "write `key: value`"),
    )


ROW_PLACE = Location("rows.csv", 2, 1)


@pytest.mark.parametrize(
    ("row", "given"),
    [
        ({}, {}),
        ({"agents": "", "rate": "", "rate.sms": "", "agnets": "", "zzz.x": ""}, {}),
        ({"agents": "0"}, {"agents": 0}),
        ({"rates": "card.yaml"}, {"rates": (os.path.join("acme", "card.yaml"),)}),
        ({"message": "promo.txt"}, {"message": os.path.join("acme", "promo.txt")}),
        (
            {"add.sms": "1", "add.number_lookup": "2", "rate": ""},
            {"add": {"automated_sms": 1, "number_lookup": 2}},
        ),
    ],
)
def test_a_row_gives_what_its_cells_hold(row: dict[str, str], given: dict[str, object]) -> None:
    problems: list[Problem] = []
    scenario = read_row(row, ROW_PLACE, "acme", problems)

    assert problems == []
    assert dict(scenario.given()) == given


def test_whatever_a_row_gives_stands_at_the_place_of_the_row() -> None:
    scenario = read_row({"agents": "3", "rate.Sms": "0.01"}, ROW_PLACE, "", [])

    assert scenario.origins == dict.fromkeys(
        ["", "agents", "rate", "rate.automated_sms"], ROW_PLACE
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"rate": "3", "rate.sms": "1"}, "rate: '3' is no mapping; write `key: value`"),
        (
            {"sms.x": "3", "agents": "1"},
            f"sms: a mapping is no plain value; {A_QUANTITY}",
        ),
        (
            {"rate.sms": "1", "rate.automated_sms": "2"},
            "rate.automated_sms: automated_sms is given twice; keep one of them",
        ),
        ({"rate.a.b": "x"}, f"rate.a.b: 'x' is not right; {DIGITS}"),
        ({"agents": "1.5"}, "agents: '1.5' is not right; a quantity is a whole number"),
        ({"agnets": "3"}, "agnets: unknown key; did you mean agents?"),
    ],
)
def test_what_is_wrong_in_a_row_is_refused_at_the_place_of_the_row(
    row: dict[str, str], said: str
) -> None:
    problems: list[Problem] = []
    read_row(row, ROW_PLACE, "", problems)

    assert [str(problem) for problem in problems] == [f"rows.csv:2:1: {said}"]
