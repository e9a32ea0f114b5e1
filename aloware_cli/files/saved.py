"""Saved fields: one object of a JSON file that the tool wrote, read key by key.

Such a file says null, true and false, and lists objects. A reader takes what a key
may hold at all: whoever opens the file then holds it against what would be written.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from aloware_cli.domain.money import MAX_PRICE, ZERO
from aloware_cli.files.document import ConstantNode, MappingNode, Node, SequenceNode
from aloware_cli.files.fields import Fields

#: As many digits as an amount of a quote can have, and as many places as a price less a discount.
NUMBER = re.compile(r"[0-9]{1,16}(\.[0-9]{1,12})?", re.ASCII)
WHOLE = re.compile(r"[0-9]{1,16}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)

T = TypeVar("T")


class Saved(Fields):
    """The keys of one object."""

    def text(self, key: str) -> str:
        """Return the text under `key`: not empty, on one line, of any length."""
        return self.value(key, "write a text", _text, "")

    def number(self, key: str) -> Decimal:
        """Return the number under `key`, with as many places as it has."""
        return self.value(key, "write digits such as 12.50", _number, ZERO)

    def unit_price(self, key: str) -> Decimal:
        """Return the price of one unit under `key`, in USD, which may be less a discount."""
        return self.value(key, "write a price such as 0.015", _unit_price, ZERO)

    def count(self, key: str) -> int:
        """Return the whole number under `key`."""
        return self.value(key, "write digits such as 12", _whole, 0)

    def day(self, key: str) -> str:
        """Return the day under `key`, as it is written; years may go beyond those of a card."""
        return self.value(key, "write a day such as 2026-11-22", _day, "")

    def sha256(self, key: str) -> str:
        """Return the hash under `key`."""
        return self.value(key, "write 64 digits in hex", _sha256, "")

    def boolean(self, key: str) -> bool:
        """Return what stands under `key`: true or false."""
        node = self.node(key, "write true or false")
        if isinstance(node, ConstantNode) and node.text != "null":
            return node.text == "true"
        self._refuse(node, self._below(key), "is neither true nor false", "write one of them")
        return False

    def optional(self, key: str, read: Callable[[str], T]) -> T | None:
        """Return what `read` makes of `key`, or None where null stands there."""
        node = self.node(key, "add it") if self.has(key) else None
        return None if isinstance(node, ConstantNode) and node.text == "null" else read(key)

    def object(self, key: str) -> "Saved":
        """Return the object under `key`."""
        return Saved(self.node(key, "write an object"), self._below(key), self.problems)

    def objects(self, key: str) -> list["Saved"]:
        """Return the objects listed under `key`."""
        items = enumerate(self._items_of(key))
        return [Saved(node, f"{self._below(key)}.{at}", self.problems) for at, node in items]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts listed under `key`."""
        listed = {str(at): (node.place, node) for at, node in enumerate(self._items_of(key))}
        items = Saved(MappingNode(self.place, listed), self._below(key), self.problems)
        return tuple(items.text(at) for at in listed)

    def _items_of(self, key: str) -> list[Node]:
        node = self.node(key, "write a list")
        if isinstance(node, SequenceNode):
            return node.items
        self._refuse(node, self._below(key), "is no list", "write [ and ] around it")
        return []


def _text(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("write a text on one line")
    return text


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise ValueError("write digits such as 12.50")
    return Decimal(text)


def _unit_price(text: str) -> Decimal:
    price = _number(text)
    if price > MAX_PRICE:
        raise ValueError(f"a price goes up to {MAX_PRICE:,}")
    return price


def _whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise ValueError("write digits such as 12")
    return int(text)


def _day(text: str) -> str:
    if not DAY.fullmatch(text):
        raise ValueError("write a day such as 2026-11-22")
    return text


def _sha256(text: str) -> str:
    if not SHA256.fullmatch(text):
        raise ValueError("write 64 digits in hex")
    return text
