"""Schemas of rate cards, conflicts and examples: they reject what the reader rejects.

A schema cannot see what is wrong with the YAML itself, or only beside another file.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from card_files import OVERLAY
from jsonschema import Draft202012Validator
from test_bad_cards import BAD_CARDS, BadCard, content_of, name_of

from aloware_cli.files.cards import SHARED, TERMS_FILE
from aloware_cli.files.io import bundled_rates
from aloware_cli.files.schemas import read_schema

SHIPPED = Path(bundled_rates())
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
    return json.loads(read_schema(name))


def schema_of(file: str) -> Any:
    """Return the schema of the rate card `file`."""
    own = {"charges.yaml", "sources.yaml", "carriers.yaml", "terms.yaml"}
    if file == "a2p.yaml":
        return schema("shared")
    return schema(file.removesuffix(".yaml") if file in own else "plan")


def refused(card: Any, by: Any) -> list[str]:
    """Return the places in `card` that the schema `by` rejects."""
    return [error.json_path for error in Draft202012Validator(by).iter_errors(card)]


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.name)
def test_shipped_card_fits_and_names_its_schema(path: Path) -> None:
    by = schema_of(path.name)
    first_line = path.read_text("utf-8").splitlines()[0]
    named = first_line.removeprefix("# yaml-language-server: $schema=")

    assert json.loads((SHIPPED / named).read_text("utf-8")) == by
    assert refused(read(path.read_bytes()), by) == []


@pytest.mark.parametrize(("kind", "path"), BESIDE_THE_CARDS, ids=lambda given: Path(given).name)
def test_shipped_conflict_or_example_fits_and_names_its_schema(kind: str, path: Path) -> None:
    first_line = path.read_text("utf-8").splitlines()[0]
    assert first_line == f"# yaml-language-server: $schema=../schemas/{kind}.schema.json"
    assert refused(read(path.read_bytes()), schema(kind)) == []


def test_every_bundled_card_is_checked() -> None:
    assert len(CARDS) == len([*SHARED, TERMS_FILE]) + 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("agents: 3", "agent: 3"),
        ("agents: 3", "agents: many"),
        ("agents: 3", "agents: 3\n  message: a.txt"),
        ("monthly: 410", "monthly: lots"),
        ("monthly: 410", "month: 410"),
        ("plan: uPro", "plan: 3"),
        ("  plan: uPro\n", ""),
        ("source: billing-guide\n", ""),
        ("published:", "approximate: It is.\npublished:"),
    ],
)
def test_example_schema_rejects_what_the_reader_rejects(old: str, new: str) -> None:
    text = (SHIPPED / "examples" / "upro-sms-blasts.yaml").read_text("utf-8")
    assert text.count(old) == 1
    assert refused(read(text.replace(old, new).encode()), schema("example"))


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
        "plan: uPro\nprices: {late_appeal: {price: '0.015', source: s, wording: w}}\n",
        f"plan: uPro\nprices: {{late_appeal: {{price: 1, source: s, wording: {'x' * 2000}}}}}\n",
        "plan: uPro\nprices: {license: {monthly: unpublished}}\n",
        "plan: uPro\nprices: {agent_sms: {model: per unit, price: 1, source: s, wording: w}}\n",
    ],
)
def test_overlay_fits(card: str) -> None:
    assert refused(read(card.encode()), schema("overlay")) == []
    complete = {"currency": "USD", **read(card.encode())}
    assert refused(complete, schema("plan")) == []


@pytest.mark.parametrize(
    "card", [card for card in BAD_CARDS if card.rejected_by == "schema"], ids=name_of
)
def test_bad_card_is_rejected_where_a_schema_can_see_it(card: BadCard) -> None:
    assert refused(read(content_of(card)), schema_of(card.file)) != []


RULE = "initiator: [agent], direction: [inbound], line: [local], decides: charged"
WHY = "reason: r, source: s, wording: w"
TRAFFIC = "medium: call, initiator: any, direction: any, line: local"
CHARGE = "label: l, unit: u, category: usage"
CITED = "source: s, wording: w"
CARRIER = "name: n, country: US, sms: 0, mms: 0, source: s, wording: w"

SMALL = [
    ("carriers", f"carriers: {{a: {{{CARRIER}}}}}"),
    (
        "carriers",
        f"band: {{low: 0, high: 1, {CITED}}}\ncarriers: {{a: {{{CARRIER}, inbound: charged}}}}",
    ),
    ("terms", f"terms: {{a: {{text: t, {CITED}}}}}"),
    ("terms", f"terms: {{a: {{kind: caution, text: t, charges: [license], {CITED}}}}}"),
    ("conflict", f"charges: [license]\nread_as: r\nprice: 1\n{CITED.replace(', ', chr(10))}"),
    ("charges", f"charges: {{}}\ncoverage: {{a: {{{RULE}, {WHY}}}}}"),
    ("charges", f"charges: {{a: {{{CHARGE}, {WHY}, one_time: true}}}}\ncoverage: {{}}"),
    ("charges", f"charges: {{a: {{{CHARGE}, traffic: {{{TRAFFIC}}}}}}}\ncoverage: {{}}"),
    ("overlay", "plan: p\nsources: {a: {title: t, read_on: 2026-11-22}}\nprices: {}"),
    ("overlay", "plan: p\nprices: {license: {annual: unpublished}}"),
    ("plan", "plan: p\ncurrency: USD\nprices: {}"),
    ("shared", "prices: {a: {price: 0, source: s, wording: w}}"),
    ("sources", "sources: {a: {title: t, read_on: 2026-11-22}}"),
]


@pytest.mark.parametrize(("name", "card"), SMALL)
def test_smallest_card_of_each_kind_fits(name: str, card: str) -> None:
    assert refused(read(card.encode()), schema(name)) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("carriers", "carriers", "carrier"),
        ("carriers", "inbound: charged", "inbound: free"),
        ("carriers", "high: 1, ", ""),
        ("carriers", ", wording: w", ""),
        ("terms", ", wording: w", ""),
        ("terms", "text: t, ", ""),
        ("terms", "text: t", "text: t, note: x"),
        ("terms", "kind: caution", "kind: warning"),
        ("terms", "charges: [license]", "charges: license"),
        ("conflict", "price: 1", "price: low"),
        ("carriers", "carriers: {", "notes: x\ncarriers: {"),
        ("carriers", f"{{a: {{{CARRIER}}}}}", "[]"),
        ("carriers", "{name: n, country: US, sms: 0, mms: 0, source: s, wording: w}", "n"),
        ("carriers", "sms: 0", "sms: free"),
        ("carriers", "sms: 0", "sms: '1,0'"),
        ("carriers", "mms: 0", "mms: 1000001"),
        ("carriers", "mms: 0", "mms: '1000001'"),
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
        ("charges", "direction: [inbound]", "direction: []"),
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
        ("overlay", "sources: {a: {title: t, read_on: 2026-11-22}}", "sources: []"),
        ("overlay", "{title: t, read_on: 2026-11-22}", "t"),
        ("overlay", "title: t, ", ""),
        ("overlay", ", read_on: 2026-11-22", ""),
        ("overlay", "title: t", "title: t, page: 1"),
        ("overlay", "{annual: unpublished}", "{yearly: unpublished}"),
        ("overlay", "{annual: unpublished}", "{annual: included}"),
        ("overlay", "plan: p", "plan: 1"),
        ("plan", "currency: USD\n", ""),
        ("plan", "currency: USD", "currency: EUR"),
        ("shared", "prices", "price"),
        ("shared", "prices: {", "plan: p\nprices: {"),
        ("shared", "{a: {price: 0, source: s, wording: w}}", "[]"),
        ("shared", "price: 0", "price: -0.01"),
        ("shared", "price: 0", "price: 1000001"),
        ("shared", "price: 0", "model: flat, price: 0, allowance: 1"),
        ("shared", "price: 0", "model: package, price: 0"),
        ("shared", "price: 0", "block: 5, price: 0"),
        ("shared", "price: 0", "model: volume, price: 0"),
        ("shared", "price: 0", "model: volume, tiers: [{price: 0}]"),
        ("shared", "price: 0", "model: volume, tiers: [{price: 0, up_to: 0}, {price: 0}]"),
        ("shared", "wording: w", "wording: w, note: x"),
        ("shared", "{price: 0, source: s, wording: w}", "free"),
        ("sources", "sources", "source"),
        ("sources", "sources: {", "notes: x\nsources: {"),
        ("sources", "{title: t, read_on: 2026-11-22}", "t"),
        ("sources", "{a: {title: t, read_on: 2026-11-22}}", "[]"),
        ("sources", "read_on: 2026-11-22", "read_on: 2026-13-22"),
        ("sources", "read_on: 2026-11-22", "read_on: 2026-11-32"),
        ("sources", "read_on: 2026-11-22", "read_on: 1999-11-22"),
    ],
)
def test_schema_rejects_what_its_kind_of_card_must_not_contain(
    name: str, old: str, new: str
) -> None:
    sound = [card for kind, card in SMALL if kind == name and old in card]
    changed = [card.replace(old, new, 1) for card in sound]

    assert changed
    assert all(refused(read(card.encode()), schema(name)) for card in changed)


def is_yaml_for_an_editor(card: BadCard) -> bool:
    try:
        read(content_of(card))
    except yaml.YAMLError:
        return False
    return True


@pytest.mark.parametrize(
    "card",
    [
        card
        for card in BAD_CARDS
        if card.old and card.rejected_by == "reader" and is_yaml_for_an_editor(card)
    ],
    ids=name_of,
)
def test_problem_that_a_schema_cannot_see_is_accepted_by_it(card: BadCard) -> None:
    assert refused(read(content_of(card)), schema_of(card.file)) == []
