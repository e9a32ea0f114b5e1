"""Two sets of cards held against each other: a table, and `aloware.changes/1`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aloware_cli.domain.changes import CardChanges, Change, Effect
from aloware_cli.domain.money import format_display
from aloware_cli.render.console import TextTarget, draw
from aloware_cli.render.words import cited, rate_in_words, rate_per_unit

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def changes_table(found: CardChanges, screen: TextTarget) -> str:
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
        yield f"{name}{least}", *(format_display(amount) for amount in totals)
    more, once = effect.difference, effect.one_time_difference
    if more is None or once is None:
        yield "Difference", *("unknown",) * 4
    else:
        yield "Difference", *(format_display(amount) for amount in (*more, once))
