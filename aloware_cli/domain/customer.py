"""Details: who a quote is for and from, its number, and how long it holds."""

import datetime
from typing import Final, NamedTuple

from aloware_cli.domain.money import read_quantity

MAX_NAME_LENGTH: Final = 120
MAX_NOTE_LENGTH: Final = 500
MAX_VALID_DAYS: Final = 3650
#: What Python counts as invisible and people write within words all the same: two wide
#: blanks, and the joiners of Persian, of the scripts of India and of emoji.
WITHIN_WORDS: Final = "\u00a0\u3000\u200c\u200d"


class Details(NamedTuple):
    """What makes a quote a document; all of it is given, nothing is taken from a clock."""

    prospect: str | None = None
    contact: str | None = None
    prepared_by: str | None = None
    #: The quote's own number: `Q-2026-014`.
    number: str | None = None
    #: The day on which it was issued, `YYYY-MM-DD`.
    issued: str | None = None
    #: How many days it holds from that day on.
    valid_days: int | None = None
    note: str | None = None

    @property
    def valid_until(self) -> str | None:
        """The last day on which it holds, `YYYY-MM-DD`; None where that was not given."""
        if self.issued is None or self.valid_days is None:
            return None
        issued = datetime.date.fromisoformat(self.issued)
        return (issued + datetime.timedelta(days=self.valid_days)).isoformat()


def read_name(text: str) -> str:
    """Return a name; raises ValueError for what is no line of text."""
    return _line_of(text, MAX_NAME_LENGTH)


def read_number(text: str) -> str:
    """Return the number of a quote; raises ValueError for what is none.

    A bare quantity is refused: it was meant for phone numbers, which would be missing.
    """
    number = _line_of(text, MAX_NAME_LENGTH)
    try:
        read_quantity(number)
    except ValueError:
        return number
    raise ValueError(f"the number of a quote is like Q-{number}; phone numbers are numbers")


def read_note(text: str) -> str:
    """Return a note; raises ValueError for what is no line of text."""
    return _line_of(text, MAX_NOTE_LENGTH)


def read_validity(text: str) -> int:
    """Return how many days a quote holds; raises ValueError, saying what would be right."""
    days = read_quantity(text)
    if not 1 <= days <= MAX_VALID_DAYS:
        raise ValueError(f"write a number of days from 1 to {MAX_VALID_DAYS:,}")
    return days


def _line_of(text: str, longest: int) -> str:
    """Return `text` if it is one line that any form can show as it is.

    Control characters steer terminals, and those that turn the direction of writing
    show figures in another order than they have: whoever reads could not see either.
    """
    line = text.strip(" ")
    if not line:
        raise ValueError("write a text")
    if len(line) > longest:
        raise ValueError(f"write at most {longest:,} characters")
    for character in line:
        if not character.isprintable() and character not in WITHIN_WORDS:
            code = f"U+{ord(character):04X}"
            raise ValueError(f"write it on one line, without the invisible character {code}")
    return line
