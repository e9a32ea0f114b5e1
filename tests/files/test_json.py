"""Strict JSON: what is parsed, what is rejected, and whether a value fits a schema."""

import json
from typing import Any

import pytest
from conftest import validator
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.errors import DataError
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import read_scenario
from aloware_cli.files.schemas import MAX_BYTES, MAX_VALUES, find_mismatch, parse_json

HINT = "use a quote saved with --format json"
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**19), 10**19) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def message_of(content: bytes) -> str:
    with pytest.raises(DataError) as raised:
        parse_json(content, "a.json")
    (problem,) = raised.value.problems
    assert problem.hint == HINT
    return f"{problem.message}  [{problem.code}]"


@given(document=values, indent=st.sampled_from([None, 0, "\t"]), ascii_only=st.booleans())
def test_parse_json_reads_what_others_write(
    document: Any, indent: int | str | None, *, ascii_only: bool
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    assert parse_json(text.encode("utf-8", "surrogatepass"), "a.json") == document


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.json:1:1: not JSON: Expecting value  [E-JSON]"),
        (b"\xef\xbb\xbf", "a.json:1:1: not JSON: Expecting value  [E-JSON]"),
        (b"plan: uPro", "a.json:1:1: not JSON: Expecting value  [E-JSON]"),
        (
            b'{"a": 1,\nb}',
            "a.json:2:1: not JSON: Expecting property name enclosed in double quotes",
        ),
        (b"[1 2]", "a.json:1:4: not JSON: Expecting ',' delimiter  [E-JSON]"),
        (b"{} {}", "a.json:1:4: not JSON: Extra data  [E-JSON]"),
        (b'["a\n"]', "a.json:1:4: not JSON: Invalid control character at  [E-JSON]"),
        (b"\xff", "a.json: not UTF-8 text  [E-ENCODING]"),
        (b"[NaN]", "a.json: NaN is not a JSON value  [E-JSON]"),
        (b"[-Infinity]", "a.json: -Infinity is not a JSON value  [E-JSON]"),
        (b'{"b": 1, "a": 1, "a": 2}', 'a.json: "a" is a duplicate key  [E-JSON]'),
        (b"[123456789012345678901]", 'a.json: "123456789012345678901" has more than 20 digits'),
    ],
)
def test_parse_json_rejects_other_content(content: bytes, message: str) -> None:
    assert message_of(content).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b" " * (MAX_BYTES + 1), "a.json: larger than 16 MiB  [E-SIZE]"),
        (b" " * MAX_BYTES, f"a.json:1:{MAX_BYTES + 1}: not JSON: Expecting value  [E-JSON]"),
        (b"\n" * MAX_BYTES, f"a.json:{MAX_BYTES + 1}:1: not JSON: Expecting value  [E-JSON]"),
        (b"[" + b"1," * 900_000 + b"1]", f"a.json: more than {MAX_VALUES:,} values  [E-SIZE]"),
        (b"[" * MAX_VALUES, "a.json: nested too deeply  [E-SIZE]"),
        (b'{"a":' * 100_000, "a.json: nested too deeply  [E-SIZE]"),
        (b"1" * 10**6, f'a.json: "{"1" * 40}..." has more than 20 digits  [E-JSON]'),
    ],
    ids=["16 MiB and a byte", "spaces", "lines", "numbers", "lists", "objects", "digits"],
)
def test_parse_json_is_bounded(content: bytes, message: str) -> None:
    assert message_of(content) == message


SMALL = {
    "type": "object",
    "properties": {
        "text": {"$ref": "#/$defs/code"},
        "count": {"anyOf": [{"$ref": "#/$defs/count"}, {"type": "null"}], "description": "C."},
        "list": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1},
        "map": {"type": "object", "additionalProperties": {"type": "boolean"}},
        "date": {"type": "string", "format": "date", "description": "a date"},
    },
    "required": ["text"],
    "additionalProperties": False,
    "$defs": {
        "code": {
            "description": "two letters", "type": "string", "pattern": "^[a-z]+$", "maxLength": 2,
        },
        "count": {"description": "a count", "type": "integer", "minimum": 1, "maximum": 9},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"text": "a", "count": None, "list": ["b"], "map": {"x": True}}, None),
        ({"text": "a", "count": 9, "map": {}, "date": "2026-12-23"}, None),
        ([], ": expected an object, got a list of 0"),
        (None, ": expected an object, got null"),
        ({}, "text: missing key"),
        ({"text": "a", "txet": 1}, "txet: unknown key; did you mean text?"),
        ({"text": 1}, "text: expected a text, got 1"),
        ({"text": "A"}, 'text: expected two letters, got "A"'),
        ({"text": "abc"}, 'text: expected two letters, got "abc"'),
        ({"text": "a\n"}, r'text: expected two letters, got "a\n"'),
        ({"text": "a", "count": "1"}, 'count: expected a whole number, got "1"'),
        ({"text": "a", "count": True}, "count: expected a whole number, got true"),
        ({"text": "a", "count": 1.0}, "count: expected a whole number, got 1.0"),
        ({"text": "a", "count": 0}, "count: expected a count from 1 to 9, got 0"),
        ({"text": "a", "count": 10}, "count: expected a count from 1 to 9, got 10"),
        ({"text": "a", "list": {}}, "list: expected a list, got an object"),
        ({"text": "a", "list": []}, "list: expected at least one item, got an empty list"),
        ({"text": "a", "list": ["a", "c"]}, 'list.1: expected a or b, got "c"'),
        ({"text": "a", "map": {"x y\n": 0}}, r'map."x y\n": expected true or false, got 0'),
        ({"text": "a", "date": "2026-02-30"}, 'date: expected a date, got "2026-02-30"'),
    ],
)
def test_find_mismatch_names_the_first_key_that_breaks_the_schema(
    value: object, message: str | None
) -> None:
    mismatch = find_mismatch(value, SMALL)
    if mismatch is None:
        assert message is None
    else:
        hint = f"; {mismatch.hint}" if mismatch.hint else ""
        assert f"{mismatch.path}: {mismatch.message}{hint}" == message


@given(value=values, quote=st.booleans())
def test_find_mismatch_agrees_with_jsonschema_on_anything(value: object, *, quote: bool) -> None:
    name = "quote" if quote else "sweep"
    schema = validator(name).schema
    assert isinstance(schema, dict)
    assert (find_mismatch(value, schema) is None) == validator(name).is_valid(value)


# Scenarios in JSON


def scenario_of(text: str, name: str = "acme.json") -> tuple[dict[str, object], list[str]]:
    root, problems = read_document(text.encode(), name)
    scenario = read_scenario(Fields(root, "", problems), "")
    return dict(scenario.given()), [str(problem) for problem in problems]


@pytest.mark.parametrize("name", ["acme.json", "stdin"])
@pytest.mark.parametrize(
    ("text", "given"),
    [
        ('{"agents": 3, "sms": "10k"}', {"agents": 3, "sms": 10_000}),
        (r'{"prospect": "\ud83d\ude00 \\ud83d \u00e9\/"}', {"prospect": "😀 \\ud83d é/"}),
        ('{"plan": null, "agents": 3, "add": {"number_lookup": null}}', {"agents": 3}),
        ('{"plan": "null"}', {"plan": "null"}),
        ('\ufeff{\n\t"agents":\t3\n}\n', {"agents": 3}),
        ('{"carrier_fees": true, "credits": 0.5}', {"carrier_fees": True, "credits": 0.5}),
    ],
)
def test_json_scenario_is_read_as_json(text: str, given: object, name: str) -> None:
    assert scenario_of(text, name) == (given, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '{"agents": 3,b}',
            ("acme.json:1:14: not JSON: Expecting property name enclosed in double quotes; "
             "correct this line or the one above it  [E-JSON]"),
        ),
        ("agents: 3\n", "acme.json:1:1: not JSON: Expecting value; correct this line"),
        (
            '{\n  "agents": "many"\n}',
            'acme.json:2:13: agents: "many" is not a whole number; use digits',
        ),
        ('{"rates": [null]}', "acme.json:1:12: rates: expected a single value, got null"),
        (
            '{"agents": 3,\n "agents": 4}',
            'acme.json:2:2: "agents" is a duplicate key, first on line 1; remove one',
        ),
        ("[" * 17, "acme.json:1:18: not JSON: Expecting value"),
        (f"{'[' * 17}{']' * 17}", "acme.json:1:17: more than 16 levels deep"),
        ("[" * 20_000, "acme.json:1:1: nested too deeply; use fewer levels"),
        (f'{{"agents": {"1" * 5000}}}', f'acme.json:1:12: agents: "{"1" * 40}..."'),
    ],
)  # fmt: skip
def test_json_scenario_problems_have_locations(text: str, problem: str) -> None:
    assert scenario_of(text)[1][0].startswith(problem)
