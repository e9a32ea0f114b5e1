"""Batch totals: columns of quantities cost what their quotes do, to the cent, on any card."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.cards import MODELS, Model, Rate, Tier, supplied, unpublished
from aloware_cli.domain.money import MAX_QUANTITY, with_cents
from aloware_cli.domain.orders import ALL, Order
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.batch import (
    MOST_KEPT,
    UNPRICED,
    Curve,
    Evaluator,
    Offer,
    Totals,
    cheapest_of,
    is_curved,
    is_separable,
)
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.price import price

CATALOG = load_rates([], None)
CARD = CATALOG.cards["uPro"]
#: One of each kind: per term, recurring, used, looked up, included, passed on, and paid once.
CHARGES = [
    "license",
    "local_number",
    "automated_sms",
    "number_lookup",
    "agent_minutes",
    "campaign_maintenance",
    "late_appeal",
]
CITATION = CARD.rates["license", "monthly"].citation
FLAT = Rate("billed", None, CITATION, model=Model("flat", (Tier(None, Decimal(99)),)))

prices = st.decimals(0, 10**6, places=8) | st.sampled_from(["0", "0.005", "0.015", "70"])


@st.composite
def models(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Model:
    """Draw a charge model, with tiers that end among the quantities that are drawn."""
    name = draw(st.sampled_from(MODELS))
    several = name in {"graduated", "volume"}
    ends = sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=3))) if several else []
    tiers = tuple(Tier(end, with_cents(Decimal(draw(prices)))) for end in [*ends, None])
    return Model(name, tiers, draw(st.integers(1, 15)) if name == "package" else 1)


rates = st.one_of(
    models().map(lambda model: Rate("billed", None, CITATION, model=model)),
    prices.map(lambda price: Rate("billed", with_cents(Decimal(price)), CITATION)),
    st.just(CARD.rates["agent_minutes", "monthly"]),
    st.just(CARD.rates["automated_minutes", "monthly"]),
)
percents = st.decimals(0, 100, places=2)
quantities = st.integers(0, 20) | st.integers(0, MAX_QUANTITY)


@st.composite
def offers(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Offer:
    """Draw a card with any rates, and an order on it that leaves the quantities open."""
    term = draw(st.sampled_from(TERMS))
    drawn = {(charge, term): draw(rates) for charge in CHARGES}
    order = Order(
        {},
        term=term,
        supplied=draw(st.dictionaries(st.sampled_from(CHARGES), rates, max_size=3)),
        min_agents=draw(st.none() | st.integers(0, 30)),
        discounts=draw(st.dictionaries(st.sampled_from([ALL, *CHARGES]), percents, max_size=3)),
    )
    return Offer(CARD._replace(rates={**CARD.rates, **drawn}), order)


@st.composite
def columns(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, list[int]]:
    """Draw a few rows of quantities, a column a charge."""
    keys = draw(st.lists(st.sampled_from(CHARGES), min_size=1, max_size=4, unique=True))
    height = draw(st.integers(1, 5))
    return {key: draw(st.lists(quantities, min_size=height, max_size=height)) for key in keys}


class Cost(NamedTuple):
    monthly: Decimal
    one_time: Decimal


def quoted(offer: Offer, row: dict[str, int]) -> Cost | None:
    """Return what a quote says; None where it is for a row that must be looked at alone."""
    quote = price(offer.card, offer.order._replace(quantities=row))
    if quote.at_least or quote.totals.monthly < 1:
        return None
    return Cost(quote.totals.monthly, quote.one_time_total)


def summed(totals: Totals, position: int) -> Cost | None:
    """Return what the batch says of a row; None where it is odd."""
    if position in totals.odd:
        return None
    once = totals.one_time[position] if totals.one_time else 0
    return Cost(Decimal(totals.monthly[position]) / 100, Decimal(once) / 100)


@given(st.lists(offers(), min_size=1, max_size=3), columns(), st.data())
@settings(max_examples=200)
def test_a_row_costs_what_its_quote_says(
    several: list[Offer], given_: dict[str, list[int]], data: st.DataObject
) -> None:
    height = len(next(iter(given_.values())))
    by_key: dict[Hashable, Offer | None] = dict(enumerate(several))
    keys = data.draw(
        st.lists(st.sampled_from(range(len(several))), min_size=height, max_size=height)
    )
    totals = Evaluator(CATALOG.charges).totals(by_key, keys, given_)
    for position, key in enumerate(keys):
        row = {charge: column[position] for charge, column in given_.items()}
        assert summed(totals, position) == quoted(several[key], row)


# 3 x 70 + 10 x 5 = 260; 10,001 x 0.015 = 150.015 = 150.02; 44 once.
def test_cents_are_rounded_line_by_line() -> None:
    totals = Evaluator(CATALOG.charges).totals(
        {"upro": Offer(CARD, Order({}))},
        ["upro"],
        {
            "license": [3],
            "local_number": [10],
            "automated_sms": [10_001],
            "brand_registration_standard": [1],
        },
    )
    assert totals == Totals([41002], [4400], [])


def test_a_row_is_odd_that_cannot_be_priced_in_columns() -> None:
    keys = ["upro", "?", "upro", "upro"]
    texts = {"license": [3, 3, 0, 3], "automated_minutes": [0, 0, 0, 1]}
    known: dict[Hashable, Offer | None] = {"upro": Offer(CARD, Order({})), "?": None}
    assert Evaluator(CATALOG.charges).totals(known, keys, texts).odd == [1, 2, 3]


def test_what_depends_on_another_column_is_not_priced_in_columns() -> None:
    texts: tuple[str, Term] = ("automated_sms", "monthly")
    includes = CARD.rates[texts]._replace(allowance=100)

    assert is_separable(Offer(CARD, Order({})))
    assert is_separable(Offer(CARD._replace(rates={**CARD.rates, texts: FLAT}), Order({})))
    # what the licenses include couples texts and licenses
    assert not is_separable(Offer(CARD._replace(rates={**CARD.rates, texts: includes}), Order({})))
    # what is asked for in every row is no column
    assert not is_separable(Offer(CARD, Order({"campaign_maintenance": 1})))


@pytest.mark.parametrize(
    ("charge", "order", "curved"),
    [
        ("license", Order({}), False),
        ("license", Order({}, min_agents=0), True),
        ("license", Order({}, min_agents=5), True),
        ("local_number", Order({}, min_agents=5), False),
        ("local_number", Order({}, supplied={"local_number": FLAT}), True),
        ("license", Order({}, supplied={"local_number": FLAT}), False),
    ],
)
def test_what_is_more_than_a_quantity_times_a_price_is_a_curve(
    charge: str, order: Order, *, curved: bool
) -> None:
    assert is_curved(CARD.charges[charge], Offer(CARD, order)) == curved


def test_a_row_that_is_odd_costs_nothing_on_a_curve_either() -> None:
    known: dict[Hashable, Offer | None] = {"upro": Offer(CARD, Order({}, min_agents=2)), "?": None}
    columns = {"license": [3, 3], "local_number": [1, 1]}
    # 3 x 70 + 5
    totals = Evaluator(CATALOG.charges).totals(known, ["upro", "?"], columns)
    assert totals == Totals([21500, 0], [], [1])


def test_a_curve_keeps_so_many_quantities_and_knows_all() -> None:
    curve = Curve(
        Offer(CARD, Order({}, supplied={"local_number": FLAT})), CARD.charges["local_number"]
    )
    assert {curve[quantity] for quantity in range(1, MOST_KEPT + 10)} == {9900}
    assert len(curve) == MOST_KEPT


@pytest.mark.parametrize(
    ("unit", "odd"),
    [
        # below a dollar a month, and at 10^30 cents or more, a row may have nothing to price
        ("1.00", [0, 2]),
        ("0.99", [0, 1, 2]),
        ("1.01", [0, 2]),
    ],
)
def test_a_row_of_a_dollar_is_priced_in_columns(unit: str, odd: list[int]) -> None:
    offer = Offer(CARD, Order({}, supplied={"local_number": supplied(Decimal(unit), "--rate")}))
    quantities = {"local_number": [0, 1, 1], "automated_minutes": [0, 0, 1]}
    assert Evaluator(CATALOG.charges).totals({0: offer}, [0, 0, 0], quantities).odd == odd


def test_a_row_that_lacks_a_price_each_month_and_once_is_odd() -> None:
    rates = dict(CARD.rates)
    rates["late_appeal", "monthly"] = unpublished(CITATION)
    offer = Offer(CARD._replace(rates=rates), Order({}))
    quantities = {
        "license": [1, 1, 1, 1],
        "automated_minutes": [0, 1, 0, 1],
        "late_appeal": [0, 0, 1, 1],
    }
    totals = Evaluator(CATALOG.charges).totals({0: offer}, [0] * 4, quantities)
    assert totals.odd == [1, 2, 3]


@pytest.mark.parametrize(
    ("several", "cheapest"),
    [
        # months on a plan, and on another; the first of equal ones
        ([[500, 300, 400], [400, 400, 400]], ([400, 300, 400], [], [], "baa")),
        # a dollar is enough, and 10^30 cents are none
        ([[100, 99, UNPRICED], [500, 500, UNPRICED]], ([100, 99, UNPRICED], [], [1, 2], "aaa")),
        # a plan that lacks a rate may cost less, unless what is known of it is more already
        (
            [[UNPRICED + 399, UNPRICED + 400, UNPRICED + 401], [400, 400, 400]],
            ([400, 400, 400], [], [0, 1], "bbb"),
        ),
        ([[400], [2 * UNPRICED + 300], [2 * UNPRICED + 500]], ([400], [], [0], "a")),
        ([[400], [2 * UNPRICED + 401], [3 * UNPRICED + 500]], ([400], [], [], "a")),
    ],
)
def test_the_cheapest_plan_is_taken_row_by_row(
    several: list[list[int]], cheapest: tuple[list[int], list[int], list[int], str]
) -> None:
    totals = [Totals(months, [], []) for months in several]
    months, once, odd, plans = cheapest
    assert cheapest_of("abc"[: len(several)], totals) == Totals(months, once, odd, tuple(plans))


@pytest.mark.parametrize(
    ("one", "other", "cheapest"),
    [
        # a month and once on each of two plans; fees that are paid once do not count
        ((500, 10), (400, 90), Totals([400], [90], [], ("b",))),
        ((400, 90), (400, 10), Totals([400], [90], [], ("a",))),
        ((400, 0), (500, 0), Totals([400], [0], [], ("a",))),
        # but a plan that lacks one of their prices is not ranked
        ((300, UNPRICED), (400, 10), Totals([400], [10], [0], ("b",))),
        ((400, UNPRICED), (400, 10), Totals([400], [10], [0], ("b",))),
        ((401, UNPRICED), (400, 10), Totals([400], [10], [], ("b",))),
        ((401, UNPRICED - 1), (400, 10), Totals([400], [10], [], ("b",))),
        ((300, UNPRICED - 1), (400, 10), Totals([300], [UNPRICED - 1], [], ("a",))),
    ],
)
def test_a_fee_paid_once_goes_with_the_plan(
    one: tuple[int, int], other: tuple[int, int], cheapest: Totals
) -> None:
    several = [Totals([month], [once], []) for month, once in (one, other)]
    assert cheapest_of("ab", several) == cheapest


@given(st.lists(offers(), min_size=1, max_size=3), columns())
@settings(max_examples=200)
def test_the_cheapest_is_that_of_the_comparison(
    several: list[Offer], given_: dict[str, list[int]]
) -> None:
    plans = [f"plan {place}" for place in range(len(several))]
    keys = [0] * len(next(iter(given_.values())))
    totals = cheapest_of(
        plans, [Evaluator(CATALOG.charges).totals({0: offer}, keys, given_) for offer in several]
    )
    for position in range(len(keys)):
        row = {charge: column[position] for charge, column in given_.items()}
        quotes = [
            price(
                card._replace(identity=card.identity._replace(plan=plan)),
                order._replace(quantities=row),
            )
            for plan, (card, order) in zip(plans, several, strict=True)
        ]
        compared = compare(quotes)
        first = compared.first[0].quote if compared.first and compared.settled else None
        expected = None
        if first and first.totals.monthly >= 1:
            expected = first.plan, Cost(first.totals.monthly, first.one_time_total)
        cost = summed(totals, position)
        assert (cost and (totals.plans[position], cost)) == expected
