"""Signals that end a run: it removes its temporary files first."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

#: Not every system has all of them.
SIGNALS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")
    if hasattr(signal, name)
)


def end_on_signals() -> None:
    """End the run with an exception, and with exit code 128 + N for signal N.

    A signal that is ignored stays ignored, as `nohup` needs it.
    """
    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _end)


def _end(number: int, _: object) -> NoReturn:
    ignore_signals()  # a second signal must not stop the removal
    sys.exit(128 + number)


def ignore_signals() -> None:
    """Ignore the signals that end a run."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold back the signals that end a run until the end of the block."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
