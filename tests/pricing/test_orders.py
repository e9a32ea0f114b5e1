"""Orders: what of a scenario fits the cards, and all that is said of what does not."""

from decimal import Decimal
from typing import Any

import pytest

from aloware_cli.domain.cards import Rate, RateCard
from aloware_cli.domain.customer import Details
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import Origin, Scenario
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.orders import (
    NOTHING,
    Objection,
    Unfit,
    asks_for_nothing,
    find_card,
    validate_order,
)

CATALOG = load_rates([], None)
CARD = CATALOG.cards["uPro"]
PRICE, PERCENT, BILLION = Decimal("0.02"), Decimal(10), 10**9


def objections_to(scenario: Scenario, **catalog: Any) -> list[Objection]:
    with pytest.raises(Unfit) as raised:
        validate_order(scenario, CARD, CATALOG._replace(**catalog))
    assert raised.value.scenario == scenario
    return list(raised.value.objections)


def supplied_by(wording: str) -> Rate:
    source = Source("supplied", "Supplied on the command line", None, None)
    return Rate("supplied", PRICE, Citation(source, wording))


@pytest.mark.parametrize(
    ("scenario", "order"),
    [
        (Scenario(), Order({})),
        (
            Scenario(agents=3, numbers=0, toll_free_sms=7, add={"late_appeal": 1}),
            Order({"license": 3, "local_number": 0, "toll_free_sms": 7, "late_appeal": 1}),
        ),
        (
            Scenario(term="annual", as_of="2027-01-01", start="2027-02-01", min_agents=5),
            Order({}, term="annual", as_of="2027-01-01", start="2027-02-01", min_agents=5),
        ),
        (Scenario(credits=Decimal(500)), Order({}, credits=Decimal(500))),
        (
            Scenario(discount={"all": PERCENT, "license": PERCENT}),
            Order({}, discounts={"all": PERCENT, "license": PERCENT}),
        ),
        # a band over all carriers, or a mix, which asks for their fees too
        (Scenario(carrier_fees=True), Order({}, carriers={})),
        (Scenario(carrier={"att": Decimal(100)}), Order({}, carriers={"att": Decimal(100)})),
        (
            Scenario(carrier={"att": Decimal("33.33"), "verizon": Decimal("66.67")}),
            Order({}, carriers={"att": Decimal("33.33"), "verizon": Decimal("66.67")}),
        ),
        # each campaign is maintained by the month; a standard brand's are activated once
        (
            Scenario(campaigns=2, low_volume_campaigns=3),
            Order({"campaign_maintenance": 2, "low_volume_campaign_maintenance": 3}),
        ),
        (
            Scenario(brand="starter", campaigns=2),
            Order({"campaign_maintenance": 2, "brand_registration_starter": 1}),
        ),
        (
            Scenario(brand="standard", campaigns=2, low_volume_campaigns=3),
            Order(
                {
                    "campaign_maintenance": 2,
                    "low_volume_campaign_maintenance": 3,
                    "brand_registration_standard": 1,
                    "campaign_activation": 5,
                }
            ),
        ),
        (Scenario(brand="standard"), Order({"brand_registration_standard": 1})),
        (
            Scenario(campaigns=BILLION - 1, low_volume_campaigns=1),
            Order({"campaign_maintenance": BILLION - 1, "low_volume_campaign_maintenance": 1}),
        ),
        # a price for this plan beats one for all, whichever comes first; one for another is idle
        (
            Scenario(rate={"automated_sms": PRICE, "xpro:license": PRICE}),
            Order({}, supplied={"automated_sms": supplied_by("rate.automated_sms")}),
        ),
        (
            Scenario(rate={"upro:automated_sms": PRICE, "automated_sms": Decimal(9)}),
            Order({}, supplied={"automated_sms": supplied_by("rate.upro:automated_sms")}),
        ),
        (
            Scenario(
                rate={"automated_sms": PRICE}, origins={"rate.automated_sms": "--rate sms=2e-2"}
            ),
            Order({}, supplied={"automated_sms": supplied_by("--rate sms=2e-2")}),
        ),
        (
            Scenario(prospect="Acme", issued="2026-11-22", valid_days=30),
            Order({}, details=Details(prospect="Acme", issued="2026-11-22", valid_days=30)),
        ),
        (Scenario(note="Net 30"), Order({}, details=Details(note="Net 30"))),
    ],
)
def test_what_fits_is_ordered(scenario: Scenario, order: Order) -> None:
    assert validate_order(scenario, CARD, CATALOG) == order


def test_a_price_in_a_file_is_cited_with_its_line() -> None:
    place = Location("acme.yaml", 4, 9)
    scenario = Scenario(rate={"license": Decimal(60)}, origins={"rate.license": place})
    source = Source("supplied", "Supplied in acme.yaml", None, None)
    assert validate_order(scenario, CARD, CATALOG).supplied == {
        "license": Rate("supplied", Decimal(60), Citation(source, "line 4: rate.license: 60.00"))
    }


CHARGES = ", ".join(CARD.charges)
SHORT = "agents, numbers, sms, minutes, toll_free_numbers"  # the others are keys of charges too


@pytest.mark.parametrize(
    ("scenario", "objections"),
    [
        (
            Scenario(agents=3, add={"license": 5}),
            [("add.license", "the quantity of license is given twice", "keep one of them")],
        ),
        # 0 is given too
        (
            Scenario(agents=0, add={"license": 5}),
            [("add.license", "the quantity of license is given twice", "keep one of them")],
        ),
        (
            Scenario(campaigns=2, add={"campaign_maintenance": 5}),
            [(
                "add.campaign_maintenance",
                "the quantity of campaign_maintenance is given twice",
                "keep one of them",
            )],
        ),
        (
            Scenario(add={"licence": 5}),
            [("add.licence", "no charge 'licence'", "did you mean license?")],
        ),
        (
            Scenario(rate={"upro:agnets": PRICE}),
            [("rate.upro:agnets", "no charge 'agnets'", "did you mean agents?")],
        ),
        (
            Scenario(rate={"agent_sms": PRICE}),
            [("rate.agent_sms", "agent_sms is included by the rule pledge", "leave it out")],
        ),
        (
            Scenario(rate={"upor:license": PRICE}),
            [("rate.upor:license", "no plan 'upor'", "did you mean uPro?")],
        ),
        (
            Scenario(rate={"gold:license": PRICE}),
            [("rate.gold:license", "no plan 'gold'", "plans: iPro, uPro, xPro")],
        ),
        (
            Scenario(discount={"al": PERCENT}),
            [("discount.al", "no charge 'al'", "did you mean all?")],
        ),
        (
            Scenario(discount={"late_appeal": PERCENT}),
            [(
                "discount.late_appeal",
                "late_appeal is passed on, so it takes no discount",
                "leave it out",
            )],
        ),
        # what comes after `all` is looked at as well
        (
            Scenario(discount={"all": PERCENT, "x": PERCENT}),
            [("discount.x", "no charge 'x'", f"charges: {CHARGES}, {SHORT}, all")],
        ),
        (
            Scenario(rate={"x": PRICE}),
            [("rate.x", "no charge 'x'", f"charges: {CHARGES}, {SHORT}")],
        ),
        (
            Scenario(campaigns=BILLION, low_volume_campaigns=1),
            [(
                "low_volume_campaigns",
                "there are more than 1,000,000,000 campaigns in all",
                "give fewer",
            )],
        ),
        (
            Scenario(carrier={"at": Decimal(50), "x": Decimal(10)}),
            [
                ("carrier.at", "no carrier 'at'", "did you mean att?"),
                (
                    "carrier.x",
                    "no carrier 'x'",
                    "carriers: t-mobile, att, verizon, us-cellular, rogers",
                ),
            ],
        ),
        (
            Scenario(carrier={"att": Decimal("99.99")}),
            [("carrier", "the shares add up to 99.99%, not to 100%", "mend the shares")],
        ),
        (
            Scenario(carrier={"att": Decimal(100), "verizon": Decimal("0.01")}),
            [("carrier", "the shares add up to 100.01%, not to 100%", "mend the shares")],
        ),
        (
            Scenario(valid_days=30),
            [(
                "valid_days",
                "the days count from the day of the quote, which is not given",
                "give --issued, or issued in a file, such as 2026-11-22",
            )],
        ),
        # all of it is said at once
        (
            Scenario(add={"licence": 5}, rate={"agent_sms": PRICE}, valid_days=30),
            [
                ("add.licence", "no charge 'licence'", "did you mean license?"),
                ("rate.agent_sms", "agent_sms is included by the rule pledge", "leave it out"),
                (
                    "valid_days",
                    "the days count from the day of the quote, which is not given",
                    "give --issued, or issued in a file, such as 2026-11-22",
                ),
            ],
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(
    scenario: Scenario, objections: list[tuple[str, str, str]]
) -> None:
    assert objections_to(scenario) == objections


def test_a_price_for_a_plan_whose_card_is_not_in_force_yet_is_no_mistake() -> None:
    catalog = CATALOG._replace(not_yet={"zPro": "2027-01-01"})
    scenario = Scenario(rate={"zpro:license": PRICE})
    assert validate_order(scenario, CARD, catalog).supplied == {}
    assert objections_to(Scenario(rate={"zpor:license": PRICE}), not_yet=catalog.not_yet) == [
        ("rate.zpor:license", "no plan 'zpor'", "did you mean zPro?")
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("uPro", CARD),
        ("UPRO", CARD),
        (
            "zpro",
            ("plan", "no zPro card is in force on that day", "the first holds from 2027-01-01"),
        ),
        ("upor", ("plan", "no plan 'upor'", "did you mean uPro?")),
        ("gold", ("plan", "no plan 'gold'", "plans: iPro, uPro, xPro")),
        ("", ("plan", "no plan ''", "plans: iPro, uPro, xPro")),
    ],
)
def test_a_card_is_found_by_the_name_of_its_plan(name: str, found: RateCard | Objection) -> None:
    not_yet = {"qPro": "2028-01-01", "zPro": "2027-01-01"}
    assert find_card(name, CATALOG._replace(not_yet=not_yet)) == found


@pytest.mark.parametrize(
    ("order", "nothing"),
    [
        (Order({}), True),
        (Order({"license": 0, "local_number": 0}), True),
        (Order({"license": 0, "local_number": 1}), False),
        (Order({}, min_agents=0), True),
        (Order({}, min_agents=1), False),
        (Order({"license": 1}, min_agents=5), False),
    ],
)
def test_a_minimum_alone_is_something_to_price(order: Order, *, nothing: bool) -> None:
    assert asks_for_nothing(order) == nothing


def test_faults_are_told_at_the_closest_place_of_the_file() -> None:
    file, entry = Location("acme.yaml", 1, 1), Location("acme.yaml", 4, 9)
    objections = (
        Objection("rate.x", "no charge 'x'", "leave it out"),
        Objection("add.y", "no charge 'y'", "leave it out"),
        Objection("brand", "no brand", "leave it out"),
        NOTHING,
    )
    origins: dict[str, Origin] = {"": file, "rate.x": entry, "brand": "--brand"}
    error = Unfit(Scenario(origins=origins), *objections)

    assert str(error) == "no charge 'x'; no charge 'y'; no brand; nothing to price"
    # what was typed as a flag stands in no file
    assert [str(problem) for problem in error.problems()] == [
        "acme.yaml:4:9: rate.x: no charge 'x'; leave it out",
        "acme.yaml:1:1: add.y: no charge 'y'; leave it out",
        "acme.yaml:1:1: nothing to price; give a quantity such as agents: 3",
    ]
    assert [str(problem) for problem in error.problems("scenario")] == [
        "acme.yaml:4:9: scenario.rate.x: no charge 'x'; leave it out",
        "acme.yaml:1:1: scenario.add.y: no charge 'y'; leave it out",
        "acme.yaml:1:1: scenario: nothing to price; give a quantity such as agents: 3",
    ]
    assert list(Unfit(Scenario(), *objections).problems()) == []
