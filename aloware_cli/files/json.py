"""Strict JSON documents: texts, lists and mappings, with a place for everything.

The reader of YAML would not do: it refuses the surrogate pairs with which JSON in
ASCII writes an emoji, and it takes `null` and `"null"` for the same text. The tree
is the same, and so are the bounds on its depth. Numbers are faults, as money and
quantities are texts: none can pass through a float.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NoReturn

from aloware_cli.domain.problems import Location, Problem, quoted
from aloware_cli.files.document import (
    Builder,
    ConstantNode,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Stop,
    decode,
)

MAX_BYTES = 2**24
MAX_NODES = 1_000_000

BLANKS = re.compile(r"[ \t\r\n]*")
CONSTANT = re.compile(r"(?:null|true|false)\b")
NUMBER = re.compile(r"-?[0-9][0-9.eE+-]*")


def read_json(content: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Return the JSON document in `content` and what is wrong with its form.

    `file` is the name to report. A file that cannot be parsed at all gives a
    broken node. Never raises.
    """
    start = Location(file, 1, 1)
    text = decode(content, file, MAX_BYTES)
    if isinstance(text, Problem):
        return InvalidNode(text.place), [text]
    builder = Builder(start, MAX_NODES)
    try:
        _Reader(text, builder, file).read()
    except Stop as stop:
        return InvalidNode(start), [*builder.problems, stop.problem]
    return builder.finished()


class _Reader:
    """Reads a text from left to right; it recurses only as deep as the builder lets it."""

    def __init__(self, text: str, builder: Builder, file: str) -> None:
        import json

        self._text = text
        self._builder = builder
        self._file = file
        self._at = 0
        self._starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self._decoder = json.JSONDecoder()

    def read(self) -> None:
        """Read the one value that the text is."""
        if self._next():
            self._value()
        if self._next():
            self._stop("something after the end", "keep one document in a file")

    def _next(self) -> str:
        """Return the next character that is no blank, without taking it; empty at the end."""
        blanks = BLANKS.match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, character: str) -> None:
        if self._next() != character:
            self._stop(f"no {quoted(character)} here", "mend the line or the one above it")
        self._at += 1

    def _value(self) -> None:
        place, first = self._place(), self._next()
        if first == "{":
            self._builder.enter(MappingNode(place, {}))
            self._members("}", self._member)
        elif first == "[":
            self._builder.enter(SequenceNode(place, []))
            self._members("]", self._item)
        elif first == '"':
            self._builder.put(ScalarNode(place, self._string()))
        elif found := CONSTANT.match(self._text, self._at):
            self._at = found.end()
            self._builder.put(ConstantNode(place, found[0]))
        elif found := NUMBER.match(self._text, self._at):
            self._at = found.end()
            self._builder.refuse(place, f"the number {quoted(found[0])}", "write it in quotes")
            self._builder.put(InvalidNode(place))
        else:
            self._stop("no JSON value here", "mend the line or the one above it")

    def _members(self, end: str, read: Callable[[], None]) -> None:
        """Take an opening bracket, what `read` reads between commas, and the bracket `end`."""
        self._at += 1
        if self._next() != end:
            read()
            while self._next() == ",":
                self._at += 1
                read()
        self._take(end)
        self._builder.leave()

    def _member(self) -> None:
        if self._next() != '"':
            self._stop("no key in quotes here", "mend the line or the one above it")
        self._builder.put(ScalarNode(self._place(), self._string()))
        self._take(":")
        self._item()

    def _item(self) -> None:
        self._next()
        self._value()

    def _string(self) -> str:
        import json

        try:
            text, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = error.pos
            self._stop(f"not JSON: {error.msg}", "mend the text in quotes")
        return str(text)

    def _place(self) -> Location:
        line = bisect_right(self._starts, self._at)
        return Location(self._file, line, self._at - self._starts[line - 1] + 1)

    def _stop(self, message: str, hint: str) -> NoReturn:
        raise Stop(Problem(self._place(), self._builder.path(), message, hint))
