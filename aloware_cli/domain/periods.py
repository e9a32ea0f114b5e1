"""Terms and billing periods: a month, its quarter and its year."""

from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

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
    """Return the periods of one month, a line's or a sum's: 3 and 12 times it.

    So every column adds up: three times a sum is the sum of three times each line.
    """
    return Amounts(month, 3 * month, 12 * month)
