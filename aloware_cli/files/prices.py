"""Prices: what a card says of each charge."""

from collections.abc import Mapping
from typing import TypeAlias

from aloware_cli.domain.card import Rate, included, published, unpublished
from aloware_cli.domain.charge import Charge
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.source import Source
from aloware_cli.files.document import Mapping as MappingNode
from aloware_cli.files.document import Scalar
from aloware_cli.files.fields import Fields, nearest
from aloware_cli.files.sources import read_citation

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
            prices.refuse_key(key, place, "unknown charge", nearest(key, list(charges)))
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
        case Scalar(_, "included") if charge.rule and covered:
            return included(charge.rule.citation)
        case Scalar(_, "included"):
            prices.refuse(key, "no coverage rule includes it", "write a price or unpublished")
        case Scalar(_, "unpublished") if not covered:
            return unpublished(charge.citation)
        case MappingNode() if not covered:
            return _read_published(prices.fields(key), sources)
        case _ if charge.rule and covered:
            problem = f"the coverage rule {charge.rule.key!r} includes it"
            prices.refuse(key, problem, "write included")
        case _:
            prices.refuse(key, "is no price", THREE_VALUES)
    return unpublished(charge.citation)


def _read_published(fields: Fields, sources: Mapping[str, Source]) -> Rate:
    rate = published(fields.price("price"), read_citation(fields, sources))
    fields.close()
    return rate
