"""Fields: one mapping of a file, read key by key.

Every reader returns a value of the type it promises. Where the file holds
something else, it adds a fault and returns a stand-in, so that one run finds
every fault; nobody may use what was read while there are faults.
"""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from aloware_cli.domain.money import ZERO, read_amount, read_percent, read_price, read_quantity
from aloware_cli.domain.problems import Location, Problem, display_key, quoted, suggest
from aloware_cli.files.document import (
    ConstantNode,
    InvalidNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
)

MAX_TEXT_LENGTH = 2_000
FIRST_YEAR, LAST_YEAR = 2000, 2999

T = TypeVar("T")


class Fields:
    """The keys of one mapping; `close` refuses those that nobody asked for."""

    def __init__(self, node: Node, path: str, problems: list[Problem]) -> None:
        """Read `node`, found at `path`, and add what is wrong with it to `faults`."""
        self.place = node.place
        self.path = path
        self.problems = problems
        self._asked: list[str] = []
        self._items = node.items if isinstance(node, MappingNode) else {}
        self.whole = isinstance(node, MappingNode)
        if not isinstance(node, MappingNode | InvalidNode):
            self._fault(node.place, path, f"{_shown(node)} is no mapping", "write `key: value`")

    def each(self) -> Iterator[tuple[str, Location, Node]]:
        """Yield all keys with their places and nodes, for a mapping whose keys are names."""
        self._asked.extend(self._items)
        for key, (place, node) in self._items.items():
            yield key, place, node

    def has(self, key: str) -> bool:
        """Tell whether `key` is there."""
        self._asked.append(key)
        return key in self._items

    def node(self, key: str, hint: str) -> Node:
        """Return what stands under `key`; a fault with `remedy` where it is missing."""
        if self.has(key):
            return self._items[key][1]
        if self.whole:
            self._fault(self.place, self.path, f"{key!r} is missing", hint)
        return InvalidNode(self.place)

    def text(self, key: str) -> str:
        """Return the text under `key`: not empty, not too long, no control characters."""
        return self.value(key, "add it", _text, "")

    def optional_text(self, key: str) -> str | None:
        """Return the text under `key`, or None where the key is absent."""
        return self.text(key) if self.has(key) else None

    def value(self, key: str, hint: str, read: Callable[[str], T], default: T) -> T:
        """Return what `read` makes of the text under `key`, else `stand_in`."""
        return self._value(self.node(key, hint), key, hint, read, default)

    def price(self, key: str) -> Decimal:
        """Return the price under `key`, in USD."""
        return self.value(key, "write a price such as 0.015", read_price, ZERO)

    def amount(self, key: str) -> Decimal:
        """Return the amount under `key`, in USD, which may have separators."""
        return self.value(key, "write an amount such as 1,000", read_amount, ZERO)

    def quantity(self, key: str) -> int:
        """Return the whole number under `key`."""
        return self.value(key, "write a whole number such as 10,000", read_quantity, 0)

    def percent(self, key: str) -> Decimal:
        """Return the percentage under `key`."""
        return self.value(key, "write a percentage such as 10%", read_percent, ZERO)

    def date(self, key: str) -> str:
        """Return the date under `key` as `YYYY-MM-DD`."""
        return self.value(key, "write a date such as 2026-11-22", read_date, "")

    def optional_date(self, key: str) -> str | None:
        """Return the date under `key`, or None where the key is absent."""
        return self.date(key) if self.has(key) else None

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return the word under `key`, one of `allowed`."""
        return self.value(key, _one_of(allowed), _chosen_from(allowed), allowed[0])

    def yes(self, key: str) -> bool:
        """Tell whether `key` is there and true; an absent key means no."""
        return self.has(key) and self.choice(key, ("true", "false")) == "true"

    def choices(self, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
        """Return the words listed under `key`, each one of `allowed`."""
        node = self.node(key, f"list some of {', '.join(allowed)}")
        if not isinstance(node, SequenceNode):
            self._refuse(node, self._below(key), "is no list", f"write [{', '.join(allowed)}]")
            return frozenset()
        return frozenset(self._word(item, key, allowed) for item in node.items)

    def fields(self, key: str) -> "Fields":
        """Return the mapping under `key`."""
        return Fields(self.node(key, "add it"), self._below(key), self.problems)

    def listed(self, key: str) -> list["Fields"]:
        """Return the mappings listed under `key`, at least one."""
        node = self.node(key, "add it")
        if not isinstance(node, SequenceNode) or not node.items:
            self._refuse(node, self._below(key), "has no items", "write each after a dash")
            return []
        return [Fields(item, self._below(key), self.problems) for item in node.items]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under `key`: a list of them, or a single one."""
        node = self.node(key, "add it")
        if isinstance(node, ScalarNode):
            return (self.text(key),)
        if not isinstance(node, SequenceNode):
            self._refuse(node, self._below(key), "is no list", "write [one, another]")
            return ()
        return tuple(self._value(item, key, "write a text", _text, "") for item in node.items)

    def location_of(self, key: str) -> Location:
        """Return the place of what stands under `key`."""
        return self._items[key][1].place

    def line_of(self, key: str) -> int:
        """Return the line on which what stands under `key` begins."""
        return self._items[key][1].place.line

    def refuse(self, key: str, message: str, hint: str) -> None:
        """Add a fault about what stands under `key`, or about the mapping where it is absent."""
        place = self._items[key][1].place if key in self._items else self.place
        self._fault(place, self._below(key), message, hint)

    def refuse_key(self, key: str, place: Location, message: str, hint: str) -> None:
        """Add a fault about `key` itself, which stands at `place`."""
        self._fault(place, self._below(key), message, hint)

    def refuse_at_key(self, key: str, message: str, hint: str) -> None:
        """Add a fault about `key` itself."""
        self.refuse_key(key, self._items[key][0], message, hint)

    def refuse_whole(self, message: str, hint: str) -> None:
        """Add a fault about the mapping as a whole."""
        if self.whole:
            self._fault(self.place, self.path, message, hint)

    def close(self) -> None:
        """Refuse the keys that nobody asked for, each with the nearest one that is known."""
        for key, (place, _) in self._items.items():
            if key not in self._asked:
                known = list(dict.fromkeys(self._asked))
                self._fault(place, self._below(key), "unknown key", nearest(key, known))

    def _value(self, node: Node, key: str, hint: str, read: Callable[[str], T], default: T) -> T:
        if not isinstance(node, ScalarNode):
            self._refuse(node, self._below(key), "is no plain value", hint)
            return default
        try:
            return read(node.text)
        except ValueError as error:
            message = f"{_shown(node)} is not right" if node.text else "the value is missing"
            self._fault(node.place, self._below(key), message, str(error))
            return default

    def _word(self, item: Node, key: str, allowed: tuple[str, ...]) -> str:
        if isinstance(item, ScalarNode) and item.text in allowed:
            return item.text
        self._refuse(item, self._below(key), "is not right", _one_of(allowed))
        return allowed[0]

    def _refuse(self, node: Node, path: str, message: str, hint: str) -> None:
        """Add a fault, except about a node that was refused before."""
        if not isinstance(node, InvalidNode):
            self._fault(node.place, path, f"{_shown(node)} {message}", hint)

    def _fault(self, place: Location, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, path, message, hint))

    def _below(self, key: str) -> str:
        return f"{self.path}.{display_key(key)}" if self.path else display_key(key)


def read_date(text: str) -> str:
    """Return `text` if it is a day from 2000 to 2999, written `YYYY-MM-DD`; else raise ValueError.

    The bounds catch slips of the finger; no card and no subscription lies beyond.
    """
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError("write a day that exists, such as 2026-11-22")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"write a day from {FIRST_YEAR} to {LAST_YEAR}")
    return text


def nearest(name: str, known: list[str]) -> str:
    """Return the remedy for an unknown `name`: the nearest known one, or all of them."""
    return suggest(name, map(display_key, known), "known here")


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("write a text")
    if len(text) > MAX_TEXT_LENGTH:
        raise ValueError(f"write at most {MAX_TEXT_LENGTH:,} characters")
    if not text.isprintable():
        raise ValueError("write it on one line, with plain spaces and no control characters")
    return text


def _chosen_from(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text not in allowed:
            raise ValueError(_one_of(allowed))
        return text

    return choose


def _one_of(allowed: tuple[str, ...]) -> str:
    return f"write {' or '.join(allowed)}"


def _shown(node: Node) -> str:
    match node:
        case ScalarNode(_, text):
            return quoted(text)
        case ConstantNode(_, text):
            return text
        case SequenceNode():
            return "a list"
        case _:
            return "a mapping"
