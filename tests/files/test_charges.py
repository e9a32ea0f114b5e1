"""Charges, their prices and their pages as files give them, and what stands in for faulty ones."""

from decimal import Decimal

import pytest

from aloware_cli.domain.cards import included, published, unpublished
from aloware_cli.domain.charges import Charge, CoverageRule, Traffic
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.charges import read_charges
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.prices import read_prices
from aloware_cli.files.sources import read_citation, read_source, read_sources

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
LICENSE = Charge(
    key="license",
    label="Plan cost",
    unit="agent",
    units="agents",
    category="subscription",
    one_time=False,
    per_term=True,
    pass_through=False,
    traffic=None,
    rule=None,
    reason="Each agent needs one.",
    caution=None,
    citation=Citation(GUIDE, "A license each."),
)
BULK_SMS = Charge(
    key="bulk_sms",
    label="Bulk texts",
    unit="segment",
    units="segments",
    category="usage",
    one_time=False,
    per_term=False,
    pass_through=False,
    traffic=Traffic("text", "automation", "outbound", "local"),
    rule=MACHINES,
    reason="A machine started it. A text is billed per segment.",
    caution=None,
    citation=Citation(GUIDE, "Those of machines are not."),
)
CALLS = Charge(
    key="calls",
    label="Calls",
    unit="minute",
    units="minutes",
    category="usage",
    one_time=False,
    per_term=False,
    pass_through=False,
    traffic=Traffic("call", "agent", "any", "local"),
    rule=PEOPLE,
    reason="People started it.",
    caution=None,
    citation=Citation(GUIDE, "Calls of people are free."),
)
READ = {"setup": SETUP, "license": LICENSE, "bulk_sms": BULK_SMS, "calls": CALLS}
SEVERAL = "falls under several rules (people, machines); split the charge"
NOTHING = Citation(Source("", "", None, None), "")


def fields_of(content: str) -> Fields:
    root, problems = read_document(content.encode(), "one.yaml")
    return Fields(root, "", problems)


def said_of(fields: Fields) -> list[str]:
    return [str(problem).removeprefix("one.yaml:") for problem in fields.problems]


def test_charges_are_read_in_order_each_with_the_rule_that_decides_about_it() -> None:
    fields = fields_of(CHARGES)

    charges = read_charges(fields, SOURCES)

    assert fields.problems == []
    assert list(charges.items()) == list(READ.items())


@pytest.mark.parametrize(
    ("old", "new", "said", "traffic"),
    [
        (
            "decides: charged",
            "decides: maybe",
            "47:14: coverage.machines.decides: 'maybe' is not right; write included or charged",
            BULK_SMS.traffic,
        ),
        (
            "initiator: automation, direction",
            "initiator: any, direction",
            f"27:14: charges.bulk_sms.traffic: {SEVERAL}",
            Traffic("text", "any", "outbound", "local"),
        ),
        (
            "{medium: text,",
            "{medium: fax,",
            "27:23: charges.bulk_sms.traffic.medium: 'fax' is not right; write text or call",
            # The first of the media stands in.
            Traffic("text", "automation", "outbound", "local"),
        ),
    ],
)
def test_a_charge_whose_coverage_is_at_fault_is_read_all_the_same(
    old: str, new: str, said: str, traffic: Traffic
) -> None:
    assert CHARGES.count(old) == 1
    fields = fields_of(CHARGES.replace(old, new))

    charge = read_charges(fields, SOURCES)["bulk_sms"]

    assert said_of(fields) == [said]
    assert (charge.label, charge.traffic) == ("Bulk texts", traffic)


def test_a_charge_that_no_rule_decides_about_cites_nothing() -> None:
    fields = fields_of(CHARGES.replace("decides: charged", "decides: maybe"))

    charge = read_charges(fields, SOURCES)["calls"]

    assert charge == CALLS._replace(rule=None, reason="", citation=NOTHING)


PRICED = "{price: 2, source: guide, wording: w}"
PRICE = published(Decimal(2), Citation(GUIDE, "w"))


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
def test_a_price_holds_for_every_term_but_where_each_has_its_own(
    content: str, key: str, rates: list[object]
) -> None:
    fields = fields_of(content)

    read = read_prices(fields, READ, SOURCES)

    assert fields.problems == []
    assert [read.get((key, term)) for term in TERMS] == rates


EACH_TERM = "write monthly, quarterly and annual below it"
THREE_VALUES = "write {price: ..., source: ..., wording: ...}, included or unpublished"


@pytest.mark.parametrize(
    ("content", "key", "said", "citation"),
    [
        (
            "license: unpublished",
            "license",
            f"1:10: license: has a value for each term; {EACH_TERM}",
            LICENSE.citation,
        ),
        ("setup: free", "setup", f"1:8: setup: is no price; {THREE_VALUES}", SETUP.citation),
        ("setup: [1]", "setup", f"1:8: setup: is no price; {THREE_VALUES}", SETUP.citation),
        (
            "setup: included",
            "setup",
            "1:8: setup: no coverage rule includes it; write a price or unpublished",
            SETUP.citation,
        ),
        (
            f"calls: {PRICED}",
            "calls",
            "1:8: calls: the coverage rule 'people' includes it; write included",
            CALLS.citation,
        ),
    ],
)
def test_a_faulty_price_counts_as_unpublished_for_what_is_read_after_it(
    content: str, key: str, said: str, citation: Citation
) -> None:
    fields = fields_of(content)

    read = read_prices(fields, READ, SOURCES)

    assert said_of(fields) == [said]
    assert read == {(key, term): unpublished(citation) for term in TERMS}


def test_a_price_is_not_blamed_for_the_coverage_rules() -> None:
    fields = fields_of("calls: included")
    charge = CALLS._replace(rule=None, citation=NOTHING)

    read = read_prices(fields, {"calls": charge}, SOURCES)

    assert fields.problems == []
    assert read["calls", "annual"] == unpublished(NOTHING)


def test_a_page_is_read_with_what_it_may_say_of_itself() -> None:
    content = """\
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
    ("content", "source", "problems"),
    [
        ("source: guide", GUIDE, []),
        (
            "source: giude",
            Source("giude", "", None, None),
            ["1:9: source: no source 'giude'; did you mean guide?"],
        ),
        (
            "source: [guide]",
            Source("", "", None, None),
            ["1:9: source: a list is no plain value; add it"],
        ),
        ("wording: w", Source("", "", None, None), ["1:1: 'source' is missing; add it"]),
    ],
)
def test_an_unknown_page_is_reported_once_and_stands_by_its_key(
    content: str, source: Source, problems: list[str]
) -> None:
    fields = fields_of(content)

    assert read_source(fields, SOURCES) == source
    assert said_of(fields) == problems


def test_a_citation_is_a_page_and_its_words() -> None:
    assert read_citation(fields_of("{source: guide, wording: w}"), SOURCES) == Citation(GUIDE, "w")
