"""Prices: what a card says of each charge.

A price is one figure a unit, or `model` with what that model needs; either may have
an `allowance`, the units that each license includes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from aloware_cli.domain.cards import Rate, included, published, unpublished
from aloware_cli.domain.charges import LICENSE, Charge
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.problems import quoted
from aloware_cli.domain.sources import Source
from aloware_cli.files.document import MappingNode, ScalarNode
from aloware_cli.files.fields import Fields, nearest
from aloware_cli.files.sources import read_citation

if TYPE_CHECKING:  # hardly a card has any
    from aloware_cli.domain.cards import Model, Tier

Rates: TypeAlias = dict[tuple[str, Term], Rate]

THREE_VALUES = "write {price: ..., source: ..., wording: ...}, included or unpublished"


def read_prices(
    prices: Fields, charges: Mapping[str, Charge], sources: Mapping[str, Source]
) -> Rates:
    """Return the rates that `prices` gives, for each term of each charge that it names."""
    rates: Rates = {}
    for key, place, node in prices.each():
        charge = charges.get(key)
        if charge is None:
            prices.refuse_key(key, place, f"no charge {quoted(key)}", nearest(key, list(charges)))
        elif charge.per_term and not isinstance(node, MappingNode):
            prices.refuse(
                key, "has a value for each term", "write monthly, quarterly and annual below it"
            )
            rates.update({(key, term): unpublished(charge.citation) for term in TERMS})
        elif charge.per_term:
            terms = prices.fields(key)
            for term in TERMS:
                if terms.has(term):
                    rates[key, term] = _read_rate(terms, term, charge, sources)
            terms.close()
        else:
            rate = _read_rate(prices, key, charge, sources)
            rates.update({(key, term): rate for term in TERMS})
    return rates


def _read_rate(prices: Fields, key: str, charge: Charge, sources: Mapping[str, Source]) -> Rate:
    """Return the rate under `key`, which must agree with the charge's coverage rule."""
    node = prices.node(key, THREE_VALUES)
    covered = charge.rule is not None and charge.rule.decides == "included"
    match node:
        case _ if charge.traffic and charge.rule is None:
            pass  # its coverage rule is at fault, and reported
        case ScalarNode(_, "included") if charge.rule and covered:
            return included(charge.rule.citation)
        case ScalarNode(_, "included"):
            prices.refuse(key, "no coverage rule includes it", "write a price or unpublished")
        case ScalarNode(_, "unpublished") if not covered:
            return unpublished(charge.citation)
        case MappingNode() if not covered:
            return _read_published(prices.fields(key), charge, sources)
        case _ if charge.rule and covered:
            message = f"the coverage rule {charge.rule.key!r} includes it"
            prices.refuse(key, message, "write included")
        case _:
            prices.refuse(key, "is no price", THREE_VALUES)
    return unpublished(charge.citation)


def _read_published(fields: Fields, charge: Charge, sources: Mapping[str, Source]) -> Rate:
    """Return the price that a page prints, with the model and the allowance it may have."""
    model = _read_model(fields) if fields.has("model") else None
    if model is None:
        rate = published(fields.price("price"), read_citation(fields, sources))
    else:
        rate = Rate("billed", None, read_citation(fields, sources), model=model)
    if fields.has("allowance"):
        rate = rate._replace(allowance=_read_allowance(fields, charge, model))
    fields.close()
    return rate


def _read_model(fields: Fields) -> "Model | None":
    """Return the charge model that `fields` name; None for a price for each unit."""
    from aloware_cli.domain.cards import MODELS, PER_UNIT, Model, Tier

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


def _read_tiers(fields: Fields) -> "tuple[Tier, ...]":
    """Return the tiers, which must rise, and end with one that has no end itself."""
    from aloware_cli.domain.cards import Tier

    listed = fields.listed("tiers")
    tiers = []
    reached = 0
    for tier in listed:
        is_last = tier is listed[-1]
        up_to = None if is_last and not tier.has("up_to") else tier.quantity("up_to")
        if is_last and up_to is not None:
            tier.refuse("up_to", "the last tier has an end", "leave up_to out: it has all the rest")
        elif tier.has("up_to") and up_to is not None and up_to <= reached:
            tier.refuse("up_to", f"{up_to:,} is not above {reached:,}", "let the tiers rise")
        reached = up_to or reached
        tiers.append(Tier(up_to, tier.price("price")))
        tier.close()
    if len(tiers) == 1:
        fields.refuse("tiers", "a single price", "list two or more, each on a line of its own")
    return tuple(tiers)


def _read_allowance(fields: Fields, charge: Charge, model: "Model | None") -> int:
    """Return how many units each license includes."""
    if charge.key == LICENSE or charge.one_time:
        fields.refuse("allowance", "it takes no allowance", "leave it out")
    elif model and model.name == "flat":
        fields.refuse("allowance", "a flat price counts no units", "leave it out")
    return _at_least_one(fields, "allowance")


def _at_least_one(fields: Fields, key: str) -> int:
    quantity = fields.quantity(key)
    if fields.has(key) and not quantity:
        fields.refuse(key, "is no number of units", "write at least 1")
    return quantity
