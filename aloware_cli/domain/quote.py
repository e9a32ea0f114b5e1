"""Quotes: the finished answer, from which every form is drawn."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.card import CardIdentity, Rate, Status
from aloware_cli.domain.charge import Category, Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.periods import Amounts, Term, add_up, amounts_of

if TYPE_CHECKING:  # most quotes have none of them
    from aloware_cli.domain.credits import Credits
    from aloware_cli.domain.invoice import FirstInvoice
    from aloware_cli.domain.pass_through import PassThrough


class Line(NamedTuple):
    """One line item: a quantity of a charge at its rate."""

    charge: Charge
    quantity: int
    rate: Rate
    #: USD, rounded: per month, or once for a one-time fee; None where no rate is published.
    amount: Decimal | None
    #: How the amount comes about: `3 agents x 70.00`.
    working: str
    #: Why it is billed or included.
    reason: str

    @property
    def status(self) -> Status:
        """Billed, included, supplied (the user's price) or unpublished."""
        return self.rate.status

    @property
    def amounts(self) -> Amounts | None:
        """What a recurring line costs in each period; None where no rate is published."""
        return None if self.amount is None else amounts_of(self.amount)


class Quote(NamedTuple):
    """One plan priced for one order; every table, JSON and number is drawn from it."""

    card: CardIdentity
    currency: str
    term: Term
    as_of: str | None
    #: What recurs each month.
    lines: tuple[Line, ...]
    #: Fees paid once, never part of a monthly figure.
    one_time: tuple[Line, ...]
    notes: tuple[str, ...]
    first_invoice: "FirstInvoice | None"
    pass_through: "PassThrough | None"
    credits: "Credits | None"

    @property
    def plan(self) -> str:
        """The plan's name, as the vendor writes it."""
        return self.card.plan

    @property
    def unpriced(self) -> tuple[Line, ...]:
        """The lines whose rate is not published."""
        return tuple(line for line in self.lines + self.one_time if line.amount is None)

    @property
    def at_least(self) -> bool:
        """Whether the totals are only a lower bound, because a rate is missing."""
        return bool(self.unpriced)

    @property
    def totals(self) -> Amounts:
        """The sum of the recurring lines in each period."""
        return _sum_of(self.lines)

    def lines_of(self, category: Category) -> tuple[Line, ...]:
        """Return the recurring lines of `category`."""
        return tuple(line for line in self.lines if line.charge.category == category)

    def subtotal(self, category: Category) -> Amounts:
        """Return the sum of the recurring lines of `category` in each period."""
        return _sum_of(self.lines_of(category))

    @property
    def first_year(self) -> Decimal:
        """Twelve months and the one-time fees, in USD."""
        return self.totals.annual + self.one_time_total

    @property
    def one_time_total(self) -> Decimal:
        """The sum of the one-time fees, in USD."""
        return sum((line.amount for line in self.one_time if line.amount is not None), ZERO)


def _sum_of(lines: tuple[Line, ...]) -> Amounts:
    return add_up(line.amounts for line in lines if line.amounts is not None)
