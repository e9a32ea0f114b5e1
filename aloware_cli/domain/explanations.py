"""Explanations: why a charge is billed or included, which sources disagree, which terms apply."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.charges import ContractTerm
from aloware_cli.domain.sources import Citation

if TYPE_CHECKING:
    from aloware_cli.domain.cards import RateCard
    from aloware_cli.domain.periods import Term
    from aloware_cli.domain.quotes import Line, Note


class Conflict(NamedTuple):
    """A statement of a page that contradicts the rate cards or the page itself."""

    charges: frozenset[str]
    #: The plans that the page names; empty for all.
    plans: frozenset[str]
    citation: Citation
    #: How it is read, and why.
    read_as: str
    #: The price (USD per unit) that the page prints for the charges; None if it prints none.
    price: Decimal | None = None


class Explanation(NamedTuple):
    """One charge on one plan, with all that is known of it."""

    plan: str
    term: "Term"
    currency: str
    line: "Line"
    conflicts: tuple[Conflict, ...]
    terms: tuple[ContractTerm, ...]
    notes: tuple["Note", ...]


class PlanExplanation(NamedTuple):
    """One plan: its prices, and the terms that apply."""

    card: "RateCard"
    terms: tuple[ContractTerm, ...]
