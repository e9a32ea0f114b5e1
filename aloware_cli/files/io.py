"""Input and output: bytes from a file or stdin, folders, and a finished text to a file or stdout.

A file is written completely or not at all.
"""

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import BinaryIO, Final, TextIO

from aloware_cli.errors import DataError
from aloware_cli.signals import signals_held

#: The path of standard input.
STDIN: Final = "-"
STDOUT: Final = "stdout"
#: The most that is read of a file that a person writes.
MAX_BYTES: Final = 2**20


def read_bytes(path: str, most: int) -> bytes:
    """Return the content of the file at `path` (`-` is stdin), cut to `most` + 1 bytes.

    Raises DataError if the file cannot be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
    try:
        with open(path, "rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise unreadable(display_path(path), error) from error


def read_message(path: str) -> str:
    """Return the text message in the file at `path` (`-` is stdin).

    A byte order mark and one final newline belong to the file, not to the message. Raises
    DataError for a file that cannot be read, is larger than 1 MiB, is not UTF-8 or is empty.
    """
    name = display_path(path)
    content = read_bytes(path, MAX_BYTES)
    if len(content) > MAX_BYTES:
        hint = "a message has at most 10 segments"
        raise DataError("E-SIZE", f"{name}: larger than {MAX_BYTES >> 20} MiB", hint)
    unsigned = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = unsigned.decode()
    except UnicodeDecodeError as error:
        line = unsigned.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        raise DataError("E-ENCODING", f"{name}:{line}: not UTF-8 text", hint) from error
    message = text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
    if not message:
        raise DataError("E-EMPTY", f"{name}: the message is empty", "add the text to send")
    return message


def unreadable(name: str, error: OSError) -> DataError:
    """Return the error for the file `name`, which cannot be read."""
    message = f"cannot read {name}: {reason_of(error)}"
    return DataError("E-READ", message, "check the path and its permissions")


def reason_of(error: OSError) -> str:
    """Return why a file cannot be read or written."""
    if isinstance(error, FileNotFoundError) and not os.path.isabs(error.filename or ""):
        try:
            os.getcwd()
        except OSError:
            return "the working folder was deleted"
    return error.strerror or str(error) or type(error).__name__


def display_path(path: str) -> str:
    """Return `path` as messages show it: relative to the working folder if that is shorter."""
    if path == STDIN:
        return "stdin"
    if not path:
        return '""'
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):  # on another drive, or the working folder was deleted
        return path
    return path if relative.startswith(os.pardir) else relative


def bundled_rates() -> str:
    """Return the folder of the bundled rate cards: in a wheel or in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rates")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "rates")


def is_bundled(file: str) -> bool:
    """Return whether a file, named as in messages, is a bundled one.

    In a checkout of the project, the rate cards belong to the person who works on it.
    """
    folder = bundled_rates()
    is_inside = os.path.abspath(file).startswith(os.path.join(folder, ""))
    in_checkout = os.path.basename(os.path.dirname(folder)) != "aloware_cli"
    return is_inside and (os.path.isabs(file) or not in_checkout)


def is_own(file: str) -> bool:
    """Return whether a file, named as in messages, is in the working folder and not bundled."""
    is_inside = not os.path.isabs(file) and not file.startswith(os.pardir)
    return is_inside and os.path.exists(file) and not is_bundled(file)


def split_paths(paths: Sequence[str]) -> tuple[str, list[str]]:
    """Return the rate card folder that `paths` select, and the overlays on it."""
    folder, overlays = bundled_rates(), list[str]()
    for path in paths:
        if os.path.isdir(path):
            folder, overlays = path, []
        else:
            overlays.append(path)
    return folder, overlays


def yaml_files(folder: str) -> list[str]:
    """Return the names of the YAML files in `folder`, sorted; raises DataError."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml")))
    except OSError as error:
        raise unreadable(display_path(folder), error) from error


def write_output(text: str, path: str | None, *, force: bool = False) -> None:
    """Write `text` to the file at `path`, or to stdout if it is None.

    Raises DataError if it cannot be written, and for an existing file without `force`. A closed
    pipe is not an error, so `| head` works.
    """
    if path is None:
        with _errors_of(STDOUT):
            _write_stdout(text)
    else:
        with open_output(path, force=force) as stream:
            stream.write(text.encode())


@contextmanager
def open_output(path: str | None, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open the file at `path`, or stdout if it is None, for a text in pieces.

    The file is renamed into place when it is complete. If anything fails, an existing file is
    unchanged. Errors are those of `write_output`.
    """
    if path is None:
        with _errors_of(STDOUT):
            _reject_closed_stdout()
            yield sys.stdout.buffer
            sys.stdout.flush()
    else:
        with _errors_of(path), _beside(path, force=force) as stream:
            yield stream


@contextmanager
def _errors_of(where: str) -> Iterator[None]:
    """Turn a system error of writing to `where` into one of ours."""
    try:
        yield
    except BrokenPipeError:
        discard_output()
    except FileExistsError as error:
        hint = "use another name, or overwrite it with --force"
        raise DataError("E-EXISTS", f"{where} already exists", hint) from error
    except OSError as error:
        hint = "check the path, its permissions and disk space"
        if where == STDOUT:
            discard_output()
            hint = "check the disk space, or use --output"
        message = f"cannot write {where}: {reason_of(error)}"
        raise DataError("E-WRITE", message, hint) from error


def _reject_closed_stdout() -> None:
    if sys.stdout is None:
        raise DataError("E-WRITE", "cannot write stdout: it is closed", "open it, or use --output")


def _write_stdout(text: str) -> None:
    _reject_closed_stdout()
    if hasattr(sys.stdout, "reconfigure"):
        # Write UTF-8 to pipes and files in every locale, because HTML and JUnit declare it and the
        # docs state it for CSV.
        if not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        # Escape characters that the encoding lacks, so that writing cannot fail on them.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stdout.write(text)
    sys.stdout.flush()


def discard_output(stream: TextIO | None = None) -> None:
    """Discard buffered output, so that Python does not fail when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


@contextmanager
def _beside(path: str, *, force: bool) -> Iterator[BinaryIO]:
    """Open a temporary file beside the one at `path`, renamed into place at the end."""
    # Write pipes and devices in place: renaming a file over one would replace it. Check before
    # links are followed, because that of a pipe, such as /dev/stdout, leads to no path.
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as stream:
            yield stream
        return
    target = os.path.realpath(path)
    if path.endswith(os.sep) or os.path.isdir(target):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if os.path.isfile(target) and not force:  # before any work is done
        raise FileExistsError
    # The name is known before the file exists: no signal comes between the two.
    beside = os.path.join(os.path.dirname(target), f".aloware-{os.urandom(8).hex()}")
    try:
        with open(beside, "xb", opener=partial(os.open, mode=_mode_for(target))) as stream:
            yield stream
        with signals_held():
            _settle(beside, target, force=force)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)


def _mode_for(target: str) -> int:
    """Return the mode of a temporary file: only its owner may read what replaces another file."""
    return 0o600 if os.path.exists(target) else 0o666


def _settle(beside: str, target: str, *, force: bool) -> None:
    """Give the file at `beside` the name `target`; without `force`, FileExistsError if it exists.

    A file that is replaced passes on its mode, and its owner where that is allowed.
    """
    if force:
        if os.path.exists(target):
            old, new = os.stat(target), os.stat(beside)
            if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
                os.chown(beside, old.st_uid, old.st_gid)
            os.chmod(beside, stat.S_IMODE(old.st_mode))
        os.replace(beside, target)
        return
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links: create the name first, empty
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))
        os.replace(beside, target)
