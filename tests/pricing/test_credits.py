"""Credits: how long a prepaid balance lasts, spread over 30 days, and what is not assumed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Credits, Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

CATALOG = load_rates([], None)
CARD = CATALOG.cards["uPro"]
#: The credits page: 30,000 texts at 0.010.
PUBLISHED = Order(
    {"automated_sms": 30_000},
    supplied={"automated_sms": supplied(Decimal("0.010"), "--rate sms=0.010")},
    carriers={"att": Decimal(100)},  # 0.003, as on that page
    credits=Decimal("100.00"),
)


def credits_of(quote: Quote) -> Credits:
    assert quote.credits is not None
    return quote.credits


def test_the_published_inputs() -> None:
    # 300.00 + 90.00 a month, and 100 x 30 / 390 = 7.69...
    found = credits_of(price(CARD, PUBLISHED))
    assert (found.monthly_usage, found.carrier_fees) == (Decimal("300.00"), Decimal("90.00"))
    assert (found.to_load, found.days) == (Decimal("390.00"), 7)
    assert (found.at_most, found.until) == (False, None)


@pytest.mark.parametrize(
    ("texts", "balance", "days"),
    [
        (10_000, "150.00", 30),  # 10,000 x 0.015 = 150.00, a whole month
        (10_000, "149.99", 29),
        (10_000, "5.00", 1),
        (10_000, "4.99", 0),
        (10_000, "0", 0),
        (10_000, "1000000", 200_000),
        (1, "1000000", 1_500_000_000),  # 0.015 rounds to 0.02: 10^6 x 30 / 0.02
        (0, "100.00", None),
    ],
)
def test_whole_days_that_the_balance_covers(texts: int, balance: str, days: int | None) -> None:
    order = Order({"license": 3, "automated_sms": texts}, credits=Decimal(balance))
    assert credits_of(price(CARD, order)).days == days


@pytest.mark.parametrize(
    ("start", "balance", "until"),
    [
        ("2026-03-18", "100.00", "2026-03-25"),  # 7 days, from the 18th to the 24th
        ("2026-03-18", "0", "2026-03-18"),
        ("2028-02-24", "100.00", "2028-03-02"),  # a leap year
        ("2026-12-28", "100.00", "2027-01-04"),
        ("2999-12-31", "1000000", "3210-08-10"),  # 76,923 days: 210 years and 222 days
    ],
)
def test_the_day_on_which_it_reaches_zero(start: str, balance: str, until: str) -> None:
    order = PUBLISHED._replace(start=start, credits=Decimal(balance))
    assert credits_of(price(CARD, order)).until == until


def test_no_day_beyond_the_calendar() -> None:
    order = Order({"automated_sms": 1}, start="2026-03-18", credits=Decimal(10**6))
    assert credits_of(price(CARD, order)).until is None


def test_another_term_has_a_day_too() -> None:
    order = PUBLISHED._replace(start="2026-03-18", term="annual")
    assert credits_of(price(CARD, order)).until == "2026-03-25"


def test_a_band_of_carrier_fees_counts_with_its_high_end() -> None:
    # 30,000 x 0.005 = 150.00, and 100 x 30 / 450 = 6.66...
    found = credits_of(price(CARD, PUBLISHED._replace(carriers={})))
    assert (found.carrier_fees, found.days) == (Decimal("150.00"), 6)


def test_carrier_fees_that_are_not_asked_for_are_not_counted_and_a_note_says_so() -> None:
    quote = price(CARD, PUBLISHED._replace(carriers=None))
    assert (credits_of(quote).to_load, credits_of(quote).days) == (Decimal("300.00"), 10)
    assert (
        "Carrier fees are drawn from credits the next day; they are not counted here."
        in quote.notes
    )
    without_texts = price(CARD, Order({"number_lookup": 1}, credits=Decimal(1)))
    assert not [note for note in without_texts.notes if "Carrier fees" in note]


def test_the_notes_say_what_is_and_what_is_not_assumed() -> None:
    notes = price(CARD, PUBLISHED._replace(start="2026-03-18")).notes
    lasts = "The prepaid 100.00 lasts 7 whole days at 390.00 a month, drawn evenly over 30 days."
    for note in (
        f"{lasts} It reaches zero on 2026-03-25.",
        "Carrier fees, 90.00 a month, are counted; they are drawn from credits the next day.",
        "Auto-recharge exists; its threshold and amount are not published: none is assumed.",
        "Only some accounts may go below zero; that is then billed at the end of the month.",
    ):
        assert note in notes


@pytest.mark.parametrize(
    ("texts", "balance", "said"),
    [
        # 10,000 x 0.015 = 150.00 a month, 5.00 a day
        (10_000, "5.00", "lasts 1 whole day at 150.00 a month, drawn evenly over 30 days."),
        (10_000, "10.00", "lasts 2 whole days at 150.00 a month, drawn evenly over 30 days."),
        (10_000, "4.99", "lasts 0 whole days at 150.00 a month, drawn evenly over 30 days."),
    ],
)
def test_days_are_said_in_whole(texts: int, balance: str, said: str) -> None:
    quote = price(CARD, Order({"automated_sms": texts}, credits=Decimal(balance)))
    assert f"The prepaid {balance} {said}" in quote.notes


def test_a_band_of_carrier_fees_is_said_as_the_most_it_can_be() -> None:
    # 30,000 x 0.005 = 150.00, and 300.00 of usage: 100 x 30 / 450 = 6.67
    notes = price(CARD, PUBLISHED._replace(carriers={})).notes
    assert (
        "Carrier fees, up to 150.00 a month, are counted; they are drawn from credits the next day."
        in notes
    )


def test_an_upper_bound_is_reached_by_a_day() -> None:
    # as above: at least 4.00 a month of 10.00 are 75 days
    quantities = {"automated_sms": 1000, "number_lookup": 500}
    order = Order(quantities, carriers={}, credits=Decimal(10), start="2026-01-01")
    lasts = (
        "The prepaid 10.00 lasts at most 75 whole days at 4.00 a month, drawn evenly over 30 days."
    )
    assert f"{lasts} It reaches zero by 2026-03-17." in price(CATALOG.cards["iPro"], order).notes


def test_nothing_is_said_without_a_balance() -> None:
    quote = price(CARD, PUBLISHED._replace(credits=None))
    assert quote.credits is None
    assert not [note for note in quote.notes if "Auto-recharge" in note or "prepaid" in note]


def test_an_unpublished_usage_rate_gives_an_upper_bound() -> None:
    # The look-ups draw 500 x 0.002 = 1.00, the texts at least 1,000 x 0.003 = 3.00 of fees.
    quantities = {"automated_sms": 1000, "number_lookup": 500}
    quote = price(CATALOG.cards["iPro"], Order(quantities, carriers={}, credits=Decimal(10)))
    found = credits_of(quote)
    assert (found.to_load, found.days, found.at_most) == (Decimal("4.00"), 75, True)
    most = "The prepaid 10.00 lasts at most 75 whole days at 4.00 a month, drawn evenly"
    assert [note for note in quote.notes if note.startswith(most)]
    assert [note for note in quote.notes if note.startswith("Carrier fees, at least 3.00 a month")]


def test_an_unpublished_rate_alone_gives_no_days() -> None:
    order = Order({"automated_sms": 1000}, credits=Decimal(10))
    quote = price(CATALOG.cards["iPro"], order)
    assert (credits_of(quote).days, credits_of(quote).until) == (None, None)
    assert "How long 10.00 lasts is not known: a usage rate is not published." in quote.notes


def test_an_unpublished_subscription_rate_draws_nothing() -> None:
    order = PUBLISHED._replace(quantities={"automated_sms": 30_000, "toll_free_number": 1})
    quote = price(CARD, order)
    assert (quote.at_least, credits_of(quote).at_most, credits_of(quote).days) == (True, False, 7)


BALANCE = st.decimals(0, 10**6, places=2)


@given(BALANCE, BALANCE, st.integers(0, 10**9))
def test_a_larger_balance_never_lasts_shorter(one: Decimal, two: Decimal, texts: int) -> None:
    shorter, longer = (
        credits_of(price(CARD, Order({"automated_sms": texts}, credits=balance, carriers={})))
        for balance in sorted((one, two))
    )
    if shorter.days is None or longer.days is None:
        assert texts == 0
        return
    assert shorter.days <= longer.days
    # Every whole day is covered, and the next one is not.
    drawn = longer.to_load
    assert longer.days * drawn <= longer.balance * 30 < (longer.days + 1) * drawn
