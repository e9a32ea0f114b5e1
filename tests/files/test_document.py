"""YAML documents: every value is text and has a location; other YAML is rejected."""

from typing import Any, TypeAlias

import pytest
from conftest import plain_name
from text_tables import matches, read_table

from aloware_cli.domain.problems import Location
from aloware_cli.files.document import (
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    decode,
    read_document,
)

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"] | None


def plain(node: Node) -> Plain:
    """Return `node` without locations; None for an invalid node."""
    match node:
        case ScalarNode(_, text):
            return text
        case SequenceNode(_, items):
            return [plain(item) for item in items]
        case MappingNode(_, entries):
            return {key: plain(value) for key, (_, value) in entries.items()}
        case _:
            return None


def read(text: str) -> Plain:
    """Return the content of `text`, which must have no problem."""
    root, problems = read_document(text.encode(), "a.yaml")
    assert problems == []
    return plain(root)


def problems_of(content: str | bytes) -> list[str]:
    """Return the problems of `content` without file name."""
    raw = content if isinstance(content, bytes) else content.encode()
    _, problems = read_document(raw, "a.yaml")
    return [str(problem).removeprefix("a.yaml:") for problem in problems]


TEXTS = (
    "no yes on true True null ~ 1:30 0o17 017 0x1F 1_000 1e3 .inf .nan 0.10 40.00 -0 +1"
    " 0.1234567890123456789 2026-11-22 2026-11-22T10:00:00Z = << \u0665"
)


@pytest.mark.parametrize("text", TEXTS.split())
def test_scalar_is_read_as_its_text(text: str) -> None:
    assert read(f"key: {text}\n") == {"key": text}
    assert read(f"{text}: value\n") == {text: "value"}
    assert read(f"[{text}]\n") == [text]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("key:", {"key": ""}),
        ('key: ""', {"key": ""}),
        ("key: a b", {"key": "a b"}),
        ("key: a b  # aside", {"key": "a b"}),
        ("key: 'it''s'", {"key": "it's"}),
        ('key: "a # b: \\u20ac \\" c"', {"key": 'a # b: \u20ac " c'}),
        ("key: a\n  b", {"key": "a b"}),
        ("key: |\n  a\n  b\n", {"key": "a\nb\n"}),
        ("key: >-\n  a\n  b\n", {"key": "a b"}),
        ("key: [a, b]", {"key": ["a", "b"]}),
        ("key:\n- a\n- b", {"key": ["a", "b"]}),
        ("key: {a: b, c: d}", {"key": {"a": "b", "c": "d"}}),
        ("key: {a, b}", {"key": {"a": "", "b": ""}}),
        ("? key\n: value", {"key": "value"}),
        ("a:\n  b:\n    c: d\ne: f", {"a": {"b": {"c": "d"}}, "e": "f"}),
        ("---\nkey: value\n...\n", {"key": "value"}),
        ('{"key": ["value", 1.50, null]}', {"key": ["value", "1.50", None]}),
        ("\ufeffkey: value", {"key": "value"}),
        ("key: value\r\nother: text\r\n", {"key": "value", "other": "text"}),
        ("key: \u00e9\u4e2d\U0001f600", {"key": "\u00e9\u4e2d\U0001f600"}),
        ("word", "word"),
        ("- a\n- - b", ["a", ["b"]]),
    ],
)
def test_plain_yaml_is_read(text: str, content: Plain) -> None:
    assert read(text) == content


def test_keys_keep_their_order() -> None:
    content = read("b: 1\na: 2\nc: 3\n")

    assert isinstance(content, dict)
    assert list(content) == ["b", "a", "c"]


def test_keys_and_values_have_locations() -> None:
    text = "# first line\na: 1\nb:\n  - x\n  - {c: \u00e9, d: [y]}\n"
    root, _ = read_document(text.encode(), "a.yaml")

    def at(line: int, column: int) -> Location:
        return Location("a.yaml", line, column)

    inner = MappingNode(
        at(5, 5),
        {
            "c": (at(5, 6), ScalarNode(at(5, 9), "\u00e9")),
            "d": (at(5, 12), SequenceNode(at(5, 15), [ScalarNode(at(5, 16), "y")])),
        },
    )
    assert root == MappingNode(
        at(2, 1),
        {
            "a": (at(2, 1), ScalarNode(at(2, 4), "1")),
            "b": (at(3, 1), SequenceNode(at(4, 3), [ScalarNode(at(4, 5), "x"), inner])),
        },
    )


NOT_UTF8 = "not UTF-8 text; save the file as UTF-8  [E-ENCODING]"
HIDDEN = "contains the invisible character U+{}; remove the character  [E-ENCODING]"
#: Contents that no line of a text file can hold, and their one problem.
UNWRITABLE: list[list[Any]] = [
    ["", "1:1: the file is empty; add the keys it needs  [E-EMPTY]"],
    ["\ta: b", "1:1: not YAML: …; correct this line or the one above it  [E-YAML]"],
    ["a: x\ay", f"1:5: {HIDDEN.format('0007')}"],
    ["a: x\x00", f"1:5: {HIDDEN.format('0000')}"],
    ["a: \u00e9\r\nb: x\x1by", f"2:5: {HIDDEN.format('001B')}"],
    ["# aside\x85a: 1", f"1:8: {HIDDEN.format('0085')}"],
    ["# aside\u2028a: 1", f"1:8: {HIDDEN.format('2028')}"],
    ["# aside\u2029a: 1", f"1:8: {HIDDEN.format('2029')}"],
    ["a: 1\ufeff", f"1:5: {HIDDEN.format('FEFF')}"],
    [b"\xef\xbb\xbf\xef\xbb\xbfa", f"1:1: {HIDDEN.format('FEFF')}"],
    [b"\r\r\n\na\x7f", f"4:2: {HIDDEN.format('007F')}"],
    [b"a\x0bb\x0c", f"1:2: {HIDDEN.format('000B')}"],
    [b"a: \xff", f"1:4: {NOT_UTF8}"],
    [b"a: 1\nb: \xc3\xa9\xc3", f"2:5: {NOT_UTF8}"],
    [b"\xef\xbb\xbfa: \xff", f"1:4: {NOT_UTF8}"],
    [b"\xff\xfea\x00:\x00", f"1:1: {NOT_UTF8}"],
    [b"a: \xed\xa0\x80", f"1:4: {NOT_UTF8}"],
    [b"\r\r\n\nab\xff", f"4:3: {NOT_UTF8}"],
    [b"\xc3", f"1:1: {NOT_UTF8}"],
]
BAD_YAML = [*read_table("bad_yaml"), *UNWRITABLE]


@pytest.mark.parametrize("row", BAD_YAML, ids=[plain_name(str(row[0])) for row in BAD_YAML])
def test_unsupported_yaml_is_rejected_with_location(row: list[Any]) -> None:
    content, *problems = row
    for said, problem in zip(problems_of(content), problems, strict=True):
        assert matches(said, problem)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a: 1\na: 2\n", {"a": "1"}),
        ("a: &x 1\nb: 2\n", {"a": "1", "b": "2"}),
        ("a: !t 1\nb: 2\n", {"a": "1", "b": "2"}),
        ("a: *x\nb: 2\n", {"a": None, "b": "2"}),
        ("[a]: 1\nb: 2\n", {"b": "2"}),
        ("*x : 1\nb: 2\n", {"b": "2"}),
        ("a: 1\n---\nb: 2\n", None),
        ("a: [\n", None),
        ("", None),
    ],
)
def test_valid_parts_beside_a_problem_are_read(text: str, kept: Plain) -> None:
    root, problems = read_document(text.encode(), "a.yaml")

    assert problems
    assert plain(root) == kept


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


TOO_DEEP = "more than 16 levels deep; use fewer levels  [E-SIZE]"
TOO_MANY = "more than 20,000 values; split the file  [E-SIZE]"
TOO_LARGE = "1:1: larger than 1 MiB; split or shorten the file  [E-SIZE]"


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (nested(16), []),
        (nested(17), [f"1:17: {TOO_DEEP}"]),
        ("a: " + nested(15), []),
        ("a: " + nested(16), [f"1:19: a: {TOO_DEEP}"]),
        ("- " * 20_000, [f"1:33: {TOO_DEEP}"]),
        ("{a: " * 20_000, [f"1:65: {'.'.join('a' * 16)}: {TOO_DEEP}"]),
        ("\n".join("-" for _ in range(19_999)), []),
        ("\n".join("-" for _ in range(20_000)), [f"20000:2: {TOO_MANY}"]),
        (f"#{'x' * (2**20 - 1)}", ["1:1: the file is empty; add the keys it needs  [E-EMPTY]"]),
        (f"#{'x' * 2**20}", [TOO_LARGE]),
        (b"\xff" * 2**21, [TOO_LARGE]),
        (f"a: {'x' * (2**20 - 3)}", []),
    ],
    ids=lambda value: plain_name(str(value)[:20]),
)
def test_size_and_depth_are_bounded(content: str | bytes, problems: list[str]) -> None:
    assert problems_of(content) == problems


@pytest.mark.parametrize("depth", [1_000, 20_000, 500_000])
def test_deep_flow_nesting_is_rejected_with_line(depth: int) -> None:
    # PyYAML 6.0.4 stops at 1,000 levels itself, before our bound sees an event.
    [problem] = problems_of(nested(depth))

    assert problem.startswith("1:")


@pytest.mark.parametrize(
    "content",
    [
        f"a: &{'x' * 100_000} 1",
        f"a: *{'x' * 100_000}",
        f"a: !{'x' * 100_000} 1",
        f"? {'x' * 100_000}\n: 1\n? {'x' * 100_000}\n: 2\n",
        '"\\e[31m\\n": 1\n"\\e[31m\\n": 2\n',
        '"\\e[31m\\n": &x 1\n',
        "a: !<!\\e[31m> 1\n",
        "a: x\x1b[31m\n",
    ],
    ids=lambda content: plain_name(str(content)[:20]),
)
def test_problem_is_one_short_printable_line(content: str) -> None:
    found = problems_of(content)

    assert found
    assert all(problem.isprintable() for problem in found)
    assert all(len(problem) < 200 for problem in found)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"", 1, 1),
        (b"a: &x 1\n---\nb: 2", 1, 1),
        (b"a:\n  [" + b"[" * 17, 1, 1),
        (b"a: 1\nb: ]", 2, 4),
        (b"a: 1\nb: \xff", 1, 1),
        (b"*x", 1, 1),
    ],
)
def test_unreadable_document_is_an_invalid_node(content: bytes, line: int, column: int) -> None:
    root, problems = read_document(content, "a.yaml")

    assert root == InvalidNode(Location("a.yaml", line, column))
    assert problems


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"a\tb\r\nc\n", "a\tb\r\nc\n"),
        (b"\xef\xbb\xbfabcdefgh", "abcdefgh"),
        # blanks and joiners are not printable for Python, and yet no editor hides them
        ("\u00a0\u3000\u200c\u200d\u202e".encode(), "\u00a0\u3000\u200c\u200d\u202e"),
        (b"x" * 2**20, "x" * 2**20),
    ],
    ids=lambda value: plain_name(str(value)[:20]),
)
def test_decode_returns_text(content: bytes, text: str) -> None:
    assert decode(content, "a.yaml") == text
