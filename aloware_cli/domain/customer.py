"""Customers: the names, number and validity of a quote."""

import datetime
from typing import Final, NamedTuple

from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.problems import WITHIN_WORDS, InvalidValue

MAX_NAME_LENGTH: Final = 120
MAX_NOTE_LENGTH: Final = 500
MAX_VALID_DAYS: Final = 3650


class Details(NamedTuple):
    """What the customer document of a quote needs beside prices."""

    prospect: str | None = None
    contact: str | None = None
    prepared_by: str | None = None
    #: The number of the quote: `Q-2026-014`.
    number: str | None = None
    #: The date of issue, `YYYY-MM-DD`.
    issued: str | None = None
    #: Days the quote stays valid, counted from the date of issue.
    valid_days: int | None = None
    note: str | None = None

    @property
    def valid_until(self) -> str | None:
        """The last day the quote is valid, `YYYY-MM-DD`; None if that is not given."""
        if self.issued is None or self.valid_days is None:
            return None
        issued = datetime.date.fromisoformat(self.issued)
        return (issued + datetime.timedelta(days=self.valid_days)).isoformat()


def read_name(text: str) -> str:
    """Parse a name of one line; raises InvalidValue."""
    return _read_line(text, MAX_NAME_LENGTH)


def read_note(text: str) -> str:
    """Parse a note of one line; raises InvalidValue."""
    return _read_line(text, MAX_NOTE_LENGTH)


def read_quote_number(text: str) -> str:
    """Parse the number of a quote; raises InvalidValue.

    A bare quantity is rejected: it was meant for phone numbers, which the quote would lack.
    """
    number = _read_line(text, MAX_NAME_LENGTH)
    try:
        read_quantity(number)
    except InvalidValue:
        return number
    hint = f"use one such as Q-{number}, or numbers for phone numbers"
    raise InvalidValue("E-QUOTE-NUMBER", "not a quote number", hint)


def read_valid_days(text: str) -> int:
    """Parse how many days a quote stays valid; raises InvalidValue."""
    days = read_quantity(text)
    if not 1 <= days <= MAX_VALID_DAYS:
        hint = f"use a number of days from 1 to {MAX_VALID_DAYS:,}"
        raise InvalidValue("E-VALID-DAYS", "out of range", hint)
    return days


def _read_line(text: str, longest: int) -> str:
    """Return `text` if it is one line that every format can show as it is.

    Control characters control terminals, and bidirectional ones show figures in another order.
    """
    line = text.strip(" ")
    if not line:
        raise InvalidValue("E-TEXT", "not a text", "use at least one letter or digit")
    if len(line) > longest:
        raise InvalidValue("E-TEXT", f"longer than {longest:,} characters", "shorten it")
    for character in line:
        if not character.isprintable() and character not in WITHIN_WORDS:
            message = f"contains the invisible character U+{ord(character):04X}"
            raise InvalidValue("E-TEXT", message, "use one line of visible characters")
    return line
