"""Scenarios written and read back: nothing is lost, and the quote is the same."""

import datetime
import json
import sys
from decimal import Decimal
from typing import Any

from card_files import catalog
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.money import MAX_PRICE, MAX_QUANTITY, Range, with_cents
from aloware_cli.domain.orders import MAX_VALID_DAYS, CustomLine, read_name
from aloware_cli.domain.periods import MAX_DURATION, TERMS
from aloware_cli.domain.problems import InvalidValue
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import (
    ALL,
    COMMON,
    OF_A_GROUP,
    OPTIONS,
    SHARED,
    SHORT_NAMES,
    Scenario,
)
from aloware_cli.errors import ValidationError
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import read_groups
from aloware_cli.pricing.orders import build_order, find_card
from aloware_cli.pricing.price import price
from aloware_cli.render.scenario import scenario_document, scenario_text

CATALOG = catalog()
CHARGES = CATALOG.charges
PRICED = [k for k, c in CHARGES.items() if not (c.rule and c.rule.decides == "included")]
DISCOUNTED = [key for key, charge in CHARGES.items() if not charge.pass_through]
CARRIERS = [carrier.key for carrier in next(iter(CATALOG.cards.values())).carriers.listed]

counts = st.integers(0, MAX_QUANTITY)
quantities = counts | st.tuples(counts, counts, counts).map(lambda found: Range(*sorted(found)))
prices = st.decimals(0, MAX_PRICE, places=8).map(lambda p: with_cents(p.normalize()))
durations = st.integers(1, MAX_DURATION)
percents = st.decimals(0, 100, places=2)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)).map(str)
letters = st.characters(exclude_categories=["C", "Z"])
texts = st.text(letters | st.just(" "), min_size=1, max_size=9).filter(str.strip)


def is_name(text: str) -> bool:
    """Tell whether `quote` accepts `text` as a name, unchanged."""
    try:
        return read_name(text) == text
    except InvalidValue:
        return False


#: Every text that an option accepts, over all of Unicode.
accepted = letters | st.sampled_from(" \u00a0\u3000\u200c\u200d👩🚀\u202f")
names = st.text(accepted, min_size=1, max_size=9).filter(is_name)
by_charge = st.sampled_from(PRICED)
rate_keys = by_charge | st.tuples(st.sampled_from(["ipro", "upro", "xpro"]), by_charge).map(
    ":".join
)
mixes = st.sampled_from([{}, {CARRIERS[0]: Decimal("100.00")}]) | st.decimals(0, 100, places=2).map(
    lambda share: {CARRIERS[0]: share, CARRIERS[1]: 100 - share}
)

scenarios = st.builds(
    Scenario,
    plan=st.none() | st.sampled_from(list(CATALOG.cards)) | texts,
    **dict.fromkeys(SHORT_NAMES, st.none() | quantities),
    **dict.fromkeys(["calls", "call_length", "increment"], st.none()),
    add=st.dictionaries(st.sampled_from(list(CHARGES)), quantities, max_size=3),
    rate=st.dictionaries(rate_keys, prices, max_size=4),
    line=st.dictionaries(names, st.builds(CustomLine, prices, st.booleans()), max_size=3),
    term=st.none() | st.sampled_from(TERMS),
    min_agents=st.none() | quantities,
    discount=st.dictionaries(st.sampled_from([ALL, *DISCOUNTED]), percents, max_size=3),
    brand=st.sampled_from([None, "starter", "standard"]),
    campaigns=st.none() | quantities,
    low_volume_campaigns=st.none() | quantities,
    rates=st.lists(texts.filter(lambda t: "/" not in t and t != "."), max_size=2).map(tuple),
    as_of=st.none() | days,
    start=st.none() | days,
    carrier_fees=st.booleans(),
    carrier=mixes,
    credits=st.none() | prices,
    allow_unpriced=st.booleans(),
    **dict.fromkeys(["prospect", "contact", "prepared_by", "note"], st.none() | names),
    number=st.none() | names.map(lambda name: f"Q {name}"),
    issued=st.none() | days,
    valid_days=st.none() | st.integers(1, MAX_VALID_DAYS),
    # A message is counted before it is written.
    message=st.none(),
    recipients=st.none(),
    groups=st.just(()),
    name=st.none(),
    origins=st.just({}),
)
call_volumes = st.fixed_dictionaries(
    {
        "calls": st.integers(0, MAX_QUANTITY // MAX_DURATION),
        "call_length": durations,
        "increment": durations,
    }
)


@st.composite
def scenarios_with_calls(draw: st.DrawFn) -> Scenario:
    """Return a scenario, some of them with calls instead of minutes."""
    scenario = draw(scenarios)
    volume: dict[str, Any] = draw(st.just({}) | call_volumes)
    return scenario._replace(**{**volume, "minutes": None}) if volume else scenario


#: The options that take any text.
TEXT_KEYS = ("prospect", "contact", "prepared_by", "number", "note")


def read(content: str) -> Scenario:
    root, problems = read_document(content.encode(), "acme.yaml")
    scenario = read_groups(Fields(root, "", problems), "")
    assert problems == []
    return scenario


@settings(max_examples=60)
@given(scenarios_with_calls())
def test_written_scenario_reads_back(scenario: Scenario) -> None:
    assume(any(scenario.given()))
    document = scenario_document(scenario)
    assert read(scenario_text(scenario, ""))._replace(origins={}) == scenario
    assert read(json.dumps(document, ensure_ascii=False))._replace(origins={}) == scenario
    assert [key for key in OPTIONS if key in document] == list(document)
    for value in document.values():
        assert isinstance(value, str | bool | list | dict)


def test_path_of_blanks_reads_back() -> None:
    scenario = Scenario(plan="uPro", rates=(" /",))
    assert read(scenario_text(scenario, "")).rates == ("./ ",)


@settings(max_examples=30)
@given(scenarios, st.lists(st.tuples(st.none() | names, scenarios), min_size=1, max_size=2))
def test_written_groups_read_back(
    common: Scenario, found: list[tuple[str | None, Scenario]]
) -> None:
    groups = [
        each.only((*OF_A_GROUP, *SHARED))._replace(plan="uPro", name=name) for name, each in found
    ]
    scenario = common.only((*COMMON, *SHARED))._replace(groups=tuple(groups))
    again = read(scenario_text(scenario, ""))
    bare = tuple(each._replace(origins={}) for each in again.groups)
    assert again._replace(groups=bare, origins={}) == scenario


@settings(max_examples=60)
@given(scenarios_with_calls(), st.sampled_from(list(CATALOG.cards)))
def test_scenario_read_back_gives_same_quote(scenario: Scenario, plan: str) -> None:
    scenario = scenario._replace(plan=plan)
    try:
        quotes = list(map(quote_of, scenario.cases()))
    except ValidationError:
        reject()
    assert list(map(quote_of, read(scenario_text(scenario, "")).cases())) == quotes


def quote_of(scenario: Scenario) -> Quote:
    """Return the quote without who supplied its prices: a file and a flag are named apart."""
    card = find_card(scenario.plan or "", CATALOG)
    assert isinstance(card, RateCard)
    order = build_order(scenario, card, CATALOG)
    citation = card.rates["license", "monthly"].citation
    supplied = {key: rate._replace(citation=citation) for key, rate in order.supplied.items()}
    custom = tuple(
        (charge._replace(citation=citation), rate._replace(citation=citation))
        for charge, rate in order.custom
    )
    return price(card, order._replace(supplied=supplied, custom=custom))


#: A name of each kind of text that people write, and every text over all of Unicode.
anything = st.text(st.characters() | st.sampled_from("'\"#:-?!&*{}[]|>%@`,\\~ "), max_size=9)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*TEXT_KEYS]), anything | names, min_size=1))
def test_scenario_of_accepted_options_reads_back_in_same_bytes(given: dict[str, str]) -> None:
    assert_same_bytes(given)


def test_scenario_keeps_every_character_that_a_name_may_have() -> None:
    printable = [chr(code) for code in range(sys.maxunicode + 1) if is_name(f"a{chr(code)}b")]
    assert len(printable) > 140_000
    for start in range(0, len(printable), 100):
        assert_same_bytes({"prospect": f"a{''.join(printable[start : start + 100])}b"})


def assert_same_bytes(given: dict[str, str]) -> None:
    """Check that the scenario of options that are accepted gives the same file when it is read."""
    try:
        scenario = read_options(given)
        build_order(scenario.on("upro"), CATALOG.cards["uPro"], CATALOG)
    except ValidationError:
        return
    written = scenario_text(scenario, "")
    assert scenario_text(read(written), "") == written
