"""Files: bytes from a file or from stdin, and the document or the message in them."""

import codecs
import os
import sys
from typing import NamedTuple

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.errors import DataError
from aloware_cli.files.document import MAX_BYTES, InvalidNode, Node, read_document

#: The path of standard input.
STDIN = "-"


class File(NamedTuple):
    """A file that was read, whatever it contains."""

    content: bytes
    root: Node


def read_file(path: str, problems: list[Problem]) -> File:
    """Return the file at `path`; a failure to read it is added to `problems`."""
    name = display_path(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        location = Location(name, 0)
        problems.append(unreadable(name, error).problems[0]._replace(location=location))
        return File(b"", InvalidNode(location))
    root, found = read_document(content, name)
    problems.extend(found)
    return File(content, root)


def read_stdin(problems: list[Problem]) -> Node:
    """Return the document on stdin; problems with its form are added to `problems`."""
    root, found = read_document(read_bytes(STDIN, MAX_BYTES), display_path(STDIN))
    problems.extend(found)
    return root


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
