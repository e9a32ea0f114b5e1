"""Ranges: what is read, and laws on the totals of their quotes."""

from decimal import Decimal
from itertools import pairwise

import pytest
from card_files import catalog
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import Model, Rate, Tier
from aloware_cli.domain.money import MAX_QUANTITY, Range, read_range
from aloware_cli.domain.problems import InvalidValue
from aloware_cli.domain.proposals import QuoteRange, merged_keys
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import price

CATALOG = catalog()
SHEET = CATALOG.cards["uPro"].rates["license", "monthly"].citation
TIERS = (Tier(10, Decimal("0.50")), Tier(100, Decimal("0.40")), Tier(None, Decimal("0.25")))
#: Models under which more units never cost less.
MODELS = [
    Model("flat", TIERS[2:]),
    Model("package", TIERS[2:], block=50),
    Model("graduated", TIERS),
]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("10k", 10_000),
        ("5k/10k/20k", Range(5_000, 10_000, 20_000)),
        ("1,000/1_000/1k", Range(1_000, 1_000, 1_000)),
        ("0/0/1000000000", Range(0, 0, MAX_QUANTITY)),
    ],
)
def test_quantity_or_range_is_read(text: str, quantity: int | Range) -> None:
    assert read_range(text) == quantity


THREE = "a range needs three quantities; use LOW/EXPECTED/HIGH, such as 5k/10k/20k, or one quantity"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("20k/10k/5k", "the quantities descend; write the lowest first: 5k/10k/20k"),
        ("5k/20k/10,000", "the quantities descend; write the lowest first: 5k/10,000/20k"),
        ("5k/10k", THREE),
        ("5k//20k", THREE),
        ("/10k/", THREE),
        ("1/2/3/4", THREE),
        ("5k/ten/20k", '"ten" is not a whole number; use digits, such as 10000, 10,000 or 10k'),
        ("5k / 10k / 20k", '"5k " is not a whole number; use digits, such as 10000, 10,000 or 10k'),
        ("-1/0/1", '"-1": a quantity cannot be negative; use digits, such as 10000, 10,000 or 10k'),
        ("1/2/2000000000", '"2000000000": the maximum is 1,000,000,000; use a smaller number'),
    ],
)
def test_invalid_range_is_rejected(text: str, message: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read_range(text)
    assert f"{raised.value}; {raised.value.hint}" == message


def test_merged_keys_keep_the_order_of_each_case() -> None:
    assert merged_keys(["abd", "ad", "acd"]) == list("abcd")


quantities = st.integers(0, 10**6)
ranges = st.lists(quantities, min_size=3, max_size=3).map(lambda found: Range(*sorted(found)))


def quotes_of(scenario: Scenario, model: Model | None = None) -> QuoteRange:
    card = CATALOG.cards["uPro"]
    orders = [build_order(case, card, CATALOG) for case in scenario.cases()]
    supplied = {"automated_sms": Rate("published", None, SHEET, model=model)} if model else {}
    return QuoteRange(tuple(price(card, order._replace(supplied=supplied)) for order in orders))


@pytest.mark.parametrize("model", [None, *MODELS])
@given(sms=ranges, agents=ranges | quantities, campaigns=ranges)
@settings(max_examples=50)
def test_totals_never_descend(
    model: Model | None, sms: Range, agents: Range | int, campaigns: Range
) -> None:
    scenario = Scenario(sms=sms, agents=agents, campaigns=campaigns, brand="standard")
    for one, other in pairwise(quotes_of(scenario, model).quotes):
        assert all(low <= high for low, high in zip(one.totals, other.totals, strict=True))
        assert one.one_time_total <= other.one_time_total


@given(quantities, quantities, st.sampled_from([None, *MODELS]))
@settings(max_examples=50)
def test_three_equal_quantities_give_the_plain_quote(
    sms: int, lookups: int, model: Model | None
) -> None:
    plain = Scenario(sms=sms, agents=3, add={"number_lookup": lookups})
    same = plain._replace(sms=Range(sms, sms, sms), add={"number_lookup": Range(*(lookups,) * 3)})
    expected = quotes_of(plain._replace(agents=Range(3, 3, 3)), model).quotes[0]
    assert quotes_of(same, model).quotes == (expected,) * 3


def amounts(quote: Quote) -> list[tuple[str, Decimal | None]]:
    return [(line.charge.key, line.amount) for line in quote.all_lines if line.quantity]


@given(ranges, ranges, ranges)
@settings(max_examples=50)
def test_aligned_quotes_have_the_same_lines_and_the_same_totals(
    sms: Range, agents: Range, minimum: Range
) -> None:
    found = quotes_of(Scenario(sms=sms, agents=agents, min_agents=minimum))
    aligned = found.aligned
    assert len({tuple(line.charge.key for line in quote.all_lines) for quote in aligned}) == 1
    for own, other in zip(found.quotes, aligned, strict=True):
        assert (own.totals, own.savings) == (other.totals, other.savings)
        assert sorted(amounts(own)) == sorted(amounts(other))
