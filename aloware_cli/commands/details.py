"""The options of `aloware quote` that make a quote a document."""

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from aloware_cli.commands.options import day, reads
from aloware_cli.errors import RequestError

if TYPE_CHECKING:
    from aloware_cli.domain.details import Details


def _read(what: str) -> Callable[[str], Any]:
    """Return what reads a text as `what`; most quotes have none, and need no reader."""

    def read(text: str) -> Any:
        from aloware_cli.domain import details

        return getattr(details, f"read_{what}")(text)

    return reads(read)


def _name(of: str) -> Any:
    return typer.Option(parser=_read("name"), metavar="NAME", help=of)


class DetailOptions(NamedTuple):
    """Whom a quote is for and from, its number, and how long it holds."""

    prospect: Annotated[str | None, _name(of="Whom the quote is for.")] = None
    contact: Annotated[str | None, _name(of="A person or an address there.")] = None
    prepared_by: Annotated[str | None, _name(of="Who made the quote.")] = None
    number: Annotated[
        str | None,
        typer.Option(parser=_read("name"), metavar="TEXT", help="The quote's own number."),
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
    """Give `command` these options; it receives them as its argument `details`.

    It receives None where none is given. Raises RequestError for those that do not
    go together. As the shared options do, it writes the signature that Typer reads.
    """
    own = inspect.signature(command).parameters.values()
    parameters = [parameter for parameter in own if parameter.name != "details"] + [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in DetailOptions.__annotations__.items()
    ]

    @functools.wraps(command, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
    def run(**values: Any) -> None:
        given = {name: values.pop(name) for name in DetailOptions._fields}
        command(details=_details(given), **values)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _details(given: dict[str, Any]) -> "Details | None":
    if all(value is None for value in given.values()):
        return None
    if given["valid_days"] is not None and given["issued"] is None:
        raise RequestError(
            "--valid-days counts from the day of the quote, which is not given",
            f"For example: --issued 2026-11-22 --valid-days {given['valid_days']}",
        )
    from aloware_cli.domain.details import Details

    return Details(**given)
