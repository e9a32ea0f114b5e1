"""Invoices: what is due at once when a subscription starts within a month."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.charge import Charge
from aloware_cli.domain.money import ZERO


class ProratedLine(NamedTuple):
    """One charge for the days that remain of a month, in USD."""

    charge: Charge
    unit_price: Decimal
    #: The unit price for those days, rounded to cents.
    prorated_unit: Decimal
    quantity: int
    amount: Decimal


class FirstInvoice(NamedTuple):
    """The invoice for the days from the start of a subscription to the end of that month."""

    #: The first and the last day it covers, `YYYY-MM-DD`.
    start: str
    period_end: str
    days: int
    days_in_month: int
    lines: tuple[ProratedLine, ...]
    #: The day of the first full invoice, `YYYY-MM-DD`, and its amount in USD.
    next_date: str
    next_amount: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of its lines, in USD."""
        return sum((line.amount for line in self.lines), ZERO)
