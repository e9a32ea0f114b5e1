"""Segmentation: a text in, the segments that are billed for it out."""

from collections import Counter
from collections.abc import Iterator

from aloware_cli.domain.messages import (
    GSM_7,
    GSM_PLACES,
    PLAIN_FORMS,
    UCS_2,
    Encoding,
    Message,
    Part,
    UnsupportedCharacter,
)

#: The first character that UTF-16 writes as two units.
FIRST_PAIR = "\U00010000"


def count_segments(text: str) -> Message:
    """Return `text` cut as a phone cuts it: part after part is filled, and no pair is split.

    One character that GSM-7 lacks turns the whole message to UCS-2 (source: 3GPP
    TS 23.038 and 23.040). `text` must not be empty.
    """
    unsupported = tuple(_unsupported(text))
    encoding = UCS_2 if unsupported else GSM_7
    return Message(text, encoding, tuple(_parts(text, encoding)), unsupported)


def plain_form(message: Message) -> Message | None:
    """Return `message` with every replaceable character replaced; None where there is none."""
    replaced = {
        ord(unsupported.character): unsupported.replacement
        for unsupported in message.forced_by
        if unsupported.replacement is not None
    }
    text = message.text.translate(replaced)
    return count_segments(text) if replaced and text else None


def _unsupported(text: str) -> Iterator[UnsupportedCharacter]:
    for character, times in Counter(text).items():
        if character not in GSM_PLACES:
            yield UnsupportedCharacter(character, times, PLAIN_FORMS.get(character))


def _parts(text: str, encoding: Encoding) -> Iterator[Part]:
    """Yield the text of each segment with the room it takes."""
    rooms = [_room(character, encoding) for character in text]
    if sum(rooms) <= encoding.alone:
        yield Part(text, sum(rooms))
        return
    start = units = 0
    for position, room in enumerate(rooms):
        if units + room > encoding.joined:
            yield Part(text[start:position], units)
            start, units = position, 0
        units += room
    yield Part(text[start:], units)


def _room(character: str, encoding: Encoding) -> int:
    """Return how many units `character` takes: an escape pair or a surrogate pair takes two."""
    if encoding is GSM_7:
        return GSM_PLACES[character]
    return 1 if character < FIRST_PAIR else 2
