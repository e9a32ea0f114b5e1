"""Charge models: what a quantity comes to, as parts of so many units at one price each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from aloware_cli.domain.model import Model, ModelName
from aloware_cli.domain.quote import Part, Units


def parts_of(model: Model, units: Units) -> tuple[Part, ...]:
    """Return the parts of `units` under `model`; at least one, with a quantity of 0 for nothing."""
    return tuple(_SPLIT[model.name](model, units)) or (Part(0, model.tiers[0].price),)


def _flat(model: Model, units: Units) -> Iterator[Part]:
    """Yield the one price, which the first units of a charge bear alone."""
    if units.quantity and not units.before:
        yield Part(1, model.tiers[0].price)


def _package(model: Model, units: Units) -> Iterator[Part]:
    """Yield the blocks that are begun and that no units before have begun."""
    begun = -(-units.before // model.block)
    yield Part(-(-units.last // model.block) - begun, model.tiers[0].price)


def _graduated(model: Model, units: Units) -> Iterator[Part]:
    """Yield what falls into each tier, at that tier's price."""
    reached = units.before
    for tier in model.tiers:
        end = units.last if tier.up_to is None else min(tier.up_to, units.last)
        if end > reached:
            yield Part(end - reached, tier.price)
            reached = end


def _volume(model: Model, units: Units) -> Iterator[Part]:
    """Yield all units at the price of the tier that the whole quantity reaches."""
    reached = next(t for t in model.tiers if t.up_to is None or units.total <= t.up_to)
    yield Part(units.quantity, reached.price)


_SPLIT: Final[Mapping[ModelName, Callable[[Model, Units], Iterator[Part]]]] = {
    "flat": _flat,
    "package": _package,
    "graduated": _graduated,
    "volume": _volume,
}
