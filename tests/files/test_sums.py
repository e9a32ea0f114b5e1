"""What differs between a file and the JSON that it should be, each at its place."""

import json
from typing import Any

import pytest
from conftest import plain_name
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.files.json import read_json
from aloware_cli.files.sums import differences

CHANGED = "was changed after it was written"
FORTY = "x" * 40


def found(text: str, value: Any, path: str = "") -> list[str]:
    root, problems = read_json(text.encode(), "a.json")
    assert problems == []
    return [str(problem) for problem in differences(root, value, path)]


values = st.recursive(
    st.none() | st.booleans() | st.text("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=6,
)


@given(values, values)
def test_a_file_differs_from_whatever_it_does_not_hold(one: Any, other: Any) -> None:
    assert (found(json.dumps(one), other) == []) == (one == other)


@pytest.mark.parametrize(
    ("text", "value", "path", "problems"),
    [
        ('"a"', "a", "p", []),
        ('"a"', "b", "p", [f"1:1: p: {CHANGED}: 'a' no longer adds up; the rest makes 'b'"]),
        ('"a"', None, "p", [f"1:1: p: {CHANGED}: 'a' no longer adds up; the rest makes null"]),
        ("null", None, "p", []),
        (
            "null", "null", "p",
            [f"1:1: p: {CHANGED}: null no longer adds up; the rest makes 'null'"],
        ),
        ("null", False, "p", [f"1:1: p: {CHANGED}: null no longer adds up; the rest makes false"]),
        ("true", True, "p", []),
        ("true", False, "p", [f"1:1: p: {CHANGED}: true no longer adds up; the rest makes false"]),
        (
            "false", "false", "p",
            [f"1:1: p: {CHANGED}: false no longer adds up; the rest makes 'false'"],
        ),
        (
            "false", ["a"], "p",
            [f"1:1: p: {CHANGED}: false no longer adds up; the rest makes a list"],
        ),
        (
            "false", {}, "p",
            [f"1:1: p: {CHANGED}: false no longer adds up; the rest makes an object"],
        ),
        (
            '["a"]', "a", "p",
            [f"1:1: p: {CHANGED}: a list no longer adds up; the rest makes 'a'"],
        ),
        (
            '{"a": "a"}', ["a"], "p",
            [f"1:1: p: {CHANGED}: an object no longer adds up; the rest makes a list"],
        ),
        (
            '["a"]', {"a": "a"}, "p",
            [f"1:1: p: {CHANGED}: a list no longer adds up; the rest makes an object"],
        ),
        (
            f'"{FORTY}y"', f"{FORTY}z", "p",
            [(f"1:1: p: {CHANGED}: '{FORTY}...' no longer adds up; "
              f"the rest makes '{FORTY}...'")],
        ),
        ("[]", [], "p", []),
        ('["a", null]', ["a", None], "p", []),
        ("[]", ["a", "b"], "p", [f"1:1: p: {CHANGED}: it lists 0; the rest makes 2"]),
        ('["a", "b"]', ["a"], "p", [f"1:1: p: {CHANGED}: it lists 2; the rest makes 1"]),
        (
            '["a",\n "b", "c"]', ["a", "x", "y"], "p",
            [f"2:2: p.1: {CHANGED}: 'b' no longer adds up; the rest makes 'x'",
             f"2:7: p.2: {CHANGED}: 'c' no longer adds up; the rest makes 'y'"],
        ),
        ('["b"]', ["a"], "", [f"1:2: 0: {CHANGED}: 'b' no longer adds up; the rest makes 'a'"]),
        ("{}", {}, "p", []),
        ('{"a": "b", "c": {}}', {"c": {}, "a": "b"}, "p", []),
        ('{"nane": "a"}', {"nane": "a", "name": "b"}, "", ["1:1: name: is missing; add 'b'"]),
        ("{}", {"a": {}}, "p", ["1:1: p.a: is missing; add an object"]),
        ("{}", {"a": []}, "p", ["1:1: p.a: is missing; add a list"]),
        ("{}", {"a": None}, "p", ["1:1: p.a: is missing; add null"]),
        (
            '{"name": "a",\n "nane": "b"}', {"name": "a"}, "",
            ["2:2: nane: unknown key; did you mean name?"],
        ),
        ('{"zzz": "a"}', {}, "p", ["1:2: p.zzz: unknown key; known here: none"]),
        (
            '{"a": [{"b":\n"c"}]}', {"a": [{"b": "d"}]}, "",
            [f"2:1: a.0.b: {CHANGED}: 'c' no longer adds up; the rest makes 'd'"],
        ),
        (
            '{"\\u001b": "a"}', {"\x1b": "b"}, "p",
            [rf"1:12: p.'\x1b': {CHANGED}: 'a' no longer adds up; the rest makes 'b'"],
        ),
        ('{"sha256": "a"}', {"sha256": "a"}, "", []),
        (
            '{"sha256": "a"}', {"sha256": "b"}, "",
            [(f"1:12: sha256: {CHANGED}: this is not the hash of the rest; "
              "quote it again, or take an unchanged copy")],
        ),
        (
            '{"sha256": "a"}', {"sha256": "b"}, "p",
            [f"1:12: p.sha256: {CHANGED}: 'a' no longer adds up; the rest makes 'b'"],
        ),
    ],
    ids=lambda value: plain_name(value[:20]) if isinstance(value, str) else None,
)  # fmt: skip
def test_each_difference_is_a_fault_at_its_place(
    text: str, value: Any, path: str, problems: list[str]
) -> None:
    assert found(text, value, path) == [f"a.json:{problem}" for problem in problems]


def test_all_that_is_missing_is_named() -> None:
    problems = found('{"b": "x"}', {"a": "1", "b": "x", "c": "3"})

    assert sorted(problems) == [
        "a.json:1:1: a: is missing; add '1'",
        "a.json:1:1: c: is missing; add '3'",
    ]
