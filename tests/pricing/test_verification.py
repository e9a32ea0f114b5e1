"""Verification: what is computed for an example, and which published prices none uses."""

from decimal import Decimal
from typing import Any

import pytest

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.examples import Contradiction, Example, Figure, Price, Stale, Uncovered
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.orders import Unfit
from aloware_cli.pricing.price import price
from aloware_cli.pricing.verify import figures_of, replay, stale_pages, verify

CATALOG = load_rates([], None)
CARD = CATALOG.cards["uPro"]
CITATION = CARD.rates["license", "monthly"].citation


def example(scenario: Scenario | None, **figures: str) -> Example:
    """Return an example that prints `figures`: names with two underlines for a dot."""
    printed = tuple(
        Figure(name.replace("__", "."), Decimal(value), line)
        for line, (name, value) in enumerate(figures.items(), start=5)
    )
    return Example("Acme", "acme.yaml", 1, CITATION, None, scenario, printed, None, None)


AGENTS = Scenario(plan="upro", agents=2)


def test_an_example_that_comes_out_tells_which_prices_it_used() -> None:
    scenario = Scenario(
        plan="UPRO", agents=2, sms=100, agent_sms=5, rate={"local_number": Decimal(1)}, numbers=1
    )
    # 2 x 70 + 1 x 1 + 100 x 0.015
    asked = example(scenario, totals__monthly="142.50")
    done = replay(asked, CATALOG)
    assert (done.example, done.verdict, done.message) == (asked, "pass", None)
    assert done.computed == ((asked.figures[0], Decimal("142.50")),)
    # neither what is included nor what was supplied is a published price
    assert done.used == frozenset(
        Price("uPro", CARD.charges[key], CARD.rates[key, "monthly"])
        for key in ("license", "automated_sms")
    )


@pytest.mark.parametrize(
    ("asked", "verdict", "message", "differences"),
    [
        (example(AGENTS, totals__monthly="140"), "pass", None, []),
        (example(AGENTS, totals__monthly="140.00"), "pass", None, []),
        (
            example(AGENTS, lines__license__monthly="140", totals__monthly="140.01"),
            "fail", None, [("totals.monthly", Decimal(140))],
        ),
        # a figure that the quote does not have
        (
            example(AGENTS, totals__monthly="140", lines__local_number__monthly="5"),
            "fail", None, [("lines.local_number.monthly", None)],
        ),
        (
            example(AGENTS, totals__monthly="140")._replace(
                contradiction=Contradiction("28 days", "31 days")
            ),
            "pass, source contradicts itself", None, [],
        ),
        (
            example(AGENTS, totals__monthly="141")._replace(
                contradiction=Contradiction("28 days", "31 days")
            ),
            "fail", None, [("totals.monthly", Decimal(140))],
        ),
        (example(None, totals__monthly="141"), "approximate", None, []),
        (
            example(Scenario(plan="gold", agents=2)),
            "error", "no plan 'gold'; plans: iPro, uPro, xPro", [],
        ),
        (
            example(Scenario(agents=2)),
            "error", "no plan ''; plans: iPro, uPro, xPro", [],
        ),
        (
            example(Scenario(plan="iPro", agents=2, sms=1, minutes=1)),
            "error",
            "no rate is published for Automated texts, Automated outbound minutes", [],
        ),
    ],
)  # fmt: skip
def test_an_example_has_a_verdict(
    asked: Example, verdict: str, message: str | None, differences: list[tuple[str, Decimal | None]]
) -> None:
    done = replay(asked, CATALOG)
    assert (done.verdict, done.message) == (verdict, message)
    assert [(found.figure.name, found.computed) for found in done.differences] == differences


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario(plan="uPro"), "nothing to price"),
        (Scenario(plan="uPro", agents=0), "nothing to price"),
        (Scenario(plan="uPro", add={"licence": 2}), "no charge 'licence'"),
    ],
)
def test_what_does_not_fit_the_cards_is_no_example(scenario: Scenario, said: str) -> None:
    with pytest.raises(Unfit, match=f"^{said}$"):
        replay(example(scenario), CATALOG)


def test_what_does_not_fit_hides_no_other_example() -> None:
    def unfit(file: str, **more: Any) -> Example:
        origins = {"": Location(file, 1, 1), "add.licence": Location(file, 4, 17)}
        return example(Scenario(plan="uPro", origins=origins, **more))

    good = example(AGENTS, totals__monthly="140")
    found = verify(
        [unfit("a.yaml"), good, unfit("b.yaml", add={"licence": 2, "x-ray": 1}), good], CATALOG
    )
    assert [done.verdict for done in found.replays] == ["pass", "pass"]
    assert [str(problem).partition("charges:")[0] for problem in found.unreadable] == [
        "a.yaml:1:1: scenario: nothing to price; give a quantity such as agents: 3",
        "b.yaml:4:17: scenario.add.licence: no charge 'licence'; did you mean license?",
        "b.yaml:1:1: scenario.add.x-ray: no charge 'x-ray'; ",
    ]
    assert (found.passed, found.failed, found.stale) == (2, 0, ())


def test_a_price_that_no_example_uses_is_named_once_with_its_plans() -> None:
    # all that uPro prices is used, but for numbers and for one fee
    left_out = {"local_number", "late_appeal"}
    billed = {
        key: 1
        for key in CARD.charges
        if CARD.rates[key, "monthly"].status == "billed" and key not in left_out
    }
    found = verify([example(Scenario(plan="uPro", add=billed))], CATALOG)

    def rate(plan: str, key: str) -> tuple[Any, Any]:
        return CATALOG.charges[key], CATALOG.cards[plan].rates[key, "monthly"]

    assert found.uncovered == (
        Uncovered(("iPro",), *rate("iPro", "license")),
        Uncovered(("iPro",), *rate("iPro", "local_number")),
        Uncovered(("iPro", "uPro", "xPro"), *rate("iPro", "late_appeal")),
        Uncovered(("uPro",), *rate("uPro", "local_number")),
        Uncovered(("xPro",), *rate("xPro", "license")),
        Uncovered(("xPro",), *rate("xPro", "local_number")),
        Uncovered(("xPro",), *rate("xPro", "automated_minutes")),
    )


def test_a_price_of_every_term_is_named_once_for_a_plan() -> None:
    """The same rate on each term of the license, which no example uses, is one price."""
    rates = {
        **CARD.rates,
        **{("license", term): CARD.rates["license", "monthly"] for term in ("quarterly", "annual")},
    }
    catalog = CATALOG._replace(cards={"uPro": CARD._replace(rates=rates)})
    found = verify([], catalog).uncovered
    assert [price.plans for price in found if price.charge.key == "license"] == [("uPro",)]


@pytest.mark.parametrize(
    ("today", "most_days", "days"),
    [
        # the pages were read on 2026-11-22
        ("2026-11-22", 0, None),
        ("2026-11-23", 0, 1),
        ("2026-11-23", 1, None),
        ("2027-11-22", 364, 365),
        ("2026-11-01", 0, None),
    ],
)
def test_a_page_is_stale_after_so_many_days(today: str, most_days: int, days: int | None) -> None:
    found = verify([example(AGENTS, totals__monthly="140")], CATALOG)
    expected = () if days is None else (Stale(CITATION.source, days),)
    assert stale_pages(found, today, most_days) == expected


def test_a_page_without_a_day_is_never_stale_and_the_others_are_sorted() -> None:
    pages = {
        "license": ("b", "2026-11-20"),
        "local_number": ("a", "2026-11-21"),
        "automated_sms": ("c", None),
    }
    rates = dict(CARD.rates)
    for key, (name, read_on) in pages.items():
        source = CITATION.source._replace(key=name, read_on=read_on)
        citation = CITATION._replace(source=source)
        rates[key, "monthly"] = rates[key, "monthly"]._replace(citation=citation)
    catalog = CATALOG._replace(cards={"uPro": CARD._replace(rates=rates)})
    asked = Scenario(plan="uPro", agents=1, numbers=1, sms=100)
    found = stale_pages(verify([example(asked)], catalog), "2026-11-23", 1)
    assert [(page.source.key, page.days) for page in found] == [("a", 2), ("b", 3)]


def test_every_figure_of_a_quote_has_its_name() -> None:
    own = {"local_number": supplied(Decimal(6), "--rate local_number=6")}
    order = Order(
        {"license": 3, "toll_free_number": 1, "local_number": 2, "late_appeal": 2},
        supplied=own,
        start="2026-12-23",
    )
    # what is not published has no figure, and what comes after it has
    assert {name: str(value) for name, value in figures_of(price(CARD, order)).items()} == {
        "lines.license.unit_price": "70.00",
        "lines.license.monthly": "210.00",
        "lines.license.quarterly": "630.00",
        "lines.license.annual": "2520.00",
        "lines.local_number.unit_price": "6",
        "lines.local_number.monthly": "12.00",
        "lines.local_number.quarterly": "36.00",
        "lines.local_number.annual": "144.00",
        "lines.late_appeal.unit_price": "40.00",
        "lines.late_appeal.amount": "80.00",
        # 210 + 12
        "totals.monthly": "222.00",
        "totals.quarterly": "666.00",
        "totals.annual": "2664.00",
        "totals.one_time": "80.00",
        # 70 x 9/31 = 20.322..., and 6 x 9/31 = 1.741...
        "first_invoice.lines.license.unit_price": "70.00",
        "first_invoice.lines.license.prorated_unit": "20.32",
        "first_invoice.lines.license.amount": "60.96",
        "first_invoice.lines.local_number.unit_price": "6",
        "first_invoice.lines.local_number.prorated_unit": "1.74",
        "first_invoice.lines.local_number.amount": "3.48",
        "first_invoice.total": "64.44",
        "first_invoice.next_invoice.amount": "222.00",
    }
