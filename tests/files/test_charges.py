"""Charges, prices and sources: what files give, and the defaults for invalid ones."""

from decimal import Decimal

import pytest

from aloware_cli.domain.cards import included, priced, unpublished
from aloware_cli.domain.charges import Charge, CoverageRule, Traffic
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.charges import read_charges, read_citation, read_sources
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.prices import read_prices

GUIDE = Source("guide", "The guide", "https://example.com/", "2026-11-22", "2024")
SOURCES = {"guide": GUIDE}

CHARGES = """\
charges:
  setup:
    label: Setup
    unit: day
    units: days of work
    category: usage
    one_time: true
    per_term: false
    pass_through: true
    reason: It is set up once.
    remark: By us.
    caution: Book it early.
    source: guide
    wording: Setup is billed by the day.
  license:
    label: Plan cost
    unit: agent
    category: subscription
    per_term: true
    reason: Each agent needs one.
    source: guide
    wording: A license each.
  bulk_sms:
    label: Bulk texts
    unit: segment
    category: usage
    traffic: {medium: text, initiator: automation, direction: outbound, line: local}
    remark: A text is billed per segment.
  calls:
    label: Calls
    unit: minute
    category: usage
    traffic: {medium: call, initiator: agent, direction: any, line: local}
coverage:
  people:
    initiator: [consumer, agent]
    direction: [inbound, outbound]
    line: [local, toll_free]
    decides: included
    reason: People started it.
    source: guide
    wording: Calls of people are free.
  machines:
    initiator: [automation]
    direction: [inbound, outbound]
    line: [local, toll_free]
    decides: charged
    reason: A machine started it.
    source: guide
    wording: Those of machines are not.
"""
PEOPLE = CoverageRule(
    key="people",
    initiators=frozenset({"consumer", "agent"}),
    directions=frozenset({"inbound", "outbound"}),
    lines=frozenset({"local", "toll_free"}),
    decides="included",
    reason="People started it.",
    citation=Citation(GUIDE, "Calls of people are free."),
)
MACHINES = CoverageRule(
    key="machines",
    initiators=frozenset({"automation"}),
    directions=frozenset({"inbound", "outbound"}),
    lines=frozenset({"local", "toll_free"}),
    decides="charged",
    reason="A machine started it.",
    citation=Citation(GUIDE, "Those of machines are not."),
)
SETUP = Charge(
    key="setup",
    label="Setup",
    unit="day",
    units="days of work",
    category="usage",
    one_time=True,
    per_term=False,
    pass_through=True,
    traffic=None,
    rule=None,
    reason="It is set up once. By us.",
    caution="Book it early.",
    citation=Citation(GUIDE, "Setup is billed by the day."),
)
LICENSE = SETUP._replace(
    key="license",
    label="Plan cost",
    unit="agent",
    units="agents",
    category="subscription",
    one_time=False,
    per_term=True,
    pass_through=False,
    reason="Each agent needs one.",
    caution=None,
    citation=Citation(GUIDE, "A license each."),
)
BULK_SMS = LICENSE._replace(
    key="bulk_sms",
    label="Bulk texts",
    unit="segment",
    units="segments",
    category="usage",
    per_term=False,
    traffic=Traffic("text", "automation", "outbound", "local"),
    rule=MACHINES,
    reason="A machine started it. A text is billed per segment.",
    citation=MACHINES.citation,
)
CALLS = BULK_SMS._replace(
    key="calls",
    label="Calls",
    unit="minute",
    units="minutes",
    traffic=Traffic("call", "agent", "any", "local"),
    rule=PEOPLE,
    reason="People started it.",
    citation=PEOPLE.citation,
)
READ = {"setup": SETUP, "license": LICENSE, "bulk_sms": BULK_SMS, "calls": CALLS}
NOTHING = Citation(Source("", "", None, None), "")


def fields_of(content: str) -> Fields:
    root, problems = read_document(content.encode(), "one.yaml")
    return Fields(root, "", problems, SOURCES)


def problems_of(fields: Fields) -> list[str]:
    return [str(problem).removeprefix("one.yaml:") for problem in fields.problems]


def test_charges_are_read_in_order_with_their_rules() -> None:
    fields = fields_of(CHARGES)

    charges = read_charges(fields)

    assert fields.problems == []
    assert list(charges.items()) == list(READ.items())


ANYBODY = BULK_SMS.traffic and BULK_SMS.traffic._replace(initiator="any")
MAYBE = '47:14: coverage.machines.decides: "maybe" is not one of included, charged'
FAX = '27:23: charges.bulk_sms.traffic.medium: "fax" is not one of text, call'
SEVERAL = "27:14: charges.bulk_sms.traffic: matches several rules (people, machines)"


@pytest.mark.parametrize(
    ("old", "new", "problem", "traffic"),
    [
        ("decides: charged", "decides: maybe", MAYBE, BULK_SMS.traffic),
        ("initiator: automation, ", "initiator: any, ", SEVERAL, ANYBODY),
        # the default is the first medium
        ("{medium: text,", "{medium: fax,", FAX, BULK_SMS.traffic),
    ],
)
def test_charge_with_invalid_coverage_is_read(
    old: str, new: str, problem: str, traffic: Traffic
) -> None:
    assert CHARGES.count(old) == 1
    fields = fields_of(CHARGES.replace(old, new))

    charge = read_charges(fields)["bulk_sms"]

    assert [said.partition("; ")[0] for said in problems_of(fields)] == [problem]
    assert (charge.label, charge.traffic) == ("Bulk texts", traffic)


def test_charge_without_rule_has_no_citation() -> None:
    fields = fields_of(CHARGES.replace("decides: charged", "decides: maybe"))

    charge = read_charges(fields)["calls"]

    assert charge == CALLS._replace(rule=None, reason="", citation=NOTHING)


PRICED = "{price: 2, source: guide, wording: At $2.}"
PRICE = priced(Decimal("2.00"), Citation(GUIDE, "At $2."))


@pytest.mark.parametrize(
    ("content", "key", "rates"),
    [
        (f"setup: {PRICED}", "setup", [PRICE] * 3),
        ("setup: unpublished", "setup", [unpublished(SETUP.citation)] * 3),
        ("calls: included", "calls", [included(PEOPLE.citation)] * 3),
        ("bulk_sms: unpublished", "bulk_sms", [unpublished(MACHINES.citation)] * 3),
        (f"license: {{quarterly: {PRICED}}}", "license", [None, PRICE, None]),
        (
            f"license: {{annual: unpublished, monthly: {PRICED}}}",
            "license",
            [PRICE, None, unpublished(LICENSE.citation)],
        ),
    ],
)
def test_price_applies_to_every_term_unless_terms_have_prices(
    content: str, key: str, rates: list[object]
) -> None:
    fields = fields_of(f"prices: {{{content}}}")

    read = read_prices(fields, READ)

    assert fields.problems == []
    assert [read.get((key, term)) for term in TERMS] == rates


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("license: unpublished", "2:12: prices.license: expected a price for each term"),
        ("setup: free", "2:10: prices.setup: expected a price"),
        ("setup: [1]", "2:10: prices.setup: expected a price"),
        ("setup: included", "2:10: prices.setup: no coverage rule includes it"),
        (f"calls: {PRICED}", "2:10: prices.calls: the coverage rule people includes it"),
    ],
)
def test_rejected_price_counts_as_unpublished(content: str, problem: str) -> None:
    fields, key = fields_of(f"prices:\n  {content}"), content.partition(":")[0]

    read = read_prices(fields, READ)

    assert [said.partition("; ")[0] for said in problems_of(fields)] == [problem]
    assert read == {(key, term): unpublished(READ[key].citation) for term in TERMS}


def test_price_is_not_rejected_for_invalid_coverage() -> None:
    fields = fields_of("prices: {calls: included}")
    charge = CALLS._replace(rule=None, citation=NOTHING)

    read = read_prices(fields, {"calls": charge})

    assert fields.problems == []
    assert read["calls", "annual"] == unpublished(NOTHING)


def test_sources_are_read_with_optional_keys() -> None:
    content = """\
sources:
  guide: {title: The guide, url: "https://example.com/", read_on: 2026-11-22, dated: "2024"}
  sheet: {title: A sheet, read_on: 2026-12-01}
"""
    fields = fields_of(content)

    assert read_sources(fields) == {
        "guide": GUIDE,
        "sheet": Source("sheet", "A sheet", None, "2026-12-01", None),
    }
    assert fields.problems == []


@pytest.mark.parametrize(
    ("content", "source", "problem"),
    [
        ("source: giude", Source("giude", "", None, None), '1:9: source: unknown source "giude"'),
        ("source: [guide]", NOTHING.source, "1:9: source: expected a single value, got a list"),
        ("remark: w", NOTHING.source, '1:1: "source" is missing'),
    ],
)
def test_unknown_source_is_reported_once_and_keeps_its_key(
    content: str, source: Source, problem: str
) -> None:
    fields = fields_of(f"{content}\nwording: w")

    assert read_citation(fields) == Citation(source, "w")
    assert [said.partition("; ")[0] for said in problems_of(fields)] == [problem]


def test_citation_has_source_and_wording() -> None:
    assert read_citation(fields_of("{source: guide, wording: w}")) == Citation(GUIDE, "w")
