"""The keys of a saved object: what each may hold at all, and how it says what is wrong."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest
from conftest import plain_name

from aloware_cli.files.json import read_json
from aloware_cli.files.saved import Saved

Read: TypeAlias = Callable[[Saved], object]
LINE = "write a text on one line"
DIGITS = "write digits such as 12"
DECIMALS = "write digits such as 12.50"
DAY = "write a day such as 2026-11-22"
HEX = "write 64 digits in hex"
SIXTEEN = "9" * 16


def saved(value: str) -> Saved:
    """Return the object at `p` that holds the JSON `value` under `k`."""
    root, problems = read_json(f'{{"k": {value}}}'.encode(), "a.json")
    return Saved(root, "p", problems)


def said(fields: Saved) -> list[str]:
    return [str(problem) for problem in fields.problems]


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (lambda f: f.text("k"), '"a b"', "a b"),
        (lambda f: f.text("k"), f'"{"x" * 3000}"', "x" * 3000),
        (lambda f: f.text("k"), '"null"', "null"),
        (lambda f: f.number("k"), '"0"', Decimal(0)),
        (lambda f: f.number("k"), '"012.50"', Decimal("12.50")),
        (lambda f: f.number("k"), f'"{SIXTEEN}"', Decimal(9999999999999999)),
        (lambda f: f.number("k"), '"0.123456789012"', Decimal("0.123456789012")),
        (lambda f: f.unit_price("k"), '"0.0000000001"', Decimal("0.0000000001")),
        (lambda f: f.unit_price("k"), '"1000000.00"', Decimal(1000000)),
        (lambda f: f.count("k"), '"0"', 0),
        (lambda f: f.count("k"), f'"{SIXTEEN}"', 9999999999999999),
        (lambda f: f.day("k"), '"9999-12-31"', "9999-12-31"),
        (lambda f: f.day("k"), '"0000-00-00"', "0000-00-00"),
        (lambda f: f.sha256("k"), f'"{"0a" * 32}"', "0a" * 32),
        (lambda f: f.boolean("k"), "true", True),
        (lambda f: f.boolean("k"), "false", False),
        (lambda f: f.optional("k", f.count), '"7"', 7),
        (lambda f: f.optional("k", f.count), "null", None),
        (lambda f: f.object("k").text("a"), '{"a": "b"}', "b"),
        (lambda f: [item.text("a") for item in f.objects("k")], "[]", []),
        (
            lambda f: [item.text("a") for item in f.objects("k")],
            '[{"a": "b"}, {"a": "c"}]',
            ["b", "c"],
        ),
        (lambda f: f.texts("k"), "[]", ()),
        (lambda f: f.texts("k"), '["b", "a"]', ("b", "a")),
    ],
    ids=lambda value: plain_name(str(value)[:20]) if isinstance(value, str) else None,
)
def test_what_is_right_is_read_as_its_type(read: Read, value: str, result: object) -> None:
    fields = saved(value)

    assert (read(fields), said(fields)) == (result, [])


@pytest.mark.parametrize(
    ("read", "value", "default", "problem"),
    [
        (lambda f: f.text("k"), '""', "", f"the value is missing; {LINE}"),
        (lambda f: f.text("k"), '" "', "", f"' ' is not right; {LINE}"),
        (lambda f: f.text("k"), '"a\\nb"', "", rf"'a\nb' is not right; {LINE}"),
        (lambda f: f.text("k"), "null", "", "null is no plain value; write a text"),
        (lambda f: f.number("k"), '""', Decimal(0), f"the value is missing; {DECIMALS}"),
        (lambda f: f.number("k"), '"-1"', Decimal(0), f"'-1' is not right; {DECIMALS}"),
        (lambda f: f.number("k"), '"1."', Decimal(0), f"'1.' is not right; {DECIMALS}"),
        (lambda f: f.number("k"), '".5"', Decimal(0), f"'.5' is not right; {DECIMALS}"),
        (lambda f: f.number("k"), '"1,000"', Decimal(0), f"'1,000' is not right; {DECIMALS}"),
        (lambda f: f.number("k"), '"\u0661"', Decimal(0), f"'\u0661' is not right; {DECIMALS}"),
        (
            lambda f: f.number("k"), f'"1{SIXTEEN}"', Decimal(0),
            f"'1{SIXTEEN}' is not right; {DECIMALS}",
        ),
        (
            lambda f: f.number("k"), '"0.1234567890123"', Decimal(0),
            f"'0.1234567890123' is not right; {DECIMALS}",
        ),
        (lambda f: f.number("k"), "true", Decimal(0), f"true is no plain value; {DECIMALS}"),
        (lambda f: f.unit_price("k"), '"x"', Decimal(0), f"'x' is not right; {DECIMALS}"),
        (
            lambda f: f.unit_price("k"), '"1000000.000000000001"', Decimal(0),
            "'1000000.000000000001' is not right; a price goes up to 1,000,000",
        ),
        (
            lambda f: f.unit_price("k"), "[]", Decimal(0),
            "a list is no plain value; write a price such as 0.015",
        ),
        (lambda f: f.count("k"), '"1.0"', 0, f"'1.0' is not right; {DIGITS}"),
        (lambda f: f.count("k"), f'"1{SIXTEEN}"', 0, f"'1{SIXTEEN}' is not right; {DIGITS}"),
        (lambda f: f.count("k"), "{}", 0, f"a mapping is no plain value; {DIGITS}"),
        (lambda f: f.day("k"), '"2026-11-2"', "", f"'2026-11-2' is not right; {DAY}"),
        (lambda f: f.day("k"), '"02026-11-22"', "", f"'02026-11-22' is not right; {DAY}"),
        (lambda f: f.day("k"), "null", "", f"null is no plain value; {DAY}"),
        (lambda f: f.sha256("k"), '"0A"', "", f"'0A' is not right; {HEX}"),
        (lambda f: f.sha256("k"), f'"{"0" * 63}"', "", f"'{'0' * 40}...' is not right; {HEX}"),
        (lambda f: f.sha256("k"), f'"{"0" * 65}"', "", f"'{'0' * 40}...' is not right; {HEX}"),
        (lambda f: f.sha256("k"), "null", "", f"null is no plain value; {HEX}"),
        (
            lambda f: f.boolean("k"), "null", False,
            "null is neither true nor false; write one of them",
        ),
        (
            lambda f: f.boolean("k"), '"true"', False,
            "'true' is neither true nor false; write one of them",
        ),
        (lambda f: f.optional("k", f.count), '"null"', 0, f"'null' is not right; {DIGITS}"),
        (lambda f: f.optional("k", f.count), "true", 0, f"true is no plain value; {DIGITS}"),
        (lambda f: f.objects("k"), "{}", [], "a mapping is no list; write [ and ] around it"),
        (lambda f: f.objects("k"), '"x"', [], "'x' is no list; write [ and ] around it"),
        (lambda f: f.texts("k"), "null", (), "null is no list; write [ and ] around it"),
        (
            lambda f: f.object("k").optional("a", str), "null", "a",
            "null is no mapping; write `key: value`",
        ),
    ],
    ids=lambda value: plain_name(str(value)[:20]) if isinstance(value, str) else None,
)  # fmt: skip
def test_what_is_wrong_gives_a_stand_in_and_one_fault(
    read: Read, value: str, default: object, problem: str
) -> None:
    fields = saved(value)

    assert (read(fields), said(fields)) == (default, [f"a.json:1:7: p.k: {problem}"])


@pytest.mark.parametrize(
    ("read", "value", "problems"),
    [
        (
            lambda f: [item.text("a") for item in f.objects("k")],
            '[{"a": "b"}, null, {"a": ""}]',
            [
                "a.json:1:20: p.k.1: null is no mapping; write `key: value`",
                f"a.json:1:32: p.k.2.a: the value is missing; {LINE}",
            ],
        ),
        (
            lambda f: f.texts("k"),
            '["b", null, ""]',
            [
                "a.json:1:13: p.k.1: null is no plain value; write a text",
                f"a.json:1:19: p.k.2: the value is missing; {LINE}",
            ],
        ),
        (
            lambda f: f.object("k").object("a").texts("b"),
            '{"a": {"b": [""]}}',
            [f"a.json:1:20: p.k.a.b.0: the value is missing; {LINE}"],
        ),
    ],
)
def test_an_item_of_a_list_is_named_by_its_index(
    read: Read, value: str, problems: list[str]
) -> None:
    fields = saved(value)
    read(fields)

    assert said(fields) == problems


@pytest.mark.parametrize(
    ("read", "default", "hint"),
    [
        (lambda f: f.text("a"), "", "write a text"),
        (lambda f: f.number("a"), Decimal(0), DECIMALS),
        (lambda f: f.unit_price("a"), Decimal(0), "write a price such as 0.015"),
        (lambda f: f.count("a"), 0, DIGITS),
        (lambda f: f.day("a"), "", DAY),
        (lambda f: f.sha256("a"), "", HEX),
        (lambda f: f.boolean("a"), False, "write true or false"),
        (lambda f: f.optional("a", f.count), 0, DIGITS),
        (lambda f: f.object("a").optional("b", str), "b", "write an object"),
        (lambda f: f.objects("a"), [], "write a list"),
        (lambda f: f.texts("a"), (), "write a list"),
    ],
)
def test_a_key_that_is_not_there_is_missing(read: Read, default: object, hint: str) -> None:
    fields = saved("null")

    assert (read(fields), said(fields)) == (
        default,
        [f"a.json:1:1: p: 'a' is missing; {hint}"],
    )
