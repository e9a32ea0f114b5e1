"""The console: how wide a text may be, and which characters and styles it may use."""

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from rich.console import RenderableType


class TextTarget(NamedTuple):
    """What a text may be drawn with."""

    width: int
    #: A terminal shows bold and dim; a pipe or a file gets plain text.
    is_terminal: bool
    #: The character of a horizontal rule.
    rule: str

    @property
    def is_ascii(self) -> bool:
        """Whether it shows ASCII alone."""
        return self.rule.isascii()


#: A file has 80 columns, whatever the terminal.
_SCREEN_OF_FILE: Final = TextTarget(width=80, is_terminal=False, rule="─")


def screen_for(output: str | None) -> TextTarget:
    """Return the screen of the text file `output`, or of standard output where that is None."""
    return _screen_of_stdout() if output is None else _SCREEN_OF_FILE


def _screen_of_stdout() -> TextTarget:
    """Return the screen behind standard output: plain ASCII unless it can show more."""
    return TextTarget(
        width=shutil.get_terminal_size().columns,
        is_terminal=sys.stdout is not None and sys.stdout.isatty(),
        rule="─" if _shows_unicode() else "-",
    )


def draw(renderable: "RenderableType", width: int, screen: TextTarget) -> str:
    """Return `renderable` as the text that Rich draws in `width` columns of `screen`."""
    import io

    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=screen.is_terminal,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _shows_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return encoding.lower().startswith("utf") and not _is_c_locale()


def _is_c_locale() -> bool:
    """Tell whether the user's locale is C, although Python then works in UTF-8.

    It says so by setting LC_CTYPE to C.UTF-8 itself, which therefore tells nothing.
    """
    ctype = os.environ.get("LC_CTYPE", "").removeprefix("C.UTF-8")
    chosen = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return chosen in (None, "", "C", "POSIX")
