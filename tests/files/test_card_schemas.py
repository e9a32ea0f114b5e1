"""The schemas that editors check cards with: they say what the strict reader says, where they can.

What is wrong with the YAML itself, or only beside another file, no schema can see.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from card_files import OVERLAY
from conftest import plain_name
from jsonschema import Draft202012Validator
from test_hostile_cards import HOSTILE, Hostile, content_of

from aloware_cli.domain.charges import ANY, CATEGORIES, DIRECTIONS, INITIATORS, LINES, MEDIA
from aloware_cli.domain.money import MAX_PRICE
from aloware_cli.files.cards import SHARED, shipped_rates
from aloware_cli.files.charges import DECISIONS
from aloware_cli.files.fields import MAX_TEXT_LENGTH

SHIPPED = Path(shipped_rates())
SCHEMAS = [
    SHIPPED / "schemas" / f"{name}.schema.json"
    for name in (
        "carriers",
        "charges",
        "conflict",
        "example",
        "plan",
        "scenario",
        "shared",
        "sources",
    )
]
CARDS = sorted(SHIPPED.glob("*.yaml"))
BESIDE_THE_CARDS = [
    *(("conflict", path) for path in sorted(SHIPPED.glob("conflicts/*.yaml"))),
    *(("example", path) for path in sorted(SHIPPED.glob("examples/*.yaml"))),
]


class CoreLoader(yaml.SafeLoader):
    """Reads values as YAML 1.2 does, and so as editors do: a date stays a text."""


CoreLoader.yaml_implicit_resolvers = {}
for kind, form, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    # A whole number too: a schema makes no difference.
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("int", r"0x[0-9a-fA-F]+|0o[0-7]+", ["0"]),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.")),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^({form})$"), first)


def read(card: bytes) -> Any:
    return yaml.load(card, CoreLoader)  # noqa: S506 - it is a safe loader


def schema(name: str) -> Any:
    return json.loads((SHIPPED / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def schema_of(file: str) -> Any:
    """Return the schema of the card `file`."""
    own = {"charges.yaml", "sources.yaml", "carriers.yaml"}
    if file == "a2p.yaml":
        return schema("shared")
    return schema(file.removesuffix(".yaml") if file in own else "plan")


def refused(card: Any, by: Any) -> list[str]:
    """Return the places in `card` that the schema `by` refuses."""
    return [error.json_path for error in Draft202012Validator(by).iter_errors(card)]


def objects_in(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in `node`, itself included."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from objects_in(item)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_each_schema_is_valid(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_each_schema_explains_every_key_and_allows_no_other(path: Path) -> None:
    parts = list(objects_in(json.loads(path.read_text("utf-8"))))
    # A condition has no type of its own.
    closed = [part for part in parts if "properties" in part and "type" in part]

    assert closed
    for part in closed:
        assert part["additionalProperties"] is False or part["additionalProperties"]["$ref"]
        assert part["description"].endswith(".")
        for key, value in part["properties"].items():
            assert value["description"].endswith("."), key


def test_schemas_agree_on_what_they_share() -> None:
    meanings: dict[str, set[str]] = {}
    for path in SCHEMAS:
        for name, meaning in json.loads(path.read_text("utf-8"))["$defs"].items():
            meanings.setdefault(name, set()).add(json.dumps(meaning))

    assert {"text", "amount", "price", "rate", "date", "source"} <= meanings.keys()
    assert {name for name, different in meanings.items() if len(different) > 1} == set()


def test_schemas_know_the_words_and_the_bounds_of_the_reader() -> None:
    charges, carriers = schema("charges"), schema("carriers")
    traffic = charges["$defs"]["traffic"]["properties"]
    rule = charges["$defs"]["rule"]["properties"]

    assert traffic["medium"]["enum"] == [*MEDIA]
    assert traffic["initiator"]["enum"] == [*INITIATORS, ANY]
    assert traffic["direction"]["enum"] == [*DIRECTIONS, ANY]
    assert traffic["line"]["enum"] == [*LINES]
    assert rule["initiator"]["items"]["enum"] == [*INITIATORS]
    assert rule["direction"]["items"]["enum"] == [*DIRECTIONS]
    assert rule["line"]["items"]["enum"] == [*LINES]
    assert rule["decides"]["enum"] == [*DECISIONS]
    assert charges["$defs"]["charge"]["properties"]["category"]["enum"] == [*CATEGORIES]
    assert carriers["$defs"]["amount"]["maximum"] == MAX_PRICE
    assert carriers["$defs"]["text"]["maxLength"] == MAX_TEXT_LENGTH


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.name)
def test_each_shipped_card_holds_and_names_its_schema(path: Path) -> None:
    by = schema_of(path.name)
    first_line = path.read_text("utf-8").splitlines()[0]
    named = first_line.removeprefix("# yaml-language-server: $schema=")

    assert json.loads((SHIPPED / named).read_text("utf-8")) == by
    assert refused(read(path.read_bytes()), by) == []


@pytest.mark.parametrize(("kind", "path"), BESIDE_THE_CARDS, ids=lambda given: Path(given).name)
def test_each_shipped_conflict_and_example_holds_and_names_its_schema(
    kind: str, path: Path
) -> None:
    first_line = path.read_text("utf-8").splitlines()[0]
    assert first_line == f"# yaml-language-server: $schema=../schemas/{kind}.schema.json"
    assert refused(read(path.read_bytes()), schema(kind)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agents: 3", "agent: 3"),
        ("agents: 3", "agents: many"),
        ("monthly: 410", "monthly: lots"),
        ("monthly: 410", "month: 410"),
        ("plan: uPro", "plan: 3"),
        ("source: billing-guide\n", ""),
        ("published:", "approximate: It is.\npublished:"),
    ],
)
def test_the_schema_of_examples_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = (SHIPPED / "examples" / "upro-sms-blasts.yaml").read_text("utf-8")
    assert text.count(old) == 1
    assert refused(read(text.replace(old, new).encode()), schema("example"))


def test_there_are_cards_to_check() -> None:
    assert len(CARDS) == len(SHARED) + 3


@pytest.mark.parametrize(
    "card",
    [
        OVERLAY,
        "plan: uPro\nprices: {}\n",
        "plan: uPro\ncurrency: USD\neffective_from: 2027-01-01\nprices: {agent_sms: included}\n",
        "plan: uPro\nprices: {license: {annual: {price: 60, source: s, wording: w}}}\n",
        "plan: uPro\nprices: {late_appeal: {price: 0, source: s, wording: w}}\n",
        "plan: uPro\nprices: {late_appeal: {price: 1000000, source: s, wording: w}}\n",
        "plan: uPro\nprices: {late_appeal: {price: 0.00000001, source: s, wording: w}}\n",
        f"plan: uPro\nprices: {{late_appeal: {{price: 1, source: s, wording: {'x' * 2000}}}}}\n",
        "plan: uPro\nprices: {license: {monthly: unpublished}}\n",
    ],
)
def test_an_overlay_holds(card: str) -> None:
    assert refused(read(card.encode()), schema("plan")) == []


@pytest.mark.parametrize(
    "card", [card for card in HOSTILE if card.schema_sees], ids=lambda card: plain_name(card.what)
)
def test_a_hostile_card_is_refused_where_a_schema_can_see_it(card: Hostile) -> None:
    assert refused(read(content_of(card)), schema_of(card.file)) != []


RULE = "initiator: [agent], direction: [inbound], line: [local], decides: charged"
WHY = "reason: r, source: s, wording: w"
TRAFFIC = "medium: call, initiator: any, direction: any, line: local"
CHARGE = "label: l, unit: u, category: usage"
CARRIER = "name: n, country: US, sms: 0, mms: 0, source: s"

SMALL = [
    ("carriers", f"carriers: {{a: {{{CARRIER}}}}}"),
    ("charges", f"charges: {{}}\ncoverage: {{a: {{{RULE}, {WHY}}}}}"),
    ("charges", f"charges: {{a: {{{CHARGE}, {WHY}, one_time: true}}}}\ncoverage: {{}}"),
    ("charges", f"charges: {{a: {{{CHARGE}, traffic: {{{TRAFFIC}}}}}}}\ncoverage: {{}}"),
    ("plan", "plan: p\nsources: {a: {title: t, read_on: 2026-11-22}}\nprices: {}"),
    ("plan", "plan: p\nprices: {license: {annual: unpublished}}"),
    ("shared", "prices: {a: {price: 0, source: s, wording: w}}"),
    ("sources", "sources: {a: {title: t, read_on: 2026-11-22}}"),
]


@pytest.mark.parametrize(("name", "card"), SMALL)
def test_the_smallest_card_of_each_kind_holds(name: str, card: str) -> None:
    assert refused(read(card.encode()), schema(name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("carriers", "carriers", "carrier"),
        ("carriers", "carriers: {", "notes: x\ncarriers: {"),
        ("carriers", f"{{a: {{{CARRIER}}}}}", "[]"),
        ("carriers", "{name: n, country: US, sms: 0, mms: 0, source: s}", "n"),
        ("carriers", "sms: 0", "sms: free"),
        ("carriers", "mms: 0", "mms: 1000001"),
        ("carriers", "name: n", "name: 1"),
        ("carriers", "name: n", 'name: " "'),
        ("carriers", "name: n", 'name: "a\\tb"'),
        ("carriers", "name: n", f"name: {'x' * 2001}"),
        ("charges", "coverage", "coverages"),
        ("charges", "coverage: {", "notes: x\ncoverage: {"),
        ("charges", ", direction: [inbound]", ""),
        ("charges", ", line: [local]", ""),
        ("charges", "direction: [inbound]", "direction: inbound"),
        ("charges", "direction: [inbound]", "direction: [any]"),
        ("charges", "line: [local]", "line: local"),
        ("charges", "line: [local]", "line: [toll-free]"),
        ("charges", "decides: charged", "decides: free"),
        ("charges", ", wording: w", ""),
        ("charges", "one_time: true", "one_time: 1"),
        ("charges", "medium: call, ", ""),
        ("charges", "medium: call", "medium: fax"),
        ("charges", "initiator: any", "initiator: crm"),
        ("charges", "direction: any", "direction: both"),
        ("charges", "line: local}", "line: any}"),
        ("charges", "traffic: {", f"{WHY}, traffic: {{"),
        ("charges", "traffic: {", "wording: w, traffic: {"),
        ("charges", "unit: u", "unit: 1"),
        ("plan", "sources: {a: {title: t, read_on: 2026-11-22}}", "sources: []"),
        ("plan", "{title: t, read_on: 2026-11-22}", "t"),
        ("plan", "title: t, ", ""),
        ("plan", ", read_on: 2026-11-22", ""),
        ("plan", "title: t", "title: t, page: 1"),
        ("plan", "{annual: unpublished}", "{yearly: unpublished}"),
        ("plan", "{annual: unpublished}", "{annual: included}"),
        ("plan", "plan: p", "plan: 1"),
        ("shared", "prices", "price"),
        ("shared", "prices: {", "plan: p\nprices: {"),
        ("shared", "{a: {price: 0, source: s, wording: w}}", "[]"),
        ("shared", "price: 0", "price: -0.01"),
        ("shared", "price: 0", "price: 1000001"),
        ("shared", "wording: w", "wording: w, note: x"),
        ("shared", "{price: 0, source: s, wording: w}", "free"),
        ("sources", "sources", "source"),
        ("sources", "sources: {", "notes: x\nsources: {"),
        ("sources", "{title: t, read_on: 2026-11-22}", "t"),
        ("sources", "{a: {title: t, read_on: 2026-11-22}}", "[]"),
        ("sources", "read_on: 2026-11-22", "read_on: 2026-13-22"),
        ("sources", "read_on: 2026-11-22", "read_on: 2026-11-32"),
    ],
)
def test_each_schema_refuses_what_its_kind_of_card_must_not_hold(
    name: str, old: str, new: str
) -> None:
    sound = [card for kind, card in SMALL if kind == name and old in card]
    changed = [card.replace(old, new, 1) for card in sound]

    assert changed
    assert all(refused(read(card.encode()), schema(name)) for card in changed)


def is_yaml_for_an_editor(card: Hostile) -> bool:
    try:
        read(content_of(card))
    except yaml.YAMLError:
        return False
    return True


@pytest.mark.parametrize(
    "card",
    [card for card in HOSTILE if card.old and not card.schema_sees and is_yaml_for_an_editor(card)],
    ids=lambda card: plain_name(card.what),
)
def test_what_else_is_wrong_with_one_spot_is_for_the_reader_alone(card: Hostile) -> None:
    assert refused(read(content_of(card)), schema_of(card.file)) == []
