"""Scenarios laid over one another: what is given on top replaces what it says again."""

from decimal import Decimal

import pytest

from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import KEYS, Scenario, entry_key

TEN, TWENTY = Decimal(10), Decimal(20)


@pytest.mark.parametrize(
    ("over", "under", "both"),
    [
        (Scenario(agents=5), Scenario(agents=3, numbers=2), Scenario(agents=5, numbers=2)),
        # 0 is given; a switch that is off is not
        (Scenario(agents=0), Scenario(agents=3), Scenario(agents=0)),
        (Scenario(), Scenario(carrier_fees=True), Scenario(carrier_fees=True)),
        # a charge by its short name and by its key is the same charge
        (
            Scenario(agents=5),
            Scenario(add={"license": 3, "late_appeal": 1}),
            Scenario(agents=5, add={"late_appeal": 1}),
        ),
        (Scenario(add={"license": 5}), Scenario(agents=3), Scenario(add={"license": 5})),
        (
            Scenario(add={"late_appeal": 2}),
            Scenario(add={"late_appeal": 1, "number_lookup": 9}),
            Scenario(add={"late_appeal": 2, "number_lookup": 9}),
        ),
        # a message is counted as the automated texts
        (
            Scenario(message="m.txt", recipients=4),
            Scenario(sms=100, add={"automated_sms": 7}),
            Scenario(message="m.txt", recipients=4),
        ),
        (Scenario(sms=100), Scenario(message="m.txt", recipients=4), Scenario(sms=100)),
        (
            Scenario(add={"automated_sms": 7}),
            Scenario(message="m.txt", recipients=4, sms=1),
            Scenario(add={"automated_sms": 7}),
        ),
        # whatever replaces the message replaces what else it says again
        (
            Scenario(sms=100, add={"license": 5}),
            Scenario(agents=3, message="m.txt", recipients=4),
            Scenario(sms=100, add={"license": 5}),
        ),
        # a price for all plans replaces one for a plan; a price for a plan, only that one
        (
            Scenario(rate={"license": TEN}),
            Scenario(rate={"upro:license": TWENTY, "upro:local_number": TWENTY}),
            Scenario(rate={"license": TEN, "upro:local_number": TWENTY}),
        ),
        (
            Scenario(rate={"upro:license": TEN}),
            Scenario(rate={"license": TWENTY}),
            Scenario(rate={"upro:license": TEN, "license": TWENTY}),
        ),
        (
            Scenario(discount={"license": TEN}),
            Scenario(discount={"all": TWENTY, "license": TWENTY}),
            Scenario(discount={"all": TWENTY, "license": TEN}),
        ),
        # a mix of carriers is replaced as a whole
        (
            Scenario(carrier={"att": Decimal(100)}),
            Scenario(carrier={"verizon": Decimal(60), "rogers": Decimal(40)}),
            Scenario(carrier={"att": Decimal(100)}),
        ),
    ],
)
def test_what_is_given_on_top_wins(over: Scenario, under: Scenario, both: Scenario) -> None:
    assert over.merged_over(under) == both


def test_places_stay_with_what_is_left() -> None:
    file, plan = Location("a.yaml", 1, 1), Location("a.yaml", 2, 7)
    under = Scenario(
        plan="uPro",
        agents=3,
        add={"local_number": 2},
        origins={
            "": file,
            "plan": plan,
            "agents": Location("a.yaml", 3, 9),
            "add.local_number": plan,
        },
    )
    over = Scenario(
        numbers=4, add={"license": 5}, origins={"numbers": "-n", "add.license": "--add"}
    )

    assert over.merged_over(under).origins == {
        "": file,
        "plan": plan,
        "numbers": "-n",
        "add.license": "--add",
    }


def test_a_plan_on_the_command_line_comes_from_there() -> None:
    given = Scenario(
        plan="uPro", agents=3, origins={"plan": Location("a.yaml", 1, 7), "agents": "-a"}
    )
    assert given.on("iPro") == given._replace(plan="iPro", origins={"plan": "PLAN", "agents": "-a"})
    assert given.on(None) == given


def test_what_is_given_stands_in_the_order_of_the_flags() -> None:
    scenario = Scenario(
        note="n", carrier_fees=True, sms=0, rates=("a.yaml",), rate={"license": TEN}, plan="uPro"
    )
    assert list(scenario.given()) == [
        ("plan", "uPro"),
        ("sms", 0),
        ("rate", {"license": TEN}),
        ("rates", ("a.yaml",)),
        ("carrier_fees", True),
        ("note", "n"),
    ]
    assert list(Scenario().given()) == []


def test_only_some_keys_are_kept_with_all_places() -> None:
    scenario = Scenario(plan="uPro", agents=0, sms=5, origins={"sms": "-s"})
    assert scenario.only({"agents", "plan", "term"}) == Scenario(
        plan="uPro", agents=0, origins={"sms": "-s"}
    )
    assert scenario.only(KEYS) == scenario


@pytest.mark.parametrize(
    ("key", "name", "entry"),
    [
        ("add", "Agents", "license"),
        ("add", "Number-Lookup", "number_lookup"),
        ("discount", "ALL", "all"),
        ("rate", "uPro:SMS", "upro:automated_sms"),
        ("rate", "toll-free-sms", "toll_free_sms"),
        # the names of carriers have hyphens of their own
        ("carrier", "T-Mobile", "t-mobile"),
        ("carrier", "Agents", "agents"),
    ],
)
def test_an_entry_goes_by_one_key(key: str, name: str, entry: str) -> None:
    assert entry_key(key, name) == entry
