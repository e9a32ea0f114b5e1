"""Prices: what a rate card states for each charge, and the fees of carriers.

A price is one figure per unit, or `model` with what that model needs. Either may have an
`allowance`, the units that each license includes.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Final, TypeAlias

from aloware_cli.domain.cards import (
    MODELS,
    PER_UNIT,
    Carrier,
    Carriers,
    FeeBand,
    Model,
    Rate,
    Tier,
    included,
    priced,
    unpublished,
)
from aloware_cli.domain.charges import LICENSE, Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.problems import Location, quoted, suggest
from aloware_cli.domain.sources import Citation
from aloware_cli.files.charges import read_citation
from aloware_cli.files.document import MappingNode, Node, ScalarNode
from aloware_cli.files.fields import Fields, checked

Rates: TypeAlias = dict[tuple[str, Term], Rate]
Locations: TypeAlias = dict[tuple[str, Term], Location]

A_PRICE: Final = "use {price: ..., source: ..., wording: ...}, included or unpublished"


def read_carriers(file: Fields) -> Carriers:
    """Return the carriers in the order of the file, and the range of fees for all of them."""
    carriers = tuple(file.named("carriers", _read_carrier).values())
    return Carriers(carriers, file.inner("band", _read_band) if file.has("band") else None)


def _read_carrier(key: str, fields: Fields) -> Carrier:
    (segment, mms), citation = _read_fees(fields, "sms", "mms")
    return Carrier(
        key=key,
        name=fields.text("name"),
        country=fields.choice("country", ("US", "CA")),
        per_segment=segment,
        per_mms=mms,
        citation=citation,
        charges_inbound=fields.has("inbound") and bool(fields.choice("inbound", ("charged",))),
    )


def _read_band(fields: Fields) -> FeeBand:
    with checked(fields.problems) as check:
        (low, high), citation = _read_fees(fields, "low", "high")
    if check.passed and high < low:
        fields.reject("high", "E-BAND", f"{high} is less than {low}", "give the higher fee")
    return FeeBand(low, high, citation)


def _read_fees(fields: Fields, *keys: str) -> tuple[list[Decimal], Citation]:
    """Return the fees under `keys` and the words that print them."""
    with checked(fields.problems) as check:
        fees = [fields.price(key) for key in keys]
    return fees, read_citation(fields, fees if check.passed else ())


def read_prices(fields: Fields, charges: Mapping[str, Charge]) -> Rates:
    """Return the rates under `prices`, for each term of each charge that it names."""
    prices = fields.fields("prices")
    rates: Rates = {}
    for key, _, node in prices.each():
        charge = charges.get(key)
        if charge is None:
            hint = suggest(key, charges, "charges")
            prices.reject_key(key, "E-CHARGE", f"unknown charge {quoted(key)}", hint)
        elif charge.per_term and not isinstance(node, MappingNode):
            hint = "use monthly, quarterly and annual below it"
            prices.reject(key, "E-TERM", "expected a price for each term", hint)
            rates.update({(key, term): unpublished(charge.citation) for term in TERMS})
        elif charge.per_term or _is_by_term(node):
            if charge.category != "subscription" or charge.one_time:
                message = f"{charge.key} does not renew, so it has one price for all terms"
                prices.reject_key(key, "E-TERM", message, A_PRICE)
            by_term = prices.fields(key)
            for term in filter(by_term.has, TERMS):
                rates[key, term] = _read_rate(by_term, term, charge)
            by_term.close()
        else:
            rate = _read_rate(prices, key, charge)
            rates.update({(key, term): rate for term in TERMS})
    return rates


def price_locations(prices: Fields) -> Locations:
    """Return where each price is: on the line of its term, or else of its charge."""
    found: Locations = {}
    for key, location, node in prices.each():
        terms = node.items if isinstance(node, MappingNode) else {}
        for term in TERMS:
            origin, _ = terms.get(term, (location, node))
            if isinstance(origin, Location):
                found[key, term] = origin
    return found


def _is_by_term(node: Node) -> bool:
    return isinstance(node, MappingNode) and not node.items.keys().isdisjoint(TERMS)


def _read_rate(prices: Fields, key: str, charge: Charge) -> Rate:
    """Return the rate under `key`, which must agree with the coverage rule of the charge."""
    node = prices.node(key, A_PRICE)
    rule = charge.rule
    covered = rule is not None and rule.decides == "included"
    match node:
        case _ if charge.traffic and rule is None:
            pass  # its coverage rule has a problem, which is reported
        case ScalarNode(_, "included") if rule and covered:
            return included(rule.citation)
        case ScalarNode(_, "included"):
            message, hint = "no coverage rule includes it", "use a price or unpublished"
            prices.reject(key, "E-INCLUDED", message, hint)
        case _ if rule and covered:
            message = f"the coverage rule {rule.key} includes it"
            prices.reject(key, "E-INCLUDED", message, "use included")
        case MappingNode():
            return prices.inner(key, partial(_read_published, charge))
        case ScalarNode(_, "unpublished"):
            pass
        case _:
            prices.reject(key, "E-PRICE", "expected a price", A_PRICE)
    return unpublished(charge.citation)


def _read_published(charge: Charge, fields: Fields) -> Rate:
    """Return the price that a source prints, with its model and its allowance."""
    with checked(fields.problems) as check:
        model = _read_model(fields) if fields.has("model") else None
        price = fields.price("price") if model is None else None
    prices = [tier.price for tier in model.tiers] if model else [price or ZERO]
    # A price that is not a text has a problem that was reported before.
    is_read = check.passed and (model or isinstance(fields.node("price"), ScalarNode))
    rate = priced(price, read_citation(fields, prices if is_read else ()), model)
    if not fields.has("allowance"):
        return rate
    of_flat = "a flat price" if model and model.name == "flat" else ""
    if what := charge.key if charge.key == LICENSE or charge.one_time else of_flat:
        message = f"{what} cannot have an allowance"
        fields.reject("allowance", "E-ALLOWANCE", message, "remove it")
    return rate._replace(allowance=_at_least_one(fields, "allowance"))


def _read_model(fields: Fields) -> Model | None:
    """Return the charge model that `fields` name; None for a price per unit."""
    match fields.choice("model", (PER_UNIT, *MODELS)):
        case "flat":
            return Model("flat", (Tier(None, fields.price("price")),))
        case "package":
            block = _at_least_one(fields, "block")
            return Model("package", (Tier(None, fields.price("price")),), block)
        case "graduated":
            return Model("graduated", _read_tiers(fields))
        case "volume":
            return Model("volume", _read_tiers(fields))
    return None


def _read_tiers(fields: Fields) -> tuple[Tier, ...]:
    """Return the tiers, in ascending order; the last has no end."""

    def read(own: Fields) -> tuple[Fields, Tier]:
        return own, Tier(own.optional("up_to", own.quantity), own.price("price"))

    listed = fields.listed("tiers", read)
    reached = 0
    for own, tier in listed[:-1]:
        up_to = own.quantity("up_to") if tier.up_to is None else tier.up_to
        if tier.up_to is not None and up_to <= reached:
            message = f"{up_to:,} is not greater than {reached:,}"
            own.reject("up_to", "E-TIER", message, "list tiers in ascending order")
        reached = up_to or reached
    if listed and listed[-1][1].up_to is not None:
        listed[-1][0].reject("up_to", "E-TIER", "the last tier has an end", "remove up_to")
    if len(listed) == 1:
        fields.reject("tiers", "E-TIER", "a single tier", "list two or more, or use price")
    return tuple(tier for _, tier in listed)


def _at_least_one(fields: Fields, key: str) -> int:
    quantity = fields.quantity(key)
    if fields.has(key) and not quantity:
        fields.reject(key, "E-QUANTITY", "0 is not a number of units", "use at least 1")
    return quantity
