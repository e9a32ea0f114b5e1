"""Comparisons: ranks, lower bounds, and the reasons and notes of a ranking."""

from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.results import Comparison
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.price import price

CATALOG = catalog()
CHARGES = list(CATALOG.cards["uPro"].charges)


def compared(rates: str = "", **quantities: int) -> Comparison:
    """Return a comparison with supplied `rates`, written `ipro:automated_sms=0.02 ...`."""
    given_rates = [text.replace("=", ":").split(":") for text in rates.split()]
    return compare(
        [
            price(
                card,
                Order(
                    quantities,
                    supplied={
                        charge: supplied(Decimal(amount), "--rate")
                        for plan, charge, amount in given_rates
                        if plan == card.plan.lower()
                    },
                ),
            )
            for card in CATALOG.cards.values()
        ]
    )


def standing(comparison: Comparison) -> str:
    """Write places and lower bounds as the table below does: `iPro 1, uPro 2, xPro out`."""
    return ", ".join(
        f"{s.quote.plan} {s.rank or ('out' if s.ruled_out else '?')}" for s in comparison.standings
    )


SMS = {"license": 3, "local_number": 10, "automated_sms": 10_000}


@pytest.mark.parametrize(
    ("rates", "quantities", "expected", "cheapest"),
    [
        # 10 agents and n numbers: 400 + 6n, 700 + 5n, 900 + 4n.
        ("", {"license": 10, "local_number": 50}, "iPro 1, uPro 2, xPro 3", "iPro"),
        ("", {"license": 10, "local_number": 249}, "iPro 1, uPro 3, xPro 2", "iPro"),
        ("", {"license": 10, "local_number": 250}, "iPro 1, uPro 3, xPro 1", None),
        ("", {"license": 10, "local_number": 251}, "iPro 2, uPro 3, xPro 1", "xPro"),
        ("", {"number_lookup": 500}, "iPro 1, uPro 1, xPro 1", None),
        # 120 + 60 and 270 + 40 are at least the totals of iPro and xPro; uPro is 410.
        ("", SMS, "iPro ?, uPro 1, xPro ?", "uPro"),
        ("ipro:automated_sms=0.02", SMS, "iPro 1, uPro 2, xPro ?", "iPro"),  # 180 + 200
        ("ipro:automated_sms=0.023", SMS, "iPro 1, uPro 1, xPro ?", None),  # 180 + 230
        ("ipro:automated_sms=0.0129", SMS, "iPro 1, uPro 2, xPro out", "iPro"),  # 309 < 310
        ("ipro:automated_sms=0.013", SMS, "iPro 1, uPro 2, xPro ?", "iPro"),  # 310 = 310
        ("", {"toll_free_minutes": 1}, "iPro ?, uPro ?, xPro ?", None),
    ],
)
def test_plans_are_ranked_by_total(
    rates: str, quantities: dict[str, int], expected: str, cheapest: str | None
) -> None:
    comparison = compared(rates, **quantities)
    assert standing(comparison) == expected
    assert comparison.cheapest == cheapest


NOTES = [
    ("", {"license": 1}, ["iPro is the cheapest."]),
    (
        "",
        SMS,
        [
            "Only uPro is fully priced and ranked; iPro and xPro may cost less.",
            "Supply the missing prices: --rate ipro:sms=PRICE --rate xpro:sms=PRICE",
        ],
    ),
    (
        "ipro:automated_sms=0.023",
        SMS,
        [
            (
                "iPro and uPro cost the same and are the cheapest of the plans that are "
                "fully priced; xPro may cost less."
            )
        ],
    ),
    # 180 + 200 is less than 410, and xPro is at least 310
    (
        "ipro:automated_sms=0.02",
        SMS,
        ["iPro is the cheapest of the plans that are fully priced; xPro may cost less."],
    ),
    # 180 + 100 is less than the 310 that xPro is at least
    (
        "ipro:automated_sms=0.01",
        SMS,
        [
            "iPro is the cheapest.",
            "xPro costs more than the cheapest at any price of automated texts.",
        ],
    ),
    (
        "",
        {"toll_free_sms": 1, "toll_free_minutes": 1, "toll_free_number": 1},
        [
            "No plan can be ranked, because each lacks a published rate.",
            (
                "Supply the missing prices: "
                "--rate ipro:toll_free_numbers=PRICE --rate ipro:toll_free_minutes=PRICE "
                "--rate ipro:toll_free_sms=PRICE --rate upro:toll_free_numbers=PRICE "
                "--rate upro:toll_free_minutes=PRICE --rate upro:toll_free_sms=PRICE "
                "--rate xpro:toll_free_numbers=PRICE --rate xpro:toll_free_minutes=PRICE "
                "--rate xpro:toll_free_sms=PRICE"
            ),
        ],
    ),
    # 3 agents and 20 numbers: 120 + 120, 210 + 20 x 7, 270 + 80.
    (
        "upro:local_number=7",
        {"license": 3, "local_number": 20},
        ["iPro is the cheapest.", "uPro and xPro cost the same."],
    ),
    ("", {"number_lookup": 500}, ["iPro, uPro and xPro cost the same and are the cheapest."]),
    (
        "ipro:local_number=7",
        {"local_number": 1},
        [
            (
                "iPro: Local phone numbers: $7.00 was supplied for this quote. "
                "It is not a published price."
            )
        ],
    ),
    (
        "",
        {"license": 1, "late_appeal": 1},
        ["Ranked by recurring charges; one-time fees are not counted."],
    ),
]


def sentences(comparison: Comparison) -> list[str]:
    return [*comparison.reasons, comparison.hint, *(note.text for note in comparison.notes)]


@pytest.mark.parametrize(("rates", "quantities", "said"), NOTES)
def test_ranking_has_reasons_and_notes(
    rates: str, quantities: dict[str, int], said: list[str]
) -> None:
    found = sentences(compared(rates, **quantities))
    assert [sentence for sentence in found if sentence in said] == said


def test_tied_or_only_plan_is_not_called_cheapest() -> None:
    ranked = compared("upro:local_number=7", license=3, local_number=20).reasons
    assert [note for note in ranked if "cost the same" in note] == ["uPro and xPro cost the same."]
    # 400 + 6 x 50, 700 + 5 x 50 and 900 + 4 x 50: no two are equal
    apart = compared(license=10, local_number=50).reasons
    assert [note for note in apart if "cost the same" in note] == []
    alone = compare([price(CATALOG.cards["iPro"], Order({"license": 1}))])
    assert not [note for note in alone.reasons if "cheapest" in note]
    two = compare([price(CATALOG.cards[plan], Order({"license": 1})) for plan in ("iPro", "uPro")])
    assert two.reasons[0] == "iPro is the cheapest."


def test_rank_has_difference_in_each_period() -> None:
    more = {s.quote.plan: s.more for s in compared(license=10, local_number=50).standings}
    assert more["iPro"] is not None
    assert more["xPro"] is not None
    assert list(more["iPro"]) == [0, 0, 0]
    assert list(more["xPro"]) == [400, 1200, 4800]  # 900 + 200 - (400 + 300) = 400 a month


@given(st.dictionaries(st.sampled_from(CHARGES), st.integers(1, 10**9), min_size=1, max_size=6))
def test_ranks_follow_totals_and_have_every_plan_once(quantities: dict[str, int]) -> None:
    comparison = compared("xpro:automated_sms=0.013 ipro:automated_minutes=0.025", **quantities)
    totals = [ranked.quote.totals for ranked in comparison.ranked]
    assert totals == sorted(totals)
    assert all(not ranked.quote.at_least for ranked in comparison.ranked)
    assert all(left.quote.at_least for left in comparison.unranked)
    assert len(comparison.ranked) + len(comparison.unranked) == len(CATALOG.cards)
    for left in comparison.unranked:
        assert left.ruled_out == (bool(totals) and left.quote.totals > totals[0])
