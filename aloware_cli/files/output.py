"""Output: a finished text to standard output or to a file, whole or not at all."""

import os
import sys
from collections.abc import Callable

from aloware_cli.errors import DataError


def write_output(text: str, path: str | None, *, force: bool = False) -> None:
    """Write `text` to the file at `path`, or to standard output where it is None.

    Raises DataError when it cannot be written, and for a file that is there
    already unless `force` is given. A reader who closes the pipe is no error:
    whoever runs `| head` has seen enough.
    """
    try:
        if path is None:
            _write_stdout(text)
        else:
            _write_file(text, path, _replace if force else _create)
    except BrokenPipeError:
        _forget_stdout()
    except FileExistsError as error:
        raise DataError(
            f"{path} exists", "Choose another name, or replace it with --force."
        ) from error
    except OSError as error:
        where = path or "standard output"
        if path is None:
            _forget_stdout()
        raise DataError(f"cannot write {where}: {error.strerror}") from error


def _write_stdout(text: str) -> None:
    if sys.stdout is None:
        raise DataError("cannot write standard output: it is closed")
    # A character the terminal's encoding lacks is escaped, never a reason to fail.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write(text)
    sys.stdout.flush()


def _forget_stdout() -> None:
    """Send what is left in the buffer nowhere, so that leaving Python does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_file(text: str, path: str, settle: Callable[[str, str], None]) -> None:
    """Write `text` beside the file at `path`, whole; then let `settle` give it that name."""
    import tempfile

    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        _write_device(text, target)
        return
    folder = os.path.dirname(target)
    handle, beside = tempfile.mkstemp(prefix=".aloware-", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(beside, _mode_for(target))
        settle(beside, target)
    except BaseException:
        os.unlink(beside)
        raise


def _replace(beside: str, target: str) -> None:
    os.replace(beside, target)


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


def _write_device(text: str, target: str) -> None:
    """Write to a pipe or a device, which must not be replaced by a file."""
    with open(target, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _mode_for(target: str) -> int:
    """Return the mode of the file that is replaced, or that of any new file."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
