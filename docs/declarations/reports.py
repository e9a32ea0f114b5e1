"""Documents about one price, message or rate card, and about many quotes."""

from typing import Annotated, Literal, TypeAlias, TypedDict

from aloware_cli.domain.checks import Verdict
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import NoteKind
from declarations.parts import (
    SCHEMA,
    BillingTerm,
    ChargeCategory,
    ChargeKey,
    Currency,
    DaysDue,
    DaysInMonth,
    Label,
    Notes,
    Page,
    PeriodEnd,
    Plan,
    PriceStatus,
    Rate,
    RateCard,
    Source,
    Unit,
)
from declarations.quote import Coverage, ProratedLine, Traffic
from declarations.values import (
    Content,
    Count,
    Date,
    Figure,
    Keywords,
    Money,
    Price,
    Text,
    one_of,
)


class Conflict(TypedDict):
    """A page that contradicts the rate cards or itself."""

    plans: Annotated[list[Text], "Plans that the page names; empty for all."]
    price: Annotated[Price | None, "USD per unit that the page prints; null for no price."]
    source: Annotated[Source, "The page, and what it says."]
    read_as: Annotated[Text, "How it is read, and why."]


class ContractTerm(TypedDict):
    """A rule, other than a price, that changes what a customer pays."""

    key: Annotated[Text, "Key of the term."]
    kind: Annotated[NoteKind, "Kind of note that it is on a quote."]
    text: Annotated[Text, "The rule."]
    charges: Annotated[list[Text], "Charges that it concerns; empty for every quote."]
    plans: Annotated[list[Text], "Plans that it concerns; empty for all."]
    costs: Annotated[list[Text], "Charges that it causes."]
    option: Annotated[str, "Options that settle it; empty for none."]
    source: Annotated[Source, "The page, and what it says."]


class ExplanationDocument(TypedDict):
    """Where a price comes from, and why a charge is billed or included."""

    schema: Annotated[Literal["aloware.explanation/1"], SCHEMA]
    plan: Plan
    term: BillingTerm
    currency: Currency
    charge: ChargeKey
    label: Label
    category: ChargeCategory
    one_time: Annotated[bool, "Whether it is a one-time fee."]
    status: PriceStatus
    quantity: Annotated[Count, "Units that the calculation is for."]
    unit: Unit
    unit_price: Annotated[Price | None, "USD per unit; null if unpublished."]
    amount: Annotated[Money | None, "Amount for the quantity; null if unpublished."]
    calculation: Annotated[Text, "How the amount is calculated."]
    reason: Annotated[Text, "Why it is billed or included."]
    source: Annotated[Source, "Source of the price."]
    traffic: Annotated[Traffic | None, "Calls or texts that it counts; null for others."]
    rule: Annotated[Coverage | None, "Coverage rule that applies; null without traffic."]
    conflicts: Annotated[list[Conflict], "Pages that contradict the rate cards or themselves."]
    terms: Annotated[list[ContractTerm], "Contract terms that concern it."]
    notes: Notes


class ExplanationsDocument(TypedDict):
    """One charge on every plan."""

    schema: Annotated[Literal["aloware.explanations/1"], SCHEMA]
    explanations: Annotated[list[ExplanationDocument], "The charge on each plan."]


class ProrationDocument(TypedDict):
    """What agents or numbers added during a month cost."""

    schema: Annotated[Literal["aloware.proration/1"], SCHEMA]
    plan: Plan
    on: Annotated[Date, "Day they are added."]
    period_end: PeriodEnd
    days: DaysDue
    days_in_month: DaysInMonth
    lines: Annotated[list[ProratedLine], "Prorated charges."]
    due_now: Annotated[Money, "Due now: sum of the lines."]
    per_month: Annotated[Money, "Due each month after."]
    notes: Notes
    rate_card: RateCard


Encoding: TypeAlias = Annotated[str, one_of("GSM-7", "UCS-2"), "Encoding."]
Characters: TypeAlias = Annotated[Count, "Unicode characters."]
Units: TypeAlias = Annotated[Count, "Septets in GSM-7, UTF-16 units in UCS-2."]
Segments: TypeAlias = Annotated[Count, "Segments billed for each recipient."]


class Measures(TypedDict):
    """Encoding and size of a message."""

    encoding: Encoding
    characters: Characters
    units: Units
    segments: Segments


class Segment(TypedDict):
    """One segment of a message."""

    text: Annotated[Content, "Its text."]
    units: Annotated[Count, "Its size."]


class UnsupportedCharacter(TypedDict):
    """A character that GSM-7 does not have."""

    character: Annotated[Content, "The character."]
    code_point: Annotated[Text, "Unicode code point."]
    name: Annotated[Text | None, "Unicode name; null for none."]
    count: Annotated[Count, "Occurrences in the message."]
    replacement: Annotated[Content | None, "Equivalent in GSM-7; null for none."]


class Replaced(Measures):
    """The message with every replaceable character replaced."""

    text: Annotated[Content, "The text."]
    saved: Annotated[int, "Segments saved for each recipient; negative if it needs more."]
    amount: Annotated[Money | None, "Cost of sending it; null if not requested."]


class Limit(TypedDict):
    """The longest message that the vendor sends."""

    segments: Annotated[Count, "Most segments."]
    exceeded: Annotated[bool, "Whether the message has more."]
    source: Annotated[Page | None, "Source of the limit; null if the rate cards do not have it."]


class SendingCost(TypedDict):
    """What sending the message costs."""

    plan: Plan
    recipients: Annotated[Count, "Recipients."]
    charge: ChargeKey
    status: PriceStatus
    quantity: Annotated[Count, "Segments for all recipients."]
    unit: Unit
    unit_price: Annotated[Price | None, "USD per unit; null if there are several prices."]
    amount: Annotated[Money | None, "Amount."]
    calculation: Annotated[Text, "How the amount is calculated."]
    reason: Annotated[Text, "Why it is billed."]
    source: Annotated[Source, "Source of the price."]
    rate_card: RateCard


class SegmentsDocument(TypedDict):
    """Encoding, segments and cost of a text message."""

    schema: Annotated[Literal["aloware.segments/1"], SCHEMA]
    encoding: Encoding
    characters: Characters
    units: Units
    segments: Segments
    parts: Annotated[
        list[Segment], Keywords(minItems=1), "The segments; joined, they are the message."
    ]
    forced_by: Annotated[
        list[UnsupportedCharacter], "Characters that force UCS-2, once each; empty for GSM-7."
    ]
    replaced: Annotated[Replaced | None, "The message in GSM-7; null if that is not possible."]
    limit: Limit
    cost: Annotated[SendingCost | None, "What sending costs; null if not requested."]


class CardSummary(TypedDict):
    """A rate card, with the number of its prices."""

    plan: Plan
    since: Annotated[
        Date | None, "Day the rate card, or its newest overlay, comes into force; null for always."
    ]
    published: Annotated[Count, "Published prices."]
    negotiated: Annotated[Count, "Prices from a private source."]
    included: Annotated[Count, "Included charges."]
    unpublished: Annotated[Count, "Charges without a published price."]
    rate_card: RateCard


class CardsDocument(TypedDict):
    """Every rate card, in the order in which they come into force."""

    schema: Annotated[Literal["aloware.cards/1"], SCHEMA]
    cards: Annotated[list[CardSummary], "Rate cards."]


class ListedCharge(TypedDict):
    """A charge on a rate card."""

    charge: ChargeKey
    label: Label
    category: ChargeCategory
    one_time: Annotated[bool, "Whether it is a one-time fee."]
    unit: Unit
    term: Annotated[Term | None, "Billing term; null if all terms have one price."]


class ListedRate(ListedCharge, Rate):
    """A charge on a rate card, with its price."""


class CardDocument(TypedDict):
    """Every price of one plan's rate card."""

    schema: Annotated[Literal["aloware.card/1"], SCHEMA]
    plan: Plan
    currency: Currency
    prices: Annotated[list[ListedRate], "Every charge, once for each term that has its own price."]
    rate_card: RateCard


class Question(ListedCharge):
    """A price to ask the vendor for."""

    quantity: Annotated[Count, "Units that the order has."]
    question: Annotated[Text, "The question as a sentence."]


class QuestionsDocument(TypedDict):
    """The prices that an order needs and that are not published."""

    schema: Annotated[Literal["aloware.questions/1"], SCHEMA]
    plan: Plan
    term: BillingTerm
    currency: Currency
    questions: Annotated[list[Question], "Prices to ask for; empty if none is missing."]
    rate_card: RateCard


class PlanDocument(TypedDict):
    """The prices of a plan, and the contract terms that apply."""

    schema: Annotated[Literal["aloware.plan-explanation/1"], SCHEMA]
    plan: Plan
    currency: Currency
    prices: Annotated[list[ListedRate], "Every charge, once for each term that has its own price."]
    terms: Annotated[list[ContractTerm], "Contract terms that apply on the plan."]
    rate_card: RateCard


class Replay(TypedDict):
    """A worked example, priced with the rate cards."""

    name: Annotated[Text, "Name of the example."]
    plan: Annotated[Text | None, "Plan; null for an example that prices nothing."]
    verdict: Annotated[Verdict, "Result."]
    expected: Annotated[dict[str, Figure], "Published figures by their place in a quote."]
    computed: Annotated[dict[str, Figure | None], "The same figures, calculated; null for none."]
    source: Annotated[Source, "The page, and what it says."]
    file: Annotated[Text, "File of the example."]
    details: Annotated[list[Text], "Differences and reasons."]


class Uncovered(TypedDict):
    """A price that no example uses."""

    plans: Annotated[list[Text], "Plans."]
    charge: ChargeKey
    price: Annotated[Price | None, "USD per unit; null if a model gives it."]


class Stale(TypedDict):
    """A source whose figures were last known to apply too long ago."""

    key: Annotated[Text, "Key of the source."]
    read_on: Annotated[Date | None, "Day it was last read."]
    dated: Annotated[Text | None, "Date that the page states; null for none."]
    days: Annotated[Count, "Days since the earlier of the two."]


class Finding(TypedDict):
    """One cause of a failed check."""

    severity: Annotated[Literal["error", "warning", "notice"], "How bad it is."]
    code: Annotated[Text, "Error code."]
    file: Annotated[Text | None, "File; null for none of the user's files."]
    line: Annotated[Count | None, "Line, from 1."]
    column: Annotated[Count | None, "Column, from 1; null for the whole line."]
    message: Annotated[Text, "What is wrong."]
    details: Annotated[list[Text], "What it affects, such as the examples that a price breaks."]


class FindingsDocument(TypedDict):
    """What a check found."""

    schema: Annotated[Literal["aloware.findings/1"], SCHEMA]
    command: Annotated[Text, "Command that ran the check."]
    passed: Annotated[bool, "Whether no finding is an error."]
    summary: Annotated[str, "Result in one sentence; empty if nothing could be checked."]
    findings: Annotated[list[Finding], "What is wrong, one for each cause."]


class VerificationDocument(TypedDict):
    """Worked examples of the vendor, priced with the rate cards."""

    schema: Annotated[Literal["aloware.verification/1"], SCHEMA]
    examples: Annotated[list[Replay], "Every example that could be read."]
    passed: Annotated[Count, "Examples that match."]
    failed: Annotated[Count, "Examples that do not match or cannot be priced."]
    uncovered: Annotated[list[Uncovered], "Prices that no example uses."]
    stale: Annotated[list[Stale], "Sources that are too old; empty without --max-age."]
    findings: Annotated[list[Finding], "What is wrong, one for each cause."]


class BatchRow(TypedDict):
    """One line of `aloware batch --format jsonl`: the columns of the input, then the result."""

    status: Annotated[Literal["ok", "unpriced", "error"], "Result."]
    monthly: Annotated[Money | None, "Recurring charges per month; null if unknown."]
    quarterly: Annotated[Money | None, "Per quarter."]
    annual: Annotated[Money | None, "Per year."]
    one_time: Annotated[Money | None, "One-time fees, which are in no other amount."]
    error: Annotated[str | None, "What is wrong or missing; null for nothing."]


class BatchLine(TypedDict):
    """A line of `aloware batch --lines --format jsonl`: the input columns, then a line item."""

    status: Annotated[Literal["ok", "unpriced", "error"], "Result of the row."]
    charge: Annotated[Text | None, "Key of the charge; null without a line item."]
    quantity: Annotated[Count | None, "Units; null without a line item."]
    unit: Annotated[Text | None, "Unit of the charge; null without a line item."]
    unit_price: Annotated[Price | None, "Net price per unit; null if unpublished."]
    monthly: Annotated[Money | None, "Recurring charge per month; null if unknown."]
    quarterly: Annotated[Money | None, "Per quarter; null if unknown."]
    annual: Annotated[Money | None, "Per year; null if unknown."]
    one_time: Annotated[Money | None, "One-time fee; null for a recurring charge."]
    error: Annotated[str | None, "What is wrong or missing; null for nothing."]
