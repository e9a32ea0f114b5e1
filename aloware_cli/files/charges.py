"""Charges: what each one is, with its coverage rule, its contract terms and its sources."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import partial
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
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.problems import quoted, suggest
from aloware_cli.domain.sources import Citation, Source, read_dated, states_price
from aloware_cli.files.fields import Fields, checked, read_text

if TYPE_CHECKING:
    from aloware_cli.domain.quotes import NoteKind

DECISIONS: Final = ("included", "charged")
#: The kinds of note that a contract term may be on a quote.
TERM_KINDS: Final[tuple["NoteKind", ...]] = ("term", "exclusion", "assumption", "caution")
NAME_IT: Final = "name a page of sources.yaml, or list the contract or price sheet under sources"


def read_sources(fields: Fields) -> dict[str, Source]:
    """Return the pages and documents under `sources`."""
    return fields.named("sources", _read_source)


def _read_source(key: str, page: Fields) -> Source:
    return Source(
        key=key,
        title=page.text("title"),
        url=page.optional("url", page.text),
        read_on=page.date("read_on"),
        dated=page.value("dated", read_dated, None) if page.has("dated") else None,
        copy="stored" if page.has("copy") and page.choice("copy", ("stored",)) else None,
    )


def add_own_sources(fields: Fields) -> None:
    """Add the file's own sources, which may not replace shared ones, to those it may cite."""
    if not fields.has("sources"):
        return
    own = read_sources(fields)
    for key in own.keys() & fields.sources.keys():
        message, hint = "already in sources.yaml", "use another key"
        fields.fields("sources").reject_key(key, "E-DUPLICATE", message, hint)
    fields.sources = {**fields.sources, **own}


def read_citation(fields: Fields, prices: Sequence[Decimal] = ()) -> Citation:
    """Return the page under `source` with its wording under `wording`.

    Each of `prices` must be a figure of the wording.
    """
    key = fields.value("source", read_text, "", NAME_IT)
    if key and key not in fields.sources:
        hint = suggest(key, fields.sources, "sources")
        fields.reject("source", "E-SOURCE", f"unknown source {quoted(key)}", hint)
    wording = fields.text("wording")
    for price in dict.fromkeys(prices):
        if wording and not states_price(wording, price):
            message = f"the wording does not state the price {format_exact(price)}"
            hint = "correct the price, or quote the words that print it"
            fields.reject("wording", "E-WORDING", message, hint)
    return Citation(fields.sources.get(key, Source(key, "", None, None)), wording)


def read_charges(file: Fields) -> dict[str, Charge]:
    """Return the charges in the order of the file, each with its coverage rule."""
    return file.named("charges", partial(_read_charge, _read_rules(file)))


def _read_charge(rules: list[CoverageRule], key: str, fields: Fields) -> Charge:
    unit = fields.text("unit")
    traffic, rule, reason, citation = _read_grounds(fields, rules)
    remark = fields.optional("remark", fields.text)
    return Charge(
        key=key,
        label=fields.text("label"),
        unit=unit,
        units=fields.optional("units", fields.text) or f"{unit}s",
        category=cast("Category", fields.choice("category", CATEGORIES[:2])),
        one_time=fields.flag("one_time"),
        per_term=fields.flag("per_term"),
        pass_through=fields.flag("pass_through"),
        traffic=traffic,
        rule=rule,
        reason=f"{reason} {remark}" if remark else reason,
        caution=fields.optional("caution", fields.text),
        citation=citation,
    )


def _read_grounds(
    fields: Fields, rules: list[CoverageRule]
) -> tuple[Traffic | None, CoverageRule | None, str, Citation]:
    """Return why a charge is billed: the coverage rule of its traffic, or the charge's reason."""
    if not fields.has("traffic"):
        return None, None, fields.text("reason"), read_citation(fields)
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


def _read_rules(file: Fields) -> list[CoverageRule]:
    """Return the coverage rules; an empty list if they have a problem, so cannot decide."""
    with checked(file.problems) as check:
        rules = [*file.named("coverage", _read_rule).values()]
    if not check.passed:
        return []
    for event in every_event():
        matching = [rule.key for rule in rules if rule.applies_to(event)]
        if len(matching) != 1:
            found = f"{len(matching)} rules match" if matching else "no rule matches"
            names = f" ({', '.join(matching)})" if matching else ""
            message = f"{found} {' x '.join(event)}{names}"
            hint = "write exactly one rule for each initiator x direction x line"
            file.reject("coverage", "E-COVERAGE", message, hint)
            return []
    return rules


def _read_rule(key: str, fields: Fields) -> CoverageRule:
    return CoverageRule(
        key=key,
        initiators=fields.choices("initiator", INITIATORS),
        directions=fields.choices("direction", DIRECTIONS),
        lines=fields.choices("line", LINES),
        decides=cast("Decision", fields.choice("decides", DECISIONS)),
        reason=fields.text("reason"),
        citation=read_citation(fields),
    )


def read_terms(
    file: Fields, charges: Collection[str], plans: Collection[str]
) -> tuple[ContractTerm, ...]:
    """Return the terms in the order of the file; each may name only `charges` and `plans`."""
    return tuple(file.named("terms", partial(_read_term, charges, plans)).values())


def _read_term(
    charges: Collection[str], plans: Collection[str], key: str, fields: Fields
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
        option=fields.optional("option", fields.text) or "",
        kind=cast("NoteKind", fields.choice("kind", TERM_KINDS)) if fields.has("kind") else "term",
        audience="internal" if fields.flag("internal") else "customer",
        citation=read_citation(fields),
    )
