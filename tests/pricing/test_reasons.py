"""Why a break-even is what it is: the sentences for every kind of answer."""

from decimal import Decimal

import pytest

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.breakeven import find_break_even
from aloware_cli.pricing.sweep import SweepInput

CATALOG = load_rates([], None)
BILLION = 10**9


def varied(plan: str, vary: str, rates: dict[str, str], agents: int) -> SweepInput:
    own = {key: supplied(Decimal(rate), "--rate") for key, rate in rates.items()}
    order = Order({"license": agents} if agents else {}, supplied=own)
    return SweepInput(CATALOG.cards[plan], order, vary)


@pytest.mark.parametrize(
    ("vary", "agents", "prices", "last", "reasons"),
    [
        # nothing else on either bill, and nothing to pay for the units either
        ("agent_minutes", 0, (None, None), BILLION, (
            "Agent-dialled local minutes are included on both plans.",
            "Everything else costs the same too, so the totals are equal at every quantity.",
        )),
        ("automated_sms", 0, ("0.01", "0.01"), BILLION, (
            "Each segment costs 0.01 on both plans.",
            "Everything else costs the same too, so the totals are equal at every quantity.",
        )),
        ("local_number", 0, (None, None), BILLION, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "Everything else costs the same, so the order cannot flip.",
            "xPro is cheaper at 1 number, and never dearer beyond.",
        )),
        # no further than the first quantity that sets them apart
        ("local_number", 0, (None, None), 1, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "Everything else costs the same, so the order cannot flip.",
            "xPro is cheaper at 1 number, and never dearer beyond.",
        )),
        ("local_number", 0, (None, None), 0, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "Everything else costs the same, so the order cannot flip.",
            "Rounded to cents, the totals stay equal up to 0 numbers.",
        )),
        # 0.001 and 0.002: 4 units come to 0.004 = 0.00 and 0.008 = 0.01; 3 come to 0.00 and 0.01
        ("automated_sms", 0, ("0.002", "0.001"), BILLION, (
            "Each segment costs 0.002 on iPro and 0.001 on xPro.",
            "Everything else costs the same, so the order cannot flip.",
            "xPro is cheaper at 3 segments, and never dearer beyond.",
        )),
        # up to 2 units both come to 0.00
        ("automated_sms", 0, ("0.002", "0.001"), 2, (
            "Each segment costs 0.002 on iPro and 0.001 on xPro.",
            "Everything else costs the same, so the order cannot flip.",
            "Rounded to cents, the totals stay equal up to 2 segments.",
        )),
        # 400 and 900 for ten agents, from here on
        ("automated_sms", 10, ("0.01", "0.01"), BILLION, (
            "Each segment costs 0.01 on both plans.",
            "So iPro is always cheaper, by the same amount.",
        )),
        ("local_number", 10, ("3", "4"), BILLION, (
            "Each number costs 3.00 on iPro and 4.00 on xPro.",
            "iPro costs less without any and less for each, so it is always cheaper.",
        )),
        # 400 + 6n and 900 + 4n meet at 250
        ("local_number", 10, (None, None), 100, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "That is too little to catch up: iPro is still cheaper at 100 numbers.",
        )),
        ("local_number", 10, (None, None), 0, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "That is too little to catch up: iPro is still cheaper at 0 numbers.",
        )),
        # 0.0000005 x 999,990,000 = 499.995 = 500.00, and x 1,000,000,000 = 500.00
        ("automated_sms", 10, ("0.0000005", "0"), BILLION, (
            "Each segment costs 0.0000005 on iPro and 0.00 on xPro.",
            "iPro is cheaper below 999,990,000 segments.",
            "The totals are first equal at 999,990,000 segments.",
            "xPro is not cheaper up to 1,000,000,000 segments.",
        )),
        ("local_number", 10, (None, None), 250, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "iPro is cheaper below 250 numbers.",
            "The totals are first equal at 250 numbers.",
            "xPro is not cheaper up to 250 numbers.",
        )),
        ("local_number", 10, (None, None), BILLION, (
            "Each number costs 6.00 on iPro and 4.00 on xPro.",
            "iPro is cheaper below 250 numbers.",
            "The totals are equal at 250 numbers.",
            "xPro is cheaper at 251 numbers, and never dearer beyond.",
        )),
        # 500 / 1.99 = 251.3: 500.49 at 251 less is not enough, 501.48 at 252 is
        ("local_number", 10, ("6", "4.01"), BILLION, (
            "Each number costs 6.00 on iPro and 4.01 on xPro.",
            "iPro is cheaper below 252 numbers.",
            "At no quantity are the totals equal.",
            "xPro is cheaper at 252 numbers, and never dearer beyond.",
        )),
        # 0.001 x 499,995 = 499.995 = 500.00, and 0.001 x 500,005 = 500.005 = 500.01
        ("automated_sms", 10, ("0.001", "0"), BILLION, (
            "Each segment costs 0.001 on iPro and 0.00 on xPro.",
            "iPro is cheaper below 499,995 segments.",
            "The totals are first equal at 499,995 segments.",
            "xPro is cheaper at 500,005 segments, and never dearer beyond.",
        )),
    ],
)  # fmt: skip
def test_an_answer_says_why(
    vary: str, agents: int, prices: tuple[str | None, ...], last: int, reasons: tuple[str, ...]
) -> None:
    plans = [
        varied(plan, vary, {} if own is None else {vary: own}, agents)
        for plan, own in zip(("iPro", "xPro"), prices, strict=True)
    ]
    assert find_break_even(plans[0], plans[1], last).reasons == reasons

    # the other way round, the same is said of each plan
    around = find_break_even(plans[1], plans[0], last).reasons
    assert around[1:] == reasons[1:]
