"""`aloware rates diff`: two sets of cards held against each other."""

from typing import Annotated

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import TableOrJson
from aloware_cli.commands.names import plan_of
from aloware_cli.commands.options import AsOf
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.commands.scenarios import scenario_of
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.changes import CardChanges, Effect
from aloware_cli.errors import NegativeAnswer
from aloware_cli.files.cards import load_rates
from aloware_cli.files.output import write_output
from aloware_cli.pricing.changes import find_changes
from aloware_cli.pricing.price import price
from aloware_cli.render.changes import changes_table
from aloware_cli.render.documents import changes_document

SHIPPED = "shipped"
CARDS = "a folder, a card laid over the shipped ones, or the word shipped"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"The old cards: {CARDS}.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new cards, likewise.")],
    scenario: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="SCENARIO", help="Show what it does to this quote."),
    ] = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson, typer.Option(help="The form of the answer.")] = "table",
) -> None:
    """Show every price that differs between two sets of cards, with its source.

    For example: aloware rates diff shipped prices/acme.yaml --from acme-order.yaml

    Exits with 1 if a price differs.
    """
    before, after = (load_rates([] if path == SHIPPED else [path], as_of) for path in (old, new))
    effect = _effect_on(scenario, before, after) if scenario else None
    found = CardChanges(find_changes(before, after), effect)
    text = draw(found, format, None, table=changes_table, document=changes_document)
    write_output(text, None)
    if count := len(found.changes):
        raise NegativeAnswer(f"{count} {'price differs' if count == 1 else 'prices differ'}.")


def _effect_on(source: list[str], before: Catalog, after: Catalog) -> Effect:
    """Return the quote that the scenario asks for, on the old and on the new cards."""
    scenario = scenario_of({}, source)
    cards = [(plan_of(scenario, catalog), catalog) for catalog in (before, after)]
    return Effect(
        *(price(card, build_nonempty_order(scenario, card, catalog)) for card, catalog in cards)
    )
