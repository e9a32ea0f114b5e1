"""Comparing: quotes for the same order on several plans, compared with the cheapest."""

from collections.abc import Iterator, Sequence
from typing import Any

from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.comparisons import Comparison, Standing
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quotes import Note, Quote
from aloware_cli.domain.scenarios import short_name
from aloware_cli.pricing.notes import notes_on_several


def compare(quotes: Sequence[Quote]) -> Comparison:
    """Return `quotes`, one a plan, ranked by their monthly totals.

    One-time fees do not count. A quote whose totals are only a lower bound gets
    no place; where that bound is above the cheapest ranked total, it is ruled out.
    """
    totals = [quote.totals for quote in quotes if not quote.at_least]
    rank = iter(ranks(totals))
    cheapest = min(totals, default=None)
    standings = tuple(
        _standing(quote, None if quote.at_least else next(rank), cheapest) for quote in quotes
    )
    comparison = Comparison(standings, reasons=(), notes=())
    reasons = [
        *_on_the_first(comparison),
        *_on_other_ties(comparison),
        *_on_missing_prices(comparison),
    ]
    notes = (*_on_one_time_fees(comparison), *notes_on_several(quotes))
    return comparison._replace(reasons=tuple(reasons), notes=notes)


def ranks(totals: Sequence[Any]) -> list[int]:
    """Return the rank of each total, 1 for the lowest; equal totals share a rank."""
    ordered = sorted(totals)
    return [ordered.index(total) + 1 for total in totals]


def _standing(quote: Quote, place: int | None, cheapest: Amounts | None) -> Standing:
    """Return how `quote` compares with the `cheapest` exact totals."""
    if cheapest is None or (quote.at_least and quote.totals <= cheapest):
        return Standing(quote, place, None)
    more = Amounts(*(own - least for own, least in zip(quote.totals, cheapest, strict=True)))
    return Standing(quote, place, more)


def _on_the_first(comparison: Comparison) -> Iterator[str]:
    names = [standing.quote.plan for standing in comparison.first]
    others = [s.quote.plan for s in comparison.unranked if not s.ruled_out]
    doubt = f" of the plans that are fully priced; {_listed(others)} may cost less" * bool(others)
    if not names:
        yield "No plan can be ranked, because each lacks a published rate."
    elif others and len(comparison.ranked) == 1:
        yield f"Only {names[0]} is fully priced and ranked; {_listed(others)} may cost less."
    elif len(names) > 1:
        yield f"{_listed(names)} cost the same and are the cheapest{doubt}."
    elif len(comparison.standings) > 1:
        yield f"{names[0]} is the cheapest{doubt}."


def _on_other_ties(comparison: Comparison) -> Iterator[str]:
    places = sorted({standing.place for standing in comparison.ranked if standing.place})
    for place in places[1:]:
        names = [tied.quote.plan for tied in comparison.ranked if tied.place == place]
        if len(names) > 1:
            yield f"{_listed(names)} cost the same."


def _on_missing_prices(comparison: Comparison) -> Iterator[str]:
    """Yield which plans cannot be ranked, and the options that supply the missing prices."""
    options = []
    for standing in comparison.unranked:
        quote = standing.quote
        if standing.ruled_out:
            missing = _listed([in_sentence(line.charge.label) for line in quote.unpriced])
            yield f"{quote.plan} costs more than the cheapest at any price of {missing}."
        else:
            options += [
                f"--rate {quote.plan.lower()}:{short_name(line.charge.priced_as)}=PRICE"
                for line in quote.unpriced
            ]
    if options:
        yield f"Supply the missing prices: {' '.join(options)}"


def _on_one_time_fees(comparison: Comparison) -> Iterator[Note]:
    if any(quote.one_time for quote in comparison.quotes):
        yield Note("assumption", "Ranked by recurring charges; one-time fees are not counted.")


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
