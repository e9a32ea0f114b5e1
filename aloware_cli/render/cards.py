"""Cards as tables for people, and as `aloware.cards/1` and `aloware.card/1` for scripts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.cards import DatedCard, Listed, Rate, RateCard, Status
from aloware_cli.domain.money import format_display
from aloware_cli.domain.sources import Source
from aloware_cli.render.console import TextTarget, draw
from aloware_cli.render.words import page_in_words, rate_in_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


GAP = 2
#: How much of a hash tells cards apart for people; JSON has all of it.
SHORT_HASH = 12
STATUSES: Final[tuple[Status, ...]] = ("billed", "included", "unpublished")
HEADINGS = ("Plan", "From", "Published", "Included", "Unpublished", "Oldest page", "SHA-256")
GROUPS = {"subscription": "Subscription", "usage": "Usage", "once": "Paid once"}


def cards_table(cards: Sequence[DatedCard], screen: TextTarget) -> str:
    """Return one row a card: since when it holds, what it prices, and how old its pages are."""
    from rich.table import Table

    if not cards:
        return "No card is in force on that day.\n"
    rows = [HEADINGS, *(_card_row(dated) for dated in cards)]
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for heading in HEADINGS:
        is_number = heading in HEADINGS[2:5]
        grid.add_column(no_wrap=True, justify="right" if is_number else "left")
    for number, row in enumerate(rows):
        grid.add_row(*row, style="" if number else "bold")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return draw(grid, max(screen.width, sum(widths) + GAP * len(widths)), screen)


def _card_row(dated: DatedCard) -> tuple[str, ...]:
    identity = dated.card.identity
    counts = [str(dated.card.how_many(status)) for status in STATUSES]
    read_on = identity.oldest_read_on or "none"
    return (
        identity.plan, dated.since or "always", *counts, read_on, identity.sha256[:SHORT_HASH]
    )  # fmt: skip


class _Entry(NamedTuple):
    """One row: what is priced, and the number of its source below the table."""

    label: str
    key: str
    price: str
    unit: str
    note: str


def card_table(card: RateCard, screen: TextTarget) -> str:
    """Return every charge of `card` with its price or state, and the sources below.

    On a narrow screen, key and unit stand below the label.
    """
    from rich.console import Group
    from rich.text import Text

    pages = list(dict.fromkeys(listed.rate.citation.source for listed in card.listed))
    groups = {name: list(_entries(card, group, pages)) for group, name in GROUPS.items()}
    entries = [entry for group in groups.values() for entry in group]
    widths = [max(map(len, column)) for column in zip(*entries, strict=True)]
    draw_grid = _wide_grid
    if sum(widths) + GAP * len(widths) > screen.width:
        draw_grid, widths = _narrow_grid, _narrow_widths(entries, screen.width)
    since = card.identity.effective_from
    title = f"Aloware {card.plan}, in {card.currency}{f', from {since}' if since else ''}"
    parts: list[RenderableType] = [Text(title, style="bold")]
    for name, group in groups.items():
        if group:
            parts += [Text(), Text(name, style="bold"), draw_grid(group, widths)]
    notes = [f"{number}  {page_in_words(page)}" for number, page in enumerate(pages, 1)]
    return draw(Group(*parts, Text(), *map(Text, notes)), screen.width, screen)


def _entries(card: RateCard, group: str, pages: list[Source]) -> Iterator[_Entry]:
    for listed in card.listed:
        charge = listed.charge
        if group == ("once" if charge.one_time else charge.category):
            page = pages.index(listed.rate.citation.source) + 1
            price, *further = _prices(listed.rate)
            yield _Entry(_label(listed), charge.key, price[1], f"per {charge.unit}", str(page))
            yield from (_Entry(f"  {label}", "", figure, "", "") for label, figure in further)


def _prices(rate: Rate) -> Iterator[tuple[str, str]]:
    """Yield what stands for a rate, and then what it consists of, if that is more than a price."""
    if rate.model and len(rate.model.tiers) > 1:
        yield "", rate.model.name
        for tier in rate.model.tiers:
            upto = "beyond" if tier.up_to is None else f"up to {tier.up_to:,}"
            yield upto, format_display(tier.price)
    else:
        yield "", rate_in_words(rate._replace(allowance=0))
    if rate.allowance:
        yield "included with each license", f"{rate.allowance:,}"


def _label(listed: Listed) -> str:
    return f"{listed.charge.label}, {listed.term} term" if listed.term else listed.charge.label


def _wide_grid(entries: list[_Entry], widths: list[int]) -> "Table":
    """Return one line an entry, in the same columns for all groups."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0))
    for name, width in zip(_Entry._fields, widths, strict=True):
        grid.add_column(width=width, no_wrap=True, justify="right" if name == "price" else "left")
    for entry in entries:
        grid.add_row(*entry)
    return grid


def _narrow_widths(entries: list[_Entry], width: int) -> list[int]:
    """Return the columns that are left where key and unit stand below the label."""
    price = max(len(entry.price) for entry in entries)
    note = max(len(entry.note) for entry in entries)
    label = max(len(line) for entry in entries for line in _two_lines(entry).splitlines())
    return [max(1, min(label, width - price - note - 3 * GAP)), price, note]


def _narrow_grid(entries: list[_Entry], widths: list[int]) -> "Table":
    """Return two lines an entry: its label, and below it what to call it in a command."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0))
    label, price, note = widths
    grid.add_column(width=label, overflow="fold")
    grid.add_column(width=price, no_wrap=True, justify="right")
    grid.add_column(width=note, no_wrap=True)
    for entry in entries:
        grid.add_row(_two_lines(entry), entry.price, entry.note)
    return grid


def _two_lines(entry: _Entry) -> str:
    return f"{entry.label}\n  {entry.key}, {entry.unit}" if entry.key else entry.label
