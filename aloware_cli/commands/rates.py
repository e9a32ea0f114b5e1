"""`aloware rates`: the rate cards themselves."""

from pathlib import Path
from typing import Annotated

import typer

from aloware_cli.commands.options import load_book
from aloware_cli.errors import FaultyFiles, NegativeAnswer
from aloware_cli.files.output import write_output

rates = typer.Typer(
    help="The rate cards: check them.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@rates.callback()
def _rates() -> None:
    """Look after the rate cards."""


@rates.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            envvar="ALOWARE_RATES",
            help="Folders of cards, or cards laid over the shipped ones.",
        ),
    ] = None,
) -> None:
    """Report every problem of every card, with its place and what would be right.

    For example: aloware rates check prices/acme.yaml

    Exits with 1 if there is one.
    """
    try:
        book = load_book(paths, as_of=None)
    except FaultyFiles as error:
        raise NegativeAnswer(error.report()) from error
    plans = ", ".join(book.cards)
    write_output(f"No problems: {len(book.charges)} charges on the cards of {plans}.\n", None)
