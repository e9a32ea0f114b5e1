"""Credits: how long a prepaid balance lasts, and what is assumed about it."""

import re
from decimal import Decimal
from typing import Any

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied, unpublished
from aloware_cli.domain.invoices import Credits
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.price import price

CATALOG = catalog()
CARD = CATALOG.cards["uPro"]
#: A standard brand, 44.00, and the activation of a campaign, 50.00, are paid once.
FEES = {"brand_registration_standard": 1, "campaign_activation": 1}
#: A month of 150.00, so 5.00 a day.
TEXTS = {"automated_sms": 10_000}
#: The credits page: 30,000 texts at 0.010, and 0.003 of carrier fees for each.
PAGE = {"automated_sms": 30_000}
PAGE_PRICE = {"automated_sms": supplied(Decimal("0.010"), "--rate sms=0.010")}
ON_PAGE: dict[str, Any] = {"supplied": PAGE_PRICE, "carriers": {"att": Decimal(100)}}
ANY_CARRIER: dict[str, Any] = {"supplied": PAGE_PRICE, "carriers": {}}  # 0.003 to 0.005
LOOKUPS = {"automated_sms": 1000, "number_lookup": 500}


def quoted(quantities: dict[str, int], balance: str, plan: str = "uPro", **order: Any) -> Quote:
    return price(CATALOG.cards[plan], Order(quantities, credits=Decimal(balance), **order))


def credits_of(quote: Quote) -> Credits:
    assert quote.credits is not None
    return quote.credits


@pytest.mark.parametrize(
    ("plan", "quantities", "order", "balance", "remaining", "month", "bound", "days"),
    [
        # whole days: 10,000 x 0.015 = 150.00 a month
        ("uPro", TEXTS, {}, "150.00", "150.00", "150.00", "exact", 30),
        ("uPro", TEXTS, {}, "149.99", "149.99", "150.00", "exact", 29),
        ("uPro", TEXTS, {}, "5.00", "5.00", "150.00", "exact", 1),
        ("uPro", TEXTS, {}, "4.99", "4.99", "150.00", "exact", 0),
        ("uPro", TEXTS, {}, "0", "0", "150.00", "exact", 0),
        ("uPro", TEXTS, {}, "1000000", "1000000", "150.00", "exact", 200_000),
        # 0.015 rounds to 0.02: 10^6 x 30 / 0.02
        ("uPro", {"automated_sms": 1}, {}, "1000000", "1000000", "0.02", "exact", 1_500_000_000),
        ("uPro", {"license": 3}, {}, "100.00", "100.00", "0.00", "exact", None),
        # carrier fees: 300.00 and 90.00, 150.00 or none; 100 x 30 / 390, 450 and 300
        ("uPro", PAGE, ON_PAGE, "100.00", "100.00", "390.00", "exact", 7),
        ("uPro", PAGE, ANY_CARRIER, "100.00", "100.00", "450.00", "at_least", 6),
        ("uPro", PAGE, {"supplied": PAGE_PRICE}, "100.00", "100.00", "300.00", "exact", 10),
        # one-time fees of 94.00 are deducted first
        ("uPro", {**TEXTS, **FEES}, {}, "244.00", "150.00", "150.00", "exact", 30),
        ("uPro", {**TEXTS, **FEES}, {}, "99.00", "5.00", "150.00", "exact", 1),
        ("uPro", {**TEXTS, **FEES}, {}, "94.00", "0.00", "150.00", "exact", 0),
        ("uPro", {**TEXTS, **FEES}, {}, "50.00", "0.00", "150.00", "exact", 0),
        # an unpublished price of usage: look-ups of 1.00, and at least 3.00 of carrier fees
        ("iPro", LOOKUPS, {"carriers": {}}, "10", "10", "4.00", "at_most", 75),
        ("iPro", TEXTS, {}, "10", "10", "0.00", "at_most", None),
        # that of a subscription does not matter
        ("uPro", {**PAGE, "toll_free_number": 1}, ON_PAGE, "100", "100", "390", "exact", 7),
    ],
)
def test_credits_last_whole_days_of_usage_and_fees(
    plan: str, quantities: dict[str, int], order: dict[str, Any], balance: str,
    remaining: str, month: str, bound: str, days: int | None,
) -> None:  # fmt: skip
    found = credits_of(quoted(quantities, balance, plan, **order))
    assert (found.remaining, found.monthly_top_up) == (Decimal(remaining), Decimal(month))
    assert (found.bound, found.days) == (bound, days)


def test_unpublished_one_time_fee_makes_days_an_upper_bound() -> None:
    order = Order({**TEXTS, **FEES}, credits=Decimal(100))
    fee = unpublished(CARD.charges["campaign_activation"].citation)
    card = CARD._replace(rates={**CARD.rates, ("campaign_activation", "monthly"): fee})
    assert credits_of(price(card, order)).bound == "at_most"


@pytest.mark.parametrize(
    ("start", "term", "balance", "until"),
    [
        ("2026-03-18", "monthly", "100.00", "2026-03-25"),  # 7 days, from the 18th to the 24th
        ("2026-03-18", "annual", "100.00", "2026-03-25"),
        ("2026-03-18", "monthly", "0", "2026-03-18"),
        ("2028-02-24", "monthly", "100.00", "2028-03-02"),  # a leap year
        ("2026-12-28", "monthly", "100.00", "2027-01-04"),
        ("2999-12-31", "monthly", "1000000", "3210-08-10"),  # 76,923 days: 210 years, 222 days
        ("2026-03-18", "monthly", "1000000000000", None),  # after the calendar
    ],
)
def test_credits_reach_zero_on_date(
    start: str, term: Term, balance: str, until: str | None
) -> None:
    found = credits_of(quoted(PAGE, balance, start=start, term=term, **ON_PAGE))
    assert found.until == until


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


START = {"start": "2026-03-18"}
#: "…" stands for the rest of a sentence.
NOTES: list[tuple[str, dict[str, int], dict[str, Any], str, str]] = [
    ("uPro", TEXTS, {}, "5", "The prepaid balance of $5.00 lasts 1 full day at $150.00 a month, …"),
    (
        "uPro",
        TEXTS,
        {},
        "10",
        "The prepaid balance of $10.00 lasts 2 full days at $150.00 a month…",
    ),
    ("uPro", TEXTS, {}, "5", "…at $150.00 a month, deducted evenly over 30 days."),
    ("uPro", PAGE, ON_PAGE | START, "100", "…lasts 7 full days…zero on March 25, 2026."),
    ("uPro", PAGE, ANY_CARRIER | START, "100", "…lasts at least…not before March 24, 2026."),
    ("iPro", LOOKUPS, {"carriers": {}} | START, "10", "…lasts at most 75…by June 1, 2026."),
    ("iPro", TEXTS, {}, "10", "…lasts is unknown, because a price is not published."),
    ("uPro", TEXTS | FEES, {}, "99", "One-time fees of $94.00 are deducted first. The remaining …"),
    ("uPro", TEXTS | FEES, {}, "99", "…The remaining $5.00 lasts 1 full day at $150.00 a month…"),
    ("uPro", TEXTS | FEES, {}, "94", "…The remaining $0.00 lasts 0 full days at $150.00 a month…"),
    ("uPro", TEXTS | FEES, {}, "50", "…balance of $50.00 is $44.00 less than these fees."),
    ("uPro", PAGE, ON_PAGE, "100", "This includes carrier fees of $90.00 a month, which are …"),
    ("uPro", PAGE, ANY_CARRIER, "100", "This includes carrier fees of up to $150.00 a month, …"),
    ("iPro", LOOKUPS, {"carriers": {}}, "10", "…carrier fees of at least $3.00 a month, which …"),
    ("uPro", PAGE, ON_PAGE, "100", "…which are deducted from credits the next day."),
    ("uPro", TEXTS, {}, "100", "Carrier fees, deducted from credits…not included in this."),
    ("uPro", TEXTS, {}, "100", "No auto-recharge is assumed…publish its threshold or amount."),
    ("uPro", TEXTS, {}, "100", "Only some accounts may have a negative balance. It is billed at …"),
]


@pytest.mark.parametrize(("plan", "quantities", "order", "balance", "note"), NOTES)
def test_credits_have_note(
    plan: str, quantities: dict[str, int], order: dict[str, Any], balance: str, note: str
) -> None:
    pattern = ".*".join(re.escape(part) for part in note.split("…"))
    notes = quoted(quantities, balance, plan, **order).notes
    assert [each for each in notes if re.fullmatch(pattern, each.text)]


def test_quote_without_texts_or_credits_lacks_their_notes() -> None:
    without_texts = quoted({"number_lookup": 1}, "1").notes
    assert not [note for note in without_texts if "Carrier fees" in note.text]
    without_credits = price(CARD, Order(PAGE, **ON_PAGE))
    assert without_credits.credits is None
    said = [note.text for note in without_credits.notes]
    assert not [text for text in said if "recharge" in text or "prepaid" in text]


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
