"""`aloware init`: a skeleton that prices as it stands, and with every key in use."""

import re
from pathlib import Path

import pytest
from conftest import Run
from test_card_schemas import read, refused, schema

from aloware_cli.commands.options import PricingOptions
from aloware_cli.domain.scenario import KEYS
from aloware_cli.render.skeleton import SKELETON

CARD = """\
plan: uPro
sources: {offer: {title: Offer to Acme, read_on: 2026-11-20}}
prices:
  automated_sms: {price: 0.012, source: offer, wording: "10,000+ texts at $0.012"}
"""
#: Every key in use; a message stands in place of sms, so one of the two has to go.
IN_USE = re.sub(r"^#(?! \S)", "", SKELETON, flags=re.MULTILINE)
WITH_SMS = re.sub("^(message|recipients):.*\n", "", IN_USE, flags=re.MULTILINE)
WITH_A_MESSAGE = re.sub("^sms:.*\n", "", IN_USE, flags=re.MULTILINE)


def test_the_skeleton_prices_as_it_stands_and_without_its_comments(run: Run) -> None:
    assert run("init").stdout == SKELETON
    bare = re.sub("^#.*\n", "", SKELETON, flags=re.MULTILINE)
    assert bare.split() == ["plan:", "uPro", "agents:", "3"]
    for text in (SKELETON, bare):
        assert run("quote --from - --total monthly", text.encode()).stdout == "210.00\n"


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (WITH_SMS, "114.00"),  # 10,000 x 0.012 less 5%
        (WITH_A_MESSAGE, "57.00"),  # 1 segment x 5,000 x 0.012 less 5%
    ],
)
def test_the_skeleton_prices_with_every_key_in_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, texts: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme-prices.yaml").write_text(CARD)
    Path("promo.txt").write_text("Hello")
    Path("acme.yaml").write_text(text)
    result = run("quote --from acme.yaml --format json")
    assert (result.stderr, result.exit_code) == ("", 0)
    lines = re.findall('"charge": "automated_sms".*?"monthly": "(.*?)"', result.stdout, re.DOTALL)
    assert lines == [texts]


def test_every_key_and_every_shared_flag_stands_in_the_skeleton() -> None:
    keys = re.findall(r"^#?([a-z_]+):", SKELETON, re.MULTILINE)
    assert sorted(keys) == sorted(KEYS)
    assert set(keys) == {"plan", *PricingOptions.__annotations__}


def test_the_skeleton_is_written_and_replaces_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    acme = Path("acme.yaml")
    assert (run("init acme.yaml").stdout, acme.read_text()) == ("", SKELETON)
    acme.write_text("mine")
    result = run("init acme.yaml")
    assert (result.exit_code, acme.read_text()) == (3, "mine")
    assert result.stderr.startswith("Error: acme.yaml exists\n")
    assert run("init acme.yaml --force").exit_code == 0
    assert acme.read_text() == SKELETON
    assert run("init nowhere/acme.yaml").exit_code == 3
    assert run("init -").stdout == SKELETON


SAMPLES = [
    SKELETON,
    WITH_SMS,
    WITH_A_MESSAGE,
    "rates: card.yaml\ndiscount: {all: 5}\nrate: {license: '60.00'}\nagents: '3'\n",
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_schema_takes_what_the_reader_takes(sample: str) -> None:
    assert not refused(read(sample.encode()), schema("scenario"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agents: 3", "agnets: 3"),
        ("agents: 3", "agents: [3]"),
        ("agents: 3", "agents: 1.5"),
        ("agents: 3", "agents: -3"),
        ("plan: uPro", "plan: [uPro]"),
        ("term: monthly", "term: yearly"),
        ("brand: standard", "brand: gold"),
        ("as_of: 2026-12-31", "as_of: soon"),
        ("carrier_fees: true", "carrier_fees: yes"),
        ("credits: 100", "credits: -1"),
        ("automated_minutes: 0.02", "automated_minutes: 0.02 USD"),
        ("rates: [acme-prices.yaml]", "rates: {a: b}"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(run: Run, old: str, new: str) -> None:
    assert WITH_SMS.count(old) == 1
    wrong = WITH_SMS.replace(old, new)
    assert refused(read(wrong.encode()), schema("scenario"))
    assert run("quote --from -", wrong.encode()).exit_code == 3


def test_the_schema_knows_every_key() -> None:
    assert list(schema("scenario")["properties"]) == list(KEYS)
    known = schema("example")["properties"]["scenario"]["properties"]
    alone = {"message", "recipients", "rates", "as_of", "allow_unpriced"}
    assert list(known) == [key for key in KEYS if key not in alone]
