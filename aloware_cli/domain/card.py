"""Rate cards: what each charge costs on a plan, and on whose word."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charge import Charge
from aloware_cli.domain.fingerprint import Fingerprint
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.source import Citation, Source, supplied_by_user

if TYPE_CHECKING:  # hardly a card has any
    from aloware_cli.domain.model import Model

Status: TypeAlias = Literal["billed", "included", "supplied", "unpublished"]


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
        return None if self.price is None else self.less_discount(self.price)

    def less_discount(self, amount: Decimal) -> Decimal:
        """Return `amount`, in USD, after the discount, exact."""
        return amount if self.discount is None else amount * (100 - self.discount) / 100


def published(price: Decimal, citation: Citation) -> Rate:
    """Return the rate that a page prints, in USD per unit."""
    return Rate("billed", price, citation)


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
    """What a carrier charges for a text, in USD: a fee passed on without markup."""

    key: str
    name: str
    country: str
    per_segment: Decimal
    per_mms: Decimal
    source: Source


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
    carriers: tuple[Carrier, ...]

    @property
    def plan(self) -> str:
        """The plan's name, as the vendor writes it."""
        return self.identity.plan

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every charge in order, one that is priced for each term once for each."""
        return tuple(
            Listed(charge, term if charge.per_term else None, self.rates[key, term])
            for key, charge in self.charges.items()
            for term in (TERMS if charge.per_term else TERMS[:1])
        )

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


class RateBook(NamedTuple):
    """The cards of all plans that are in force on one day."""

    cards: Mapping[str, RateCard]
    #: Plans that have cards, but none in force yet, with the first day that has one.
    not_yet: Mapping[str, str]
    #: What the cards name, by key.
    charges: Mapping[str, Charge]
    sources: Mapping[str, Source]
