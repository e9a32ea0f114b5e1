"""Quotes: the finished answer, from which every form is drawn."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli import __version__
from aloware_cli.domain.card import CardIdentity, Rate, Status
from aloware_cli.domain.charge import Category, Charge
from aloware_cli.domain.money import ZERO, round_to_cents
from aloware_cli.domain.note import leaves_out
from aloware_cli.domain.order import Order
from aloware_cli.domain.periods import Amounts, Term, amounts_of

if TYPE_CHECKING:  # most quotes have none of them
    from aloware_cli.domain.credits import Credits
    from aloware_cli.domain.details import Details
    from aloware_cli.domain.invoice import FirstInvoice
    from aloware_cli.domain.pass_through import PassThrough


class Units(NamedTuple):
    """The units of a charge that a line counts, among all that the bill has of them."""

    #: How many other lines count before these.
    before: int
    quantity: int
    total: int

    @property
    def last(self) -> int:
        """How many there are with these and all before."""
        return self.before + self.quantity

    def less(self, free: int) -> "Units":
        """Return what is left to be charged when `free` units of the charge are not."""
        return Units(self.before, self.quantity - free, self.total - free)


class Part(NamedTuple):
    """So many at one price each: units of a charge, or blocks of a package, or a flat price."""

    quantity: int
    #: USD for each, before any discount.
    price: Decimal


class Line(NamedTuple):
    """One line item: a quantity of a charge at its rate."""

    charge: Charge
    quantity: int
    rate: Rate
    #: How the amount comes about: `3 agents x 70.00`.
    working: str
    #: Why it is billed or included.
    reason: str
    #: What the amount is the sum of, before any discount; none where no rate is published.
    parts: tuple[Part, ...]
    #: The units among the quantity that the licenses include.
    allowance: int = 0

    @property
    def amount(self) -> Decimal | None:
        """USD, rounded: per month, or once for a one-time fee; None where no rate is published."""
        if not self.parts:
            return None
        listed = sum((part.quantity * part.price for part in self.parts), ZERO)
        return round_to_cents(self.rate.less_discount(listed))

    @property
    def list_price(self) -> Decimal | None:
        """USD for each, before any discount; None if unpublished, or if there are several."""
        return self.parts[0].price if len(self.parts) == 1 else None

    @property
    def unit_price(self) -> Decimal | None:
        """USD for each after the discount, exact; None as for the list price."""
        price = self.list_price
        return None if price is None else self.rate.less_discount(price)

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
    #: What was asked for: priced again on the same card, it gives this quote.
    order: Order
    #: What recurs each month.
    lines: tuple[Line, ...]
    #: Fees paid once, never part of a monthly figure.
    one_time: tuple[Line, ...]
    notes: tuple[str, ...]
    first_invoice: "FirstInvoice | None"
    pass_through: "PassThrough | None"
    credits: "Credits | None"
    #: The version of the tool that priced it.
    version: str = __version__

    @property
    def plan(self) -> str:
        """The plan's name, as the vendor writes it."""
        return self.card.plan

    @property
    def term(self) -> Term:
        """The term on which the license is billed."""
        return self.order.term

    @property
    def as_of(self) -> str | None:
        """The day whose cards were asked for, `YYYY-MM-DD`; None where none was."""
        return self.order.as_of

    @property
    def details(self) -> "Details | None":
        """Whom it is for and from, where that was given."""
        return self.order.details

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line: what recurs, then the fees that are paid once."""
        return self.lines + self.one_time

    @property
    def unpriced(self) -> tuple[Line, ...]:
        """The lines whose rate is not published."""
        return tuple(line for line in self.all_lines if line.amount is None)

    @property
    def at_least(self) -> bool:
        """Whether the totals are only a lower bound, because a rate is missing."""
        return lacks_a_rate(self.all_lines)

    @property
    def invoices_at_least(self) -> bool:
        """Whether invoices are only known from below: a subscription rate is missing."""
        return lacks_a_rate(self.lines_of("subscription"))

    @property
    def exclusions(self) -> tuple[str, ...]:
        """The notes that say what no total holds."""
        return tuple(note for note in self.notes if leaves_out(note))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """All other notes."""
        return tuple(note for note in self.notes if not leaves_out(note))

    @property
    def totals(self) -> Amounts:
        """The sum of the recurring lines in each period."""
        return amounts_of(total_of(self.lines))

    def lines_of(self, category: Category) -> tuple[Line, ...]:
        """Return the recurring lines of `category`."""
        return tuple(line for line in self.lines if line.charge.category == category)

    def subtotal(self, category: Category) -> Amounts:
        """Return the sum of the recurring lines of `category` in each period."""
        return amounts_of(total_of(self.lines_of(category)))

    @property
    def first_year(self) -> Decimal:
        """Twelve months and the one-time fees, in USD."""
        return self.totals.annual + self.one_time_total

    @property
    def one_time_total(self) -> Decimal:
        """The sum of the one-time fees, in USD."""
        return total_of(self.one_time)


def lacks_a_rate(lines: Iterable[Line]) -> bool:
    """Tell whether a rate of `lines` is not published, so that their sum is only a lower bound."""
    return any(line.amount is None for line in lines)


def total_of(lines: Iterable[Line]) -> Decimal:
    """Return what is known of the sum of `lines`, in USD, a month or once."""
    return sum((line.amount for line in lines if line.amount is not None), ZERO)
