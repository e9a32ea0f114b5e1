"""The JSON documents of every result but a quote: comparisons, prices, rate cards, checks."""

from typing import TYPE_CHECKING, Final

from aloware_cli.domain.cards import Status
from aloware_cli.domain.comparisons import PARTS
from aloware_cli.domain.messages import MAX_SEGMENTS
from aloware_cli.domain.periods import amounts_of
from aloware_cli.render.documents import Document, quote_document, record, to_value, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aloware_cli.domain.cards import DatedCard, PlanExplanation, RateCard
    from aloware_cli.domain.checks import (
        Check,
        Finding,
        QuoteCheck,
        Replay,
        SavedQuote,
        Verification,
    )
    from aloware_cli.domain.comparisons import (
        BreakEven,
        CardChanges,
        Comparison,
        Difference,
        Effect,
        LineDifference,
        Point,
        Sweep,
    )
    from aloware_cli.domain.invoices import Proration
    from aloware_cli.domain.messages import SegmentCount
    from aloware_cli.domain.quotes import Explanation, Questions, Quote

#: The keys of a line item that explain its amount.
LINE: Final = "unit_price amount calculation=working reason source=rate.citation"
#: The states of a price that `rates list` counts.
COUNTED: Final[tuple[Status, ...]] = ("published", "negotiated", "included", "unpublished")


def comparison_document(comparison: "Comparison") -> Document:
    """Return `comparison` as `aloware.comparison/1`."""
    return {
        "schema": "aloware.comparison/1",
        "quotes": [quote_document(quote) for quote in comparison.quotes],
        "ranked": [standing.quote.plan for standing in comparison.ranked],
        "cheapest": comparison.cheapest,
        "unranked": [
            {
                "plan": standing.quote.plan,
                "missing": [line.charge.key for line in standing.quote.unpriced],
                **record(standing, "at_least=quote.totals.monthly ruled_out"),
            }
            for standing in comparison.unranked
        ],
        "reason": " ".join(filter(None, (*comparison.reasons, comparison.hint))) or None,
        "notes": to_value(comparison.notes),
    }


def break_even_document(answer: "BreakEven") -> Document:
    """Return `answer` as `aloware.breakeven/1`."""
    return {
        "schema": "aloware.breakeven/1",
        **record(answer, "plans vary=charge.key cheaper_at_zero equal_at cheaper_from"),
        "proof": [_point(point, answer.plans) for point in answer.proof] or None,
        "reason": " ".join(answer.reasons),
        "notes": to_value(answer.notes),
    }


def sweep_document(sweep: "Sweep") -> Document:
    """Return `sweep` as `aloware.sweep/1`."""
    return {
        "schema": "aloware.sweep/1",
        **record(sweep, "plans term currency vary=charge.key"),
        "points": [
            {**_point(point, sweep.plans), "cheapest": [*point.cheapest(sweep.plans)]}
            for point in sweep.points
        ],
        "notes": to_value(sweep.notes),
    }


def _point(point: "Point", plans: tuple[str, ...]) -> Document:
    monthly = zip(plans, to_value(point.totals), strict=True)
    return {"quantity": point.quantity, "totals": dict(monthly)}


def changes_document(found: "CardChanges") -> Document:
    """Return `found` as `aloware.changes/1`."""
    effect = found.effect
    return {
        "schema": "aloware.changes/1",
        "changes": to_value(found.changes),
        "effect": effect
        and {
            **record(effect, "plan=new.plan term=new.term"),
            **_effect(effect.old, effect.new, effect),
        },
        "quotes": None if found.quotes is None else [_saved_quote(each) for each in found.quotes],
    }


def _effect(old: "Quote | None", new: "Quote | None", effect: "Effect | None") -> Document:
    return {
        "old": old and {**totals(old), "at_least": old.at_least},
        "new": new and {**totals(new), "at_least": new.at_least},
        "difference": effect and _total_difference(effect),
    }


def _total_difference(effect: "Effect") -> Document | None:
    more = effect.difference
    return more and {**to_value(more), **record(effect, "one_time=one_time_difference")}


def quote_check_document(check: "QuoteCheck") -> Document:
    """Return `check` as `aloware.check/1`."""
    return {
        "schema": "aloware.check/1",
        "as_of": check.day,
        "checked": len(check.quotes),
        "attention": len(check.attention),
        "quotes": [_saved_quote(saved) for saved in check.quotes],
    }


def _saved_quote(saved: "SavedQuote") -> Document:
    quote = saved.quote
    return {
        **record(saved, "file states"),
        **record(saved, "number=quote.details.number prospect=quote.details.prospect"),
        "plan": quote and quote.plan,
        "term": quote.term if quote and not quote.groups else None,
        **record(saved, "issued=quote.details.issued valid_until"),
        **_effect(quote, saved.now, saved.effect),
        **record(saved, "duplicate code=problem.code message=reason"),
    }


def difference_document(difference: "Difference") -> Document:
    """Return `difference` as `aloware.diff/1`."""
    old, new = difference.old, difference.new
    return {
        "schema": "aloware.diff/1",
        "same": difference.is_none,
        "old": _identity(old),
        "new": _identity(new),
        "difference": _total_difference(difference.effect),
        "lines": [_line_difference(line) for line in difference.lines],
        **{
            part: {"old": to_value(getattr(old, part)), "new": to_value(getattr(new, part))}
            if part in difference.parts
            else None
            for part in PARTS
        },
        "notes": to_value(difference.notes),
    }


def _identity(quote: "Quote") -> Document:
    document = quote_document(quote)
    keys = ("plan", "term", "as_of", "totals", "at_least", "rate_card", "tool", "sha256")
    return {key: document[key] for key in keys}


def _line_difference(line: "LineDifference") -> Document:
    more = line.more
    once = line.charge.one_time
    return {
        **record(line, "charge=charge.key label=charge.label one_time=charge.one_time old new"),
        "difference": None
        if more is None
        else to_value({"amount": more} if once else amounts_of(more)),
    }


def explanation_document(explanation: "Explanation") -> Document:
    """Return `explanation` as `aloware.explanation/1`."""
    rule = explanation.line.charge.rule
    return {
        "schema": "aloware.explanation/1",
        **record(explanation, "plan term currency"),
        **record(explanation.line.charge, "charge=key label category one_time"),
        **record(explanation.line, f"status quantity unit=charge.unit {LINE}"),
        "traffic": to_value(explanation.line.charge.traffic),
        "rule": rule and record(rule, "key decides reason source=citation"),
        **record(explanation, "conflicts terms notes"),
    }


def explanations_document(explanations: "Sequence[Explanation]") -> Document:
    """Return one charge on several plans as `aloware.explanations/1`."""
    return {
        "schema": "aloware.explanations/1",
        "explanations": [explanation_document(each) for each in explanations],
    }


def plan_document(explained: "PlanExplanation") -> Document:
    """Return the prices and the terms of a plan as `aloware.plan-explanation/1`."""
    return {
        "schema": "aloware.plan-explanation/1",
        **record(explained.card, "plan currency prices=listed"),
        "terms": to_value(explained.terms),
        "rate_card": to_value(explained.card.identity),
    }


def proration_document(proration: "Proration") -> Document:
    """Return `proration` as `aloware.proration/1`."""
    return {
        "schema": "aloware.proration/1",
        "plan": proration.card.plan,
        **record(proration.invoice, "on=start period_end days days_in_month lines"),
        **record(proration.invoice, "due_now=total per_month=next_amount"),
        **record(proration, "notes rate_card=card"),
    }


def segments_document(count: "SegmentCount") -> Document:
    """Return `count` as `aloware.segments/1`."""
    size = "encoding=encoding.name characters units segments"
    sending = count.sending
    return {
        "schema": "aloware.segments/1",
        **record(count.message, size),
        "parts": [record(part, "text units") for part in count.message.parts],
        "forced_by": to_value(count.message.forced_by),
        "replaced": count.plain
        and {
            **record(count.plain, f"{size} text"),
            **record(count, "saved amount=sending.plain_amount"),
        },
        "limit": {
            "segments": MAX_SEGMENTS,
            **record(count, "exceeded=message.is_refused source"),
        },
        "cost": sending
        and {
            **record(sending, "plan=card.plan recipients charge=line.charge.key"),
            **record(sending.line, f"status quantity unit=charge.unit {LINE}"),
            "rate_card": to_value(sending.card),
        },
    }


def cards_document(cards: "Sequence[DatedCard]") -> Document:
    """Return `cards` as `aloware.cards/1`."""
    return {
        "schema": "aloware.cards/1",
        "cards": [
            {
                "plan": card.plan,
                "since": since,
                **{status: card.how_many(status) for status in COUNTED},
                "rate_card": to_value(card.identity),
            }
            for since, card in cards
        ],
    }


def card_document(card: "RateCard") -> Document:
    """Return `card` as `aloware.card/1`."""
    keys = "plan currency prices=listed rate_card=identity"
    return {"schema": "aloware.card/1", **record(card, keys)}


def questions_document(questions: "Questions") -> Document:
    """Return `questions` as `aloware.questions/1`."""
    from aloware_cli.render.questions import sentence

    charge = "charge=charge.key label=charge.label category=charge.category "
    charge += "one_time=charge.one_time unit=charge.unit term quantity"
    return {
        "schema": "aloware.questions/1",
        **record(questions, "plan=card.plan term currency=card.currency"),
        "questions": [
            {**record(each, charge), "question": sentence(each)} for each in questions.listed
        ],
        **record(questions, "rate_card=card.identity"),
    }


def verification_document(verification: "Verification", findings: "Iterable[Finding]") -> Document:
    """Return `verification` with its `findings` as `aloware.verification/1`."""
    return {
        "schema": "aloware.verification/1",
        "examples": [_replay(replay) for replay in verification.replays],
        **record(verification, "passed failed uncovered stale"),
        "findings": [finding_document(finding) for finding in findings],
    }


def check_document(check: "Check") -> Document:
    """Return `check` as `aloware.findings/1`."""
    return {
        "schema": "aloware.findings/1",
        **record(check, "command passed summary"),
        "findings": [finding_document(finding) for finding in check.findings],
    }


def finding_document(finding: "Finding") -> Document:
    """Return a finding as JSON documents have it."""
    keys = "severity code file=location.file line=location.line column=location.column"
    return record(finding, f"{keys} message details")


def _replay(replay: "Replay") -> Document:
    from aloware_cli.render.verification import details_of

    example = replay.example
    return {
        **record(replay, "name=example.name plan=example.scenario.plan verdict"),
        "expected": {figure.name: to_value(figure.published) for figure in example.figures},
        "computed": {figure.name: to_value(value) for figure, value in replay.computed},
        **record(example, "source=citation file"),
        "details": [*details_of(replay)],
    }
