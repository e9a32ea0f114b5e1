"""The schema of scenarios: it accepts what the reader accepts."""

import json
from typing import Any

import pytest
from conftest import validator
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.scenarios import OPTIONS
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import read_groups
from aloware_cli.files.schemas import read_schema

VALIDATOR = validator("scenario")


def reader_accepts(scenario: dict[str, Any]) -> bool:
    root, problems = read_document(json.dumps(scenario).encode(), "acme.json")
    read_groups(Fields(root, "", problems), "")
    return not problems


@pytest.mark.parametrize("key", OPTIONS)
def test_sample_value_of_every_key_is_accepted(key: str) -> None:
    option = OPTIONS[key]
    value: Any = option.sample
    if option.kind == "entries":
        name, _, inner = option.sample.rpartition("=")
        value = {name: inner}
    for given_value in (value, [value]) if option.kind == "paths" else (value, None):
        assert reader_accepts({key: given_value})
        VALIDATOR.validate({key: given_value})


@pytest.mark.parametrize(
    ("scenario", "accepted"),
    [
        ({}, True),
        ({"agents": 3, "sms": "10k", "minutes": "1,000", "numbers": "1_000"}, True),
        ({"agents": 10**9, "sms": "1,000,000,000", "minutes": "1000000k"}, True),
        ({"agents": "2.5k", "sms": "0.001k"}, True),
        ({"agents": 10**9 + 1}, False),
        ({"agents": "1,000,000,001"}, False),
        ({"agents": "1000000.001k"}, False),
        ({"agents": -3}, False),
        ({"agents": "1,2"}, False),
        ({"agents": "1_000,0"}, False),
        ({"agents": "1,000_000"}, False),
        ({"agents": 1.5}, False),
        ({"agents": "2.0005k"}, False),
        ({"agents": "\u0661"}, False),
        ({"agents": ""}, False),
        ({"agents": [3]}, False),
        ({"agents": {}}, False),
        ({"sms": "5k/10,000/20k", "add": {"number_lookup": "1/1/1"}}, True),
        ({"groups": [{"plan": "ipro", "agents": 5}, {"plan": "xpro", "name": "Sales"}]}, True),
        ({"groups": [{"discount": {"all": "10%"}, "start": "2026-12-23", "name": None}]}, True),
        ({"groups": None}, True),
        ({"groups": []}, False),
        ({"groups": {"plan": "ipro"}}, False),
        ({"groups": ["ipro"]}, False),
        ({"groups": [{"name": ""}]}, False),
        ({"groups": [{"name": "a\u202eb"}]}, False),
        ({"groups": [{"credits": 100}]}, False),
        ({"groups": [{"groups": [{"plan": "ipro"}]}]}, False),
        ({"groups": [{"agents": -1}]}, False),
        ({"sms": "5k/10k"}, False),
        ({"sms": "5k//20k"}, False),
        ({"agnets": 3}, False),
        ({"add": {"number_lookup": 5, "late_appeal": None}}, True),
        ({"add": {"number_lookup": "many"}}, False),
        ({"add": []}, False),
        ({"discount": {"all": 5, "license": "12.5%"}}, True),
        ({"discount": {"all": "100%", "license": 100}}, True),
        ({"discount": {"all": "200%"}}, False),
        ({"discount": {"all": 101}}, False),
        ({"discount": {"all": "12.345"}}, False),
        ({"discount": {"all": "-1"}}, False),
        ({"rate": {"license": 60, "upro:minutes": "0.02"}}, True),
        ({"rate": {"license": "1000000"}}, True),
        ({"rate": {"license": "1000000.01"}}, False),
        ({"rate": {"license": "1,000"}}, False),
        ({"rate": {"license": "0.123456789"}}, False),
        ({"rate": {"license": "0.02 USD"}}, False),
        ({"line": {"Onboarding": "500 once", "Support: 24/7": 99, "A": "1,000.50"}}, True),
        ({"line": {"Onboarding": 1_000_000, "A": None}}, True),
        ({"line": {"Onboarding": "1,000,000.01"}}, False),
        ({"line": {"Onboarding": "500 twice"}}, False),
        ({"line": {"Onboarding": -5}}, False),
        ({"line": ["Onboarding"]}, False),
        ({"credits": "1,000.50"}, True),
        ({"credits": 1_500_000}, True),
        ({"credits": "1,000,000,000,000"}, True),
        ({"credits": "1,000,000,000,001"}, False),
        ({"credits": "1,00"}, False),
        ({"credits": -1}, False),
        ({"term": "annual", "brand": "STANDARD"}, True),
        ({"term": "yearly"}, False),
        ({"brand": "gold"}, False),
        ({"start": "2026-12-23", "issued": "today"}, True),
        ({"start": "today"}, False),
        ({"start": "2026-02-30"}, False),
        ({"as_of": "soon"}, False),
        ({"as_of": "1999-12-31"}, False),
        ({"carrier_fees": True, "allow_unpriced": False}, True),
        ({"carrier_fees": "true"}, True),
        ({"carrier_fees": "yes"}, False),
        ({"carrier_fees": 1}, False),
        ({"rates": "card.yaml"}, True),
        ({"rates": ["card.yaml", "other.yaml"]}, True),
        ({"rates": []}, True),
        ({"rates": {"a": "b"}}, False),
        ({"number": "Q-10"}, True),
        ({"number": "10"}, False),
        ({"number": "1,000"}, False),
        ({"prospect": "Acme\u00a0Inc. \U0001f600", "note": "x" * 500}, True),
        ({"prospect": "x" * 121}, False),
        ({"prospect": " "}, False),
        ({"prospect": "a\u202eb"}, False),
        ({"note": "x" * 501}, False),
        ({"note": "a\nb"}, False),
        ({"valid_days": 3650}, True),
        ({"valid_days": 3651}, False),
        ({"valid_days": "0"}, False),
        ({"valid_days": "3651"}, False),
        ({"valid_days": "1k"}, False),
        ({"valid_days": "1,000"}, False),
        ({"call_length": 45, "increment": "6"}, True),
        ({"call_length": "2m30s", "increment": "3m"}, True),
        ({"call_length": "1440m", "increment": 86_400}, True),
        ({"call_length": "1m", "increment": 0}, False),
        ({"call_length": "1441m"}, False),
        ({"increment": 86_401}, False),
        ({"increment": "86401"}, False),
        ({"call_length": "soon"}, False),
        ({"call_length": "30s2m"}, False),
        ({"call_length": "0m0s"}, False),
    ],
)
def test_schema_accepts_what_the_reader_accepts(scenario: Any, *, accepted: bool) -> None:
    assert reader_accepts(scenario) is accepted
    assert VALIDATOR.is_valid(scenario) is accepted


@pytest.mark.parametrize(
    "key", ["agents", "rate", "discount", "credits", "start", "number", "valid_days"]
)
@given(data=st.data())
@settings(max_examples=300)
def test_schema_accepts_a_text_as_the_reader_does(data: st.DataObject, key: str) -> None:
    text = data.draw(st.text("0019,._kK%-", min_size=1, max_size=14))
    scenario = {key: {"all": text} if OPTIONS[key].kind == "entries" else text}
    assert VALIDATOR.is_valid(scenario) == reader_accepts(scenario)


@given(st.from_regex(r"[0-9]{1,3}([,_]?[0-9]{3}){0,4}(\.[0-9]{1,5})?k?", fullmatch=True))
@settings(max_examples=500)
def test_schema_accepts_a_quantity_as_the_reader_does(text: str) -> None:
    assert VALIDATOR.is_valid({"agents": text}) == reader_accepts({"agents": text})


def test_schema_has_every_key_in_order() -> None:
    assert list(json.loads(read_schema("scenario"))["properties"]) == [*OPTIONS, "groups"]
    example = json.loads(read_schema("example"))["$defs"]["example_scenario"]
    assert list(example["properties"]) == [key for key in OPTIONS if OPTIONS[key].in_examples]
    assert example["required"] == ["plan"]
