"""Terms: what a longer term bills at once, and what it saves."""

from pathlib import Path

import pytest

from aloware_cli.domain.cards import unpublished
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

SHEET = """\
plan: uPro
sources: {offer: {title: Offer, read_on: 2026-11-20}}
prices:
  license:
    quarterly: {price: 66.00, source: offer, wording: "66 on a quarterly term"}
    annual: {price: 63.00, source: offer, wording: "63 on an annual term"}
"""


def notes(sheet: Path, term: Term, **quantities: int) -> list[str]:
    sheet.write_text(SHEET)
    card = load_rates([str(sheet)], None).cards["uPro"]
    found = price(card, Order(quantities, term=term)).notes
    return [note for note in found if note.startswith("The subscription is billed")]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        # 3 x (3 x 66 + 10 x 5) = 744; on a monthly term 3 x (3 x 70 + 50) = 780
        ("quarterly", "once a quarter: 744.00, which is 36.00 less than on a monthly term."),
        # 12 x (3 x 63 + 50) = 2,868; on a monthly term 12 x 260 = 3,120
        ("annual", "once a year: 2,868.00, which is 252.00 less than on a monthly term."),
    ],
)
def test_a_longer_term_says_what_is_billed_and_saved(tmp_path: Path, term: Term, said: str) -> None:
    found = notes(tmp_path / "sheet.yaml", term, license=3, local_number=10)
    assert found == [f"The subscription is billed {said}"]


def test_a_term_without_a_price_says_nothing(tmp_path: Path) -> None:
    card = load_rates([], None).cards["uPro"]
    found = price(card, Order({"license": 3}, term="annual")).notes
    assert not [note for note in found if "billed once" in note]
    assert notes(tmp_path / "sheet.yaml", "monthly", license=3) == []


def test_what_the_term_does_not_price_saves_nothing(tmp_path: Path) -> None:
    found = notes(tmp_path / "sheet.yaml", "annual", local_number=10)
    assert found == ["The subscription is billed once a year: 600.00."]


def test_a_longer_term_that_costs_more_says_so(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.replace("price: 63.00", "price: 75.50"))
    card = load_rates([str(sheet)], None).cards["uPro"]
    # 12 x 3 x 75.50 = 2,718; on a monthly term 12 x 210 = 2,520. Usage and fees paid once
    # are no part of it.
    quantities = {"license": 3, "automated_sms": 10_000, "late_appeal": 1}
    found = price(card, Order(quantities, term="annual")).notes
    assert (
        "The subscription is billed once a year: 2,718.00, "
        "which is 198.00 more than on a monthly term."
    ) in found


def test_a_subscription_that_lacks_a_price_is_not_added_up(tmp_path: Path) -> None:
    assert notes(tmp_path / "sheet.yaml", "annual", license=3, toll_free_number=1) == []


@pytest.mark.parametrize(
    ("annual", "said"),
    [
        # 12 x 70 = 840, and one or ten cents less a month
        ("70.00", "840.00."),
        ("69.99", "839.88, which is 0.12 less than on a monthly term."),
        ("69.90", "838.80, which is 1.20 less than on a monthly term."),
        ("70.01", "840.12, which is 0.12 more than on a monthly term."),
    ],
)
def test_a_cent_that_is_saved_is_told(tmp_path: Path, annual: str, said: str) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.replace("price: 63.00", f"price: {annual}"))
    card = load_rates([str(sheet)], None).cards["uPro"]
    found = price(card, Order({"license": 1}, term="annual")).notes[-1]
    assert found == f"The subscription is billed once a year: {said}"


def test_where_the_monthly_price_is_not_known_nothing_is_compared(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET)
    card = load_rates([str(sheet)], None).cards["uPro"]
    unknown = unpublished(card.rates["license", "monthly"].citation)
    card = card._replace(rates={**card.rates, ("license", "monthly"): unknown})
    found = price(card, Order({"license": 1}, term="annual")).notes[-1]
    assert found == "The subscription is billed once a year: 756.00."  # 12 x 63
