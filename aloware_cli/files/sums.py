"""Sums: whether a saved quote is still what was written.

What is read from it gives a quote; that quote, written once more, must say the same
everywhere: amounts, subtotals and totals, three and twelve times the month, the hash. Two
figures no quote works out by itself: they are worked out here, from those beside them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from aloware_cli.domain.money import format_exact
from aloware_cli.domain.problems import Problem, display_key, quoted
from aloware_cli.domain.quotes import Quote
from aloware_cli.files.document import ConstantNode, MappingNode, Node, ScalarNode, SequenceNode
from aloware_cli.files.fields import nearest
from aloware_cli.files.saved import Saved

CHANGED = "was changed after it was written"
AGAIN = "quote it again, or take an unchanged copy"
CONSTANTS = {None: "null", True: "true", False: "false"}


def refuse_wrong_sums(document: Saved, quote: Quote) -> None:
    """Add a fault for each figure of `document` that does not follow from those beside it."""
    if quote.first_invoice:
        month = quote.subtotal("subscription").monthly
        following = document.object("first_invoice").object("next_invoice")
        _expect(following, "amount", quote.first_invoice.next_amount, month)
    if quote.credits:
        usage = quote.subtotal("usage").monthly
        _expect(document.object("credits"), "monthly_usage", quote.credits.monthly_usage, usage)


def _expect(fields: Saved, key: str, written: Decimal, expected: Decimal) -> None:
    if written != expected:
        problem = _no_sum(fields.node(key, ""), _join(fields.path, key), format_exact(expected))
        fields.problems.append(problem)


def differences(node: Node, value: Any, path: str) -> Iterator[Problem]:
    """Yield a fault for each place of `node` that is not the JSON `value`; order is free."""
    if isinstance(node, MappingNode) and isinstance(value, dict):
        yield from _in_object(node, value, path)
    elif isinstance(node, SequenceNode) and isinstance(value, list):
        yield from _in_list(node, value, path)
    elif not _is(node, value):
        if path == "sha256":
            yield Problem(node.place, path, f"{CHANGED}: this is not the hash of the rest", AGAIN)
        else:
            yield _no_sum(node, path, value)


def _no_sum(node: Node, path: str, value: Any) -> Problem:
    """Return the fault of `node` at `path`, where `value` would add up."""
    message = f"{CHANGED}: {_as_json(node)} no longer adds up"
    return Problem(node.place, path, message, f"the rest makes {_as_json(value)}")


def _in_object(node: MappingNode, value: dict[str, Any], path: str) -> Iterator[Problem]:
    for key, (place, below) in node.items.items():
        if key in value:
            yield from differences(below, value[key], _join(path, key))
        else:
            yield Problem(place, _join(path, key), "unknown key", nearest(key, list(value)))
    for key in value.keys() - node.items.keys():
        yield Problem(node.place, _join(path, key), "is missing", f"add {_as_json(value[key])}")


def _in_list(node: SequenceNode, value: list[Any], path: str) -> Iterator[Problem]:
    if len(node.items) != len(value):
        message = f"{CHANGED}: it lists {len(node.items)}"
        yield Problem(node.place, path, message, f"the rest makes {len(value)}")
        return
    for at, (below, item) in enumerate(zip(node.items, value, strict=True)):
        yield from differences(below, item, _join(path, str(at)))


def _is(node: Node, value: Any) -> bool:
    match node:
        case ScalarNode(_, text):
            return isinstance(value, str) and text == value
        case ConstantNode(_, text):
            return (value is None or isinstance(value, bool)) and text == CONSTANTS[value]
        case _:
            return False


def _as_json(value: Any) -> str:
    """Write a node, or what JSON is written from, for people."""
    match value:
        case ScalarNode(_, text) | str(text):
            return quoted(text)
        case ConstantNode(_, text):
            return text
        case None | bool():
            return CONSTANTS[value]
        case SequenceNode() | list():
            return "a list"
        case _:
            return "an object"


def _join(path: str, key: str) -> str:
    return f"{path}.{display_key(key)}" if path else display_key(key)
