"""Quotes: the result of pricing an order, from which every format is rendered."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli import __version__
from aloware_cli.domain.cards import CardIdentity, Rate, Status
from aloware_cli.domain.charges import Category, Charge
from aloware_cli.domain.money import ZERO, round_to_cents
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Amounts, Term, amounts_of
from aloware_cli.domain.sources import Citation

if TYPE_CHECKING:
    from aloware_cli.domain.customer import Details


#: How the notes begin that say what no total holds.
NOT_PUBLISHED: Final = "Not published, and so not in the totals"
NO_FIRST_INVOICE: Final = "No first invoice"
FEES_OUTSIDE: Final = "Carrier fees are passed on without markup and stand outside the totals"
FEES_ON_TOP: Final = "Carrier fees come on top of texts"
EXCLUSIONS: Final = (NOT_PUBLISHED, NO_FIRST_INVOICE, FEES_OUTSIDE, FEES_ON_TOP)


def leaves_out(note: str) -> bool:
    """Tell whether `note` says what a quote leaves out of its totals."""
    return note.startswith(EXCLUSIONS)


class ProratedLine(NamedTuple):
    """One charge for the days that remain of a month, in USD."""

    charge: Charge
    #: For a whole month, after any discount.
    unit_price: Decimal
    quantity: int
    days: int
    days_in_month: int

    @property
    def prorated_unit(self) -> Decimal:
        """The unit price for those days, rounded to cents before it is multiplied.

        The daily rate itself is not rounded (source: invoices).
        """
        return round_to_cents(self.unit_price * self.days / self.days_in_month)

    @property
    def amount(self) -> Decimal:
        """USD for all units."""
        return self.quantity * self.prorated_unit


class FirstInvoice(NamedTuple):
    """The invoice for the days from the start of a subscription to the end of that month."""

    #: The first and the last day it covers, `YYYY-MM-DD`.
    start: str
    period_end: str
    days: int
    days_in_month: int
    lines: tuple[ProratedLine, ...]
    #: The day of the first full invoice, `YYYY-MM-DD`, and its amount in USD.
    next_date: str
    next_amount: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of its lines, in USD."""
        return sum((line.amount for line in self.lines), ZERO)


#: No page says how usage is spread over a month: evenly over so many days, and quotes say so.
DAYS_PER_MONTH: Final = 30


class Credits(NamedTuple):
    """A prepaid balance and how long it lasts, in USD."""

    balance: Decimal
    #: What a month of usage draws from it; a lower bound where `at_most`.
    monthly_usage: Decimal
    #: What carrier fees draw in a month: the most that they can be or, so that `days` stay an
    #: upper bound, the least where `at_most`; 0.00 where they are not asked for.
    carrier_fees: Decimal
    #: Whether a usage rate is not published, so that the balance lasts `days` at the most.
    at_most: bool
    #: The first day on which something is drawn, `YYYY-MM-DD`; None where that was not given.
    start: str | None

    @property
    def to_load(self) -> Decimal:
        """What to load each month: what a month draws, in USD."""
        return self.monthly_usage + self.carrier_fees

    @property
    def days(self) -> int | None:
        """The whole days that it covers; None where nothing is drawn."""
        return int(self.balance * DAYS_PER_MONTH // self.to_load) if self.to_load else None

    @property
    def until(self) -> str | None:
        """The day on which it reaches zero, `YYYY-MM-DD`; None without a start or far beyond it."""
        if self.start is None or self.days is None:
            return None
        day = datetime.date.fromisoformat(self.start).toordinal() + self.days
        if day > datetime.date.max.toordinal():  # no calendar has it
            return None
        return datetime.date.fromordinal(day).isoformat()


class CarrierFees(NamedTuple):
    """Carrier fees, as a band or, for a mix of carriers, as the same figures twice."""

    #: Outbound texts a month, in segments, agent-sent ones too.
    segments: int
    #: USD per segment.
    low_fee: Decimal
    high_fee: Decimal
    #: Whose fees they are: `US carriers, October 2024`.
    basis: str
    #: The pages that print them, each with the fees that it prints.
    sources: tuple[Citation, ...]

    @property
    def low(self) -> Amounts:
        """USD in each billing period at the lower fee."""
        return amounts_of(round_to_cents(self.segments * self.low_fee))

    @property
    def high(self) -> Amounts:
        """USD in each billing period at the higher fee."""
        return amounts_of(round_to_cents(self.segments * self.high_fee))


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
        return round_to_cents(self.rate.apply_discount(listed))

    @property
    def list_price(self) -> Decimal | None:
        """USD for each, before any discount; None if unpublished, or if there are several."""
        return self.parts[0].price if len(self.parts) == 1 else None

    @property
    def unit_price(self) -> Decimal | None:
        """USD for each after the discount, exact; None as for the list price."""
        price = self.list_price
        return None if price is None else self.rate.apply_discount(price)

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
    carrier_fees: "CarrierFees | None"
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


class Share(NamedTuple):
    """A line, and how much of the monthly total it is."""

    line: Line
    #: Whole percent; those of all lines add up to 100.
    percent: int


def shares_of(quote: Quote) -> tuple[Share, ...]:
    """Return the share of each line that costs something; none where the total is 0.00.

    Percentages are cut to whole ones, and what is then missing from 100 goes to those
    that lost the most, one each.
    """
    total = quote.totals.monthly
    costs = [(line, line.amount) for line in quote.lines if line.amount]
    parts = [divmod(100 * amount, total) for _, amount in costs]
    missing = 100 - sum(int(whole) for whole, _ in parts)
    most_lost = sorted(range(len(parts)), key=lambda place: -parts[place][1])[:missing]
    return tuple(
        Share(line, int(parts[place][0]) + (place in most_lost))
        for place, (line, _) in enumerate(costs)
    )


class Proration(NamedTuple):
    """An addition to a subscription, for the rest of a month and for each month after."""

    card: CardIdentity
    currency: str
    #: What is added, for a whole month.
    lines: tuple[Line, ...]
    #: What is due for the rest of the month, and from when the whole month is.
    invoice: FirstInvoice
    notes: tuple[str, ...]
