"""Documents that compare: plans, quantities, rate cards and quotes."""

from typing import Annotated, Final, Literal, TypedDict

from aloware_cli.domain.checks import State
from aloware_cli.domain.periods import Term
from declarations.parts import (
    SCHEMA,
    AsOf,
    AtLeast,
    BillingTerm,
    ChargeKey,
    Currency,
    Label,
    Notes,
    Plan,
    Rate,
    RateCard,
    Unit,
)
from declarations.quote import (
    CarrierFees,
    Credits,
    FirstInvoice,
    OneTimeLine,
    OneTimeTotals,
    ProposalDocument,
    QuoteDocument,
    RecurringLine,
    Tool,
    Totals,
)
from declarations.values import (
    Content,
    Count,
    Date,
    Difference,
    Keywords,
    LaterDate,
    Money,
    Name,
    Sha256,
    Text,
)

TWO: Final = Keywords(minItems=2, maxItems=2)


class Unranked(TypedDict):
    """A plan that cannot be ranked, because a price is not published."""

    plan: Plan
    missing: Annotated[list[Text], "Charges without a published price."]
    at_least: Annotated[Money, "Lower bound of the monthly total."]
    ruled_out: Annotated[bool, "Whether the lower bound is above the cheapest plan already."]


class ComparisonDocument(TypedDict):
    """The same volumes on several plans."""

    schema: Annotated[Literal["aloware.comparison/1"], SCHEMA]
    quotes: Annotated[list[QuoteDocument], "One quote for each plan, in the order given."]
    ranked: Annotated[list[Text], "Plans with every price published, cheapest first."]
    cheapest: Annotated[Text | None, "Cheapest plan; null for a tie, or if it is unknown."]
    unranked: Annotated[list[Unranked], "Plans without a published price."]
    reason: Annotated[Text | None, "The ranking in words; null for one plan."]
    notes: Notes


class RangeTotals(TypedDict):
    """Totals at low, expected and high quantities."""

    low: Annotated[Totals, "Totals at the low quantities."]
    expected: Annotated[Totals, "Totals at the expected quantities."]
    high: Annotated[Totals, "Totals at the high quantities."]


class RangeQuotes(TypedDict):
    """Quotes at low, expected and high quantities."""

    low: Annotated[QuoteDocument | ProposalDocument, "Quote at the low quantities."]
    expected: Annotated[QuoteDocument | ProposalDocument, "Quote at the expected quantities."]
    high: Annotated[QuoteDocument | ProposalDocument, "Quote at the high quantities."]


class RangeDocument(TypedDict):
    """One plan priced at low, expected and high quantities; `aloware render` reads it again."""

    schema: Annotated[Literal["aloware.range/1"], SCHEMA]
    plan: Plan
    term: BillingTerm
    currency: Currency
    totals: Annotated[RangeTotals, "Totals of each quote."]
    at_least: AtLeast
    quotes: Annotated[RangeQuotes, "The three quotes."]
    notes: Notes


class Point(TypedDict):
    """The monthly total of each plan at one quantity."""

    quantity: Annotated[Count, "Units of the charge."]
    totals: Annotated[dict[str, Money], "Monthly total by plan."]


class SweepPoint(Point):
    """The monthly totals at one quantity, and the cheapest plans."""

    cheapest: Annotated[list[Text], "Plans with the lowest total; several for a tie."]


class BreakEvenDocument(TypedDict):
    """The quantity where one plan becomes cheaper than another."""

    schema: Annotated[Literal["aloware.breakeven/1"], SCHEMA]
    plans: Annotated[list[Text], TWO, "The two plans, in the order given."]
    vary: Annotated[Text, "Charge whose quantity varies."]
    cheaper_at_zero: Annotated[Text | None, "Plan that is cheaper at 0 units; null for a tie."]
    equal_at: Annotated[Count | None, "Smallest quantity with equal totals; null for none."]
    cheaper_from: Annotated[
        Count | None,
        "Smallest quantity at which the plan that costs more at 0 is cheaper; null for none.",
    ]
    proof: Annotated[
        Annotated[list[Point], TWO] | None,
        "Totals one unit before `cheaper_from`, and at it; null without one.",
    ]
    reason: Annotated[Text, "The answer in words."]
    notes: Notes


class SweepDocument(TypedDict):
    """Monthly totals over a range of one quantity."""

    schema: Annotated[Literal["aloware.sweep/1"], SCHEMA]
    plans: Annotated[list[Text], "Plans, in the order given."]
    term: BillingTerm
    currency: Currency
    vary: Annotated[Text, "Charge whose quantity varies."]
    points: Annotated[
        list[SweepPoint], Keywords(minItems=1), "Totals from the lowest quantity to the highest."
    ]
    notes: Notes


class Change(TypedDict):
    """A price or a status that differs."""

    plans: Annotated[list[Text], "Plans that it differs on."]
    charge: Annotated[Text, "Key of the charge or of the carrier."]
    label: Annotated[Text, "Name of the charge or of the fee."]
    unit: Unit
    term: Annotated[Term | None, "Billing term; null if all terms have one price."]
    old: Annotated[Rate | None, "Old rate; null if the old rate cards do not have it."]
    new: Annotated[Rate | None, "New rate; null if the new rate cards do not have it."]


class BoundedTotals(OneTimeTotals):
    """The totals of a quote, and whether they are a lower bound."""

    at_least: AtLeast


class PeriodDifferences(TypedDict):
    """New minus old in each billing period."""

    monthly: Annotated[Difference, "Per month."]
    quarterly: Annotated[Difference, "Per quarter."]
    annual: Annotated[Difference, "Per year."]


class TotalDifferences(PeriodDifferences):
    """New minus old, recurring and once."""

    one_time: Annotated[Difference, "One-time fees."]


class OnceDifference(TypedDict):
    """New minus old of a one-time fee."""

    amount: Annotated[Difference, "Once."]


class Effect(TypedDict):
    """The same scenario with the old and the new rate cards."""

    plan: Plan
    term: BillingTerm
    old: Annotated[BoundedTotals, "Totals with the old rate cards."]
    new: Annotated[BoundedTotals, "Totals with the new rate cards."]
    difference: Annotated[TotalDifferences | None, "New minus old; null if unpublished."]


class SavedQuote(TypedDict):
    """A saved quote, and its scenario at other prices. null is unknown or not given."""

    file: Annotated[Content, "File."]
    states: Annotated[
        list[State],
        "valid: nothing needs attention. expired: its last valid day has passed. repriced: a line "
        "item or a fee differs. duplicate: another file has its number. unpriced: it cannot be "
        "priced again. altered: edited after saving. invalid: not a quote.",
    ]
    number: Annotated[Name | None, "Quote number."]
    prospect: Annotated[Name | None, "Customer name."]
    plan: Annotated[Text | None, "Plan."]
    term: Annotated[Term | None, "Billing term; null for plan groups."]
    issued: Annotated[Date | None, "Date of issue."]
    valid_until: Annotated[LaterDate | None, "Last day the quote is valid."]
    old: Annotated[BoundedTotals | None, "Totals as saved, or with the old rate cards."]
    new: Annotated[BoundedTotals | None, "Totals with the new rate cards."]
    difference: Annotated[TotalDifferences | None, "New minus old; null if unpublished."]
    duplicate: Annotated[Content | None, "Another file with the same quote number."]
    code: Annotated[Text | None, "Error code of the message; null for none."]
    message: Annotated[Content | None, "Why it is not a quote or cannot be priced."]


class CheckDocument(TypedDict):
    """What has become of saved quotes."""

    schema: Annotated[Literal["aloware.check/1"], SCHEMA]
    as_of: Annotated[
        Date | None, "Date of the check; null for the newest prices, without a check of validity."
    ]
    checked: Annotated[Count, "Files."]
    attention: Annotated[Count, "Files that need attention."]
    quotes: Annotated[list[SavedQuote], "The files, in order."]


class ChangesDocument(TypedDict):
    """What differs between two sets of rate cards."""

    schema: Annotated[Literal["aloware.changes/1"], SCHEMA]
    changes: Annotated[list[Change], "Prices and statuses that differ."]
    effect: Annotated[Effect | None, "Effect on a quote; null without a scenario."]
    quotes: Annotated[list[SavedQuote] | None, "Effect on saved quotes; null without --quotes."]


class QuoteIdentity(TypedDict):
    """Which quote it is."""

    plan: Plan
    term: Annotated[Term | None, "Billing term; null for plan groups."]
    as_of: AsOf
    totals: Annotated[Totals, "Totals."]
    at_least: AtLeast
    rate_card: RateCard
    tool: Annotated[Tool, "Program that wrote the quote."]
    sha256: Annotated[Sha256, "Hash of the quote."]


class LineDifference(TypedDict):
    """A charge whose line items differ."""

    charge: ChargeKey
    label: Label
    one_time: Annotated[bool, "Whether it is a one-time fee."]
    old: Annotated[RecurringLine | OneTimeLine | None, "Old line item; null for none."]
    new: Annotated[RecurringLine | OneTimeLine | None, "New line item; null for none."]
    difference: Annotated[
        PeriodDifferences | OnceDifference | None, "New minus old; null if unpublished."
    ]


class CarrierFeesPair(TypedDict):
    """Carrier fees that differ."""

    old: Annotated[CarrierFees | None, "Old carrier fees."]
    new: Annotated[CarrierFees | None, "New carrier fees."]


class FirstInvoicePair(TypedDict):
    """First invoices that differ."""

    old: Annotated[FirstInvoice | None, "Old first invoice."]
    new: Annotated[FirstInvoice | None, "New first invoice."]


class CreditsPair(TypedDict):
    """Prepaid credits that differ."""

    old: Annotated[Credits | None, "Old credits."]
    new: Annotated[Credits | None, "New credits."]


class DifferenceDocument(TypedDict):
    """What differs between two quotes."""

    schema: Annotated[Literal["aloware.diff/1"], SCHEMA]
    same: Annotated[bool, "Whether nothing differs."]
    old: Annotated[QuoteIdentity, "The saved quote."]
    new: Annotated[QuoteIdentity, "The other quote, or the saved scenario at current prices."]
    difference: Annotated[TotalDifferences | None, "New minus old; null if unpublished."]
    lines: Annotated[list[LineDifference], "Charges whose line items differ."]
    carrier_fees: Annotated[CarrierFeesPair | None, "Carrier fees; null if they are equal."]
    first_invoice: Annotated[FirstInvoicePair | None, "First invoices; null if they are equal."]
    credits: Annotated[CreditsPair | None, "Prepaid credits; null if they are equal."]
    notes: Notes
