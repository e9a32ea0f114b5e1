"""What a contract changes: a minimum license count and discounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

CARD = load_rates([], None).cards["uPro"]
DISCOUNT = st.decimals(0, 100, places=2)


def quoted(quantities: dict[str, int], **terms: int) -> Quote:
    return price(CARD, Order(quantities, min_agents=terms.get("min_agents")))


def discounted(quantities: dict[str, int], **discounts: str) -> Quote:
    percents = {key: Decimal(percent) for key, percent in discounts.items()}
    return price(CARD, Order(quantities, discounts=percents))


@pytest.mark.parametrize(
    ("agents", "minimum", "lines"),
    [
        (3, 5, ["license 3 210.00", "license_commitment 2 140.00"]),
        (4, 5, ["license 4 280.00", "license_commitment 1 70.00"]),
        (5, 5, ["license 5 350.00"]),
        (6, 5, ["license 6 420.00"]),
        (0, 5, ["license_commitment 5 350.00"]),
        (3, 0, ["license 3 210.00"]),
    ],
)
def test_billed_licenses_are_the_more_of_agents_and_minimum(
    agents: int, minimum: int, lines: list[str]
) -> None:
    quote = quoted({"license": agents}, min_agents=minimum)
    shown = [f"{line.charge.key} {line.quantity} {line.amount}" for line in quote.lines]
    assert shown == lines


def test_a_commitment_says_why() -> None:
    line = quoted({"license": 3}, min_agents=5).lines[1]
    assert line.reason == "2 further licenses up to the contractual minimum of 5."
    assert line.working == "2 licenses x 70.00"
    assert line.charge.label == "Minimum license count"
    one = quoted({"license": 4}, min_agents=5).lines[1]
    assert one.reason == "1 further license up to the contractual minimum of 5."
    assert one.working == "1 license x 70.00"


def test_a_commitment_takes_the_rate_of_the_license() -> None:
    rate = supplied(Decimal(60), "--rate license=60")
    order = Order({"license": 3}, supplied={"license": rate}, min_agents=5)
    assert price(CARD, order).totals.monthly == 5 * 60


@pytest.mark.parametrize(
    ("quantities", "discounts", "working", "amount"),
    [
        # 3 x 70.00 x 0.9 = 189.00
        ({"license": 3}, {"license": "10"}, "3 agents x 70.00 less 10%", "189.00"),
        ({"license": 3}, {"all": "10"}, "3 agents x 70.00 less 10%", "189.00"),
        ({"license": 3}, {"all": "10", "license": "0"}, "3 agents x 70.00 less 0%", "210.00"),
        ({"license": 3}, {"local_number": "10"}, "3 agents x 70.00", "210.00"),
        ({"license": 3}, {"all": "100"}, "3 agents x 70.00 less 100%", "0.00"),
        # 333 x 0.015 x 0.875 = 4.370625, rounded once; 5.00 less 12.5% would be 4.38
        (
            {"automated_sms": 333},
            {"automated_sms": "12.5"},
            "333 segments x 0.015 less 12.5%",
            "4.37",
        ),
        # free stays free, unknown stays unknown, and what is passed on is not Aloware's to lower
        ({"agent_sms": 10}, {"all": "10"}, "10 segments x 0.00", "0.00"),
        ({"automated_minutes": 10}, {"all": "10"}, "10 minutes x not published", None),
        ({"campaign_maintenance": 1}, {"all": "10"}, "1 campaign x 10.00", "10.00"),
    ],
)
def test_a_discount_is_taken_from_the_list_price_and_rounded_once(
    quantities: dict[str, int], discounts: dict[str, str], working: str, amount: str | None
) -> None:
    line = discounted(quantities, **discounts).lines[0]
    shown = None if line.amount is None else format_exact(line.amount)
    assert (line.working, shown) == (working, amount)


def test_list_discount_and_net_are_told_apart() -> None:
    rate = discounted({"license": 3}, license="10").lines[0].rate
    assert (rate.price, rate.discount, rate.net) == (Decimal(70), Decimal(10), Decimal(63))


def test_the_notes_say_what_is_discounted() -> None:
    notes = discounted({"license": 3, "local_number": 1, "agent_sms": 5}, all="10").notes
    assert "After a discount of 10%: Plan cost, Local phone numbers." in notes


def test_the_first_invoice_prorates_the_net_price() -> None:
    order = Order({"license": 3}, start="2026-12-23", discounts={"all": Decimal(10)})
    invoice = price(CARD, order).first_invoice
    assert invoice is not None
    # 63 x 9/31 = 18.290... = 18.29, x 3 = 54.87
    assert format_exact(invoice.total) == "54.87"


@given(st.integers(0, 10**9), DISCOUNT)
def test_a_discount_never_makes_a_line_dearer_or_negative(quantity: int, percent: Decimal) -> None:
    quantities = {"automated_sms": quantity}
    net = discounted(quantities, all=str(percent)).totals.monthly
    assert 0 <= net <= price(CARD, Order(quantities)).totals.monthly


def test_a_first_year_is_twelve_months_and_the_fees_paid_once() -> None:
    quote = quoted({"license": 1, "brand_registration_standard": 1, "campaign_activation": 2})
    # 12 x 70 + 44 + 2 x 50
    assert quote.first_year == 840 + 44 + 100
