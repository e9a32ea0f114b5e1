"""Invoices: what is due at once when a subscription starts within a month."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.charge import Charge
from aloware_cli.domain.money import ZERO, round_to_cents


class ProratedLine(NamedTuple):
    """One charge for the days that remain of a month, in USD."""

    charge: Charge
    #: For a whole month, after any discount.
    unit_price: Decimal
    quantity: int
    days: int
    days_in_month: int

    @property
    def prorated_unit(self) -> Decimal:
        """The unit price for those days, rounded to cents before it is multiplied.

        The daily rate itself is not rounded (source: invoices).
        """
        return round_to_cents(self.unit_price * self.days / self.days_in_month)

    @property
    def amount(self) -> Decimal:
        """USD for all units."""
        return self.quantity * self.prorated_unit


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
