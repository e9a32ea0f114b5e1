"""Results other than a quote: comparisons, break-evens, changes, explanations and prorations."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.cards import CardIdentity, Rate, RateCard
from aloware_cli.domain.charges import Charge, Conflict, ContractTerm
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.orders import Details
from aloware_cli.domain.periods import Amounts, Term
from aloware_cli.domain.quotes import PARTS, Line, Note, Quote

if TYPE_CHECKING:
    from aloware_cli.domain.checks import SavedQuote
    from aloware_cli.domain.invoices import FirstInvoice


class Standing(NamedTuple):
    """One plan compared with the others."""

    quote: Quote
    #: 1 for the cheapest; plans with equal totals share a rank. None if a rate is missing.
    rank: int | None
    #: What it costs more than the cheapest, in USD; a lower bound for a plan that is ruled out,
    #: None if it is not known.
    more: Amounts | None

    @property
    def ruled_out(self) -> bool:
        """Whether it lacks a rate and costs more than the cheapest at any such rate."""
        return self.rank is None and self.more is not None


class Comparison(NamedTuple):
    """Plans side by side, ranked by monthly total."""

    standings: tuple[Standing, ...]  #: In the order of the request
    reasons: tuple[str, ...]  #: The ranking in words, a sentence each
    notes: tuple[Note, ...]
    hint: str = ""  #: The options that supply missing prices

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes, in the order of the request."""
        return tuple(standing.quote for standing in self.standings)

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The plans without a missing rate, cheapest first."""
        ranked = [standing for standing in self.standings if standing.rank]
        return tuple(sorted(ranked, key=lambda standing: standing.rank or 0))

    @property
    def unranked(self) -> tuple[Standing, ...]:
        """The plans that lack a rate."""
        return tuple(standing for standing in self.standings if not standing.rank)

    @property
    def first(self) -> tuple[Standing, ...]:
        """The cheapest plans: none, one, or several with equal totals."""
        return tuple(standing for standing in self.ranked if standing.rank == 1)

    @property
    def cheapest(self) -> str | None:
        """The one cheapest plan; None if there is none, or a tie."""
        return self.first[0].quote.plan if len(self.first) == 1 else None


class Point(NamedTuple):
    """The monthly totals of several plans at one quantity."""

    quantity: int
    totals: tuple[Decimal, ...]  #: USD a month, in the order of the plans

    def cheapest(self, plans: tuple[str, ...]) -> tuple[str, ...]:
        """Return the cheapest of `plans`, which are in the order of the totals."""
        least = min(self.totals)
        return tuple(plan for plan, total in zip(plans, self.totals, strict=True) if total == least)


class BreakEven(NamedTuple):
    """The quantities where two plans cost the same a month, and where the other is cheaper."""

    plans: tuple[str, str]
    term: Term
    currency: str
    charge: Charge  #: The charge whose quantity is varied
    rates: tuple[Rate, Rate]  #: What a unit costs on each plan
    cheaper_at_zero: str | None  #: The plan that is cheaper when the quantity is 0; None for a tie
    #: The smallest whole quantity at which the totals are equal; None if there is none.
    equal_at: int | None
    #: The smallest whole quantity at which the plan that is more expensive at 0 is cheaper.
    cheaper_from: int | None
    #: Both totals at 0 and at every quantity that the answer names, by quantity.
    points: tuple[Point, ...]
    reasons: tuple[str, ...]  #: The answer in words, a sentence each
    notes: tuple[Note, ...]
    details: Details | None  #: Customer, sender and number; None if not given

    @property
    def proof(self) -> tuple[Point, ...]:
        """Both totals before and at `cheaper_from`; empty if that is None."""
        start = self.cheaper_from
        if start is None:
            return ()
        return tuple(point for point in self.points if start - 1 <= point.quantity <= start)


class Sweep(NamedTuple):
    """The totals of some plans at many quantities of one charge."""

    plans: tuple[str, ...]
    term: Term
    currency: str
    charge: Charge
    points: tuple[Point, ...]  #: From the lowest quantity to the highest
    notes: tuple[Note, ...]
    details: Details | None  #: Customer, sender and number; None if not given


class Change(NamedTuple):
    """One price or state that differs."""

    plans: tuple[str, ...]
    key: str  #: Of the charge, or of the carrier
    label: str
    unit: str
    term: Term | None  #: For a charge with a price per term; None for the others
    old: Rate | None  #: None if the old cards, or the new ones, do not list it
    new: Rate | None


class Effect(NamedTuple):
    """The same order on the old and on the new cards, or an old and a new quote."""

    old: Quote
    new: Quote

    @property
    def difference(self) -> Amounts | None:
        """How much more the new quote is in each period, in USD; None if a rate is missing."""
        if self.old.at_least or self.new.at_least:
            return None
        pairs = zip(self.new.totals, self.old.totals, strict=True)
        return Amounts(*(new - old for new, old in pairs))

    @property
    def one_time_difference(self) -> Decimal | None:
        """How much more is paid once, in USD; None if a rate is missing."""
        if self.difference is None:
            return None
        return self.new.one_time_total - self.old.one_time_total


class CardChanges(NamedTuple):
    """The differences between two sets of rate cards."""

    changes: tuple[Change, ...]
    effect: Effect | None  #: None without an order
    #: Saved scenarios with the old and the new cards; None without any.
    quotes: "tuple[SavedQuote, ...] | None" = None


class LineDifference(NamedTuple):
    """A charge whose lines differ."""

    charge: Charge
    old: Line | None  #: None if the old quote, or the new one, does not have it
    new: Line | None

    @property
    def more(self) -> Decimal | None:
        """How much more the new line is, in USD, a month or once; None if a rate is missing."""
        old, new = (line.amount if line else ZERO for line in (self.old, self.new))
        return None if old is None or new is None else new - old


class Difference(NamedTuple):
    """The differences between two quotes."""

    old: Quote
    new: Quote
    #: The charges whose lines differ, those of the new quote first.
    lines: tuple[LineDifference, ...]
    notes: tuple[Note, ...]

    @property
    def effect(self) -> Effect:
        """The difference of the totals."""
        return Effect(self.old, self.new)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that differ, besides the lines."""
        return tuple(part for part in PARTS if _billed(self.old, part) != _billed(self.new, part))

    @property
    def is_none(self) -> bool:
        """Whether the two quotes say the same."""
        same_bill = (self.old.plan, self.old.term) == (self.new.plan, self.new.term)
        return same_bill and not self.lines and not self.parts


def _billed(quote: Quote, part: str) -> object:
    """Return `part` of `quote` without its sources and wording."""
    if quote.groups and part != "credits":
        return [_billed(group.quote, part) for group in quote.groups]
    if part == "carrier_fees" and quote.carrier_fees:
        return quote.carrier_fees._replace(sources=())
    if part == "first_invoice" and quote.first_invoice:
        lines = tuple((line.charge.key, *line[1:]) for line in quote.first_invoice.lines)
        return (quote.first_invoice._replace(lines=()), lines)
    if part == "credits" and quote.credits:
        return (quote.credits._replace(start=None), quote.credits.until)
    return getattr(quote, part)


class Explanation(NamedTuple):
    """One charge on one plan, with its price, its sources and the terms that apply."""

    plan: str
    term: Term
    currency: str
    line: Line
    conflicts: tuple[Conflict, ...]
    terms: tuple[ContractTerm, ...]
    notes: tuple[Note, ...]


class PlanExplanation(NamedTuple):
    """One plan: its prices, and the terms that apply."""

    card: RateCard
    terms: tuple[ContractTerm, ...]


class Question(NamedTuple):
    """A price to ask the vendor for: an order needs it, and it is not published."""

    charge: Charge
    quantity: int  #: The units that the order has.
    term: Term | None  #: The billing term of the price; None for one price on every term.


class Questions(NamedTuple):
    """The prices that an order lacks on one plan."""

    card: RateCard
    term: Term
    listed: tuple[Question, ...]


class Proration(NamedTuple):
    """An addition to a subscription, for the rest of a month and for each month after."""

    card: CardIdentity
    currency: str
    lines: tuple[Line, ...]  #: What is added, for a whole month
    invoice: "FirstInvoice"
    notes: tuple[Note, ...]
