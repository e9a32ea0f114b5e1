"""Sources: the pages and documents that prices and rules come from, and what they say."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from aloware_cli.domain.money import read_amount
from aloware_cli.domain.periods import MONTHS, end_of_month, read_date
from aloware_cli.domain.problems import InvalidValue


class Source(NamedTuple):
    """A page, a private document, or the user, that a figure comes from."""

    key: str
    title: str
    url: str | None  #: None without a public page: a contract, or the user
    read_on: str | None  #: The day on which the page was last read, `YYYY-MM-DD`
    #: How old the page states that its figures are: `2022`, `October 2024`.
    dated: str | None = None
    #: `stored` if a stored copy was read. The live page may have changed since.
    copy: Literal["stored"] | None = None

    @property
    def known_on(self) -> str | None:
        """The day on which its figures were last known to apply, `YYYY-MM-DD`.

        It is the day it was read, or the last day of the year or month that it is dated, if that
        is earlier. None for the user.
        """
        if self.read_on is None or self.dated is None:
            return self.read_on
        return min(self.read_on, last_day_of(self.dated))

    @property
    def is_private(self) -> bool:
        """Whether it is a document without a public address, such as a price sheet."""
        return self.url is None


class Citation(NamedTuple):
    """A source and what it says."""

    source: Source
    wording: str


def read_dated(text: str) -> str:
    """Parse how old a page says its figures are: `2022`, `October 2024` or `2024-10-01`.

    Raises InvalidValue for anything else.
    """
    try:
        last_day_of(text)
    except InvalidValue as error:
        hint = "use a year, a month and a year, or a date: 2022, October 2024, 2024-10-01"
        raise InvalidValue("E-DATE", "not a year, month or date", hint) from error
    return text


def last_day_of(dated: str) -> str:
    """Return the last day of a year, a month or a day, `YYYY-MM-DD`; raises InvalidValue."""
    month, _, year = dated.rpartition(" ")
    if month not in ("", *MONTHS) or len(year) != len("YYYY"):
        return read_date(dated)
    number = MONTHS.index(month or MONTHS[-1]) + 1
    return end_of_month(read_date(f"{year}-{number:02}-01"))


_DOLLARS: Final = ("$", "us$", "usd", "dollar", "dollars")
_CENTS: Final = ("¢", "cent", "cents")
#: What a page writes for a price of 0.00. A toll-free line is not free.
_FREE: Final = ("free", "no charge", "no cost", "no fee")


def states_price(wording: str, price: Decimal) -> bool:
    """Return whether `price` (USD) is a figure of `wording`: 70, $70, 70.00 or 1.5¢.

    A result, the figure after an equals sign, is not a price. If any figure has a currency sign,
    the others are not prices either. A price of 0.00 may be written as `free`.
    """
    figures = list(_figures(wording))
    prices = [value for value, is_money in figures if is_money] or [value for value, _ in figures]
    if price in prices:
        return True
    words = f" {wording.casefold().replace('toll-free', '').replace('toll free', '')} "
    return not price and any(free in words for free in _FREE)


def _figures(wording: str) -> Iterator[tuple[Decimal, bool]]:
    """Yield each figure that is not a result (USD), and whether it has a currency sign."""
    spaced = (c if c.isalnum() or c in ".,%$¢" else f" {c} " if c == "=" else " " for c in wording)
    words = ["", *(word.rstrip(".,").casefold() for word in "".join(spaced).split()), ""]
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if before == "=" or word.isalpha():
            continue
        number = word
        for sign in (*_DOLLARS[:3], _CENTS[0]):
            number = number.removeprefix(sign).removesuffix(sign)
        with suppress(InvalidValue):
            value = read_amount(f"0{number}" if number.startswith(".") else number)
            is_cents = word.endswith(_CENTS[0]) or after in _CENTS
            is_money = is_cents or number != word or before in _DOLLARS[:3] or after in _DOLLARS[2:]
            yield value / (100 if is_cents else 1), is_money
