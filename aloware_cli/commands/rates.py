"""`aloware rates`: the rate cards themselves."""

from pathlib import Path
from typing import Annotated

import typer

from aloware_cli.commands.changes import diff
from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import TableOrJson
from aloware_cli.commands.names import find_plan
from aloware_cli.commands.options import AsOf, RatePaths, load_catalog
from aloware_cli.errors import FaultyFiles, NegativeAnswer
from aloware_cli.files.cards import load_every_card
from aloware_cli.files.output import write_output
from aloware_cli.files.schemas import Kind, read_schema
from aloware_cli.render.cards import card_table, cards_table
from aloware_cli.render.documents import card_document, cards_document

rates = typer.Typer(
    help="List, show, check and compare the rate cards.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
)


@rates.callback()
def _rates() -> None:
    """Look after the rate cards."""


@rates.command("list")
def list_cards(
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson, typer.Option(help="The form of the answer.")] = "table",
) -> None:
    """List every card: since when it holds, what it prices, how old its pages are.

    For example: aloware rates list --as-of 2026-12-01

    With --as-of, only the cards in force on that day.
    """
    cards = load_every_card([str(path) for path in rates or []])
    if as_of:
        in_force = {card.identity for card in load_catalog(rates, as_of).cards.values()}
        cards = [dated for dated in cards if dated.card.identity in in_force]
    write_output(draw(cards, format, None, table=cards_table, document=cards_document), None)


@rates.command()
def show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")],
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson, typer.Option(help="The form of the answer.")] = "table",
) -> None:
    """Show every charge of a plan's card: its price or state, and the page behind it.

    For example: aloware rates show upro
    """
    card = find_plan(plan, load_catalog(rates, as_of))
    write_output(draw(card, format, None, table=card_table, document=card_document), None)


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
        catalog = load_catalog(paths, as_of=None)
    except FaultyFiles as error:
        raise NegativeAnswer(error.report()) from error
    plans = ", ".join(catalog.cards)
    write_output(f"No problems: {len(catalog.charges)} charges on the cards of {plans}.\n", None)


rates.command()(diff)


@rates.command()
def schema(
    kind: Annotated[Kind, typer.Argument(metavar="NAME", help="The kind of card.")] = "plan",
) -> None:
    """Print the JSON Schema of a kind of card, or of a scenario, for editors.

    For example: aloware rates schema plan > plan.schema.json

    NAME is plan, charges, sources, carriers, shared, example, conflict or scenario.
    """
    write_output(read_schema(kind), None)
