"""Orders: what a prospect would take, and the prices the user supplies for it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.periods import Term

if TYPE_CHECKING:
    from aloware_cli.domain.customer import Details


#: The key of a discount on every charge that has none of its own.
ALL: Final = "all"


class Order(NamedTuple):
    """What is to be priced on a card."""

    #: How much of each charge, in the charge's unit; usage is per month.
    quantities: Mapping[str, int]
    term: Term = "monthly"
    #: Rates that stand in for those on the card.
    supplied: Mapping[str, Rate] = {}
    #: The day whose cards were asked for, `YYYY-MM-DD`; None where none was.
    as_of: str | None = None
    #: The first day of the subscription, `YYYY-MM-DD`, where a first invoice is asked for.
    start: str | None = None
    #: Percent of the texts that go to each carrier; empty for a band over the home
    #: carriers, None where carrier fees are not asked for.
    carriers: Mapping[str, Decimal] | None = None
    #: The licenses that a contract bills at the least; None without such a minimum.
    min_agents: int | None = None
    #: Percent off the price of each charge, or of every other one under the key `all`.
    discounts: Mapping[str, Decimal] = {}
    #: The prepaid balance in USD that usage is drawn from; None where none was given.
    credits: Decimal | None = None
    #: Whom the quote is for and from; nothing is priced by it.
    details: "Details | None" = None
