"""Fields: what each reader of a key returns, and the problem that it reports."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.files.document import (
    ConstantNode,
    MappingNode,
    Node,
    ScalarNode,
    read_document,
)
from aloware_cli.files.fields import Fields, read_text

Read: TypeAlias = Callable[[Fields], object]
FORTY = "x" * 40
ZERO = Decimal("0.00")


def fields_of(text: str, path: str = "") -> Fields:
    """Return the fields of the YAML in `text`, with the problems of its YAML."""
    root, problems = read_document(text.encode(), "a.yaml")
    return Fields(root, path, problems)


def call(fields: Fields, reader: str) -> object:
    """Call `reader`, such as `choice a b`, for the key `k`; the words are its choices."""
    name, *words = reader.split()
    match name:
        case "values":
            return fields.values("k", read_text, "", "use a text")
        case "optional":
            return fields.optional("k", fields.text)
        case "listed":
            return fields.listed("k", lambda item: item.optional("a", item.text))
    return getattr(fields, name)("k", *([tuple(words)] if words else []))


def problems_of(fields: Fields) -> list[str]:
    return [str(problem).removeprefix("a.yaml:") for problem in fields.problems]


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        ("text", "k: a b", "a b"),
        ("text", f"k: {'x' * 2000}", "x" * 2000),
        ("optional", "k: a", "a"),
        ("optional", "other: a", None),
        ("price", "k: 0.015", Decimal("0.015")),
        ("quantity", "k: 2.5k", 2500),
        ("date", "k: 2026-11-22", "2026-11-22"),
        ("choice a b", "k: a", "a"),
        ("choice a b", "k: b", "b"),
        ("flag", "k: true", True),
        ("flag", "k: false", False),
        ("flag", "other: true", False),
        ("choices a b c", "k: [c, a]", {"a", "c"}),
        ("values", "k: a", ("a",)),
        ("values", "k: [b, a]", ("b", "a")),
        ("values", "k: []", ()),
        ("node", "k: a", ScalarNode(Location("a.yaml", 1, 4), "a")),
        ("has", "k: a", True),
        ("has", "other: a", False),
        ("location_of", "a: b\nk:  a", Location("a.yaml", 2, 5)),
        ("line_of", "a: b\nk:\n  - a", 3),
    ],
)
def test_fields_return_value_of_its_type(reader: str, text: str, value: object) -> None:
    fields = fields_of(text)

    assert (call(fields, reader), problems_of(fields)) == (value, [])


def test_fields_read_nested_mappings_and_values() -> None:
    fields = fields_of("k: {a: b}\nlist: [{a: c}]\nd: e\nnamed: {x: {a: b}}")

    assert fields.fields("k").text("a") == "b"
    assert fields.inner("k", lambda item: item.text("a")) == "b"
    assert fields.named("named", lambda name, item: name + item.text("a")) == {"x": "xb"}
    assert fields.listed("list", lambda item: item.text("a")) == ["c"]
    assert fields.value("d", str.upper, "") == "E"
    assert [key for key, _, _ in fields.each()] == ["k", "list", "d", "named"]
    assert list(fields.each())[2][1:] == (
        Location("a.yaml", 3, 1),
        ScalarNode(Location("a.yaml", 3, 4), "e"),
    )
    assert problems_of(fields) == []


MISSING = '1:1: "k" is missing'
TYPE = "1:4: k: expected a single value, got"
LIST = "1:5: k: expected a single value, got a list;"
NOT_ONE = "is not one of b, a; use b or a  [E-CHOICE]"
NO_ITEMS = "expected a list, got an empty list"
CLOSEST = "is not one of the known names; did you mean j?  [E-CHOICE]"
LINE = "use one line of visible characters  [E-TEXT]"
DATE = "use YYYY-MM-DD, for example 2026-12-23  [E-DATE]"
WHOLE = "use digits, such as 10000, 10,000 or 10k  [E-QUANTITY]"
TRUE = "use true or false  [E-CHOICE]"
SOME = "use a list of some of b, a"
ITEMS = "write each item after a dash"
TEXTS = "use one text, or [one, another]  [E-TYPE]"
TOO_LONG = f'1:4: k: "{FORTY}...": longer than 2,000 characters'
NOT_VISIBLE = "contains control or invisible characters"
DIGITS = "use digits with an optional fraction, such as 0.015  [E-PRICE]"


@pytest.mark.parametrize(
    ("reader", "text", "default", "problem"),
    [
        ("text", "a: b", "", f"{MISSING}; add a text  [E-MISSING]"),
        ("text", "k:", "", f"1:3: k: the value is missing; {LINE}"),
        ("text", "k: ' '", "", f'1:4: k: " " is not a text; {LINE}'),
        ("text", "k: [a]", "", f"{TYPE} a list; add a text  [E-TYPE]"),
        ("text", "k: []", "", f"{TYPE} an empty list; add a text  [E-TYPE]"),
        ("text", "k: {a: b}", "", f"{TYPE} a mapping; add a text  [E-TYPE]"),
        ("text", f"k: {'x' * 2001}", "", f"{TOO_LONG}; shorten it  [E-TEXT]"),
        ("text", 'k: "a\\tb"', "", f'1:4: k: "a\\tb": {NOT_VISIBLE}; {LINE}'),
        ("optional", "k: ' '", "", f'1:4: k: " " is not a text; {LINE}'),
        ("price", "a: b", ZERO, f"{MISSING}; use a price, such as 0.015  [E-MISSING]"),
        ("price", "k: x", ZERO, f'1:4: k: "x" is not a price; {DIGITS}'),
        ("quantity", "a: b", 0, f"{MISSING}; use a whole number, such as 10,000  [E-MISSING]"),
        ("quantity", "k: -1", 0, f'1:4: k: "-1": a quantity cannot be negative; {WHOLE}'),
        ("date", "a: b", "", f"{MISSING}; use a date, such as 2026-11-22  [E-MISSING]"),
        ("date", "k: x", "", f'1:4: k: "x" is not a date; {DATE}'),
        ("choice b a c", "a: b", "b", f"{MISSING}; use b, a or c  [E-MISSING]"),
        ("choice b a", "k: c", "b", f'1:4: k: "c" {NOT_ONE}'),
        ("choice b", "k:", "b", "1:3: k: the value is missing; use b  [E-CHOICE]"),
        ("flag", "k: no", True, f'1:4: k: "no" is not one of true, false; {TRUE}'),
        ("choices b a", "a: b", set(), f"{MISSING}; {SOME}  [E-MISSING]"),
        ("choices b a", "k: b", set(), f"1:4: k: expected a list, got a text; {SOME}  [E-TYPE]"),
        ("choices b a", "k: [x, a]", {"a", "b"}, f'1:5: k: "x" {NOT_ONE}'),
        ("choices b a", "k: [[b]]", {"b"}, f"{LIST} use b or a  [E-TYPE]"),
        (
            "choices b a",
            "k: []",
            set(),
            f"1:4: k: expected a list, got an empty list; {SOME}  [E-TYPE]",
        ),
        ("choices a b c d e f g h i j k", "k: [J]", {"a"}, f'1:5: k: "J" {CLOSEST}'),
        ("values", "a: b", (), f"{MISSING}; add it  [E-MISSING]"),
        ("values", "k: ' '", ("",), f'1:4: k: " " is not a text; {LINE}'),
        ("values", "k: {a: b}", (), f"1:4: k: expected a list, got a mapping; {TEXTS}"),
        ("values", "k: [a, ' ']", ("a", ""), f'1:8: k: " " is not a text; {LINE}'),
        ("values", "k: [[a], b]", ("", "b"), f"{LIST} use a text  [E-TYPE]"),
        ("listed", "a: b", [], f"{MISSING}; {ITEMS}  [E-MISSING]"),
        ("listed", "k: []", [], f"1:4: k: {NO_ITEMS}; {ITEMS}  [E-TYPE]"),
        ("listed", "k: a", [], f"1:4: k: expected a list, got a text; {ITEMS}  [E-TYPE]"),
    ],
)
def test_fields_return_default_and_report_one_problem(
    reader: str, text: str, default: object, problem: str
) -> None:
    fields = fields_of(text)

    assert (call(fields, reader), problems_of(fields)) == (default, [problem])


KEY_VALUE = "use `key: value`  [E-TYPE]"


@pytest.mark.parametrize(
    ("read", "text", "default", "problem"),
    [
        (
            lambda f: f.listed("k", lambda item: item.optional("a", item.text)),
            "k: [x, {a: b}]",
            [None, "b"],
            f"1:5: k: expected a mapping, got a text; {KEY_VALUE}",
        ),
        (
            lambda f: f.listed("k", lambda item: item.text("a")),
            "k: [{}]",
            [""],
            '1:5: k: "a" is missing; add a text  [E-MISSING]',
        ),
        (
            lambda f: f.value("k", int, 7, "use any"),
            "k: {a: b}",
            7,
            "1:4: k: expected a single value, got a mapping; use any  [E-TYPE]",
        ),
    ],
)
def test_lists_and_values_report_problem_of_item(
    read: Read, text: str, default: object, problem: str
) -> None:
    fields = fields_of(text)

    assert (read(fields), problems_of(fields)) == (default, [problem])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("b: c", f"{MISSING}; add it  [E-MISSING]"),
        ("k: [a]", f"1:4: k: expected a mapping, got a list; {KEY_VALUE}"),
        ("k: {b: c}", '1:4: k: "a" is missing; add a text  [E-MISSING]'),
        ("k: {a: ''}", f"1:8: k.a: the value is missing; {LINE}"),
    ],
)
def test_nested_key_is_reported_with_its_path(text: str, problem: str) -> None:
    fields = fields_of(text)

    assert (fields.fields("k").text("a"), problems_of(fields)) == ("", [problem])


@pytest.mark.parametrize(
    "read",
    [
        lambda fields: fields.text("k"),
        lambda fields: fields.price("k"),
        lambda fields: fields.choice("k", ("a", "b")),
        lambda fields: fields.choices("k", ("a", "b")),
        lambda fields: fields.values("k", read_text, "", "use a text"),
        lambda fields: fields.listed("k", list),
        lambda fields: fields.named("k", lambda name, item: item.text(name)),
        lambda fields: fields.fields("k").text("a"),
        lambda fields: fields.fields("k").fields("a").listed("b", list),
    ],
)
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("k: *a", "1:4: k: unsupported alias *a; write the value out  [E-YAML]"),
        ("[k]", f"1:1: expected a mapping, got a list; {KEY_VALUE}"),
        ("k", f"1:1: expected a mapping, got a text; {KEY_VALUE}"),
        ("", "1:1: the file is empty; add the keys it needs  [E-EMPTY]"),
    ],
)
def test_rejected_node_is_reported_once(read: Read, text: str, problem: str) -> None:
    fields = fields_of(text)
    read(fields)

    assert problems_of(fields) == [problem]


@pytest.mark.parametrize("text", ["[*a]", "[b, *a]"])
def test_rejected_item_is_reported_once(text: str) -> None:
    fields = fields_of(f"k: {text}")
    fields.choices("k", ("b", "c"))
    fields.values("k", read_text, "", "use a text")

    assert [problem.message for problem in fields.problems] == ["unsupported alias *a"]


@pytest.mark.parametrize(
    ("node", "got"),
    [
        (ConstantNode(Location("a.json", 1, 2), "null"), "null"),
        (ConstantNode(Location("a.json", 1, 2), "true"), "true"),
        (ScalarNode(Location("a.json", 1, 2), "null"), "a text"),
    ],
)
def test_json_constant_is_shown(node: Node, got: str) -> None:
    problems: list[Problem] = []
    Fields(node, "", problems)

    assert [str(p) for p in problems] == [f"a.json:1:2: expected a mapping, got {got}; {KEY_VALUE}"]


@pytest.mark.parametrize(
    ("path", "key", "at"),
    [
        ("", "k", "k"),
        ("prices", "k", "prices.k"),
        ("a.b", "k", "a.b.k"),
        ("", "\x1b", r'"\x1b"'),
        ("a", "\x1b", r'a."\x1b"'),
        ("a", FORTY, f"a.{FORTY}"),
        ("a", f"{FORTY}x", f'a."{FORTY}..."'),
    ],
)
def test_problem_has_path_of_its_key(path: str, key: str, at: str) -> None:
    start = Location("a.yaml", 1, 1)
    fields = Fields(MappingNode(start, {key: (start, ScalarNode(start, ""))}), path, [])
    fields.text(key)
    fields.fields(key)

    assert problems_of(fields) == [
        f"1:1: {at}: the value is missing; {LINE}",
        f"1:1: {at}: expected a mapping, got nothing; {KEY_VALUE}",
    ]


@pytest.mark.parametrize(
    ("reject", "at"),
    [
        (lambda f: f.reject("k", "E-ODD", "is odd", "correct it"), "2:5: p.k"),
        (lambda f: f.reject("a", "E-ODD", "is odd", "correct it"), "1:1: p.a"),
        (lambda f: f.reject_key("k", "E-ODD", "is odd", "correct it"), "2:1: p.k"),
    ],
)
def test_caller_may_reject_values_and_keys(reject: Read, at: str) -> None:
    fields = fields_of("b: c\nk:  d", "p")
    reject(fields)

    assert problems_of(fields) == [f"{at}: is odd; correct it  [E-ODD]"]


def test_fields_have_location_and_path() -> None:
    inner = fields_of("a:\n  b: c\n").fields("a")

    assert (inner.location, inner.path) == (Location("a.yaml", 2, 3), "a")


@pytest.mark.parametrize(
    ("read", "text", "problems"),
    [
        (lambda f: f.text("name"), "name: a", []),
        (lambda f: f.optional("name", f.text), "name: a", []),
        (lambda f: f.has("name"), "name: a", []),
        (lambda f: list(f.each()), "name: a\nother: b", []),
        (lambda f: f.text("name"), "name: a\nnane: b", ["2:1: p.nane: did you mean name?"]),
        (
            lambda f: (f.text("name"), f.has("other"), f.text("name")),
            "zzz: b\nname: a\nyyy: c",
            ["1:1: p.zzz: known keys: name, other", "3:1: p.yyy: known keys: name, other"],
        ),
        (
            lambda f: f.inner("k", lambda k: k.text("a")),
            "k: {a: b, c: d}",
            ["1:11: p.k.c: known keys: a"],
        ),
        (
            lambda f: f.named("k", lambda n, k: k.text(n)),
            "k: {a: {a: b, c: d}}",
            ["1:15: p.k.a.c: known keys: a"],
        ),
        (
            lambda f: f.listed("k", lambda k: k.text("a")),
            "k: [{a: b, c: d}]",
            ["1:12: p.k.c: known keys: a"],
        ),
        (lambda f: f.has("\x1b"), "zzz: b", [r'1:1: p.zzz: known keys: "\x1b"']),
    ],
)
def test_close_rejects_unread_keys(read: Read, text: str, problems: list[str]) -> None:
    fields = fields_of(text, "p")
    read(fields)
    fields.close()

    said = [problem.replace("unknown key; ", "") for problem in problems_of(fields)]
    assert said == [f"{problem}  [E-KEY]" for problem in problems]


def test_empty_mapping_has_no_keys_and_no_problems() -> None:
    fields = Fields(MappingNode(Location("a.yaml", 1, 1), {}), "", [])
    fields.close()

    assert (list(fields.each()), fields.problems) == ([], [])
