"""Coverage rules: exactly one rule fires for each initiator x direction x line."""

import pytest
from card_files import card

from aloware_cli.domain.charges import Event, Traffic, every_event, rules_for

CARD = card("uPro")
RULES = {charge.rule.key: charge.rule for charge in CARD.charges.values() if charge.rule}


@pytest.mark.parametrize(
    ("initiator", "direction", "line", "rule", "decides"),
    [
        ("consumer", "inbound", "local", "pledge", "included"),
        ("consumer", "outbound", "local", "pledge", "included"),
        ("agent", "inbound", "local", "pledge", "included"),
        ("agent", "outbound", "local", "pledge", "included"),
        ("automation", "inbound", "local", "automation", "charged"),
        ("automation", "outbound", "local", "automation", "charged"),
        ("consumer", "inbound", "toll_free", "toll_free", "charged"),
        ("consumer", "outbound", "toll_free", "toll_free", "charged"),
        ("agent", "inbound", "toll_free", "toll_free", "charged"),
        ("agent", "outbound", "toll_free", "toll_free", "charged"),
        ("automation", "inbound", "toll_free", "toll_free", "charged"),
        ("automation", "outbound", "toll_free", "toll_free", "charged"),
    ],
)
def test_exactly_one_rule_fires_for_each_event(
    initiator: str, direction: str, line: str, rule: str, decides: str
) -> None:
    event = Event(initiator, direction, line)
    firing = [other for other in RULES.values() if other.applies_to(event)]
    assert [(other.key, other.decides) for other in firing] == [(rule, decides)]


def test_events_table_is_complete() -> None:
    assert len(list(every_event())) == 12


@pytest.mark.parametrize(
    ("traffic", "events"),
    [
        (Traffic("text", "agent", "inbound", "local"), ["agent inbound local"]),
        (
            Traffic("call", "any", "outbound", "toll_free"),
            [
                "consumer outbound toll_free",
                "agent outbound toll_free",
                "automation outbound toll_free",
            ],
        ),
        (
            Traffic("call", "agent", "any", "local"),
            ["agent inbound local", "agent outbound local"],
        ),
        (
            Traffic("text", "any", "any", "local"),
            [
                "consumer inbound local",
                "consumer outbound local",
                "agent inbound local",
                "agent outbound local",
                "automation inbound local",
                "automation outbound local",
            ],
        ),
    ],
)
def test_any_matches_every_value(traffic: Traffic, events: list[str]) -> None:
    assert [" ".join(event) for event in traffic.events()] == events


def test_rules_for_keeps_order_of_rules() -> None:
    texts = Traffic("text", "any", "outbound", "local")
    agents = texts._replace(initiator="agent")
    rules = [RULES["toll_free"], RULES["pledge"], RULES["automation"]]
    assert rules_for(rules, texts) == rules[1:]
    assert rules_for(rules[::-1], texts) == [RULES["automation"], RULES["pledge"]]
    assert rules_for(rules, agents) == [RULES["pledge"]]
    assert rules_for([], agents) == []


@pytest.mark.parametrize(
    ("charge", "traffic", "decides"),
    [
        ("automated_sms", "automation x outbound x local", "charged"),
        ("automated_minutes", "automation x outbound x local", "charged"),
        ("two_legged_minutes", "automation x outbound x local", "charged"),
        ("agent_minutes", "agent x outbound x local", "included"),
        ("agent_sms", "agent x outbound x local", "included"),
        ("inbound_minutes", "consumer x inbound x local", "included"),
        ("inbound_sms", "consumer x inbound x local", "included"),
        ("toll_free_minutes", "any x any x toll_free", "charged"),
        ("toll_free_sms", "any x any x toll_free", "charged"),
    ],
)
def test_charge_has_traffic_and_decision_of_its_rule(
    charge: str, traffic: str, decides: str
) -> None:
    found = CARD.charges[charge]
    assert found.rule is not None
    assert (str(found.traffic), found.rule.decides) == (traffic, decides)
