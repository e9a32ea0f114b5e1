"""Progress: how much of a long run is done, on a terminal and after a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # most runs end before a bar is shown
    from rich.progress import Progress

#: Seconds before the bar appears.
PATIENCE: Final = 1.0


@contextmanager
def progress_bar(total: int | None) -> Iterator[Callable[[int], None]]:
    """Yield a function that adds bytes to a bar on stderr, up to `total` or an unknown number."""
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
