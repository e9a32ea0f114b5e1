"""Credits: how long a prepaid balance lasts, and what is assumed about it."""

from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied, unpublished
from aloware_cli.domain.invoices import Credits
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.pricing.price import price

CATALOG = catalog()
CARD = CATALOG.cards["uPro"]
#: The credits page: 30,000 texts at 0.010.
PUBLISHED = Order(
    {"automated_sms": 30_000},
    supplied={"automated_sms": supplied(Decimal("0.010"), "--rate sms=0.010")},
    carriers={"att": Decimal(100)},  # 0.003, as on that page
    credits=Decimal("100.00"),
)


def texts(quote: Quote) -> list[str]:
    return [note.text for note in quote.notes]


def credits_of(quote: Quote) -> Credits:
    assert quote.credits is not None
    return quote.credits


def test_credits_match_published_example() -> None:
    # 300.00 + 90.00 a month, and 100 x 30 / 390 = 7.69...
    found = credits_of(price(CARD, PUBLISHED))
    assert (found.monthly_usage, found.carrier_fees) == (Decimal("300.00"), Decimal("90.00"))
    assert (found.monthly_top_up, found.days) == (Decimal("390.00"), 7)
    assert (found.bound, found.until) == ("exact", None)


@pytest.mark.parametrize(
    ("count", "balance", "days"),
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
def test_credits_last_whole_days(count: int, balance: str, days: int | None) -> None:
    order = Order({"license": 3, "automated_sms": count}, credits=Decimal(balance))
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
def test_credits_reach_zero_on_date(start: str, balance: str, until: str) -> None:
    order = PUBLISHED._replace(start=start, credits=Decimal(balance))
    assert credits_of(price(CARD, order)).until == until


def test_credits_have_no_date_after_the_calendar() -> None:
    order = Order({"automated_sms": 1}, start="2026-03-18", credits=Decimal(10**6))
    assert credits_of(price(CARD, order)).until is None


def test_credits_of_longer_term_have_a_date() -> None:
    order = PUBLISHED._replace(start="2026-03-18", term="annual")
    assert credits_of(price(CARD, order)).until == "2026-03-25"


def test_credits_count_high_end_of_carrier_fees() -> None:
    # 30,000 x 0.005 = 150.00, and 100 x 30 / 450 = 6.66...
    quote = price(CARD, PUBLISHED._replace(carriers={}, start="2026-03-18"))
    found = credits_of(quote)
    assert (found.carrier_fees, found.days, found.bound) == (Decimal("150.00"), 6, "at_least")
    assert (
        "The prepaid balance of $100.00 lasts at least 6 full days at $450.00 a month, deducted "
        "evenly over 30 days. It reaches zero not before March 24, 2026."
    ) in texts(quote)


#: A standard brand, 44.00, and the activation of a campaign, 50.00, are paid once.
FEES = {"brand_registration_standard": 1, "campaign_activation": 1}


@pytest.mark.parametrize(
    ("balance", "remaining", "days", "said"),
    [
        # 10,000 x 0.015 = 150.00 a month, 5.00 a day
        ("244.00", "150.00", 30, "The remaining $150.00 lasts 30 full days at $150.00 a month"),
        ("99.00", "5.00", 1, "The remaining $5.00 lasts 1 full day at $150.00 a month"),
        ("94.00", "0.00", 0, "The remaining $0.00 lasts 0 full days at $150.00 a month"),
        ("50.00", "0.00", 0, "The prepaid balance of $50.00 is $44.00 less than these fees."),
    ],
)
def test_one_time_fees_are_deducted_first(
    balance: str, remaining: str, days: int, said: str
) -> None:
    quote = price(CARD, Order({"automated_sms": 10_000, **FEES}, credits=Decimal(balance)))
    found = credits_of(quote)
    assert (found.remaining, found.days) == (Decimal(remaining), days)
    first = "One-time fees of $94.00 are deducted first."
    assert [text for text in texts(quote) if text.startswith(f"{first} {said}")]


def test_unpublished_one_time_fee_makes_days_an_upper_bound() -> None:
    order = Order({"automated_sms": 10_000, **FEES}, credits=Decimal(100))
    fee = unpublished(CARD.charges["campaign_activation"].citation)
    card = CARD._replace(rates={**CARD.rates, ("campaign_activation", "monthly"): fee})
    assert credits_of(price(card, order)).bound == "at_most"


@pytest.mark.parametrize(
    ("quantities", "credits", "due_now"),
    [
        # 9 of 31 days: 70.00 x 9 / 31 = 20.32 each
        ({"license": 3}, None, "60.96"),
        ({"license": 3}, "100.00", "160.96"),
        ({"license": 3, **FEES}, None, "154.96"),  # 94.00 of fees
        ({"license": 3, **FEES}, "50.00", "154.96"),  # the fees are the larger
        ({"license": 3, **FEES}, "200.00", "260.96"),  # the credits cover the fees
    ],
)
def test_due_now_is_first_invoice_and_larger_of_credits_and_fees(
    quantities: dict[str, int], credits: str | None, due_now: str
) -> None:
    balance = None if credits is None else Decimal(credits)
    order = Order(quantities, start="2026-12-23", credits=balance)
    assert price(CARD, order).due_now == Decimal(due_now)


@pytest.mark.parametrize(
    "order",
    [Order({"license": 3}), Order({"license": 3}, start="2026-12-23", term="annual")],
)
def test_due_now_is_unknown_without_first_invoice(order: Order) -> None:
    assert price(CARD, order).due_now is None


def test_credits_note_uncounted_carrier_fees() -> None:
    quote = price(CARD, PUBLISHED._replace(carriers=None))
    assert (credits_of(quote).monthly_top_up, credits_of(quote).days) == (Decimal("300.00"), 10)
    fees = "Carrier fees, deducted from credits the next day, are not included in this."
    assert Note("assumption", fees) in quote.notes
    without_texts = price(CARD, Order({"number_lookup": 1}, credits=Decimal(1)))
    assert not [note for note in without_texts.notes if "Carrier fees" in note.text]


def test_credits_notes_have_assumptions() -> None:
    notes = texts(price(CARD, PUBLISHED._replace(start="2026-03-18")))
    for note in (
        (
            "The prepaid balance of $100.00 lasts 7 full days at $390.00 a month, deducted evenly "
            "over 30 days. It reaches zero on March 25, 2026."
        ),
        (
            "This includes carrier fees of $90.00 a month, which are deducted from credits the "
            "next day."
        ),
        (
            "No auto-recharge is assumed. It exists, but Aloware does not publish its threshold or "
            "amount."
        ),
        "Only some accounts may have a negative balance. It is billed at the end of the month.",
    ):
        assert note in notes


@pytest.mark.parametrize(
    ("count", "balance", "said"),
    [
        # 10,000 x 0.015 = 150.00 a month, 5.00 a day
        (10_000, "5.00", "lasts 1 full day at $150.00 a month, deducted evenly over 30 days."),
        (10_000, "10.00", "lasts 2 full days at $150.00 a month, deducted evenly over 30 days."),
        (10_000, "4.99", "lasts 0 full days at $150.00 a month, deducted evenly over 30 days."),
    ],
)
def test_credits_note_has_whole_days(count: int, balance: str, said: str) -> None:
    quote = price(CARD, Order({"automated_sms": count}, credits=Decimal(balance)))
    assert f"The prepaid balance of ${balance} {said}" in texts(quote)


def test_credits_note_has_maximum_of_carrier_fees() -> None:
    # 30,000 x 0.005 = 150.00, and 300.00 of usage: 100 x 30 / 450 = 6.67
    notes = texts(price(CARD, PUBLISHED._replace(carriers={})))
    assert (
        "This includes carrier fees of up to $150.00 a month, which are deducted from credits the "
        "next day."
    ) in notes


def test_credits_upper_bound_has_latest_date() -> None:
    # as above: at least 4.00 a month of 10.00 are 75 days
    quantities = {"automated_sms": 1000, "number_lookup": 500}
    order = Order(quantities, carriers={}, credits=Decimal(10), start="2026-01-01")
    lasts = (
        "The prepaid balance of $10.00 lasts at most 75 full days at $4.00 a month, deducted "
        "evenly over 30 days."
    )
    quote = price(CATALOG.cards["iPro"], order)
    assert f"{lasts} It reaches zero by March 17, 2026." in texts(quote)


def test_quote_without_credits_has_no_credits_notes() -> None:
    quote = price(CARD, PUBLISHED._replace(credits=None))
    assert quote.credits is None
    assert not [note for note in quote.notes if "recharge" in note.text or "prepaid" in note.text]


def test_unpublished_usage_rate_makes_days_an_upper_bound() -> None:
    # The look-ups draw 500 x 0.002 = 1.00, the texts at least 1,000 x 0.003 = 3.00 of fees.
    quantities = {"automated_sms": 1000, "number_lookup": 500}
    quote = price(CATALOG.cards["iPro"], Order(quantities, carriers={}, credits=Decimal(10)))
    found = credits_of(quote)
    assert (found.monthly_top_up, found.days, found.bound) == (Decimal("4.00"), 75, "at_most")
    most = "The prepaid balance of $10.00 lasts at most 75 full days at $4.00 a month, deducted"
    assert [note for note in texts(quote) if note.startswith(most)]
    assert [note for note in texts(quote) if "carrier fees of at least $3.00 a month" in note]


def test_unpublished_rate_alone_has_no_days() -> None:
    order = Order({"automated_sms": 1000}, credits=Decimal(10))
    quote = price(CATALOG.cards["iPro"], order)
    assert (credits_of(quote).days, credits_of(quote).until) == (None, None)
    known = "How long the prepaid balance of $10.00 lasts is unknown, because a price is not "
    assert f"{known}published." in texts(quote)


def test_unpublished_subscription_rate_does_not_bound_days() -> None:
    order = PUBLISHED._replace(quantities={"automated_sms": 30_000, "toll_free_number": 1})
    quote = price(CARD, order)
    found = credits_of(quote)
    assert (quote.at_least, found.bound, found.days) == (True, "exact", 7)


BALANCE = st.decimals(0, 10**6, places=2)


@given(BALANCE, BALANCE, st.integers(0, 10**9))
def test_larger_balance_lasts_at_least_as_long(one: Decimal, two: Decimal, texts: int) -> None:
    shorter, longer = (
        credits_of(price(CARD, Order({"automated_sms": texts}, credits=balance, carriers={})))
        for balance in sorted((one, two))
    )
    if shorter.days is None or longer.days is None:
        assert texts == 0
        return
    assert shorter.days <= longer.days
    # Every whole day is covered, and the next one is not.
    drawn = longer.monthly_top_up
    assert longer.days * drawn <= longer.balance * 30 < (longer.days + 1) * drawn
