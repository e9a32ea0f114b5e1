"""Messages: a text as it is sent, cut into the segments that are billed."""

from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.alphabet import Encoding
from aloware_cli.domain.card import CardIdentity
from aloware_cli.domain.quote import Line
from aloware_cli.domain.source import Source

#: The vendor sends no message of more segments (source: segments).
MOST_SEGMENTS: Final = 10


class Part(NamedTuple):
    """What one segment carries."""

    text: str
    #: How much room it takes, in the units of the message's encoding.
    units: int


class Lacking(NamedTuple):
    """A character that GSM-7 lacks, so that the whole message is sent as UCS-2."""

    character: str
    #: How often it stands in the message.
    times: int
    #: What says the same within GSM-7; None where nothing does.
    replacement: str | None

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
    #: One for each segment; put together, they are the text.
    parts: tuple[Part, ...]
    #: The characters that GSM-7 lacks, each once, in the order of the text.
    forced_by: tuple[Lacking, ...]

    @property
    def characters(self) -> int:
        """How many Unicode characters it has."""
        return len(self.text)

    @property
    def units(self) -> int:
        """How much room it takes, in the units of its encoding."""
        return sum(part.units for part in self.parts)

    @property
    def segments(self) -> int:
        """How many segments are billed for each recipient."""
        return len(self.parts)

    @property
    def is_refused(self) -> bool:
        """Whether it has more segments than the vendor sends."""
        return self.segments > MOST_SEGMENTS


class Sending(NamedTuple):
    """A message sent once to many recipients, priced on a plan."""

    card: CardIdentity
    recipients: int
    line: Line
    #: USD for the same message in plain characters; None where it has no plain form.
    plain_amount: Decimal | None


class SegmentCount(NamedTuple):
    """All that is to be said of a message before it is sent."""

    message: Message
    #: The message with every replaceable character replaced; None where there is none.
    plain: Message | None
    #: The page that limits the number of segments; None where the cards do not name it.
    source: Source | None
    sending: Sending | None

    @property
    def saved(self) -> int:
        """How many segments the plain form saves; below 0 where it needs more."""
        return self.message.segments - self.plain.segments if self.plain else 0
