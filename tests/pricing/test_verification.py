"""Verification: what is computed for an example, and which published prices none uses."""

from decimal import Decimal
from typing import Any

import pytest
from card_files import catalog

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.checks import Contradiction, Example, Figure, Stale, Uncovered, UsedPrice
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.price import price
from aloware_cli.pricing.verify import (
    figures_of,
    figures_of_message,
    replay,
    sources_of_cards,
    sources_of_quote,
    stale_pages,
    verify,
)

CATALOG = catalog()
CARD = CATALOG.cards["uPro"]
CITATION = CARD.rates["license", "monthly"].citation


def example(scenario: Scenario | None, **figures: str) -> Example:
    """Return an example that prints `figures`: names with two underlines for a dot."""
    printed = tuple(
        Figure(name.replace("__", "."), Decimal(value), line)
        for line, (name, value) in enumerate(figures.items(), start=5)
    )
    return Example("Acme", "acme.yaml", 1, CITATION, None, scenario, None, printed, None, None)


AGENTS = Scenario(plan="upro", agents=2)


def test_passing_example_lists_used_prices() -> None:
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
        UsedPrice("uPro", CARD.charges[key], CARD.rates[key, "monthly"])
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
            "error", 'unknown plan "gold"; plans: iPro, uPro, xPro', [],
        ),
        (
            example(Scenario(agents=2)),
            "error", 'unknown plan ""; plans: iPro, uPro, xPro', [],
        ),
        (
            example(Scenario(plan="iPro", agents=2, sms=1, minutes=1)),
            "error",
            "no published price for Automated texts, Automated outbound minutes", [],
        ),
    ],
)  # fmt: skip
def test_example_has_verdict(
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
        (Scenario(plan="uPro", add={"licence": 2}), 'unknown charge "licence"'),
    ],
)
def test_replay_rejects_scenario_that_does_not_fit_the_cards(scenario: Scenario, said: str) -> None:
    with pytest.raises(ValidationError, match=f"^{said}$"):
        replay(example(scenario), CATALOG)


def test_invalid_scenario_is_reported_beside_other_examples() -> None:
    def unfit(file: str, **more: Any) -> Example:
        origins = {"": Location(file, 1, 1), "add.licence": Location(file, 4, 17)}
        return example(Scenario(plan="uPro", origins=origins, **more))

    good = example(AGENTS, totals__monthly="140")
    found = verify(
        [unfit("a.yaml"), good, unfit("b.yaml", add={"licence": 2, "x-ray": 1}), good], CATALOG
    )
    assert [done.verdict for done in found.replays] == ["pass", "pass"]
    assert [str(problem).partition("; ")[0] for problem in found.unreadable] == [
        "a.yaml:1:1: scenario: nothing to price",
        'b.yaml:1:1: scenario.add.x-ray: unknown charge "x-ray"',
        'b.yaml:4:17: scenario.add.licence: unknown charge "licence"',
    ]
    assert (found.passed, found.failed, found.stale) == (2, 0, ())


def test_uncovered_price_is_listed_once_with_its_plans() -> None:
    # all that uPro prices is used, but for numbers and for one fee
    left_out = {"local_number", "late_appeal"}
    billed = {
        key: 1
        for key in CARD.charges
        if CARD.rates[key, "monthly"].status == "published" and key not in left_out
    }
    found = verify([example(Scenario(plan="uPro", add=billed))], CATALOG)

    def rate(plan: str, key: str) -> tuple[Any, Any]:
        return CATALOG.charges[key], CATALOG.cards[plan].rates[key, "monthly"]

    assert tuple(price._replace(location=None) for price in found.uncovered) == (
        Uncovered(("iPro",), *rate("iPro", "license")),
        Uncovered(("iPro",), *rate("iPro", "local_number")),
        Uncovered(("iPro", "uPro", "xPro"), *rate("iPro", "late_appeal")),
        Uncovered(("uPro",), *rate("uPro", "local_number")),
        Uncovered(("xPro",), *rate("xPro", "license")),
        Uncovered(("xPro",), *rate("xPro", "local_number")),
        Uncovered(("xPro",), *rate("xPro", "automated_minutes")),
    )


def test_one_price_of_all_terms_is_listed_once() -> None:
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
def test_source_is_stale_after_maximum_age(today: str, most_days: int, days: int | None) -> None:
    expected = () if days is None else (Stale(CITATION.source, days),)
    assert stale_pages([CITATION.source] * 2, today, most_days) == expected


@pytest.mark.parametrize(
    ("dated", "days"),
    [
        # from the last day that the date may mean to 2026-11-23
        ("2022", 1423),
        ("October 2024", 753),
        ("2026-11-20", 3),
        # a page that states a later date than its reading is as old as its reading
        ("December 2026", 1),
    ],
)
def test_source_is_as_old_as_the_date_it_states(dated: str, days: int) -> None:
    source = CITATION.source._replace(dated=dated)
    assert stale_pages([source], "2026-11-23", 0) == (Stale(source, days),)


def test_every_price_of_the_cards_has_an_age() -> None:
    keys = {source.key for source in sources_of_cards(CATALOG)}
    assert keys == {"billing-guide", "number-lookup", "a2p-fees", "carrier-fees"}


def test_quote_has_the_age_of_what_it_uses() -> None:
    order = Order({"license": 1, "automated_sms": 1, "toll_free_sms": 1}, carriers={})
    keys = [source.key for source in sources_of_quote(price(CARD, order))]
    assert keys == ["billing-guide", "billing-guide", "carrier-fees"]


def test_stale_sources_are_sorted_and_have_a_date() -> None:
    pages = [("b", "2026-11-20"), ("a", "2026-11-21"), ("c", None)]
    sources = [CITATION.source._replace(key=name, read_on=read_on) for name, read_on in pages]
    found = stale_pages(sources, "2026-11-23", 1)
    assert [(page.source.key, page.days) for page in found] == [("a", 2), ("b", 3)]


def test_every_figure_of_a_message_has_a_name() -> None:
    assert figures_of_message("a" * 163) == {"segments": 2, "parts.1": 153, "parts.2": 10}


def test_message_example_passes_if_its_segments_are_counted_so() -> None:
    message = example(None, segments="2", parts__1="153")._replace(message="a" * 163)
    wrong = message._replace(message="a" * 160)
    assert replay(message, CATALOG).verdict == "pass"
    assert replay(wrong, CATALOG).verdict == "fail"


def test_every_figure_of_a_quote_has_a_name() -> None:
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
