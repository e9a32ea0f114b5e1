"""Proration: the published first invoice, months of every length, and what is not published."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import FirstInvoice
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

CARD = load_rates([], None).cards["uPro"]


def first_invoice(start: str, **quantities: int) -> FirstInvoice:
    invoice = price(CARD, Order(quantities, start=start)).first_invoice
    assert invoice is not None
    return invoice


def test_the_published_first_invoice() -> None:
    # The invoices page: 3 users from December 23 pay 20.32 each, 60.96, and 210.00 on January 1.
    invoice = first_invoice("2026-12-23", license=3)
    line = invoice.lines[0]
    assert (format_exact(line.prorated_unit), format_exact(line.amount)) == ("20.32", "60.96")
    assert (format_exact(invoice.total), format_exact(invoice.next_amount)) == ("60.96", "210.00")
    assert (invoice.days, invoice.days_in_month) == (9, 31)
    assert (invoice.period_end, invoice.next_date) == ("2026-12-31", "2027-01-01")


@pytest.mark.parametrize(
    ("start", "days", "of", "prorated", "next_date"),
    [
        ("2026-01-01", 31, 31, "70.00", "2026-02-01"),  # the 1st: a full month
        ("2026-01-31", 1, 31, "2.26", "2026-02-01"),  # 70/31 = 2.258...
        ("2026-02-15", 14, 28, "35.00", "2026-03-01"),
        ("2028-02-15", 15, 29, "36.21", "2028-03-01"),  # a leap year: 70 x 15/29 = 36.206...
        ("2028-02-29", 1, 29, "2.41", "2028-03-01"),  # 2.413...
        ("2100-02-28", 1, 28, "2.50", "2100-03-01"),  # no leap year
        ("2026-04-16", 15, 30, "35.00", "2026-05-01"),
        ("2026-11-24", 7, 30, "16.33", "2026-12-01"),  # 16.333...
    ],
)
def test_the_days_that_remain_over_the_days_of_the_month(
    start: str, days: int, of: int, prorated: str, next_date: str
) -> None:
    invoice = first_invoice(start, license=1)
    assert (invoice.days, invoice.days_in_month) == (days, of)
    assert (format_exact(invoice.total), invoice.next_date) == (prorated, next_date)


def test_only_the_subscription_is_prorated() -> None:
    invoice = first_invoice("2026-12-23", license=1, automated_sms=10_000, campaign_activation=1)
    assert [line.charge.key for line in invoice.lines] == ["license"]
    assert format_exact(invoice.next_amount) == "70.00"


@pytest.mark.parametrize("term", ["quarterly", "annual"])
def test_another_term_gives_no_figure_and_says_why(term: Term) -> None:
    rate = supplied(Decimal(60), "--rate license=60")
    order = Order({"license": 1}, term=term, supplied={"license": rate}, start="2026-12-23")
    quote = price(CARD, order)
    assert quote.first_invoice is None
    assert [note for note in quote.notes if note.startswith("No first invoice: ")]


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)),
    st.integers(1, 10**6),
    st.decimals(0, 10**6, places=4),
)
def test_a_part_of_a_month_never_costs_more_than_the_month(
    start: datetime.date, quantity: int, unit_price: Decimal
) -> None:
    rate = supplied(unit_price, "--rate license")
    order = Order({"license": quantity}, supplied={"license": rate}, start=str(start))
    invoice = price(CARD, order).first_invoice
    assert invoice is not None
    prorated = invoice.lines[0].prorated_unit
    # Rounding moves it by half a cent at the most.
    assert prorated <= unit_price + Decimal("0.005")
    assert invoice.total == quantity * prorated
