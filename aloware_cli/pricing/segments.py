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


def count_segments(text: str) -> Message:
    """Return `text` split as a phone splits it: each part is filled, and no pair is split.

    One character that GSM-7 lacks turns the whole message to UCS-2 (source: 3GPP TS 23.038 and
    23.040). `text` must not be empty.
    """
    unsupported = tuple(
        UnsupportedCharacter(character, times, PLAIN_FORMS.get(character))
        for character, times in Counter(text).items()
        if character not in GSM_PLACES
    )
    encoding = UCS_2 if unsupported else GSM_7
    return Message(text, encoding, tuple(_parts(text, encoding)), unsupported)


def plain_form(message: Message) -> Message | None:
    """Return `message` with every replaceable character replaced; None if there is none."""
    replaced = {
        ord(unsupported.character): unsupported.replacement
        for unsupported in message.forced_by
        if unsupported.replacement is not None
    }
    text = message.text.translate(replaced)
    return count_segments(text) if replaced and text else None


def _parts(text: str, encoding: Encoding) -> Iterator[Part]:
    """Yield the text of each segment with its length; an escape or surrogate pair has two units."""
    if encoding is GSM_7:
        lengths = [GSM_PLACES[character] for character in text]
    else:
        lengths = [2 if character >= "\U00010000" else 1 for character in text]
    if sum(lengths) <= encoding.alone:
        yield Part(text, sum(lengths))
        return
    start = units = 0
    for position, length in enumerate(lengths):
        if units + length > encoding.joined:
            yield Part(text[start:position], units)
            start, units = position, 0
        units += length
    yield Part(text[start:], units)
