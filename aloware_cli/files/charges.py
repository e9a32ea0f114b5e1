"""Charges: what each one is, and the coverage rules that decide about it."""

from collections.abc import Mapping
from typing import cast

from aloware_cli.domain.charges import (
    ANY,
    CATEGORIES,
    DIRECTIONS,
    INITIATORS,
    LINES,
    MEDIA,
    Category,
    Charge,
    CoverageRule,
    Decision,
    Traffic,
    every_event,
    rules_for,
)
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.fields import Fields
from aloware_cli.files.sources import read_citation

DECISIONS = ("included", "charged")


def read_charges(file: Fields, sources: Mapping[str, Source]) -> dict[str, Charge]:
    """Return the charges in the order of the file, each with the coverage rule it falls under."""
    rules = _read_rules(file.fields("coverage"), sources)
    listed = file.fields("charges")
    charges = {key: _read_charge(key, listed, rules, sources) for key, _, _ in listed.each()}
    file.close()
    return charges


def _read_charge(
    key: str, listed: Fields, rules: list[CoverageRule], sources: Mapping[str, Source]
) -> Charge:
    fields = listed.fields(key)
    unit = fields.text("unit")
    traffic, rule, reason, citation = _read_grounds(fields, rules, sources)
    remark = fields.optional_text("remark")
    charge = Charge(
        key=key,
        label=fields.text("label"),
        unit=unit,
        units=fields.optional_text("units") or f"{unit}s",
        category=cast("Category", fields.choice("category", CATEGORIES)),
        one_time=fields.yes("one_time"),
        per_term=fields.yes("per_term"),
        pass_through=fields.yes("pass_through"),
        traffic=traffic,
        rule=rule,
        reason=f"{reason} {remark}" if remark else reason,
        caution=fields.optional_text("caution"),
        citation=citation,
    )
    fields.close()
    return charge


def _read_grounds(
    fields: Fields, rules: list[CoverageRule], sources: Mapping[str, Source]
) -> tuple[Traffic | None, CoverageRule | None, str, Citation]:
    """Return why a charge is billed: for traffic its coverage rule says so, else the charge."""
    if not fields.has("traffic"):
        return None, None, fields.text("reason"), read_citation(fields, sources)
    problems_before = len(fields.problems)
    traffic = _read_traffic(fields.fields("traffic"))
    sound = len(fields.problems) == problems_before
    deciding = rules_for(rules, traffic) if sound else []
    if len(deciding) > 1:
        names = ", ".join(rule.key for rule in deciding)
        fields.refuse("traffic", f"falls under several rules ({names})", "split the charge")
    if not deciding:  # the traffic or the coverage rules are at fault, and reported
        return traffic, None, "", Citation(Source("", "", None, None), "")
    return traffic, deciding[0], deciding[0].reason, deciding[0].citation


def _read_traffic(fields: Fields) -> Traffic:
    traffic = Traffic(
        medium=fields.choice("medium", MEDIA),
        initiator=fields.choice("initiator", (*INITIATORS, ANY)),
        direction=fields.choice("direction", (*DIRECTIONS, ANY)),
        line=fields.choice("line", LINES),
    )
    fields.close()
    return traffic


def _read_rules(listed: Fields, sources: Mapping[str, Source]) -> list[CoverageRule]:
    """Return the coverage rules; none where they are at fault, and so cannot judge."""
    problems_before = len(listed.problems)
    rules = [_read_rule(key, listed.fields(key), sources) for key, _, _ in listed.each()]
    if len(listed.problems) > problems_before or not listed.whole:
        return []
    for event in every_event():
        firing = [rule.key for rule in rules if rule.fires_for(event)]
        if len(firing) != 1:
            listed.refuse_whole(
                f"{len(firing) or 'no'} rules fire for {' x '.join(event)}"
                + (f" ({', '.join(firing)})" if firing else ""),
                "let exactly one rule fire for each initiator x direction x line",
            )
            return []
    return rules


def _read_rule(key: str, fields: Fields, sources: Mapping[str, Source]) -> CoverageRule:
    rule = CoverageRule(
        key=key,
        initiators=fields.choices("initiator", INITIATORS),
        directions=fields.choices("direction", DIRECTIONS),
        lines=fields.choices("line", LINES),
        decides=cast("Decision", fields.choice("decides", DECISIONS)),
        reason=fields.text("reason"),
        citation=read_citation(fields, sources),
    )
    fields.close()
    return rule
