"""Charge models: how a quantity is charged where it is not simply so much a unit."""

from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.money import grouped

#: What a charge costs for each unit has no model; it is how nearly everything is charged.
PER_UNIT: Final = "per unit"
ModelName: TypeAlias = Literal["flat", "package", "graduated", "volume"]
MODELS: Final[tuple[ModelName, ...]] = ("flat", "package", "graduated", "volume")


class Tier(NamedTuple):
    """A price, and how far it holds."""

    #: The last unit at this price; None for the last tier, which has no end.
    up_to: int | None
    #: USD per unit.
    price: Decimal


class Model(NamedTuple):
    """How a quantity is charged.

    `flat`: one price, however many. `package`: whole blocks, the last one rounded up.
    `graduated`: each slice at its own price. `volume`: all at the price of the tier
    that the quantity reaches.
    """

    name: ModelName
    #: In rising order; a flat price and a package have one without an end.
    tiers: tuple[Tier, ...]
    #: The units in a block of a package.
    block: int = 1

    def __str__(self) -> str:
        """Write it for people: `graduated, 0.015 to 10,000, then 0.012`."""
        first = grouped(self.tiers[0].price)
        if self.name == "flat":
            return f"{first} flat"
        if self.name == "package":
            return f"{first} for {self.block:,}"
        return f"{self.name}, {', then '.join(map(_in_words, self.tiers))}"


def _in_words(tier: Tier) -> str:
    return grouped(tier.price) + ("" if tier.up_to is None else f" to {tier.up_to:,}")
