"""Scenarios: what each key declares, and which level wins for the same charge."""

from decimal import Decimal

import pytest
from card_files import catalog

from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import (
    GROUPS,
    OPTIONS,
    SHORT_NAMES,
    SYNONYMS,
    Scenario,
    charge_key,
    entry_key,
)

TEN, TWENTY, FULL = Decimal(10), Decimal(20), Decimal(100)
S = Scenario


@pytest.mark.parametrize(
    ("higher", "lower", "merged"),
    [
        (S(agents=5), S(agents=3, numbers=2), S(agents=5, numbers=2)),
        # 0 is given; a switch that is off is not
        (S(agents=0), S(agents=3), S(agents=0)),
        (S(), S(carrier_fees=True), S(carrier_fees=True)),
        # the same charge under another key
        (S(agents=5), S(add={"license": 3, "late_appeal": 1}), S(agents=5, add={"late_appeal": 1})),
        (S(add={"license": 5}), S(agents=3), S(add={"license": 5})),
        (S(campaigns=3), S(add={"campaign_maintenance": 1}), S(campaigns=3)),
        (S(add={"campaign_maintenance": 1}), S(campaigns=3), S(add={"campaign_maintenance": 1})),
        (S(brand="standard"), S(add={"brand_registration_starter": 1}), S(brand="standard")),
        (S(add={"late_appeal": 2}), S(add={"late_appeal": 1}), S(add={"late_appeal": 2})),
        (S(add={"x": 2}), S(add={"y": 1}), S(add={"y": 1, "x": 2})),
        # a message counts as automated texts
        (S(message="m", recipients=4), S(sms=1), S(message="m", recipients=4)),
        (S(message="m", recipients=4), S(add={"automated_sms": 7}), S(message="m", recipients=4)),
        (S(message="m"), S(message="old", recipients=4), S(message="m", recipients=4)),
        (S(sms=100), S(message="m", recipients=4), S(sms=100)),
        (
            S(add={"automated_sms": 7}),
            S(message="m", recipients=4, sms=1),
            S(add={"automated_sms": 7}),
        ),
        # a price for all plans replaces one for a plan; a price for a plan, only that one
        (S(rate={"a": TEN}), S(rate={"p:a": TWENTY, "p:b": TEN}), S(rate={"p:b": TEN, "a": TEN})),
        (S(rate={"p:a": TEN}), S(rate={"a": TWENTY}), S(rate={"a": TWENTY, "p:a": TEN})),
        # a discount on everything replaces every discount
        (S(discount={"all": TEN}), S(discount={"a": TWENTY, "b": TEN}), S(discount={"all": TEN})),
        (
            S(discount={"a": TEN}),
            S(discount={"all": TWENTY, "a": TWENTY}),
            S(discount={"all": TWENTY, "a": TEN}),
        ),
        # a carrier mix is replaced as a whole
        (S(carrier={"att": FULL}), S(carrier={"x": TEN, "y": TEN}), S(carrier={"att": FULL})),
    ],
)
def test_higher_level_replaces_same_charge(
    higher: Scenario, lower: Scenario, merged: Scenario
) -> None:
    assert higher.merged_over(lower) == merged


def test_merge_keeps_origins_of_what_is_left() -> None:
    file, line = Location("a.yaml", 1, 1), Location("a.yaml", 2, 7)
    lower = Scenario(
        plan="uPro",
        agents=3,
        add={"local_number": 2},
        origins={"": file, "plan": line, "agents": line, "add.local_number": line},
    )
    higher = Scenario(
        numbers=4, add={"license": 5}, origins={"numbers": "--numbers 4", "add.license": "--add"}
    )

    assert higher.merged_over(lower).origins == {
        "": file,
        "plan": line,
        "numbers": "--numbers 4",
        "add.license": "--add",
    }


def test_plan_argument_replaces_plan_of_file() -> None:
    given = Scenario(plan="uPro", agents=3, origins={"plan": Location("a", 1, 7), "agents": "-a"})
    assert given.on("iPro") == given._replace(plan="iPro", origins={"plan": "PLAN", "agents": "-a"})
    assert given.on(None) == given


def test_given_yields_values_in_order_of_fields() -> None:
    scenario = Scenario(note="n", carrier_fees=True, sms=0, rates=("a",), rate={"x": TEN}, plan="p")
    assert list(scenario.given()) == [
        ("plan", "p"),
        ("sms", 0),
        ("rate", {"x": TEN}),
        ("carrier_fees", True),
        ("note", "n"),
        ("rates", ("a",)),
    ]
    assert list(Scenario().given()) == []


def test_only_keeps_keys_and_origins() -> None:
    scenario = Scenario(
        plan="uPro", agents=0, sms=5, origins={"": "a", "sms": "-s", "agents": "-a"}
    )
    kept = Scenario(plan="uPro", agents=0, origins={"": "a", "agents": "-a"})
    assert scenario.only({"agents", "plan", "term"}) == kept
    assert scenario.only(OPTIONS) == scenario


@pytest.mark.parametrize(
    ("key", "name", "entry"),
    [
        ("add", "Agents", "license"),
        ("add", "users", "license"),
        ("add", "Number-Lookup", "number_lookup"),
        ("discount", "ALL", "all"),
        ("discount", "plan", "license"),
        ("rate", "uPro:SMS", "upro:automated_sms"),
        ("rate", "texts", "automated_sms"),
        ("rate", "toll-free-sms", "toll_free_sms"),
        # names of carriers have hyphens of their own
        ("carrier", "T-Mobile", "t-mobile"),
        ("carrier", "Agents", "agents"),
    ],
)
def test_entry_has_one_key(key: str, name: str, entry: str) -> None:
    assert entry_key(key, name) == entry


def test_short_names_are_charges_of_every_card() -> None:
    for card in catalog().cards.values():
        charges = [charge for option in OPTIONS.values() for charge in option.charges]
        assert {*SHORT_NAMES.values(), *charges} <= card.charges.keys()
    assert [charge_key(name) for name in ("agents", "SEATS", "sms", "late-appeal")] == [
        "license", "license", "automated_sms", "late_appeal",
    ]  # fmt: skip


def test_declarations_are_complete() -> None:
    assert list(OPTIONS) == list(Scenario._fields[:-3])
    assert {option.group for option in OPTIONS.values()} == {*GROUPS}
    assert not SYNONYMS.keys() & OPTIONS.keys()
    for key, option in OPTIONS.items():
        assert option.help[0].isupper(), key
        assert not option.help.endswith("."), key
        assert option.part_of in {"", *OPTIONS}, key
        value = option.sample.rpartition("=")[2]
        assert option.read(value) is not None, key
