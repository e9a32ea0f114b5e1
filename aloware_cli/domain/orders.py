"""Orders: a scenario validated against a catalog, with the details of the customer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from aloware_cli.domain.money import MAX_PRICE, format_exact, read_amount, read_quantity
from aloware_cli.domain.periods import Term, add_days
from aloware_cli.domain.problems import WITHIN_WORDS, InvalidValue

if TYPE_CHECKING:
    from aloware_cli.domain.cards import Rate
    from aloware_cli.domain.charges import Charge

MAX_NAME_LENGTH: Final = 120
MAX_NOTE_LENGTH: Final = 500
MAX_VALID_DAYS: Final = 3650


#: What follows the amount of a custom line that is paid once.
ONCE: Final = " once"


class Details(NamedTuple):
    """What the customer document of a quote contains besides prices."""

    prospect: str | None = None
    contact: str | None = None
    prepared_by: str | None = None
    number: str | None = None  #: The number of the quote: `Q-2026-014`
    issued: str | None = None  #: The date of issue, `YYYY-MM-DD`
    valid_days: int | None = None  #: Days the quote stays valid, counted from the date of issue
    note: str | None = None

    @property
    def valid_until(self) -> str | None:
        """The last day the quote is valid, `YYYY-MM-DD`; None if that is not given."""
        if self.issued is None or self.valid_days is None:
            return None
        return add_days(self.issued, self.valid_days)


class CustomLine(NamedTuple):
    """What the user adds to a quote, in USD: per month, or once."""

    amount: Decimal
    is_once: bool

    def __str__(self) -> str:
        return f"{format_exact(self.amount)}{ONCE if self.is_once else ''}"


class Seller(NamedTuple):
    """Who sends a quote, as its document shows."""

    name: str
    address: str | None = None  #: One line: street and city, a telephone number
    logo: str | None = None  #: The address of an image that contains its data: `data:image/png;...`


class CallVolume(NamedTuple):
    """Calls of one average length, which are billed in whole increments (both in seconds)."""

    calls: int
    length: int
    increment: int

    @property
    def minutes(self) -> int:
        """The billed minutes; a begun minute of the total counts."""
        billed = -(-self.length // self.increment) * self.increment
        return -(-self.calls * billed // 60)


class Order(NamedTuple):
    """What to price with a rate card."""

    #: Quantities by charge, in the unit of the charge; usage is per month.
    quantities: Mapping[str, int]
    term: Term = "monthly"
    supplied: Mapping[str, "Rate"] = {}  #: Rates that replace those on the rate card, by charge
    as_of: str | None = None  #: The date whose rate cards to use, `YYYY-MM-DD`; None for the newest
    #: The first day of the subscription, `YYYY-MM-DD`; None without a first invoice.
    start: str | None = None
    #: Percent of the texts by carrier; empty for the range over US carriers, None without fees.
    carriers: Mapping[str, Decimal] | None = None
    min_agents: int | None = None  #: The minimum license count of the contract; None without one
    #: Percent off the price by charge; the key `all` holds for every other charge.
    discounts: Mapping[str, Decimal] = {}
    #: The prepaid balance (USD) that usage is deducted from; None if not given.
    credits: Decimal | None = None
    details: Details | None = None  #: Customer, sender, number and validity; they change no price
    #: The custom lines, each as a charge with its rate.
    custom: "tuple[tuple[Charge, Rate], ...]" = ()
    #: The calls whose minutes are in the quantities; None if minutes were given.
    call_volume: CallVolume | None = None


def read_custom_line(text: str) -> CustomLine:
    """Parse the amount of a custom line, `99` per month or `500 once`; raises InvalidValue."""
    amount = text.removesuffix(ONCE)
    if amount.startswith("-"):
        hint = "to lower a price, use --discount or --rate"
        raise InvalidValue("E-AMOUNT", "an amount cannot be negative", hint)
    try:
        return CustomLine(read_amount(amount, MAX_PRICE), amount != text)
    except InvalidValue as error:
        hint = 'use USD per month, such as 99 or 1,000.50, or once, such as "500 once"'
        raise InvalidValue(error.code, error.message, hint) from error


def read_note(text: str) -> str:
    """Parse a note of one line; raises InvalidValue."""
    return read_name(text, MAX_NOTE_LENGTH)


def read_quote_number(text: str) -> str:
    """Parse the number of a quote; raises InvalidValue.

    A bare quantity is rejected, because it was meant for phone numbers.
    """
    number = read_name(text)
    try:
        read_quantity(number)
    except InvalidValue:
        return number
    hint = f"use one such as Q-{number}, or numbers for phone numbers"
    raise InvalidValue("E-QUOTE-NUMBER", "not a quote number", hint)


def read_valid_days(text: str) -> int:
    """Parse how many days a quote stays valid, in digits; raises InvalidValue."""
    hint = f"use a number of days from 1 to {MAX_VALID_DAYS:,}"
    if not (text.isascii() and text.isdecimal()):
        raise InvalidValue("E-VALID-DAYS", "not a number of days", hint)
    digits = text.lstrip("0")
    if not digits or len(digits) > len(str(MAX_VALID_DAYS)) or int(digits) > MAX_VALID_DAYS:
        raise InvalidValue("E-VALID-DAYS", "out of range", hint)
    return int(digits)


def read_name(text: str, longest: int = MAX_NAME_LENGTH) -> str:
    """Parse a name of one line; raises InvalidValue.

    It rejects control and bidirectional characters, which control terminals or reorder figures.
    """
    line = text.strip(" ")
    if not line:
        raise InvalidValue("E-TEXT", "not a text", "use at least one letter or digit")
    if len(line) > longest:
        raise InvalidValue("E-TEXT", f"longer than {longest:,} characters", "shorten it")
    for character in line:
        if not character.isprintable() and character not in WITHIN_WORDS:
            message = f"contains the invisible character U+{ord(character):04X}"
            raise InvalidValue("E-TEXT", message, "use one line of visible characters")
    return line
