"""Rate cards: what each charge costs on a plan, with its source."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charges import Charge, ContractTerm
from aloware_cli.domain.money import ZERO, format_display
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.sources import Citation, Source, supplied_by_user

#: What a charge costs for each unit has no model; it is how nearly everything is charged.
PER_UNIT: Final = "per unit"
ModelName: TypeAlias = Literal["flat", "package", "graduated", "volume"]
MODELS: Final[tuple[ModelName, ...]] = ("flat", "package", "graduated", "volume")


class Tier(NamedTuple):
    """A price, and how far it holds."""

    #: The last unit at this price; None for the last tier, which has no end.
    up_to: int | None
    #: USD per unit.
    price: Decimal


class Model(NamedTuple):
    """How a quantity is charged.

    `flat`: one price, however many. `package`: whole blocks, the last one rounded up.
    `graduated`: each slice at its own price. `volume`: all at the price of the tier
    that the quantity reaches.
    """

    name: ModelName
    #: In rising order; a flat price and a package have one without an end.
    tiers: tuple[Tier, ...]
    #: The units in a block of a package.
    block: int = 1

    def __str__(self) -> str:
        """Write it for people: `graduated, 0.015 to 10,000, then 0.012`."""
        first = format_display(self.tiers[0].price)
        if self.name == "flat":
            return f"{first} flat"
        if self.name == "package":
            return f"{first} for {self.block:,}"
        return f"{self.name}, {', then '.join(map(_in_words, self.tiers))}"


def _in_words(tier: Tier) -> str:
    return format_display(tier.price) + ("" if tier.up_to is None else f" to {tier.up_to:,}")


class Fingerprint:
    """The SHA-256 hash of the files of a rate card, calculated when it is first needed."""

    def __init__(self, content: bytes = b"", *, sha256: str = "") -> None:
        """Take the content of the files, or the hash of a saved quote."""
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
    #: USD per unit, before any discount; None where no page publishes it, or a model has it.
    price: Decimal | None
    citation: Citation
    #: Percent off that price, where a discount is given.
    discount: Decimal | None = None
    #: How a quantity is charged, where that is not the price for each unit.
    model: "Model | None" = None
    #: The units that each license includes; those of all licenses are one pool.
    allowance: int = 0

    @property
    def is_simple(self) -> bool:
        """Whether a quantity costs that many times the price, whatever else is on the bill."""
        return self.model is None and not self.allowance

    @property
    def net(self) -> Decimal | None:
        """USD per unit after the discount, exact; None where there is no price for each unit."""
        return None if self.price is None else self.apply_discount(self.price)

    def apply_discount(self, amount: Decimal) -> Decimal:
        """Return `amount`, in USD, after the discount, exact."""
        return amount if self.discount is None else amount * (100 - self.discount) / 100


def priced(price: Decimal | None, citation: Citation, model: "Model | None" = None) -> Rate:
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


def supplied(price: Decimal, flag: str) -> Rate:
    """Return a rate that the user supplied with `flag`, in USD per unit."""
    return Rate("supplied", price, supplied_by_user(flag))


class Carrier(NamedTuple):
    """What a carrier charges for a text, in USD: a pass-through fee."""

    key: str
    name: str
    country: str
    per_segment: Decimal
    per_mms: Decimal
    citation: Citation
    #: Whether its page says that inbound texts are charged too. Others state no inbound fee.
    charges_inbound: bool = False


class FeeBand(NamedTuple):
    """The range of carrier fees that the vendor states, in USD per segment."""

    low: Decimal
    high: Decimal
    citation: Citation


class Carriers(NamedTuple):
    """The carriers, and what the vendor says of all of them."""

    listed: tuple[Carrier, ...]
    #: None if no page states a range: then the lowest and the highest fee are one.
    band: FeeBand | None = None


class CardIdentity(NamedTuple):
    """Which card a quote was priced from, so that the same one can be found again."""

    plan: str
    #: The first day it holds, `YYYY-MM-DD`; None for always.
    effective_from: str | None
    #: The oldest day on which a page behind its prices was read.
    oldest_read_on: str | None
    #: That of the files it was read from, one after another.
    fingerprint: Fingerprint

    @property
    def sha256(self) -> str:
        """The hash of those files: what `cat FILES | sha256sum` prints."""
        return self.fingerprint.sha256


class Listed(NamedTuple):
    """A charge on a card, with its rate."""

    charge: Charge
    #: The term of a charge that is priced apart for each; None for the others.
    term: Term | None
    rate: Rate


class RateCard(NamedTuple):
    """The prices of one plan, in USD per unit, with all that is needed to quote from them."""

    identity: CardIdentity
    currency: str
    #: Every charge, in the order in which a quote lists them.
    charges: Mapping[str, Charge]
    #: The rate of every charge on every term.
    rates: Mapping[tuple[str, Term], Rate]
    carriers: Carriers
    #: Rules other than prices that change what a customer pays.
    terms: tuple[ContractTerm, ...] = ()
    #: The last day on which all its prices apply, `YYYY-MM-DD`; None if no end is known.
    effective_to: str | None = None

    @property
    def plan(self) -> str:
        """The plan's name, as the vendor writes it."""
        return self.identity.plan

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every charge in order, once per term if its price depends on the term."""
        return tuple(self._listed())

    def _listed(self) -> Iterator[Listed]:
        for key, charge in self.charges.items():
            rates = {term: self.rates[key, term] for term in TERMS}
            if charge.per_term or len({*rates.values()}) > 1:
                yield from (Listed(charge, term, rate) for term, rate in rates.items())
            else:
                yield Listed(charge, None, rates["monthly"])

    def how_many(self, status: Status) -> int:
        """Return how many of the listed charges are `status`."""
        return sum(listed.rate.status == status for listed in self.listed)

    def included_instead_of(self, charge: Charge) -> Iterator[Charge]:
        """Yield the charges that count the same outbound texts or calls, but are included."""
        wanted = charge.traffic
        for other in self.charges.values():
            traffic = other.traffic
            if (
                wanted
                and traffic
                and (traffic.medium, traffic.direction) == (wanted.medium, "outbound")
                and self.rates[other.key, "monthly"].status == "included"
            ):
                yield other


class DatedCard(NamedTuple):
    """A card, and the day on which it comes into force."""

    #: `YYYY-MM-DD`; None for a card that holds always.
    since: str | None
    card: RateCard


class Catalog(NamedTuple):
    """The cards of all plans that are in force on one day."""

    cards: Mapping[str, RateCard]
    #: Plans without a card in force, with the day that has one: the first later, else the last.
    not_in_force: Mapping[str, str]
    #: What the cards name, by key.
    charges: Mapping[str, Charge]
    sources: Mapping[str, Source]
