"""Money, quantities and percentages: exact decimals in USD, whole numbers, and one rounding."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MAX_PRICE = Decimal(10**6)
PRICE_PLACES = 8
WHOLE = Decimal(100)


def round_to_cents(amount: Decimal) -> Decimal:
    """Return `amount` (USD) rounded half up to whole cents: the only rounding there is."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def with_cents(amount: Decimal) -> Decimal:
    """Return `amount`, unchanged in value, with at least two decimal places."""
    return amount + ZERO


def format_exact(amount: Decimal) -> str:
    """Write USD for scripts: `1234.50`, `0.015`; no separators, no exponent."""
    return f"{with_cents(amount):f}"


def format_display(amount: Decimal) -> str:
    """Write USD for people: `1,234.50`, `0.015`."""
    return f"{with_cents(amount):,f}"


def read_percent(text: str) -> Decimal:
    """Return a percentage from 0 to 100, written `10%` or `12.5`, with at most 2 places.

    Raises ValueError, saying what would be right, for anything else.
    """
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?%?", text):
        raise ValueError("write a percentage such as 10% or 12.5%")
    percent = Decimal(text.removesuffix("%"))
    if percent > WHOLE:
        raise ValueError("a percentage goes up to 100%")
    return percent


def read_price(text: str) -> Decimal:
    """Return a price in USD per unit, with as many places as `text` gives.

    Raises ValueError, saying what would be right, for anything but plain ASCII
    digits with an optional fraction, at most 8 places and at most 1,000,000.
    """
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        raise ValueError("write plain digits with an optional fraction, such as 0.015")
    if len(text.partition(".")[2]) > PRICE_PLACES:
        raise ValueError(f"write at most {PRICE_PLACES} decimal places")
    price = Decimal(text)
    if price > MAX_PRICE:
        raise ValueError(f"a price goes up to {MAX_PRICE:,}")
    return with_cents(price)


def read_amount(text: str) -> Decimal:
    """Return an amount in USD as people write it: a price, or one such as `1,000` or `1,000.50`.

    Raises ValueError as `read_price` does. A price takes no separators: nobody publishes one
    that needs them, and in `1,5` the comma may be meant for a point.
    """
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        return read_price(text.replace(",", ""))
    return read_price(text)


MAX_QUANTITY = 10**9

_DIGITS = r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:_[0-9]{3})+"


def read_quantity(text: str) -> int:
    """Return the whole number that `text` means: `10000`, `10,000`, `10_000`, `10k`, `2.5k`.

    Raises ValueError, saying what would be right, for anything else: a sign, a
    fraction that leaves no whole number, digits that are not ASCII, or a number
    above one billion.
    """
    form = re.fullmatch(rf"({_DIGITS})(\.[0-9]+)?([kK])?", text)
    if form is None:
        if text[:1] == "-" and text[1:2].isdigit():
            raise ValueError("a quantity is never negative")
        raise ValueError("write a whole number such as 10000, 10,000 or 10k")
    digits, fraction, thousands = form.groups()
    if fraction and not thousands:
        raise ValueError("a quantity is a whole number")
    number = Decimal(digits.replace(",", "").replace("_", "") + (fraction or ""))
    quantity = number * 1000 if thousands else number
    if quantity > MAX_QUANTITY:
        raise ValueError(f"a quantity goes up to {MAX_QUANTITY:,}")
    if quantity != int(quantity):
        raise ValueError("a quantity is a whole number")
    return int(quantity)
