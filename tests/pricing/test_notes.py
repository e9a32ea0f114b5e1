"""What is said beside the figures, sentence by sentence, and for which plans."""

from decimal import Decimal

import pytest

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.notes import notes_on_rates, notes_on_several
from aloware_cli.pricing.price import price

CARDS = load_rates([], None).cards
MULTIPLES = "A quarter is 3 times and a year 12 times the month"
PERIODS = (
    f"{MULTIPLES}. The vendor says that quarterly or annual billing may cost less, "
    "but publishes no figure."
)
OWN = {"campaign_maintenance": supplied(Decimal("9.00"), "--rate campaign_maintenance=9")}
TEXTS = {"automated_sms": 10_000}


@pytest.mark.parametrize(
    ("order", "said"),
    [
        # 10,000 x 0.003 and x 0.005
        (Order(TEXTS), [
            PERIODS,
            ("Carrier fees come on top of texts: about 30.00 to 50.00 a month, "
            "at 0.003 to 0.005 a segment (US carriers, October 2024)."),
        ]),
        (Order(TEXTS, carriers={}), [
            PERIODS,
            ("Carrier fees are passed on without markup and stand outside the totals: "
            "10,000 segments at 0.003 to 0.005 (US carriers, October 2024)."),
        ]),
        # 0.4 x 0.003 + 0.6 x 0.005 = 0.0042
        (Order(TEXTS, carriers={"att": Decimal(40), "us-cellular": Decimal(60)}), [
            PERIODS,
            ("Carrier fees are passed on without markup and stand outside the totals: "
            "10,000 segments at 0.0042 (AT&T 40%, US Cellular 60%, October 2024)."),
        ]),
        # 3 x 70; the 23rd to the 31st are 9 days
        (Order({"license": 3}, start="2026-12-23"), [
            PERIODS,
            ("The first invoice covers 2026-12-23 to 2026-12-31, 9 of 31 days; each unit price "
            "is prorated and rounded, then multiplied. The next, on 2027-01-01, is 210.00. "
            "Usage is drawn from credits and not invoiced here."),
        ]),
        # what is not published is not on the next invoice either
        (Order({"license": 3, "toll_free_number": 1}, start="2026-12-23"), [
            "Not published, and so not in the totals: Toll-free phone numbers.",
            PERIODS,
            ("The first invoice covers 2026-12-23 to 2026-12-31, 9 of 31 days; each unit price "
            "is prorated and rounded, then multiplied. The next, on 2027-01-01, is at least "
            "210.00. Usage is drawn from credits and not invoiced here."),
        ]),
        (Order({"license": 3}, term="annual", start="2026-12-23"), [
            "Not published, and so not in the totals: Plan cost.",
            f"{MULTIPLES}, at the license price of the annual term.",
            "No first invoice: how a quarterly or annual term is prorated is not published.",
        ]),
        (Order({"toll_free_number": 1, "toll_free_minutes": 1}), [
            "Not published, and so not in the totals: Toll-free phone numbers, Toll-free minutes.",
            PERIODS,
        ]),
        (Order({"campaign_maintenance": 1, "brand_registration_standard": 1}, supplied=OWN), [
            PERIODS,
            ("A2P campaign maintenance: 9.00 is a price supplied for this quote, "
            "not one the vendor publishes."),
            'The page "About A2P 10DLC associated fees" gives its figures as of 2022.',
            ("Whether the standard brand registration already holds the fee of "
            "secondary vetting is not published."),
        ]),
        (Order({"late_appeal": 1}), [
            'The page "About A2P 10DLC associated fees" gives its figures as of 2022.',
        ]),
        (Order({"license": 3, "local_number": 1}, discounts={"all": Decimal(10)}), [
            PERIODS,
            "After a discount of 10%: Plan cost, Local phone numbers.",
        ]),
    ],
)  # fmt: skip
def test_a_quote_says_what_must_be_known(order: Order, said: list[str]) -> None:
    assert list(price(CARDS["uPro"], order).notes) == said


def test_a_note_that_holds_for_some_plans_names_them() -> None:
    own = {"local_number": supplied(Decimal(5), "--rate local_number=5")}
    asked = [Order({"local_number": 1}, supplied=rates) for rates in (own, own, {})]
    quotes = [price(card, order) for card, order in zip(CARDS.values(), asked, strict=True)]
    said = "Local phone numbers: 5.00 is a price supplied for this quote, "
    named = f"iPro, uPro: {said}not one the vendor publishes."

    assert notes_on_several(quotes) == (PERIODS, named)
    assert notes_on_rates(quotes) == (named,)
    assert notes_on_rates(quotes[:2]) == (f"{said}not one the vendor publishes.",)
