"""Documents: every JSON document that the tool writes.

Every key is always there, in this order; amounts are decimal strings; null is unknown, "0.00" is
free. A quote holds all that pricing took, so that it can be opened again, and last its own hash.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from aloware_cli.domain.cards import (
    CardIdentity,
    DatedCard,
    Model,
    Rate,
    RateCard,
    sha256_of,
)
from aloware_cli.domain.changes import (
    PARTS,
    CardChanges,
    Change,
    Difference,
    Effect,
    LineDifference,
)
from aloware_cli.domain.charges import CATEGORIES, Charge, CoverageRule
from aloware_cli.domain.comparisons import BreakEven, Comparison, Point, Standing, Sweep
from aloware_cli.domain.customer import Details
from aloware_cli.domain.examples import Replay, Verification
from aloware_cli.domain.explanations import Explanation
from aloware_cli.domain.messages import MAX_SEGMENTS, Message, SegmentCount, Sending
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Amounts, amounts_of
from aloware_cli.domain.quotes import (
    CarrierFees,
    Credits,
    FirstInvoice,
    Line,
    ProratedLine,
    Proration,
    Quote,
)
from aloware_cli.domain.sources import Citation
from aloware_cli.render.verification import findings

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
            "one_time": format_exact(quote.one_time_total),
            "first_year": format_exact(quote.first_year),
        },
        "at_least": quote.at_least,
        "unpriced": [line.charge.key for line in quote.unpriced],
        "carrier_fees": _carrier_fees(quote.carrier_fees),
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


def _carrier_fees(fees: "CarrierFees | None") -> Value:
    if fees is None:
        return None
    return {
        "basis": fees.basis,
        "segments": str(fees.segments),
        "low_fee": format_exact(fees.low_fee),
        "high_fee": format_exact(fees.high_fee),
        "low": periods(fees.low),
        "high": periods(fees.high),
        "sources": [citation_object(citation) for citation in fees.sources],
    }


def _credits(credits: "Credits | None") -> Value:
    if credits is None:
        return None
    return {
        "balance": format_exact(credits.balance),
        "monthly_usage": format_exact(credits.monthly_usage),
        "carrier_fees": format_exact(credits.carrier_fees),
        "monthly_draw": format_exact(credits.to_load),
        "at_most": credits.at_most,
        "days": None if credits.days is None else str(credits.days),
        "until": credits.until,
        "load_per_month": format_exact(credits.to_load),
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
        "total": format_exact(invoice.total),
        "next_invoice": {"date": invoice.next_date, "amount": format_exact(invoice.next_amount)},
    }


def prorated_object(line: "ProratedLine") -> Object:
    """Return a charge for the days that remain of a month as every form of JSON gives it."""
    return {
        "charge": line.charge.key,
        "unit_price": format_exact(line.unit_price),
        "prorated_unit": format_exact(line.prorated_unit),
        "quantity": str(line.quantity),
        "amount": format_exact(line.amount),
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
            {"quantity": str(part.quantity), "price": format_exact(part.price)}
            for part in line.parts
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
        "pass_through": charge.pass_through,
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
            {
                "up_to": None if tier.up_to is None else str(tier.up_to),
                "price": format_exact(tier.price),
            }
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
    return {period: format_exact(amount) for period, amount in amounts._asdict().items()}


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
    return None if amount is None else format_exact(amount)


def decimal(number: Decimal | None) -> str | None:
    """Return a number that is no money, such as a percentage; null is unknown."""
    return None if number is None else f"{number:f}"


def comparison_document(comparison: Comparison) -> Object:
    """Return `comparison` as the keys and strings of `aloware.comparison/1`."""
    return {
        "schema": "aloware.comparison/1",
        "quotes": [quote_document(quote) for quote in comparison.quotes],
        "ranked": [standing.quote.plan for standing in comparison.ranked],
        "cheapest": comparison.cheapest,
        "unranked": [_unranked(standing) for standing in comparison.unranked],
        "notes": list(comparison.notes),
    }


def _unranked(standing: Standing) -> Object:
    return {
        "plan": standing.quote.plan,
        "missing": [line.charge.key for line in standing.quote.unpriced],
        "at_least": format_exact(standing.quote.totals.monthly),
        "ruled_out": standing.ruled_out,
    }


def break_even_document(answer: BreakEven) -> Object:
    """Return `answer` as the keys and strings of `aloware.breakeven/1`."""
    return {
        "schema": "aloware.breakeven/1",
        "plans": list(answer.plans),
        "vary": answer.charge.key,
        "cheaper_at_zero": answer.cheaper_at_zero,
        "equal_at": _quantity(answer.equal_at),
        "flips_at": _quantity(answer.cheaper_from),
        "proof": [point_object(point, answer.plans) for point in answer.proof] or None,
        "reason": " ".join(answer.reasons),
        "notes": list(answer.notes),
    }


def _quantity(quantity: int | None) -> str | None:
    return None if quantity is None else str(quantity)


def point_object(point: Point, plans: tuple[str, ...]) -> Object:
    """Return the totals of `plans` at one quantity."""
    totals = zip(plans, map(format_exact, point.totals), strict=True)
    return {"quantity": str(point.quantity), "totals": dict(totals)}


def explanation_document(explanation: Explanation) -> Object:
    """Return `explanation` as the keys and strings of `aloware.explanation/1`."""
    line = explanation.line
    charge = line.charge
    return {
        "schema": "aloware.explanation/1",
        "plan": explanation.plan,
        "term": explanation.term,
        "currency": explanation.currency,
        "charge": charge.key,
        "label": charge.label,
        "category": charge.category,
        "one_time": charge.one_time,
        "status": line.status,
        "quantity": str(line.quantity),
        "unit": charge.unit,
        "unit_price": money(line.unit_price),
        "amount": money(line.amount),
        "working": line.working,
        "reason": line.reason,
        "source": citation_object(line.rate.citation),
        "traffic": None if charge.traffic is None else charge.traffic._asdict(),
        "rule": None if charge.rule is None else _explained_rule(charge.rule),
        "conflicts": [
            {"source": citation_object(conflict.citation), "read_as": conflict.read_as}
            for conflict in explanation.conflicts
        ],
        "notes": list(explanation.notes),
    }


def _explained_rule(rule: CoverageRule) -> Object:
    return {
        "key": rule.key,
        "decides": rule.decides,
        "reason": rule.reason,
        "source": citation_object(rule.citation),
    }


def cards_document(cards: Sequence[DatedCard]) -> Object:
    """Return `cards` as the keys and strings of `aloware.cards/1`."""
    return {
        "schema": "aloware.cards/1",
        "cards": [
            {
                "plan": card.plan,
                "since": since,
                "published": str(card.how_many("billed")),
                "included": str(card.how_many("included")),
                "unpublished": str(card.how_many("unpublished")),
                "rate_card": card_object(card.identity),
            }
            for since, card in cards
        ],
    }


def card_document(card: RateCard) -> Object:
    """Return `card` as the keys and strings of `aloware.card/1`."""
    return {
        "schema": "aloware.card/1",
        "plan": card.plan,
        "currency": card.currency,
        "prices": [
            {
                "charge": charge.key,
                "label": charge.label,
                "category": charge.category,
                "one_time": charge.one_time,
                "unit": charge.unit,
                "term": term,
                **rate_object(rate),
            }
            for charge, term, rate in card.listed
        ],
        "rate_card": card_object(card.identity),
    }


def rate_object(rate: Rate) -> Object:
    """Return a rate and its source as every form of JSON about cards gives them."""
    return {
        "status": rate.status,
        "price": money(rate.price),
        "model": rate.model and model_object(rate.model),
        "allowance": str(rate.allowance),
        "source": citation_object(rate.citation),
    }


def changes_document(found: CardChanges) -> Object:
    """Return `found` as the keys and strings of `aloware.changes/1`."""
    effect = found.effect
    return {
        "schema": "aloware.changes/1",
        "changes": [_change_object(change) for change in found.changes],
        "effect": None if effect is None else _effect_object(effect),
    }


def _change_object(change: Change) -> Object:
    return {
        "plans": list(change.plans),
        "charge": change.key,
        "label": change.label,
        "unit": change.unit,
        "term": change.term,
        "old": None if change.old is None else rate_object(change.old),
        "new": None if change.new is None else rate_object(change.new),
    }


def _effect_object(effect: Effect) -> Object:
    return {
        "plan": effect.new.plan,
        "term": effect.new.term,
        "old": _totals_object(effect.old),
        "new": _totals_object(effect.new),
        "difference": difference_object(effect),
    }


def difference_object(effect: Effect) -> Object | None:
    """Return how much more the new quote is, as every form of JSON gives it; null is unknown."""
    more, once = effect.difference, effect.one_time_difference
    if more is None or once is None:
        return None
    return {**periods(more), "one_time": format_exact(once)}


def _totals_object(quote: Quote) -> Object:
    return {
        **periods(quote.totals),
        "one_time": format_exact(quote.one_time_total),
        "at_least": quote.at_least,
    }


#: What tells a quote from others.
IDENTITY = ("plan", "term", "as_of", "totals", "at_least", "rate_card", "tool", "sha256")


def difference_document(difference: Difference) -> Object:
    """Return `difference` as the keys and strings of `aloware.diff/1`."""
    old, new = quote_document(difference.old), quote_document(difference.new)
    return {
        "schema": "aloware.diff/1",
        "same": difference.is_none,
        "old": {key: old[key] for key in IDENTITY},
        "new": {key: new[key] for key in IDENTITY},
        "difference": difference_object(difference.effect),
        "lines": [_line_difference_object(line, old, new) for line in difference.lines],
        **{
            part: {"old": old[part], "new": new[part]} if part in difference.parts else None
            for part in PARTS
        },
        "notes": list(difference.notes),
    }


def _line_difference_object(line: LineDifference, old: Object, new: Object) -> Object:
    key, more = line.charge.key, line.more
    once = line.charge.one_time
    return {
        "charge": key,
        "label": line.charge.label,
        "one_time": once,
        "old": _saved(old, key),
        "new": _saved(new, key),
        "difference": None
        if more is None
        else {"amount": format_exact(more)}
        if once
        else periods(amounts_of(more)),
    }


def _saved(document: Mapping[str, Any], charge: str) -> Value:
    """Return the line for `charge` as the JSON of its quote has it."""
    lines = [*document["lines"], *document["one_time"]]
    return next((line for line in lines if line["charge"] == charge), None)


def proration_document(proration: Proration) -> Object:
    """Return `proration` as the keys and strings of `aloware.proration/1`."""
    invoice = proration.invoice
    return {
        "schema": "aloware.proration/1",
        "plan": proration.card.plan,
        "on": invoice.start,
        "period_end": invoice.period_end,
        "days": str(invoice.days),
        "days_in_month": str(invoice.days_in_month),
        "lines": [prorated_object(line) for line in invoice.lines],
        "due_now": format_exact(invoice.total),
        "per_month": format_exact(invoice.next_amount),
        "notes": list(proration.notes),
        "rate_card": card_object(proration.card),
    }


def segments_document(count: SegmentCount) -> Object:
    """Return `count` as the keys and strings of `aloware.segments/1`."""
    message = count.message
    return {
        "schema": "aloware.segments/1",
        **_measures(message),
        "parts": [{"text": part.text, "units": str(part.units)} for part in message.parts],
        "forced_by": [
            {
                "character": unsupported.character,
                "code_point": unsupported.code_point,
                "name": unsupported.name,
                "count": str(unsupported.times),
                "replacement": unsupported.replacement,
            }
            for unsupported in message.forced_by
        ],
        "replaced": None if count.plain is None else _replaced_object(count.plain, count),
        "limit": _limit_object(count),
        "cost": None if count.sending is None else _sending_object(count.sending),
    }


def _measures(message: Message) -> Object:
    return {
        "encoding": message.encoding.name,
        "characters": str(message.characters),
        "units": str(message.units),
        "segments": str(message.segments),
    }


def _replaced_object(message: Message, count: SegmentCount) -> Object:
    amount = count.sending.plain_amount if count.sending else None
    return {
        "text": message.text,
        **_measures(message),
        "saved": str(count.saved),
        "amount": money(amount),
    }


def _limit_object(count: SegmentCount) -> Object:
    source = count.source
    return {
        "segments": str(MAX_SEGMENTS),
        "exceeded": count.message.is_refused,
        "source": None
        if source is None
        else {
            "key": source.key,
            "title": source.title,
            "url": source.url,
            "read_on": source.read_on,
        },
    }


def _sending_object(sending: Sending) -> Object:
    line = sending.line
    return {
        "plan": sending.card.plan,
        "recipients": str(sending.recipients),
        "charge": line.charge.key,
        "status": line.status,
        "quantity": str(line.quantity),
        "unit": line.charge.unit,
        "unit_price": money(line.unit_price),
        "amount": money(line.amount),
        "working": line.working,
        "reason": line.reason,
        "source": citation_object(line.rate.citation),
        "rate_card": card_object(sending.card),
    }


def sweep_document(sweep: Sweep) -> Object:
    """Return `sweep` as the keys and strings of `aloware.sweep/1`."""
    return {
        "schema": "aloware.sweep/1",
        "plans": list(sweep.plans),
        "term": sweep.term,
        "currency": sweep.currency,
        "vary": sweep.charge.key,
        "points": [
            {**point_object(point, sweep.plans), "cheapest": list(point.cheapest(sweep.plans))}
            for point in sweep.points
        ],
        "notes": list(sweep.notes),
    }


def verification_document(verification: Verification) -> Object:
    """Return `verification` as the keys and strings of `aloware.verification/1`."""
    return {
        "schema": "aloware.verification/1",
        "examples": [_replay_object(replay) for replay in verification.replays],
        "passed": verification.passed,
        "failed": verification.failed,
        "uncovered": [
            {
                "plans": list(price.plans),
                "charge": price.charge.key,
                "price": money(price.rate.price),
            }
            for price in verification.uncovered
        ],
        "stale": [
            {"key": page.source.key, "read_on": page.source.read_on, "days": str(page.days)}
            for page in verification.stale
        ],
        "unreadable": [str(problem) for problem in verification.unreadable],
    }


def _replay_object(replay: Replay) -> Object:
    example = replay.example
    return {
        "name": example.name,
        "plan": example.scenario.plan if example.scenario else None,
        "verdict": replay.verdict,
        "expected": {figure.name: format_exact(figure.published) for figure in example.figures},
        "computed": {figure.name: money(value) for figure, value in replay.computed},
        "source": citation_object(example.citation),
        "file": example.file,
        "findings": list(findings(replay)),
    }
