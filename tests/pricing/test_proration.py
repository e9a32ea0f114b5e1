"""Proration: first invoices, and what agents and numbers added during a month cost."""

import datetime
from decimal import Decimal

import pytest
from card_files import card
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.invoices import FirstInvoice
from aloware_cli.domain.money import format_exact, round_to_cents
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.results import Proration
from aloware_cli.pricing.price import price, prorate

CARD = card("uPro")


def first_invoice(start: str, **quantities: int) -> FirstInvoice:
    invoice = price(CARD, Order(quantities, start=start)).first_invoice
    assert invoice is not None
    return invoice


def test_first_invoice_matches_published_example() -> None:
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
def test_first_invoice_bills_remaining_days_of_month(
    start: str, days: int, of: int, prorated: str, next_date: str
) -> None:
    invoice = first_invoice(start, license=1)
    assert (invoice.days, invoice.days_in_month) == (days, of)
    assert (format_exact(invoice.total), invoice.next_date) == (prorated, next_date)


def test_first_invoice_has_only_subscription() -> None:
    invoice = first_invoice("2026-12-23", license=1, automated_sms=10_000, campaign_activation=1)
    assert [line.charge.key for line in invoice.lines] == ["license"]
    assert format_exact(invoice.next_amount) == "70.00"


@pytest.mark.parametrize("term", ["quarterly", "annual"])
def test_longer_term_has_no_first_invoice(term: Term) -> None:
    rate = supplied(Decimal(60), "--rate license=60")
    order = Order({"license": 1}, term=term, supplied={"license": rate}, start="2026-12-23")
    quote = price(CARD, order)
    assert quote.first_invoice is None
    assert [note for note in quote.notes if note.text.startswith("A first invoice, ")]


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)),
    st.integers(1, 10**6),
    st.decimals(0, 10**6, places=4),
)
def test_part_of_month_costs_at_most_the_month(
    start: datetime.date, quantity: int, unit_price: Decimal
) -> None:
    rate = supplied(unit_price, "--rate license")
    order = Order({"license": quantity}, supplied={"license": rate}, start=str(start))
    invoice = price(CARD, order).first_invoice
    assert invoice is not None
    prorated = invoice.lines[0].prorated_unit
    # Rounding moves it by half a cent at the most.
    assert prorated <= unit_price + Decimal("0.005")
    whole_month = round_to_cents(quantity * unit_price)
    assert invoice.total == (whole_month if start.day == 1 else quantity * prorated)


@pytest.mark.parametrize(
    ("agents", "minimum", "month"),
    [
        (2, None, "122.71"),  # 2 x 61.355
        (1, 2, "122.71"),  # the same licenses, one of them unused
        (3, None, "184.07"),  # 184.065
        (1, 3, "184.07"),
    ],
)
def test_whole_month_costs_what_the_month_costs(
    agents: int, minimum: int | None, month: str
) -> None:
    order = Order(
        {"license": agents},
        min_agents=minimum,
        discounts={"license": Decimal("12.35")},  # 70.00 x 0.8765 = 61.355
        start="2026-12-01",
    )
    quote = price(CARD, order)
    assert quote.first_invoice is not None
    assert quote.totals.monthly == quote.first_invoice.total == Decimal(month)


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
def test_addition_is_billed_for_remaining_days(
    on: str, agents: int, numbers: int, now: str, month: str
) -> None:
    invoice = added(on, license=agents, local_number=numbers).invoice
    assert (format_exact(invoice.total), format_exact(invoice.next_amount)) == (now, month)


def test_addition_notes_period_and_next_invoice() -> None:
    proration = added("2026-03-18", license=2)
    on_the_period, on_the_term = proration.notes
    assert on_the_period.text == (
        "The amount due now covers March 18 to 31, 2026 (14 of 31 days). Each unit price is "
        "prorated, rounded to cents and multiplied by the quantity. The next invoice, on "
        "April 1, 2026, includes $140.00 for it."
    )
    assert on_the_term.text == (
        "This is for a monthly term. Aloware does not publish how it prorates quarterly and "
        "annual terms."
    )


def test_addition_prorates_net_price() -> None:
    order = Order({"license": 2}, discounts={"license": Decimal(10)})
    # 63 x 14/31 = 28.451..., 28.45 x 2
    assert format_exact(prorate(price(CARD, order), "2026-03-18").invoice.total) == "56.90"


@given(
    st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31)),
    st.integers(1, 10**6),
    st.decimals(0, 10**6, places=2),
)
def test_addition_costs_what_a_start_costs(
    on: datetime.date, agents: int, unit_price: Decimal
) -> None:
    rate = supplied(unit_price, "--rate license")
    order = Order({"license": agents}, supplied={"license": rate}, start=str(on))
    quote = price(CARD, order)
    invoice = prorate(quote, str(on)).invoice
    assert invoice == quote.first_invoice
    assert invoice.total <= invoice.next_amount
