"""Terms, billing periods and dates."""

import datetime
import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.problems import InvalidValue

Period: TypeAlias = Literal["monthly", "quarterly", "annual"]
Term: TypeAlias = Period

PERIODS: Final[tuple[Period, ...]] = ("monthly", "quarterly", "annual")
TERMS: Final[tuple[Term, ...]] = PERIODS
#: Bounds that catch slips of the finger: no rate card and no subscription is outside.
FIRST_YEAR, LAST_YEAR = 2000, 2999
#: The longest call, in seconds.
MAX_DURATION: Final = 24 * 60 * 60


class Amounts(NamedTuple):
    """What something costs in each billing period, in USD."""

    monthly: Decimal
    quarterly: Decimal
    annual: Decimal


def amounts_of(month: Decimal) -> Amounts:
    """Return the monthly, quarterly and annual amounts for a month's amount (USD).

    Quarter and year are 3 and 12 times the rounded month, so every column adds up to its total.
    """
    return Amounts(month, 3 * month, 12 * month)


def is_date(text: str) -> bool:
    """Return whether `text` is a calendar date, `YYYY-MM-DD`."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def read_date(text: str) -> str:
    """Parse a calendar date from 2000 to 2999, `YYYY-MM-DD`; raises InvalidValue."""
    if not is_date(text):
        shape = text.replace("-", "")
        is_written_so = len(text) == len("YYYY-MM-DD") and len(shape) == len("YYYYMMDD")
        message = "not a calendar date" if is_written_so and shape.isdigit() else "not a date"
        raise InvalidValue("E-DATE", message, "use YYYY-MM-DD, for example 2026-12-23")
    if not str(FIRST_YEAR) <= text[:4] <= str(LAST_YEAR):
        hint = f"use a date from {FIRST_YEAR} to {LAST_YEAR}"
        raise InvalidValue("E-DATE", "out of range", hint)
    return text


def add_days(day: str, days: int) -> str:
    """Return the date `days` after `day`, both `YYYY-MM-DD`."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def end_of_month(day: str) -> str:
    """Return the last day of the month of `day`, both `YYYY-MM-DD`."""
    in_next_month = add_days(f"{day[:-2]}01", 31)
    return add_days(f"{in_next_month[:-2]}01", -1)


def read_date_or_today(text: str) -> str:
    """Parse a date, or the word `today`: the date of the user's clock. Raises InvalidValue."""
    if text == "today":
        return today()
    return read_date(text)


def read_duration(text: str) -> int:
    """Parse a length of time as seconds: `45s`, `2m30s`, `3m`, `45`. Raises InvalidValue."""
    form = re.fullmatch(r"(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s?)?", text, re.ASCII)
    seconds = 60 * int(form[1] or 0) + int(form[2] or 0) if form else 0
    if not seconds:
        raise InvalidValue("E-DURATION", "not a length of time", "use one such as 45s or 2m30s")
    if seconds > MAX_DURATION:
        raise InvalidValue("E-DURATION", "the maximum is 24 hours", "use one such as 45s or 2m30s")
    return seconds


def today() -> str:
    """Return the date of the user's clock, `YYYY-MM-DD`."""
    return datetime.date.today().isoformat()  # noqa: DTZ011  the user's own day


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def format_date(day: str) -> str:
    """Write `YYYY-MM-DD` for people: `January 1, 2027`."""
    year, month, number = day.split("-")
    return f"{MONTHS[int(month) - 1]} {int(number)}, {year}"


def format_days(first: str, last: str) -> str:
    """Write two days of one month as a range: `December 23 to 31`."""
    _, month, start = first.split("-")
    days = f"{MONTHS[int(month) - 1]} {int(start)}"
    return days if first == last else f"{days} to {int(last[-2:])}"
