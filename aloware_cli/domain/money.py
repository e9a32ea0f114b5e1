"""Money, quantities and percentages: exact decimals in USD, whole numbers, and one rounding."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple, TypeAlias

from aloware_cli.domain.problems import InvalidValue

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")
HUNDRED: Final = Decimal(100)  #: Percent of a whole, and cents of a dollar
#: Bounds that catch slips of the finger: of a price per unit, an amount and a quantity.
MAX_PRICE: Final = Decimal(10**6)
MAX_AMOUNT: Final = Decimal(10**12)
MAX_QUANTITY: Final = 10**9
PRICE_PLACES: Final = 8


def round_to_cents(amount: Decimal) -> Decimal:
    """Round `amount` (USD) half up to whole cents. Only this and `cents_at` round money."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def round_after(before: Decimal, more: Decimal) -> Decimal:
    """Return `more` (USD) in cents, so that it adds up with `before`, rounded too, to the whole."""
    return round_to_cents(before + more) - round_to_cents(before)


def cents_at(price: Decimal) -> Callable[[Iterable[int]], list[int]]:
    """Return a function that multiplies quantities by `price` (USD) and rounds half up to cents.

    It is `round_to_cents` for many quantities: integers that are prepared once are five times as
    fast as decimals. Nothing is negative.
    """
    numerator, divisor = (2 * HUNDRED * price).as_integer_ratio()
    whole = 2 * divisor
    return lambda quantities: [(each * numerator + divisor) // whole for each in quantities]


def with_cents(amount: Decimal) -> Decimal:
    """Return `amount`, unchanged in value, with at least two decimal places."""
    return amount + ZERO


def format_exact(amount: Decimal) -> str:
    """Write USD for machines: `1234.50`, `0.015`; no separators, no exponent."""
    return f"{with_cents(amount):f}"


def format_display(amount: Decimal) -> str:
    """Write USD for people, without a currency symbol: `1,234.50`, `0.015`."""
    return f"{with_cents(amount):,f}"


def format_usd(amount: Decimal) -> str:
    """Write USD for people, with a currency symbol: `$1,234.50`, `-$0.50`."""
    return f"{'-' if amount < 0 else ''}${format_display(abs(amount))}"


def _is_digits(text: str) -> bool:
    return text.isdecimal() and text.isascii()


def _without_separators(text: str, marks: str) -> str:
    """Return a number without its separators of thousands, one of `marks`, if they are in place.

    A number with separators does not begin with 0: `0,500` may be meant as one half.
    """
    for mark in marks:
        first, *groups = text.split(mark)
        if groups and 1 <= len(first) <= len("000") and first[0] != "0":
            return "".join([first, *groups]) if all(len(g) == len("000") for g in groups) else text
    return text


def read_quantity(text: str) -> int:
    """Parse a whole number: `10000`, `10,000`, `10_000`, `10k`, `2.5k`.

    Raises InvalidValue for a sign, a fractional result, non-ASCII digits or a number above one
    billion.
    """
    hint = "use digits, such as 10000, 10,000 or 10k"
    if text[:1] == "-" and text[1:2].isdigit():
        raise InvalidValue("E-QUANTITY", "a quantity cannot be negative", hint)
    thousands = text[-1:] in {"k", "K"}
    whole, point, fraction = text[: len(text) - thousands].partition(".")
    number, places = _without_separators(whole, ",_"), fraction.rstrip("0")
    if (
        not _is_digits(number)
        or (point and not (thousands and _is_digits(fraction)))
        or len(places) > len("000")
    ):
        raise InvalidValue("E-QUANTITY", "not a whole number", hint)
    if thousands:
        number += places.ljust(len("000"), "0")
    number = number.lstrip("0") or "0"
    if len(number) > len(str(MAX_QUANTITY)) or int(number) > MAX_QUANTITY:
        raise InvalidValue("E-QUANTITY", f"the maximum is {MAX_QUANTITY:,}", "use a smaller number")
    return int(number)


#: The names of the three quantities, in the order in which they are given.
CASES: Final = ("low", "expected", "high")


class Range(NamedTuple):
    """A quantity that is not known yet; it never descends."""

    low: int
    expected: int
    high: int

    def __str__(self) -> str:
        return "/".join(map(str, self))


Quantity: TypeAlias = int | Range


def read_range(text: str) -> Quantity:
    """Parse a whole number, or `LOW/EXPECTED/HIGH` such as `5k/10k/20k`; raises InvalidValue."""
    parts = text.split("/")
    if len(parts) == 1:
        return read_quantity(text)
    if len(parts) != len(CASES) or not all(parts):
        hint = "use LOW/EXPECTED/HIGH, such as 5k/10k/20k, or one quantity"
        raise InvalidValue("E-RANGE", "a range needs three quantities", hint)
    quantities = []
    for part in parts:
        try:
            quantities.append(read_quantity(part))
        except InvalidValue as error:
            raise InvalidValue(error.code, error.about(part), error.hint) from error
    if quantities != sorted(quantities):
        ascending = sorted(parts, key=lambda part: quantities[parts.index(part)])
        hint = f"write the lowest first: {'/'.join(ascending)}"
        raise InvalidValue("E-RANGE", "the quantities descend", hint)
    return Range(*quantities)


def read_quantities(texts: Sequence[str]) -> list[int]:
    """Parse whole numbers, as `read_quantity` does; plain digits are read all at once."""
    digits = "".join(texts)
    if digits.isdecimal() and digits.isascii():
        with suppress(ValueError):  # a text is empty, or has too many digits
            quantities = list(map(int, texts))
            if max(quantities) <= MAX_QUANTITY:
                return quantities
    return list(map(read_quantity, texts))


def read_percent(text: str) -> Decimal:
    """Parse a percentage from 0 to 100, `10%` or `12.5`, with at most 2 decimal places.

    Raises InvalidValue for anything else.
    """
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?%?", text):
        raise InvalidValue("E-PERCENT", "not a percentage", "use one such as 10% or 12.5%")
    percent = Decimal(text.removesuffix("%"))
    if percent > HUNDRED:
        raise InvalidValue("E-PERCENT", "the maximum is 100%", "use one such as 10% or 12.5%")
    return percent


def read_price(text: str) -> Decimal:
    """Parse a price in USD per unit, with as many decimal places as `text` has.

    Raises InvalidValue for anything but ASCII digits with an optional fraction, for more than 8
    decimal places, and above 1,000,000.
    """
    return _read_decimal(text, "E-PRICE", "price", MAX_PRICE)


def read_amount(text: str, maximum: Decimal = MAX_AMOUNT) -> Decimal:
    """Parse an amount in USD: a decimal number, or one such as `1,000` or `1,000.50`.

    Raises InvalidValue as `read_price` does, and above `maximum`. A price takes no separators:
    no published price needs one, and the comma of `1,5` may be a decimal point.
    """
    whole, point, fraction = text.partition(".")
    number = f"{_without_separators(whole, ',')}{point}{fraction}"
    return _read_decimal(number, "E-AMOUNT", "amount", maximum)


def _read_decimal(text: str, code: str, noun: str, maximum: Decimal) -> Decimal:
    whole, point, fraction = text.partition(".")
    if not _is_digits(whole) or (point and not _is_digits(fraction)):
        article, example = ("an", "1000.50") if noun == "amount" else ("a", "0.015")
        hint = f"use digits with an optional fraction, such as {example}"
        raise InvalidValue(code, f"not {article} {noun}", hint)
    if len(fraction) > PRICE_PLACES:
        raise InvalidValue(code, f"more than {PRICE_PLACES} decimal places", "shorten the fraction")
    if len(text) > len(f"{maximum}.") + PRICE_PLACES or Decimal(text) > maximum:
        raise InvalidValue(code, f"the maximum is {maximum:,}", f"use a smaller {noun}")
    return with_cents(Decimal(text))
