"""The JSON documents of quotes, and how any value of a result is written as JSON.

Every key is always present, in a fixed order. Money, prices and percentages are decimal strings,
counts are integers, and null is unknown. `docs/declarations` has the type of each key; the tests
compare every document with the JSON Schema that is generated from it.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from aloware_cli.deferred import import_json
from aloware_cli.domain.cards import PER_UNIT, Model, sha256_of
from aloware_cli.domain.charges import CATEGORIES
from aloware_cli.domain.money import CASES, ZERO, format_exact
from aloware_cli.domain.orders import CustomLine

if TYPE_CHECKING:
    from aloware_cli.domain.invoices import FirstInvoice
    from aloware_cli.domain.orders import Order
    from aloware_cli.domain.proposals import QuoteRange
    from aloware_cli.domain.quotes import Line, Note, Quote

#: An object of a JSON document.
Document: TypeAlias = dict[str, Any]
TOTALS: Final = (
    "monthly=totals.monthly quarterly=totals.quarterly annual=totals.annual one_time=one_time_total"
)
#: The keys of a charge for which a price is listed.
LISTED: Final = (
    "charge=charge.key label=charge.label category=charge.category one_time=charge.one_time "
    "unit=charge.unit term"
)


def to_json(document: Mapping[str, object]) -> str:
    """Return `document` as indented ASCII, with a final newline."""
    return f"{import_json().dumps(document, indent=2)}\n"


def hash_of(document: Mapping[str, object]) -> str:
    """Return the SHA-256 hash of `document` as ASCII JSON with sorted keys and without spaces."""
    text = import_json().dumps(document, sort_keys=True, separators=(",", ":"))
    return sha256_of(text.encode())


def to_value(value: Any) -> Any:
    """Return `value` as JSON has it: an amount as a decimal string, a record as an object."""
    match value:
        case Decimal():
            return format_exact(value)
        case dict():
            return {key: to_value(each) for key, each in value.items()}
        case frozenset():
            return sorted(value)
        case tuple() | list():
            written = RECORDS.get(type(value).__name__)
            if written is None:
                return [to_value(each) for each in value]
            return record(value, written) if isinstance(written, str) else written(value)
    return value


def record(value: object, keys: str) -> Document:
    """Return an object with `keys`, each the attribute of `value` with that name, as JSON has it.

    `key=path` takes the attribute at `path` instead.
    """
    return {key: to_value(attribute) for key, attribute in attributes_of(value, keys).items()}


def attributes_of(value: object, keys: str) -> dict[str, Any]:
    """Return each of `keys` with its attribute of `value`, as `record` does, but unchanged."""
    found = {}
    for each in keys.split():
        key, _, path = each.partition("=")
        found[key] = _attribute(value, (path or key).split("."))
    return found


def _attribute(value: Any, path: Sequence[str]) -> Any:
    """Return the attribute of `value` at `path`: of each if there are several, None of None."""
    if value is None or not path:
        return value
    if type(value) is tuple:
        return [_attribute(each, path) for each in value]
    return _attribute(getattr(value, path[0]), path[1:])


def quote_document(quote: "Quote") -> Document:
    """Return `quote` as `aloware.quote/1`: all that pricing needs, and last its own hash.

    A quote with plan groups is an `aloware.proposal/1`.
    """
    if quote.groups:
        return _proposal(quote)
    document = {
        "schema": "aloware.quote/1",
        **record(quote, "plan term currency as_of lines one_time"),
        "subtotals": {each: to_value(quote.subtotal(each)) for each in CATEGORIES},
        "totals": record(quote, f"{TOTALS} first_year"),
        **record(quote, "at_least unpriced=unpriced.charge.key carrier_fees first_invoice"),
        **record(quote, "credits due_now notes document=details rate_card=card"),
        "inputs": _inputs(quote.plan, quote.order),
        "tool": {"name": "aloware", "version": quote.version},
    }
    return {**document, "sha256": hash_of(document)}


def _proposal(whole: "Quote") -> Document:
    document = {
        "schema": "aloware.proposal/1",
        **record(whole, "currency as_of groups"),
        "totals": record(whole, f"{TOTALS} first_year"),
        **record(whole, "at_least credits due_now notes document=details"),
        "tool": {"name": "aloware", "version": whole.version},
    }
    return {**document, "sha256": hash_of(document)}


def range_document(found: "QuoteRange") -> Document:
    """Return a range as `aloware.range/1`."""
    documents = dict(zip(CASES, map(quote_document, found.quotes), strict=True))
    return {
        "schema": "aloware.range/1",
        **record(found.quotes[0], "plan term currency"),
        "totals": {case: document["totals"] for case, document in documents.items()},
        "at_least": found.at_least,
        "quotes": documents,
        "notes": to_value(found.notes),
    }


def _inputs(plan: str, order: "Order") -> Document:
    carriers = order.carriers
    return {
        "plan": plan,
        **record(order, "term quantities min_agents"),
        "rates": {
            key: record(rate, "price source=citation") for key, rate in order.supplied.items()
        },
        "discounts": {key: percent(share) for key, share in order.discounts.items()},
        "lines": {
            charge.label: str(CustomLine(rate.price or ZERO, charge.one_time))
            for charge, rate in order.custom
        },
        **record(order, "as_of start"),
        "carriers": carriers and {key: percent(share) for key, share in carriers.items()},
        "credits": to_value(order.credits),
    }


def percent(number: Decimal | None) -> str | None:
    """Return a percentage; null for none."""
    return None if number is None else f"{number:f}"


def _line(line: "Line") -> Document:
    """Return a one-time fee or a recurring line item; amounts are null without a price."""
    amounts = "monthly=amounts.monthly quarterly=amounts.quarterly annual=amounts.annual"
    return {
        **record(line, "charge=charge.key label=charge.label category=charge.category status"),
        **record(line, "quantity unit=charge.unit list_price unit_price"),
        "discount": percent(line.rate.discount),
        "model": line.rate.model.name if line.rate.model else PER_UNIT,
        **record(line, "allowance parts"),
        **record(line, "amount" if line.charge.one_time else amounts),
        **record(line, "calculation=working reason source=rate.citation"),
        "definition": {
            **record(line.rate, "model allowance"),
            **record(line.charge, "units per_term pass_through reason caution"),
            **record(line.charge, "source=citation traffic rule"),
        },
    }


def _invoice(invoice: "FirstInvoice") -> Document:
    return {
        **record(invoice, "start period_end days days_in_month lines total"),
        "next_invoice": record(invoice, "date=next_date amount=next_amount"),
    }


def _model(model: Model) -> Document:
    """Return a charge model; only a package has blocks."""
    block = model.block if model.name == "package" else None
    return {"name": model.name, "block": block, "tiers": to_value(model.tiers)}


def _note(note: "Note") -> Document:
    return {**record(note, "kind audience text"), "option": note.option or None}


#: How each class of records is written: its keys, or a function.
RECORDS: Final[Mapping[str, str | Callable[[Any], Document]]] = {
    "Amounts": "monthly quarterly annual",
    "CardIdentity": "plan effective_from oldest_read_on sha256",
    "CarrierFees": "basis segments low_fee high_fee low high inbound sources",
    "Change": "plans charge=key label unit term old new",
    "Citation": "key=source.key title=source.title url=source.url read_on=source.read_on "
    "dated=source.dated copy=source.copy wording",
    "Conflict": "plans price source=citation read_as",
    "ContractTerm": "key kind text charges plans costs option source=citation",
    "CoverageRule": "key decides reason source=citation initiators directions lines",
    "Credits": "balance one_time remaining monthly_usage carrier_fees monthly_top_up bound "
    "days until",
    "Details": "prospect contact prepared_by number issued valid_days note valid_until",
    "Finding": "severity code file=location.file line=location.line column=location.column "
    "message details",
    "FirstInvoice": _invoice,
    "InboundFees": "segments low_fee high_fee low high carriers",
    "Line": _line,
    "ListedRate": f"{LISTED} status=rate.status price=rate.price model=rate.model "
    "allowance=rate.allowance source=rate.citation",
    "Model": _model,
    "Note": _note,
    "Part": "quantity price",
    "Quote": quote_document,
    "PlanGroup": "name plan=quote.plan quote",
    "ProratedLine": "charge=charge.key unit_price prorated_unit quantity amount",
    "Rate": "status price model allowance source=citation",
    "Source": "key title url read_on",
    "Standing": "plan=quote.plan missing=quote.unpriced.charge.key at_least=quote.totals.monthly "
    "ruled_out",
    "Stale": "key=source.key read_on=source.read_on dated=source.dated days",
    "Tier": "up_to price",
    "Traffic": "medium initiator direction line",
    "Uncovered": "plans charge=charge.key price=rate.price",
    "UnsupportedCharacter": "character code_point name count=times replacement",
}
