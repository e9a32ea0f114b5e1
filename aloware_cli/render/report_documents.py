"""The JSON documents about one price, message or rate card, and about worked examples."""

from typing import TYPE_CHECKING

from aloware_cli.domain.messages import MAX_SEGMENTS
from aloware_cli.domain.money import format_exact
from aloware_cli.render.documents import (
    citation,
    coverage,
    money,
    notes,
    page,
    prorated_line,
    rate,
    rate_card,
    traffic,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aloware_cli.domain.cards import DatedCard, RateCard
    from aloware_cli.domain.charges import ContractTerm
    from aloware_cli.domain.examples import Replay, Verification
    from aloware_cli.domain.explanations import Explanation, PlanExplanation
    from aloware_cli.domain.messages import Message, SegmentCount, Sending
    from aloware_cli.domain.quotes import Proration
    from aloware_cli.schemas import reports


def explanation_document(explanation: "Explanation") -> "reports.ExplanationDocument":
    """Return `explanation` as `aloware.explanation/1`."""
    line = explanation.line
    charge = line.charge
    return {
        "schema": "aloware.explanation/1",
        "plan": explanation.plan,
        "term": explanation.term,
        "currency": explanation.currency,
        "charge": charge.key,
        "label": charge.label,
        "category": charge.category,
        "one_time": charge.one_time,
        "status": line.status,
        "quantity": line.quantity,
        "unit": charge.unit,
        "unit_price": money(line.unit_price),
        "amount": money(line.amount),
        "calculation": line.working,
        "reason": line.reason,
        "source": citation(line.rate.citation),
        "traffic": traffic(charge.traffic),
        "rule": None if charge.rule is None else coverage(charge.rule),
        "conflicts": [
            {
                "plans": sorted(conflict.plans),
                "price": money(conflict.price),
                "source": citation(conflict.citation),
                "read_as": conflict.read_as,
            }
            for conflict in explanation.conflicts
        ],
        "terms": [_term(term) for term in explanation.terms],
        "notes": notes(explanation.notes),
    }


def explanations_document(
    explanations: "Sequence[Explanation]",
) -> "reports.ExplanationsDocument":
    """Return one charge on several plans as `aloware.explanations/1`."""
    return {
        "schema": "aloware.explanations/1",
        "explanations": [explanation_document(each) for each in explanations],
    }


def plan_document(explained: "PlanExplanation") -> "reports.PlanDocument":
    """Return the prices and the terms of a plan as `aloware.plan-explanation/1`."""
    return {
        "schema": "aloware.plan-explanation/1",
        "plan": explained.card.plan,
        "currency": explained.card.currency,
        "prices": _prices(explained.card),
        "terms": [_term(term) for term in explained.terms],
        "rate_card": rate_card(explained.card.identity),
    }


def _term(term: "ContractTerm") -> "reports.ContractTerm":
    return {
        "key": term.key,
        "kind": term.kind,
        "text": term.text,
        "charges": sorted(term.charges),
        "plans": sorted(term.plans),
        "costs": [*term.costs],
        "option": term.option,
        "source": citation(term.citation),
    }


def proration_document(proration: "Proration") -> "reports.ProrationDocument":
    """Return `proration` as `aloware.proration/1`."""
    invoice = proration.invoice
    return {
        "schema": "aloware.proration/1",
        "plan": proration.card.plan,
        "on": invoice.start,
        "period_end": invoice.period_end,
        "days": invoice.days,
        "days_in_month": invoice.days_in_month,
        "lines": [prorated_line(line) for line in invoice.lines],
        "due_now": format_exact(invoice.total),
        "per_month": format_exact(invoice.next_amount),
        "notes": notes(proration.notes),
        "rate_card": rate_card(proration.card),
    }


def segments_document(count: "SegmentCount") -> "reports.SegmentsDocument":
    """Return `count` as `aloware.segments/1`."""
    message = count.message
    return {
        "schema": "aloware.segments/1",
        **_measures(message),
        "parts": [{"text": part.text, "units": part.units} for part in message.parts],
        "forced_by": [
            {
                "character": unsupported.character,
                "code_point": unsupported.code_point,
                "name": unsupported.name,
                "count": unsupported.times,
                "replacement": unsupported.replacement,
            }
            for unsupported in message.forced_by
        ],
        "replaced": None if count.plain is None else _replaced(count.plain, count),
        "limit": {
            "segments": MAX_SEGMENTS,
            "exceeded": message.is_refused,
            "source": None if count.source is None else page(count.source),
        },
        "cost": None if count.sending is None else _sending_cost(count.sending),
    }


def _measures(message: "Message") -> "reports.Measures":
    return {
        "encoding": message.encoding.name,
        "characters": message.characters,
        "units": message.units,
        "segments": message.segments,
    }


def _replaced(message: "Message", count: "SegmentCount") -> "reports.Replaced":
    return {
        **_measures(message),
        "text": message.text,
        "saved": count.saved,
        "amount": money(count.sending.plain_amount if count.sending else None),
    }


def _sending_cost(sending: "Sending") -> "reports.SendingCost":
    line = sending.line
    return {
        "plan": sending.card.plan,
        "recipients": sending.recipients,
        "charge": line.charge.key,
        "status": line.status,
        "quantity": line.quantity,
        "unit": line.charge.unit,
        "unit_price": money(line.unit_price),
        "amount": money(line.amount),
        "calculation": line.working,
        "reason": line.reason,
        "source": citation(line.rate.citation),
        "rate_card": rate_card(sending.card),
    }


def cards_document(cards: "Sequence[DatedCard]") -> "reports.CardsDocument":
    """Return `cards` as `aloware.cards/1`."""
    return {
        "schema": "aloware.cards/1",
        "cards": [
            {
                "plan": card.plan,
                "since": since,
                "published": card.how_many("published"),
                "negotiated": card.how_many("negotiated"),
                "included": card.how_many("included"),
                "unpublished": card.how_many("unpublished"),
                "rate_card": rate_card(card.identity),
            }
            for since, card in cards
        ],
    }


def card_document(card: "RateCard") -> "reports.CardDocument":
    """Return `card` as `aloware.card/1`."""
    return {
        "schema": "aloware.card/1",
        "plan": card.plan,
        "currency": card.currency,
        "prices": _prices(card),
        "rate_card": rate_card(card.identity),
    }


def _prices(card: "RateCard") -> "list[reports.ListedRate]":
    return [
        {
            "charge": charge.key,
            "label": charge.label,
            "category": charge.category,
            "one_time": charge.one_time,
            "unit": charge.unit,
            "term": term,
            **rate(found),
        }
        for charge, term, found in card.listed
    ]


def verification_document(verification: "Verification") -> "reports.VerificationDocument":
    """Return `verification` as `aloware.verification/1`."""
    return {
        "schema": "aloware.verification/1",
        "examples": [_replay(replay) for replay in verification.replays],
        "passed": verification.passed,
        "failed": verification.failed,
        "uncovered": [
            {
                "plans": [*price.plans],
                "charge": price.charge.key,
                "price": money(price.rate.price),
            }
            for price in verification.uncovered
        ],
        "stale": [
            {
                "key": stale.source.key,
                "read_on": stale.source.read_on,
                "dated": stale.source.dated,
                "days": stale.days,
            }
            for stale in verification.stale
        ],
        "unreadable": [str(problem) for problem in verification.unreadable],
    }


def _replay(replay: "Replay") -> "reports.Replay":
    from aloware_cli.render.reports import findings

    example = replay.example
    return {
        "name": example.name,
        "plan": example.scenario.plan if example.scenario else None,
        "verdict": replay.verdict,
        "expected": {figure.name: format_exact(figure.published) for figure in example.figures},
        "computed": {figure.name: money(value) for figure, value in replay.computed},
        "source": citation(example.citation),
        "file": example.file,
        "findings": [*findings(replay)],
    }
