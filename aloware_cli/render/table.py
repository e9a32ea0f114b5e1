"""The table: what a rep reads in a terminal and pastes to a prospect.

One row a line, with label, working and one figure for each period or plan. On a
narrow screen the words beside a figure move above it, and the working below the
label. Figures are never cut: a table that needs more than the screen has is as
wide as it needs to be.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.quotes import Quote
from aloware_cli.render.console import TextTarget, draw
from aloware_cli.render.facts import facts_on, title_of
from aloware_cli.render.rows import (
    Row,
    carrier_fees_block,
    credits_block,
    first_invoice_block,
    heading,
    one_time_block,
    recurring_blocks,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

GAP = 2
#: Sentences stay readable up to this width, however wide the screen is.
WIDEST_TEXT = 100


class Columns(NamedTuple):
    """How wide the columns are; without a working column, the working stands below the label."""

    label: int
    working: int | None
    figures: tuple[int, ...]

    @property
    def total(self) -> int:
        """The width of the whole table."""
        widths = [self.label, *([self.working] if self.working else []), *self.figures]
        return sum(widths) + GAP * (len(widths) - 1)


def quote_table(quote: Quote, screen: TextTarget) -> str:
    """Return `quote` as a table that fits `screen`."""
    blocks = [[row._replace(explanation=()) for row in block] for block in _blocks(quote)]
    return table_of(title_of(quote), blocks, quote.notes, screen, _facts(quote))


def explained_table(quote: Quote, screen: TextTarget) -> str:
    """Return `quote` as a table with working, rule, reason and source under each line."""
    return table_of(title_of(quote), list(_blocks(quote)), quote.notes, screen, _facts(quote))


def _facts(quote: Quote) -> tuple[tuple[str, str], ...]:
    return facts_on(quote.details) if quote.details else ()


def _blocks(quote: Quote) -> Iterator[list[Row]]:
    if quote.lines:
        yield [heading()]
        yield from recurring_blocks(quote)
    if quote.carrier_fees:
        yield carrier_fees_block(quote.carrier_fees)
    if quote.credits:
        yield credits_block(quote.credits)
    if quote.one_time:
        yield one_time_block(quote)
    if quote.first_invoice:
        yield first_invoice_block(quote, quote.first_invoice)


def table_of(
    title: str,
    blocks: Sequence[Sequence[Row]],
    notes: Sequence[str],
    screen: TextTarget,
    facts: Sequence[tuple[str, str]] = (),
) -> str:
    """Return `title`, `facts`, `blocks` of rows with a rule between them, and `notes`."""
    from rich.console import Group
    from rich.text import Text

    columns = _columns_for([row for block in blocks for row in block], screen.width)
    rule = Text(screen.rule * columns.total, style="dim")
    parts: list[RenderableType] = [
        Text(title, style="bold"),
        Text(),
        *_named(facts, min(screen.width, WIDEST_TEXT)),
        *([Text()] if facts else []),
    ]
    for block in blocks:
        parts += [*_drawn(block, columns, min(screen.width, WIDEST_TEXT)), rule]
    parts[-1:] = [Text()] if notes else []
    parts += [_sentence(note, "- ", min(screen.width, WIDEST_TEXT)) for note in notes]
    return draw(Group(*parts), max(screen.width, columns.total), screen)


def facts_of(
    title: str, facts: Sequence[tuple[str, str]], notes: Sequence[str], screen: TextTarget
) -> str:
    """Return `title`, `facts` with their names before them, and `notes`, for `screen`."""
    from rich.console import Group
    from rich.text import Text

    width = min(screen.width, WIDEST_TEXT)
    parts: list[RenderableType] = [Text(title, style="bold"), Text(), *_named(facts, width)]
    parts += [Text()] if notes else []
    parts += [_sentence(note, "- ", width) for note in notes]
    return draw(Group(*parts), screen.width, screen)


def _named(facts: Sequence[tuple[str, str]], width: int) -> Iterator["RenderableType"]:
    widest = max((len(name) for name, _ in facts), default=0) + GAP
    for name, fact in facts:
        # What has no name, an address, needs the whole width to stay in one piece.
        yield _sentence(fact, name and name.ljust(widest), width)


def _columns_for(rows: list[Row], width: int) -> Columns:
    """Return the columns that show `rows` in `width`, with the working beside or below."""
    from rich.cells import cell_len

    figures = _widest(rows, len)
    label = max(cell_len(row.label) for row in rows)
    working = max(len(row.working) for row in rows)
    words = _widest(rows, lambda figure: max(map(len, figure.split()), default=0))
    for narrower in (figures, words):
        beside = Columns(label, working, narrower)
        if beside.total <= width:
            return beside
    left = width - Columns(0, None, words).total
    return Columns(max(min(label, left), working), None, words)


def _widest(rows: list[Row], measure: Callable[[str], int]) -> tuple[int, ...]:
    """Return the width of each column of figures; rows may have fewer than others."""
    columns = zip_longest(*(row.figures for row in rows), fillvalue="")
    return tuple(max(map(measure, column)) for column in columns)


def _drawn(rows: Iterable[Row], columns: Columns, width: int) -> Iterator["RenderableType"]:
    together: list[Row] = []
    for row in rows:
        together.append(row)
        if row.explanation:
            yield _grid(together, columns)
            together = []
            yield from (_sentence(sentence, "  ", width) for sentence in row.explanation)
    if together:
        yield _grid(together, columns)


def _grid(rows: Sequence[Row], columns: Columns) -> "RenderableType":
    """Return `rows` as a grid of fixed widths, so that all grids stand in the same columns."""
    from textwrap import fill

    from rich.table import Table

    grid = Table.grid()
    grid.add_column(width=columns.label, overflow="fold")
    most = max(len(row.figures) for row in rows)
    beside = [columns.working] if columns.working else []
    for width in [*beside, *columns.figures[:most]]:
        grid.add_column(width=GAP + width, justify="right", no_wrap=True)
    for row in rows:
        label = row.label
        cells = [row.working] if columns.working else []
        if not columns.working and row.working:
            label = f"{label}\n{row.working}".lstrip()
        figures = [
            figure if len(figure) <= width else fill(figure, width, break_long_words=False)
            for figure, width in zip(row.figures, columns.figures, strict=False)
        ]
        grid.add_row(label, *cells, *figures, style="bold" if row.is_sum else "")
    return grid


def _sentence(text: str, lead: str, width: int) -> "RenderableType":
    """Return `text` wrapped at `width`, all its lines behind the first one's lead."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid()
    grid.add_column(width=len(lead))
    grid.add_column(width=width - len(lead), overflow="fold")
    grid.add_row(Text(lead), Text(text))
    return grid
