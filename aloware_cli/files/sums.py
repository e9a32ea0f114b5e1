"""Sums: whether a saved quote is still what was written.

What is read from it gives a quote; that quote, written once more, must say the same
everywhere: subtotals and totals, three and twelve times the month, the hash. Some
figures no quote works out by itself: they are worked out here, from those beside them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from aloware_cli.domain.credits import DAYS_OF_A_MONTH, Credits
from aloware_cli.domain.fault import Fault
from aloware_cli.domain.invoice import FirstInvoice
from aloware_cli.domain.money import ZERO, plain, round_to_cents
from aloware_cli.domain.pass_through import PassThrough
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.errors import shown, word
from aloware_cli.files.document import Constant, Mapping, Node, Scalar, Sequence
from aloware_cli.files.fields import nearest
from aloware_cli.files.saved import Saved

CHANGED = "was changed after it was written"
AGAIN = "quote it again, or take an unchanged copy"
CONSTANTS = {None: "null", True: "true", False: "false"}


def refuse_wrong_sums(document: Saved, quote: Quote) -> None:
    """Add a fault for each figure of `document` that does not follow from those beside it."""
    for key, lines, amount in (
        ("lines", quote.lines, "monthly"),
        ("one_time", quote.one_time, "amount"),
    ):
        for fields, line in zip(document.objects(key), lines, strict=True):
            _expect(fields, amount, line.amount, amount_of(line))
    if quote.pass_through:
        _refuse_wrong_fees(document.object("pass_through"), quote.pass_through)
    if quote.first_invoice:
        _refuse_wrong_invoice(document.object("first_invoice"), quote.first_invoice, quote)
    if quote.credits:
        _refuse_wrong_credits(document.object("credits"), quote.credits, quote)


def amount_of(line: Line) -> Decimal | None:
    """Return what `line` comes to: the sum of its parts less the discount, rounded."""
    listed = sum((part.quantity * part.price for part in line.parts), ZERO)
    return round_to_cents(line.rate.less_discount(listed)) if line.parts else None


def _refuse_wrong_fees(saved: Saved, fees: PassThrough) -> None:
    for key, fee, written in (("low", fees.low_fee, fees.low), ("high", fees.high_fee, fees.high)):
        expected = round_to_cents(fees.segments * fee)
        _expect(saved.object(key), "monthly", written.monthly, expected)


def _refuse_wrong_invoice(saved: Saved, invoice: FirstInvoice, quote: Quote) -> None:
    for fields, line in zip(saved.objects("lines"), invoice.lines, strict=True):
        days = line.unit_price * invoice.days / invoice.days_in_month
        _expect(fields, "prorated_unit", line.prorated_unit, round_to_cents(days))
        _expect(fields, "amount", line.amount, line.quantity * line.prorated_unit)
    month = quote.subtotal("subscription").monthly
    _expect(saved.object("next_invoice"), "amount", invoice.next_amount, month)


def _refuse_wrong_credits(saved: Saved, credits: Credits, quote: Quote) -> None:
    usage, load = quote.subtotal("usage").monthly, credits.to_load
    _expect(saved, "monthly_usage", credits.monthly_usage, usage)
    days = int(credits.balance * DAYS_OF_A_MONTH // load) if load else None
    if credits.days != days:
        _refuse(saved, "days", None if days is None else str(days))


def _expect(fields: Saved, key: str, written: Decimal | None, expected: Decimal | None) -> None:
    if written != expected:
        _refuse(fields, key, None if expected is None else plain(expected))


def _refuse(fields: Saved, key: str, expected: str | None) -> None:
    fields.faults.append(_no_sum(fields.node(key, ""), _join(fields.path, key), expected))


def differences(node: Node, value: Any, path: str) -> Iterator[Fault]:
    """Yield a fault for each place of `node` that is not the JSON `value`; order is free."""
    if isinstance(node, Mapping) and isinstance(value, dict):
        yield from _in_object(node, value, path)
    elif isinstance(node, Sequence) and isinstance(value, list):
        yield from _in_list(node, value, path)
    elif not _is(node, value):
        if path == "sha256":
            yield Fault(node.place, path, f"{CHANGED}: this is not the hash of the rest", AGAIN)
        else:
            yield _no_sum(node, path, value)


def _no_sum(node: Node, path: str, value: Any) -> Fault:
    """Return the fault of `node` at `path`, where `value` would add up."""
    problem = f"{CHANGED}: {_as_json(node)} no longer adds up"
    return Fault(node.place, path, problem, f"the rest makes {_as_json(value)}")


def _in_object(node: Mapping, value: dict[str, Any], path: str) -> Iterator[Fault]:
    for key, (place, below) in node.items.items():
        if key in value:
            yield from differences(below, value[key], _join(path, key))
        else:
            yield Fault(place, _join(path, key), "unknown key", nearest(key, list(value)))
    for key in value.keys() - node.items.keys():
        yield Fault(node.place, _join(path, key), "is missing", f"add {_as_json(value[key])}")


def _in_list(node: Sequence, value: list[Any], path: str) -> Iterator[Fault]:
    if len(node.items) != len(value):
        problem = f"{CHANGED}: it lists {len(node.items)}"
        yield Fault(node.place, path, problem, f"the rest makes {len(value)}")
        return
    for at, (below, item) in enumerate(zip(node.items, value, strict=True)):
        yield from differences(below, item, _join(path, str(at)))


def _is(node: Node, value: Any) -> bool:
    match node:
        case Scalar(_, text):
            return isinstance(value, str) and text == value
        case Constant(_, text):
            return (value is None or isinstance(value, bool)) and text == CONSTANTS[value]
        case _:
            return False


def _as_json(value: Any) -> str:
    """Write a node, or what JSON is written from, for people."""
    match value:
        case Scalar(_, text) | str(text):
            return shown(text)
        case Constant(_, text):
            return text
        case None | bool():
            return CONSTANTS[value]
        case Sequence() | list():
            return "a list"
        case _:
            return "an object"


def _join(path: str, key: str) -> str:
    return f"{path}.{word(key)}" if path else word(key)
