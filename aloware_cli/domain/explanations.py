"""Explanations: why a charge is billed or included, and which sources disagree."""

from typing import NamedTuple

from aloware_cli.domain.periods import Term
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.sources import Citation


class Conflict(NamedTuple):
    """What a page prints against the cards, or against itself."""

    charges: frozenset[str]
    #: The plans it concerns; empty for all.
    plans: frozenset[str]
    citation: Citation
    #: How it is read, and why.
    read_as: str

    def concerns(self, plan: str, charge: str) -> bool:
        """Tell whether it is about `charge` on `plan`."""
        return charge in self.charges and (not self.plans or plan in self.plans)


class Explanation(NamedTuple):
    """One charge on one plan, with all that is known of it."""

    plan: str
    term: Term
    currency: str
    line: Line
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
