"""Problems: what is wrong in input, with its location and a hint."""

from collections.abc import Iterable
from typing import Final, NamedTuple


class Location(NamedTuple):
    """A position in a file, counted from 1 as editors do."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """Something wrong in a file."""

    place: Location
    #: The keys that lead to it: `prices.license.monthly`; empty for the file itself.
    path: str
    #: What is wrong.
    message: str
    #: What would be right.
    hint: str

    def __str__(self) -> str:
        path = f"{self.path}: " if self.path else ""
        return f"{self.place}: {path}{self.message}; {self.hint}"


MAX_QUOTED_LENGTH: Final = 40


def quoted(text: str) -> str:
    """Return what somebody gave as a message shows it: in quotes, escaped, not too long."""
    return repr(text if len(text) <= MAX_QUOTED_LENGTH else f"{text[:MAX_QUOTED_LENGTH]}...")


def display_key(text: str) -> str:
    """Return a key as a message names it: as it is, unless that would break the line."""
    plain = text.isprintable() and 0 < len(text) <= MAX_QUOTED_LENGTH
    return text if plain else quoted(text)


def suggest(name: str, known: Iterable[str], kind: str) -> str:
    """Return the remedy for an unknown `name`: the nearest of those `known`, or all of them.

    `kind` says what they are: `plans`, `charges`, `known here`.
    """
    import difflib

    spelled = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(name.casefold(), spelled, n=1)
    listed = ", ".join(dict.fromkeys(spelled.values())) or "none"
    return f"did you mean {spelled[close[0]]}?" if close else f"{kind}: {listed}"
