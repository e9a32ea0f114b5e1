"""The width of texts on a terminal: counting columns, padding and wrapping."""

import unicodedata
from collections.abc import Iterable


def pad(text: str, width: int, *, left: bool = True) -> str:
    """Return `text` padded to `width` columns."""
    blanks = " " * (width - cells(text))
    return text + blanks if left else blanks + text


def cells(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns; an address is never cut."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    if indent:
        return [indent + line for line in wrap(text.lstrip(" "), width - len(indent))]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(longer) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while cells(lines[-1]) > width > 0 and "://" not in lines[-1]:
            lines[-1:] = _cut(lines[-1], width)
    return lines


def _cut(word: str, width: int) -> Iterable[str]:
    """Return the part of `word` that fits `width`, and the rest."""
    end = next(end for end in range(len(word), 0, -1) if cells(word[:end]) <= width or end == 1)
    return word[:end], word[end:]
