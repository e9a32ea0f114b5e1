"""Batch totals: columns of quantities cost what their quotes do, to the cent, on any card."""

from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.domain.card import Rate
from aloware_cli.domain.model import MODELS, Model, Tier
from aloware_cli.domain.money import with_cents
from aloware_cli.domain.order import ALL, Order
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.quantity import HIGHEST_QUANTITY
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.batch import Evaluator, Offer, Totals, cheapest_of, is_separable
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.price import price

BOOK = load_rates([], None)
CARD = BOOK.cards["uPro"]
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
quantities = st.integers(0, 20) | st.integers(0, HIGHEST_QUANTITY)


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
    totals = Evaluator(BOOK.charges).totals(by_key, keys, given_)
    for position, key in enumerate(keys):
        row = {charge: column[position] for charge, column in given_.items()}
        assert summed(totals, position) == quoted(several[key], row)


# 3 x 70 + 10 x 5 = 260; 10,001 x 0.015 = 150.015 = 150.02; 44 once.
def test_cents_are_rounded_line_by_line() -> None:
    totals = Evaluator(BOOK.charges).totals(
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
    assert Evaluator(BOOK.charges).totals(known, keys, texts).odd == [1, 2, 3]


def test_what_depends_on_another_column_is_not_priced_in_columns() -> None:
    texts: tuple[str, Term] = ("automated_sms", "monthly")
    includes = CARD.rates[texts]._replace(allowance=100)
    flat = Rate("billed", None, CITATION, model=Model("flat", (Tier(None, Decimal(99)),)))

    assert is_separable(Offer(CARD, Order({})))
    assert is_separable(Offer(CARD._replace(rates={**CARD.rates, texts: flat}), Order({})))
    # what the licenses include couples texts and licenses
    assert not is_separable(Offer(CARD._replace(rates={**CARD.rates, texts: includes}), Order({})))
    # what is asked for in every row is no column
    assert not is_separable(Offer(CARD, Order({"campaign_maintenance": 1})))


@given(st.lists(offers(), min_size=1, max_size=3), columns())
@settings(max_examples=200)
def test_the_cheapest_is_that_of_the_comparison(
    several: list[Offer], given_: dict[str, list[int]]
) -> None:
    plans = [f"plan {place}" for place in range(len(several))]
    keys = [0] * len(next(iter(given_.values())))
    totals = cheapest_of(
        plans, [Evaluator(BOOK.charges).totals({0: offer}, keys, given_) for offer in several]
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
