"""Saved quotes and proposals, read as the quote that they were written from.

The file is valid if the quote that it contains gives the same document again.
"""

import functools
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from types import NoneType
from typing import Any, Final, TypeAlias, TypeVar, get_args, get_origin

from aloware_cli.domain.cards import CardIdentity, Fingerprint, Model, Rate
from aloware_cli.domain.charges import COMMITMENT, CUSTOM, LICENSE, Charge
from aloware_cli.domain.invoices import CarrierFees, with_invoice_and_credits
from aloware_cli.domain.money import CASES, ZERO
from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.problems import as_typed
from aloware_cli.domain.proposals import QuoteRange, combine
from aloware_cli.domain.quotes import Line, Note, PlanGroup, Quote
from aloware_cli.domain.sources import Citation
from aloware_cli.errors import DataError
from aloware_cli.files.io import STDIN, display_path, read_bytes
from aloware_cli.files.schemas import (
    MAX_BYTES,
    below,
    describe,
    find_mismatch,
    parse_json,
    read_schema,
)

SCHEMA: Final = "aloware.quote/1"
PROPOSAL: Final = "aloware.proposal/1"
RANGE: Final = "aloware.range/1"
#: Keys that differ which a message names.
MAX_NAMED: Final = 5
AGAIN: Final = "create it again or use an unedited copy"

T = TypeVar("T")
#: An object of a JSON document.
Document: TypeAlias = Mapping[str, Any]
#: Returns the document of a quote, or of a range.
Write = Callable[[Quote], Mapping[str, object]]
WriteRange = Callable[[QuoteRange], Mapping[str, object]]


def find_quotes(paths: Iterable[str]) -> list[str]:
    """Return the files at `paths`, each once: files, folders of JSON files and patterns.

    Raises DataError for a path, a folder or a pattern without a file.
    """
    import glob

    found: dict[str, str] = {}
    for path in paths:
        files = [path]
        if os.path.isdir(path):
            files = glob.glob(os.path.join(glob.escape(path), "*.json"))
        elif path != STDIN and not os.path.exists(path):
            files = glob.glob(path, recursive=True)
        if not files:
            name = display_path(path)
            missing = "no JSON files in the folder" if os.path.isdir(path) else "no such file"
            hint = "name saved quotes, their folder, or a pattern such as 'quotes/*.json'"
            raise DataError("E-READ", f"cannot read {name}: {missing}", hint)
        found |= {os.path.realpath(file): file for file in sorted(files)}
    return [*found.values()]


def load_quote(path: str, write: Write) -> Quote:
    """Return the quote in the file at `path` (`-` is stdin), which must be as `write` writes it.

    Order and layout are free. Raises DataError for a file that cannot be read, is not a quote or
    was edited.
    """
    return read_quote(read_bytes(path, MAX_BYTES), display_path(path), write)


def read_quote(content: bytes, name: str, write: Write) -> Quote:
    """Return the quote in `content`, the content of the file `name`; see `load_quote`."""
    return _read(parse_json(content, name), name, write)


def load_result(path: str, write: Write, write_range: WriteRange) -> Quote | QuoteRange:
    """Return the quote, or the three quotes of a range, in the file at `path`; see `load_quote`."""
    name = display_path(path)
    document = parse_json(read_bytes(path, MAX_BYTES), name)
    if not (isinstance(document, dict) and document.get("schema") == RANGE):
        return _read(document, name, write)
    _reject_mismatch(document, name)
    found = QuoteRange(tuple(_quote_of(document["quotes"][case]) for case in CASES))
    if len({tuple(group.name for group in quote.groups) for quote in found.quotes}) > 1:
        raise DataError("E-QUOTE-EDITED", f"{name}: quotes: the plan groups differ", AGAIN)
    _reject_edits(document, write_range(found), name)
    return found


def _read(document: object, name: str, write: Write) -> Quote:
    kind = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(document, dict) or kind not in (SCHEMA, PROPOSAL):
        found = f"{describe(kind)} is not a quote" if kind else "not a saved quote"
        hint = "use a quote saved with --format json"
        if kind == RANGE:
            hint = f"use one of its quotes: jq .quotes.expected {as_typed(name)}"
        raise DataError("E-QUOTE-FILE", f"{name}: {found}", hint)
    _reject_mismatch(document, name)
    quote = _quote_of(document)
    _reject_edits(document, write(quote), name)
    return quote


@functools.cache
def _schema(name: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads(read_schema(name))
    return schema


def _reject_mismatch(document: Document, name: str) -> None:
    kind = document["schema"].removeprefix("aloware.").partition("/")[0]
    if problem := find_mismatch(document, _schema(kind)):
        message = f"{name}: {problem.path}: {problem.message}"
        raise DataError(problem.code, message, problem.hint or AGAIN)


def _reject_edits(document: object, expected: Mapping[str, object], name: str) -> None:
    """Raise DataError with the first keys of `document` that are not as expected."""
    differing = list(islice(_differences(document, expected, ""), MAX_NAMED + 1))
    figures = [line for path, line in differing if path != "sha256"]
    if figures:
        hints = (AGAIN, *(f"also {line}" for line in figures[1:MAX_NAMED]))
        raise DataError("E-QUOTE-EDITED", f"{name}: {figures[0]}", *hints)
    if differing:
        message = f"{name}: sha256: hash mismatch, the quote was edited after saving"
        raise DataError("E-QUOTE-EDITED", message, AGAIN)


def _differences(found: object, expected: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield path and description of each value that differs."""
    if found == expected:
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in expected:
            yield from _differences(found.get(key), expected[key], below(path, key))
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for index, pair in enumerate(zip(found, expected, strict=True)):
            yield from _differences(*pair, f"{path}.{index}")
    else:
        yield path, f"{path}: got {describe(found)}, the other keys give {describe(expected)}"


def _quote_of(document: Document) -> Quote:
    """Return the quote of one plan or of several plan groups."""
    if document["schema"] == SCHEMA:
        return _quote(document)
    groups = [PlanGroup(each["name"], _quote(each["quote"])) for each in document["groups"]]
    balance = document["credits"] and Decimal(document["credits"]["balance"])
    return combine(groups, balance, _value(tuple[Note, ...], document["notes"]))


def _quote(document: Document) -> Quote:
    lines = tuple(_line(line, one_time=False) for line in document["lines"])
    billed = next((line.list_amount for line in lines if line.charge.key == LICENSE), ZERO)
    lines = tuple(  # the licenses in use and the commitment are rounded together
        line._replace(before=billed) if line.charge.key == COMMITMENT else line for line in lines
    )
    one_time = tuple(_line(line, one_time=True) for line in document["one_time"])
    card = document["rate_card"]
    quote = Quote(
        card=_record(CardIdentity, card, fingerprint=Fingerprint(sha256=card["sha256"])),
        currency=document["currency"],
        order=_order(document, (*lines, *one_time)),
        lines=lines,
        one_time=one_time,
        notes=_value(tuple[Note, ...], document["notes"]),
        carrier_fees=_value(CarrierFees, document["carrier_fees"]),
        version=document["tool"]["version"],
    )
    return with_invoice_and_credits(quote)


def _order(document: Document, lines: tuple[Line, ...]) -> Order:
    supplied = {
        key: _record(Rate, {"status": "supplied", **rate})
        for key, rate in document["inputs"]["rates"].items()
    }
    details = _value(Details, document["document"])
    custom = tuple((line.charge, line.rate) for line in lines if line.charge.category == CUSTOM)
    return _record(Order, document["inputs"], supplied=supplied, custom=custom, details=details)


def _line(line: Document, *, one_time: bool) -> Line:
    definition = line["definition"]
    model = _value(Model, definition["model"])
    price = None if model else _value(Decimal, line["list_price"])
    allowance = definition["allowance"]
    return _record(
        Line,
        line,
        charge=_record(Charge, {**line, **definition}, key=line["charge"], one_time=one_time),
        rate=_record(Rate, line, price=price, model=model, allowance=allowance),
        working=line["calculation"],
    )


def _record(kind: type[T], document: Document, **others: object) -> T:
    """Return a record of `kind`: the `others`, and its other fields from `document`.

    Null is the default of a field that has one.
    """
    defaults = vars(kind)["_field_defaults"]
    found = {**document, "citation": document.get("source")}
    values = {
        field: _value(type_, found[field])
        for field, type_ in kind.__annotations__.items()
        if field not in others and (found.get(field) is not None or field not in defaults)
    }
    return kind(**values, **others)


def _value(kind: Any, value: Any) -> Any:
    """Return `value` of a document as a value of the type `kind`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if value is None:
        return None
    if NoneType in arguments:
        return _value(next(each for each in arguments if each is not NoneType), value)
    if origin in {tuple, frozenset}:
        return origin(_value(arguments[0], each) for each in value)
    if origin is Mapping:
        return {key: _value(arguments[1], each) for key, each in value.items()}
    if hasattr(kind, "_fields"):
        return _record(kind, {**value, "source": value} if kind is Citation else value)
    return Decimal(value) if kind is Decimal else value
