"""The document of a quote.

Every key is always present, in this order. Money, prices and percentages are decimal strings,
counts are integers, and null is unknown.
"""

from typing import Annotated, Literal, TypedDict

from aloware_cli.domain.cards import MODELS, PER_UNIT
from aloware_cli.domain.charges import ANY, DIRECTIONS, INITIATORS, LINES, MEDIA, Decision
from aloware_cli.domain.invoices import Bound
from aloware_cli.domain.orders import MAX_VALID_DAYS
from declarations.parts import (
    SCHEMA,
    AsOf,
    AtLeast,
    BillingTerm,
    ChargeCategory,
    ChargeKey,
    Currency,
    DaysDue,
    DaysInMonth,
    Label,
    Model,
    Notes,
    PeriodEnd,
    Plan,
    PriceStatus,
    RateCard,
    Source,
    Unit,
)
from declarations.values import (
    Count,
    Date,
    Figure,
    Keywords,
    LaterDate,
    Money,
    Name,
    Percent,
    Price,
    Remark,
    Sha256,
    Text,
    one_of,
)


class Periods(TypedDict):
    """An amount in each billing period, in USD."""

    monthly: Annotated[Money, "Per month."]
    quarterly: Annotated[Money, "Per quarter."]
    annual: Annotated[Money, "Per year."]


class LinePeriods(TypedDict):
    """The amount of a line item in each billing period, in USD; null if unpublished."""

    monthly: Annotated[Money | None, "Per month; null if unpublished."]
    quarterly: Annotated[Money | None, "Per quarter; null if unpublished."]
    annual: Annotated[Money | None, "Per year; null if unpublished."]


class Once(TypedDict):
    """The amount of a one-time fee, in USD; null if unpublished."""

    amount: Annotated[Money | None, "Paid once; null if unpublished."]


class Part(TypedDict):
    """Units at one price each, blocks of a package, or a flat price."""

    quantity: Annotated[Count, "Number of units or blocks."]
    price: Annotated[Price, "USD for each, before any discount."]


class Traffic(TypedDict):
    """The calls or texts that a charge counts; `any` stands for every value."""

    medium: Annotated[str, one_of(*MEDIA), "Calls or texts."]
    initiator: Annotated[str, one_of(*INITIATORS, ANY), "Who starts them."]
    direction: Annotated[str, one_of(*DIRECTIONS, ANY), "Direction, seen from Aloware."]
    line: Annotated[str, one_of(*LINES), "Kind of phone line."]


class Coverage(TypedDict):
    """What a coverage rule decides."""

    key: Annotated[Text, "Key of the coverage rule."]
    decides: Annotated[Decision, "Whether the license includes the calls or texts."]
    reason: Annotated[Text, "Reason, in a sentence."]
    source: Annotated[Source, "Source of the rule."]


class CoverageRule(Coverage):
    """A coverage rule, and the calls or texts that it applies to."""

    initiators: Annotated[list[Annotated[str, one_of(*INITIATORS)]], "Who starts them."]
    directions: Annotated[list[Annotated[str, one_of(*DIRECTIONS)]], "Their directions."]
    lines: Annotated[list[Annotated[str, one_of(*LINES)]], "Their kinds of phone line."]


class Definition(TypedDict):
    """A charge as the rate cards define it."""

    model: Annotated[Model | None, "How a quantity is charged; null for a price per unit."]
    allowance: Annotated[Count, "Units that each license includes."]
    units: Annotated[Text, "Plural of the unit."]
    per_term: Annotated[bool, "Whether each billing term has its own price."]
    pass_through: Annotated[bool, "Whether it is a pass-through fee, which takes no discount."]
    reason: Annotated[Text, "Why it is charged or included."]
    caution: Annotated[Text | None, "What a reader of the quote must know; null for nothing."]
    source: Annotated[Source, "Source of the definition."]
    traffic: Annotated[Traffic | None, "Calls or texts that it counts; null for others."]
    rule: Annotated[CoverageRule | None, "Coverage rule that applies; null without traffic."]


class LineItem(TypedDict):
    """What every line item has."""

    charge: ChargeKey
    label: Label
    category: ChargeCategory
    status: PriceStatus
    quantity: Annotated[Count, "Units; of a recurring charge, units per month."]
    unit: Unit
    list_price: Annotated[
        Price | None,
        "USD per unit before any discount; null if unpublished or if there are several prices.",
    ]
    unit_price: Annotated[Price | None, "Net price: list price after any discount."]
    discount: Annotated[Percent | None, "Discount in percent; null for none."]
    model: Annotated[str, one_of(PER_UNIT, *MODELS), "Charge model."]
    allowance: Annotated[Count, "Units of the quantity that the licenses include."]
    parts: Annotated[list[Part], "Parts of the amount before any discount; empty if unpublished."]


class Grounds(TypedDict):
    """Calculation, reason and source of a line item."""

    calculation: Annotated[Text, "How the amount is calculated: 3 agents x 70.00."]
    reason: Annotated[Text, "Why it is charged or included."]
    source: Annotated[Source, "Source of the price, or of the statement that there is none."]
    definition: Annotated[Definition, "The charge as the rate cards define it."]


class RecurringLine(LineItem, LinePeriods, Grounds):
    """A recurring line item."""


class OneTimeLine(LineItem, Once, Grounds):
    """A one-time fee."""


class Subtotals(TypedDict):
    """The sum of the recurring line items of each category."""

    subscription: Annotated[Periods, "Prepaid charges."]
    usage: Annotated[Periods, "Charges deducted from prepaid credits."]
    custom: Annotated[Periods, "Custom lines."]


class OneTimeTotals(Periods):
    """Recurring and one-time totals."""

    one_time: Annotated[Money, "All one-time fees."]


class Totals(OneTimeTotals):
    """The totals of a quote."""

    first_year: Annotated[Money, "Twelve months and the one-time fees."]


class InboundFees(TypedDict):
    """Carrier fees for inbound texts, at the carriers that state one."""

    segments: Annotated[Count, "Inbound texts per month, in segments."]
    low_fee: Annotated[Price | None, "Lowest fee per segment; null if not known."]
    high_fee: Annotated[Price | None, "Highest fee per segment; null if not known."]
    low: Annotated[Periods | None, "Fees at the lowest fee; null if not known."]
    high: Annotated[Periods | None, "Fees at the highest fee; null if not known."]
    carriers: Annotated[str, "Carriers that state a fee."]


class CarrierFees(TypedDict):
    """Carrier fees for texts, which are not in the totals: a range, or twice the same for a mix."""

    basis: Annotated[Text, "Carriers, and the date their page states."]
    segments: Annotated[Count, "Outbound texts per month, in segments."]
    low_fee: Annotated[Price, "Lowest fee per segment."]
    high_fee: Annotated[Price, "Highest fee per segment."]
    low: Annotated[Periods, "Fees at the lowest fee."]
    high: Annotated[Periods, "Fees at the highest fee."]
    inbound: Annotated[InboundFees | None, "Fees for inbound texts; null without such texts."]
    sources: Annotated[list[Source], "Sources of the fees."]


class ProratedLine(TypedDict):
    """A charge for the remaining days of a month."""

    charge: ChargeKey
    unit_price: Annotated[Price, "Net price per unit for a full month."]
    prorated_unit: Annotated[
        Price, "Price per unit for the remaining days, rounded to cents; exact for a whole month."
    ]
    quantity: Annotated[Count, "Units."]
    amount: Annotated[Money, "Prorated price times quantity."]


class NextInvoice(TypedDict):
    """The first invoice for a full month."""

    date: Annotated[LaterDate, "Invoice date."]
    amount: Annotated[Money, "Invoice amount."]


class FirstInvoice(TypedDict):
    """The prorated first invoice."""

    start: Annotated[Date, "First day of the subscription."]
    period_end: PeriodEnd
    days: DaysDue
    days_in_month: DaysInMonth
    lines: Annotated[list[ProratedLine], "Prorated charges."]
    total: Annotated[Money, "Sum of the lines."]
    next_invoice: Annotated[NextInvoice, "The first invoice for a full month."]


class Credits(TypedDict):
    """How long a prepaid balance lasts if usage is deducted evenly over 30 days."""

    balance: Annotated[Figure, "Prepaid balance."]
    one_time: Annotated[Money, "One-time fees, which are deducted first."]
    remaining: Annotated[Figure, "Balance without the one-time fees, but at least 0.00."]
    monthly_usage: Annotated[Money, "Usage per month, a lower bound if a price is unpublished."]
    carrier_fees: Annotated[Money, "Carrier fees per month; 0.00 if they were not requested."]
    monthly_top_up: Annotated[Money, "What to add each month: usage and carrier fees."]
    bound: Annotated[
        Bound,
        "How `days` relates to the true number: at_least for the highest of a range of carrier "
        "fees, at_most if a price is unpublished.",
    ]
    days: Annotated[
        Count | None, Keywords(maximum=10**16), "Full days the credits last; null for no usage."
    ]
    until: Annotated[
        LaterDate | None, "Day the balance reaches zero; null without a start date or usage."
    ]


class Customer(TypedDict):
    """The customer, the number and the validity of a quote; null for what was not given."""

    prospect: Annotated[Name | None, "Customer name."]
    contact: Annotated[Name | None, "Contact at the customer."]
    prepared_by: Annotated[Name | None, "Name of the person who made the quote."]
    number: Annotated[Name | None, "Quote number."]
    issued: Annotated[Date | None, "Date of issue."]
    valid_days: Annotated[
        Count | None, Keywords(minimum=1, maximum=MAX_VALID_DAYS), "Days the quote stays valid."
    ]
    note: Annotated[Remark | None, "Sentence added to the quote."]
    valid_until: Annotated[LaterDate | None, "Last day the quote is valid."]


class SuppliedRate(TypedDict):
    """A price that the user supplied."""

    price: Annotated[Price, "USD per unit."]
    source: Annotated[Source, "The option or the file that supplied it."]


class Inputs(TypedDict):
    """What was priced: with the same rate card it gives the same quote."""

    plan: Plan
    term: BillingTerm
    quantities: Annotated[dict[str, Count], "Quantity by charge; recurring charges per month."]
    min_agents: Annotated[Count | None, "Minimum license count; null for none."]
    rates: Annotated[dict[str, SuppliedRate], "Supplied prices by charge."]
    discounts: Annotated[
        dict[str, Percent], "Discount in percent by charge; `all` applies to every other charge."
    ]
    lines: Annotated[
        dict[str, Text], "Custom lines by label: USD per month, such as 99.00, or 500.00 once."
    ]
    as_of: AsOf
    start: Annotated[Date | None, "First day of the subscription; null if not given."]
    carriers: Annotated[
        dict[str, Percent] | None, "Carrier mix in percent; empty for a range, null for no fees."
    ]
    credits: Annotated[Figure | None, "Prepaid balance; null if not given."]


class Tool(TypedDict):
    """The program that wrote the document."""

    name: Annotated[Literal["aloware"], "Name."]
    version: Annotated[Text, "Version."]


class UnsignedQuote(TypedDict):
    """A quote without its hash."""

    schema: Annotated[Literal["aloware.quote/1"], SCHEMA]
    plan: Plan
    term: BillingTerm
    currency: Currency
    as_of: AsOf
    lines: Annotated[list[RecurringLine], "Recurring line items, in the order of the rate cards."]
    one_time: Annotated[list[OneTimeLine], "One-time fees, which are in no monthly amount."]
    subtotals: Annotated[Subtotals, "Recurring line items by category."]
    totals: Annotated[Totals, "Totals of all line items."]
    at_least: AtLeast
    unpriced: Annotated[list[Text], "Charges without a published price."]
    carrier_fees: Annotated[CarrierFees | None, "Carrier fees; null if not requested."]
    first_invoice: Annotated[FirstInvoice | None, "First invoice; null without a start date."]
    credits: Annotated[Credits | None, "Prepaid credits; null without a balance."]
    due_now: Annotated[
        Figure | None,
        "First invoice and the larger of the credits and the one-time fees; null without a first "
        "invoice. A lower bound if one of these prices is unpublished.",
    ]
    notes: Notes
    document: Annotated[Customer | None, "Customer, number and validity; null if not given."]
    rate_card: RateCard
    inputs: Annotated[Inputs, "What was priced."]
    tool: Annotated[Tool, "Program that wrote the quote."]


class QuoteDocument(UnsignedQuote):
    """One plan priced for one order. It is complete: `aloware render` and `diff` read it again."""

    sha256: Annotated[
        Sha256,
        "SHA-256 hash of the other keys as ASCII JSON, sorted, without spaces: "
        "jq -Sacj 'del(.sha256)' FILE | sha256sum",
    ]


class ProposalGroup(TypedDict):
    """One plan group of a proposal."""

    name: Annotated[Text, "Name of the group."]
    plan: Plan
    quote: Annotated[QuoteDocument, "Quote of the group."]


class ProposalDocument(TypedDict):
    """Several plan groups in one quote; `aloware render` and `diff` read it again."""

    schema: Annotated[Literal["aloware.proposal/1"], SCHEMA]
    currency: Currency
    as_of: AsOf
    groups: Annotated[list[ProposalGroup], "Plan groups, in the order given."]
    totals: Annotated[Totals, "Totals of all groups."]
    at_least: AtLeast
    credits: Annotated[Credits | None, "One prepaid balance for all groups; null without one."]
    due_now: Annotated[
        Figure | None,
        "First invoices and the larger of the credits and the one-time fees; null unless each "
        "group has a first invoice from the same day. A lower bound if one of these prices is "
        "unpublished.",
    ]
    notes: Notes
    document: Annotated[Customer | None, "Customer, number and validity; null if not given."]
    tool: Annotated[Tool, "Program that wrote the proposal."]
    sha256: Annotated[
        Sha256,
        "SHA-256 hash of the other keys as ASCII JSON, sorted, without spaces: "
        "jq -Sacj 'del(.sha256)' FILE | sha256sum",
    ]
