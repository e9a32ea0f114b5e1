"""Proposals: plan groups priced on their own cards, and sums that add up."""

from decimal import Decimal
from typing import Any

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.problems import Location
from aloware_cli.domain.quotes import PlanGroup, Quote
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proposals import build_groups, propose
from aloware_cli.render.quotes import quote_sections
from aloware_cli.render.sections import Amount

CATALOG = catalog()
CARDS = CATALOG.cards
FILE = Location("acme.yaml", 3, 5)


def group(plan: str, name: str | None = None, **given: Any) -> Scenario:
    return Scenario(plan=plan, name=name, **given)


def proposal(*groups: Scenario, **shared: Any) -> Quote:
    scenario = Scenario(groups=groups, **shared)
    built = build_groups(scenario, CATALOG)
    priced = [PlanGroup(name, price(card, order)) for name, card, order in built]
    return propose(priced, scenario.credits)


def problems(*groups: Scenario, **shared: Any) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        build_groups(Scenario(groups=groups, **shared), CATALOG)
    return [str(problem) for problem in raised.value.problems]


def test_each_group_has_prices_of_its_plan() -> None:
    # 5 x 40.00 and 3 x 90.00 + 25,000 x 0.02 (source: billing-guide)
    found = proposal(group("ipro", agents=5), group("XPRO", agents=3, minutes=25_000))
    assert [(each.title, each.quote.totals.monthly) for each in found.groups] == [
        ("iPro", Decimal("200.00")),
        ("xPro", Decimal("770.00")),
    ]
    assert found.plan == "iPro and xPro"
    assert found.totals == (Decimal("970.00"), Decimal("2910.00"), Decimal("11640.00"))
    assert found.per_agent == Decimal("121.25")  # 970.00 / 8


@pytest.mark.parametrize(
    ("groups", "titles"),
    [
        ([("ipro", None), ("xpro", None)], ["iPro", "xPro"]),
        ([("ipro", "Support"), ("xpro", None)], ["Support: iPro", "xPro"]),
        ([("ipro", "iPro team"), ("xpro", "Sales")], ["iPro team", "Sales: xPro"]),
        ([("ipro", None), ("ipro", None)], ["iPro 1", "iPro 2"]),
        ([("ipro", None), ("xpro", None), ("ipro", None)], ["iPro 1", "xPro", "iPro 2"]),
        ([("ipro", "Support"), ("ipro", None)], ["Support: iPro", "iPro"]),
    ],
)
def test_groups_have_distinct_titles(
    groups: list[tuple[str, str | None]], titles: list[str]
) -> None:
    found = proposal(*(group(plan, name, agents=1) for plan, name in groups))
    assert [each.title for each in found.groups] == titles


def test_groups_share_what_they_do_not_give() -> None:
    found = proposal(
        group("ipro", agents=5),
        group("xpro", agents=3, discount={"license": Decimal(50)}, term="annual"),
        discount={"all": Decimal(10)},
        start="2026-12-23",
        prospect="Acme",
    )
    orders = [each.quote.order for each in found.groups]
    assert [order.discounts for order in orders] == [
        {"all": Decimal(10)},
        {"all": Decimal(10), "license": Decimal(50)},
    ]
    assert [order.term for order in orders] == ["monthly", "annual"]
    assert {order.start for order in orders} == {"2026-12-23"}
    assert {order.details for order in orders} == {Details(prospect="Acme")}


def test_due_now_is_the_sum() -> None:
    # 23 to 31 of December: 5 x round(40 x 9/31 = 11.61) and 3 x round(90 x 9/31 = 26.13).
    groups = (group("ipro", agents=5, brand="starter"), group("xpro", agents=3))
    found = proposal(*groups, start="2026-12-23")
    assert found.first_invoice is not None
    assert found.first_invoice.total == Decimal("58.05") + Decimal("78.39")
    assert found.due_now == Decimal("136.44") + found.one_time_total
    assert proposal(*groups, start="2026-12-23", credits=Decimal(500)).due_now == Decimal("636.44")


def test_due_now_needs_one_first_invoice_of_each_group() -> None:
    later = group("xpro", agents=3, start="2026-12-24")
    annual = group("xpro", agents=3, term="annual")
    for other in (later, annual):
        found = proposal(group("ipro", agents=5), other, start="2026-12-23")
        assert (found.first_invoice, found.due_now) == (None, None)
        assert found.groups[0].quote.first_invoice is not None


def test_credits_are_one_balance() -> None:
    # 10,000 x 0.02 and 5,000 x 0.02 a month: 100 x 30 / 300 = 10 days
    found = proposal(
        group("xpro", agents=1, minutes=10_000),
        group("xpro", agents=1, minutes=5_000),
        credits=Decimal(100),
    )
    assert found.credits is not None
    assert (found.credits.monthly_usage, found.credits.days) == (Decimal("300.00"), 10)
    assert [each.quote.credits for each in found.groups] == [None, None]


def test_notes_name_their_group() -> None:
    found = proposal(group("ipro", agents=5), group("xpro", agents=3, numbers=2, minutes=10))
    texts = [note.text for note in found.notes]
    assert "Each phone number is billed at the price of the plan of its group." in texts
    assert len(texts) == len({*texts})
    alone = proposal(group("ipro", agents=5), group("upro", agents=3, discount={"all": Decimal(5)}))
    texts = [note.text for note in alone.notes]
    assert "uPro: 5% discount applied to: Licenses." in texts
    assert "Each phone number is billed at the price of the plan of its group." not in texts


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            [group("ipro", agents=1), Scenario(agents=2)],
            ["plan group 2 has no plan; name the plan first: + xpro ...  [E-PLAN]"],
        ),
        (
            [group("ipro", agents=1), Scenario(agents=2, origins={"": FILE})],
            ["acme.yaml:3:5: plan group 2 has no plan; add plan: ipro, upro or xpro  [E-PLAN]"],
        ),
        (
            [group("ipro", agents=1), group("zpro", agents=2)],
            ['unknown plan "zpro"; did you mean xPro?  [E-PLAN]'],
        ),
        (
            [group("ipro", "Sales", agents=1), group("xpro", "sales", agents=2)],
            ['another plan group is named "sales"; give each group its own name  [E-DUPLICATE]'],
        ),
        (
            [group("ipro", "xPro", agents=1), group("xpro", agents=2)],
            ['another plan group is named "xPro"; give each group its own name  [E-DUPLICATE]'],
        ),
        (
            [group("ipro", agents=1), group("xpro")],
            ["nothing to price in plan group 2; add a quantity, for example: "],
        ),
        (
            [group("ipro", add={"fax": 1}), Scenario(agents=2)],
            [
                'add.fax: unknown charge "fax"; ',
                "plan group 2 has no plan; name the plan first: + xpro ...  [E-PLAN]",
            ],
        ),
    ],
)
def test_groups_reject_bad_input(groups: list[Scenario], expected: list[str]) -> None:
    found = problems(*groups)
    assert [line[: len(text)] for line, text in zip(found, expected, strict=True)] == expected


QUANTITIES = st.dictionaries(
    st.sampled_from(["license", "local_number", "automated_sms", "automated_minutes", "agent_sms"]),
    st.integers(0, 10**6),
)
ONCE = st.dictionaries(
    st.sampled_from(["brand_registration_standard", "campaign_activation"]), st.integers(0, 9)
)
ORDERS = st.builds(
    Order,
    quantities=st.builds(lambda one, two: {**one, **two}, QUANTITIES, ONCE),
    discounts=st.dictionaries(
        st.just("all"), st.decimals(0, 100, places=2, allow_nan=False), max_size=1
    ),
    start=st.sampled_from([None, "2026-12-23"]),
    carriers=st.sampled_from([None, {}, {"att": Decimal(100)}]),
    term=st.sampled_from(["monthly", "annual"]),
    min_agents=st.sampled_from([None, 5]),
)


@given(
    st.lists(st.tuples(st.sampled_from([*CARDS]), ORDERS), min_size=1, max_size=3),
    st.none() | st.decimals(0, 10**6, places=2),
)
def test_totals_of_proposal_are_sums_of_its_quotes(
    groups: list[tuple[str, Order]], credits: Decimal | None
) -> None:
    priced = [
        PlanGroup(f"{number} {plan}", price(CARDS[plan], order))
        for number, (plan, order) in enumerate(groups)
    ]
    whole = propose(priced, credits)
    quotes = [each.quote for each in priced]
    for name in ("totals", "savings"):
        columns = zip(*(getattr(quote, name) for quote in quotes), strict=True)
        assert getattr(whole, name) == tuple(map(sum, columns))
    assert whole.one_time_total == sum(quote.one_time_total for quote in quotes)
    assert whole.first_year == sum(quote.first_year for quote in quotes)
    assert whole.at_least == any(quote.at_least for quote in quotes)
    if whole.due_now is not None and credits is None:
        assert whole.due_now == sum(quote.due_now or 0 for quote in quotes)
    assert_sections_add_up(whole)


def assert_sections_add_up(whole: Quote) -> None:
    """Check that items add up to the sum of each group, and these to those of the proposal."""
    parts: dict[str, list[Any]] = {}
    for section in quote_sections(whole):
        parts.setdefault(section.part, []).append(section)
    for sections in parts.values():
        *groups, total = sections
        if not groups or total.group:
            continue
        if total.key == "carrier_fees":
            rows = [row for section in groups for row in section.rows]
            for row in total.rows:
                alike = [figures(each) for each in rows if each.label == row.label]
                assert figures(row) == [sum(column) for column in zip(*alike, strict=True)]
            continue
        for section in groups:
            *items, subtotal = section.rows
            columns = zip(*map(figures, items), strict=True) if items else [[Decimal(0)]]
            assert figures(subtotal) == [*map(sum, columns)]
        subtotals = [figures(section.rows[-1]) for section in groups]
        assert figures(total.rows[0]) == [sum(column) for column in zip(*subtotals, strict=True)]


def figures(row: Any) -> list[Decimal]:
    return [cell.value or Decimal(0) for cell in row.figures if isinstance(cell, Amount)]
