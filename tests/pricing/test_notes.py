"""Notes of a quote: which ones it has, in which order, and for which plans."""

from decimal import Decimal

import pytest
from card_files import catalog

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Note
from aloware_cli.pricing.notes import notes_on_rates, notes_on_several
from aloware_cli.pricing.price import price

CARDS = catalog().cards
PERIODS = Note("assumption", "Quarterly and annual are 3 and 12 months at the monthly price.")
LONGER = Note(
    "assumption",
    "Aloware says that longer terms may cost less, but publishes no price for them.",
    "internal",
)
PRORATED = (
    "The first invoice covers December 23 to 31, 2026 (9 of 31 days). Each unit price is "
    "prorated, rounded to cents and multiplied by the quantity. The next invoice, on "
    "January 1, 2027, is"
)
USAGE = Note(
    "assumption",
    "Usage is deducted from prepaid credits and is not on this invoice.",
    "internal",
)
AS_OF_2022 = Note("source", 'The page "About A2P 10DLC associated fees" shows prices as of 2022.')
OWN = {"campaign_maintenance": supplied(Decimal("9.00"), "--rate campaign_maintenance=9")}
TEXTS = {"automated_sms": 10_000}


@pytest.mark.parametrize(
    ("order", "said"),
    [
        # 10,000 x 0.003 and x 0.005
        (Order(TEXTS), [PERIODS, LONGER, Note("exclusion",
            "Carrier fees for texts, about $30.00 to $50.00 a month "
            "($0.003 to $0.005 per segment, US carriers, October 2024).",
            option="--carrier-fees")]),
        (Order(TEXTS, carriers={}), [PERIODS, LONGER, Note("exclusion",
            "Carrier fees for texts, $30.00 to $50.00 a month, passed through without markup "
            "(10,000 segments at $0.003 to $0.005, US carriers, October 2024).")]),
        # 0.4 x 0.003 + 0.6 x 0.005 = 0.0042
        (Order(TEXTS, carriers={"att": Decimal(40), "us-cellular": Decimal(60)}), [
            PERIODS, LONGER, Note("exclusion",
            "Carrier fees for texts, $42.00 a month, passed through without markup "
            "(10,000 segments at $0.0042, AT&T 40%, US Cellular 60%, October 2024).")]),
        # 3 x 70; the 23rd to the 31st are 9 days
        (Order({"license": 3}, start="2026-12-23"),
         [PERIODS, LONGER, Note("assumption", f"{PRORATED} $210.00.", "internal"), USAGE]),
        # what is not published is not on the next invoice either
        (Order({"license": 3, "toll_free_number": 1}, start="2026-12-23"), [
            Note("exclusion", "Toll-free phone numbers, because no price is published."),
            PERIODS, LONGER,
            Note("assumption", f"{PRORATED} at least $210.00.", "internal"), USAGE]),
        (Order({"license": 3}, term="annual", start="2026-12-23"), [
            Note("exclusion", "Licenses, because no price is published."),
            Note("assumption", "Quarterly and annual are 3 and 12 months at the license price of "
                 "the annual term."),
            Note("exclusion", "A first invoice, because Aloware does not publish how it prorates "
                 "quarterly and annual terms.")]),
        (Order({"toll_free_number": 1, "toll_free_minutes": 1}), [
            Note("exclusion", "Toll-free phone numbers, Toll-free minutes, because no price is "
                 "published."),
            PERIODS, LONGER]),
        (Order({"campaign_maintenance": 1, "brand_registration_standard": 1}, supplied=OWN), [
            PERIODS, LONGER,
            Note("source", "A2P campaign maintenance: $9.00 was supplied for this quote. "
                 "It is not a published price."),
            AS_OF_2022,
            Note("caution", "Whether the standard brand registration already holds the fee of "
                 "secondary vetting is not published.")]),
        (Order({"late_appeal": 1}), [AS_OF_2022]),
        (Order({"license": 3, "local_number": 1}, discounts={"all": Decimal(10)}), [
            PERIODS, LONGER,
            Note("assumption", "10% discount applied to: Licenses, Local phone numbers.",
                 "internal")]),
    ],
)  # fmt: skip
def test_quote_has_notes_in_order(order: Order, said: list[Note]) -> None:
    assert list(price(CARDS["uPro"], order).notes) == said


def test_note_of_some_plans_names_them() -> None:
    own = {"local_number": supplied(Decimal(5), "--rate local_number=5")}
    asked = [Order({"local_number": 1}, supplied=rates) for rates in (own, own, {})]
    quotes = [price(card, order) for card, order in zip(CARDS.values(), asked, strict=True)]
    said = "Local phone numbers: $5.00 was supplied for this quote. It is not a published price."
    named = Note("source", f"iPro, uPro: {said}")

    assert notes_on_several(quotes) == (PERIODS, LONGER, named)
    assert notes_on_rates(quotes) == (named,)
    assert notes_on_rates(quotes[:2]) == (Note("source", said),)
