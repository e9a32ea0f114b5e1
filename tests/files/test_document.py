"""The strict YAML reader: everything is text, everything has a place, nothing is clever."""

from typing import TypeAlias

import pytest
from conftest import plain_name

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.files.document import (
    Builder,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Stop,
    decode,
    read_document,
)

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"] | None


def plain(node: Node) -> Plain:
    """Return `node` without its places; None for what is broken."""
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
    """Return what is in `text`, which must be in order."""
    root, problems = read_document(text.encode(), "a.yaml")
    assert problems == []
    return plain(root)


def faults_of(content: str | bytes) -> list[str]:
    """Return what is wrong with `content`, without the remedies."""
    raw = content if isinstance(content, bytes) else content.encode()
    _, problems = read_document(raw, "a.yaml")
    return [str(problem).rpartition("; ")[0] for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "true",
        "True",
        "null",
        "~",
        "1:30",
        "0o17",
        "017",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        ".nan",
        "0.10",
        "40.00",
        "-0",
        "+1",
        "0.1234567890123456789",
        "2026-11-22",
        "2026-11-22T10:00:00Z",
        "=",
        "<<",
        "\u0665",
    ],
)
def test_a_value_is_the_text_that_stands_in_the_file(text: str) -> None:
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
        ('{"key": ["value", 1.50, null]}', {"key": ["value", "1.50", "null"]}),
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


def test_every_key_and_every_value_has_its_place() -> None:
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


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\na: 2", ["a.yaml:2:1: 'a' stands twice, first on line 1"]),
        ("a: {b: 1, b: 2}", ["a.yaml:1:11: a: 'b' stands twice, first on line 1"]),
        (
            "a: 1\na: 2\na: 3",
            [
                "a.yaml:2:1: 'a' stands twice, first on line 1",
                "a.yaml:3:1: 'a' stands twice, first on line 1",
            ],
        ),
        ("a: &x 1", ["a.yaml:1:4: a: the anchor &x"]),
        ("&x a: 1", ["a.yaml:1:1: the anchor &x"]),
        ("a: {b: {c: &x 1}}", ["a.yaml:1:12: a.b.c: the anchor &x"]),
        ("a: {b: 1}\nc: &x 1", ["a.yaml:2:4: c: the anchor &x"]),
        ("a: [&x 1]", ["a.yaml:1:5: a: the anchor &x"]),
        ("a: [{b: &x 1}]", ["a.yaml:1:9: a.b: the anchor &x"]),
        ("a: &x [1]", ["a.yaml:1:4: a: the anchor &x"]),
        ("a: &x {b: 1}", ["a.yaml:1:4: a: the anchor &x"]),
        ("&x [a]", ["a.yaml:1:1: the anchor &x"]),
        ("a: *x", ["a.yaml:1:4: a: the alias *x"]),
        ("*x : 1", ["a.yaml:1:1: the alias *x"]),
        ("a: !!str 1", ["a.yaml:1:4: a: the tag tag:yaml.org,2002:str"]),
        ("a: !own 1", ["a.yaml:1:4: a: the tag !own"]),
        ("a: ! 1", ["a.yaml:1:4: a: the tag !"]),
        ("!!map {a: 1}", ["a.yaml:1:1: the tag tag:yaml.org,2002:map"]),
        (
            "!!python/name:os.system a: 1",
            ["a.yaml:1:1: the tag tag:yaml.org,2002:python/name:os.system"],
        ),
        ("a: &x !t 1", ["a.yaml:1:4: a: the anchor &x", "a.yaml:1:4: a: the tag !t"]),
        ("a: 1\n---\nb: 2", ["a.yaml:2:1: a second document"]),
        ("a: &x 1\n---\nb: 2", ["a.yaml:1:4: a: the anchor &x", "a.yaml:2:1: a second document"]),
        ("[a]: 1", ["a.yaml:1:1: a key that is no plain text"]),
        ("{a: 1}: 2", ["a.yaml:1:1: a key that is no plain text"]),
        ("a:\n  ? - b\n  : c", ["a.yaml:2:5: a: a key that is no plain text"]),
        (
            "[a]: 1\n[b]: 2",
            [
                "a.yaml:1:1: a key that is no plain text",
                "a.yaml:2:1: a key that is no plain text",
            ],
        ),
        ("[a]: &x 1", ["a.yaml:1:1: a key that is no plain text", "a.yaml:1:6: the anchor &x"]),
        ("", ["a.yaml:1:1: the file is empty"]),
        ("\n  \n# aside\n", ["a.yaml:1:1: the file is empty"]),
        ("a: x\ay", ["a.yaml:1:5: the invisible character U+0007"]),
        ("a: \u00e9\r\nb: x\x1by", ["a.yaml:2:5: the invisible character U+001B"]),
        ("# aside\x85a: 1", ["a.yaml:1:8: the invisible character U+0085"]),
        ("# aside\u2028a: 1", ["a.yaml:1:8: the invisible character U+2028"]),
        ("# aside\u2029a: 1", ["a.yaml:1:8: the invisible character U+2029"]),
        ("a: 1\ufeff", ["a.yaml:1:5: the invisible character U+FEFF"]),
        (b"a: \xff", ["a.yaml:1:4: not UTF-8 text"]),
        (b"a: 1\nb: \xc3\xa9\xc3", ["a.yaml:2:5: not UTF-8 text"]),
        (b"\xef\xbb\xbfa: \xff", ["a.yaml:1:4: not UTF-8 text"]),
        (b"\xff\xfea\x00:\x00", ["a.yaml:1:1: not UTF-8 text"]),
        (b"a: \xed\xa0\x80", ["a.yaml:1:4: not UTF-8 text"]),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_place(
    text: str | bytes, problems: list[str]
) -> None:
    assert faults_of(text) == problems


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: b: c", "a.yaml:1:5"),
        ("a: @b", "a.yaml:1:4"),
        ("a: %b", "a.yaml:1:4"),
        ("a: 'b", "a.yaml:1:6"),
        ("\ta: b", "a.yaml:1:1"),
        ("a: b\n c: d", "a.yaml:2:3"),
        ("a: ]", "a.yaml:1:4"),
        ("%YAML 3.1\n---\na: b", "a.yaml:1:1"),
    ],
)
def test_what_is_no_yaml_at_all_is_refused_near_the_slip(text: str, at: str) -> None:
    (problem,) = faults_of(text)

    assert problem.startswith(f"{at}: not YAML: ")


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
def test_what_is_in_order_beside_a_fault_is_still_read(text: str, kept: Plain) -> None:
    root, problems = read_document(text.encode(), "a.yaml")

    assert problems
    assert plain(root) == kept


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (nested(16), []),
        (nested(17), ["a.yaml:1:17: more than 16 levels deep"]),
        ("a: " + nested(15), []),
        ("a: " + nested(16), ["a.yaml:1:19: a: more than 16 levels deep"]),
        ("- " * 20_000, ["a.yaml:1:33: more than 16 levels deep"]),
        (
            "{a: " * 20_000,
            ["a.yaml:1:65: a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a: more than 16 levels deep"],
        ),
        ("\n".join("-" for _ in range(19_999)), []),
        ("\n".join("-" for _ in range(20_000)), ["a.yaml:20000:2: more than 20,000 values"]),
        (f"#{'x' * (2**20 - 1)}", ["a.yaml:1:1: the file is empty"]),
        (f"#{'x' * 2**20}", ["a.yaml:1:1: larger than 1 MiB"]),
        (b"\xff" * 2**21, ["a.yaml:1:1: larger than 1 MiB"]),
        (f"a: {'x' * (2**20 - 3)}", []),
    ],
    ids=lambda value: plain_name(str(value)[:20]),
)
def test_size_and_depth_are_bounded(content: str | bytes, problems: list[str]) -> None:
    assert faults_of(content) == problems


@pytest.mark.parametrize("depth", [1_000, 20_000, 500_000])
def test_deep_flow_nesting_is_rejected_with_its_line(depth: int) -> None:
    # PyYAML 6.0.4 stops at 1,000 levels itself, before our bound sees an event.
    [problem] = faults_of(nested(depth))

    assert problem.startswith("a.yaml:1:")


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
def test_a_fault_is_one_short_line_that_leaves_the_terminal_alone(content: str) -> None:
    found = faults_of(content)

    assert found
    assert all(problem.isprintable() for problem in found)
    assert all(len(problem) < 200 for problem in found)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "1:1: the file is empty; write the keys it needs"),
        (b"a: 1\na: 2", "2:1: 'a' stands twice, first on line 1; keep one of them"),
        (b"a: &x 1", "1:4: a: the anchor &x; write the value without it"),
        (b"a: !x 1", "1:4: a: the tag !x; write the value without it"),
        (b"a: *x", "1:4: a: the alias *x; write the value out"),
        (b"[a]: 1", "1:1: a key that is no plain text; write a word"),
        (b"a: 1\n---\nb: 2", "2:1: a second document; keep one in a file"),
        (b"[" * 17, "1:17: more than 16 levels deep; write it flatter"),
        (b"-\n" * 20_000, "20000:2: more than 20,000 values; split the file"),
        (b"#" * (2**20 + 1), "1:1: larger than 1 MiB; split it or shorten it"),
        (b"a: \xff", "1:4: not UTF-8 text; save the file as UTF-8"),
        (b"a: x\x00", "1:5: the invisible character U+0000; write plain text"),
        (
            b"a: 'b",
            "1:6: not YAML: found unexpected end of stream; mend the line or the one above it",
        ),
    ],
    ids=lambda value: plain_name(str(value)[:20]),
)
def test_a_fault_says_what_would_be_right(content: bytes, problem: str) -> None:
    _, problems = read_document(content, "a.yaml")

    assert [str(found) for found in problems] == [f"a.yaml:{problem}"]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"", 1, 1),
        (b"a: &x 1\n---\nb: 2", 1, 1),
        (b"a:\n  [" + b"[" * 17, 1, 1),
        (b"a: 1\nb: ]", 2, 4),
        (b"a: 1\nb: \xff", 2, 4),
        (b"*x", 1, 1),
    ],
)
def test_what_gives_no_tree_is_broken_at_its_place(content: bytes, line: int, column: int) -> None:
    root, problems = read_document(content, "a.yaml")

    assert root == InvalidNode(Location("a.yaml", line, column))
    assert problems


def test_faults_found_before_the_reader_stops_are_kept() -> None:
    assert faults_of("a: &x 1\nb: 'c") == [
        "a.yaml:1:4: a: the anchor &x",
        "a.yaml:2:6: not YAML: found unexpected end of stream",
    ]


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
def test_plain_bytes_are_decoded(content: bytes, text: str) -> None:
    assert decode(content, "a.yaml") == text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "1:1: the invisible character U+FEFF; write plain text"),
        (b"\r\r\n\na\x7f", "4:2: the invisible character U+007F; write plain text"),
        (b"a\x0bb\x0c", "1:2: the invisible character U+000B; write plain text"),
        (b"\r\r\n\nab\xff", "4:3: not UTF-8 text; save the file as UTF-8"),
        (b"\xc3", "1:1: not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_other_bytes_are_refused_where_they_stand(content: bytes, problem: str) -> None:
    assert str(decode(content, "a.yaml")) == f"a.yaml:{problem}"


@pytest.mark.parametrize(("size", "fits"), [(3 * 2**20, True), (3 * 2**20 + 1, False)])
def test_a_reader_sets_its_own_bound_on_bytes(size: int, *, fits: bool) -> None:
    too_large = Problem(Location("a", 1, 1), "", "larger than 3 MiB", "split it or shorten it")
    expected = "x" * size if fits else too_large

    assert decode(b"x" * size, "a", 3 * 2**20) == expected


def test_a_reader_sets_its_own_bound_on_values() -> None:
    at = Location("a", 1, 1)
    builder = Builder(at, 3)
    builder.enter(SequenceNode(at, []))
    builder.put(ScalarNode(at, "x"))
    builder.put(ScalarNode(at, "y"))
    with pytest.raises(Stop) as raised:
        builder.put(ScalarNode(Location("a", 2, 5), "z"))

    assert str(raised.value.problem) == "a:2:5: more than 3 values; split the file"
    assert builder.finished() == (SequenceNode(at, [ScalarNode(at, "x"), ScalarNode(at, "y")]), [])
