"""Invoices: first invoice, prepaid credits and carrier fees, which follow from lines of a quote."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charges import Charge
from aloware_cli.domain.money import ZERO, round_after, round_to_cents
from aloware_cli.domain.periods import Amounts, add_days, amounts_of, end_of_month
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate, total_of
from aloware_cli.domain.sources import Citation


class ProratedLine(NamedTuple):
    """One charge at one price for the days that remain of a month, in USD."""

    charge: Charge
    unit_price: Decimal  #: For a whole month, after any discount
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
        return round_after(self.before, self.quantity * self.prorated_unit)


class FirstInvoice(NamedTuple):
    """The invoice for the days from the start of a subscription to the end of that month."""

    start: str  #: The first day that it covers, `YYYY-MM-DD`
    lines: tuple[ProratedLine, ...]
    next_amount: Decimal  #: USD on the first full invoice

    @property
    def period_end(self) -> str:
        """The last day that it covers, `YYYY-MM-DD`."""
        return end_of_month(self.start)

    @property
    def next_date(self) -> str:
        """The day of the first full invoice, `YYYY-MM-DD`."""
        return add_days(self.period_end, 1)

    @property
    def days_in_month(self) -> int:
        """The days of the month."""
        return int(self.period_end[-2:])

    @property
    def days(self) -> int:
        """The days that it covers, with the first one."""
        return self.days_in_month - int(self.start[-2:]) + 1

    @property
    def total(self) -> Decimal:
        """The sum of its lines, in USD."""
        return sum((line.amount for line in self.lines), ZERO)


def first_invoice(subscription: Sequence[Line], start: str) -> FirstInvoice:
    """Return the first invoice of the `subscription` lines of a monthly term.

    Subscriptions renew on the 1st of the month. The days that remain are charged, with the start
    day, over the actual days of the month (source: invoices). A line whose rate is not published
    is left out.
    """
    invoice = FirstInvoice(start, (), total_of(subscription))
    days, days_in_month = invoice.days, invoice.days_in_month
    prorated: list[ProratedLine] = []
    billed: dict[str, Decimal] = {}
    for line in subscription:
        for part in line.parts:
            charge, price = line.charge, line.rate.apply_discount(part.price)
            before = billed.get(charge.priced_as, ZERO)
            billed[charge.priced_as] = before + price * part.quantity
            earlier = before if days == days_in_month else ZERO
            prorated.append(
                ProratedLine(charge, price, part.quantity, days, days_in_month, earlier)
            )
    return invoice._replace(lines=tuple(prorated))


#: No page says how usage is spread over a month: evenly over so many days, and quotes say so.
DAYS_PER_MONTH: Final = 30

#: How an amount or a number of days relates to the true one, which may not be known.
Bound: TypeAlias = Literal["exact", "at_least", "at_most"]
#: What is written before a number of days, and before a date, with each bound.
BOUND_DAYS: Final[Mapping[Bound, str]] = {
    "exact": "",
    "at_least": "at least ",
    "at_most": "at most ",
}
BOUND_DATES: Final[Mapping[Bound, str]] = {"exact": "on", "at_least": "not before", "at_most": "by"}


class Credits(NamedTuple):
    """Prepaid credits and how long they last, in USD."""

    balance: Decimal
    one_time: Decimal  #: The one-time fees, which are deducted first
    monthly_usage: Decimal  #: What a month of usage costs; a lower bound if the days are `at_most`
    #: The carrier fees of a month: the highest, so that the days are `at_least`; the lowest if a
    #: price is not published, so that they are `at_most`; 0.00 if they were not requested.
    carrier_fees: Decimal
    bound: Bound  #: Whether the credits last longer than `days`, or not as long
    #: The first day on which usage is deducted, `YYYY-MM-DD`; None if it was not given.
    start: str | None

    @property
    def remaining(self) -> Decimal:
        """What is left for usage after the one-time fees, in USD."""
        return max(self.balance - self.one_time, ZERO)

    @property
    def monthly_top_up(self) -> Decimal:
        """What to add each month: usage and carrier fees, in USD."""
        return self.monthly_usage + self.carrier_fees

    @property
    def days(self) -> int | None:
        """The whole days that they cover; None if nothing is deducted each month."""
        month = self.monthly_top_up
        return int(self.remaining * DAYS_PER_MONTH // month) if month else None

    @property
    def until(self) -> str | None:
        """The day on which it reaches zero, `YYYY-MM-DD`; None if unknown or after year 9999."""
        if self.start is None or self.days is None:
            return None
        try:
            return add_days(self.start, self.days)
        except OverflowError:
            return None


class InboundFees(NamedTuple):
    """Carrier fees of inbound texts on local lines. Only some carriers state one."""

    segments: int  #: Inbound texts a month, in segments
    #: USD per segment; None if it is not known, because the fee of some senders is not.
    low_fee: Decimal | None
    high_fee: Decimal | None
    carriers: str  #: The carriers that state a fee: `T-Mobile and AT&T`

    @property
    def low(self) -> Amounts | None:
        """USD in each billing period, at least; None if that is not known."""
        return None if self.low_fee is None else _fees(self.segments, self.low_fee)

    @property
    def high(self) -> Amounts | None:
        """USD in each billing period, at most; None if that is not known."""
        return None if self.high_fee is None else _fees(self.segments, self.high_fee)


class CarrierFees(NamedTuple):
    """Carrier fees of texts on local lines, as a range; for a carrier mix, both ends are equal."""

    segments: int  #: Outbound texts a month, in segments, agent-sent ones too
    low_fee: Decimal  #: USD per segment
    high_fee: Decimal
    basis: str  #: Whose fees they are: `US carriers, October 2024`
    sources: tuple[Citation, ...]  #: The pages that print them, each with the fees that it prints
    inbound: InboundFees | None = None  #: Those of inbound texts; None without such texts

    @property
    def low(self) -> Amounts:
        """USD in each billing period at the lower fee."""
        return _fees(self.segments, self.low_fee)

    @property
    def high(self) -> Amounts:
        """USD in each billing period at the higher fee."""
        return _fees(self.segments, self.high_fee)


def _fees(segments: int, fee: Decimal) -> Amounts:
    return amounts_of(round_to_cents(segments * fee))


def deduct_usage(quotes: Sequence[Quote], balance: Decimal, start: str | None) -> Credits:
    """Return how long `balance`, in USD, lasts if the usage of `quotes` is deducted evenly.

    One-time fees are deducted first: they are usage charges (source: billing-guide). Carrier fees
    are deducted too if a quote lists them. With `start`, `YYYY-MM-DD`, the result has a date.
    """
    fees = [quote.carrier_fees for quote in quotes if quote.carrier_fees]
    inbound = [each.inbound for each in fees if each.inbound]
    both: list[CarrierFees | InboundFees] = [*fees, *inbound]
    used = [line for quote in quotes for line in (*quote.lines_of("usage"), *quote.one_time)]
    bound: Bound = "exact"
    if lacks_a_rate(used) or any(each.high is None for each in inbound):
        bound = "at_most"
    elif any(each.low != each.high for each in both):
        bound = "at_least"
    monthly_fees = [each.low if bound == "at_most" else each.high for each in both]
    return Credits(
        balance=balance,
        one_time=sum((total_of(quote.one_time_fees) for quote in quotes), ZERO),
        monthly_usage=sum((quote.subtotal("usage").monthly for quote in quotes), ZERO),
        carrier_fees=sum((each.monthly for each in monthly_fees if each), ZERO),
        bound=bound,
        start=start,
    )


def with_invoice_and_credits(quote: Quote) -> Quote:
    """Return `quote` with its first invoice and its credits, if its order asks for them."""
    order = quote.order
    if order.start and order.term == "monthly":
        invoice = first_invoice(quote.lines_of("subscription"), order.start)
        quote = quote._replace(first_invoice=invoice)
    if order.credits is None:
        return quote
    return quote._replace(credits=deduct_usage([quote], order.credits, order.start))
