"""Rate cards: what each charge costs on a plan, with its source."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charges import Charge, ContractTerm
from aloware_cli.domain.money import ZERO, format_display
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.problems import Location
from aloware_cli.domain.sources import Citation, Source

#: How nearly everything is charged; a rate that is charged in this way has no model.
PER_UNIT: Final = "per unit"
ModelName: TypeAlias = Literal["flat", "package", "graduated", "volume"]
MODELS: Final[tuple[ModelName, ...]] = ("flat", "package", "graduated", "volume")


class Tier(NamedTuple):
    """A price and the last unit at this price; None for the last tier, which has no end."""

    up_to: int | None
    price: Decimal  #: USD per unit


class Model(NamedTuple):
    """How a quantity is charged.

    `flat`: one price, however many. `package`: whole blocks, the last one rounded up.
    `graduated`: each slice at its own price. `volume`: all at the price of the tier
    that the quantity reaches.
    """

    name: ModelName
    tiers: tuple[Tier, ...]  #: In rising order; a flat price and a package have one without an end
    block: int = 1  #: The units in a block of a package

    def __str__(self) -> str:
        """Write it for people: `graduated, 0.015 to 10,000, then 0.012`."""
        prices = [
            format_display(tier.price) + (f" to {tier.up_to:,}" if tier.up_to is not None else "")
            for tier in self.tiers
        ]
        if self.name == "flat":
            return f"{prices[0]} flat"
        if self.name == "package":
            return f"{prices[0]} for {self.block:,}"
        return f"{self.name}, {', then '.join(prices)}"


class Fingerprint:
    """The SHA-256 hash of the files of a rate card, calculated when it is first needed."""

    def __init__(self, content: bytes = b"", *, sha256: str = "") -> None:
        """Store the content of the files, or the hash of a saved quote."""
        self._content = content
        self._sha256 = sha256

    @property
    def sha256(self) -> str:
        """The hash, in hexadecimal."""
        self._sha256 = self._sha256 or sha256_of(self._content)
        return self._sha256

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __repr__(self) -> str:
        return f"Fingerprint(sha256={self.sha256!r})"


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 hash of `content`, in hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


#: `published`: a vendor page prints the price. `negotiated`: a private document has it.
Status: TypeAlias = Literal["published", "negotiated", "included", "supplied", "unpublished"]
#: The states of a price on a rate card.
PRICED: Final[tuple[Status, ...]] = ("published", "negotiated")


class Rate(NamedTuple):
    """What a charge costs."""

    status: Status
    #: USD per unit, before any discount; None if it is unpublished, or if a model has the prices.
    price: Decimal | None
    citation: Citation
    discount: Decimal | None = None  #: Percent off that price; None without a discount
    model: Model | None = None  #: How a quantity is charged, if not at one price per unit
    allowance: int = 0  #: The units that each license includes; those of all licenses are one pool

    @property
    def is_simple(self) -> bool:
        """Whether a quantity costs that many times the price, in every order."""
        return self.model is None and not self.allowance

    @property
    def net(self) -> Decimal | None:
        """USD per unit after the discount, exact; None without one price per unit."""
        return None if self.price is None else self.apply_discount(self.price)

    def apply_discount(self, amount: Decimal) -> Decimal:
        """Return `amount`, in USD, after the discount, exact."""
        return amount if self.discount is None else amount * (100 - self.discount) / 100


def priced(price: Decimal | None, citation: Citation, model: Model | None = None) -> Rate:
    """Return the rate of a price (USD per unit), or of a model that has the prices.

    It is published if its source is a page, and negotiated if it is a private document.
    """
    status: Status = "negotiated" if citation.source.is_private else "published"
    return Rate(status, price, citation, model=model)


def included(citation: Citation) -> Rate:
    """Return the rate of what a coverage rule includes: free, not unknown."""
    return Rate("included", ZERO, citation)


def unpublished(citation: Citation) -> Rate:
    """Return the rate of what a page names and no page prices: unknown, never zero."""
    return Rate("unpublished", None, citation)


def supplied(
    price: Decimal, wording: str, title: str = "Supplied on the command line", allowance: int = 0
) -> Rate:
    """Return a rate that the user supplied, in USD per unit; `wording` is what the user wrote."""
    citation = Citation(Source("supplied", title, None, None), wording)
    return Rate("supplied", price, citation, allowance=allowance)


class Carrier(NamedTuple):
    """What a carrier charges for a text, in USD: a pass-through fee."""

    key: str
    name: str
    country: str
    per_segment: Decimal
    per_mms: Decimal
    citation: Citation
    #: Whether its page states that inbound texts are charged too. Others state no inbound fee.
    charges_inbound: bool = False


class FeeBand(NamedTuple):
    """The range of carrier fees that the vendor states, in USD per segment."""

    low: Decimal
    high: Decimal
    citation: Citation


class Carriers(NamedTuple):
    """The carriers, and the range that the vendor states for all of them, if it does."""

    listed: tuple[Carrier, ...]
    band: FeeBand | None = None


class CardIdentity(NamedTuple):
    """The rate card that a quote was priced from."""

    plan: str
    effective_from: str | None  #: The first day on which it applies, `YYYY-MM-DD`; None for always
    oldest_read_on: str | None  #: The oldest day on which a page behind its prices was read
    fingerprint: Fingerprint  #: Of the files it was read from, in order

    @property
    def sha256(self) -> str:
        """The hash of those files: what `cat FILES | sha256sum` prints."""
        return self.fingerprint.sha256


class ListedRate(NamedTuple):
    """A charge on a card, with its rate; for one priced per term, the rate on that term."""

    charge: Charge
    term: Term | None
    rate: Rate


class RateCard(NamedTuple):
    """The prices of one plan, in USD per unit."""

    identity: CardIdentity
    currency: str
    charges: Mapping[str, Charge]  #: Every charge, in the order in which a quote lists them
    rates: Mapping[tuple[str, Term], Rate]  #: The rate of every charge on every term
    carriers: Carriers
    #: Rules other than prices that change what a customer pays.
    terms: tuple[ContractTerm, ...] = ()
    #: The last day on which all its prices apply, `YYYY-MM-DD`; None if no end is known.
    effective_to: str | None = None
    #: Where the user's own files give a price; a bundled price has no location.
    locations: Mapping[tuple[str, Term], Location] = MappingProxyType({})

    @property
    def plan(self) -> str:
        """The plan's name, as the vendor writes it."""
        return self.identity.plan

    @property
    def listed(self) -> tuple[ListedRate, ...]:
        """Every charge in order, once per term if its price depends on the term."""
        listed: list[ListedRate] = []
        for key, charge in self.charges.items():
            rates = {term: self.rates[key, term] for term in TERMS}
            if charge.per_term or len({*rates.values()}) > 1:
                listed += [ListedRate(charge, term, rate) for term, rate in rates.items()]
            else:
                listed.append(ListedRate(charge, None, rates["monthly"]))
        return tuple(listed)

    def how_many(self, status: Status) -> int:
        """Return how many of the listed charges are `status`."""
        return sum(listed.rate.status == status for listed in self.listed)

    def included_instead_of(self, charge: Charge) -> Iterator[Charge]:
        """Yield the charges that count the same outbound texts or calls, but are included."""
        medium = charge.traffic and charge.traffic.medium
        for other in self.charges.values():
            traffic = other.traffic
            if (
                traffic
                and (traffic.medium, traffic.direction) == (medium, "outbound")
                and self.rates[other.key, "monthly"].status == "included"
            ):
                yield other


class DatedCard(NamedTuple):
    """A card and the day on which it comes into force, `YYYY-MM-DD`; None for always."""

    since: str | None
    card: RateCard


class Catalog(NamedTuple):
    """The cards of all plans that are in force on one day, or the newest ones."""

    cards: Mapping[str, RateCard]
    #: Plans without a card in force, with the day that has one: the first later, else the last.
    not_in_force: Mapping[str, str]
    charges: Mapping[str, Charge]  #: What the cards name, by key
    sources: Mapping[str, Source]
    as_of: str | None = None  #: The day; None for the newest cards.
