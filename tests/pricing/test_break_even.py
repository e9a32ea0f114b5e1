"""Break-even: the exact answer, compared with a search over every quantity."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from card_files import catalog
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from text_tables import read_table

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Order
from aloware_cli.domain.results import BreakEven
from aloware_cli.pricing.breakeven import (
    CostLine,
    Intersection,
    find_break_even,
    intersect,
    sum_of_floors,
)
from aloware_cli.pricing.compare import SweepInput, price_at

CATALOG = catalog()
RANGE = 3_000


def varied(plan: str, vary: str, rates: dict[str, Decimal], **quantities: int) -> SweepInput:
    given_rates = {key: supplied(rate, f"--rate {key}={rate}") for key, rate in rates.items()}
    return SweepInput(CATALOG.cards[plan], Order(quantities, supplied=given_rates), vary)


def solved(
    plans: str, vary: str, rates: str = "", *, license: int = 0, local_number: int = 0
) -> BreakEven:
    """Return the answer for two plans; `rates` are prices of the varied charge on each."""
    prices = [{vary: Decimal(rate)} for rate in rates.split()] or [{}, {}]
    first, second = (
        varied(plan, vary, own, license=license, local_number=local_number)
        for plan, own in zip(plans.split(), prices, strict=True)
    )
    return find_break_even(first, second)


class Expected(NamedTuple):
    cheaper_at_zero: str | None
    equal_at: int | None
    cheaper_from: int | None


def answer_of(answer: BreakEven) -> Expected:
    return Expected(answer.cheaper_at_zero, answer.equal_at, answer.cheaper_from)


CASES = [
    # 400 + 6n and 900 + 4n meet at 250; 400 + 6n and 700 + 5n at 300; 700 + 5n and 900 + 4n at 200.
    (solved("iPro xPro", "local_number", license=10), Expected("iPro", 250, 251)),
    (solved("xPro iPro", "local_number", license=10), Expected("iPro", 250, 251)),
    (solved("iPro uPro", "local_number", license=10), Expected("iPro", 300, 301)),
    (solved("uPro xPro", "local_number", license=10), Expected("uPro", 200, 201)),
    # 60 + 40a and 40 + 90a: 20 apart at 0, and 50 an agent.
    (solved("iPro xPro", "license", local_number=10), Expected("xPro", None, 1)),
    # 40 + 0.02s and 90 + 0.015s: 50 / 0.005 = 10,000, less half a cent's worth on either side.
    # 9,999 x 0.02 = 199.98, 9,999 x 0.015 = 149.985 = 149.99: 239.98 and 239.99.
    # 10,001 x 0.015 = 150.015 = 150.02: 240.02 and 240.02. 10,002: 240.04 and 240.03.
    (
        solved("iPro xPro", "automated_sms", "0.02 0.015", license=1),
        Expected("iPro", 10_000, 10_002),
    ),
    # Nothing else on either plan, or the same everywhere.
    (solved("iPro xPro", "license"), Expected(None, 0, None)),
    (solved("iPro xPro", "number_lookup"), Expected(None, 0, None)),
    (solved("iPro xPro", "number_lookup", license=10), Expected("iPro", None, None)),
    (solved("iPro xPro", "agent_minutes", license=10), Expected("iPro", None, None)),
    # 40 apart; 10^9 units of 0.00000001 are 10.00.
    (solved("iPro xPro", "automated_sms", "0.00000001 0", license=1), Expected("iPro", None, None)),
    # 20 apart, at 0.00000002 a unit: 20.00 at 10^9, and 19.995 rounds up to it.
    (
        solved("uPro xPro", "automated_sms", "0.00000002 0", license=1),
        Expected("uPro", 999_750_000, None),
    ),
]


@pytest.mark.parametrize(("answer", "expected"), CASES)
def test_break_even_is_exact(answer: BreakEven, expected: Expected) -> None:
    assert answer_of(answer) == expected


def test_proof_has_totals_on_both_sides_of_break_even() -> None:
    proof = solved("iPro xPro", "local_number", license=10).proof
    # 400 + 250 x 6 and 900 + 250 x 4; 400 + 251 x 6 and 900 + 251 x 4.
    assert [(p.quantity, *p.totals) for p in proof] == [(250, 1900, 1900), (251, 1906, 1904)]


@pytest.mark.parametrize(
    ("answer", "last", "shown"),
    [
        # 0, where they are equal, and the two around the flip
        (("iPro xPro", "local_number", ""), 10**9, [0, 250, 251]),
        (("iPro xPro", "automated_sms", "0.02 0.015"), 10**9, [0, 100_000, 100_001, 100_002]),
        # the end of the range where nothing flips
        (("iPro xPro", "local_number", ""), 250, [0, 250]),
        (("iPro xPro", "local_number", ""), 249, [0, 249]),
        (("iPro xPro", "local_number", "4 6"), 9, [0, 9]),
    ],
)
def test_points_have_every_quantity_that_reasons_name(
    answer: tuple[str, str, str], last: int, shown: list[int]
) -> None:
    plans, vary, rates = answer
    prices = [{vary: Decimal(rate)} for rate in rates.split()] or [{}, {}]
    first, second = (
        varied(plan, vary, own, license=10) for plan, own in zip(plans.split(), prices, strict=True)
    )
    assert [point.quantity for point in find_break_even(first, second, last).points] == shown


def cents(rate: Decimal, quantity: int) -> int:
    """Return a line's cents, in whole hundred-millionths and without code of ours."""
    return (2 * quantity * int(rate.scaleb(8)) + 10**6) // (2 * 10**6)


def searched(fixed: tuple[int, int], rates: tuple[Decimal, Decimal]) -> Expected:
    """Return the answer by looking at every quantity up to RANGE; `fixed` is in cents."""
    apart = [
        fixed[0] + cents(rates[0], x) - fixed[1] - cents(rates[1], x) for x in range(RANGE + 1)
    ]
    equal_at = next((x for x, cents_apart in enumerate(apart) if cents_apart == 0), None)
    cheaper_from = next(
        (x for x, cents_apart in enumerate(apart) if cents_apart * apart[0] < 0), None
    )
    lower = ("iPro" if apart[0] < 0 else "xPro") if apart[0] else None
    return Expected(lower, equal_at, cheaper_from)


@st.composite
def pairs_of_rates(draw: st.DrawFn) -> tuple[Decimal, Decimal]:
    """Draw two prices, often close to one another, with up to 8 places."""
    places = draw(st.integers(0, 8))
    first = draw(st.integers(0, 10 ** draw(st.integers(0, 8))))
    apart = draw(st.integers(-first, 10 ** draw(st.integers(0, 6))))
    return Decimal(first).scaleb(-places), Decimal(first + apart).scaleb(-places)


@given(
    pairs_of_rates(),
    st.tuples(st.integers(0, 300), st.integers(0, 300)),
    st.sampled_from(["automated_sms", "local_number"]),
)
@settings(max_examples=1000)
def test_break_even_equals_search_of_every_quantity(
    rates: tuple[Decimal, Decimal], fixed: tuple[int, int], vary: str
) -> None:
    """Look-ups, at 0.01 supplied, set the plans apart by cents."""
    first, second = (
        varied(plan, vary, {vary: rate, "number_lookup": Decimal("0.01")}, number_lookup=rest)
        for plan, rate, rest in zip(("iPro", "xPro"), rates, fixed, strict=True)
    )
    assert answer_of(find_break_even(first, second, RANGE)) == searched(fixed, rates)


@given(pairs_of_rates(), st.integers(1, 10**6))
@settings(max_examples=300)
def test_quotes_around_break_even_prove_it(rates: tuple[Decimal, Decimal], apart: int) -> None:
    """The dearer plan's rest is `apart` cents above; no quote just before flips the order."""
    low, high = sorted(rates)
    first = varied("iPro", "automated_sms", {"automated_sms": high})
    second = varied(
        "xPro",
        "automated_sms",
        {"automated_sms": low, "number_lookup": Decimal("0.01")},
        number_lookup=apart,
    )
    answer = find_break_even(first, second)
    assume(answer.cheaper_from is not None)
    assert answer.cheaper_from is not None
    before, after = answer.proof
    assert before.totals[0] <= before.totals[1]
    assert after.totals[0] > after.totals[1]
    for quantity in range(max(0, answer.cheaper_from - 200), answer.cheaper_from):
        assert cents(high, quantity) <= apart + cents(low, quantity)
    for point in answer.points:
        quotes = (price_at(first, point.quantity), price_at(second, point.quantity))
        assert point.totals == tuple(quote.totals.monthly for quote in quotes)


@pytest.mark.parametrize(
    ("first", "second", "last", "crossing"),
    [
        # 6n and 4n part at once, where there is one to count
        ("0 6", "0 4", 10**9, Intersection(None, 0, None, 1)),
        ("0 6", "0 4", 1, Intersection(None, 0, None, 1)),
        ("0 6", "0 4", 0, Intersection(None, 0, None, None)),
        ("0 6", "0 6.00", 10**9, Intersection(None, 0, None, None)),
        # 0.002 x 3 = 0.006 = 0.01, and 0.001 x 3 = 0.003 = 0.00
        ("0 0.002", "0 0.001", 2, Intersection(None, 0, None, None)),
        ("0 0.002", "0 0.001", 3, Intersection(None, 0, None, 3)),
        ("0 0.001", "0 0.002", 10**9, Intersection(None, 0, None, 3)),
        # who is dearer at 0 is not equal there, whether it catches up or not
        ("400 6", "900 6", 10**9, Intersection(0, None, None, 0)),
        ("900 6", "400 6", 10**9, Intersection(1, None, None, 0)),
        ("400 4", "900 6", 10**9, Intersection(0, None, None, 0)),
        ("400 6", "900 4", 249, Intersection(0, None, None, 0)),
        ("400 6", "900 4", 250, Intersection(0, 250, None, 0)),
        ("900 4", "400 6", 251, Intersection(1, 250, 251, 0)),
    ],
)
def test_cost_lines_intersect(first: str, second: str, last: int, crossing: Intersection) -> None:
    one, two = (CostLine(*map(Decimal, course.split())) for course in (first, second))
    assert intersect(one, two, last) == crossing


@given(pairs_of_rates(), st.integers(-20, 20), st.integers(0, 200))
@settings(max_examples=300)
def test_intersection_equals_search_up_to_maximum(
    rates: tuple[Decimal, Decimal], lead: int, last: int
) -> None:
    fixed = (100, 100 + lead)
    one, two = (
        CostLine(Decimal(rest).scaleb(-2), rate) for rest, rate in zip(fixed, rates, strict=True)
    )
    apart = [fixed[0] + cents(rates[0], x) - fixed[1] - cents(rates[1], x) for x in range(last + 1)]
    crossing = intersect(one, two, last)
    assert crossing.equal_at == next((x for x, gap in enumerate(apart) if gap == 0), None)
    assert crossing.cheaper_from == next(
        (x for x, gap in enumerate(apart) if gap * apart[0] < 0), None
    )
    assert crossing.differ_at == next((x for x, gap in enumerate(apart) if gap != 0), None)


def test_intersection_of_a_million_quantities_is_found() -> None:
    """Prices 0.00000001 apart are less than a cent apart for a million quantities.

    x (0.12345679 - 0.12345678) reaches 50 cents at 50,000,000; rounding moves the
    answer. What it is, is told by the sums: see the search above.
    """
    crossing = intersect(
        CostLine(Decimal("1.00"), Decimal("0.12345678")),
        CostLine(Decimal("0.50"), Decimal("0.12345679")),
    )
    assert (crossing.equal_at, crossing.cheaper_from) == (49_006_143, 50_006_143)
    one, two = Decimal("0.12345678"), Decimal("0.12345679")
    for quantity, lead in ((49_006_142, 1), (49_006_143, 0), (50_006_142, 0), (50_006_143, -1)):
        assert 50 + cents(one, quantity) - cents(two, quantity) == lead


@given(st.integers(0, 200), st.integers(0, 500), st.integers(0, 500), st.integers(1, 300))
def test_sum_of_floors_equals_plain_sum(count: int, slope: int, offset: int, modulus: int) -> None:
    looked_at = sum((slope * x + offset) // modulus for x in range(count))
    assert sum_of_floors(count, slope, offset, modulus) == looked_at


REASONS = read_table(Path(__file__).with_name("break_even_reasons.txt"))


@pytest.mark.parametrize("row", REASONS, ids=[" ".join(row[:4]) for row in REASONS])
def test_reasons_explain_break_even(row: list[str]) -> None:
    vary, agents, rates, last, *reasons = row
    prices = [{}, {}] if rates == "-" else [{vary: Decimal(rate)} for rate in rates.split()]
    first, second = (
        varied(plan, vary, own, license=int(agents))
        for plan, own in zip(("iPro", "xPro"), prices, strict=True)
    )
    assert [*find_break_even(first, second, int(last)).reasons] == reasons

    # the other way round, the same is said of each plan
    assert [*find_break_even(second, first, int(last)).reasons][1:] == reasons[1:]
