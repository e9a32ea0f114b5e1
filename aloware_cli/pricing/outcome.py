"""Outcomes: what the quotes for one row of a batch come to."""

from collections.abc import Sequence

from aloware_cli.domain.batch import Outcome, RowStatus
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.compare import compare


def outcome_of(quotes: Sequence[Quote], *, lower_bounds: bool) -> Outcome:
    """Return the outcome of a row that was quoted on one plan, or on several.

    Of several plans the cheapest counts, by its monthly total, the first of those that
    cost the same. Where a rate is missing there are no amounts, unless `lower_bounds`
    are asked for; where it is missing on a plan that may yet be the cheapest, likewise.
    """
    quote, doubt = (quotes[0], _missing(quotes[0])) if len(quotes) == 1 else _cheapest(quotes)
    status: RowStatus = "unpriced" if doubt else "ok"
    if quote is None or (doubt and not lower_bounds):
        return Outcome(status, quote.plan if quote and len(quotes) == 1 else "", error=doubt)
    monthly, one_time = quote.totals.monthly, quote.one_time_total
    return Outcome(status, quote.plan, int(monthly * 100), int(one_time * 100), doubt, quote)


def _missing(quote: Quote) -> str:
    """Return which charges have no published rate; nothing where each has one."""
    charges = ", ".join(line.charge.key for line in quote.unpriced)
    term = "" if quote.term == "monthly" else f", {quote.term} term"
    return f"no rate is published on {quote.plan}{term} for {charges}" if charges else ""


def _cheapest(quotes: Sequence[Quote]) -> tuple[Quote | None, str]:
    """Return the cheapest of `quotes` that are fully priced, and what leaves it in doubt."""
    compared = compare(quotes)
    first = compared.first[0].quote if compared.first else None
    open_ = [standing.quote for standing in compared.unranked if not standing.ruled_out]
    missing = "; ".join(map(_missing, open_))
    if first and open_:
        others = " and ".join(quote.plan for quote in open_)
        return (
            first,
            f"{first.plan} is the cheapest but for {others}, which may cost less: {missing}",
        )
    return first, missing
