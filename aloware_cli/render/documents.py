"""Documents: the JSON of what is asked of several plans.

Their schemas stand in `aloware_cli/schemas/`. As in a quote, every key is always
there, and amounts and quantities are decimal strings.
"""

from aloware_cli.domain.break_even import BreakEven
from aloware_cli.domain.comparison import Comparison, Standing
from aloware_cli.domain.money import plain
from aloware_cli.domain.point import Point
from aloware_cli.render.json import Object, quote_document


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
        "proof": [_point(point, answer.plans) for point in answer.proof] or None,
        "reason": " ".join(answer.reasons),
        "notes": list(answer.notes),
    }


def _quantity(quantity: int | None) -> str | None:
    return None if quantity is None else str(quantity)


def _point(point: Point, plans: tuple[str, ...]) -> Object:
    totals = zip(plans, map(plain, point.totals), strict=True)
    return {"quantity": str(point.quantity), "totals": dict(totals)}
