"""Messages: a text, its encoding and the segments that are billed for it.

The tables are those of the GSM standard (3GPP TS 23.038, default alphabet and its
extension table; 3GPP TS 23.040 for the parts of a long message).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import CardIdentity
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.sources import Source

#: The 127 characters that take one place. Position 27 is the escape, no character.
GSM_BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ"
    "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: The 10 characters that take two places: the escape and one more.
GSM_EXTENSION: Final = "\f^{}\\[~]|€"
GSM_PLACES: Final[Mapping[str, int]] = dict.fromkeys(GSM_BASIC, 1) | dict.fromkeys(GSM_EXTENSION, 2)

#: Replacements within GSM-7 for characters that editors and phones insert.
_REPLACED: Final = (
    ("'", "‘’‚‛′ʼ´`‹›"),  # noqa: RUF001  look-alike characters are intended
    ('"', "“”„‟″«»"),
    ("-", "‐‑‒–—―−"),  # noqa: RUF001  likewise
    ("...", "…"),
    (" ", "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"),
    ("\n", "\u2028\u2029"),
    ("", "\u00ad\u200b\u2060\ufeff"),
    ("*", "•"),
    ("x", "×"),  # noqa: RUF001  likewise
    ("/", "⁄"),  # noqa: RUF001  likewise
    ("(C)", "©"),
    ("(R)", "®"),
    ("TM", "™"),
)
PLAIN_FORMS: Final[Mapping[str, str]] = {
    character: plain for plain, characters in _REPLACED for character in characters
}


class Encoding(NamedTuple):
    """How a message is encoded, and how much of it a segment holds."""

    name: str
    unit: str  #: What length is counted in
    units: str
    alone: int  #: The units of a message of one segment
    joined: int  #: The units of each segment of a longer message, without its header


GSM_7: Final = Encoding("GSM-7", "place", "places", alone=160, joined=153)
UCS_2: Final = Encoding("UCS-2", "UTF-16 unit", "UTF-16 units", alone=70, joined=67)


#: "1600 characters or 10 segments" (source: segments): ten segments hold only 1,530 characters of
#: GSM-7, so a message between the two is counted and has a note.
MAX_SEGMENTS: Final = 10
MAX_CHARACTERS: Final = 1600


class Part(NamedTuple):
    """The text of one segment, and its length in the units of the encoding."""

    text: str
    units: int


class UnsupportedCharacter(NamedTuple):
    """A character that GSM-7 lacks, so that the whole message is sent as UCS-2."""

    character: str
    times: int  #: How often the message contains it
    replacement: str | None  #: Its replacement within GSM-7; None without one

    @property
    def code_point(self) -> str:
        """Its number as Unicode writes it: `U+2019`."""
        return f"U+{ord(self.character):04X}"

    @property
    def name(self) -> str | None:
        """Its name in Unicode; None for one that has none."""
        import unicodedata

        return unicodedata.name(self.character, None)


class Message(NamedTuple):
    """A text, its encoding and its segments."""

    text: str
    encoding: Encoding
    parts: tuple[Part, ...]  #: One per segment; joined, they are the text
    #: The characters that GSM-7 lacks, each once, in the order of the text.
    forced_by: tuple[UnsupportedCharacter, ...]

    @property
    def characters(self) -> int:
        """How many Unicode characters it has."""
        return len(self.text)

    @property
    def units(self) -> int:
        """Its length in the units of its encoding."""
        return sum(part.units for part in self.parts)

    @property
    def segments(self) -> int:
        """How many segments are billed for each recipient."""
        return len(self.parts)

    @property
    def is_refused(self) -> bool:
        """Whether it is longer than the vendor sends."""
        return self.segments > MAX_SEGMENTS and not self.is_between_limits

    @property
    def is_between_limits(self) -> bool:
        """Whether it has too many segments, but no more characters than the vendor allows."""
        is_short = self.encoding is GSM_7 and self.units <= MAX_CHARACTERS
        return self.segments > MAX_SEGMENTS and is_short


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


class Sending(NamedTuple):
    """A message sent once to many recipients, priced on a plan."""

    card: CardIdentity
    recipients: int
    line: Line
    #: USD for the same message in plain characters; None if it has no plain form.
    plain_amount: Decimal | None


class SegmentCount(NamedTuple):
    """A message with its plain form and its costs."""

    message: Message
    #: The message with every replaceable character replaced; None if there is none.
    plain: Message | None
    #: The page that limits the number of segments; None if the cards do not name it.
    source: Source | None
    sending: Sending | None

    @property
    def saved(self) -> int:
        """How many segments the plain form saves; below 0 if it needs more."""
        return self.message.segments - self.plain.segments if self.plain else 0
