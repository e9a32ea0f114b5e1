"""Files that the tool reads: rate cards, worked examples, conflicts and scenarios.

Editors check YAML with the schemas that `python docs/schemas.py` generates from these types.
"""

from typing import Annotated, Any, Literal, NotRequired, TypeAlias, TypedDict

from aloware_cli.domain.cards import PER_UNIT
from aloware_cli.domain.charges import DIRECTIONS, INITIATORS, LINES, Decision
from declarations.quote import Traffic
from declarations.scenarios import example_scenario, scenario
from declarations.texts import Amount, Line, Units, Usd
from declarations.values import Date, Keys, Keywords, one_of

SourceKey: TypeAlias = Annotated[Line, "Key of the source in sources.yaml, or of an own source."]
Wording: TypeAlias = Annotated[
    Line, 'What the page says, word for word; a summary begins with "In our words:".'
]
PriceWording: TypeAlias = Annotated[
    Line, "Words that state the price, such as $70, 70.00, 1.5¢ or free."
]


class Source(TypedDict):
    """A page, or another document, that figures come from."""

    title: Annotated[Line, "Title of the page."]
    url: NotRequired[Annotated[Line, "Address; omit it for a document such as a price sheet."]]
    read_on: Annotated[Date, "Day the page was last read and had these figures."]
    dated: NotRequired[
        Annotated[Line, "Year, month or date that the page states: 2022, October 2024, 2024-10-01."]
    ]
    copy: NotRequired[
        Annotated[Literal["stored"], "stored: a stored copy was read, not the live page."]
    ]


OwnSources: TypeAlias = Annotated[
    dict[str, Source], "Sources of this file alone, by a key that sources.yaml does not have."
]


class Sources(TypedDict):
    """Every source of the rate cards, once."""

    sources: Annotated[dict[str, Source], "Sources by the key that the rate cards use."]


class Carrier(TypedDict):
    """A carrier and its fees."""

    name: Annotated[Line, "Name of the carrier."]
    country: Annotated[Literal["US", "CA"], "Country: US, or CA for Canada."]
    sms: Annotated[Usd, "Fee per segment of a text message, in USD."]
    mms: Annotated[Usd, "Fee per message with a picture, in USD."]
    inbound: NotRequired[
        Annotated[Literal["charged"], "charged: inbound texts have the fee too; omit it otherwise."]
    ]
    source: SourceKey
    wording: PriceWording


class FeeBand(TypedDict):
    """The range of carrier fees that a page states."""

    low: Annotated[Usd, "Lowest fee per segment."]
    high: Annotated[Usd, "Highest fee per segment."]
    source: SourceKey
    wording: PriceWording


class Carriers(TypedDict):
    """Carrier fees for texts, passed through without markup."""

    band: NotRequired[FeeBand]
    carriers: Annotated[dict[str, Carrier], "Carriers by key."]


class AnyCharge(TypedDict):
    """What every charge has."""

    label: Annotated[Line, "Name on a quote."]
    unit: Annotated[Line, "Unit: agent, number, minute."]
    units: NotRequired[Annotated[Line, "Plural of the unit (default: unit and s)."]]
    category: Annotated[
        Literal["subscription", "usage"],
        "subscription: prepaid. usage: deducted from prepaid credits.",
    ]
    one_time: NotRequired[Annotated[bool, "Whether it is a one-time fee."]]
    per_term: NotRequired[Annotated[bool, "Whether each billing term has its own price."]]
    pass_through: NotRequired[Annotated[bool, "Whether it is a pass-through fee."]]
    remark: NotRequired[Annotated[Line, "Sentence added to the reason."]]
    caution: NotRequired[Annotated[Line, "What a reader of the quote must know."]]


class TrafficCharge(AnyCharge):
    """A charge for calls or texts; its coverage rule gives reason, source and wording."""

    traffic: Annotated[Traffic, "Calls or texts that it counts."]


class OtherCharge(AnyCharge):
    """A charge that counts no calls or texts."""

    reason: Annotated[Line, "Why it is billed, in a sentence."]
    source: SourceKey
    wording: Wording


class CoverageRule(TypedDict):
    """A coverage rule."""

    initiator: Annotated[
        list[Annotated[str, one_of(*INITIATORS)]], Keywords(minItems=1), "Who starts them."
    ]
    direction: Annotated[
        list[Annotated[str, one_of(*DIRECTIONS)]], Keywords(minItems=1), "Directions."
    ]
    line: Annotated[
        list[Annotated[str, one_of(*LINES)]], Keywords(minItems=1), "Kinds of phone line."
    ]
    decides: Annotated[Decision, "included: the license covers them. charged: they cost extra."]
    reason: Annotated[Line, "Why, in a sentence for the quote."]
    source: SourceKey
    wording: Wording


class Charges(TypedDict):
    """What each charge is, and which calls and texts a license covers."""

    charges: Annotated[
        dict[str, TrafficCharge | OtherCharge], "Charges by key, in the order of a quote."
    ]
    coverage: Annotated[
        dict[str, CoverageRule],
        "Coverage rules by key: exactly one for each initiator, direction and line.",
    ]


class Cited(TypedDict):
    """A price with its source; negotiated if the source has no address."""

    source: SourceKey
    wording: PriceWording


Allowance: TypeAlias = Annotated[Units, "Units that each license includes, pooled."]


class UnitPrice(Cited):
    """A price per unit."""

    model: NotRequired[Annotated[str, one_of(PER_UNIT), "Charge model: a price per unit."]]
    price: Annotated[Usd, "USD per unit; of a recurring charge, per month."]
    allowance: NotRequired[Allowance]


class FlatPrice(Cited):
    """One price for any quantity."""

    model: Annotated[Literal["flat"], "Charge model: one price for any quantity."]
    price: Annotated[Usd, "USD for any quantity."]


class PackagePrice(Cited):
    """A price per block of units."""

    model: Annotated[Literal["package"], "Charge model: whole blocks, the last one rounded up."]
    price: Annotated[Usd, "USD per block."]
    block: Annotated[Units, "Units in a block."]
    allowance: NotRequired[Allowance]


class Tier(TypedDict):
    """A price, and the last unit that it applies to."""

    up_to: NotRequired[Annotated[Units, "Last unit at this price; omit it in the last tier."]]
    price: Annotated[Usd, "USD per unit."]


class TieredPrice(Cited):
    """Prices that depend on the quantity."""

    model: Annotated[
        Literal["graduated", "volume"],
        "Charge model: each slice at its own price, or all units at the price of the tier reached.",
    ]
    tiers: Annotated[list[Tier], Keywords(minItems=2), "Prices in ascending order."]
    allowance: NotRequired[Allowance]


Published: TypeAlias = UnitPrice | FlatPrice | PackagePrice | TieredPrice
Rate: TypeAlias = Annotated[
    Published | Literal["included", "unpublished"],
    "A published price; included: a coverage rule makes it free; unpublished: no page has a price.",
]
TermRate: TypeAlias = Annotated[
    Published | Literal["unpublished"], "A published price; unpublished: no page has a price."
]


class TermRates(TypedDict, total=False):
    """USD per unit and month on each billing term."""

    monthly: TermRate
    quarterly: TermRate
    annual: TermRate


class SharedPrices(TypedDict):
    """Prices that all plans share."""

    prices: Annotated[dict[str, Rate], "Prices by charge."]


class AnyCard(TypedDict):
    """What rate cards and overlays have."""

    plan: Annotated[Line, "Plan, as the vendor writes it: iPro, uPro or xPro."]
    effective_from: NotRequired[Annotated[Date, "First day in force; omit it for always."]]
    known_from: NotRequired[
        Annotated[Date, "First day known to be in force, if its first day is not known."]
    ]
    effective_to: NotRequired[Annotated[Date, "Last day in force; omit it for no end."]]
    sources: NotRequired[OwnSources]
    prices: Annotated[
        dict[str, Rate | TermRates],
        Keys(Keywords(license=TermRates)),
        "Prices by charge. A rate card has every charge that a2p.yaml does not price; an overlay "
        "only those that differ.",
    ]


class PlanCard(AnyCard):
    """The rate card of one plan."""

    currency: Annotated[Literal["USD"], "Currency of every price."]


class Overlay(AnyCard):
    """A rate card with only the prices that differ from the base card."""

    currency: NotRequired[Annotated[Literal["USD"], "Currency of every price."]]


class Conflict(TypedDict):
    """A statement of a page that contradicts the rate cards or the page itself."""

    charges: Annotated[list[Line], Keywords(minItems=1), "Charges that it concerns."]
    plans: NotRequired[Annotated[list[Line], Keywords(minItems=1), "Plans that it concerns."]]
    sources: NotRequired[OwnSources]
    source: SourceKey
    wording: Wording
    price: NotRequired[Annotated[Usd, "USD per unit that the page prints for the charges."]]
    read_as: Annotated[Line, "How it is read, and why."]


class ContractTerm(TypedDict):
    """A rule, other than a price, that changes what a customer pays."""

    kind: NotRequired[
        Annotated[
            Literal["term", "exclusion", "assumption", "caution"],
            "Kind of note on a quote (default: term, which the table shows only with --explain).",
        ]
    ]
    text: Annotated[Line, "The rule."]
    charges: NotRequired[Annotated[list[Line], "Charges that it concerns (default: every quote)."]]
    plans: NotRequired[Annotated[list[Line], "Plans that it concerns (default: all)."]]
    unless: NotRequired[Annotated[list[Line], "Charges that settle it."]]
    costs: NotRequired[Annotated[list[Line], "Charges that it causes, whose prices are added."]]
    option: NotRequired[Annotated[Line, "Options that settle it."]]
    internal: NotRequired[
        Annotated[bool, "Whether documents for customers leave it out (default: false)."]
    ]
    source: SourceKey
    wording: Wording


class Terms(TypedDict):
    """Rules, other than prices, that change what a customer pays."""

    terms: Annotated[dict[str, ContractTerm], "Terms by key."]


class LineFigures(TypedDict, total=False):
    """Published figures of one charge."""

    unit_price: Annotated[Amount, "Per unit."]
    monthly: Annotated[Amount, "Per month."]
    quarterly: Annotated[Amount, "Per quarter."]
    annual: Annotated[Amount, "Per year."]
    amount: Annotated[Amount, "Paid once."]


class TotalFigures(TypedDict, total=False):
    """Published totals."""

    monthly: Annotated[Amount, "Per month."]
    quarterly: Annotated[Amount, "Per quarter."]
    annual: Annotated[Amount, "Per year."]
    one_time: Annotated[Amount, "Paid once."]


class InvoiceFigures(TypedDict, total=False):
    """Published figures of one charge on the first invoice."""

    unit_price: Annotated[Amount, "Per unit and full month."]
    prorated_unit: Annotated[Amount, "Per unit for the remaining days."]
    amount: Annotated[Amount, "For all units."]


class NextInvoice(TypedDict, total=False):
    """Published figures of the next invoice."""

    amount: Annotated[Amount, "Invoice amount."]


class FirstInvoice(TypedDict, total=False):
    """Published figures of the first invoice."""

    lines: Annotated[dict[str, InvoiceFigures], "Figures by charge."]
    total: Annotated[Amount, "Sum of the lines."]
    next_invoice: NextInvoice


class Figures(TypedDict, total=False):
    """Every figure that the page prints."""

    lines: Annotated[dict[str, LineFigures], "Figures by charge."]
    totals: TotalFigures
    first_invoice: FirstInvoice


class Contradiction(TypedDict):
    """Where the page contradicts itself."""

    says: Annotated[Line, "What the page says."]
    read_as: Annotated[Line, "How it is read, and why."]


class AnyExample(TypedDict):
    """What every worked example has."""

    example: Annotated[Line, "Name of the example."]
    sources: NotRequired[OwnSources]
    source: SourceKey
    wording: Wording
    remark: NotRequired[Annotated[Line, "How the example is read."]]
    contradiction: NotRequired[Contradiction]


class WorkedExample(AnyExample):
    """A worked example with figures."""

    scenario: Annotated[Any, example_scenario(), "What is priced."]
    published: Annotated[Figures, Keywords(minProperties=1), "Every figure that the page prints."]


class ApproximateExample(AnyExample):
    """An example that the page only approximates: nothing is priced."""

    approximate: Annotated[Line, "Why it is not checked."]


class Repeated(TypedDict):
    """A text, and how often it is repeated."""

    text: Annotated[Line, "The text."]
    times: NotRequired[Annotated[Units, "How often (default: once)."]]


class SegmentFigures(TypedDict):
    """Published figures of a message."""

    segments: Annotated[Units, "Segments."]
    parts: NotRequired[Annotated[list[Units], Keywords(minItems=1), "Characters in each segment."]]


class MessageExample(AnyExample):
    """A worked example of a message."""

    message: Annotated[list[Repeated], Keywords(minItems=1), "The message, text by text."]
    published: SegmentFigures


Example: Any = Annotated[
    WorkedExample | MessageExample | ApproximateExample,
    "A worked example of a page, and every figure it prints.",
]
Scenario: Any = Annotated[Any, scenario()]
