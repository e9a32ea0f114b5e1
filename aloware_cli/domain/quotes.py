"""Quotes: the result of pricing an order, from which every format is rendered."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from aloware_cli import __version__
from aloware_cli.domain.cards import CardIdentity, Rate, Status
from aloware_cli.domain.charges import CUSTOM, LICENSE, Category, Charge
from aloware_cli.domain.money import ZERO, round_after, round_to_cents
from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.periods import Amounts, Term, amounts_of

if TYPE_CHECKING:
    from aloware_cli.domain.invoices import CarrierFees, Credits, FirstInvoice


#: In the order in which formats list them. Documents and --explain print a `term`, a contract
#: term; the table does not.
NoteKind: TypeAlias = Literal["exclusion", "assumption", "caution", "source", "term"]
Audience: TypeAlias = Literal["customer", "internal"]
#: What is due on the first day: `fees` are one-time fees, `custom` is one-time custom lines.
DuePart: TypeAlias = Literal["first_invoice", "credits", "fees", "custom"]


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


class Part(NamedTuple):
    """So many at one price each: units of a charge, or blocks of a package, or a flat price."""

    quantity: int
    price: Decimal  #: USD for each, before any discount


class Line(NamedTuple):
    """One line item: a quantity of a charge at its rate."""

    charge: Charge
    quantity: int
    rate: Rate
    working: str  #: How the amount is calculated: `3 agents x 70.00`
    reason: str  #: Why it is billed or included
    #: What the amount is the sum of, before any discount; empty if no rate is published.
    parts: tuple[Part, ...]
    allowance: int = 0  #: The units among the quantity that the licenses include
    #: What another line bills for units of the same charge, in USD before any discount, exact.
    #: With it, a commitment and the licenses in use add up to the amount of all licenses.
    before: Decimal = ZERO

    @property
    def amount(self) -> Decimal | None:
        """USD, rounded: per month, or once for a one-time fee; None if no rate is published."""
        if not self.parts:
            return None
        own = self.rate.apply_discount(self.list_amount)
        if not self.before:
            return round_to_cents(own)
        return round_after(self.rate.apply_discount(self.before), own)

    @property
    def list_amount(self) -> Decimal:
        """USD before any discount, exact."""
        return sum((part.quantity * part.price for part in self.parts), ZERO)

    @property
    def saving(self) -> Decimal:
        """What the discount takes off the amount (USD), rounded like the amount."""
        amount = self.amount
        return ZERO if amount is None else round_after(self.before, self.list_amount) - amount

    @property
    def below_a_cent(self) -> bool:
        """Whether the amount is positive but rounds to 0.00."""
        return not self.amount and self.rate.apply_discount(self.list_amount) > 0

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
        """Where the price comes from."""
        return self.rate.status

    @property
    def amounts(self) -> Amounts | None:
        """What a recurring line costs in each period; None if no rate is published."""
        amount = self.amount
        return None if amount is None else amounts_of(amount)


#: What a quote has besides its lines.
PARTS: Final = ("carrier_fees", "first_invoice", "credits")


class Quote(NamedTuple):
    """One plan priced for one order; every format is rendered from it.

    A proposal is a quote with plan groups. It has the lines and the sums of all groups, and one
    prepaid balance. Its first invoice is None unless each group has one from the same day.
    """

    card: CardIdentity
    currency: str
    order: Order  #: Priced again on the same card, it gives this quote
    lines: tuple[Line, ...]  #: Recurring charges
    one_time: tuple[Line, ...]  #: Fees paid once, never part of a monthly figure
    notes: tuple[Note, ...] = ()
    first_invoice: "FirstInvoice | None" = None
    carrier_fees: "CarrierFees | None" = None
    credits: "Credits | None" = None
    version: str = __version__  #: The version of the tool that priced it
    groups: "tuple[PlanGroup, ...]" = ()  #: Empty for one plan

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
        """The date whose rate cards were requested, `YYYY-MM-DD`; None for the newest."""
        return self.order.as_of

    @property
    def details(self) -> Details | None:
        """Customer, sender, number and validity; None if not given."""
        return self.order.details

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line: recurring charges, then one-time fees."""
        return self.lines + self.one_time

    @property
    def unpriced(self) -> tuple[Line, ...]:
        """The lines whose rate is not published."""
        return tuple(line for line in self.all_lines if not line.parts)

    @property
    def at_least(self) -> bool:
        """Whether the totals are only a lower bound, because a rate is missing."""
        return lacks_a_rate(self.all_lines)

    @property
    def invoices_at_least(self) -> bool:
        """Whether invoices are only a lower bound, because a subscription rate is missing."""
        return lacks_a_rate(self.lines_of("subscription"))

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
        """The sum of the one-time fees and custom lines, in USD."""
        return total_of(self.one_time)

    @property
    def one_time_fees(self) -> tuple[Line, ...]:
        """The one-time lines without the custom ones, which follow them."""
        return tuple(line for line in self.one_time if line.charge.category != CUSTOM)

    @property
    def due_parts(self) -> "Mapping[DuePart, Decimal]":
        """What is payable on the first day (USD); empty without a first invoice.

        The one-time fees are deducted from the prepaid credits (source: billing-guide). Credits
        that do not cover them are not payable: the fees are.
        """
        if self.first_invoice is None:
            return {}
        parts: dict[DuePart, Decimal] = {"first_invoice": self.first_invoice.total}
        balance = self.credits.balance if self.credits else ZERO
        fees = total_of(self.one_time_fees)
        if balance and balance >= fees:
            parts["credits"] = balance
        elif self.one_time_fees:
            parts["fees"] = fees
        if custom := self.one_time_total - fees:
            parts["custom"] = custom
        return parts

    @property
    def due_now(self) -> Decimal | None:
        """The sum of what is payable on the first day (USD); None without a first invoice."""
        return sum(self.due_parts.values(), ZERO) if self.first_invoice else None

    @property
    def due_now_at_least(self) -> bool:
        """Whether what is due now is a lower bound, because a price is not published."""
        return self.invoices_at_least or lacks_a_rate(self.one_time)

    @property
    def per_agent(self) -> Decimal | None:
        """The monthly total for each agent (USD), rounded to cents; None without agents."""
        agents = self.order.quantities.get(LICENSE, 0)
        return round_to_cents(self.totals.monthly / agents) if agents else None


class PlanGroup(NamedTuple):
    """A part of a proposal: some agents and what they need, on one plan."""

    name: str
    quote: Quote

    @property
    def title(self) -> str:
        """The name, with the plan unless the name contains it: `Support: iPro`."""
        plan = self.quote.plan
        return self.name if plan.casefold() in self.name.casefold() else f"{self.name}: {plan}"


def lacks_a_rate(lines: Iterable[Line]) -> bool:
    """Return whether a rate of `lines` is unpublished, so that their sum is a lower bound."""
    return not all(line.parts for line in lines)


def total_of(lines: Iterable[Line]) -> Decimal:
    """Return what is known of the sum of `lines`, in USD, a month or once."""
    return sum((amount for line in lines if (amount := line.amount) is not None), ZERO)
