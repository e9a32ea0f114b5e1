"""The options of `aloware quote` that make a quote a document."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from aloware_cli.commands.options import PricingOptions, day, reads, takes


def _read(what: str) -> Callable[[str], Any]:
    """Return what reads a text as `what`; most quotes have none, and need no reader."""

    def read(text: str) -> Any:
        from aloware_cli.domain import customer

        return getattr(customer, f"read_{what}")(text)

    return reads(read)


def _name(of: str) -> Any:
    return typer.Option(parser=_read("name"), metavar="NAME", help=of)


class DetailOptions:
    """Whom a quote is for and from, its number, and how long it holds."""

    prospect: Annotated[str | None, _name(of="Whom the quote is for.")] = None
    contact: Annotated[str | None, _name(of="A person or an address there.")] = None
    prepared_by: Annotated[str | None, _name(of="Who made the quote.")] = None
    number: Annotated[
        str | None,
        typer.Option(
            parser=_read("number"), metavar="TEXT", help="The quote's own number, such as Q-14."
        ),
    ] = None
    issued: Annotated[
        str | None, typer.Option(parser=day, metavar="DATE", help="The day of the quote.")
    ] = None
    valid_days: Annotated[
        int | None,
        typer.Option(
            parser=_read("validity"), metavar="N", help="Days that it holds from --issued on."
        ),
    ] = None
    note: Annotated[
        str | None,
        typer.Option(parser=_read("note"), metavar="TEXT", help="A sentence to add to it."),
    ] = None


def takes_details(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` these options beside the shared ones, all of them as its `scenario`."""
    return takes(PricingOptions.__annotations__ | DetailOptions.__annotations__, command)
