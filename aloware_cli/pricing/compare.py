"""Comparing: quotes for the same order on several plans, set against the cheapest."""

from collections.abc import Iterator, Sequence

from aloware_cli.domain.comparisons import Comparison, Standing
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.notes import notes_on_several


def compare(quotes: Sequence[Quote]) -> Comparison:
    """Return `quotes`, one a plan, ranked by their monthly totals.

    One-time fees do not count. A quote whose totals are only a lower bound gets
    no place; where that bound is above the cheapest ranked total, it is ruled out.
    """
    totals = sorted(quote.totals for quote in quotes if not quote.at_least)
    standings = tuple(_standing(quote, totals) for quote in quotes)
    comparison = Comparison(standings, notes=())
    notes = [
        *_on_the_first(comparison),
        *_on_other_ties(comparison),
        *_on_what_would_settle_it(comparison),
        *_on_one_time_fees(comparison),
        *notes_on_several(quotes),
    ]
    return comparison._replace(notes=tuple(notes))


def _standing(quote: Quote, totals: Sequence[Amounts]) -> Standing:
    """Return how `quote` stands among the exact `totals`, which are sorted."""
    place = None if quote.at_least else totals.index(quote.totals) + 1
    if not totals or (quote.at_least and quote.totals <= totals[0]):
        return Standing(quote, place, None)
    more = Amounts(*(own - least for own, least in zip(quote.totals, totals[0], strict=True)))
    return Standing(quote, place, more)


def _on_the_first(comparison: Comparison) -> Iterator[str]:
    names = [standing.quote.plan for standing in comparison.first]
    others = [s.quote.plan for s in comparison.unranked if not s.ruled_out]
    doubt = f" of the plans that are fully priced; {_listed(others)} may cost less" * bool(others)
    if not names:
        yield "No plan can be ranked: each lacks a rate that is not published."
    elif others and len(comparison.ranked) == 1:
        alone = f"{names[0]} alone is fully priced, and so ranked alone"
        yield f"{alone}; {_listed(others)} may cost less."
    elif len(names) > 1:
        yield f"{_listed(names)} cost the same, and are the cheapest{doubt}."
    elif len(comparison.standings) > 1:
        yield f"{names[0]} is the cheapest{doubt}."


def _on_other_ties(comparison: Comparison) -> Iterator[str]:
    places = sorted({standing.place for standing in comparison.ranked if standing.place})
    for place in places[1:]:
        names = [tied.quote.plan for tied in comparison.ranked if tied.place == place]
        if len(names) > 1:
            yield f"{_listed(names)} cost the same."


def _on_what_would_settle_it(comparison: Comparison) -> Iterator[str]:
    for standing in comparison.unranked:
        quote = standing.quote
        missing = _listed([line.charge.label for line in quote.unpriced])
        lacks = f"{quote.plan} lacks a published rate for {missing}"
        if standing.ruled_out:
            yield f"{lacks}, but costs more than the cheapest whatever that is: it is ruled out."
        else:
            flags = " ".join(
                f"--rate {quote.plan.lower()}:{line.charge.priced_as}=PRICE"
                for line in quote.unpriced
            )
            yield f"{lacks}, so it is not ranked. To settle it: {flags}"


def _on_one_time_fees(comparison: Comparison) -> Iterator[str]:
    if any(quote.one_time for quote in comparison.quotes):
        yield "Ranked by what recurs each month; fees paid once stand apart."


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
