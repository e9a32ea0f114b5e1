"""The options that every pricing command shares.

Commands do without `from __future__ import annotations`: Typer reads the
annotations of every run, and compiling them from text would cost more than pricing.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from aloware_cli.commands.scenarios import scenario_of
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.money import read_amount, read_quantity
from aloware_cli.domain.periods import Term
from aloware_cli.domain.problems import quoted
from aloware_cli.domain.scenarios import KEYS, Brand, Scenario
from aloware_cli.files.cards import load_rates
from aloware_cli.files.fields import read_date


def reads(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Turn a reader that raises ValueError into one whose error names the option."""

    def parse(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise typer.BadParameter(f"{quoted(text)}: {error}.") from error

    return parse


quantity = reads(read_quantity)
amount = reads(read_amount)
day = reads(read_date)


def _count(*flags: str, of: str) -> Any:
    return typer.Option(*flags, parser=quantity, metavar="N", help=of)


Quantity: TypeAlias = int | None
SuppliedRates: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="[PLAN:]CHARGE=PRICE",
        help="A price you supply, USD per unit, for one plan or all; repeatable.",
    ),
]
Discounts: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--discount",
        metavar="CHARGE=PERCENT%",
        help="A discount on a charge, or on `all`; repeatable.",
    ),
]
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
ScenarioFiles: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--from", metavar="FILE", help="A scenario in YAML or JSON, - for stdin; flags win over it."
    ),
]


class PricingOptions:
    """The flags for each key of a scenario: what a prospect would take, from which prices."""

    agents: Annotated[Quantity, _count("--agents", "-a", of="Agents; one license each.")] = None
    numbers: Annotated[Quantity, _count("--numbers", "-n", of="Local phone numbers.")] = None
    sms: Annotated[Quantity, _count("--sms", "-s", of="Automated texts a month, in segments.")] = (
        None
    )
    message: Annotated[
        str | None,
        typer.Option(
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
    rate: SuppliedRates = None
    term: Annotated[Term | None, typer.Option(help="The license's term; monthly without it.")] = (
        None
    )
    min_agents: Annotated[
        Quantity, _count("--min-agents", of="Licenses that a contract bills at the least.")
    ] = None
    discount: Discounts = None
    brand: Annotated[
        Brand | None, typer.Option(help="Register an A2P brand; campaigns are activated too.")
    ] = None
    campaigns: Annotated[Quantity, _count("--campaigns", of="A2P campaigns.")] = None
    low_volume_campaigns: Annotated[
        Quantity, _count("--low-volume-campaigns", of="A2P low-volume mixed campaigns.")
    ] = None
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
    credits: Annotated[
        Decimal | None,
        typer.Option(
            parser=amount, metavar="AMOUNT", help="Add how long this prepaid balance lasts."
        ),
    ] = None
    allow_unpriced: Annotated[
        bool, typer.Option("--allow-unpriced", help='List what has no price, say "at least".')
    ] = False


def catalog_for(scenario: Scenario) -> Catalog:
    """Return the cards that `scenario` asks for."""
    return load_rates(list(scenario.rates), scenario.as_of)


def load_catalog(rates: list[Path] | None, as_of: str | None) -> Catalog:
    """Return the cards that `--rates` and `--as-of` ask for."""
    return load_rates([str(path) for path in rates or []], as_of)


def takes_pricing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the shared options; it receives what they ask for as its `scenario`."""
    return takes(PricingOptions.__annotations__, command)


def takes(options: Mapping[str, Any], command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the `options`, by key; it receives what they ask for as its `scenario`.

    Typer reads a command's signature, so the one that it sees is written here:
    the command's own parameters first, then a keyword for each of the `options`.
    """
    own = inspect.signature(command).parameters.values()
    shared = {**options, "source": ScenarioFiles, "context": typer.Context}
    parameters = [
        parameter.replace(kind=parameter.KEYWORD_ONLY)
        for parameter in own
        if parameter.name != "scenario"
    ] + [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=getattr(PricingOptions, name, None),
            annotation=hint,
        )
        for name, hint in shared.items()
    ]

    # Without the command's annotations: Typer would evaluate them beside the signature's.
    @functools.wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
    def run(**values: Any) -> None:
        flags = {name: values.pop(name) for name in shared}
        command(scenario=asked_for(flags), **values)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def asked_for(flags: Mapping[str, Any], keys: Iterable[str] = KEYS) -> Scenario:
    """Return what the values that Typer gives the shared options ask for.

    Of a scenario file only `keys` count; its cards come before those that the
    environment names.
    """
    source = flags["source"]
    if source and flags["context"].get_parameter_source("rates").name == "ENVIRONMENT":
        environment = Scenario(
            rates=tuple(map(str, flags["rates"])), origins={"rates": "ALOWARE_RATES"}
        )
        return scenario_of({**flags, "rates": None}, source, keys).merged_over(environment)
    return scenario_of(flags, source, keys)
