"""Inputs: the order of a saved quote."""

from collections.abc import Callable
from typing import TypeVar, cast

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.files.quote_lines import read_citation
from aloware_cli.files.saved import Saved

T = TypeVar("T")


def read_inputs(inputs: Saved) -> Order:
    """Return what a quote was priced for."""
    rates = inputs.object("rates")
    return Order(
        quantities=_by_name(inputs, "quantities", Saved.quantity),
        term=cast("Term", inputs.choice("term", TERMS)),
        supplied={key: _read_rate(rates.object(key)) for key, _, _ in rates.each()},
        as_of=inputs.optional("as_of", inputs.date),
        start=inputs.optional("start", inputs.date),
        carriers=inputs.optional("carriers", lambda key: _by_name(inputs, key, Saved.percent)),
        min_agents=inputs.optional("min_agents", inputs.quantity),
        discounts=_by_name(inputs, "discounts", Saved.percent),
        credits=inputs.optional("credits", inputs.price),
    )


def _by_name(inputs: Saved, key: str, read: Callable[[Saved, str], T]) -> dict[str, T]:
    """Return the values under `key`, by the names of their charges or carriers."""
    values = inputs.object(key)
    return {name: read(values, name) for name, _, _ in values.each()}


def _read_rate(rate: Saved) -> Rate:
    return Rate("supplied", rate.price("price"), read_citation(rate.object("source")))
