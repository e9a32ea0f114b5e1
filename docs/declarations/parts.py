"""Parts that documents share: sources, rate cards, rates and notes."""

from typing import Annotated, Final, Literal, TypeAlias, TypedDict

from aloware_cli.domain.cards import ModelName, Status
from aloware_cli.domain.charges import Category
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import Audience, NoteKind
from declarations.values import (
    Count,
    Date,
    Days,
    Keywords,
    Price,
    Sha256,
    Text,
    one_of,
)

SCHEMA: Final = "Name and version of this schema."
Plan: TypeAlias = Annotated[Text, "Plan."]
BillingTerm: TypeAlias = Annotated[Term, "Billing term."]
Currency: TypeAlias = Annotated[str, one_of("USD"), "Currency of every amount."]
AsOf: TypeAlias = Annotated[Date | None, "Date of the rate cards; null for the newest."]
AtLeast: TypeAlias = Annotated[
    bool, "Whether the totals are a lower bound, because a price is unpublished."
]
ChargeKey: TypeAlias = Annotated[Text, "Key of the charge."]
Label: TypeAlias = Annotated[Text, "Name of the charge."]
Unit: TypeAlias = Annotated[Text, "Unit of the charge."]
ChargeCategory: TypeAlias = Annotated[
    Category,
    "subscription: prepaid. usage: deducted from prepaid credits. custom: added by the user.",
]
PriceStatus: TypeAlias = Annotated[Status, "Where the price comes from."]
PeriodEnd: TypeAlias = Annotated[Date, "Last day of that month."]
DaysDue: TypeAlias = Annotated[Days, "Days from the first to the last, both included."]
DaysInMonth: TypeAlias = Annotated[Days, "Days in that month."]


class Note(TypedDict):
    """A sentence that a reader of the figures needs."""

    kind: Annotated[
        NoteKind,
        "exclusion: not in the totals. assumption: how they were calculated. caution: what may "
        "change them. source: how a source was read. term: a contract term that applies.",
    ]
    audience: Annotated[Audience, "internal: for the seller, not for the customer."]
    text: Annotated[Text, "The sentence."]
    option: Annotated[Text | None, "Options that settle it, for the seller; null for none."]


Notes: TypeAlias = Annotated[list[Note], "What a reader of the figures must know."]


class Page(TypedDict):
    """A source without its wording."""

    key: Annotated[Text, "Key of the source; `supplied` for a price that the user supplied."]
    title: Annotated[Text, "Title of the page."]
    url: Annotated[Text | None, "Address of the page; null for a source that is not a web page."]
    read_on: Annotated[Date | None, "Day the page was last read; null for a user's own price."]


class Source(Page):
    """Where a figure comes from, and what the source says."""

    dated: Annotated[Text | None, "Date that the page states for its figures; null for none."]
    copy: Annotated[
        Literal["stored"] | None, "stored: a stored copy of the page was read; null: the page."
    ]
    wording: Annotated[Text, "What the page says, or the option that supplied the price."]


class RateCard(TypedDict):
    """The rate card that a figure was priced from."""

    plan: Plan
    effective_from: Annotated[Date | None, "First day the rate card is in force; null for always."]
    oldest_read_on: Annotated[
        Date | None, "Oldest day on which a source of its prices was read; null for no source."
    ]
    sha256: Annotated[Sha256, "SHA-256 hash of the files of the rate card."]


class Tier(TypedDict):
    """A price, and the last unit that it applies to."""

    up_to: Annotated[Count | None, "Last unit at this price; null for the last tier."]
    price: Annotated[Price, "USD per unit or per block, or the flat price."]


class Model(TypedDict):
    """How a quantity is charged."""

    name: Annotated[ModelName, "Charge model."]
    block: Annotated[Count | None, "Units in a block of a package; null for other models."]
    tiers: Annotated[
        list[Tier],
        Keywords(minItems=1),
        "Prices in ascending order; a flat price and a package have one.",
    ]


class Rate(TypedDict):
    """The price of one charge on a rate card."""

    status: PriceStatus
    price: Annotated[Price | None, "USD per unit; null if unpublished or given by the model."]
    model: Annotated[Model | None, "How a quantity is charged; null for a price per unit."]
    allowance: Annotated[Count, "Units that each license includes."]
    source: Annotated[Source, "Source of the price."]
