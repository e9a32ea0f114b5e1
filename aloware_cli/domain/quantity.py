"""Quantities: whole numbers of agents, numbers, segments, minutes and the like."""

import re
from decimal import Decimal

HIGHEST_QUANTITY = 10**9

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
    if quantity > HIGHEST_QUANTITY:
        raise ValueError(f"a quantity goes up to {HIGHEST_QUANTITY:,}")
    if quantity != int(quantity):
        raise ValueError("a quantity is a whole number")
    return int(quantity)
