"""Progress: how far a long run has come, on a terminal and after a second."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:  # most runs are over before a bar is drawn
    from rich.progress import Progress as Bar

#: Seconds after which a run counts as long.
PATIENCE: Final = 1.0


class Progress:
    """A bar on standard error; nothing where that is no terminal."""

    def __init__(self, total: int | None) -> None:
        """Measure against `total` bytes; None where nobody knows how many there will be."""
        self._total = total
        self._done = 0
        self._bar: Bar | None = None
        self._start = time.monotonic()
        self._wanted = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Begin, with nothing to be seen."""
        return self

    def advance(self, size: int) -> None:
        """Go on by `size` bytes."""
        self._done += size
        if self._wanted and time.monotonic() - self._start > PATIENCE:
            self._bar = self._bar or self._drawn()
            self._bar.update(self._bar.task_ids[0], completed=self._done)

    def _drawn(self) -> "Bar":
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        bar = Bar(*columns, console=Console(stderr=True), transient=True)
        bar.add_task("", total=self._total)
        bar.start()
        return bar

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
