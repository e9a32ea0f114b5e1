"""Two sets of cards held against each other: a table, and `aloware.changes/1`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aloware_cli.domain.change import CardChanges, Change, Effect
from aloware_cli.domain.money import grouped, plain
from aloware_cli.domain.quote import Quote
from aloware_cli.render.cards import rate_object
from aloware_cli.render.console import Screen, draw
from aloware_cli.render.json import Object, periods
from aloware_cli.render.words import cited, rate_in_words, rate_per_unit

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def changes_document(found: CardChanges) -> Object:
    """Return `found` as the keys and strings of `aloware.changes/1`."""
    effect = found.effect
    return {
        "schema": "aloware.changes/1",
        "changes": [_change_object(change) for change in found.changes],
        "effect": None if effect is None else _effect_object(effect),
    }


def _change_object(change: Change) -> Object:
    return {
        "plans": list(change.plans),
        "charge": change.key,
        "label": change.label,
        "unit": change.unit,
        "term": change.term,
        "old": None if change.old is None else rate_object(change.old),
        "new": None if change.new is None else rate_object(change.new),
    }


def _effect_object(effect: Effect) -> Object:
    return {
        "plan": effect.new.plan,
        "term": effect.new.term,
        "old": _totals(effect.old),
        "new": _totals(effect.new),
        "difference": difference_object(effect),
    }


def difference_object(effect: Effect) -> Object | None:
    """Return how much more the new quote is, as every form of JSON gives it; null is unknown."""
    more, once = effect.difference, effect.one_time_difference
    if more is None or once is None:
        return None
    return {**periods(more), "one_time": plain(once)}


def _totals(quote: Quote) -> Object:
    return {
        **periods(quote.totals),
        "one_time": plain(quote.one_time_total),
        "at_least": quote.at_least,
    }


def changes_table(found: CardChanges, screen: Screen) -> str:
    """Return each change with its source and, where it was asked for, the effect on a quote."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = []
    for change in found.changes:
        parts.append(Text(_in_words(change)))
        parts += [Padding(sentence, (0, 0, 0, 2)) for sentence in _source_of(change)]
    if found.effect:
        parts += _effect_parts(found.effect)
    said = [] if found.changes else [Text("No price differs.")]
    return draw(Group(*said, *parts), screen.width, screen)


def _in_words(change: Change) -> str:
    """Say on which plans, what and how."""
    term = f", {change.term} term" if change.term else ""
    old = rate_in_words(change.old) if change.old else "not on the card"
    new = rate_per_unit(change.new, change.unit) if change.new else "not on the card"
    what = f"{change.label}{term} ({change.key})"
    return f"{', '.join(change.plans)}: {what}: {old} -> {new}"


def _source_of(change: Change) -> Iterator[str]:
    """Yield on whose word the new price stands, or stood where there is none any more."""
    rate = change.new or change.old
    if rate and rate.status != "unpublished":
        yield cited(rate.citation)


def _effect_parts(effect: Effect) -> Iterator["Table | str"]:
    from rich.table import Table

    yield f"\nThe quote on {effect.new.plan}, {effect.new.term} term:"
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    rows = [("", "Monthly", "Quarterly", "Annual", "Once"), *_effect_rows(effect)]
    has_fees = bool(effect.old.one_time or effect.new.one_time)
    for _ in range(4 if has_fees else 3):
        grid.add_column(no_wrap=True, justify="right")
    for row in rows:
        grid.add_row(*(row if has_fees else row[:4]))
    yield grid


def _effect_rows(effect: Effect) -> Iterator[tuple[str, ...]]:
    for name, quote in (("Old", effect.old), ("New", effect.new)):
        least = ", at least" if quote.at_least else ""
        totals = (*quote.totals, quote.one_time_total)
        yield f"{name}{least}", *(grouped(amount) for amount in totals)
    more, once = effect.difference, effect.one_time_difference
    if more is None or once is None:
        yield "Difference", *("unknown",) * 4
    else:
        yield "Difference", *(grouped(amount) for amount in (*more, once))
