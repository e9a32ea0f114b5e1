"""Messages: the text of a file or of standard input, as it is to be sent."""

import codecs

from aloware_cli.errors import DataError
from aloware_cli.files.document import MAX_BYTES
from aloware_cli.files.file import name_to_show, read_bytes


def read_message(path: str) -> str:
    """Return the message in the file at `path`, or on standard input for `-`.

    A byte order mark and one line end at the very end belong to the file and
    not to the message; every other character counts. Raises DataError for a
    file that cannot be read, is larger than 1 MiB, is not UTF-8 or is empty.
    """
    name = name_to_show(path)
    content = read_bytes(path, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise DataError(f"{name}: larger than 1 MiB", "A message has 10 segments at most.")
    text = _decoded(content, name)
    message = text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
    if not message:
        raise DataError(f"{name}: the message is empty", "Write the text to send.")
    return message


def _decoded(content: bytes, name: str) -> str:
    unsigned = content.removeprefix(codecs.BOM_UTF8)
    try:
        return unsigned.decode()
    except UnicodeDecodeError as error:
        line = unsigned.count(b"\n", 0, error.start) + 1
        raise DataError(f"{name}:{line}: not UTF-8 text", "Save the file as UTF-8.") from error
