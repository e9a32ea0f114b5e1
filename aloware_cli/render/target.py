"""The target of a text: how wide it is, and which characters and styles it shows."""

import os
import shutil
import sys
from typing import Final, NamedTuple


class TextTarget(NamedTuple):
    """What a text may be written with."""

    width: int
    #: A terminal gets a chart; bold and dim are decided by `is_styled`.
    is_terminal: bool = False
    is_styled: bool = False
    #: Whether characters outside ASCII can be shown.
    is_unicode: bool = True

    def style(self, text: str, code: str) -> str:
        """Return `text` in the ANSI style `code`, if the target shows styles."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_styled and code and text else text


BOLD: Final = "1"
DIM: Final = "2"
#: A file has 80 columns, whatever the terminal.
_FILE: Final = TextTarget(80)


def target_for(output: str | None) -> TextTarget:
    """Return the target for the file `output`, or for stdout if it is None."""
    if output is not None:
        return _FILE
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return TextTarget(
        shutil.get_terminal_size().columns,
        is_terminal,
        _is_styled(is_terminal=is_terminal),
        _is_unicode(),
    )


def _is_styled(*, is_terminal: bool) -> bool:
    """Tell whether stdout shows styles; NO_COLOR and FORCE_COLOR decide if they are set."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal and os.environ.get("TERM") != "dumb"


def _is_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return encoding.lower().startswith("utf") and not _is_c_locale()


def _is_c_locale() -> bool:
    """Tell whether the user's locale is C, although Python then works in UTF-8.

    Python sets LC_CTYPE to C.UTF-8 itself, so that value does not count.
    """
    ctype = os.environ.get("LC_CTYPE", "").removeprefix("C.UTF-8")
    chosen = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return chosen in (None, "", "C", "POSIX")
