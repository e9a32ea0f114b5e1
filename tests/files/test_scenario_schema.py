"""The schema of scenarios: it says what the reader says."""

import re

import pytest
from conftest import Run
from test_card_schemas import read, refused, schema

from aloware_cli.domain.scenarios import KEYS, KEYS_OF_DETAILS
from aloware_cli.render.skeleton import SKELETON

#: Every key in use, but the message that would stand in place of sms.
WITH_SMS = re.sub(
    "^(message|recipients):.*\n",
    "",
    re.sub(r"^#(?! \S)", "", SKELETON, flags=re.MULTILINE),
    flags=re.MULTILINE,
)

SAMPLES = [
    SKELETON,
    WITH_SMS,
    "message: promo.txt\nrecipients: 5,000\ncredits: 1,000.50\n",
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
        ("credits: 100", "credits: 1,00"),
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
    alone = {"message", "recipients", "rates", "as_of", "allow_unpriced", *KEYS_OF_DETAILS}
    assert list(known) == [key for key in KEYS if key not in alone]
