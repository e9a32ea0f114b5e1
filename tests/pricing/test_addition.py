"""Additions: agents and numbers that join within a month are prorated as a start is."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Proration
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proration import prorate

CARD = load_rates([], None).cards["uPro"]


def added(on: str, **quantities: int) -> Proration:
    return prorate(price(CARD, Order(quantities)), on)


@pytest.mark.parametrize(
    ("on", "agents", "numbers", "now", "month"),
    [
        ("2026-12-23", 3, 0, "60.96", "210.00"),  # the invoices page: 70 x 9/31 = 20.32, x 3
        ("2026-03-18", 2, 0, "63.22", "140.00"),  # 70 x 14/31 = 31.612..., 31.61 x 2
        ("2026-03-18", 0, 3, "6.78", "15.00"),  # 5 x 14/31 = 2.258..., 2.26 x 3
        ("2026-03-18", 2, 3, "70.00", "155.00"),  # 63.22 + 6.78
        ("2026-03-01", 2, 3, "155.00", "155.00"),  # the 1st: a whole month
        ("2026-02-28", 1, 1, "2.68", "75.00"),  # 2.50 + 0.178... = 2.50 + 0.18
        ("2028-02-29", 1, 1, "2.58", "75.00"),  # 2.413... and 0.172...: 2.41 + 0.17
        ("2026-04-30", 1, 0, "2.33", "70.00"),  # 70/30 = 2.333...
    ],
)
def test_what_is_added_is_due_for_the_days_that_remain(
    on: str, agents: int, numbers: int, now: str, month: str
) -> None:
    invoice = added(on, license=agents, local_number=numbers).invoice
    assert (format_exact(invoice.total), format_exact(invoice.next_amount)) == (now, month)


def test_the_notes_say_which_days_and_when_the_next_invoice_is() -> None:
    proration = added("2026-03-18", license=2)
    on_the_period, on_the_term = proration.notes
    assert on_the_period == (
        "What is due now covers 2026-03-18 to 2026-03-31, 14 of 31 days; each unit price is "
        "prorated and rounded, then multiplied. The next invoice, on 2026-04-01, holds 140.00 "
        "for it."
    )
    assert on_the_term == (
        "This is for a monthly term: how a quarterly or annual term is prorated is not published."
    )


def test_a_discount_comes_before_the_proration() -> None:
    order = Order({"license": 2}, discounts={"license": Decimal(10)})
    # 63 x 14/31 = 28.451..., 28.45 x 2
    assert format_exact(prorate(price(CARD, order), "2026-03-18").invoice.total) == "56.90"


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)),
    st.integers(1, 10**6),
    st.decimals(0, 10**6, places=2),
)
def test_adding_costs_what_starting_costs_and_never_more_than_a_month(
    on: datetime.date, agents: int, unit_price: Decimal
) -> None:
    rate = supplied(unit_price, "--rate license")
    order = Order({"license": agents}, supplied={"license": rate}, start=str(on))
    quote = price(CARD, order)
    invoice = prorate(quote, str(on)).invoice
    assert invoice == quote.first_invoice
    assert invoice.total <= invoice.next_amount
