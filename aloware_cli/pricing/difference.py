"""Differences: two quotes held against each other, line by line."""

from collections.abc import Iterator

from aloware_cli.domain.difference import Difference, LineDifference
from aloware_cli.domain.quote import Line, Quote

#: A hash is told by its first digits, as people do.
DIGITS = 12


def find_difference(old: Quote, new: Quote) -> Difference:
    """Return what differs in status, quantity, prices and amounts, and what is behind it.

    A page that was only read again, or says the same in other words, is no difference.
    """
    before = {line.charge.key: line for line in old.all_lines}
    after = {line.charge.key: line for line in new.all_lines}
    lines = []
    for key, line in {**after, **before}.items():
        one, other = before.get(key), after.get(key)
        if _figures(one) != _figures(other):
            lines.append(LineDifference((other or line).charge, one, other))
    return Difference(old, new, tuple(lines), tuple(_notes(old, new)))


def _figures(line: Line | None) -> object:
    """Return what counts as a difference."""
    return line and (
        line.charge.one_time,
        line.charge.category,
        line.status,
        line.quantity,
        line.list_price,
        line.unit_price,
        line.amount,
    )


def _notes(old: Quote, new: Quote) -> Iterator[str]:
    """Say what is behind a difference: other cards, other inputs, another version."""
    if old.card.sha256 == new.card.sha256:
        yield f"Both are priced from the same {new.plan} card."
    else:
        yield f"Old card: {_card(old)}. New card: {_card(new)}."
    if old.order._replace(as_of=None) != new.order._replace(as_of=None):
        yield "They were not asked for the same."
    if old.version != new.version:
        yield f"The old one was priced by aloware {old.version}, the new one by {new.version}."


def _card(quote: Quote) -> str:
    since = f" from {quote.card.effective_from}" if quote.card.effective_from else ""
    return f"{quote.plan}{since}, {quote.card.sha256[:DIGITS]}"
