"""Shares: what makes up the monthly total."""

from typing import NamedTuple

from aloware_cli.domain.quote import Line, Quote


class Share(NamedTuple):
    """A line, and how much of the monthly total it is."""

    line: Line
    #: Whole percent; those of all lines add up to 100.
    percent: int


def shares_of(quote: Quote) -> tuple[Share, ...]:
    """Return the share of each line that costs something; none where the total is 0.00.

    Percentages are cut to whole ones, and what is then missing from 100 goes to those
    that lost the most, one each.
    """
    total = quote.totals.monthly
    costs = [(line, line.amount) for line in quote.lines if line.amount]
    parts = [divmod(100 * amount, total) for _, amount in costs]
    missing = 100 - sum(int(whole) for whole, _ in parts)
    most_lost = sorted(range(len(parts)), key=lambda place: -parts[place][1])[:missing]
    return tuple(
        Share(line, int(parts[place][0]) + (place in most_lost))
        for place, (line, _) in enumerate(costs)
    )
