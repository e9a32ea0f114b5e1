"""Orders: a scenario validated against a rate card."""

from decimal import Decimal
from typing import Any

import pytest
from card_files import catalog

from aloware_cli.domain.cards import Rate, RateCard
from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.orders import build_nonempty_order, build_order, find_card

CATALOG = catalog()
CARD = CATALOG.cards["uPro"]
PRICE, PERCENT, BILLION = Decimal("0.02"), Decimal(10), 10**9
S, D = Scenario, Decimal


def problems_of(scenario: Scenario, **changes: Any) -> list[str]:
    """Return `path: code: message; hint` of each problem; the path is where no option is named."""
    with pytest.raises(ValidationError) as raised:
        build_order(scenario, CARD, CATALOG._replace(**changes))
    assert raised.value.exit_code == 2
    return [f"{p.location}: {p.code}: {p.message}; {p.hint}" for p in raised.value.problems]


def supplied_by(wording: str) -> Rate:
    source = Source("supplied", "Supplied on the command line", None, None)
    return Rate("supplied", PRICE, Citation(source, wording))


REGISTERED = {"brand_registration_standard": 1}
MAINTAINED = {"campaign_maintenance": 2}
LOW_VOLUME = {"low_volume_campaign_maintenance": 3}


@pytest.mark.parametrize(
    ("scenario", "order"),
    [
        (S(), Order({})),
        (S(agents=3, numbers=0), Order({"license": 3, "local_number": 0})),
        (S(add={"late_appeal": 1}), Order({"late_appeal": 1})),
        (S(term="annual", as_of="2027-01-01"), Order({}, term="annual", as_of="2027-01-01")),
        (S(start="2027-02-01", min_agents=5), Order({}, start="2027-02-01", min_agents=5)),
        (S(credits=D(500)), Order({}, credits=D(500))),
        (S(discount={"all": PERCENT}), Order({}, discounts={"all": PERCENT})),
        # a range over all carriers, or a mix, which adds their fees too
        (S(carrier_fees=True), Order({}, carriers={})),
        (S(carrier={"att": D(100)}), Order({}, carriers={"att": D(100)})),
        (S(carrier={"att": D("0.01"), "verizon": D("99.99")}),
         Order({}, carriers={"att": D("0.01"), "verizon": D("99.99")})),
        # campaigns are maintained each month; those of a standard brand are activated once
        (S(campaigns=2, low_volume_campaigns=3), Order({**MAINTAINED, **LOW_VOLUME})),
        (S(brand="starter", campaigns=2), Order({**MAINTAINED, "brand_registration_starter": 1})),
        (S(brand="standard"), Order(REGISTERED)),
        (S(brand="standard", campaigns=2, low_volume_campaigns=3),
         Order({**MAINTAINED, **LOW_VOLUME, **REGISTERED, "campaign_activation": 5})),
        # however the campaigns are given
        (S(brand="standard", add={"campaign_maintenance": 2}),
         Order({**REGISTERED, **MAINTAINED, "campaign_activation": 2})),
        (S(add={"campaign_activation": 2}), Order({"campaign_activation": 2})),
        (S(campaigns=BILLION, low_volume_campaigns=3),
         Order({"campaign_maintenance": BILLION, **LOW_VOLUME})),
        # a price for this plan beats one for all; a price for another plan is not used
        (S(rate={"automated_sms": PRICE, "xpro:license": PRICE}),
         Order({}, supplied={"automated_sms": supplied_by("rate.automated_sms")})),
        (S(rate={"upro:automated_sms": PRICE, "automated_sms": D(9)}),
         Order({}, supplied={"automated_sms": supplied_by("rate.upro:automated_sms")})),
        (S(rate={"automated_sms": PRICE}, origins={"rate.automated_sms": "--rate sms=2e-2"}),
         Order({}, supplied={"automated_sms": supplied_by("--rate sms=2e-2")})),
        (S(prospect="Acme", issued="2026-11-22", valid_days=30),
         Order({}, details=Details(prospect="Acme", issued="2026-11-22", valid_days=30))),
        (S(note="Net 30"), Order({}, details=Details(note="Net 30"))),
    ],
)  # fmt: skip
def test_order_has_what_scenario_gives(scenario: Scenario, order: Order) -> None:
    assert build_order(scenario, CARD, CATALOG) == order


def test_price_in_file_is_cited_with_its_line() -> None:
    location = Location("acme.yaml", 4, 9)
    scenario = Scenario(rate={"license": D(60)}, origins={"rate.license": location})
    source = Source("supplied", "Supplied in acme.yaml", None, None)
    citation = Citation(source, "line 4: rate.license: 60.00")
    assert build_order(scenario, CARD, CATALOG).supplied == {
        "license": Rate("supplied", D(60), citation)
    }


def test_supplied_price_keeps_allowance_of_card() -> None:
    on_card = CARD.rates["automated_sms", "monthly"]._replace(allowance=500)
    card = CARD._replace(rates={**CARD.rates, ("automated_sms", "monthly"): on_card})
    order = build_order(Scenario(rate={"automated_sms": PRICE}), card, CATALOG)
    assert order.supplied["automated_sms"].allowance == 500


LISTED = "use agents, numbers, sms or minutes; to list all: aloware rates show PLAN"
CARRIERS = "t-mobile, att, verizon, us-cellular, rogers"


IS_A_FEE = "is a pass-through fee and takes no discount"


@pytest.mark.parametrize(
    ("scenario", "said", "hint"),
    [
        (S(agents=3, add={"license": 5}),
         "add.license: E-DUPLICATE: license already has a quantity", "remove one"),
        (S(agents=0, add={"license": 5}),
         "add.license: E-DUPLICATE: license already has a quantity", "remove one"),
        (S(campaigns=2, add={"campaign_maintenance": 5}),
         "add.campaign_maintenance: E-DUPLICATE: campaign_maintenance already has a quantity",
         "remove one"),
        (S(brand="standard", campaigns=2, add={"campaign_activation": 1}),
         "add.campaign_activation: E-DUPLICATE: --brand standard already adds campaign_activation",
         "remove one of the two"),
        (S(add={"licence": 5}),
         'add.licence: E-CHARGE: unknown charge "licence"', "did you mean license?"),
        (S(rate={"upro:agnets": PRICE}),
         'rate.upro:agnets: E-CHARGE: unknown charge "agnets"', "did you mean agents?"),
        (S(rate={"x": PRICE}),
         'rate.x: E-CHARGE: unknown charge "x"', LISTED),
        (S(rate={"agent_sms": PRICE}),
         "rate.agent_sms: E-INCLUDED: the rule pledge includes agent_sms", "remove the price"),
        (S(rate={"upor:license": PRICE}),
         'rate.upor:license: E-PLAN: unknown plan "upor"', "did you mean uPro?"),
        (S(rate={"gold:license": PRICE}),
         'rate.gold:license: E-PLAN: unknown plan "gold"', "plans: iPro, uPro, xPro"),
        (S(discount={"al": PERCENT}),
         'discount.al: E-CHARGE: unknown charge "al"', "did you mean all?"),
        (S(discount={"all": PERCENT, "x": PERCENT}),
         'discount.x: E-CHARGE: unknown charge "x"', LISTED),
        (S(discount={"late_appeal": PERCENT}),
         f"discount.late_appeal: E-PASS-THROUGH: late_appeal {IS_A_FEE}",
         "remove the discount"),
        (S(brand="standard", campaigns=BILLION, low_volume_campaigns=1),
         "campaigns: E-QUANTITY: the maximum is 1,000,000,000 campaigns in all",
         "use fewer campaigns"),
        (S(carrier={"at": D(100)}),
         'carrier.at: E-CARRIER: unknown carrier "at"', "did you mean att?"),
        (S(carrier={"x": D(10)}),
         'carrier.x: E-CARRIER: unknown carrier "x"', f"carriers: {CARRIERS}"),
        (S(carrier={"att": D("99.99")}),
         "None: E-SHARES: shares total 99.99%, not 100%", "make the shares add up to 100%"),
        (S(carrier={"att": D(100), "verizon": D("0.01")}),
         "None: E-SHARES: shares total 100.01%, not 100%", "make the shares add up to 100%"),
        (S(valid_days=30),
         "valid_days: E-REQUIRES: requires an issue date",
         "add --issued today, or --issued 2026-12-01"),
    ],
)  # fmt: skip
def test_order_rejects_what_does_not_fit(scenario: Scenario, said: str, hint: str) -> None:
    assert problems_of(scenario) == [f"{said}; {hint}"]


def test_order_reports_all_problems() -> None:
    scenario = S(add={"licence": 5}, rate={"agent_sms": PRICE}, valid_days=30)
    codes = [problem.split(": ")[1] for problem in problems_of(scenario)]
    assert codes == ["E-CHARGE", "E-INCLUDED", "E-REQUIRES"]


def test_price_for_plan_that_starts_later_is_not_used() -> None:
    later = {"zPro": "2027-01-01 or later"}
    scenario = Scenario(rate={"zpro:license": PRICE})
    assert build_order(scenario, CARD, CATALOG._replace(not_in_force=later)).supplied == {}
    assert problems_of(Scenario(rate={"zpor:license": PRICE}), not_in_force=later) == [
        'rate.zpor:license: E-PLAN: unknown plan "zpor"; did you mean zPro?'
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("uPro", CARD),
        ("UPRO", CARD),
        ("zpro", "no zPro rate card is in force on 2026-12-01; use --as-of 2027-01-01 or later"),
        ("qpro", "no qPro rate card is in force on 2026-12-01; use --as-of 2026-10-31 or earlier"),
        ("upor", 'unknown plan "upor"; did you mean uPro?'),
        ("gold", 'unknown plan "gold"; plans: iPro, uPro, xPro'),
        ("", 'unknown plan ""; plans: iPro, uPro, xPro'),
    ],
)
def test_find_card_ignores_case_and_says_why_not(name: str, found: RateCard | str) -> None:
    days = {"qPro": "2026-10-31 or earlier", "zPro": "2027-01-01 or later"}
    card = find_card(name, CATALOG._replace(not_in_force=days, as_of="2026-12-01"))
    said = f"{card.message}; {card.hint}" if isinstance(card, Problem) else card
    assert said == found


@pytest.mark.parametrize(
    ("scenario", "is_empty"),
    [
        (S(), True),
        (S(agents=0, numbers=0), True),
        (S(agents=0, numbers=1), False),
        (S(min_agents=0), True),
        (S(min_agents=1), False),
    ],
)
def test_order_needs_a_quantity_or_a_minimum(scenario: Scenario, *, is_empty: bool) -> None:
    if not is_empty:
        assert build_nonempty_order(scenario, CARD, CATALOG) == build_order(scenario, CARD, CATALOG)
        return
    with pytest.raises(ValidationError) as raised:
        build_nonempty_order(scenario, CARD, CATALOG)
    assert [str(p) for p in raised.value.problems] == [
        "nothing to price; add a quantity, for example: --agents 3 --numbers 10  [E-EMPTY]"
    ]


@pytest.mark.parametrize(
    ("origins", "report", "exit_code"),
    [
        ({"add.x": "--add x=1", "": Location("a.yaml", 1, 1)},
         'error: --add x=1: unknown charge "x"  [E-CHARGE]', 2),
        ({"add.x": Location("a.yaml", 4, 9), "": Location("a.yaml", 1, 1)},
         'a.yaml:4:9: add.x: unknown charge "x"; use agents, ', 3),
        ({"": Location("a.yaml", 1, 1)}, 'a.yaml:1:1: add.x: unknown charge "x"; use agents, ', 3),
        ({}, 'error: add.x: unknown charge "x"  [E-CHARGE]', 2),
    ],
)  # fmt: skip
def test_problem_names_option_or_location(
    origins: dict[str, Any], report: str, exit_code: int
) -> None:
    with pytest.raises(ValidationError) as raised:
        build_order(Scenario(add={"x": 1}, origins=origins), CARD, CATALOG)
    assert raised.value.report().startswith(report)
    assert raised.value.exit_code == exit_code
