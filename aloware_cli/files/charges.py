"""Charges: what each one is, the coverage rules that decide about it, and contract terms."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final, cast

from aloware_cli.domain.charges import (
    ANY,
    CATEGORIES,
    COMMITMENT,
    DIRECTIONS,
    INITIATORS,
    LINES,
    MEDIA,
    Category,
    Charge,
    ContractTerm,
    CoverageRule,
    Decision,
    Traffic,
    every_event,
    rules_for,
)
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.fields import Fields, checked
from aloware_cli.files.sources import read_citation

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import NoteKind

DECISIONS: Final = ("included", "charged")
#: The kinds of note that a contract term may be on a quote.
TERM_KINDS: Final[tuple["NoteKind", ...]] = ("term", "exclusion", "assumption", "caution")


def read_charges(file: Fields, sources: Mapping[str, Source]) -> dict[str, Charge]:
    """Return the charges in the order of the file, each with its coverage rule."""
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
        category=cast("Category", fields.choice("category", CATEGORIES[:2])),
        one_time=fields.flag("one_time"),
        per_term=fields.flag("per_term"),
        pass_through=fields.flag("pass_through"),
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
    """Return why a charge is billed: the coverage rule of its traffic, or the charge's reason."""
    if not fields.has("traffic"):
        return None, None, fields.text("reason"), read_citation(fields, sources)
    with checked(fields.problems) as check:
        traffic = _read_traffic(fields.fields("traffic"))
    deciding = rules_for(rules, traffic) if check.passed else []
    if len(deciding) > 1:
        names = ", ".join(rule.key for rule in deciding)
        fields.reject("traffic", "E-COVERAGE", f"matches several rules ({names})", "split it")
    if not deciding:  # the traffic or the coverage rules have a problem, which is reported
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
    """Return the coverage rules; an empty list if they have a problem, so cannot decide."""
    with checked(listed.problems) as check:
        rules = [_read_rule(key, listed.fields(key), sources) for key, _, _ in listed.each()]
    if not check.passed or not listed.is_mapping:
        return []
    for event in every_event():
        matching = [rule.key for rule in rules if rule.fires_for(event)]
        if len(matching) != 1:
            found = f"{len(matching)} rules match" if matching else "no rule matches"
            names = f" ({', '.join(matching)})" if matching else ""
            listed.reject_all(
                "E-COVERAGE",
                f"{found} {' x '.join(event)}{names}",
                "write exactly one rule for each initiator x direction x line",
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


def read_terms(
    file: Fields,
    charges: Mapping[str, Charge],
    plans: Collection[str],
    sources: Mapping[str, Source],
) -> tuple[ContractTerm, ...]:
    """Return the terms in the order of the file; each may name only `charges` and `plans`."""
    listed = file.fields("terms")
    terms = tuple(
        _read_term(key, listed.fields(key), charges, plans, sources) for key, _, _ in listed.each()
    )
    file.close()
    return terms


def _read_term(
    key: str,
    fields: Fields,
    charges: Mapping[str, Charge],
    plans: Collection[str],
    sources: Mapping[str, Source],
) -> ContractTerm:
    costs = _read_some(fields, "costs", charges)
    term = ContractTerm(
        key=key,
        text=fields.text("text"),
        charges=_read_some(fields, "charges", charges),
        plans=_read_some(fields, "plans", plans),
        unless=_read_some(fields, "unless", (*charges, COMMITMENT)),
        costs=tuple(charge for charge in charges if charge in costs),
        option=fields.optional_text("option") or "",
        kind=cast("NoteKind", fields.choice("kind", TERM_KINDS)) if fields.has("kind") else "term",
        citation=read_citation(fields, sources),
    )
    fields.close()
    return term


def _read_some(fields: Fields, key: str, known: Collection[str]) -> frozenset[str]:
    """Return the names listed under `key`, if any."""
    return fields.choices(key, tuple(known)) if fields.has(key) else frozenset()
