"""Quotes: the result of pricing an order, from which every format is rendered."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from aloware_cli import __version__
from aloware_cli.domain.cards import CardIdentity, Rate, Status
from aloware_cli.domain.charges import LICENSE, Category, Charge
from aloware_cli.domain.money import ZERO, round_to_cents
from aloware_cli.domain.orders import Order
from aloware_cli.domain.periods import Amounts, Term, amounts_of
from aloware_cli.domain.sources import Citation

if TYPE_CHECKING:
    from aloware_cli.domain.customer import Details


#: A `term` is a contract term: documents and --explain print it, the table does not.
NoteKind: TypeAlias = Literal["exclusion", "assumption", "caution", "source", "term"]
Audience: TypeAlias = Literal["customer", "internal"]
#: In the order in which formats list them.
NOTE_KINDS: Final[tuple[NoteKind, ...]] = ("exclusion", "assumption", "caution", "source", "term")
AUDIENCES: Final[tuple[Audience, ...]] = ("customer", "internal")


class Note(NamedTuple):
    """A sentence that a reader of the figures needs."""

    kind: NoteKind
    text: str
    #: `internal` notes are for the seller and stay out of what a customer reads.
    audience: Audience = "customer"
    #: The options that settle it, for the seller: `--brand standard --campaigns 1`.
    option: str = ""

    @property
    def for_seller(self) -> str:
        """The text with the options that settle it."""
        return f"{self.text} Use {self.option}." if self.option else self.text


class ProratedLine(NamedTuple):
    """One charge at one price for the days that remain of a month, in USD."""

    charge: Charge
    #: For a whole month, after any discount.
    unit_price: Decimal
    quantity: int
    days: int
    days_in_month: int
    #: What earlier lines bill for units of the same price, for a whole month, exact.
    before: Decimal = ZERO

    @property
    def prorated_unit(self) -> Decimal:
        """The unit price for those days, rounded to cents before it is multiplied.

        The daily rate itself is not rounded (source: invoices). For a whole month, this is the
        unit price.
        """
        if self.days == self.days_in_month:
            return self.unit_price
        return round_to_cents(self.unit_price * self.days / self.days_in_month)

    @property
    def amount(self) -> Decimal:
        """USD for all units; for a whole month, what the month costs."""
        return _rounded_after(self.before, self.quantity * self.prorated_unit)


def _rounded_after(before: Decimal, more: Decimal) -> Decimal:
    """Return `more` in cents, so that with `before`, which is rounded too, it is the whole."""
    return round_to_cents(before + more) - round_to_cents(before)


def prorate_lines(
    priced: Iterable[tuple[Charge, Decimal, int]], days: int, days_in_month: int
) -> tuple[ProratedLine, ...]:
    """Return each charge, with its monthly unit price in USD and its quantity, for `days`."""
    lines: list[ProratedLine] = []
    billed: dict[str, Decimal] = {}
    for charge, price, quantity in priced:
        before = billed.get(charge.priced_as, ZERO) if days == days_in_month else ZERO
        lines.append(ProratedLine(charge, price, quantity, days, days_in_month, before))
        billed[charge.priced_as] = before + price * quantity
    return tuple(lines)


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


#: How an amount or a number of days relates to the true one, which may not be known.
Bound: TypeAlias = Literal["exact", "at_least", "at_most"]
#: What stands before a number of days, and before a date, with each bound.
BOUND_DAYS: Final[Mapping[Bound, str]] = {
    "exact": "",
    "at_least": "at least ",
    "at_most": "at most ",
}
BOUND_DATES: Final[Mapping[Bound, str]] = {
    "exact": "on",
    "at_least": "not before",
    "at_most": "by",
}


class Credits(NamedTuple):
    """Prepaid credits and how long they last, in USD."""

    balance: Decimal
    #: The one-time fees, which are deducted first.
    one_time: Decimal
    #: What a month of usage costs; a lower bound if the days are `at_most`.
    monthly_usage: Decimal
    #: The carrier fees of a month: the highest, so that the days are `at_least`; the lowest if a
    #: price is not published, so that they are `at_most`; 0.00 if they were not requested.
    carrier_fees: Decimal
    #: Whether the credits last longer than `days`, or not as long.
    bound: Bound
    #: The first day on which usage is deducted, `YYYY-MM-DD`; None if it was not given.
    start: str | None

    @property
    def remaining(self) -> Decimal:
        """What is left for usage after the one-time fees, in USD."""
        return max(self.balance - self.one_time, ZERO)

    @property
    def monthly_top_up(self) -> Decimal:
        """What to load each month: usage and carrier fees, in USD."""
        return self.monthly_usage + self.carrier_fees

    @property
    def days(self) -> int | None:
        """The whole days that they cover; None if nothing is deducted each month."""
        month = self.monthly_top_up
        return int(self.remaining * DAYS_PER_MONTH // month) if month else None

    @property
    def until(self) -> str | None:
        """The day on which it reaches zero, `YYYY-MM-DD`; None without a start or far beyond it."""
        if self.start is None or self.days is None:
            return None
        day = datetime.date.fromisoformat(self.start).toordinal() + self.days
        if day > datetime.date.max.toordinal():  # no calendar has it
            return None
        return datetime.date.fromordinal(day).isoformat()


class InboundFees(NamedTuple):
    """Carrier fees of inbound texts on local lines. Only some carriers state one."""

    #: Inbound texts a month, in segments.
    segments: int
    #: USD per segment; None if it is not known, because the fee of some senders is not.
    low_fee: Decimal | None
    high_fee: Decimal | None
    #: The carriers that state a fee: `T-Mobile and AT&T`.
    carriers: str

    @property
    def low(self) -> Amounts | None:
        """USD in each billing period, at least; None if that is not known."""
        return self._amounts(self.low_fee)

    @property
    def high(self) -> Amounts | None:
        """USD in each billing period, at most; None if that is not known."""
        return self._amounts(self.high_fee)

    def _amounts(self, fee: Decimal | None) -> Amounts | None:
        return None if fee is None else amounts_of(round_to_cents(self.segments * fee))


class CarrierFees(NamedTuple):
    """Carrier fees of texts on local lines, as a range; for a carrier mix, both ends are equal."""

    #: Outbound texts a month, in segments, agent-sent ones too.
    segments: int
    #: USD per segment.
    low_fee: Decimal
    high_fee: Decimal
    #: Whose fees they are: `US carriers, October 2024`.
    basis: str
    #: The pages that print them, each with the fees that it prints.
    sources: tuple[Citation, ...]
    #: Those of inbound texts; None without such texts.
    inbound: InboundFees | None = None

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
    #: What another line bills for units of the same charge, in USD before any discount, exact.
    #: With it, a commitment and the licenses in use add up to the amount of all licenses.
    before: Decimal = ZERO

    @property
    def amount(self) -> Decimal | None:
        """USD, rounded: per month, or once for a one-time fee; None where no rate is published."""
        if not self.parts:
            return None
        before, own = map(self.rate.apply_discount, (self.before, self.listed))
        return _rounded_after(before, own)

    @property
    def listed(self) -> Decimal:
        """USD before any discount, exact."""
        return sum((part.quantity * part.price for part in self.parts), ZERO)

    @property
    def saving(self) -> Decimal:
        """What the discount takes off the amount (USD), rounded like the amount."""
        if self.amount is None:
            return ZERO
        return _rounded_after(self.before, self.listed) - self.amount

    @property
    def below_a_cent(self) -> bool:
        """Whether the amount is positive but rounds to 0.00."""
        return not self.amount and self.rate.apply_discount(self.listed) > 0

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
    #: Recurring charges.
    lines: tuple[Line, ...]
    #: Fees paid once, never part of a monthly figure.
    one_time: tuple[Line, ...]
    notes: tuple[Note, ...]
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
        """Customer, sender, number and validity; None if not given."""
        return self.order.details

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line: recurring charges, then one-time fees."""
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

    def notes_of(self, *kinds: NoteKind) -> tuple[Note, ...]:
        """Return the notes of `kinds`."""
        return tuple(note for note in self.notes if note.kind in kinds)

    @property
    def totals(self) -> Amounts:
        """The sum of the recurring lines in each period."""
        return amounts_of(total_of(self.lines))

    @property
    def savings(self) -> Amounts:
        """What discounts take off the totals in each period."""
        return amounts_of(sum((line.saving for line in self.lines), ZERO))

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

    @property
    def due_now(self) -> Decimal | None:
        """What is payable on the first day (USD); None without a first invoice.

        This is the first invoice and the credits to load. The one-time fees are deducted from the
        credits (source: billing-guide), which must cover at least these fees.
        """
        if self.first_invoice is None:
            return None
        balance = self.credits.balance if self.credits else ZERO
        return self.first_invoice.total + max(balance, self.one_time_total)

    @property
    def due_now_at_least(self) -> bool:
        """Whether what is due now is a lower bound, because a price is not published."""
        return self.invoices_at_least or lacks_a_rate(self.one_time)

    @property
    def per_agent(self) -> Decimal | None:
        """The monthly total for each agent (USD), rounded to cents; None without agents."""
        agents = self.order.quantities.get(LICENSE, 0)
        return round_to_cents(self.totals.monthly / agents) if agents else None


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
    notes: tuple[Note, ...]
