"""Charges: what each one is, with its coverage rule, its contract terms and its sources."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, cast

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
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.problems import quoted, suggest
from aloware_cli.domain.sources import Citation, Source, read_dated, states_price
from aloware_cli.files.fields import Fields, checked, read_text

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import NoteKind

Sources = Mapping[str, Source]

DECISIONS: Final = ("included", "charged")
#: The kinds of note that a contract term may be on a quote.
TERM_KINDS: Final[tuple["NoteKind", ...]] = ("term", "exclusion", "assumption", "caution")
NAME_IT: Final = "name a page of sources.yaml, or list the contract or price sheet under sources"


def read_sources(fields: Fields) -> dict[str, Source]:
    """Return the pages and documents under `sources`."""
    return fields.named("sources", _read_source)


def _read_source(key: str, page: Fields) -> Source:
    copy = page.choice("copy", ("stored",)) if page.has("copy") else None
    return Source(
        key=key,
        title=page.text("title"),
        url=page.optional_text("url"),
        read_on=page.date("read_on"),
        dated=page.value("dated", read_dated, None) if page.has("dated") else None,
        copy=cast("Literal['stored'] | None", copy),
    )


def read_own_sources(fields: Fields, shared: Sources) -> Sources:
    """Return the `shared` pages and the file's own, which may not replace a shared one."""
    if not fields.has("sources"):
        return shared
    own = read_sources(fields)
    for key in own.keys() & shared.keys():
        message, hint = "already in sources.yaml", "use another key"
        fields.fields("sources").reject_key(key, "E-DUPLICATE", message, hint)
    return {**shared, **own}


def read_citation(fields: Fields, sources: Sources, prices: Sequence[Decimal] = ()) -> Citation:
    """Return the page under `source` with its wording under `wording`.

    Each of `prices` must be a figure of the wording.
    """
    key = fields.value("source", read_text, "", NAME_IT)
    if key and key not in sources:
        hint = suggest(key, sources, "sources")
        fields.reject("source", "E-SOURCE", f"unknown source {quoted(key)}", hint)
    wording = fields.text("wording")
    for price in dict.fromkeys(prices):
        if wording and not states_price(wording, price):
            message = f"the wording does not state the price {format_exact(price)}"
            hint = "correct the price, or quote the words that print it"
            fields.reject("wording", "E-WORDING", message, hint)
    return Citation(sources.get(key, Source(key, "", None, None)), wording)


def read_charges(file: Fields, sources: Sources) -> dict[str, Charge]:
    """Return the charges in the order of the file, each with its coverage rule."""
    rules = _read_rules(file, sources)
    return file.named("charges", partial(_read_charge, rules, sources))


def _read_charge(rules: list[CoverageRule], sources: Sources, key: str, fields: Fields) -> Charge:
    unit = fields.text("unit")
    traffic, rule, reason, citation = _read_grounds(fields, rules, sources)
    remark = fields.optional_text("remark")
    return Charge(
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


def _read_grounds(
    fields: Fields, rules: list[CoverageRule], sources: Sources
) -> tuple[Traffic | None, CoverageRule | None, str, Citation]:
    """Return why a charge is billed: the coverage rule of its traffic, or the charge's reason."""
    if not fields.has("traffic"):
        return None, None, fields.text("reason"), read_citation(fields, sources)
    with checked(fields.problems) as check:
        traffic = fields.inner("traffic", _read_traffic)
    deciding = rules_for(rules, traffic) if check.passed else []
    if len(deciding) > 1:
        names = ", ".join(rule.key for rule in deciding)
        fields.reject("traffic", "E-COVERAGE", f"matches several rules ({names})", "split it")
    if not deciding:  # the traffic or the coverage rules have a problem, which is reported
        return traffic, None, "", Citation(Source("", "", None, None), "")
    return traffic, deciding[0], deciding[0].reason, deciding[0].citation


def _read_traffic(fields: Fields) -> Traffic:
    return Traffic(
        medium=fields.choice("medium", MEDIA),
        initiator=fields.choice("initiator", (*INITIATORS, ANY)),
        direction=fields.choice("direction", (*DIRECTIONS, ANY)),
        line=fields.choice("line", LINES),
    )


def _read_rules(file: Fields, sources: Sources) -> list[CoverageRule]:
    """Return the coverage rules; an empty list if they have a problem, so cannot decide."""
    with checked(file.problems) as check:
        rules = [*file.named("coverage", partial(_read_rule, sources)).values()]
    if not check.passed:
        return []
    for event in every_event():
        matching = [rule.key for rule in rules if rule.fires_for(event)]
        if len(matching) != 1:
            found = f"{len(matching)} rules match" if matching else "no rule matches"
            names = f" ({', '.join(matching)})" if matching else ""
            message = f"{found} {' x '.join(event)}{names}"
            hint = "write exactly one rule for each initiator x direction x line"
            file.reject("coverage", "E-COVERAGE", message, hint)
            return []
    return rules


def _read_rule(sources: Sources, key: str, fields: Fields) -> CoverageRule:
    return CoverageRule(
        key=key,
        initiators=fields.choices("initiator", INITIATORS),
        directions=fields.choices("direction", DIRECTIONS),
        lines=fields.choices("line", LINES),
        decides=cast("Decision", fields.choice("decides", DECISIONS)),
        reason=fields.text("reason"),
        citation=read_citation(fields, sources),
    )


def read_terms(
    file: Fields, charges: Mapping[str, Charge], plans: Collection[str], sources: Sources
) -> tuple[ContractTerm, ...]:
    """Return the terms in the order of the file; each may name only `charges` and `plans`."""
    return tuple(file.named("terms", partial(_read_term, charges, plans, sources)).values())


def _read_term(
    charges: Mapping[str, Charge],
    plans: Collection[str],
    sources: Sources,
    key: str,
    fields: Fields,
) -> ContractTerm:
    def some_of(key: str, known: Collection[str]) -> frozenset[str]:
        return fields.choices(key, tuple(known)) if fields.has(key) else frozenset()

    costs = some_of("costs", charges)
    return ContractTerm(
        key=key,
        text=fields.text("text"),
        charges=some_of("charges", charges),
        plans=some_of("plans", plans),
        unless=some_of("unless", (*charges, COMMITMENT)),
        costs=tuple(charge for charge in charges if charge in costs),
        option=fields.optional_text("option") or "",
        kind=cast("NoteKind", fields.choice("kind", TERM_KINDS)) if fields.has("kind") else "term",
        audience="internal" if fields.flag("internal") else "customer",
        citation=read_citation(fields, sources),
    )
