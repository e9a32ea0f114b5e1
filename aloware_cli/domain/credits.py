"""Credits: the prepaid balance that usage is drawn from."""

import datetime
from decimal import Decimal
from typing import Final, NamedTuple

#: No page says how usage is spread over a month: evenly over so many days, and quotes say so.
DAYS_OF_A_MONTH: Final = 30


class Credits(NamedTuple):
    """A prepaid balance and how long it lasts, in USD."""

    balance: Decimal
    #: What a month of usage draws from it; a lower bound where `at_most`.
    monthly_usage: Decimal
    #: What carrier fees draw in a month: the most that they can be or, so that `days` stay an
    #: upper bound, the least where `at_most`; 0.00 where they are not asked for.
    carrier_fees: Decimal
    #: Whether a usage rate is not published, so that the balance lasts `days` at the most.
    at_most: bool
    #: The first day on which something is drawn, `YYYY-MM-DD`; None where that was not given.
    start: str | None

    @property
    def to_load(self) -> Decimal:
        """What to load each month: what a month draws, in USD."""
        return self.monthly_usage + self.carrier_fees

    @property
    def days(self) -> int | None:
        """The whole days that it covers; None where nothing is drawn."""
        return int(self.balance * DAYS_OF_A_MONTH // self.to_load) if self.to_load else None

    @property
    def until(self) -> str | None:
        """The day on which it reaches zero, `YYYY-MM-DD`; None without a start or far beyond it."""
        if self.start is None or self.days is None:
            return None
        day = datetime.date.fromisoformat(self.start).toordinal() + self.days
        if day > datetime.date.max.toordinal():  # no calendar has it
            return None
        return datetime.date.fromordinal(day).isoformat()
