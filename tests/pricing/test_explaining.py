"""Explaining: one charge on one plan, with what concerns it and nothing else."""

import pytest

from aloware_cli.domain.explanations import Conflict
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.explain import explain

CARD = load_rates([], None).cards["uPro"]
CITATION = CARD.rates["license", "monthly"].citation


@pytest.mark.parametrize(
    ("charge", "working", "notes"),
    [
        # the quantity that is asked for, and 1 where none is
        ("license", "3 agents x 70.00", ()),
        ("local_number", "1 number x 5.00", ()),
        ("number_lookup", "1 look-up x 0.002", ()),
        (
            "campaign_maintenance",
            "2 campaigns x 10.00",
            ('The page "About A2P 10DLC associated fees" gives its figures as of 2022.',),
        ),
        (
            "brand_registration_standard",
            "1 brand x 44.00",
            (
                'The page "About A2P 10DLC associated fees" gives its figures as of 2022.',
                (
                    "Whether the standard brand registration already holds the fee of "
                    "secondary vetting is not published."
                ),
            ),
        ),
    ],
)
def test_a_charge_is_explained_alone(charge: str, working: str, notes: tuple[str, ...]) -> None:
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
    assert (found.line.charge.key, found.line.working, found.notes) == (charge, working, notes)


def test_conflicts_about_the_charge_on_the_plan_are_shown() -> None:
    def about(charges: set[str], plans: set[str]) -> Conflict:
        return Conflict(frozenset(charges), frozenset(plans), CITATION, "as the guide says")

    here = [about({"license"}, set()), about({"license", "local_number"}, {"uPro", "iPro"})]
    elsewhere = [about({"license"}, {"iPro"}), about({"local_number"}, set())]
    found = explain(CARD, Order({}), "license", [*elsewhere, *here])
    assert found.conflicts == tuple(here)
