"""Values of YAML files: a number arrives as a number or, in quotes, as a text."""

from typing import Annotated, Any, Final, TypeAlias

from aloware_cli.domain.money import MAX_AMOUNT, MAX_PRICE, MAX_QUANTITY, PRICE_PLACES
from aloware_cli.domain.orders import ONCE
from declarations.values import INVISIBLE, Keywords, Rule, text_rule

#: The longest text of a rate card.
MAX_TEXT_LENGTH: Final = 2_000


def bounded(groups: int, marks: str = "", fraction: str = "", zeros: str = "") -> str:
    """Return the pattern of a number up to 1 followed by `groups` times three zeros.

    `marks` are the separators of thousands. `fraction` is the pattern of decimal places below
    the maximum, `zeros` the one at the maximum.
    """
    below, maximum = [rf"0*[0-9]{{1,{3 * groups}}}"], [rf"0*10{{{3 * groups}}}"]
    for mark in marks:
        below.append(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}}){{1,{groups - 1}}}")
        maximum.append(rf"1(?:{mark}000){{{groups}}}")
    return f"(?:{'|'.join(below)})(?:{fraction})?|(?:{'|'.join(maximum)})(?:{zeros})?"


def number_rule(name: str, description: str, number: dict[str, Any], pattern: str) -> Rule:
    """Return the rule for a number as `number` describes it, or a text that `pattern` matches."""
    text = {"type": "string", "pattern": f"^(?:{pattern})$"}
    return Rule(name, description, Keywords(anyOf=[{"minimum": 0, **number}, text]))


PLACES: Final = rf"\.[0-9]{{1,{PRICE_PLACES}}}"
ZEROS: Final = rf"\.0{{1,{PRICE_PLACES}}}"
_THOUSANDS: Final = bounded(2, ",_", r"\.[0-9]{1,3}0*", r"\.0+")
QUANTITY: Final = rf"{bounded(3, ',_')}|(?:{_THOUSANDS})[kK]"

Line: TypeAlias = Annotated[
    str,
    text_rule(
        "line",
        f"One line of at most {MAX_TEXT_LENGTH:,} characters. Quote it if it looks like a number "
        "or contains a colon.",
        rf"(?=.*\S)[^{INVISIBLE}\u00a0\u200c\u200d\u3000]+",
        maxLength=MAX_TEXT_LENGTH,
    ),
]
Usd: TypeAlias = Annotated[
    float | str,
    number_rule(
        "usd",
        f"US dollars: digits with at most {PRICE_PLACES} decimal places, up to {MAX_PRICE:,}.",
        {"type": "number", "maximum": int(MAX_PRICE)},
        bounded(2, "", PLACES, ZEROS),
    ),
]
Amount: TypeAlias = Annotated[
    float | str,
    number_rule(
        "amount",
        "US dollars: 1000, 1,000 or 1,000.50.",
        {"type": "number", "maximum": int(MAX_AMOUNT)},
        bounded(4, ",", PLACES, ZEROS),
    ),
]
CustomAmount: TypeAlias = Annotated[
    float | str,
    number_rule(
        "custom_amount",
        f"US dollars per month, or once: 99, 1,000.50 or 500 once, up to {MAX_PRICE:,}.",
        {"type": "number", "maximum": int(MAX_PRICE)},
        f"(?:{bounded(2, ',', PLACES, ZEROS)})(?:{ONCE})?",
    ),
]
Quantity: TypeAlias = Annotated[
    int | str,
    number_rule(
        "quantity",
        "A whole number: 10000, 10,000, 10_000 or 10k.",
        {"type": "integer", "maximum": MAX_QUANTITY},
        QUANTITY,
    ),
]
QuantityOrRange: TypeAlias = Annotated[
    int | str,
    number_rule(
        "quantity_or_range",
        "A whole number: 10000, 10,000, 10_000 or 10k; or LOW/EXPECTED/HIGH: 5k/10k/20k.",
        {"type": "integer", "maximum": MAX_QUANTITY},
        rf"(?:{QUANTITY})(?:/(?:{QUANTITY})/(?:{QUANTITY}))?",
    ),
]
Units: TypeAlias = Annotated[
    int | str,
    number_rule(
        "units",
        "A whole number, at least 1.",
        {"type": "integer", "minimum": 1, "maximum": MAX_QUANTITY},
        rf"(?=.*[1-9])(?:{QUANTITY})",
    ),
]
Percentage: TypeAlias = Annotated[
    float | str,
    number_rule(
        "percentage",
        "A percentage: 10% or 12.5.",
        {"type": "number", "maximum": 100},
        r"(?:0?[0-9]{1,2}(?:\.[0-9]{1,2})?|100(?:\.0{1,2})?)%?",
    ),
]
