"""Orders: a scenario validated against a catalog."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.customer import Details
from aloware_cli.domain.periods import Term


class CallVolume(NamedTuple):
    """Calls of one average length, which are billed in whole increments (both in seconds)."""

    calls: int
    length: int
    increment: int

    @property
    def minutes(self) -> int:
        """The billed minutes; a begun minute of the total counts."""
        billed = -(-self.length // self.increment) * self.increment
        return -(-self.calls * billed // 60)


class Order(NamedTuple):
    """What to price with a rate card."""

    #: Quantities by charge, in the unit of the charge; usage is per month.
    quantities: Mapping[str, int]
    term: Term = "monthly"
    #: Rates that replace those on the rate card, by charge.
    supplied: Mapping[str, Rate] = {}
    #: The date whose rate cards to use, `YYYY-MM-DD`; None for the newest.
    as_of: str | None = None
    #: The first day of the subscription, `YYYY-MM-DD`; None without a first invoice.
    start: str | None = None
    #: Percent of the texts by carrier; empty for the range over US carriers, None without fees.
    carriers: Mapping[str, Decimal] | None = None
    #: The minimum license count of the contract; None without one.
    min_agents: int | None = None
    #: Percent off the price by charge; the key `all` holds for every other charge.
    discounts: Mapping[str, Decimal] = {}
    #: The prepaid balance (USD) that usage is deducted from; None if not given.
    credits: Decimal | None = None
    #: Customer, sender, number and validity; they change no price.
    details: Details | None = None
    #: The calls whose minutes are in the quantities; None if minutes were given.
    call_volume: CallVolume | None = None
