"""Spelling: how a message shows what somebody wrote, and what was probably meant."""

from collections.abc import Iterable
from typing import Final

LONGEST_SHOWN: Final = 40


def shown(text: str) -> str:
    """Return what somebody gave as a message shows it: in quotes, escaped, not too long."""
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}...")


def word(text: str) -> str:
    """Return a key as a message names it: as it is, unless that would break the line."""
    plain = text.isprintable() and 0 < len(text) <= LONGEST_SHOWN
    return text if plain else shown(text)


def meant(name: str, known: Iterable[str], kind: str) -> str:
    """Return the remedy for an unknown `name`: the nearest of those `known`, or all of them.

    `kind` says what they are: `plans`, `charges`, `known here`.
    """
    import difflib

    spelled = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(name.casefold(), spelled, n=1)
    listed = ", ".join(dict.fromkeys(spelled.values())) or "none"
    return f"did you mean {spelled[close[0]]}?" if close else f"{kind}: {listed}"
