"""A charge or a plan explained, and an addition prorated, as facts and sections."""

from collections.abc import Iterator, Sequence

from aloware_cli.domain.explanations import Explanation, PlanExplanation
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Line, Proration
from aloware_cli.render.cards import card_report
from aloware_cli.render.quotes import line_row, prorated_row
from aloware_cli.render.sections import ONCE, Amount, Report, Row, Section
from aloware_cli.render.words import (
    cite,
    coverage_of,
    rate_per_unit,
    result_of,
    source_in_words,
    source_lines,
)


def explanation_report(explanation: Explanation) -> Report:
    """Return the price of a charge with its calculation, rule, source and conflicts."""
    label = explanation.line.charge.label
    return Report(
        title=f"{label} on {explanation.plan}, {explanation.term} term, {explanation.currency}",
        facts=tuple(_facts(explanation)),
        notes=explanation.notes,
    )


def _facts(explanation: Explanation) -> Iterator[tuple[str, str]]:
    line = explanation.line
    citation = line.rate.citation
    yield "Price", _price(line, explanation.plan)
    yield "Calculation", result_of(line)
    for rule in coverage_of(line.charge):
        yield "Rule", rule
    yield "Reason", line.reason
    yield "Source", source_in_words(citation.source)
    yield "Wording", citation.wording
    if citation.source.url:
        yield "", citation.source.url
    rule_source = line.charge.rule and line.charge.rule.citation
    if rule_source and rule_source != citation:
        yield "Rule source", cite(rule_source)
    yield from _conflicts_and_terms([explanation])


def explanations_report(explanations: Sequence[Explanation]) -> Report:
    """Return the price of a charge on each plan, then what the plans share."""
    first = explanations[0]
    line = first.line
    prices = [
        fact
        for each in explanations
        for fact in (
            (each.plan, _price(each.line, each.plan)),
            ("Source", cite(each.line.rate.citation)),
        )
    ]
    rules = [("Rule", rule) for rule in coverage_of(line.charge)]
    reason = [("Reason", line.charge.reason)]
    return Report(
        title=f"{line.charge.label}, {first.term} term, {first.currency}",
        facts=(*prices, *rules, *reason, *_conflicts_and_terms(explanations)),
        notes=tuple(dict.fromkeys(note for each in explanations for note in each.notes)),
    )


def plan_report(explained: PlanExplanation) -> Report:
    """Return the prices of a plan, and the contract terms that apply."""
    report = card_report(explained.card)
    terms = tuple(Row(_on_plans(term.plans, term.text)) for term in explained.terms)
    explanations = (source_lines(term.citation) for term in explained.terms)
    rows = (row._replace(explanation=e) for row, e in zip(terms, explanations, strict=True))
    section = Section("terms", "Terms", "Terms", (), tuple(rows))
    return report._replace(sections=(*report.sections, *([section] if terms else [])))


def _conflicts_and_terms(explanations: Sequence[Explanation]) -> Iterator[tuple[str, str]]:
    """Yield the conflicts and the terms of `explanations`, each once, with their sources."""
    for conflict in dict.fromkeys(each for one in explanations for each in one.conflicts):
        yield "Conflict", _on_plans(conflict.plans, cite(conflict.citation))
        if conflict.citation.source.url:
            yield "", conflict.citation.source.url
        yield "Read as", conflict.read_as
    for term in dict.fromkeys(each for one in explanations for each in one.terms):
        yield "Term", _on_plans(term.plans, term.text)
        yield "Wording", cite(term.citation)


def _on_plans(plans: frozenset[str], text: str) -> str:
    return f"On {' and '.join(sorted(plans))}: {text}" if plans else text


def _price(line: Line, plan: str) -> str:
    charge = line.charge
    if line.amount is None:
        option = f"--rate {plan.lower()}:{charge.priced_as}=PRICE"
        return f"not published; supply it with {option} (USD per {charge.unit})"
    return f"{rate_per_unit(line.rate, charge.unit)}, {line.status}"


def proration_report(proration: Proration) -> Report:
    """Return what an addition costs now, and each month after."""
    invoice = proration.invoice
    month = tuple(
        row._replace(figures=row.figures[:1], explanation=())
        for row in map(line_row, proration.lines)
    )
    now = Row("Due now", (Amount(invoice.total, is_total=True),), level="total")
    later = Row("Each month", (Amount(invoice.next_amount, is_total=True),), level="total")
    added = f"Added on {format_date(invoice.start)}"
    after = f"From {format_date(invoice.next_date)}"
    return Report(
        title=f"{proration.card.plan}, monthly term, {proration.currency}",
        sections=(
            Section("due_now", added, added, ONCE, (*map(prorated_row, invoice.lines), now)),
            Section("monthly", after, after, ONCE, (*month, later)),
        ),
        notes=proration.notes,
    )
