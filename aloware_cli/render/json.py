"""JSON: the form that scripts rely on, `aloware.quote/1`.

Its schema is `aloware_cli/schemas/quote.schema.json`. Every key is always
there, in this order; amounts and quantities are decimal strings; null is
unknown, "0.00" is free. It holds all of the quote, so that the quote can be
opened again, and last its own hash.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from aloware_cli.domain.card import CardIdentity, Rate
from aloware_cli.domain.charge import CATEGORIES, Charge
from aloware_cli.domain.coverage import CoverageRule
from aloware_cli.domain.fingerprint import sha256_of
from aloware_cli.domain.money import plain
from aloware_cli.domain.order import Order
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.domain.source import Citation

if TYPE_CHECKING:
    from aloware_cli.domain.credits import Credits
    from aloware_cli.domain.details import Details
    from aloware_cli.domain.invoice import FirstInvoice, ProratedLine
    from aloware_cli.domain.model import Model
    from aloware_cli.domain.pass_through import PassThrough

Value: TypeAlias = bool | int | str | list["Value"] | Mapping[str, "Value"] | None
Object: TypeAlias = dict[str, Value]


def to_json(document: Object) -> str:
    """Return `document` as indented ASCII, with a line end."""
    import json

    return json.dumps(document, indent=2) + "\n"


def quote_document(quote: Quote) -> Object:
    """Return `quote` as the keys and strings of `aloware.quote/1`."""
    document: Object = {
        "schema": "aloware.quote/1",
        "plan": quote.plan,
        "term": quote.term,
        "currency": quote.currency,
        "as_of": quote.as_of,
        "lines": [_recurring(line) for line in quote.lines],
        "one_time": [_paid_once(line) for line in quote.one_time],
        "subtotals": {category: periods(quote.subtotal(category)) for category in CATEGORIES},
        "totals": {
            **periods(quote.totals),
            "one_time": plain(quote.one_time_total),
            "first_year": plain(quote.first_year),
        },
        "at_least": quote.at_least,
        "unpriced": [line.charge.key for line in quote.unpriced],
        "pass_through": _pass_through(quote.pass_through),
        "first_invoice": _first_invoice(quote.first_invoice),
        "credits": _credits(quote.credits),
        "notes": list(quote.notes),
        "document": _document(quote.details),
        "rate_card": card_object(quote.card),
        "inputs": _inputs(quote.plan, quote.order),
        "tool": {"name": "aloware", "version": quote.version},
    }
    return {**document, "sha256": hash_of(document)}


def hash_of(document: Object) -> str:
    """Return the SHA-256 hash of `document` as JSON in ASCII, keys in order, without a blank."""
    import json

    return sha256_of(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())


def card_object(card: CardIdentity) -> Object:
    """Return which card a figure was priced from, as every form of JSON gives it."""
    return {
        "plan": card.plan,
        "effective_from": card.effective_from,
        "oldest_read_on": card.oldest_read_on,
        "sha256": card.sha256,
    }


def _document(details: "Details | None") -> Value:
    if details is None:
        return None
    days = None if details.valid_days is None else str(details.valid_days)
    return {**details._asdict(), "valid_days": days, "valid_until": details.valid_until}


def _pass_through(fees: "PassThrough | None") -> Value:
    if fees is None:
        return None
    return {
        "basis": fees.basis,
        "segments": str(fees.segments),
        "low_fee": plain(fees.low_fee),
        "high_fee": plain(fees.high_fee),
        "low": periods(fees.low),
        "high": periods(fees.high),
        "sources": [citation_object(citation) for citation in fees.sources],
    }


def _credits(credits: "Credits | None") -> Value:
    if credits is None:
        return None
    return {
        "balance": plain(credits.balance),
        "monthly_usage": plain(credits.monthly_usage),
        "carrier_fees": plain(credits.carrier_fees),
        "monthly_draw": plain(credits.to_load),
        "at_most": credits.at_most,
        "days": None if credits.days is None else str(credits.days),
        "until": credits.until,
        "load_per_month": plain(credits.to_load),
    }


def _first_invoice(invoice: "FirstInvoice | None") -> Value:
    if invoice is None:
        return None
    return {
        "start": invoice.start,
        "period_end": invoice.period_end,
        "days": str(invoice.days),
        "days_in_month": str(invoice.days_in_month),
        "lines": [prorated_object(line) for line in invoice.lines],
        "total": plain(invoice.total),
        "next_invoice": {"date": invoice.next_date, "amount": plain(invoice.next_amount)},
    }


def prorated_object(line: "ProratedLine") -> Object:
    """Return a charge for the days that remain of a month as every form of JSON gives it."""
    return {
        "charge": line.charge.key,
        "unit_price": plain(line.unit_price),
        "prorated_unit": plain(line.prorated_unit),
        "quantity": str(line.quantity),
        "amount": plain(line.amount),
    }


def _recurring(line: Line) -> Object:
    return {**_what(line), **periods(line.amounts), **_why(line)}


def _paid_once(line: Line) -> Object:
    return {**_what(line), "amount": money(line.amount), **_why(line)}


def _what(line: Line) -> Object:
    return {
        "charge": line.charge.key,
        "label": line.charge.label,
        "category": line.charge.category,
        "status": line.status,
        "quantity": str(line.quantity),
        "unit": line.charge.unit,
        "list_price": money(line.list_price),
        "unit_price": money(line.unit_price),
        "discount": decimal(line.rate.discount),
        "model": line.rate.model.name if line.rate.model else "per unit",
        "allowance": str(line.allowance),
        "parts": [
            {"quantity": str(part.quantity), "price": plain(part.price)} for part in line.parts
        ],
    }


def _why(line: Line) -> Object:
    return {
        "working": line.working,
        "reason": line.reason,
        "source": citation_object(line.rate.citation),
        "definition": _definition(line.charge, line.rate),
    }


def _definition(charge: Charge, rate: Rate) -> Object:
    """Return what the cards say of `charge`, and how they charge a quantity of it."""
    return {
        "model": rate.model and model_object(rate.model),
        "allowance": str(rate.allowance),
        "units": charge.units,
        "per_term": charge.per_term,
        "passed_on": charge.passed_on,
        "reason": charge.reason,
        "caution": charge.caution,
        "source": citation_object(charge.citation),
        "traffic": None if charge.traffic is None else charge.traffic._asdict(),
        "rule": None if charge.rule is None else _rule(charge.rule),
    }


def model_object(model: "Model") -> Object:
    """Return a charge model as every form of JSON gives it."""
    return {
        "name": model.name,
        "block": str(model.block) if model.name == "package" else None,
        "tiers": [
            {"up_to": None if tier.up_to is None else str(tier.up_to), "price": plain(tier.price)}
            for tier in model.tiers
        ],
    }


def _rule(rule: CoverageRule) -> Object:
    return {
        "key": rule.key,
        "initiators": list[Value](sorted(rule.initiators)),
        "directions": list[Value](sorted(rule.directions)),
        "lines": list[Value](sorted(rule.lines)),
        "decides": rule.decides,
        "reason": rule.reason,
        "source": citation_object(rule.citation),
    }


def citation_object(citation: Citation) -> Object:
    """Return a source and its wording as every form of JSON gives them."""
    return {
        "key": citation.source.key,
        "title": citation.source.title,
        "url": citation.source.url,
        "read_on": citation.source.read_on,
        "dated": citation.source.dated,
        "wording": citation.wording,
    }


def periods(amounts: Amounts | None) -> Object:
    """Return what something costs in each period as every form of JSON gives it."""
    if amounts is None:
        return dict.fromkeys(Amounts._fields)
    return {period: plain(amount) for period, amount in amounts._asdict().items()}


def _inputs(plan: str, order: Order) -> Object:
    """Return what `order` asks for on `plan`: all that pricing takes beside the card."""
    return {
        "plan": plan,
        "term": order.term,
        "quantities": {key: str(quantity) for key, quantity in order.quantities.items()},
        "min_agents": None if order.min_agents is None else str(order.min_agents),
        "rates": {
            key: {"price": money(rate.price), "source": citation_object(rate.citation)}
            for key, rate in order.supplied.items()
        },
        "discounts": {key: decimal(percent) for key, percent in order.discounts.items()},
        "as_of": order.as_of,
        "start": order.start,
        "carriers": None
        if order.carriers is None
        else {key: decimal(share) for key, share in order.carriers.items()},
        "credits": money(order.credits),
    }


def money(amount: Decimal | None) -> str | None:
    """Return USD as every form of JSON gives it; null is unknown."""
    return None if amount is None else plain(amount)


def decimal(number: Decimal | None) -> str | None:
    """Return a number that is no money, such as a percentage; null is unknown."""
    return None if number is None else f"{number:f}"
