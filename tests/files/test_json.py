"""The strict JSON reader: texts, lists, objects and constants, each with its place."""

import json
from typing import TypeAlias

import pytest
from conftest import plain_name
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.problems import Location
from aloware_cli.files.document import (
    ConstantNode,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
)
from aloware_cli.files.json import read_json

Plain: TypeAlias = str | bool | list["Plain"] | dict[str, "Plain"] | None
CONSTANTS: dict[str, Plain] = {"null": None, "true": True, "false": False}
MEND = "mend the line or the one above it"
IN_QUOTES = "write it in quotes"


def plain(node: Node) -> Plain:
    """Return `node`, which holds nothing broken, without its places."""
    match node:
        case ScalarNode(_, text):
            return text
        case ConstantNode(_, text):
            return CONSTANTS[text]
        case SequenceNode(_, items):
            return [plain(item) for item in items]
        case MappingNode(_, entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
        case _:
            raise AssertionError(node)


def faults_of(text: str) -> list[str]:
    _, problems = read_json(text.encode(), "a.json")
    return [str(problem) for problem in problems]


documents = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(exclude_categories=["C", "Z"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(document=documents, indent=st.sampled_from([None, 0, 1, "\t"]), pure=st.booleans())
def test_it_reads_what_others_write(
    document: Plain, indent: int | str | None, *, pure: bool
) -> None:
    root, problems = read_json(
        json.dumps(document, indent=indent, ensure_ascii=pure).encode(), "a.json"
    )

    assert (plain(root), problems) == (document, [])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('"\\ud83d\\ude00 \\u00e9 \\" \\\\ \\/ \\n"', '\U0001f600 \u00e9 " \\ / \n'),
        ('"\\ud800"', "\ud800"),
        ('"null"', "null"),
        ('""', ""),
        ("null", None),
        (" \t\r\n[ ] \t\r\n", []),
        ("{ }", {}),
        ('{"a":[true,{"b":false}],"c":{"d":[]}}', {"a": [True, {"b": False}], "c": {"d": []}}),
        ('{ "a" : [ true , null ] , "b" : "c" }', {"a": [True, None], "b": "c"}),
        ("\ufeff[]", []),
        ("[" * 15 + "[]" + "]" * 15, [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]),
    ],
)
def test_json_of_texts_and_constants_is_read(text: str, content: Plain) -> None:
    root, problems = read_json(text.encode(), "a.json")

    assert (plain(root), problems) == (content, [])


def test_every_key_and_every_value_has_its_place() -> None:
    text = '{\n  "a": "x",\r\n\n  "\u00e9\U0001f600": [null,\n\ttrue], "c": {}}'
    root, _ = read_json(text.encode(), "a.json")

    def at(line: int, column: int) -> Location:
        return Location("a.json", line, column)

    listed = SequenceNode(
        at(4, 9), [ConstantNode(at(4, 10), "null"), ConstantNode(at(5, 2), "true")]
    )
    assert root == MappingNode(
        at(1, 1),
        {
            "a": (at(2, 3), ScalarNode(at(2, 8), "x")),
            "\u00e9\U0001f600": (at(4, 3), listed),
            "c": (at(5, 9), MappingNode(at(5, 14), {})),
        },
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["1:1: the file is empty; write the keys it needs"]),
        (" \n ", ["1:1: the file is empty; write the keys it needs"]),
        ("nil", [f"1:1: no JSON value here; {MEND}"]),
        ("nulls", [f"1:1: no JSON value here; {MEND}"]),
        ("True", [f"1:1: no JSON value here; {MEND}"]),
        ("NaN", [f"1:1: no JSON value here; {MEND}"]),
        ("\n  -", [f"2:3: no JSON value here; {MEND}"]),
        ("'a'", [f"1:1: no JSON value here; {MEND}"]),
        ("]", [f"1:1: no JSON value here; {MEND}"]),
        ("[", [f"1:2: no JSON value here; {MEND}"]),
        ("[,]", [f"1:2: no JSON value here; {MEND}"]),
        ('["a",]', [f"1:6: no JSON value here; {MEND}"]),
        ('["a"  "b"]', [f"1:7: no ']' here; {MEND}"]),
        ('["a"}', [f"1:5: no ']' here; {MEND}"]),
        ("{", [f"1:2: no key in quotes here; {MEND}"]),
        ("{a: 1}", [f"1:2: no key in quotes here; {MEND}"]),
        ('{"a": {"b": null,\n}}', [f"2:1: a: no key in quotes here; {MEND}"]),
        ('{"a"  "b"}', [f"1:7: a: no ':' here; {MEND}"]),
        ('{"a":}', [f"1:6: a: no JSON value here; {MEND}"]),
        ('{"a": "b"', [f"1:10: no '}}' here; {MEND}"]),
        ('{"a": "b" "c": "d"}', [f"1:11: no '}}' here; {MEND}"]),
        ('{"a": [{"b":\n x}]}', [f"2:2: a.b: no JSON value here; {MEND}"]),
        ("{} {}", ["1:4: something after the end; keep one document in a file"]),
        ('"a" b', ["1:5: something after the end; keep one document in a file"]),
        ("0", [f"1:1: the number '0'; {IN_QUOTES}"]),
        ("[ -1.5e+3]", [f"1:3: the number '-1.5e+3'; {IN_QUOTES}"]),
        (
            '{"a": 1, "b":\n[2E-5, "c"]}',
            [f"1:7: a: the number '1'; {IN_QUOTES}", f"2:2: b: the number '2E-5'; {IN_QUOTES}"],
        ),
        (f"[{'9' * 41}]", [f"1:2: the number '{'9' * 40}...'; {IN_QUOTES}"]),
        ("[1, x", [f"1:2: the number '1'; {IN_QUOTES}", f"1:5: no JSON value here; {MEND}"]),
        (
            '{"a": "b",\n "a": "c"}',
            ["2:2: 'a' stands twice, first on line 1; keep one of them"],
        ),
        (
            "[" * 17,
            ["1:17: more than 16 levels deep; write it flatter"],
        ),
        (
            '{"a": "x\n"}',
            ["1:9: a: not JSON: Invalid control character at; mend the text in quotes"],
        ),
        (
            '[\n  "x',
            ["2:3: not JSON: Unterminated string starting at; mend the text in quotes"],
        ),
        (
            '{"a": null, "b',
            ["1:13: not JSON: Unterminated string starting at; mend the text in quotes"],
        ),
        ('"\x7f"', ["1:2: the invisible character U+007F; write plain text"]),
    ],
    ids=lambda value: plain_name(str(value)[:20]),
)
def test_anything_else_is_refused_at_its_place(text: str, problems: list[str]) -> None:
    assert faults_of(text) == [f"a.json:{problem}" for problem in problems]


@pytest.mark.parametrize(
    ("content", "root"),
    [
        (b"", InvalidNode(Location("a.json", 1, 1))),
        (b"[\n1, x", InvalidNode(Location("a.json", 1, 1))),
        (b"[\n \xff", InvalidNode(Location("a.json", 2, 2))),
        (b"[\n1]", SequenceNode(Location("a.json", 1, 1), [InvalidNode(Location("a.json", 2, 1))])),
    ],
)
def test_what_cannot_be_read_is_broken_at_its_place(content: bytes, root: Node) -> None:
    found, problems = read_json(content, "a.json")

    assert found == root
    assert problems


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b" " * 2**24, "a.json:1:1: the file is empty; write the keys it needs"),
        (b" " * (2**24 + 1), "a.json:1:1: larger than 16 MiB; split it or shorten it"),
    ],
    ids=["16 MiB", "one byte more"],
)
def test_a_file_has_16_mib_at_most(content: bytes, problem: str) -> None:
    _, problems = read_json(content, "a.json")

    assert [str(found) for found in problems] == [problem]


def test_a_file_may_hold_more_values_than_a_card() -> None:
    assert faults_of(f"[{','.join(['null'] * 20_000)}]") == []
