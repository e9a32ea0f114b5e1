"""Explanations: one charge of one plan with its notes and conflicts."""

from decimal import Decimal

import pytest
from card_files import card

from aloware_cli.domain.charges import Conflict
from aloware_cli.domain.orders import Order
from aloware_cli.pricing.explain import explain

CARD = card("uPro")
CITATION = CARD.rates["license", "monthly"].citation


@pytest.mark.parametrize(
    ("charge", "working", "notes"),
    [
        # the quantity that is asked for, and 1 where none is
        ("license", "3 x 70.00", ()),
        ("local_number", "1 x 5.00", ()),
        ("number_lookup", "1 x 0.002", ()),
        (
            "campaign_maintenance",
            "2 x 10.00",
            ('The page "About A2P 10DLC associated fees" shows prices as of 2022.',),
        ),
        (
            "brand_registration_standard",
            "1 x 44.00",
            (
                'The page "About A2P 10DLC associated fees" shows prices as of 2022.',
                (
                    "Whether the standard brand registration already holds the fee of "
                    "secondary vetting is not published."
                ),
            ),
        ),
    ],
)
def test_explanation_has_one_charge(charge: str, working: str, notes: tuple[str, ...]) -> None:
    order = Order(
        {
            "license": 3,
            "number_lookup": 0,
            "campaign_maintenance": 2,
            "brand_registration_standard": 1,
        }
    )
    found = explain(CARD, order, charge, [])
    assert (found.plan, found.term, found.currency) == ("uPro", "monthly", "USD")
    assert (found.line.charge.key, found.line.working) == (charge, working)
    assert tuple(note.text for note in found.notes) == notes


def conflict(charges: set[str], plans: set[str], price: str | None = None) -> Conflict:
    usd = None if price is None else Decimal(price)
    return Conflict(frozenset(charges), frozenset(plans), CITATION, "as the guide says", usd)


def test_explanation_has_conflicts_of_the_charge_on_every_plan() -> None:
    here = [conflict({"license"}, set()), conflict({"license", "local_number"}, {"iPro"})]
    elsewhere = [conflict({"local_number"}, set())]
    first = conflict({"license"}, set(), "7.00")
    found = explain(CARD, Order({}), "license", [*elsewhere, *here, first])
    assert found.conflicts == (first, *here)


ONLY_PRICE = (
    "The only price that a public page of Aloware prints for it is $0.15 per segment "
    '("Understanding Aloware billing"). It is not used: see the conflict.'
)
NO_PRICE = "No public page of Aloware gives its price."


@pytest.mark.parametrize(
    ("charge", "said"),
    [
        ("toll_free_sms", ONLY_PRICE),
        ("toll_free_minutes", NO_PRICE),
        ("automated_sms", None),  # it has a price
    ],
)
def test_explanation_says_what_pages_print_instead_of_a_price(
    charge: str, said: str | None
) -> None:
    conflicts = [
        conflict({"toll_free_sms", "automated_sms"}, set(), "0.15"),
        conflict({"toll_free_minutes"}, set()),
    ]
    notes = [note.text for note in explain(CARD, Order({}), charge, conflicts).notes]
    assert [note for note in notes if note in {ONLY_PRICE, NO_PRICE}] == ([said] if said else [])
