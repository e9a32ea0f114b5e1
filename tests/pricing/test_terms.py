"""Contract terms: minimum license count, discounts, and what a longer term bills and saves."""

from decimal import Decimal
from pathlib import Path

import pytest
from card_files import card
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied, unpublished
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.pricing.price import price

CARD = card("uPro")
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
def test_billed_licenses_are_at_least_the_minimum(
    agents: int, minimum: int, lines: list[str]
) -> None:
    quote = quoted({"license": agents}, min_agents=minimum)
    shown = [f"{line.charge.key} {line.quantity} {line.amount}" for line in quote.lines]
    assert shown == lines


def test_commitment_line_has_reason() -> None:
    line = quoted({"license": 3}, min_agents=5).lines[1]
    assert line.reason == "2 unused licenses, billed to reach the contract minimum of 5."
    assert line.working == "2 x 70.00"
    assert line.charge.label == "Unused committed licenses (minimum 5)"
    one = quoted({"license": 4}, min_agents=5).lines[1]
    assert one.reason == "1 unused license, billed to reach the contract minimum of 5."
    assert one.working == "1 x 70.00"


def test_commitment_has_rate_of_license() -> None:
    rate = supplied(Decimal(60), "--rate license=60")
    order = Order({"license": 3}, supplied={"license": rate}, min_agents=5)
    assert price(CARD, order).totals.monthly == 5 * 60


@pytest.mark.parametrize(
    ("quantities", "discounts", "working", "amount"),
    [
        # 3 x 70.00 x 0.9 = 189.00
        ({"license": 3}, {"license": "10"}, "3 x 63.00 (-10%)", "189.00"),
        ({"license": 3}, {"all": "10"}, "3 x 63.00 (-10%)", "189.00"),
        ({"license": 3}, {"all": "10", "license": "0"}, "3 x 70.00 (-0%)", "210.00"),
        ({"license": 3}, {"local_number": "10"}, "3 x 70.00", "210.00"),
        ({"license": 3}, {"all": "100"}, "3 x 0.00 (-100%)", "0.00"),
        # 333 x 0.015 x 0.875 = 4.370625, rounded once; 5.00 less 12.5% would be 4.38
        (
            {"automated_sms": 333},
            {"automated_sms": "12.5"},
            "333 x 0.013125 (-12.5%)",
            "4.37",
        ),
        # free stays free, unknown stays unknown, and what is passed on is not Aloware's to lower
        ({"agent_sms": 10}, {"all": "10"}, "10 included", "0.00"),
        ({"automated_minutes": 10}, {"all": "10"}, "10 x n/p", None),
        ({"campaign_maintenance": 1}, {"all": "10"}, "1 x 10.00", "10.00"),
    ],
)
def test_discount_reduces_list_price_and_is_rounded_once(
    quantities: dict[str, int], discounts: dict[str, str], working: str, amount: str | None
) -> None:
    line = discounted(quantities, **discounts).lines[0]
    shown = None if line.amount is None else format_exact(line.amount)
    assert (line.working, shown) == (working, amount)


def test_rate_has_list_price_discount_and_net_price() -> None:
    rate = discounted({"license": 3}, license="10").lines[0].rate
    assert (rate.price, rate.discount, rate.net) == (Decimal(70), Decimal(10), Decimal(63))


def test_note_lists_discounted_charges() -> None:
    notes = discounted({"license": 3, "local_number": 1, "agent_sms": 5}, all="10").notes
    text = "10% discount applied to: Licenses, Local phone numbers."
    assert Note("assumption", text, "internal") in notes


def test_first_invoice_prorates_net_price() -> None:
    order = Order({"license": 3}, start="2026-12-23", discounts={"all": Decimal(10)})
    invoice = price(CARD, order).first_invoice
    assert invoice is not None
    # 63 x 9/31 = 18.290... = 18.29, x 3 = 54.87
    assert format_exact(invoice.total) == "54.87"


@given(st.integers(0, 10**9), DISCOUNT)
def test_discount_keeps_line_between_zero_and_list_amount(quantity: int, percent: Decimal) -> None:
    quantities = {"automated_sms": quantity}
    net = discounted(quantities, all=str(percent)).totals.monthly
    assert 0 <= net <= price(CARD, Order(quantities)).totals.monthly


def test_first_year_is_twelve_months_and_one_time_fees() -> None:
    quote = quoted({"license": 1, "brand_registration_standard": 1, "campaign_activation": 2})
    # 12 x 70 + 44 + 2 x 50
    assert quote.first_year == 840 + 44 + 100


SHEET = """\
plan: uPro
sources: {offer: {title: Offer, read_on: 2026-11-20}}
prices:
  license:
    quarterly: {price: 66.00, source: offer, wording: "66 on a quarterly term"}
    annual: {price: 63.00, source: offer, wording: "63.00 on an annual term"}
"""


def texts(quote: Quote) -> list[str]:
    return [note.text for note in quote.notes]


def notes_of(sheet: Path, term: Term, **quantities: int) -> list[str]:
    sheet.write_text(SHEET)
    found = texts(price(card("uPro", sheet), Order(quantities, term=term)))
    return [note for note in found if note.startswith("The subscription is billed")]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        # 3 x (3 x 66 + 10 x 5) = 744; on a monthly term 3 x (3 x 70 + 50) = 780
        ("quarterly", "once a quarter: $744.00. This is $36.00 less than on a monthly term."),
        # 12 x (3 x 63 + 50) = 2,868; on a monthly term 12 x 260 = 3,120
        ("annual", "once a year: $2,868.00. This is $252.00 less than on a monthly term."),
    ],
)
def test_longer_term_notes_invoice_and_saving(tmp_path: Path, term: Term, said: str) -> None:
    found = notes_of(tmp_path / "sheet.yaml", term, license=3, local_number=10)
    assert found == [f"The subscription is billed {said}"]


def test_term_without_price_has_no_note(tmp_path: Path) -> None:
    found = texts(price(card("uPro"), Order({"license": 3}, term="annual")))
    assert not [note for note in found if "billed once" in note]
    assert notes_of(tmp_path / "sheet.yaml", "monthly", license=3) == []


def test_term_saves_nothing_on_charges_without_term_price(tmp_path: Path) -> None:
    found = notes_of(tmp_path / "sheet.yaml", "annual", local_number=10)
    assert found == ["The subscription is billed once a year: $600.00."]


def test_longer_term_notes_extra_cost(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.replace("63.00", "75.50"))
    # 12 x 3 x 75.50 = 2,718; on a monthly term 12 x 210 = 2,520. Usage and fees paid once
    # are no part of it.
    quantities = {"license": 3, "automated_sms": 10_000, "late_appeal": 1}
    found = texts(price(card("uPro", sheet), Order(quantities, term="annual")))
    assert (
        "The subscription is billed once a year: $2,718.00. "
        "This is $198.00 more than on a monthly term."
    ) in found


def test_unpublished_subscription_price_has_no_note(tmp_path: Path) -> None:
    assert notes_of(tmp_path / "sheet.yaml", "annual", license=3, toll_free_number=1) == []


@pytest.mark.parametrize(
    ("annual", "said"),
    [
        # 12 x 70 = 840, and one or ten cents less a month
        ("70.00", "$840.00."),
        ("69.99", "$839.88. This is $0.12 less than on a monthly term."),
        ("69.90", "$838.80. This is $1.20 less than on a monthly term."),
        ("70.01", "$840.12. This is $0.12 more than on a monthly term."),
    ],
)
def test_saving_is_exact_to_the_cent(tmp_path: Path, annual: str, said: str) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.replace("63.00", annual))
    found = texts(price(card("uPro", sheet), Order({"license": 1}, term="annual")))[-1]
    assert found == f"The subscription is billed once a year: {said}"


def test_unpublished_monthly_price_is_not_compared(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET)
    upro = card("uPro", sheet)
    unknown = unpublished(upro.rates["license", "monthly"].citation)
    upro = upro._replace(rates={**upro.rates, ("license", "monthly"): unknown})
    found = texts(price(upro, Order({"license": 1}, term="annual")))[-1]
    assert found == "The subscription is billed once a year: $756.00."  # 12 x 63
