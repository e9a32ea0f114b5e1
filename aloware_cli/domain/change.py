"""Changes: what differs between two sets of cards, and what that does to a quote."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.card import Rate
from aloware_cli.domain.periods import Amounts, Term
from aloware_cli.domain.quote import Quote


class Change(NamedTuple):
    """One price or state that differs."""

    plans: tuple[str, ...]
    #: The charge, or the carrier, that is priced.
    key: str
    label: str
    unit: str
    #: The term of a charge that is priced apart for each; None for the others.
    term: Term | None
    #: None where the old cards, or the new ones, do not list it.
    old: Rate | None
    new: Rate | None


class Effect(NamedTuple):
    """The same order on the old and on the new cards."""

    old: Quote
    new: Quote

    @property
    def is_known(self) -> bool:
        """Whether both quotes are whole, with no rate missing."""
        return not (self.old.at_least or self.new.at_least)

    @property
    def difference(self) -> Amounts | None:
        """How much more the new quote is in each period, in USD; None where it is not known."""
        if not self.is_known:
            return None
        pairs = zip(self.new.totals, self.old.totals, strict=True)
        return Amounts(*(new - old for new, old in pairs))

    @property
    def one_time_difference(self) -> Decimal | None:
        """How much more is paid once, in USD; None where that is not known."""
        return self.new.one_time_total - self.old.one_time_total if self.is_known else None


class CardChanges(NamedTuple):
    """Two sets of cards, held against each other."""

    changes: tuple[Change, ...]
    #: None where no quote was asked for.
    effect: Effect | None
