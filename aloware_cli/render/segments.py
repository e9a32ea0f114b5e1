"""A message's segments as a table for people and as `aloware.segments/1` for scripts.

The schema of the JSON is `aloware_cli/schemas/segments.schema.json`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aloware_cli.domain.messages import (
    MAX_SEGMENTS,
    Message,
    SegmentCount,
    Sending,
    UnsupportedCharacter,
)
from aloware_cli.domain.money import format_display
from aloware_cli.render.console import TextTarget, draw

if TYPE_CHECKING:
    from rich.console import RenderableType

#: How many characters that force UCS-2 the table lists; JSON has them all.
MOST_LISTED = 20
#: How many segments the table shows the filling of.
MOST_FILLED = 12


def segments_table(count: SegmentCount, screen: TextTarget) -> str:
    """Return `count` as a few rows of figures, then sentences."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, figure in _figures(count.message):
        grid.add_row(label, figure)
    blocks: list[RenderableType] = [grid]
    if count.message.forced_by:
        blocks += [Text(), *_on_what_forces(count, screen)]
    sentences = [*_on_plain_form(count), *_on_cost(count.sending), *_on_limit(count)]
    blocks += [Text(), *(Text(sentence) for sentence in sentences)] if sentences else []
    return draw(Group(*blocks), screen.width, screen)


def _figures(message: Message) -> Iterator[tuple[str, str]]:
    encoding = message.encoding
    units = encoding.unit if message.units == 1 else encoding.units
    yield "Encoding", encoding.name
    yield "Characters", f"{message.characters:,}"
    yield "Length", f"{message.units:,} {units}"
    yield "Segments", f"{message.segments:,}{_filling(message)}"


def _filling(message: Message) -> str:
    """Say how full the segments are."""
    if message.segments == 1:
        return f" ({message.units} of {message.encoding.alone})"
    units = [str(part.units) for part in message.parts[:MOST_FILLED]]
    more = ["..."] if message.segments > MOST_FILLED else []
    return f" ({' + '.join(units + more)}, of {message.encoding.joined} each)"


def _on_what_forces(count: SegmentCount, screen: TextTarget) -> Iterator["RenderableType"]:
    from rich.table import Table
    from rich.text import Text

    forcing = count.message.forced_by
    yield Text("These characters are not in GSM-7, and so the whole message is UCS-2:")
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for unsupported in forcing[:MOST_LISTED]:
        grid.add_row(
            f"  {unsupported.code_point}",
            _shown(unsupported.character, screen),
            f"x {unsupported.times:,}",
            f"{(unsupported.name or 'no name').lower()}{_instead(unsupported)}",
        )
    yield grid
    if len(forcing) > MOST_LISTED:
        yield Text(f"  ... and {len(forcing) - MOST_LISTED:,} more")


def _shown(character: str, screen: TextTarget) -> str:
    """Return a character that forces UCS-2, or a blank where it shows nothing of its own."""
    import unicodedata

    stands_alone = character.isprintable() and not unicodedata.category(character).startswith("M")
    return character if stands_alone and (character.isascii() or not screen.is_ascii) else " "


def _instead(unsupported: UnsupportedCharacter) -> str:
    match unsupported.replacement:
        case None:
            return ""
        case "":
            return "; can go"
        case " ":
            return "; a space does"
        case "\n":
            return "; a line end does"
        case replacement:
            return f"; {replacement} does"


def _on_plain_form(count: SegmentCount) -> Iterator[str]:
    """Say what the replacements save."""
    if count.plain is None:
        return
    if count.saved <= 0:
        yield "The replacements would save no segment."
        return
    encoding, segments = count.plain.encoding.name, count.plain.segments
    unit = "segment" if segments == 1 else "segments"
    yield f"With the replacements: {encoding} and {segments:,} {unit}, {count.saved:,} saved."


def _on_cost(sending: Sending | None) -> Iterator[str]:
    """Say what one sending costs; carriers charge every text besides (source: credits)."""
    if sending is None:
        return
    line, amount, plain_amount = sending.line, sending.line.amount, sending.plain_amount
    if amount is None:
        return
    mark = ", at a price supplied and not published" if line.status == "supplied" else ""
    yield (
        f"{sending.card.plan}, {sending.recipients:,} recipients: {line.working} = "
        f"{format_display(amount)} USD{mark}."
    )
    if plain_amount is not None and plain_amount < amount:
        yield f"With the replacements: {format_display(plain_amount)} USD."
    yield "Carrier fees come on top of every segment."


def _on_limit(count: SegmentCount) -> Iterator[str]:
    if count.message.is_refused:
        source = count.source
        page = f" ({source.title}, read {source.read_on})" if source else ""
        yield f"The vendor sends at most {MAX_SEGMENTS} segments a message{page}."
