"""Problems: what is wrong in input, with its location and a hint.

Problems are values. Readers collect them, so that one run reports all of them; an exception in
`errors` stops the run.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

#: Characters of user input that a message repeats.
MAX_QUOTED_LENGTH: Final = 40
#: Invisible characters that people write within words: two wide spaces, and the joiners that
#: Persian, the scripts of India and emoji need.
WITHIN_WORDS: Final = "\u00a0\u3000\u200c\u200d"


class Location(NamedTuple):
    """A position in a file, counted from 1 as editors do."""

    file: str
    line: int  #: 0 for a file that cannot be read, which the message names.
    column: int | None = None  #: None for a problem in a whole line

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None) if self.line else ""


#: Where a value was given: a position in a file, or an option as it was typed.
Origin: TypeAlias = Location | str


class Problem(NamedTuple):
    """One thing that is wrong in input."""

    code: str  #: Stable, for scripts and for the catalog of errors: `E-QUANTITY`
    message: str
    hint: str = ""  #: What to do about it; further hints on further lines
    location: Origin | None = None  #: None where the message itself says what it is about
    path: str = ""  #: The keys that lead to it in a file: `prices.license.monthly`

    @property
    def text(self) -> str:
        """Key, message and hint: `agents: the value is missing; add it`; options name their key."""
        key = "" if isinstance(self.location, str) or not self.path else f"{self.path}: "
        hint = "".join(f"; {line}" for line in self.hint.split("\n") if line)
        return f"{key}{self.message}{hint}"

    def __str__(self) -> str:
        """Write it as compilers do: `FILE:LINE:COLUMN: KEY: message; hint  [CODE]`."""
        where = f"{self.location}: " if str(self.location or "") else ""
        return f"{where}{self.text}{f'  [{self.code}]' if self.code else ''}"


class InvalidValue(ValueError):
    """A text is not a value of the kind that is needed."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Say what the text is not, such as `not a whole number`, and what to write instead."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def about(self, text: str) -> str:
        """Return the message with the `text` that it is about."""
        if not text:
            return "the value is missing"
        verb = " is " if self.message.startswith("not ") else ": "
        return f"{quoted(text)}{verb}{self.message}"


def quoted(text: str) -> str:
    """Return user input as messages show it: in double quotes, escaped and cut."""
    cut = text if len(text) <= MAX_QUOTED_LENGTH else f"{text[:MAX_QUOTED_LENGTH]}..."
    return f'"{escaped(cut)}"'


def escaped(text: str) -> str:
    r"""Return `text` with control and invisible characters written out: `\x1b`, `\u202e`."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def visible(text: str) -> str:
    r"""Return outside text as terminals show it: control and bidirectional characters written out.

    They move the cursor, change colors or reorder figures. Characters within words stay.
    """
    if text.isprintable():
        return text
    return "".join(each if each in WITHIN_WORDS else escaped(each) for each in text)


def display_key(text: str) -> str:
    """Return a key as messages name it: quoted only where it would be unclear without quotes."""
    is_plain = text.isprintable() and 0 < len(text) <= MAX_QUOTED_LENGTH
    return text if is_plain else quoted(text)


def as_typed(text: str) -> str:
    """Return a command-line value as messages show it: quoted unless it is one plain word."""
    is_word = text.isprintable() and " " not in text and 0 < len(text) <= MAX_QUOTED_LENGTH
    return text if is_word else quoted(text)


def suggest(name: str, known: Iterable[str], kind: str, otherwise: str = "") -> str:
    """Return a hint for an unknown `name`: its closest match in `known`, or the whole list.

    `kind` says what the names are: `plans`, `charges`, `known keys`. The hint `otherwise` takes
    the place of a long list.
    """
    import difflib

    spelled = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(name.casefold(), spelled, n=1)
    if close:
        return f"did you mean {display_key(spelled[close[0]])}?"
    names = map(display_key, dict.fromkeys(spelled.values()))
    return otherwise or f"{kind}: {', '.join(names) or 'none'}"


def listed(names: Sequence[str], word: str = "and") -> str:
    """Return names in a sentence: `iPro, uPro and xPro`."""
    *others, last = names or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 problem`, `1,200 problems`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
