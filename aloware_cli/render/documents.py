"""Documents: the JSON of what is asked of several plans.

Their schemas stand in `aloware_cli/schemas/`. As in a quote, every key is always
there, and amounts and quantities are decimal strings.
"""

from aloware_cli.domain.comparison import Comparison, Standing
from aloware_cli.domain.money import plain
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
