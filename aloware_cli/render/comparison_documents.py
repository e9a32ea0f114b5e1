"""The JSON documents that compare: plans, quantities, rate cards and quotes."""

from typing import TYPE_CHECKING

from aloware_cli.domain.money import format_exact
from aloware_cli.domain.periods import Amounts, amounts_of
from aloware_cli.render.documents import (
    carrier_fees,
    first_invoice,
    notes,
    one_time_line,
    periods,
    prepaid_credits,
    quote_document,
    rate,
    recurring_line,
)

if TYPE_CHECKING:
    from aloware_cli.domain.changes import CardChanges, Change, Difference, Effect, LineDifference
    from aloware_cli.domain.comparisons import BreakEven, Comparison, Point, Standing, Sweep
    from aloware_cli.domain.quotes import Line, Quote
    from aloware_cli.schemas import comparisons
    from aloware_cli.schemas import quote as schema


def comparison_document(comparison: "Comparison") -> "comparisons.ComparisonDocument":
    """Return `comparison` as `aloware.comparison/1`."""
    return {
        "schema": "aloware.comparison/1",
        "quotes": [quote_document(quote) for quote in comparison.quotes],
        "ranked": [standing.quote.plan for standing in comparison.ranked],
        "cheapest": comparison.cheapest,
        "unranked": [_unranked(standing) for standing in comparison.unranked],
        "reason": " ".join(comparison.reasons) or None,
        "notes": notes(comparison.notes),
    }


def _unranked(standing: "Standing") -> "comparisons.Unranked":
    return {
        "plan": standing.quote.plan,
        "missing": [line.charge.key for line in standing.quote.unpriced],
        "at_least": format_exact(standing.quote.totals.monthly),
        "ruled_out": standing.ruled_out,
    }


def break_even_document(answer: "BreakEven") -> "comparisons.BreakEvenDocument":
    """Return `answer` as `aloware.breakeven/1`."""
    return {
        "schema": "aloware.breakeven/1",
        "plans": [*answer.plans],
        "vary": answer.charge.key,
        "cheaper_at_zero": answer.cheaper_at_zero,
        "equal_at": answer.equal_at,
        "cheaper_from": answer.cheaper_from,
        "proof": [_point(point, answer.plans) for point in answer.proof] or None,
        "reason": " ".join(answer.reasons),
        "notes": notes(answer.notes),
    }


def _point(point: "Point", plans: tuple[str, ...]) -> "comparisons.Point":
    totals = zip(plans, map(format_exact, point.totals), strict=True)
    return {"quantity": point.quantity, "totals": dict(totals)}


def sweep_document(sweep: "Sweep") -> "comparisons.SweepDocument":
    """Return `sweep` as `aloware.sweep/1`."""
    return {
        "schema": "aloware.sweep/1",
        "plans": [*sweep.plans],
        "term": sweep.term,
        "currency": sweep.currency,
        "vary": sweep.charge.key,
        "points": [
            {**_point(point, sweep.plans), "cheapest": [*point.cheapest(sweep.plans)]}
            for point in sweep.points
        ],
        "notes": notes(sweep.notes),
    }


def changes_document(found: "CardChanges") -> "comparisons.ChangesDocument":
    """Return `found` as `aloware.changes/1`."""
    return {
        "schema": "aloware.changes/1",
        "changes": [_change(change) for change in found.changes],
        "effect": None if found.effect is None else _effect(found.effect),
    }


def _change(change: "Change") -> "comparisons.Change":
    return {
        "plans": [*change.plans],
        "charge": change.key,
        "label": change.label,
        "unit": change.unit,
        "term": change.term,
        "old": None if change.old is None else rate(change.old),
        "new": None if change.new is None else rate(change.new),
    }


def _effect(effect: "Effect") -> "comparisons.Effect":
    return {
        "plan": effect.new.plan,
        "term": effect.new.term,
        "old": _totals(effect.old),
        "new": _totals(effect.new),
        "difference": _total_differences(effect),
    }


def _totals(quote: "Quote") -> "comparisons.BoundedTotals":
    return {
        **periods(quote.totals),
        "one_time": format_exact(quote.one_time_total),
        "at_least": quote.at_least,
    }


def _total_differences(effect: "Effect") -> "comparisons.TotalDifferences | None":
    more, once = effect.difference, effect.one_time_difference
    if more is None or once is None:
        return None
    return {**_differences(more), "one_time": format_exact(once)}


def _differences(more: Amounts) -> "comparisons.PeriodDifferences":
    return {**periods(more)}


def difference_document(difference: "Difference") -> "comparisons.DifferenceDocument":
    """Return `difference` as `aloware.diff/1`."""
    old, new = difference.old, difference.new
    differs = difference.parts
    return {
        "schema": "aloware.diff/1",
        "same": difference.is_none,
        "old": _identity(old),
        "new": _identity(new),
        "difference": _total_differences(difference.effect),
        "lines": [_line_difference(line) for line in difference.lines],
        "carrier_fees": {
            "old": carrier_fees(old.carrier_fees),
            "new": carrier_fees(new.carrier_fees),
        }
        if "carrier_fees" in differs
        else None,
        "first_invoice": {
            "old": first_invoice(old.first_invoice),
            "new": first_invoice(new.first_invoice),
        }
        if "first_invoice" in differs
        else None,
        "credits": {"old": prepaid_credits(old.credits), "new": prepaid_credits(new.credits)}
        if "credits" in differs
        else None,
        "notes": notes(difference.notes),
    }


def _identity(quote: "Quote") -> "comparisons.QuoteIdentity":
    document = quote_document(quote)
    return {
        "plan": document["plan"],
        "term": document["term"],
        "as_of": document["as_of"],
        "totals": document["totals"],
        "at_least": document["at_least"],
        "rate_card": document["rate_card"],
        "tool": document["tool"],
        "sha256": document["sha256"],
    }


def _line_difference(line: "LineDifference") -> "comparisons.LineDifference":
    return {
        "charge": line.charge.key,
        "label": line.charge.label,
        "one_time": line.charge.one_time,
        "old": _line(line.old),
        "new": _line(line.new),
        "difference": _more(line),
    }


def _more(
    line: "LineDifference",
) -> "comparisons.PeriodDifferences | comparisons.OnceDifference | None":
    if line.more is None:
        return None
    if line.charge.one_time:
        return {"amount": format_exact(line.more)}
    return _differences(amounts_of(line.more))


def _line(line: "Line | None") -> "schema.RecurringLine | schema.OneTimeLine | None":
    if line is None:
        return None
    return one_time_line(line) if line.charge.one_time else recurring_line(line)
