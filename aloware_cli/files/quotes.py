"""Saved quotes: a file of `aloware.quote/1`, read as the quote that it was written from.

The file is valid if the quote that it contains gives the same document again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar, cast

from aloware_cli.domain.cards import CardIdentity, Fingerprint, Model, Rate, Tier
from aloware_cli.domain.charges import COMMITMENT, LICENSE, Charge, CoverageRule, Traffic
from aloware_cli.domain.customer import Details
from aloware_cli.domain.money import CASES, ZERO
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import as_typed
from aloware_cli.domain.quotes import (
    CarrierFees,
    Credits,
    FirstInvoice,
    InboundFees,
    Line,
    Note,
    Part,
    Quote,
    prorate_lines,
    total_of,
)
from aloware_cli.domain.ranges import QuoteRange
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import DataError
from aloware_cli.files.file import display_path, read_bytes
from aloware_cli.files.json import MAX_BYTES, below, describe, find_mismatch, parse_json
from aloware_cli.files.schemas import read_schema

if TYPE_CHECKING:
    from aloware_cli.schemas import parts
    from aloware_cli.schemas import quote as schema

SCHEMA: Final = "aloware.quote/1"
RANGE: Final = "aloware.range/1"
#: Keys that differ which a message names.
MAX_NAMED: Final = 5
AGAIN: Final = "create it again or use an unedited copy"

T = TypeVar("T")

#: Returns the document of a quote, or of a range.
Write = Callable[[Quote], Mapping[str, object]]
WriteRange = Callable[[QuoteRange], Mapping[str, object]]


def load_quote(path: str, write: Write) -> Quote:
    """Return the quote in the file at `path` (`-` is stdin), which must be as `write` writes it.

    Order and layout are free. Raises DataError for a file that cannot be read, is not a quote or
    was edited.
    """
    return read_quote(read_bytes(path, MAX_BYTES), display_path(path), write)


def read_quote(content: bytes, name: str, write: Write) -> Quote:
    """Return the quote in `content`, the content of the file `name`; see `load_quote`."""
    document = parse_json(content, name)
    kind = document.get("schema") if isinstance(document, dict) else None
    if kind != SCHEMA:
        found = f"{describe(kind)} is not a quote" if kind else "not a saved quote"
        hint = "use a quote saved with --format json"
        if kind == RANGE:
            hint = f"use one of its quotes: jq .quotes.expected {as_typed(name)}"
        raise DataError("E-QUOTE-FILE", f"{name}: {found}", hint)
    _check_schema(document, "quote", name)
    quote = _quote(cast("schema.QuoteDocument", document))
    _check(document, write(quote), name)
    return quote


def load_result(path: str, write: Write, write_range: WriteRange) -> Quote | QuoteRange:
    """Return the quote, or the three quotes of a range, in the file at `path`; see `load_quote`."""
    content, name = read_bytes(path, MAX_BYTES), display_path(path)
    document = parse_json(content, name)
    if not (isinstance(document, dict) and document.get("schema") == RANGE):
        return read_quote(content, name, write)
    _check_schema(document, "range", name)
    found = QuoteRange(tuple(_quote(document["quotes"][case]) for case in CASES))
    _check(document, write_range(found), name)
    return found


def _check_schema(document: object, schema: str, name: str) -> None:
    if mismatch := find_mismatch(document, json.loads(read_schema(schema))):
        message = f"{name}: {mismatch.path}: {mismatch.message}"
        raise DataError("E-QUOTE-FILE", message, mismatch.hint or AGAIN)


def _check(document: object, expected: Mapping[str, object], name: str) -> None:
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


def _quote(document: "schema.QuoteDocument") -> Quote:
    inputs = document["inputs"]
    lines = _with_licenses(_line(line, one_time=False) for line in document["lines"])
    one_time = tuple(_line(line, one_time=True) for line in document["one_time"])
    return Quote(
        card=_card(document["rate_card"]),
        currency=document["currency"],
        order=_order(inputs, document["document"]),
        lines=lines,
        one_time=one_time,
        notes=tuple(
            Note(note["kind"], note["text"], note["audience"], note["option"] or "")
            for note in document["notes"]
        ),
        first_invoice=_invoice(document["first_invoice"], lines),
        carrier_fees=_fees(document["carrier_fees"]),
        credits=_credits(document["credits"], lines, one_time, inputs["start"]),
        version=document["tool"]["version"],
    )


def _card(card: "parts.RateCard") -> CardIdentity:
    return _record(CardIdentity, card, fingerprint=Fingerprint(sha256=card["sha256"]))


def _order(inputs: "schema.Inputs", customer: "schema.Customer | None") -> Order:
    carriers = inputs["carriers"]
    return _record(
        Order,
        inputs,
        supplied={
            key: Rate("supplied", Decimal(rate["price"]), _citation(rate["source"]))
            for key, rate in inputs["rates"].items()
        },
        carriers=None if carriers is None else _decimals(carriers),
        discounts=_decimals(inputs["discounts"]),
        credits=_decimal(inputs["credits"]),
        details=None if customer is None else _record(Details, customer),
    )


def _line(line: "schema.RecurringLine | schema.OneTimeLine", *, one_time: bool) -> Line:
    definition = line["definition"]
    model = _model(definition["model"])
    return Line(
        charge=_charge(line, one_time=one_time),
        quantity=line["quantity"],
        rate=Rate(
            status=line["status"],
            price=None if model else _decimal(line["list_price"]),
            citation=_citation(line["source"]),
            discount=_decimal(line["discount"]),
            model=model,
            allowance=definition["allowance"],
        ),
        working=line["calculation"],
        reason=line["reason"],
        parts=tuple(Part(part["quantity"], Decimal(part["price"])) for part in line["parts"]),
        allowance=line["allowance"],
    )


def _with_licenses(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return `lines`, the line of a commitment with the licenses that another line bills."""
    found = tuple(lines)
    billed = next((line.listed for line in found if line.charge.key == LICENSE), ZERO)
    return tuple(
        line._replace(before=billed) if line.charge.key == COMMITMENT else line for line in found
    )


def _charge(line: "schema.RecurringLine | schema.OneTimeLine", *, one_time: bool) -> Charge:
    definition = line["definition"]
    traffic, rule = definition["traffic"], definition["rule"]
    return _record(
        Charge,
        {**line, **definition},
        key=line["charge"],
        one_time=one_time,
        traffic=None if traffic is None else Traffic(**traffic),
        rule=None if rule is None else _rule(rule),
        citation=_citation(definition["source"]),
    )


def _rule(rule: "schema.CoverageRule") -> CoverageRule:
    return _record(
        CoverageRule,
        rule,
        initiators=frozenset(rule["initiators"]),
        directions=frozenset(rule["directions"]),
        lines=frozenset(rule["lines"]),
        citation=_citation(rule["source"]),
    )


def _model(model: "parts.Model | None") -> Model | None:
    if model is None:
        return None
    tiers = tuple(Tier(tier["up_to"], Decimal(tier["price"])) for tier in model["tiers"])
    return Model(model["name"], tiers, model["block"] or 1)


def _citation(source: "parts.Source") -> Citation:
    return Citation(_record(Source, source), source["wording"])


def _fees(fees: "schema.CarrierFees | None") -> CarrierFees | None:
    return fees and _record(
        CarrierFees,
        fees,
        low_fee=Decimal(fees["low_fee"]),
        high_fee=Decimal(fees["high_fee"]),
        sources=tuple(map(_citation, fees["sources"])),
        inbound=_inbound_fees(fees["inbound"]),
    )


def _inbound_fees(fees: "schema.InboundFees | None") -> InboundFees | None:
    return fees and _record(
        InboundFees,
        fees,
        low_fee=_decimal(fees["low_fee"]),
        high_fee=_decimal(fees["high_fee"]),
    )


def _credits(
    credits: "schema.Credits | None",
    lines: tuple[Line, ...],
    one_time: tuple[Line, ...],
    start: str | None,
) -> Credits | None:
    return credits and Credits(
        balance=Decimal(credits["balance"]),
        one_time=total_of(one_time),
        monthly_usage=_monthly(lines, "usage"),
        carrier_fees=Decimal(credits["carrier_fees"]),
        bound=credits["bound"],
        start=start,
    )


def _invoice(invoice: "schema.FirstInvoice | None", lines: tuple[Line, ...]) -> FirstInvoice | None:
    """Return the first invoice, with days and the next amount as the dates and lines give them."""
    if invoice is None:
        return None
    charges = {line.charge.key: line.charge for line in lines}
    days_in_month = int(invoice["period_end"][-2:])
    days = days_in_month - int(invoice["start"][-2:]) + 1
    return FirstInvoice(
        start=invoice["start"],
        period_end=invoice["period_end"],
        days=days,
        days_in_month=days_in_month,
        lines=prorate_lines(
            (
                (charges[line["charge"]], Decimal(line["unit_price"]), line["quantity"])
                for line in invoice["lines"]
                if line["charge"] in charges
            ),
            days,
            days_in_month,
        ),
        next_date=invoice["next_invoice"]["date"],
        next_amount=_monthly(lines, "subscription"),
    )


def _record(kind: type[T], document: Mapping[str, object], **others: object) -> T:
    """Return a record with the values under its fields in `document`, and the `others`."""
    fields = kind.__annotations__
    return kind(**{**{key: document[key] for key in fields if key in document}, **others})


def _monthly(lines: tuple[Line, ...], category: str) -> Decimal:
    return total_of(line for line in lines if line.charge.category == category)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _decimals(shares: Mapping[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(share) for key, share in shares.items()}
