"""Terms and billing periods: a month, its quarter and its year."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.money import ZERO

Period: TypeAlias = Literal["monthly", "quarterly", "annual"]
Term: TypeAlias = Period

PERIODS: Final[tuple[Period, ...]] = ("monthly", "quarterly", "annual")
TERMS: Final[tuple[Term, ...]] = PERIODS


class Amounts(NamedTuple):
    """What something costs in each billing period, in USD."""

    monthly: Decimal
    quarterly: Decimal
    annual: Decimal


def amounts_of(month: Decimal) -> Amounts:
    """Return the periods of one rounded month: 3 and 12 times it, so that columns add up."""
    return Amounts(month, 3 * month, 12 * month)


def add_up(parts: Iterable[Amounts]) -> Amounts:
    """Return the sum of `parts` in each period; nothing adds up to 0.00."""
    columns = tuple(zip(*parts, strict=True)) or ((), (), ())
    monthly, quarterly, annual = (sum(column, ZERO) for column in columns)
    return Amounts(monthly, quarterly, annual)
