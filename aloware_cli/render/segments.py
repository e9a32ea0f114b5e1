"""A message's segments as facts, sections and sentences."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from aloware_cli.domain.messages import (
    MAX_CHARACTERS,
    MAX_SEGMENTS,
    Message,
    SegmentCount,
)
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.problems import count as numbered
from aloware_cli.render.sections import Column, Report, Row, Section
from aloware_cli.render.words import amount_of, source_in_words

#: Characters that force UCS-2 to list; JSON lists all of them.
MAX_LISTED: Final = 20
#: Segments to show the length of.
MAX_FILLED: Final = 12
FORCING: Final = "These characters are not in GSM-7, so the whole message is sent as UCS-2:"
COLUMNS: Final = tuple(Column(key, "") for key in ("character", "count", "name"))


def segments_report(count: SegmentCount) -> Report:
    """Return encoding, length and segments of a message, and what sending it costs."""
    message = count.message
    encoding = message.encoding
    units = encoding.unit if message.units == 1 else encoding.units
    forcing = tuple(_forcing(message))
    return Report(
        title="",
        facts=(
            ("Encoding", encoding.name),
            ("Characters", f"{message.characters:,}"),
            ("Length", f"{message.units:,} {units}"),
            ("Segments", f"{message.segments:,} {_filling(message)}"),
        ),
        sections=(Section("forced_by", FORCING, FORCING, COLUMNS, forcing),) if forcing else (),
        remarks=tuple(_remarks(count)),
    )


def _filling(message: Message) -> str:
    """Write how long the segments are."""
    if message.segments == 1:
        return f"({message.units} of {message.encoding.alone})"
    units = [str(part.units) for part in message.parts[:MAX_FILLED]]
    more = ["..."] if message.segments > MAX_FILLED else []
    return f"({' + '.join(units + more)}, of {message.encoding.joined} each)"


def _forcing(message: Message) -> Iterator[Row]:
    named = {"": "nothing", " ": "a space", "\n": "a line break"}
    for unsupported in message.forced_by[:MAX_LISTED]:
        character, replacement = unsupported.character, unsupported.replacement
        # A blank stands for a character that shows nothing of its own.
        is_mark = unicodedata.category(character).startswith("M")
        shown = character if character.isprintable() and not is_mark else " "
        times = "once" if unsupported.times == 1 else f"{unsupported.times:,} times"
        name = (unsupported.name or "no name").lower()
        if replacement is not None:
            name += f"; replace it with {named.get(replacement, replacement)}"
        yield Row(f"  {unsupported.code_point}", (shown, times, name))
    if further := len(message.forced_by[MAX_LISTED:]):
        yield Row(f"  ... and {further:,} more")


def _remarks(count: SegmentCount) -> Iterator[str]:
    """Yield what replacements save, what sending costs, and which limit the message exceeds.

    Carriers charge every text besides (source: credits).
    """
    message, plain, sending = count.message, count.plain, count.sending
    if plain and count.saved > 0:
        size = numbered(plain.segments, "segment")
        yield f"With the replacements: {plain.encoding.name}, {size}, {count.saved:,} saved."
    elif plain:
        yield "The replacements save no segment."
    if sending and sending.line.amount is not None:
        yield f"{sending.card.plan}, {sending.recipients:,} recipients: {amount_of(sending.line)}."
        if sending.plain_amount is not None and sending.plain_amount < sending.line.amount:
            yield f"With the replacements: {format_usd(sending.plain_amount)}."
        yield "Not included: carrier fees for each segment."
    if message.is_refused:
        source = f" ({source_in_words(count.source)})" if count.source else ""
        yield f"Aloware sends at most {MAX_SEGMENTS} segments per message{source}."
    if message.is_between_limits:
        yield (
            f"Aloware allows {MAX_CHARACTERS:,} characters or {MAX_SEGMENTS} segments. This "
            "message is within the first limit, and its segments are counted in full."
        )
