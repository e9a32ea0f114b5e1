"""Terminals: what stdout can show, the width of texts, and the progress of a long run."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # most runs end before a bar is shown
    from rich.progress import Progress

BOLD: Final = "1"
DIM: Final = "2"
#: Seconds before a progress bar appears.
PATIENCE: Final = 1.0


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


def target_for(output: str | None) -> TextTarget:
    """Return the target for the file `output`, which has 80 columns, or for stdout if None."""
    if output is not None:
        return TextTarget(80)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    shows_styles = is_terminal and os.environ.get("TERM") != "dumb"
    is_styled = not os.environ.get("NO_COLOR") and bool(
        os.environ.get("FORCE_COLOR") or shows_styles
    )
    return TextTarget(shutil.get_terminal_size().columns, is_terminal, is_styled, _is_unicode())


def _is_unicode() -> bool:
    """Return whether stdout is UTF-8 and the user's locale is not C, in which Python uses UTF-8.

    Python sets LC_CTYPE to C.UTF-8 itself, so that value does not count.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    ctype = os.environ.get("LC_CTYPE", "").removeprefix("C.UTF-8")
    locale = os.environ.get("LC_ALL") or ctype or os.environ.get("LANG")
    return encoding.lower().startswith("utf") and locale not in (None, "", "C", "POSIX")


def width_of(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def pad(text: str, width: int, *, left: bool = True) -> str:
    """Return `text` padded to `width` columns."""
    blanks = " " * (width - width_of(text))
    return text + blanks if left else blanks + text


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` columns; an address is never cut."""
    indent = " " * (len(text) - len(text.lstrip(" ")))
    if indent:
        return [indent + line for line in wrap(text.lstrip(" "), width - len(indent))]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while width_of(lines[-1]) > width > 0 and "://" not in lines[-1]:
            cut = lines[-1]
            end = next(n for n in range(len(cut), 0, -1) if width_of(cut[:n]) <= width or n == 1)
            lines[-1:] = cut[:end], cut[end:]
    return lines


@contextmanager
def progress_bar(total: int | None) -> Iterator[Callable[[int], None]]:
    """Yield a function that adds bytes to a bar on stderr, up to `total` or an unknown number.

    The bar appears on a terminal, after a second.
    """
    start, done, bar = time.monotonic(), 0, list["Progress"]()
    is_terminal = sys.stderr is not None and sys.stderr.isatty()

    def advance(size: int) -> None:
        nonlocal done
        done += size
        if is_terminal and time.monotonic() - start > PATIENCE:
            bar.extend([] if bar else [_started(total)])
            bar[0].update(bar[0].task_ids[0], completed=done)

    try:
        yield advance
    finally:
        for each in bar:
            each.stop()


def _started(total: int | None) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=total)
    bar.start()
    return bar
