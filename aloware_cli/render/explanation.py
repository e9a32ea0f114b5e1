"""Explanations: one fact a line, for whoever asks why."""

from collections.abc import Iterator

from aloware_cli.domain.explanations import Explanation
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.sources import Citation
from aloware_cli.render.console import TextTarget
from aloware_cli.render.table import facts_of
from aloware_cli.render.words import cited, coverage_of, page_in_words, rate_per_unit, result_of


def explanation_text(explanation: Explanation, screen: TextTarget) -> str:
    """Return `explanation` as facts and notes, for `screen`."""
    line = explanation.line
    title = (
        f"Aloware {explanation.plan}: {line.charge.label}, {explanation.term} term, "
        f"in {explanation.currency}"
    )
    return facts_of(title, list(_facts(explanation)), explanation.notes, screen)


def _facts(explanation: Explanation) -> Iterator[tuple[str, str]]:
    line = explanation.line
    yield "Price", _price(line, explanation.plan)
    yield "Working", result_of(line)
    for rule in coverage_of(line.charge):
        yield "Rule", rule
    yield "Why", line.reason
    yield from _source(line.rate.citation)
    rule_says = line.charge.rule and line.charge.rule.citation
    if rule_says and rule_says != line.rate.citation:
        yield "Rule's page", cited(rule_says)
    for conflict in explanation.conflicts:
        yield "Conflict", cited(conflict.citation)
        yield "Read as", conflict.read_as


def _price(line: Line, plan: str) -> str:
    charge = line.charge
    if line.amount is None:
        flag = f"--rate {plan.lower()}:{charge.priced_as}=PRICE"
        return f"not published; supply it with {flag} (USD per {charge.unit})"
    status = "published" if line.status == "billed" else line.status
    return f"{rate_per_unit(line.rate, charge.unit)}, {status}"


def _source(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "Page", page_in_words(citation.source)
    yield "Wording", citation.wording
    if citation.source.url:
        yield "", citation.source.url
