"""Fields: one mapping of a document, read key by key.

Every reader returns a value of the type it promises. If the document has something else, the
reader collects a problem and returns a default, so that one run reports all problems; the caller
must not use the values while there are problems.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import Final, TypeAlias, TypeVar

from aloware_cli.domain.money import ZERO, read_price, read_quantity
from aloware_cli.domain.periods import read_date
from aloware_cli.domain.problems import (
    InvalidValue,
    Origin,
    Problem,
    display_key,
    listed,
    quoted,
    suggest,
)
from aloware_cli.domain.sources import Source
from aloware_cli.files.document import (
    ConstantNode,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    read_file,
)

MAX_TEXT_LENGTH: Final = 2_000
#: Of more names, a message suggests the closest instead of all.
MAX_LISTED: Final = 10

T = TypeVar("T")
Sources: TypeAlias = Mapping[str, Source]
NO_SOURCES: Final[Sources] = {}


class Check:
    """Whether reading added no problem; known when the check is over."""

    passed = False


@contextmanager
def checked(problems: list[Problem]) -> Iterator[Check]:
    """Check whether the code inside adds to `problems`."""
    before, check = len(problems), Check()
    yield check
    check.passed = len(problems) == before


class Fields:
    """The keys of one mapping; `close` rejects the keys that were not read."""

    content = b""  #: Of the file whose keys they are; empty for keys within others

    def __init__(
        self, node: Node, path: str, problems: list[Problem], sources: Sources = NO_SOURCES
    ) -> None:
        """Read `node`, found under the keys `path`, and add what is wrong to `problems`.

        Keys within it may cite the `sources`.
        """
        self.location = node.location
        self.path = path
        self.problems = problems
        self.sources = sources
        self._read: list[str] = []
        self._items = node.items if isinstance(node, MappingNode) else {}
        self._is_mapping = isinstance(node, MappingNode)
        if not isinstance(node, MappingNode | InvalidNode):
            message = f"expected a mapping, got {_kind(node)}"
            self._report("E-TYPE", message, "use `key: value`", node.location, path)

    def each(self) -> Iterator[tuple[str, Origin, Node]]:
        """Yield every key with its location and node, for a mapping whose keys are names."""
        self._read.extend(self._items)
        for key, (location, node) in self._items.items():
            yield key, location, node

    def has(self, key: str) -> bool:
        """Return whether `key` is present."""
        self._read.append(key)
        return key in self._items

    def node(self, key: str, hint: str = "add it") -> Node:
        """Return the node under `key`; a missing key is a problem."""
        if self.has(key):
            return self._items[key][1]
        if self._is_mapping:
            self._report("E-MISSING", f"{quoted(key)} is missing", hint, self.location, self.path)
        return InvalidNode(self.location)

    def value(self, key: str, read: Callable[[str], T], default: T, hint: str = "add it") -> T:
        """Return `read(text)` for the text under `key`, or `default` if there is a problem."""
        return self._value(self.node(key, hint), key, read, default, hint)

    def text(self, key: str) -> str:
        """Return the text under `key`: not empty, on one line, not too long."""
        return self.value(key, read_text, "", "add a text")

    def optional(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return `read(key)`, such as `self.text(key)`, or None if the key is absent."""
        return read(key) if self.has(key) else None

    def price(self, key: str) -> Decimal:
        """Return the price under `key` (USD)."""
        return self.value(key, read_price, ZERO, "use a price, such as 0.015")

    def quantity(self, key: str) -> int:
        """Return the whole number under `key`."""
        return self.value(key, read_quantity, 0, "use a whole number, such as 10,000")

    def date(self, key: str) -> str:
        """Return the date under `key`, `YYYY-MM-DD`."""
        return self.value(key, read_date, "", "use a date, such as 2026-11-22")

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return the word under `key`, one of `allowed`."""
        return self.value(key, partial(_choose, allowed), allowed[0], _one_of(allowed))

    def flag(self, key: str) -> bool:
        """Return whether `key` is present and true."""
        return self.has(key) and self.choice(key, ("true", "false")) == "true"

    def choices(self, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
        """Return the words listed under `key`, at least one, each one of `allowed`."""
        read, hint = partial(_choose, allowed), _one_of(allowed)
        items = self._items_of(key, f"use a list of some of {', '.join(allowed)}")
        return frozenset(self._value(item, key, read, allowed[0], hint) for item in items)

    def fields(self, key: str) -> "Fields":
        """Return the mapping under `key`."""
        return Fields(self.node(key), self.path_of(key), self.problems, self.sources)

    def inner(self, key: str, read: Callable[["Fields"], T]) -> T:
        """Return what `read` makes of the mapping under `key`; it must read every key."""
        return _closed(self.fields(key), read)

    def named(self, key: str, read: Callable[[str, "Fields"], T]) -> dict[str, T]:
        """Return what `read` makes of each named mapping under `key`; it must read every key."""
        outer = self.fields(key)
        return {name: outer.inner(name, partial(read, name)) for name, _, _ in outer.each()}

    def listed(self, key: str, read: Callable[["Fields"], T]) -> list[T]:
        """Return what `read` makes of each mapping listed under `key`, at least one."""
        items = self._items_of(key, "write each item after a dash")
        path = self.path_of(key)
        return [_closed(Fields(item, path, self.problems, self.sources), read) for item in items]

    def values(self, key: str, read: Callable[[str], T], default: T, hint: str) -> tuple[T, ...]:
        """Return the values under `key`: a list of any length, or a single one."""
        node = self.node(key)
        if isinstance(node, ScalarNode):
            return (self._value(node, key, read, default, hint),)
        if not isinstance(node, SequenceNode):
            self._reject_type(node, key, "a list", "use one text, or [one, another]")
            return ()
        return tuple(self._value(item, key, read, default, hint) for item in node.items)

    def location_of(self, key: str) -> Origin:
        """Return the location of the value under `key`, or of the mapping if it is absent."""
        return self._items[key][1].location if key in self._items else self.location

    def line_of(self, key: str) -> int:
        """Return the line of the value under `key`."""
        location = self.location_of(key)
        return 0 if isinstance(location, str) else location.line

    def path_of(self, key: str) -> str:
        """Return the keys that lead to `key`."""
        return f"{self.path}.{display_key(key)}" if self.path else display_key(key)

    def reject(self, key: str, code: str, message: str, hint: str) -> None:
        """Add a problem with the value under `key`, or with the mapping if it is absent.

        A value or a mapping that was rejected before is not rejected again.
        """
        if self._is_mapping and not isinstance(self._items.get(key, ("", None))[1], InvalidNode):
            self._report(code, message, hint, self.location_of(key), self.path_of(key))

    def reject_key(self, key: str, code: str, message: str, hint: str) -> None:
        """Add a problem with `key` itself."""
        self._report(code, message, hint, self._items[key][0], self.path_of(key))

    def close(self) -> None:
        """Reject the keys that were not read, each with its closest match."""
        known = list(dict.fromkeys(self._read))
        for key in self._items:
            if key not in known:
                hint = suggest(key, map(display_key, known), "known keys")
                self.reject_key(key, "E-KEY", "unknown key", hint)
                self._read.append(key)  # rejected once, however often this is called

    def _value(self, node: Node, key: str, read: Callable[[str], T], default: T, hint: str) -> T:
        if not isinstance(node, ScalarNode):
            self._reject_type(node, key, "a single value", hint)
            return default
        try:
            return read(node.text)
        except InvalidValue as error:
            in_file = not isinstance(node.location, str)
            message = error.about(node.text) if in_file else error.message
            self._report(error.code, message, error.hint, node.location, self.path_of(key))
            return default

    def _items_of(self, key: str, hint: str) -> list[Node]:
        node = self.node(key, hint)
        if isinstance(node, SequenceNode) and node.items:
            return node.items
        self._reject_type(node, key, "a list", hint)
        return []

    def _reject_type(self, node: Node, key: str, expected: str, hint: str) -> None:
        """Add a problem, except with a node that was rejected before."""
        if not isinstance(node, InvalidNode):
            message = f"expected {expected}, got {_kind(node)}"
            self._report("E-TYPE", message, hint, node.location, self.path_of(key))

    def _report(self, code: str, message: str, hint: str, location: Origin, path: str) -> None:
        self.problems.append(Problem(code, message, hint, location, path))


def fields_of_file(path: str, problems: list[Problem], sources: Sources = NO_SOURCES) -> Fields:
    """Return the keys of the file at `path`, which may cite the `sources`."""
    file = read_file(path, problems)
    fields = Fields(file.root, "", problems, sources)
    fields.content = file.content
    return fields


def _closed(fields: Fields, read: Callable[[Fields], T]) -> T:
    value = read(fields)
    fields.close()
    return value


def read_text(text: str) -> str:
    """Parse a text of one line; raises InvalidValue."""
    hint = "use one line of visible characters"
    if not text.strip():
        raise InvalidValue("E-TEXT", "not a text", hint)
    if len(text) > MAX_TEXT_LENGTH:
        message = f"longer than {MAX_TEXT_LENGTH:,} characters"
        raise InvalidValue("E-TEXT", message, "shorten it")
    if not text.isprintable():
        raise InvalidValue("E-TEXT", "contains control or invisible characters", hint)
    return text


def _choose(allowed: tuple[str, ...], text: str) -> str:
    if text not in allowed and len(allowed) > MAX_LISTED:
        hint = suggest(text, allowed, "known names")
        raise InvalidValue("E-CHOICE", "not one of the known names", hint)
    if text not in allowed:
        raise InvalidValue("E-CHOICE", f"not one of {', '.join(allowed)}", _one_of(allowed))
    return text


def _one_of(allowed: tuple[str, ...]) -> str:
    return f"use {listed(allowed, 'or')}"


def _kind(node: Node) -> str:
    match node:
        case ScalarNode(_, text):
            # Not the text itself: a path may lead to a file that is not meant to be shown.
            return "a text" if text else "nothing"
        case ConstantNode(_, text):
            return text
        case SequenceNode(_, items):
            return "a list" if items else "an empty list"
        case _:
            return "a mapping"
