"""Comparing: who is ranked, who is not, who is ruled out, and what is said of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.comparisons import Comparison
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.price import price

CATALOG = load_rates([], None)
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
        f"{s.quote.plan} {s.place or ('out' if s.ruled_out else '?')}" for s in comparison.standings
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
def test_places(
    rates: str, quantities: dict[str, int], expected: str, cheapest: str | None
) -> None:
    comparison = compared(rates, **quantities)
    assert standing(comparison) == expected
    assert comparison.cheapest == cheapest


IPRO_LACKS_TEXTS = "iPro lacks a published rate for Automated texts"
NOTES = [
    ("", {"license": 1}, ["iPro is the cheapest."]),
    (
        "",
        SMS,
        [
            "uPro alone is fully priced, and so ranked alone; iPro and xPro may cost less.",
            (
                f"{IPRO_LACKS_TEXTS}, so it is not ranked. "
                "To settle it: --rate ipro:automated_sms=PRICE"
            ),
        ],
    ),
    (
        "ipro:automated_sms=0.023",
        SMS,
        [
            (
                "iPro and uPro cost the same, and are the cheapest of the plans that are "
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
            (
                "xPro lacks a published rate for Automated texts, but costs more than the cheapest "
                "whatever that is: it is ruled out."
            ),
        ],
    ),
    (
        "",
        {"toll_free_sms": 1, "toll_free_minutes": 1, "toll_free_number": 1},
        [
            "No plan can be ranked: each lacks a rate that is not published.",
            (
                "uPro lacks a published rate for Toll-free phone numbers, Toll-free minutes "
                "and Toll-free texts, so it is not ranked. To settle it: --rate "
                "upro:toll_free_number=PRICE --rate upro:toll_free_minutes=PRICE "
                "--rate upro:toll_free_sms=PRICE"
            ),
        ],
    ),
    # 3 agents and 20 numbers: 120 + 120, 210 + 20 x 7, 270 + 80.
    (
        "upro:local_number=7",
        {"license": 3, "local_number": 20},
        ["iPro is the cheapest.", "uPro and xPro cost the same."],
    ),
    ("", {"number_lookup": 500}, ["iPro, uPro and xPro cost the same, and are the cheapest."]),
    (
        "ipro:local_number=7",
        {"local_number": 1},
        [
            (
                "iPro: Local phone numbers: 7.00 is a price supplied for this quote, "
                "not one the vendor publishes."
            )
        ],
    ),
    (
        "",
        {"license": 1, "late_appeal": 1},
        ["Ranked by what recurs each month; fees paid once stand apart."],
    ),
]


@pytest.mark.parametrize(("rates", "quantities", "said"), NOTES)
def test_what_is_said_of_the_ranking(
    rates: str, quantities: dict[str, int], said: list[str]
) -> None:
    notes = compared(rates, **quantities).notes
    assert [note for note in notes if note in said] == said


def test_what_ties_or_is_alone_is_not_said_to_be_cheapest() -> None:
    ranked = compared("upro:local_number=7", license=3, local_number=20).notes
    assert [note for note in ranked if "cost the same" in note] == ["uPro and xPro cost the same."]
    # 400 + 6 x 50, 700 + 5 x 50 and 900 + 4 x 50: no two are equal
    apart = compared(license=10, local_number=50).notes
    assert [note for note in apart if "cost the same" in note] == []
    alone = compare([price(CATALOG.cards["iPro"], Order({"license": 1}))])
    assert not [note for note in alone.notes if "cheapest" in note]
    two = compare([price(CATALOG.cards[plan], Order({"license": 1})) for plan in ("iPro", "uPro")])
    assert two.notes[0] == "iPro is the cheapest."


def test_what_a_plan_costs_more_in_each_period() -> None:
    more = {s.quote.plan: s.more for s in compared(license=10, local_number=50).standings}
    assert more["iPro"] is not None
    assert more["xPro"] is not None
    assert list(more["iPro"]) == [0, 0, 0]
    assert list(more["xPro"]) == [400, 1200, 4800]  # 900 + 200 - (400 + 300) = 400 a month


@given(st.dictionaries(st.sampled_from(CHARGES), st.integers(1, 10**9), min_size=1, max_size=6))
def test_ranks_follow_totals_and_every_plan_stands_once(quantities: dict[str, int]) -> None:
    comparison = compared("xpro:automated_sms=0.013 ipro:automated_minutes=0.025", **quantities)
    totals = [ranked.quote.totals for ranked in comparison.ranked]
    assert totals == sorted(totals)
    assert all(not ranked.quote.at_least for ranked in comparison.ranked)
    assert all(left.quote.at_least for left in comparison.unranked)
    assert len(comparison.ranked) + len(comparison.unranked) == len(CATALOG.cards)
    for left in comparison.unranked:
        assert left.ruled_out == (bool(totals) and left.quote.totals > totals[0])
