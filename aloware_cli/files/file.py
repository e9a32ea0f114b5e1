"""Files: bytes from the disk, and the strict document in them."""

import os
import sys
from typing import NamedTuple

from aloware_cli.domain.problems import Location, Problem
from aloware_cli.errors import DataError
from aloware_cli.files.document import MAX_BYTES, InvalidNode, Node, read_document

#: The path that stands for standard input.
STDIN = "-"


class File(NamedTuple):
    """A file that was read, whatever was found in it."""

    content: bytes
    root: Node


def read_file(path: str, problems: list[Problem]) -> File:
    """Return the file at `path`; what keeps it from being read goes to `faults`."""
    name = name_to_show(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        place = Location(name, 1, 1)
        message = f"cannot be read ({error.strerror})"
        problems.append(Problem(place, "", message, "check the path and its permissions"))
        return File(b"", InvalidNode(place))
    root, found = read_document(content, name)
    problems.extend(found)
    return File(content, root)


def read_stdin(problems: list[Problem]) -> Node:
    """Return the document on standard input; what is wrong with its form goes to `faults`."""
    root, found = read_document(read_bytes(STDIN, MAX_BYTES), name_to_show(STDIN))
    problems.extend(found)
    return root


def read_bytes(path: str, most: int) -> bytes:
    """Return what the file at `path`, or standard input for `-`, holds: of more, `most` + 1 bytes.

    Raises DataError where it cannot be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
    try:
        with open(path, "rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise unreadable(name_to_show(path), error) from error


def unreadable(name: str, error: OSError) -> DataError:
    """Return the error for the file `name`, which the system does not let us read."""
    message = f"{name}: cannot be read ({error.strerror})"
    return DataError(message, "Check the path and its permissions.")


def name_to_show(path: str) -> str:
    """Return `path` as short as it can be said from the working folder."""
    if path == STDIN:
        return "standard input"
    if not path:
        return "''"
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return path
    return path if relative.startswith(os.pardir) else relative
