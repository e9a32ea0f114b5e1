"""The keys of a mapping: what each reader returns, and how it says what is wrong."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.files.document import (
    ConstantNode,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    read_document,
)
from aloware_cli.files.fields import Fields, nearest, read_date

Read: TypeAlias = Callable[[Fields], object]
A_DAY = "write a day that exists, such as 2026-11-22"
FORTY = "x" * 40
ZERO = Decimal("0.00")


def fields_of(text: str, path: str = "") -> Fields:
    """Return the fields of the YAML in `text`, with what the reader of YAML has against it."""
    root, problems = read_document(text.encode(), "a.yaml")
    return Fields(root, path, problems)


def said(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lambda fields: fields.text("k"), "k: a b", "a b"),
        (lambda fields: fields.text("k"), f"k: {'x' * 2000}", "x" * 2000),
        (lambda fields: fields.optional_text("k"), "k: a", "a"),
        (lambda fields: fields.optional_text("k"), "other: a", None),
        (lambda fields: fields.price("k"), "k: 0.015", Decimal("0.015")),
        (lambda fields: fields.amount("k"), "k: 1,000.50", Decimal("1000.50")),
        (lambda fields: fields.quantity("k"), "k: 2.5k", 2500),
        (lambda fields: fields.percent("k"), "k: 12.5%", Decimal("12.5")),
        (lambda fields: fields.date("k"), "k: 2026-11-22", "2026-11-22"),
        (lambda fields: fields.optional_date("k"), "k: 2026-11-22", "2026-11-22"),
        (lambda fields: fields.optional_date("k"), "other: a", None),
        (lambda fields: fields.choice("k", ("a", "b")), "k: a", "a"),
        (lambda fields: fields.choice("k", ("a", "b")), "k: b", "b"),
        (lambda fields: fields.yes("k"), "k: true", True),
        (lambda fields: fields.yes("k"), "k: false", False),
        (lambda fields: fields.yes("k"), "other: true", False),
        (lambda fields: fields.choices("k", ("a", "b", "c")), "k: [c, a]", {"a", "c"}),
        (lambda fields: fields.choices("k", ("a", "b", "c")), "k: []", set()),
        (lambda fields: fields.texts("k"), "k: a", ("a",)),
        (lambda fields: fields.texts("k"), "k: [b, a]", ("b", "a")),
        (lambda fields: fields.texts("k"), "k: []", ()),
        (lambda fields: fields.fields("k").text("a"), "k: {a: b}", "b"),
        (lambda fields: [item.text("a") for item in fields.listed("k")], "k: [{a: b}]", ["b"]),
        (lambda fields: fields.value("k", "add", str.upper, ""), "k: a", "A"),
        (lambda fields: fields.node("k", "add"), "k: a", ScalarNode(Location("a.yaml", 1, 4), "a")),
        (lambda fields: fields.has("k"), "k: a", True),
        (lambda fields: fields.has("k"), "other: a", False),
        (lambda fields: fields.location_of("k"), "a: b\nk:  a", Location("a.yaml", 2, 5)),
        (lambda fields: fields.line_of("k"), "a: b\nk:\n  - a", 3),
        (
            lambda fields: list(fields.each()),
            "k: a\nb:  c",
            [
                ("k", Location("a.yaml", 1, 1), ScalarNode(Location("a.yaml", 1, 4), "a")),
                ("b", Location("a.yaml", 2, 1), ScalarNode(Location("a.yaml", 2, 5), "c")),
            ],
        ),
    ],
)
def test_what_is_right_is_read_as_its_type(read: Read, text: str, value: object) -> None:
    fields = fields_of(text)

    assert (read(fields), said(fields.problems)) == (value, [])


@pytest.mark.parametrize(
    ("read", "text", "default", "problem"),
    [
        (lambda f: f.text("k"), "a: b", "", "1:1: 'k' is missing; add it"),
        (lambda f: f.text("k"), "k:", "", "1:3: k: the value is missing; write a text"),
        (lambda f: f.text("k"), "k: ' '", "", "1:4: k: ' ' is not right; write a text"),
        (lambda f: f.text("k"), "k: [a]", "", "1:4: k: a list is no plain value; add it"),
        (lambda f: f.text("k"), "k: {a: b}", "", "1:4: k: a mapping is no plain value; add it"),
        (
            lambda f: f.text("k"), f"k: {'x' * 2001}", "",
            f"1:4: k: '{FORTY}...' is not right; write at most 2,000 characters",
        ),
        (
            lambda f: f.text("k"), 'k: "a\\tb"', "",
            (r"1:4: k: 'a\tb' is not right; "
             "write it on one line, with plain spaces and no control characters"),
        ),
        (
            lambda f: f.optional_text("k"), "k: ' '", "",
            "1:4: k: ' ' is not right; write a text",
        ),
        (
            lambda f: f.price("k"), "a: b", ZERO,
            "1:1: 'k' is missing; write a price such as 0.015",
        ),
        (
            lambda f: f.price("k"), "k: x", ZERO,
            ("1:4: k: 'x' is not right; "
             "write plain digits with an optional fraction, such as 0.015"),
        ),
        (
            lambda f: f.amount("k"), "a: b", ZERO,
            "1:1: 'k' is missing; write an amount such as 1,000",
        ),
        (
            lambda f: f.amount("k"), "k: 1,00", ZERO,
            ("1:4: k: '1,00' is not right; "
             "write plain digits with an optional fraction, such as 0.015"),
        ),
        (
            lambda f: f.quantity("k"), "a: b", 0,
            "1:1: 'k' is missing; write a whole number such as 10,000",
        ),
        (
            lambda f: f.quantity("k"), "k: -1", 0,
            "1:4: k: '-1' is not right; a quantity is never negative",
        ),
        (
            lambda f: f.percent("k"), "a: b", ZERO,
            "1:1: 'k' is missing; write a percentage such as 10%",
        ),
        (
            lambda f: f.percent("k"), "k: 101%", ZERO,
            "1:4: k: '101%' is not right; a percentage goes up to 100%",
        ),
        (
            lambda f: f.date("k"), "a: b", "",
            "1:1: 'k' is missing; write a date such as 2026-11-22",
        ),
        (lambda f: f.date("k"), "k: x", "", f"1:4: k: 'x' is not right; {A_DAY}"),
        (lambda f: f.optional_date("k"), "k: x", "", f"1:4: k: 'x' is not right; {A_DAY}"),
        (
            lambda f: f.choice("k", ("b", "a", "c")), "a: b", "b",
            "1:1: 'k' is missing; write b or a or c",
        ),
        (
            lambda f: f.choice("k", ("b", "a")), "k: c", "b",
            "1:4: k: 'c' is not right; write b or a",
        ),
        (lambda f: f.choice("k", ("b",)), "k:", "b", "1:3: k: the value is missing; write b"),
        (lambda f: f.yes("k"), "k: no", True, "1:4: k: 'no' is not right; write true or false"),
        (
            lambda f: f.choices("k", ("b", "a")), "a: b", set(),
            "1:1: 'k' is missing; list some of b, a",
        ),
        (
            lambda f: f.choices("k", ("b", "a")), "k: b", set(),
            "1:4: k: 'b' is no list; write [b, a]",
        ),
        (
            lambda f: f.choices("k", ("b", "a", "c")), "k: [a, x]", {"a", "b"},
            "1:8: k: 'x' is not right; write b or a or c",
        ),
        (
            lambda f: f.choices("k", ("b", "a")), "k: [[b]]", {"b"},
            "1:5: k: a list is not right; write b or a",
        ),
        (lambda f: f.texts("k"), "a: b", (), "1:1: 'k' is missing; add it"),
        (lambda f: f.texts("k"), "k: ' '", ("",), "1:4: k: ' ' is not right; write a text"),
        (
            lambda f: f.texts("k"), "k: {a: b}", (),
            "1:4: k: a mapping is no list; write [one, another]",
        ),
        (
            lambda f: f.texts("k"), "k: [a, ' ']", ("a", ""),
            "1:8: k: ' ' is not right; write a text",
        ),
        (
            lambda f: f.texts("k"), "k: [[a], b]", ("", "b"),
            "1:5: k: a list is no plain value; write a text",
        ),
        (lambda f: f.listed("k"), "a: b", [], "1:1: 'k' is missing; add it"),
        (
            lambda f: f.listed("k"), "k: []", [],
            "1:4: k: a list has no items; write each after a dash",
        ),
        (lambda f: f.listed("k"), "k: a", [], "1:4: k: 'a' has no items; write each after a dash"),
        (
            lambda f: [item.optional_text("a") for item in f.listed("k")],
            "k: [x, {a: b}]", [None, "b"],
            "1:5: k: 'x' is no mapping; write `key: value`",
        ),
        (
            lambda f: [item.text("a") for item in f.listed("k")], "k: [{b: c}]", [""],
            "1:5: k: 'a' is missing; add it",
        ),
        (lambda f: f.fields("k").text("a"), "b: c", "", "1:1: 'k' is missing; add it"),
        (
            lambda f: f.fields("k").text("a"), "k: [a]", "",
            "1:4: k: a list is no mapping; write `key: value`",
        ),
        (
            lambda f: f.fields("k").text("a"), "k: {b: c}", "",
            "1:4: k: 'a' is missing; add it",
        ),
        (
            lambda f: f.fields("k").text("a"), "k: {a: ''}", "",
            "1:8: k.a: the value is missing; write a text",
        ),
        (
            lambda f: f.value("k", "write any", int, 7), "k: {a: b}", 7,
            "1:4: k: a mapping is no plain value; write any",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_gives_a_stand_in_and_one_fault(
    read: Read, text: str, default: object, problem: str
) -> None:
    fields = fields_of(text)

    assert (read(fields), said(fields.problems)) == (default, [f"a.yaml:{problem}"])


@pytest.mark.parametrize(
    "read",
    [
        lambda fields: fields.text("k"),
        lambda fields: fields.price("k"),
        lambda fields: fields.choice("k", ("a", "b")),
        lambda fields: fields.choices("k", ("a", "b")),
        lambda fields: fields.texts("k"),
        lambda fields: fields.listed("k"),
        lambda fields: fields.fields("k").text("a"),
        lambda fields: fields.fields("k").fields("a").listed("b"),
        lambda fields: fields.fields("k").refuse_whole("is odd", "mend it"),
    ],
)
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("k: *a", "a.yaml:1:4: k: the alias *a; write the value out"),
        ("[k]", "a.yaml:1:1: a list is no mapping; write `key: value`"),
        ("k", "a.yaml:1:1: 'k' is no mapping; write `key: value`"),
        ("", "a.yaml:1:1: the file is empty; write the keys it needs"),
    ],
)
def test_what_was_refused_once_is_not_refused_again(read: Read, text: str, problem: str) -> None:
    fields = fields_of(text)
    read(fields)

    assert said(fields.problems) == [problem]


@pytest.mark.parametrize("text", ["[*a]", "[b, *a]"])
def test_a_refused_item_of_a_list_is_not_refused_again(text: str) -> None:
    fields = fields_of(f"k: {text}")
    fields.choices("k", ("b", "c"))
    fields.texts("k")

    assert [problem.message for problem in fields.problems] == ["the alias *a"]


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (ConstantNode(Location("a.json", 1, 2), "null"), "null is no mapping"),
        (ConstantNode(Location("a.json", 1, 2), "true"), "true is no mapping"),
        (ScalarNode(Location("a.json", 1, 2), "null"), "'null' is no mapping"),
    ],
)
def test_a_constant_of_json_is_shown_as_it_is(node: Node, message: str) -> None:
    problems: list[Problem] = []
    Fields(node, "", problems)

    assert said(problems) == [f"a.json:1:2: {message}; write `key: value`"]


@pytest.mark.parametrize(
    ("path", "key", "at"),
    [
        ("", "k", "k"),
        ("prices", "k", "prices.k"),
        ("a.b", "k", "a.b.k"),
        ("", "\x1b", r"'\x1b'"),
        ("a", "\x1b", r"a.'\x1b'"),
        ("a", FORTY, f"a.{FORTY}"),
        ("a", f"{FORTY}x", f"a.'{FORTY}...'"),
    ],
)
def test_a_fault_names_the_keys_that_lead_to_it(path: str, key: str, at: str) -> None:
    place = Location("a.yaml", 1, 1)
    problems: list[Problem] = []
    fields = Fields(MappingNode(place, {key: (place, ScalarNode(place, ""))}), path, problems)
    fields.text(key)
    fields.fields(key)

    assert said(problems) == [
        f"a.yaml:1:1: {at}: the value is missing; write a text",
        f"a.yaml:1:1: {at}: '' is no mapping; write `key: value`",
    ]


@pytest.mark.parametrize(
    ("refuse", "problem"),
    [
        (lambda f: f.refuse("k", "is odd", "mend it"), "2:5: p.k: is odd; mend it"),
        (lambda f: f.refuse("a", "is odd", "mend it"), "1:1: p.a: is odd; mend it"),
        (lambda f: f.refuse_at_key("k", "is odd", "mend it"), "2:1: p.k: is odd; mend it"),
        (
            lambda f: f.refuse_key("z", Location("a.yaml", 9, 8), "is odd", "mend it"),
            "9:8: p.z: is odd; mend it",
        ),
        (lambda f: f.refuse_whole("is odd", "mend it"), "1:1: p: is odd; mend it"),
    ],
)
def test_whoever_reads_on_may_refuse_too(refuse: Read, problem: str) -> None:
    fields = fields_of("b: c\nk:  d", "p")
    refuse(fields)

    assert said(fields.problems) == [f"a.yaml:{problem}"]


def test_fields_tell_where_they_stand_and_whether_they_are_a_mapping() -> None:
    inner = fields_of("a:\n  b: c\n").fields("a")

    assert (inner.place, inner.path, inner.whole) == (Location("a.yaml", 2, 3), "a", True)
    assert not fields_of("[a]").whole
    assert not Fields(InvalidNode(Location("a.yaml", 1, 1)), "", []).whole


@pytest.mark.parametrize(
    ("read", "text", "problems"),
    [
        (lambda f: f.text("name"), "name: a", []),
        (lambda f: f.optional_text("name"), "name: a", []),
        (lambda f: f.has("name"), "name: a", []),
        (lambda f: list(f.each()), "name: a\nother: b", []),
        (
            lambda f: f.text("name"),
            "name: a\nnane: b",
            ["a.yaml:2:1: p.nane: unknown key; did you mean name?"],
        ),
        (
            lambda f: (f.text("name"), f.has("other"), f.text("name")),
            "zzz: b\nname: a\nyyy: c",
            [
                "a.yaml:1:1: p.zzz: unknown key; known here: name, other",
                "a.yaml:3:1: p.yyy: unknown key; known here: name, other",
            ],
        ),
        (lambda f: f.whole, "a: b", ["a.yaml:1:1: p.a: unknown key; known here: none"]),
    ],
)
def test_a_key_that_nobody_asked_for_is_refused(read: Read, text: str, problems: list[str]) -> None:
    fields = fields_of(text, "p")
    read(fields)
    fields.close()

    assert said(fields.problems) == problems


@pytest.mark.parametrize("day", ["2000-01-01", "2024-02-29", "2026-11-22", "2999-12-31"])
def test_a_day_of_these_centuries_is_a_date(day: str) -> None:
    assert read_date(day) == day


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", A_DAY),
        ("2026-02-29", A_DAY),
        ("2026-11-2", A_DAY),
        ("20261122", A_DAY),
        ("2026-W47-7", A_DAY),
        (" 2026-11-22", A_DAY),
        ("2026-11-22T00:00", A_DAY),
        ("1999-12-31", "write a day from 2000 to 2999"),
        ("3000-01-01", "write a day from 2000 to 2999"),
    ],
)
def test_any_other_text_is_no_date(text: str, hint: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message follows
        read_date(text)

    assert str(raised.value) == hint


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("pric", ["price", "wording"], "did you mean price?"),
        ("zzz", ["price", "wording"], "known here: price, wording"),
        ("zzz", [], "known here: none"),
        ("zzz", ["\x1b"], r"known here: '\x1b'"),
    ],
)
def test_the_nearest_known_name_is_offered(name: str, known: list[str], hint: str) -> None:
    assert nearest(name, known) == hint


def test_an_empty_mapping_has_no_keys_and_no_faults() -> None:
    problems: list[Problem] = []
    fields = Fields(MappingNode(Location("a.yaml", 1, 1), {}), "", problems)
    fields.close()

    assert (list(fields.each()), fields.whole, problems) == ([], True, [])
