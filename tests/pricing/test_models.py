"""Charge models: amounts on both sides of every boundary, and laws for all models."""

from decimal import Decimal
from typing import Any

import pytest
from card_files import card
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import Model, ModelName, Rate, Tier, supplied
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.pricing.price import Units, parts_of, price

CARD = card("uPro")
SHEET = supplied(Decimal(1), "a price sheet").citation


def tiers(*prices: str) -> tuple[Tier, ...]:
    """Return the tiers that `10:0.50` and, for the rest, `0.40` mean."""
    pairs = [text.rpartition(":") for text in prices]
    return tuple(Tier(int(end) if end else None, Decimal(price)) for end, _, price in pairs)


FLAT = Model("flat", tiers("99.00"))
PACKAGE = Model("package", tiers("15.00"), block=1000)
GRADUATED = Model("graduated", tiers("10:0.50", "20:0.40", "0.25"))
VOLUME = Model("volume", tiers("10:0.50", "20:0.40", "0.25"))


def rated(model: Model | None, allowance: int = 0, **more: Any) -> Rate:
    figure = Decimal("0.50") if model is None else None
    return Rate("published", figure, SHEET, model=model, allowance=allowance)._replace(**more)


def quoted(rates: dict[str, Rate], quantities: dict[str, int], **order: Any) -> Quote:
    return price(CARD, Order(quantities, supplied=rates, **order))


def line_for(rate: Rate, quantity: int, agents: int = 0) -> Line:
    quantities = {"license": agents, "automated_sms": quantity}
    return quoted({"automated_sms": rate}, quantities).lines[-1]


@pytest.mark.parametrize(
    ("model", "quantity", "amount", "working"),
    [
        (FLAT, 1, "99.00", "1 x 99.00"),
        (FLAT, 2, "99.00", "2: 1 x 99.00"),
        (FLAT, 10**9, "99.00", "1,000,000,000: 1 x 99.00"),
        (PACKAGE, 1, "15.00", "1 x 15.00 for 1,000"),
        (PACKAGE, 999, "15.00", "999: 1 x 15.00 for 1,000"),
        (PACKAGE, 1000, "15.00", "1,000: 1 x 15.00 for 1,000"),
        (PACKAGE, 1001, "30.00", "1,001: 2 x 15.00 for 1,000"),
        (PACKAGE, 2000, "30.00", "2,000: 2 x 15.00 for 1,000"),
        (PACKAGE, 2001, "45.00", "2,001: 3 x 15.00 for 1,000"),
        (GRADUATED, 1, "0.50", "1 x 0.50"),
        (GRADUATED, 9, "4.50", "9 x 0.50"),
        (GRADUATED, 10, "5.00", "10 x 0.50"),
        (GRADUATED, 11, "5.40", "11: 10 x 0.50 + 1 x 0.40"),
        (GRADUATED, 19, "8.60", "19: 10 x 0.50 + 9 x 0.40"),
        (GRADUATED, 20, "9.00", "20: 10 x 0.50 + 10 x 0.40"),
        (GRADUATED, 21, "9.25", "21: 10 x 0.50 + 10 x 0.40 + 1 x 0.25"),
        (VOLUME, 1, "0.50", "1 x 0.50"),
        (VOLUME, 9, "4.50", "9 x 0.50"),
        (VOLUME, 10, "5.00", "10 x 0.50"),
        (VOLUME, 11, "4.40", "11 x 0.40"),
        (VOLUME, 19, "7.60", "19 x 0.40"),
        (VOLUME, 20, "8.00", "20 x 0.40"),
        (VOLUME, 21, "5.25", "21 x 0.25"),
    ],
)
def test_model_prices_quantity_at_each_boundary(
    model: Model, quantity: int, amount: str, working: str
) -> None:
    line = line_for(rated(model), quantity)

    assert line.amount is not None
    assert (format_exact(line.amount), line.working) == (amount, working)


@pytest.mark.parametrize(
    ("model", "written"),
    [
        (FLAT, "99.00 flat"),
        (PACKAGE, "15.00 for 1,000"),
        (GRADUATED, "graduated, 0.50 to 10, then 0.40 to 20, then 0.25"),
        (VOLUME, "volume, 0.50 to 10, then 0.40 to 20, then 0.25"),
        (Model("volume", tiers("10000:1234.5", "0.125")), "volume, 1,234.50 to 10,000, then 0.125"),
    ],
)
def test_model_has_text_for_people(model: Model, written: str) -> None:
    assert str(model) == written


@pytest.mark.parametrize(
    ("model", "agents", "quantity", "amount", "working"),
    [
        # two licenses include 2 x 50 = 100 segments in all
        (None, 2, 99, "0.00", "99 - 99 included: 0 x 0.50"),
        (None, 2, 100, "0.00", "100 - 100 included: 0 x 0.50"),
        (None, 2, 101, "0.50", "101 - 100 included: 1 x 0.50"),
        (None, 0, 101, "50.50", "101 x 0.50"),
        (PACKAGE, 2, 100, "0.00", "100 - 100 included: 0 x 15.00 for 1,000"),
        (PACKAGE, 2, 1100, "15.00", "1,100 - 100 included: 1 x 15.00 for 1,000"),
        (PACKAGE, 2, 1101, "30.00", "1,101 - 100 included: 2 x 15.00 for 1,000"),
        (GRADUATED, 2, 100, "0.00", "100 - 100 included: 0 x 0.50"),
        # tiers count what is charged: 10 x 0.50 + 1 x 0.40
        (GRADUATED, 2, 111, "5.40", "111 - 100 included: 10 x 0.50 + 1 x 0.40"),
        (VOLUME, 2, 110, "5.00", "110 - 100 included: 10 x 0.50"),
        (VOLUME, 2, 111, "4.40", "111 - 100 included: 11 x 0.40"),
    ],
)
def test_allowance_of_all_licenses_is_deducted_first(
    model: Model | None, agents: int, quantity: int, amount: str, working: str
) -> None:
    line = line_for(rated(model, allowance=50), quantity, agents)

    assert line.amount is not None
    assert (format_exact(line.amount), line.working) == (amount, working)


def test_committed_licenses_have_allowance() -> None:
    rates = {"automated_sms": rated(None, allowance=50)}
    quote = quoted(rates, {"license": 1, "automated_sms": 120}, min_agents=2)

    assert quote.lines[-1].working == "120 - 100 included: 20 x 0.50"


@pytest.mark.parametrize(
    ("model", "agents", "minimum", "amounts"),
    [
        # 8 agents, and 4 licenses more up to a minimum of 12
        (FLAT, 8, 12, ["99.00", "0.00"]),
        (FLAT, 0, 12, ["99.00"]),
        (Model("package", tiers("300.00"), block=5), 8, 12, ["600.00", "300.00"]),
        (Model("package", tiers("300.00"), block=12), 8, 12, ["300.00", "0.00"]),
        # 8 x 70; 2 x 70 + 2 x 60
        (Model("graduated", tiers("10:70.00", "60.00")), 8, 12, ["560.00", "260.00"]),
        # twelve licenses reach the second tier: all of them have its price
        (Model("volume", tiers("10:70.00", "60.00")), 8, 12, ["480.00", "240.00"]),
        (Model("volume", tiers("10:70.00", "60.00")), 8, 10, ["560.00", "140.00"]),
    ],
)
def test_committed_licenses_are_counted_after_agents(
    model: Model, agents: int, minimum: int, amounts: list[str]
) -> None:
    quote = quoted({"license": rated(model)}, {"license": agents}, min_agents=minimum)

    assert [format_exact(line.amount) for line in quote.lines if line.amount is not None] == amounts


def test_discount_applies_to_sum_of_tiers_and_is_rounded_once() -> None:
    quote = quoted(
        {"automated_sms": rated(GRADUATED)},
        {"automated_sms": 21},
        discounts={"automated_sms": Decimal("12.5")},
    )
    # 9.25 x 0.875 = 8.09375
    assert format_exact(quote.totals.monthly) == "8.09"
    assert quote.lines[0].working == ("21: 10 x 0.4375 + 10 x 0.350 + 1 x 0.21875 (-12.5%)")


@pytest.mark.parametrize(
    ("quantity", "working"),
    [
        (10, "10 x 0.45 (-10%)"),
        (11, "11: 10 x 0.45 + 1 x 0.36 (-10%)"),
        (21, "21: 10 x 0.45 + 10 x 0.36 + 1 x 0.225 (-10%)"),
    ],
)
def test_calculation_has_discount_after_all_tiers(quantity: int, working: str) -> None:
    assert line_for(rated(GRADUATED, discount=Decimal(10)), quantity).working == working


@pytest.mark.parametrize(
    ("model", "quantity", "listed"),
    [
        (FLAT, 7, "99.00"),
        (PACKAGE, 1001, "15.00"),
        (GRADUATED, 10, "0.50"),
        (GRADUATED, 11, None),
        (VOLUME, 11, "0.40"),
    ],
)
def test_line_has_unit_price_if_all_units_share_it(
    model: Model, quantity: int, listed: str | None
) -> None:
    line = line_for(rated(model, discount=Decimal(50)), quantity)

    assert line.list_price == (None if listed is None else Decimal(listed))
    assert line.unit_price == (None if listed is None else Decimal(listed) / 2)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (rated(FLAT), "The price is the same for any number of segments."),
        (rated(PACKAGE), "The price is for whole blocks of 1,000 segments."),
        (rated(GRADUATED), "Each tier of the quantity has its own price."),
        (rated(VOLUME), "The whole quantity has the price of the tier that it reaches."),
        (rated(None, allowance=50), "Each license includes 50 segments, in one pool."),
        (rated(None, allowance=1), "Each license includes 1 segment, in one pool."),
    ],
)
def test_reason_of_line_explains_model(rate: Rate, said: str) -> None:
    assert line_for(rate, 20).reason == f"{CARD.charges['automated_sms'].reason} {said}"


def test_first_invoice_prorates_price_of_each_tier() -> None:
    license_rate = rated(Model("graduated", tiers("2:70.00", "60.00")))
    quote = quoted({"license": license_rate}, {"license": 3}, start="2026-12-23")

    assert quote.first_invoice is not None
    # 70 x 9/31 = 20.32, twice; 60 x 9/31 = 17.42, once
    assert [format_exact(line.amount) for line in quote.first_invoice.lines] == ["40.64", "17.42"]
    assert format_exact(quote.first_invoice.total) == "58.06"
    assert format_exact(quote.first_invoice.next_amount) == "200.00"


prices = st.decimals(0, 100, places=4)


@st.composite
def models(draw: st.DrawFn, *names: ModelName) -> Model:
    name = draw(st.sampled_from(names))
    if name in {"flat", "package"}:
        return Model(name, (Tier(None, draw(prices)),), draw(st.integers(1, 50)))
    ends = sorted(draw(st.sets(st.integers(1, 100), min_size=1, max_size=4)))
    return Model(name, tuple(Tier(end, draw(prices)) for end in [*ends, None]))


def cost(model: Model, units: Units) -> Decimal:
    return sum((p.quantity * p.price for p in parts_of(model, units)), Decimal(0))


@given(models("flat", "package", "graduated", "volume"), st.integers(0, 150), st.integers(0, 150))
def test_two_lines_cost_what_one_line_costs(model: Model, first: int, second: int) -> None:
    total = first + second
    apart = cost(model, Units(0, first, total)) + cost(model, Units(first, second, total))
    assert apart == cost(model, Units(0, total, total))


@given(models("flat", "package", "graduated"), st.integers(0, 150))
def test_more_units_never_cost_less_except_by_volume(model: Model, quantity: int) -> None:
    less, more = (cost(model, Units(0, n, n)) for n in (quantity, quantity + 1))
    assert less <= more


@given(models("graduated"), st.integers(0, 150))
def test_graduated_unit_adds_price_of_its_tier(model: Model, quantity: int) -> None:
    """One unit more costs what the tier it falls into says, and nothing else moves."""
    step = cost(model, Units(0, quantity + 1, quantity + 1)) - cost(
        model, Units(0, quantity, quantity)
    )
    tier = next(t for t in model.tiers if t.up_to is None or quantity < t.up_to)
    assert step == tier.price


@given(models("graduated", "volume"), st.integers(1, 150))
def test_graduated_and_volume_agree_within_first_tier(model: Model, quantity: int) -> None:
    units = Units(0, quantity, quantity)
    assert sum(part.quantity for part in parts_of(model, units)) == quantity
    if quantity <= (model.tiers[0].up_to or 0):
        assert cost(model, units) == quantity * model.tiers[0].price
