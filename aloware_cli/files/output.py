"""Output: a finished text to standard output or to a file, whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from aloware_cli.errors import DataError

STDOUT: Final = "standard output"
WAY_OUT: Final = "Check the path, its permissions and the room on the disk."


def write_output(text: str, path: str | None, *, force: bool = False) -> None:
    """Write `text` to the file at `path`, or to standard output where it is None.

    Raises DataError when it cannot be written, and for a file that is there
    already unless `force` is given. A reader who closes the pipe is no error:
    whoever runs `| head` has seen enough.
    """
    if path is None:
        with _errors_of(STDOUT):
            _write_stdout(text)
    else:
        with open_output(path, force=force) as stream:
            stream.write(text.encode())


@contextmanager
def open_output(path: str | None, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open the file at `path`, or standard output where it is None, for a text piece by piece.

    The file takes its name when all is written; what was there before is left as it was
    if anything stops that. Errors are those of `write_output`.
    """
    if path is None:
        with _errors_of(STDOUT):
            _refuse_closed_stdout()
            yield sys.stdout.buffer
            sys.stdout.flush()
    else:
        with _errors_of(path), _beside(path, force=force) as stream:
            yield stream


@contextmanager
def _errors_of(where: str) -> Iterator[None]:
    """Turn what the system says of writing to `where` into an error of ours."""
    try:
        yield
    except BrokenPipeError:
        _forget_stdout()
    except FileExistsError as error:
        raise DataError(
            f"{where} exists", "Choose another name, or replace it with --force."
        ) from error
    except OSError as error:
        if where == STDOUT:
            _forget_stdout()
        raise DataError(f"cannot write {where}: {error.strerror}", WAY_OUT) from error


def _refuse_closed_stdout() -> None:
    if sys.stdout is None:
        raise DataError("cannot write standard output: it is closed", "Open it, or use --output.")


def _write_stdout(text: str) -> None:
    _refuse_closed_stdout()
    if hasattr(sys.stdout, "reconfigure"):
        # A pipe or a file gets the bytes that --output writes, whatever the locale:
        # HTML and JUnit say of themselves that they are UTF-8, and CSV is described so.
        if not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        # A character the encoding lacks is escaped, never a reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write(text)
    sys.stdout.flush()


def _forget_stdout() -> None:
    """Send what is left in the buffer nowhere, so that leaving Python does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _beside(path: str, *, force: bool) -> Iterator[BinaryIO]:
    """Open a file beside the one at `path`, which gets its name at the end."""
    import tempfile

    # Before links are followed: that of a pipe, such as /dev/stdout, leads to no path.
    if os.path.exists(path) and not os.path.isfile(path):
        # A pipe or a device, which must not be replaced by a file.
        with open(path, "wb") as stream:
            yield stream
        return
    target = os.path.realpath(path)
    if os.path.isfile(target) and not force:  # said before any work is done, not after it
        raise FileExistsError
    handle, beside = tempfile.mkstemp(prefix=".aloware-", dir=os.path.dirname(target))
    try:
        with open(handle, "wb") as stream:
            yield stream
        os.chmod(beside, _mode_for(target))
        settle = os.replace if force else _create
        settle(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _create(beside: str, target: str) -> None:
    """Move `beside` to `target`; FileExistsError if a file is there, however late it came."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links: take the name first, empty
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))
        os.replace(beside, target)
    else:
        os.unlink(beside)


def _mode_for(target: str) -> int:
    """Return the mode of the file that is replaced, or that of any new file."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
