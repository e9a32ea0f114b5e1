"""The pricer: a row costs what its quote does, and is rejected where its quote is."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from card_files import catalog
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.batch.columns import PLAN, Layout, layout_of
from aloware_cli.batch.pricer import (
    MAX_CONTEXTS,
    Outcome,
    Request,
    RowPricer,
    Tally,
    outcome_of,
)
from aloware_cli.batch.results import RESULTS
from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.cards import Catalog, Model, Rate, Tier
from aloware_cli.domain.scenarios import OPTIONS, SHORT_NAMES, Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.orders import build_nonempty_order, find_card
from aloware_cli.pricing.price import price

CATALOG = catalog()
CHARGES = CATALOG.charges


def with_rates(allowance: int) -> Catalog:
    """Return the frozen cards with charge models on uPro, and an allowance of texts."""
    card = CATALOG.cards["uPro"]
    citation = card.rates["license", "monthly"].citation
    tiers = (Tier(3, Decimal("1.005")), Tier(None, Decimal("0.335")))
    models = {
        "license": Rate("published", None, citation, model=Model("graduated", tiers)),
        "local_number": Rate("published", None, citation, model=Model("package", tiers[1:], 4)),
        "automated_minutes": Rate("published", None, citation, model=Model("volume", tiers)),
        "toll_free_sms": Rate("published", None, citation, model=Model("flat", tiers[1:])),
        "automated_sms": Rate("published", Decimal("0.015"), citation, allowance=allowance),
    }
    rates = {**card.rates, **{(key, "monthly"): rate for key, rate in models.items()}}
    return CATALOG._replace(cards={**CATALOG.cards, "uPro": card._replace(rates=rates)})


CATALOGS = [CATALOG, with_rates(0), with_rates(2)]

quantities = st.sampled_from(["", "", "0", "1", "2", "3", "5", "1,234", "10k", "1000000000", "x"])
percents = st.sampled_from(["", "0", "10%", "12.35", "100", "101"])
prices = st.sampled_from(["", "0", "0.005", "0.0165", "60", "1e3"])
CELLS: dict[str, st.SearchStrategy[str]] = {
    **{key: quantities for key, option in OPTIONS.items() if option.rows == "column"},
    PLAN: st.sampled_from(["upro", "uPro", "IPRO", "xpro", "", "all", "upor"]),
    "term": st.sampled_from(["", "", "", "monthly", "Annual", "weekly"]),
    "brand": st.sampled_from(["", "", "standard", "Starter", "gold"]),
    "call_length": st.sampled_from(["", "45s", "2m30s", "x"]),
    "increment": st.sampled_from(["", "60", "6"]),
    **{key: quantities for key in CHARGES if key not in SHORT_NAMES.values()},
    **{f"rate.{key}": prices for key in ["sms", "upro:sms", "agents", "minutes", "foo"]},
    **{f"discount.{key}": percents for key in ["all", "license", "sms", "late_appeal"]},
}
del CELLS["rate"], CELLS["discount"]
#: Columns whose amounts may depend on each other.
COUPLED = [
    PLAN, "agents", "min_agents", "sms", "minutes", "numbers", "toll_free_sms", "discount.all",
    "calls", "call_length", "increment",
]  # fmt: skip


@st.composite
def tables(draw: Any) -> tuple[list[str], list[list[str]]]:
    """Draw columns, all of them at times, and a few rows, some of which share their settings."""
    columns = draw(st.sampled_from([[*CELLS], COUPLED]))
    names = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=7, unique=True))
    row = st.tuples(*(CELLS[name] for name in names)).map(list)
    return names, draw(st.lists(row, min_size=1, max_size=6))


def options_of(names: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Return the options of `aloware quote` that ask for the same as a row."""
    options: dict[str, Any] = {}
    entries: dict[str, list[str]] = defaultdict(list)
    for name, cell in zip(names, cells, strict=True):
        key, _, entry = name.partition(".")
        if not cell or name == PLAN:
            continue
        if entry or key not in OPTIONS:
            entries[key if entry else "add"].append(f"{entry or key}={cell}")
        else:
            options[key] = cell
    return {**options, **entries}


def quoted(
    names: Sequence[str], cells: Sequence[str], base: Scenario, plan: str, cards: Catalog
) -> Outcome | set[str]:
    """Return what quotes say of a row, or the codes of the problems that they are rejected for."""
    codes = set[str]()
    plan = dict(zip(names, cells, strict=True)).get(PLAN) or plan
    found = [*cards.cards.values()] if plan == "all" else [find_card(plan, cards)]
    codes |= {card.code for card in found if not hasattr(card, "rates")}
    try:
        scenario = read_options(options_of(names, cells)).merged_over(base)
        if codes:
            return codes
        quotes = [price(card, build_nonempty_order(scenario, card, cards)) for card in found]  # type: ignore[arg-type]
    except ValidationError as error:
        return codes | {problem.code for problem in error.problems}
    return outcome_of(quotes, bounds=scenario.allow_unpriced)


def said(result: str | Outcome) -> tuple[str, ...] | set[str]:
    """Return the status and the amounts of a result, or the codes of its problems."""
    if isinstance(result, str):
        status, month, quarter, year, once, _ = result.split(",")[-len(RESULTS) :]
        assert [Decimal(quarter), Decimal(year)] == [3 * Decimal(month), 12 * Decimal(month)]
        return status, month, once
    if result.problems:
        return {problem.code for problem in result.problems}
    if result.quote is None:
        return result.status, "", ""
    return result.status, f"{result.quote.totals.monthly}", f"{result.quote.one_time_total}"


BASES = [
    {},
    {"sms": "5", "add": ["number_lookup=7", "campaign_maintenance=2"]},
    {"agents": "2", "min_agents": "4", "discount": ["license=5%", "sms=20%"], "brand": "standard"},
    {"campaigns": "3", "rate": ["upro:sms=0.02", "minutes=0.0225"], "allow_unpriced": True},
]


def check(
    names: Sequence[str], rows: Sequence[list[str]], base: Scenario, plan: str, cards: Catalog
) -> None:
    """Check that rows have the results of their quotes, and that the tally counts them."""
    tally, layout = Tally(), layout_of(names, CHARGES, RESULTS)
    if not isinstance(layout, Layout):
        assert layout.code == "E-DUPLICATE"  # rate.sms beside rate.automated_sms
        return
    found = RowPricer(Request("in.csv", cards, base, plan), layout, tally)
    results = found.price([*zip(*rows, strict=True)], range(2, 2 + len(rows)))
    expected = [quoted(names, cells, base, plan, cards) for cells in rows]
    for cells, result, quote in zip(rows, results, expected, strict=True):
        assert said(result) == (said(quote) if isinstance(quote, Outcome) else quote), cells
    assert tally["ok"] + tally["unpriced"] + tally["error"] == len(rows)
    amounts = [each[1:] for each in map(said, results) if isinstance(each, tuple)]
    assert tally["monthly"] == sum(int(Decimal(month or 0) * 100) for month, _ in amounts)
    assert tally["one_time"] == sum(int(Decimal(once or 0) * 100) for _, once in amounts)


@given(
    tables(),
    st.sampled_from(BASES),
    st.sampled_from(["upro", "ipro", "all"]),
    st.sampled_from(range(len(CATALOGS))),
)
@settings(max_examples=1500)
def test_row_costs_what_its_quote_does(
    table: tuple[list[str], list[list[str]]], options: dict[str, Any], plan: str, which: int
) -> None:
    check(*table, read_options(options), plan, CATALOGS[which])


@pytest.mark.parametrize("which", range(len(CATALOGS)))
@pytest.mark.parametrize("options", BASES)
@pytest.mark.parametrize(
    "table",
    [
        # several columns that count the same charge, or fees that follow from others
        "minutes,calls,call_length,increment,rate.minutes|5,10,45s,60,1|5,,,,1|,10,45s,60,1",
        "campaigns,campaign_maintenance|2,5|2,|,5",
        "brand,campaigns,campaign_activation|standard,2,|standard,2,1|,2,1|standard,,1",
        "brand,campaign_maintenance,low_volume_campaigns|standard,2,3|starter,2,3|,2,3",
        "brand,brand_registration_standard|standard,|standard,1|,1",
        "agents,min_agents,numbers|3,5,1|5,3,1|,5,1|3,,1",
        "agents,sms,numbers|2,5,9|0,5,9|3,5,9|3,7,1",
    ],
)
def test_coupled_columns_cost_what_their_quote_does(
    table: str, options: dict[str, Any], which: int
) -> None:
    header, *rows = [line.split(",") for line in table.split("|")]
    check(header, rows, read_options(options), "upro", CATALOGS[which])


def pricer(names: str, plan: str = "uPro", cards: Catalog = CATALOG) -> RowPricer:
    layout = layout_of(names.split(","), CHARGES, RESULTS)
    assert isinstance(layout, Layout)
    return RowPricer(Request("in.csv", cards, Scenario(), plan), layout, Tally())


def test_row_among_rows_that_need_more_is_priced_from_memory() -> None:
    results = pricer("agents").price([["1", "x", "2", "3", "1e3"]], range(2, 7))
    # 70.00 each
    assert [result if isinstance(result, str) else result.status for result in results] == [
        "uPro,ok,70.00,210.00,840.00,0.00,",
        "error",
        "uPro,ok,140.00,420.00,1680.00,0.00,",
        "uPro,ok,210.00,630.00,2520.00,0.00,",
        "error",
    ]


@pytest.mark.parametrize(
    ("names", "cells", "plan", "cards"),
    [
        # nothing but zeros may be nothing to price
        ("agents", ["0"], "uPro", CATALOG),
        ("agent_minutes", ["5"], "uPro", CATALOG),
        ("sms", ["5"], "iPro", CATALOG),
        # the cell of the plan is replaced
        ("plan,agents", ["all", "5"], "", CATALOG),
        ("plan,agents", ["", "5"], "uPro", CATALOG),
        # licenses include texts
        ("agents,numbers", ["3", "10"], "uPro", CATALOGS[2]),
    ],
)
def test_row_needs_more_than_memory(
    names: str, cells: list[str], plan: str, cards: Catalog
) -> None:
    assert isinstance(pricer(names, plan, cards).price([[cell] for cell in cells], [2])[0], Outcome)


@pytest.mark.parametrize(
    ("names", "cells", "problem"),
    [
        ("Seats", "x", '7: Seats: "x" is not a whole number; use digits, such as'),
        ("number lookup", "x", '7: number lookup: "x" is not a whole number; use digits'),
        ("plan,agents", "upor,3", '7: plan: unknown plan "upor"; did you mean uPro?  [E-PLAN]'),
        ("agents,discount.foo", "3,10", '7: discount.foo: unknown charge "foo"; '),
        ("agents", "0", "7: nothing to price; add a quantity, for example: "),
    ],
)
def test_problem_names_its_column_and_line(names: str, cells: str, problem: str) -> None:
    outcome = pricer(names).price_row(cells.split(","), 7)
    assert [str(each).startswith(f"in.csv:{problem}") for each in outcome.problems] == [True]


def test_problem_of_a_row_with_an_option_names_the_option() -> None:
    layout = layout_of(["brand", "campaigns"], CHARGES, RESULTS)
    assert isinstance(layout, Layout)
    base = read_options({"add": ["campaign_activation=1"]})
    found = RowPricer(Request("in.csv", CATALOG, base, "uPro"), layout, Tally())
    [problem] = found.price_row(["standard", "2"], 3).problems
    assert str(problem).startswith("in.csv:3: --add campaign_activation=1: --brand standard")


def test_row_without_plan_is_rejected() -> None:
    [problem] = pricer("agents", plan="").price_row(["3"], 2).problems
    assert str(problem) == (
        "in.csv:2: plan: no plan given; name iPro or uPro or xPro, or use --plan  [E-PLAN]"
    )


def test_contexts_have_a_bound() -> None:
    found = pricer("agents,rate.license")
    rows = [["1", f"{number}.50"] for number in range(1, 3 * MAX_CONTEXTS)]
    for place, row in enumerate(rows, 2):
        assert str(found.price([[cell] for cell in row], [place])[0]).startswith(
            f"uPro,ok,{row[1]},"
        )
        assert len(found._contexts) <= MAX_CONTEXTS  # noqa: SLF001  the bound is the promise


@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(0, 3))
def test_cheapest_plan_is_that_of_the_comparison(rates: list[int], agents: int) -> None:
    names = [f"rate.{plan}:license" for plan in ("ipro", "upro", "xpro")]
    cells = [*map(str, rates), str(agents), "1"]
    [result] = pricer(",".join([*names, "agents", "numbers"]), "all").price(
        [[cell] for cell in cells], [2]
    )
    options = {
        "rate": [f"{plan}:license={n}" for plan, n in zip(CATALOG.cards, rates, strict=True)],
        "agents": str(agents),
        "numbers": "1",
    }
    scenario = read_options({**options, "rate": [each.lower() for each in options["rate"]]})
    compared = compare(
        [
            price(card, build_nonempty_order(scenario, card, CATALOG))
            for card in CATALOG.cards.values()
        ]
    )
    assert isinstance(result, str)
    assert result.split(",")[0] == compared.first[0].quote.plan
