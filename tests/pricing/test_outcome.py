"""Outcomes of rows: what the quotes on one plan, or on several, come to."""

from decimal import Decimal

import pytest

from aloware_cli.domain.batch import Outcome
from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import Quote
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.outcome import outcome_of
from aloware_cli.pricing.price import price

CARDS = load_rates([], None).cards


def quoted(
    plans: str, quantities: dict[str, int], rates: str = "", term: Term = "monthly"
) -> list[Quote]:
    """Return quotes on `plans`, with supplied `rates`, written `ipro:automated_sms=0.02 ...`."""
    own = [text.replace("=", ":").split(":") for text in rates.split()]
    return [
        price(
            CARDS[plan],
            Order(
                quantities,
                term=term,
                supplied={
                    charge: supplied(Decimal(amount), "--rate")
                    for on, charge, amount in own
                    if on == plan.lower()
                },
            ),
        )
        for plan in plans.split()
    ]


ALL = "iPro uPro xPro"
#: 400 + 250 x 6, 700 + 250 x 5 and 900 + 250 x 4
TIED = {"license": 10, "local_number": 250}
LACKED = {"automated_sms": 5, "automated_minutes": 5}
LACKS = "no rate is published on"
#: 120 + 60 and 270 + 40 are at least the totals of iPro and xPro; uPro is 410.
SMS = {"license": 3, "local_number": 10, "automated_sms": 10_000}


@pytest.mark.parametrize(
    ("quotes", "outcome", "bound"),
    [
        # 3 x 70, and 40 once
        (quoted("uPro", {"license": 3, "late_appeal": 1}), ("ok", "uPro", 21000, 4000, ""), None),
        # the plan is known where its amount is not
        (
            quoted("iPro", {"license": 3, "automated_sms": 5}),
            ("unpriced", "iPro", None, None, f"{LACKS} iPro for automated_sms"),
            ("iPro", 12000, 0),
        ),
        (
            quoted("iPro", {**LACKED, "license": 3, "late_appeal": 1}),
            ("unpriced", "iPro", None, None, f"{LACKS} iPro for automated_sms, automated_minutes"),
            ("iPro", 12000, 4000),
        ),
        (
            quoted("uPro", {"license": 3, "local_number": 1}, term="annual"),
            ("unpriced", "uPro", None, None, f"{LACKS} uPro, annual term for license"),
            ("uPro", 500, 0),
        ),
        # the first of those that cost the same
        (quoted(ALL, TIED), ("ok", "iPro", 190_000, 0, ""), None),
        (quoted("xPro iPro", TIED), ("ok", "xPro", 190_000, 0, ""), None),
        (quoted(ALL, {"license": 10, "local_number": 251}), ("ok", "xPro", 190_400, 0, ""), None),
        # uPro alone is priced, and the others may cost less
        (
            quoted(ALL, SMS),
            (
                "unpriced", "", None, None,
                (f"uPro is the cheapest but for iPro and xPro, which may cost less: {LACKS} iPro "
                f"for automated_sms; {LACKS} xPro for automated_sms"),
            ),
            ("uPro", 41000, 0),
        ),
        # 180 + 100 on iPro is less than the 310 that xPro is at least: it is ruled out
        (quoted(ALL, SMS, "ipro:automated_sms=0.01"), ("ok", "iPro", 28000, 0, ""), None),
        # no plan has a price
        (
            quoted("iPro xPro", SMS),
            (
                "unpriced", "", None, None,
                f"{LACKS} iPro for automated_sms; {LACKS} xPro for automated_sms",
            ),
            None,
        ),
    ],
)  # fmt: skip
def test_a_row_comes_to_its_cheapest_plan(
    quotes: list[Quote],
    outcome: tuple[str, str, int | None, int | None, str],
    bound: tuple[str, int, int] | None,
) -> None:
    """`bound` is what is known from below where that is asked for: plan, a month, and once."""
    found = outcome_of(quotes, lower_bounds=False)
    assert found[:5] == outcome
    assert found.quote == next(
        (q for q in quotes if found.status == "ok" and q.plan == found.plan), None
    )

    asked = outcome_of(quotes, lower_bounds=True)
    if bound is None:
        assert asked == found
    else:
        plan = next(quote for quote in quotes if quote.plan == bound[0])
        assert asked == Outcome("unpriced", *bound, found.error, plan)
