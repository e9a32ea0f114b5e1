"""Prices explained: rate cards, charges and plans; the questions to the vendor about the others."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import Final

from aloware_cli.domain.cards import DatedCard, Rate, RateCard
from aloware_cli.domain.problems import count, escaped, listed
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.results import Explanation, PlanExplanation, Question, Questions
from aloware_cli.domain.sources import Source
from aloware_cli.render.result_documents import COUNTED
from aloware_cli.render.sections import UNPUBLISHED, Cell, Column, Fact, Report, Row, Section
from aloware_cli.render.words import (
    cite,
    coverage_of,
    rate_in_words,
    rate_per_unit,
    result_of,
    source_in_words,
    source_lines,
)

#: Hex digits of a hash to show; JSON has all of them.
SHORT_HASH: Final = 12
PRICES: Final = (Column("price", "Price"), Column("unit", "Unit"), Column("source", "Source"))
FURTHER: Final = (
    "For each price: from which date does it apply, does it depend on the quantity, and does a "
    "license include any units?"
)
PRICE: Final = """\
{indent}price:
{indent}source: offer
{indent}# The words of the offer that state the price, in quotes.
{indent}wording:
"""
GROUPS: Final = {"subscription": "Subscription", "usage": "Usage", "once": "One-time fees"}


def cards_report(cards: Sequence[DatedCard]) -> Report:
    """Return one row per card: its first day, its number of prices and its oldest source."""
    if not cards:
        return Report("No rate card is in force on that day")
    is_negotiated = any(dated.card.how_many("negotiated") for dated in cards)
    states = [state for state in COUNTED if state != "negotiated" or is_negotiated]
    columns = (
        Column("from", "From"),
        *(Column(state, state.capitalize()) for state in states[:-1]),
        # Beside negotiated prices, the whole word would not fit 80 columns.
        Column("unpublished", UNPUBLISHED if is_negotiated else "Unpublished"),
        Column("oldest", "Oldest source"),
        Column("sha256", "SHA-256"),
    )
    rows = []
    for since, card in cards:
        oldest, sha256 = card.identity.oldest_read_on, card.identity.sha256[:SHORT_HASH]
        counts = map(card.how_many, states)
        rows.append(Row(card.plan, (since or "always", *counts, oldest or "none", sha256)))
    return Report("Rate cards", (Section("cards", "Plan", "Plan", columns, tuple(rows)),))


def card_report(card: RateCard) -> Report:
    """Return every charge of `card` with its price or state, and the sources."""
    sources = list(dict.fromkeys(each.rate.citation.source for each in card.listed))
    since = card.identity.effective_from
    return Report(
        title=f"{card.plan} rate card, {card.currency}" + (f", from {since}" if since else ""),
        sections=tuple(
            Section(group, "Charge", title, PRICES, rows, heading=title)
            for group, title in GROUPS.items()
            if (rows := tuple(_rows(card, group, sources)))
        ),
        remarks=tuple(
            f"{n}  {source_in_words(source)}{' (negotiated)' if source.is_private else ''}"
            for n, source in enumerate(sources, 1)
        ),
    )


def _rows(card: RateCard, group: str, sources: list[Source]) -> Iterator[Row]:
    for each in card.listed:
        charge = each.charge
        if group == ("once" if charge.one_time else charge.category):
            source = sources.index(each.rate.citation.source) + 1
            price, *further = _prices(each.rate)
            figures = (price[1], f"per {charge.unit}", source)
            term = f", {each.term} term" if each.term else ""
            yield Row(f"{charge.label}{term}", figures, explanation=(charge.key,))
            yield from (Row(f"  {label}", (figure,)) for label, figure in further)


def _prices(rate: Rate) -> Iterator[tuple[str, Cell]]:
    """Yield the price or state, then the tiers and the units that a license includes."""
    if rate.model and len(rate.model.tiers) > 1:
        yield "", rate.model.name
        for tier in rate.model.tiers:
            yield "beyond" if tier.up_to is None else f"up to {tier.up_to:,}", tier.price
    elif rate.price is not None and rate.status not in {"included", "unpublished"}:
        yield "", rate.price
    else:
        yield "", rate_in_words(rate._replace(allowance=0))
    if rate.allowance:
        yield "included with each license", rate.allowance


def explanation_report(explanation: Explanation) -> Report:
    """Return the price of a charge with its calculation, rule, source and conflicts."""
    label = explanation.line.charge.label
    return Report(
        title=f"{label} on {explanation.plan}, {explanation.term} term, {explanation.currency}",
        facts=tuple(_facts(explanation)),
        notes=explanation.notes,
    )


def _facts(explanation: Explanation) -> Iterator[Fact]:
    line, citation = explanation.line, explanation.line.rate.citation
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
    first, charge = explanations[0], explanations[0].line.charge
    facts: list[Fact] = []
    for each in explanations:
        facts.append((each.plan, _price(each.line, each.plan)))
        facts.append(("Source", cite(each.line.rate.citation)))
    facts += [("Rule", rule) for rule in coverage_of(charge)]
    facts.append(("Reason", charge.reason))
    return Report(
        title=f"{charge.label}, {first.term} term, {first.currency}",
        facts=(*facts, *_conflicts_and_terms(explanations)),
        notes=tuple(dict.fromkeys(note for each in explanations for note in each.notes)),
    )


def plan_report(explained: PlanExplanation) -> Report:
    """Return the prices of a plan, and the contract terms that apply."""
    report = card_report(explained.card)
    rows = tuple(
        Row(_on_plans(term.plans, term.text), explanation=source_lines(term.citation))
        for term in explained.terms
    )
    terms = [Section("terms", "Terms", "Terms", (), rows)] if rows else []
    return report._replace(sections=(*report.sections, *terms))


def _conflicts_and_terms(explanations: Sequence[Explanation]) -> Iterator[Fact]:
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
    return f"On {listed(sorted(plans))}: {text}" if plans else text


def _price(line: Line, plan: str) -> str:
    charge = line.charge
    if line.amount is None:
        option = f"--rate {plan.lower()}:{charge.priced_as}=PRICE"
        return f"not published; supply it with {option} (USD per {charge.unit})"
    return f"{rate_per_unit(line.rate, charge.unit)}, {line.status}"


def questions_report(questions: Questions) -> Report:
    """Return the questions as numbered sentences that can be sent to the vendor."""
    card = questions.card
    title = f"Questions to Aloware: {card.plan}, {questions.term} term, {card.currency}"
    if not questions.listed:
        return Report("Nothing to ask: every price that the order needs is known.")
    facts = tuple((f"{n}.", sentence(each)) for n, each in enumerate(questions.listed, 1))
    return Report(title, facts=facts, remarks=(FURTHER,))


def sentence(question: Question) -> str:
    """Write one question: `Automated texts: what is the price per segment, for ...?`."""
    charge, quantity = question.charge, question.charge.counted(question.quantity)
    term = f", {question.term} term" if question.term else ""
    if charge.one_time:
        price = f"the one-time price per {charge.unit}, for {quantity}"
    elif charge.category == "subscription":
        price = f"the price per {charge.unit} and month, for {quantity}"
    else:
        price = f"the price per {charge.unit}, for {quantity} a month"
    return f"{charge.label}{term}: what is {price}?"


def overlay_text(questions: Questions, path: str, command: str) -> str:
    """Return the overlay to fill in, to be kept at `path`; `command` is the quote that needs it."""
    template = (Path(__file__).parent / "templates" / "overlay.yaml").read_text("utf-8")
    prices = []
    for each in questions.listed:
        term = f"    {each.term}:\n" if each.term else ""
        price = PRICE.format(indent=" " * (6 if each.term else 4))
        prices.append(f"  # {sentence(each)}\n  {each.charge.key}:\n{term}{price}")
    return template.format(
        count=count(len(questions.listed), "price"),
        path=escaped(quote(path)),
        command=escaped(command),
        plan=questions.card.plan,
        prices="".join(prices),
    )
