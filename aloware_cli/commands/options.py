"""The options that every pricing command shares, and the order they amount to.

Commands do without `from __future__ import annotations`: Typer reads the
annotations of every run, and compiling them from text would cost more than pricing.
"""

import functools
import inspect
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeAlias

import typer

from aloware_cli.commands.names import find_charge, find_plan, flag_for
from aloware_cli.domain.card import Rate, RateBook, RateCard, supplied
from aloware_cli.domain.charge import SHORT_NAMES
from aloware_cli.domain.money import read_price
from aloware_cli.domain.order import Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.quantity import HIGHEST_QUANTITY, read_quantity
from aloware_cli.errors import DataError, RequestError, shown
from aloware_cli.files.cards import load_rates
from aloware_cli.files.fields import read_date


def reads(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Turn a reader that raises ValueError into one whose error names the option."""

    def parse(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise typer.BadParameter(f"{shown(text)}: {error}.") from error

    return parse


quantity = reads(read_quantity)
amount = reads(read_price)
day = reads(read_date)


def _count(*flags: str, of: str) -> Any:
    return typer.Option(*flags, parser=quantity, metavar="N", help=of)


def _read_segments(path: str) -> int:
    """Return how many segments the message in the file at `path` has."""
    from aloware_cli.domain.message import MOST_SEGMENTS
    from aloware_cli.files.message import read_message
    from aloware_cli.pricing.segmentation import count_segments

    message = count_segments(read_message(path))
    if message.is_refused:
        raise DataError(
            f"{path}: {message.segments} segments; the vendor sends at most {MOST_SEGMENTS}",
            f"See what takes the room: aloware segments --file {path}",
        )
    return message.segments


Quantity: TypeAlias = int | None
RatePaths: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rates",
        metavar="PATH",
        envvar="ALOWARE_RATES",
        help="A folder of cards, or a card laid over the shipped ones; repeatable.",
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option("--as-of", parser=day, metavar="DATE", help="The cards in force on YYYY-MM-DD."),
]


class PricingOptions(NamedTuple):
    """What a prospect would take, and which cards and prices to quote it from."""

    agents: Annotated[Quantity, _count("--agents", "-a", of="Agents; one license each.")] = None
    numbers: Annotated[Quantity, _count("--numbers", "-n", of="Local phone numbers.")] = None
    sms: Annotated[Quantity, _count("--sms", "-s", of="Automated texts a month, in segments.")] = (
        None
    )
    message: Annotated[
        int | None,
        typer.Option(
            parser=_read_segments,
            metavar="FILE",
            help="A text to send, in place of --sms: its segments times --recipients.",
        ),
    ] = None
    recipients: Annotated[
        Quantity, _count("--recipients", of="How many get the text of --message in a month.")
    ] = None
    minutes: Annotated[
        Quantity, _count("--minutes", "-m", of="Automated outbound minutes a month.")
    ] = None
    agent_minutes: Annotated[
        Quantity, _count("--agent-minutes", of="Minutes a month that agents dial, local lines.")
    ] = None
    inbound_minutes: Annotated[
        Quantity, _count("--inbound-minutes", of="Inbound minutes a month, local lines.")
    ] = None
    agent_sms: Annotated[
        Quantity, _count("--agent-sms", of="Texts a month that agents send, local lines.")
    ] = None
    inbound_sms: Annotated[
        Quantity, _count("--inbound-sms", of="Inbound texts a month, local lines.")
    ] = None
    toll_free_numbers: Annotated[
        Quantity, _count("--toll-free-numbers", of="Toll-free phone numbers.")
    ] = None
    toll_free_minutes: Annotated[
        Quantity, _count("--toll-free-minutes", of="Minutes a month on toll-free lines.")
    ] = None
    toll_free_sms: Annotated[
        Quantity, _count("--toll-free-sms", of="Texts a month on toll-free lines.")
    ] = None
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="CHARGE=QTY", help="Any other charge on the card; repeatable."),
    ] = None
    rate: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[PLAN:]CHARGE=PRICE",
            help="A price you supply, USD per unit, for one plan or all; repeatable.",
        ),
    ] = None
    term: Annotated[Term, typer.Option(help="The license's term.")] = "monthly"
    rates: RatePaths = None
    as_of: AsOf = None
    start: Annotated[
        str | None,
        typer.Option(parser=day, metavar="DATE", help="Add the prorated first invoice."),
    ] = None
    carrier_fees: Annotated[
        bool, typer.Option("--carrier-fees", help="Add carrier fees, from the least to the most.")
    ] = False
    carrier: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=SHARE%",
            help="Add carrier fees for a mix that adds up to 100; repeatable.",
        ),
    ] = None
    allow_unpriced: Annotated[
        bool, typer.Option("--allow-unpriced", help='List what has no price, say "at least".')
    ] = False

    def load(self) -> RateBook:
        """Return the cards that `--rates` and `--as-of` ask for."""
        return load_book(self.rates, self.as_of)

    def order_on(self, card: RateCard, book: RateBook) -> Order:
        """Return the order for `card`; raises RequestError where there is nothing to price."""
        order = self.order_as_given(card, book)
        if not any(order.quantities.values()):
            raise RequestError(
                "nothing to price",
                "Say how much of something, for example: --agents 3 --numbers 10",
            )
        return order

    def order_without(self, charge: str, card: RateCard, book: RateBook) -> Order:
        """Return the order for `card`; RequestError where it has a quantity of `charge`.

        That is for a command that varies the quantity of `charge` itself.
        """
        order = self.order_as_given(card, book)
        if charge in order.quantities:
            raise RequestError(
                f"--vary moves the quantity of {charge}, and another option fixes it",
                f"Leave out {flag_for(charge)}.",
            )
        return order

    def order_as_given(self, card: RateCard, book: RateBook) -> Order:
        """Return the order for `card`, which may be empty."""
        quantities, rates = self._quantities(card), self._supplied(card, book)
        carriers = self._carriers(card)
        return Order(quantities, self.term, rates, self.as_of, self.start, carriers)

    def _carriers(self, card: RateCard) -> dict[str, Decimal] | None:
        """Return the mix of carriers: empty for a band, None where their fees are not asked for."""
        if self.carrier:
            from aloware_cli.commands.carriers import read_mix

            return read_mix(self.carrier, card.carriers)
        return {} if self.carrier_fees else None

    def _quantities(self, card: RateCard) -> dict[str, int]:
        given = {key: getattr(self, name) for name, key in SHORT_NAMES.items()}
        given["automated_sms"] = self._texts()
        quantities = {key: count for key, count in given.items() if count is not None}
        for text in self.add or []:
            name, count = _split(text, "--add", "CHARGE=QTY", "local_number=1")
            key = find_charge(name, card.charges, "--add").key
            if key in quantities:
                raise RequestError(f"--add {text}: the quantity of {key} is given twice")
            quantities[key] = _value(read_quantity, count, f"--add {text}")
        return quantities

    def _texts(self) -> Quantity:
        """Return the automated texts, in segments: as given, or those of a message."""
        if self.message is None and self.recipients is None:
            return self.sms
        if self.message is None or self.recipients is None:
            raise RequestError(
                "--message and --recipients go together",
                "For example: --message promo.txt --recipients 1000",
            )
        if self.sms is not None:
            raise RequestError("--sms and --message count the same texts", "Keep one of them.")
        if self.message * self.recipients > HIGHEST_QUANTITY:
            raise RequestError(
                f"{self.message:,} segments for {self.recipients:,} recipients are too many",
                f"A quantity goes up to {HIGHEST_QUANTITY:,}.",
            )
        return self.message * self.recipients

    def _supplied(self, card: RateCard, book: RateBook) -> dict[str, Rate]:
        """Return the rates for the plan of `card`; one that names the plan beats one for all."""
        for_all: dict[str, Rate] = {}
        for_plan: dict[str, Rate] = {}
        for text in self.rate or []:
            target, price = _split(text, "--rate", "[PLAN:]CHARGE=PRICE", "automated_sms=0.02")
            plan, colon, name = target.rpartition(":")
            charge = find_charge(name, card.charges, "--rate")
            key = charge.key
            if charge.rule and charge.rule.decides == "included":
                raise RequestError(
                    f"--rate {text}: {key} is included by the rule {charge.rule.key}"
                )
            rate = supplied(_value(read_price, price, f"--rate {text}"), f"--rate {text}")
            if colon and find_plan(plan, book).plan != card.plan:
                continue
            rates = for_plan if colon else for_all
            if key in rates:
                raise RequestError(f"--rate {text}: the price of {key} is given twice")
            rates[key] = rate
        return for_all | for_plan


def load_book(rates: list[Path] | None, as_of: str | None) -> RateBook:
    """Return the cards that `--rates` and `--as-of` ask for."""
    return load_rates([str(path) for path in rates or []], as_of)


def takes_pricing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the shared options; it receives them as its argument `options`.

    Typer reads a command's signature, so the one that it sees is written here:
    the command's own parameters first, then a keyword for each shared option.
    """
    own = inspect.signature(command).parameters.values()
    shared = PricingOptions.__annotations__
    parameters = [
        parameter.replace(kind=parameter.KEYWORD_ONLY)
        for parameter in own
        if parameter.name != "options"
    ] + [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=PricingOptions._field_defaults[name],
            annotation=hint,
        )
        for name, hint in shared.items()
    ]

    # Without the command's annotations: Typer would evaluate them beside the signature's.
    @functools.wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
    def run(**values: Any) -> None:
        options = PricingOptions(**{name: values.pop(name) for name in shared})
        command(options=options, **values)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _split(text: str, flag: str, form: str, example: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name or not value:
        raise RequestError(f"{flag} {text}: write {form}", f"For example: {flag} {example}")
    return name, value


def _value(read: Callable[[str], Any], text: str, where: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise RequestError(f"{where}: {error}") from error
