"""Scenarios written and read back: nothing is lost, and the quote is the same."""

import datetime
import json
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.charges import SHORT_NAMES
from aloware_cli.domain.customer import MAX_VALID_DAYS
from aloware_cli.domain.money import MAX_PRICE, MAX_QUANTITY, with_cents
from aloware_cli.domain.orders import ALL
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import KEYS, Scenario
from aloware_cli.files.cards import load_rates
from aloware_cli.files.document import read_document
from aloware_cli.files.fields import Fields
from aloware_cli.files.scenarios import read_row, read_scenario
from aloware_cli.pricing.orders import Unfit, find_card, validate_order
from aloware_cli.pricing.price import price
from aloware_cli.render.scenario import scenario_document, scenario_text

CATALOG = load_rates([], None)
CHARGES = CATALOG.charges
PRICED = [k for k, c in CHARGES.items() if not (c.rule and c.rule.decides == "included")]
DISCOUNTED = [key for key, charge in CHARGES.items() if not charge.pass_through]
CARRIERS = [carrier.key for carrier in next(iter(CATALOG.cards.values())).carriers]

quantities = st.integers(0, MAX_QUANTITY)
prices = st.decimals(0, MAX_PRICE, places=8).map(lambda p: with_cents(p.normalize()))
percents = st.decimals(0, 100, places=2)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)).map(str)
letters = st.characters(exclude_categories=["C", "Z"])
texts = st.text(letters | st.just(" "), min_size=1, max_size=9).filter(str.strip)
names = st.text(letters, min_size=1, max_size=9)
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
    add=st.dictionaries(st.sampled_from(list(CHARGES)), quantities, max_size=3),
    rate=st.dictionaries(rate_keys, prices, max_size=4),
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
    origins=st.just({}),
)


def read(content: str) -> Scenario:
    problems: list[Problem] = []
    root, problems = read_document(content.encode(), "acme.yaml")
    scenario = read_scenario(Fields(root, "", problems), "")
    assert problems == []
    return scenario


@settings(max_examples=60)
@given(scenarios)
def test_what_is_written_is_read_back(scenario: Scenario) -> None:
    assume(any(scenario.given()))
    document = scenario_document(scenario)
    assert read(scenario_text(scenario, ""))._replace(origins={}) == scenario
    assert read(json.dumps(document, ensure_ascii=False))._replace(origins={}) == scenario
    assert [key for key in KEYS if key in document] == list(document)
    for value in document.values():
        assert isinstance(value, str | bool | list | dict)


@settings(max_examples=60)
@given(scenarios, st.sampled_from(list(CATALOG.cards)))
def test_what_is_read_back_gives_the_same_quote(scenario: Scenario, plan: str) -> None:
    scenario = scenario._replace(plan=plan)
    try:
        quote = quote_of(scenario)
    except Unfit:
        reject()
    assert quote_of(read(scenario_text(scenario, ""))) == quote


def quote_of(scenario: Scenario) -> Quote:
    """Return the quote without who supplied its prices: a file and a flag are named apart."""
    card = find_card(scenario.plan or "", CATALOG)
    assert isinstance(card, RateCard)
    order = validate_order(scenario, card, CATALOG)
    anonymous: dict[str, Any] = {
        key: rate._replace(citation=card.rates["license", "monthly"].citation)
        for key, rate in order.supplied.items()
    }
    return price(card, order._replace(supplied=anonymous))


ROW = {
    "plan": "uPro",
    "agents": "3",
    "sms": "10k",
    "minutes": "",
    "rate.upro:sms": "0.012",
    "add.number-lookup": "500",
    "carrier.att": "100%",
    "carrier_fees": "true",
}


def test_a_row_of_texts_is_a_scenario() -> None:
    problems: list[Problem] = []
    scenario = read_row(ROW, Location("rows.csv", 2, 1), "", problems)
    assert problems == []
    assert scenario == Scenario(
        plan="uPro",
        agents=3,
        sms=10_000,
        rate={"upro:automated_sms": Decimal("0.012")},
        add={"number_lookup": 500},
        carrier={"att": Decimal(100)},
        carrier_fees=True,
        origins=scenario.origins,
    )
