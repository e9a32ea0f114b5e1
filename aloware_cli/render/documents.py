"""Documents: the JSON of what is asked of several plans.

Their schemas stand in `aloware_cli/schemas/`. As in a quote, every key is always
there, and amounts and quantities are decimal strings.
"""

from aloware_cli.domain.break_even import BreakEven
from aloware_cli.domain.comparison import Comparison, Standing
from aloware_cli.domain.coverage import CoverageRule
from aloware_cli.domain.explanation import Explanation
from aloware_cli.domain.money import plain
from aloware_cli.domain.point import Point
from aloware_cli.render.json import Object, citation_object, money, quote_document


def comparison_document(comparison: Comparison) -> Object:
    """Return `comparison` as the keys and strings of `aloware.comparison/1`."""
    return {
        "schema": "aloware.comparison/1",
        "quotes": [quote_document(quote) for quote in comparison.quotes],
        "ranked": [standing.quote.plan for standing in comparison.ranked],
        "cheapest": comparison.cheapest,
        "unranked": [_unranked(standing) for standing in comparison.unranked],
        "notes": list(comparison.notes),
    }


def _unranked(standing: Standing) -> Object:
    return {
        "plan": standing.quote.plan,
        "missing": [line.charge.key for line in standing.quote.unpriced],
        "at_least": plain(standing.quote.totals.monthly),
        "ruled_out": standing.ruled_out,
    }


def break_even_document(answer: BreakEven) -> Object:
    """Return `answer` as the keys and strings of `aloware.breakeven/1`."""
    return {
        "schema": "aloware.breakeven/1",
        "plans": list(answer.plans),
        "vary": answer.charge.key,
        "cheaper_at_zero": answer.cheaper_at_zero,
        "equal_at": _quantity(answer.equal_at),
        "flips_at": _quantity(answer.flips_at),
        "proof": [point_object(point, answer.plans) for point in answer.proof] or None,
        "reason": " ".join(answer.reasons),
        "notes": list(answer.notes),
    }


def _quantity(quantity: int | None) -> str | None:
    return None if quantity is None else str(quantity)


def point_object(point: Point, plans: tuple[str, ...]) -> Object:
    """Return the totals of `plans` at one quantity."""
    totals = zip(plans, map(plain, point.totals), strict=True)
    return {"quantity": str(point.quantity), "totals": dict(totals)}


def explanation_document(explanation: Explanation) -> Object:
    """Return `explanation` as the keys and strings of `aloware.explanation/1`."""
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
        "quantity": str(line.quantity),
        "unit": charge.unit,
        "unit_price": money(line.unit_price),
        "amount": money(line.amount),
        "working": line.working,
        "reason": line.reason,
        "source": citation_object(line.rate.citation),
        "traffic": None if charge.traffic is None else charge.traffic._asdict(),
        "rule": None if charge.rule is None else _rule(charge.rule),
        "conflicts": [
            {"source": citation_object(conflict.citation), "read_as": conflict.read_as}
            for conflict in explanation.conflicts
        ],
        "notes": list(explanation.notes),
    }


def _rule(rule: CoverageRule) -> Object:
    return {
        "key": rule.key,
        "decides": rule.decides,
        "reason": rule.reason,
        "source": citation_object(rule.citation),
    }
