"""The JSON documents of every result but a quote: comparisons, prices, rate cards, checks."""

from typing import TYPE_CHECKING, Final

from aloware_cli.domain.cards import Status
from aloware_cli.domain.messages import MAX_SEGMENTS
from aloware_cli.domain.periods import amounts_of
from aloware_cli.domain.quotes import PARTS
from aloware_cli.render.documents import LISTED, TOTALS, Document, quote_document, record, to_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aloware_cli.domain import cards, checks, messages, quotes, results

#: The states of a price that `rates list` counts.
COUNTED: Final[tuple[Status, ...]] = ("published", "negotiated", "included", "unpublished")
#: The keys of a line item that explain its amount.
PRICED: Final = (
    "status=line.status quantity=line.quantity unit=line.charge.unit unit_price=line.unit_price "
    "amount=line.amount calculation=line.working reason=line.reason source=line.rate.citation"
)
#: The totals of a quote, and whether they are a lower bound.
BOUNDED: Final = f"{TOTALS} at_least"


def cards_document(cards: "Sequence[cards.DatedCard]") -> Document:
    """Return `cards` as `aloware.cards/1`."""
    summaries = [
        {
            "plan": card.plan,
            "since": since,
            **{status: card.how_many(status) for status in COUNTED},
            "rate_card": to_value(card.identity),
        }
        for since, card in cards
    ]
    return {"schema": "aloware.cards/1", "cards": summaries}


def verification_document(verification: "checks.Verification") -> Document:
    """Return `verification` as `aloware.verification/1`."""
    from aloware_cli.render.checks import verification_check

    return {
        "schema": "aloware.verification/1",
        "examples": [_replay(replay) for replay in verification.replays],
        **record(verification, "passed failed uncovered stale"),
        "findings": to_value(verification_check(verification).findings),
    }


def comparison_document(found: "results.Comparison") -> Document:
    """Return `found` as `aloware.comparison/1`."""
    return {
        "schema": "aloware.comparison/1",
        **record(found, "quotes ranked=ranked.quote.plan cheapest unranked"),
        "reason": " ".join(filter(None, (*found.reasons, found.hint))) or None,
        "notes": to_value(found.notes),
    }


def break_even_document(found: "results.BreakEven") -> Document:
    """Return `found` as `aloware.breakeven/1`."""
    return {
        "schema": "aloware.breakeven/1",
        **record(found, "plans vary=charge.key cheaper_at_zero equal_at cheaper_from"),
        "proof": [_point(point, found.plans) for point in found.proof] or None,
        "reason": " ".join(found.reasons),
        "notes": to_value(found.notes),
    }


def sweep_document(found: "results.Sweep") -> Document:
    """Return `found` as `aloware.sweep/1`."""
    points = [
        {**_point(point, found.plans), "cheapest": [*point.cheapest(found.plans)]}
        for point in found.points
    ]
    return {
        "schema": "aloware.sweep/1",
        **record(found, "plans term currency vary=charge.key"),
        "points": points,
        "notes": to_value(found.notes),
    }


def _point(point: "results.Point", plans: tuple[str, ...]) -> Document:
    monthly = zip(plans, to_value(point.totals), strict=True)
    return {"quantity": point.quantity, "totals": dict(monthly)}


def changes_document(found: "results.CardChanges") -> Document:
    """Return `found` as `aloware.changes/1`."""
    effect = found.effect
    return {
        "schema": "aloware.changes/1",
        "changes": to_value(found.changes),
        "effect": effect
        and {**record(effect, "plan=new.plan term=new.term"), **_effect(*effect, effect)},
        "quotes": None if found.quotes is None else [_saved_quote(each) for each in found.quotes],
    }


def _effect(
    old: "quotes.Quote | None", new: "quotes.Quote | None", effect: "results.Effect | None"
) -> Document:
    return {
        "old": old and record(old, BOUNDED),
        "new": new and record(new, BOUNDED),
        "difference": effect and _total_difference(effect),
    }


def _total_difference(effect: "results.Effect") -> Document | None:
    more = effect.difference
    return more and {**to_value(more), **record(effect, "one_time=one_time_difference")}


def quote_check_document(check: "checks.QuoteCheck") -> Document:
    """Return `check` as `aloware.check/1`."""
    return {
        "schema": "aloware.check/1",
        "as_of": check.day,
        "checked": len(check.quotes),
        "attention": len(check.attention),
        "quotes": [_saved_quote(saved) for saved in check.quotes],
    }


def _saved_quote(saved: "checks.SavedQuote") -> Document:
    keys = (
        "file states number=quote.details.number prospect=quote.details.prospect "
        "plan=quote.plan term issued=quote.details.issued valid_until"
    )
    return {
        **record(saved, keys),
        **_effect(saved.quote, saved.now, saved.effect),
        **record(saved, "duplicate code=problem.code message=reason"),
    }


def difference_document(found: "results.Difference") -> Document:
    """Return `found` as `aloware.diff/1`."""
    old, new = found.old, found.new
    return {
        "schema": "aloware.diff/1",
        "same": found.is_none,
        "old": _identity(old),
        "new": _identity(new),
        "difference": _total_difference(found.effect),
        "lines": [_line_difference(line) for line in found.lines],
        **{
            part: {"old": to_value(getattr(old, part)), "new": to_value(getattr(new, part))}
            if part in found.parts
            else None
            for part in PARTS
        },
        "notes": to_value(found.notes),
    }


def _identity(quote: "quotes.Quote") -> Document:
    # The document of plan groups names no plan, no term and no rate card.
    document = {**record(quote, "plan rate_card=card"), "term": None, **quote_document(quote)}
    keys = ("plan", "term", "as_of", "totals", "at_least", "rate_card", "tool", "sha256")
    return {key: document[key] for key in keys}


def _line_difference(line: "results.LineDifference") -> Document:
    more, amounts = line.more, None
    if more is not None:
        amounts = {"amount": more} if line.charge.one_time else amounts_of(more)
    keys = "charge=charge.key label=charge.label one_time=charge.one_time old new"
    return {**record(line, keys), "difference": to_value(amounts)}


def explanation_document(explanation: "results.Explanation") -> Document:
    """Return `explanation` as `aloware.explanation/1`."""
    charge = explanation.line.charge
    return {
        "schema": "aloware.explanation/1",
        **record(explanation, "plan term currency"),
        **record(charge, "charge=key label category one_time"),
        **record(explanation, f"{PRICED} traffic=line.charge.traffic"),
        "rule": charge.rule and record(charge.rule, "key decides reason source=citation"),
        **record(explanation, "conflicts terms notes"),
    }


def segments_document(count: "messages.SegmentCount") -> Document:
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
        and record(
            sending,
            f"plan=card.plan recipients charge=line.charge.key {PRICED} rate_card=card",
        ),
    }


def questions_document(questions: "results.Questions") -> Document:
    """Return `questions` as `aloware.questions/1`."""
    from aloware_cli.render.explain import sentence

    return {
        "schema": "aloware.questions/1",
        **record(questions, "plan=card.plan term currency=card.currency"),
        "questions": [
            {**record(each, f"{LISTED} quantity"), "question": sentence(each)}
            for each in questions.listed
        ],
        **record(questions, "rate_card=card.identity"),
    }


def _replay(replay: "checks.Replay") -> Document:
    from aloware_cli.render.checks import details_of

    example = replay.example
    return {
        **record(replay, "name=example.name plan=example.scenario.plan verdict"),
        "expected": {figure.name: to_value(figure.published) for figure in example.figures},
        "computed": {figure.name: to_value(value) for figure, value in replay.computed},
        **record(example, "source=citation file"),
        "details": [*details_of(replay)],
    }


def card_document(card: "cards.RateCard") -> Document:
    """Return `card` as `aloware.card/1`."""
    keys = "plan currency prices=listed rate_card=identity"
    return {"schema": "aloware.card/1", **record(card, keys)}


def plan_document(explained: "results.PlanExplanation") -> Document:
    """Return the prices and the terms of a plan as `aloware.plan-explanation/1`."""
    keys = "plan=card.plan currency=card.currency prices=card.listed terms rate_card=card.identity"
    return {"schema": "aloware.plan-explanation/1", **record(explained, keys)}


def explanations_document(explanations: "Sequence[results.Explanation]") -> Document:
    """Return one charge on several plans as `aloware.explanations/1`."""
    documents = [*map(explanation_document, explanations)]
    return {"schema": "aloware.explanations/1", "explanations": documents}


def proration_document(proration: "results.Proration") -> Document:
    """Return `proration` as `aloware.proration/1`."""
    return {
        "schema": "aloware.proration/1",
        "plan": proration.card.plan,
        **record(proration.invoice, "on=start period_end days days_in_month lines"),
        **record(proration.invoice, "due_now=total per_month=next_amount"),
        **record(proration, "notes rate_card=card"),
    }


def check_document(check: "checks.Check") -> Document:
    """Return `check` as `aloware.findings/1`."""
    return {"schema": "aloware.findings/1", **record(check, "command passed summary findings")}
