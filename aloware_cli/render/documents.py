"""The JSON document of a quote, and the parts that other documents share with it.

`schemas.quote` declares every key. A quote holds everything that pricing needs, so that a saved
one can be read again, and last its own hash.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from aloware_cli.domain.cards import PER_UNIT, CardIdentity, Model, Rate, sha256_of
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.periods import Amounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aloware_cli.domain.charges import Charge, CoverageRule, Traffic
    from aloware_cli.domain.customer import Details
    from aloware_cli.domain.orders import Order
    from aloware_cli.domain.quotes import (
        CarrierFees,
        Credits,
        FirstInvoice,
        InboundFees,
        Line,
        Note,
        ProratedLine,
        Quote,
    )
    from aloware_cli.domain.sources import Citation, Source
    from aloware_cli.schemas import parts
    from aloware_cli.schemas import quote as schema

Value: TypeAlias = bool | int | str | list["Value"] | Mapping[str, "Value"] | None


def to_json(document: Mapping[str, object]) -> str:
    """Return `document` as indented ASCII, with a final newline."""
    import json

    return json.dumps(document, indent=2) + "\n"


def quote_document(quote: "Quote") -> "schema.QuoteDocument":
    """Return `quote` as `aloware.quote/1`."""
    totals: schema.Totals = {
        **periods(quote.totals),
        "one_time": format_exact(quote.one_time_total),
        "first_year": format_exact(quote.first_year),
    }
    document: schema.UnsignedQuote = {
        "schema": "aloware.quote/1",
        "plan": quote.plan,
        "term": quote.term,
        "currency": quote.currency,
        "as_of": quote.as_of,
        "lines": [recurring_line(line) for line in quote.lines],
        "one_time": [one_time_line(line) for line in quote.one_time],
        "subtotals": {
            "subscription": periods(quote.subtotal("subscription")),
            "usage": periods(quote.subtotal("usage")),
        },
        "totals": totals,
        "at_least": quote.at_least,
        "unpriced": [line.charge.key for line in quote.unpriced],
        "carrier_fees": carrier_fees(quote.carrier_fees),
        "first_invoice": first_invoice(quote.first_invoice),
        "credits": prepaid_credits(quote.credits),
        "due_now": money(quote.due_now),
        "notes": notes(quote.notes),
        "document": _customer(quote.details),
        "rate_card": rate_card(quote.card),
        "inputs": _inputs(quote.plan, quote.order),
        "tool": {"name": "aloware", "version": quote.version},
    }
    return {**document, "sha256": hash_of(document)}


def hash_of(document: Mapping[str, object]) -> str:
    """Return the SHA-256 hash of `document` as ASCII JSON with sorted keys and without spaces."""
    import json

    return sha256_of(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())


def notes(found: "Iterable[Note]") -> "list[parts.Note]":
    """Return the notes of a result."""
    return [
        {"kind": kind, "audience": audience, "text": text, "option": option or None}
        for kind, text, audience, option in found
    ]


def recurring_line(line: "Line") -> "schema.RecurringLine":
    """Return a recurring line item."""
    amounts: schema.LinePeriods = (
        {"monthly": None, "quarterly": None, "annual": None}
        if line.amounts is None
        else {**periods(line.amounts)}
    )
    return {**_line_item(line), **amounts, **_grounds(line)}


def one_time_line(line: "Line") -> "schema.OneTimeLine":
    """Return a one-time fee."""
    return {**_line_item(line), "amount": money(line.amount), **_grounds(line)}


def _line_item(line: "Line") -> "schema.LineItem":
    return {
        "charge": line.charge.key,
        "label": line.charge.label,
        "category": line.charge.category,
        "status": line.status,
        "quantity": line.quantity,
        "unit": line.charge.unit,
        "list_price": money(line.list_price),
        "unit_price": money(line.unit_price),
        "discount": percent(line.rate.discount),
        "model": line.rate.model.name if line.rate.model else PER_UNIT,
        "allowance": line.allowance,
        "parts": [
            {"quantity": part.quantity, "price": format_exact(part.price)} for part in line.parts
        ],
    }


def _grounds(line: "Line") -> "schema.Grounds":
    return {
        "calculation": line.working,
        "reason": line.reason,
        "source": citation(line.rate.citation),
        "definition": _definition(line.charge, line.rate),
    }


def _definition(charge: "Charge", rate: Rate) -> "schema.Definition":
    return {
        "model": model(rate.model),
        "allowance": rate.allowance,
        "units": charge.units,
        "per_term": charge.per_term,
        "pass_through": charge.pass_through,
        "reason": charge.reason,
        "caution": charge.caution,
        "source": citation(charge.citation),
        "traffic": traffic(charge.traffic),
        "rule": _coverage_rule(charge.rule),
    }


def model(found: Model | None) -> "parts.Model | None":
    """Return a charge model; null for a price per unit."""
    if found is None:
        return None
    return {
        "name": found.name,
        "block": found.block if found.name == "package" else None,
        "tiers": [{"up_to": tier.up_to, "price": format_exact(tier.price)} for tier in found.tiers],
    }


def traffic(found: "Traffic | None") -> "schema.Traffic | None":
    """Return the calls or texts that a charge counts."""
    if found is None:
        return None
    return {
        "medium": found.medium,
        "initiator": found.initiator,
        "direction": found.direction,
        "line": found.line,
    }


def coverage(rule: "CoverageRule") -> "schema.Coverage":
    """Return what a coverage rule decides."""
    return {
        "key": rule.key,
        "decides": rule.decides,
        "reason": rule.reason,
        "source": citation(rule.citation),
    }


def _coverage_rule(rule: "CoverageRule | None") -> "schema.CoverageRule | None":
    if rule is None:
        return None
    return {
        **coverage(rule),
        "initiators": sorted(rule.initiators),
        "directions": sorted(rule.directions),
        "lines": sorted(rule.lines),
    }


def citation(found: "Citation") -> "parts.Source":
    """Return a source and its wording."""
    return {
        **page(found.source),
        "dated": found.source.dated,
        "copy": found.source.copy,
        "wording": found.wording,
    }


def page(source: "Source") -> "parts.Page":
    """Return a source without its wording."""
    return {
        "key": source.key,
        "title": source.title,
        "url": source.url,
        "read_on": source.read_on,
    }


def rate(found: Rate) -> "parts.Rate":
    """Return the price of a charge on a rate card."""
    return {
        "status": found.status,
        "price": money(found.price),
        "model": model(found.model),
        "allowance": found.allowance,
        "source": citation(found.citation),
    }


def rate_card(card: CardIdentity) -> "parts.RateCard":
    """Return which rate card a figure was priced from."""
    return {
        "plan": card.plan,
        "effective_from": card.effective_from,
        "oldest_read_on": card.oldest_read_on,
        "sha256": card.sha256,
    }


def carrier_fees(fees: "CarrierFees | None") -> "schema.CarrierFees | None":
    """Return carrier fees; null if they were not requested."""
    if fees is None:
        return None
    return {
        "basis": fees.basis,
        "segments": fees.segments,
        "low_fee": format_exact(fees.low_fee),
        "high_fee": format_exact(fees.high_fee),
        "low": periods(fees.low),
        "high": periods(fees.high),
        "inbound": _inbound_fees(fees.inbound),
        "sources": [citation(source) for source in fees.sources],
    }


def _inbound_fees(fees: "InboundFees | None") -> "schema.InboundFees | None":
    return fees and {
        "segments": fees.segments,
        "low_fee": money(fees.low_fee),
        "high_fee": money(fees.high_fee),
        "low": fees.low and periods(fees.low),
        "high": fees.high and periods(fees.high),
        "carriers": fees.carriers,
    }


def first_invoice(invoice: "FirstInvoice | None") -> "schema.FirstInvoice | None":
    """Return the first invoice; null without a start date."""
    if invoice is None:
        return None
    return {
        "start": invoice.start,
        "period_end": invoice.period_end,
        "days": invoice.days,
        "days_in_month": invoice.days_in_month,
        "lines": [prorated_line(line) for line in invoice.lines],
        "total": format_exact(invoice.total),
        "next_invoice": {"date": invoice.next_date, "amount": format_exact(invoice.next_amount)},
    }


def prorated_line(line: "ProratedLine") -> "schema.ProratedLine":
    """Return a charge for the remaining days of a month."""
    return {
        "charge": line.charge.key,
        "unit_price": format_exact(line.unit_price),
        "prorated_unit": format_exact(line.prorated_unit),
        "quantity": line.quantity,
        "amount": format_exact(line.amount),
    }


def prepaid_credits(credits: "Credits | None") -> "schema.Credits | None":
    """Return how long a prepaid balance lasts; null without a balance."""
    if credits is None:
        return None
    return {
        "balance": format_exact(credits.balance),
        "one_time": format_exact(credits.one_time),
        "remaining": format_exact(credits.remaining),
        "monthly_usage": format_exact(credits.monthly_usage),
        "carrier_fees": format_exact(credits.carrier_fees),
        "monthly_top_up": format_exact(credits.monthly_top_up),
        "bound": credits.bound,
        "days": credits.days,
        "until": credits.until,
    }


def _customer(details: "Details | None") -> "schema.Customer | None":
    if details is None:
        return None
    return {
        "prospect": details.prospect,
        "contact": details.contact,
        "prepared_by": details.prepared_by,
        "number": details.number,
        "issued": details.issued,
        "valid_days": details.valid_days,
        "note": details.note,
        "valid_until": details.valid_until,
    }


def _inputs(plan: str, order: "Order") -> "schema.Inputs":
    return {
        "plan": plan,
        "term": order.term,
        "quantities": {**order.quantities},
        "min_agents": order.min_agents,
        "rates": {
            key: {
                "price": format_exact(rate.price or Decimal(0)),
                "source": citation(rate.citation),
            }
            for key, rate in order.supplied.items()
        },
        "discounts": _percentages(order.discounts),
        "as_of": order.as_of,
        "start": order.start,
        "carriers": None if order.carriers is None else _percentages(order.carriers),
        "credits": money(order.credits),
    }


def periods(amounts: Amounts) -> "schema.Periods":
    """Return an amount in each billing period."""
    monthly, quarterly, annual = map(format_exact, amounts)
    return {"monthly": monthly, "quarterly": quarterly, "annual": annual}


def money(amount: Decimal | None) -> str | None:
    """Return an amount in USD; null is unknown."""
    return None if amount is None else format_exact(amount)


def percent(number: Decimal | None) -> str | None:
    """Return a percentage; null for none."""
    return None if number is None else f"{number:f}"


def _percentages(shares: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: f"{share:f}" for key, share in shares.items()}
