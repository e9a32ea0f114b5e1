"""Fields: one mapping of a file, read key by key.

Every reader returns a value of the type it promises. Where the file holds
something else, it adds a fault and returns a stand-in, so that one run finds
every fault; nobody may use what was read while there are faults.
"""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from aloware_cli.domain.fault import Fault, Place
from aloware_cli.domain.money import ZERO, read_amount, read_percent, read_price
from aloware_cli.domain.quantity import read_quantity
from aloware_cli.domain.spelling import meant, shown, word
from aloware_cli.files.document import Broken, Constant, Mapping, Node, Scalar, Sequence

LONGEST_TEXT = 2_000
FIRST_YEAR, LAST_YEAR = 2000, 2999

T = TypeVar("T")


class Fields:
    """The keys of one mapping; `close` refuses those that nobody asked for."""

    def __init__(self, node: Node, path: str, faults: list[Fault]) -> None:
        """Read `node`, found at `path`, and add what is wrong with it to `faults`."""
        self.place = node.place
        self.path = path
        self.faults = faults
        self._asked: list[str] = []
        self._items = node.items if isinstance(node, Mapping) else {}
        self.whole = isinstance(node, Mapping)
        if not isinstance(node, Mapping | Broken):
            self._fault(node.place, path, f"{_shown(node)} is no mapping", "write `key: value`")

    def each(self) -> Iterator[tuple[str, Place, Node]]:
        """Yield all keys with their places and nodes, for a mapping whose keys are names."""
        self._asked.extend(self._items)
        for key, (place, node) in self._items.items():
            yield key, place, node

    def has(self, key: str) -> bool:
        """Tell whether `key` is there."""
        self._asked.append(key)
        return key in self._items

    def node(self, key: str, remedy: str) -> Node:
        """Return what stands under `key`; a fault with `remedy` where it is missing."""
        if self.has(key):
            return self._items[key][1]
        if self.whole:
            self._fault(self.place, self.path, f"{key!r} is missing", remedy)
        return Broken(self.place)

    def text(self, key: str) -> str:
        """Return the text under `key`: not empty, not too long, no control characters."""
        return self.value(key, "add it", _text, "")

    def optional_text(self, key: str) -> str | None:
        """Return the text under `key`, or None where the key is absent."""
        return self.text(key) if self.has(key) else None

    def value(self, key: str, remedy: str, read: Callable[[str], T], stand_in: T) -> T:
        """Return what `read` makes of the text under `key`, else `stand_in`."""
        return self._value(self.node(key, remedy), key, remedy, read, stand_in)

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
        if not isinstance(node, Sequence):
            self._refuse(node, self._below(key), "is no list", f"write [{', '.join(allowed)}]")
            return frozenset()
        return frozenset(self._word(item, key, allowed) for item in node.items)

    def fields(self, key: str) -> "Fields":
        """Return the mapping under `key`."""
        return Fields(self.node(key, "add it"), self._below(key), self.faults)

    def listed(self, key: str) -> list["Fields"]:
        """Return the mappings listed under `key`, at least one."""
        node = self.node(key, "add it")
        if not isinstance(node, Sequence) or not node.items:
            self._refuse(node, self._below(key), "has no items", "write each after a dash")
            return []
        return [Fields(item, self._below(key), self.faults) for item in node.items]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under `key`: a list of them, or a single one."""
        node = self.node(key, "add it")
        if isinstance(node, Scalar):
            return (self.text(key),)
        if not isinstance(node, Sequence):
            self._refuse(node, self._below(key), "is no list", "write [one, another]")
            return ()
        return tuple(self._value(item, key, "write a text", _text, "") for item in node.items)

    def place_of(self, key: str) -> Place:
        """Return the place of what stands under `key`."""
        return self._items[key][1].place

    def line_of(self, key: str) -> int:
        """Return the line on which what stands under `key` begins."""
        return self._items[key][1].place.line

    def refuse(self, key: str, problem: str, remedy: str) -> None:
        """Add a fault about what stands under `key`, or about the mapping where it is absent."""
        place = self._items[key][1].place if key in self._items else self.place
        self._fault(place, self._below(key), problem, remedy)

    def refuse_key(self, key: str, place: Place, problem: str, remedy: str) -> None:
        """Add a fault about `key` itself, which stands at `place`."""
        self._fault(place, self._below(key), problem, remedy)

    def refuse_at_key(self, key: str, problem: str, remedy: str) -> None:
        """Add a fault about `key` itself."""
        self.refuse_key(key, self._items[key][0], problem, remedy)

    def refuse_whole(self, problem: str, remedy: str) -> None:
        """Add a fault about the mapping as a whole."""
        if self.whole:
            self._fault(self.place, self.path, problem, remedy)

    def close(self) -> None:
        """Refuse the keys that nobody asked for, each with the nearest one that is known."""
        for key, (place, _) in self._items.items():
            if key not in self._asked:
                known = list(dict.fromkeys(self._asked))
                self._fault(place, self._below(key), "unknown key", nearest(key, known))

    def _value(self, node: Node, key: str, remedy: str, read: Callable[[str], T], stand_in: T) -> T:
        if not isinstance(node, Scalar):
            self._refuse(node, self._below(key), "is no plain value", remedy)
            return stand_in
        try:
            return read(node.text)
        except ValueError as error:
            problem = f"{_shown(node)} is not right" if node.text else "the value is missing"
            self._fault(node.place, self._below(key), problem, str(error))
            return stand_in

    def _word(self, item: Node, key: str, allowed: tuple[str, ...]) -> str:
        if isinstance(item, Scalar) and item.text in allowed:
            return item.text
        self._refuse(item, self._below(key), "is not right", _one_of(allowed))
        return allowed[0]

    def _refuse(self, node: Node, path: str, problem: str, remedy: str) -> None:
        """Add a fault, except about a node that was refused before."""
        if not isinstance(node, Broken):
            self._fault(node.place, path, f"{_shown(node)} {problem}", remedy)

    def _fault(self, place: Place, path: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(place, path, problem, remedy))

    def _below(self, key: str) -> str:
        return f"{self.path}.{word(key)}" if self.path else word(key)


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
    return meant(name, map(word, known), "known here")


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("write a text")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"write at most {LONGEST_TEXT:,} characters")
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
        case Scalar(_, text):
            return shown(text)
        case Constant(_, text):
            return text
        case Sequence():
            return "a list"
        case _:
            return "a mapping"
