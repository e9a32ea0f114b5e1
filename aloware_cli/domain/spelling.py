"""Spelling: the name that was probably meant."""

from collections.abc import Iterable


def meant(name: str, known: Iterable[str], kind: str) -> str:
    """Return the remedy for an unknown `name`: the nearest of those `known`, or all of them.

    `kind` says what they are: `plans`, `charges`, `known here`.
    """
    import difflib

    spelled = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(name.casefold(), spelled, n=1)
    listed = ", ".join(dict.fromkeys(spelled.values())) or "none"
    return f"did you mean {spelled[close[0]]}?" if close else f"{kind}: {listed}"
