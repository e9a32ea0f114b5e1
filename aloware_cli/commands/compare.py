"""`aloware compare`: the same volumes on several plans, side by side."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import (
    FORCE_OPTION,
    FORM_OPTION,
    OUTPUT_OPTION,
    form_for,
)
from aloware_cli.commands.names import find_plans
from aloware_cli.commands.options import catalog_for, takes_pricing_options
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.comparisons import Comparison
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.compare import compare as set_side_by_side
from aloware_cli.pricing.price import price
from aloware_cli.render.comparison import comparison_table, explained_comparison
from aloware_cli.render.csv import quotes_csv
from aloware_cli.render.documents import comparison_document

Form: TypeAlias = Literal["table", "csv", "json"]
FORMS: Final[Mapping[str, Form]] = {".txt": "table", ".csv": "csv", ".json": "json"}


@takes_pricing_options
def compare(
    scenario: Scenario,
    plans: Annotated[
        str | None, typer.Option(metavar="PLAN,PLAN", help="Which plans; all without it.")
    ] = None,
    format: Annotated[Form | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Working and source of each line on each plan.")
    ] = False,
) -> None:
    """Price the same volumes on several plans, side by side.

    A plan that lacks a published rate is shown with "at least" and not ranked;
    of the others the cheapest is marked.

    For example: aloware compare --agents 10 --numbers 50
    """
    form = form_for(format, output, FORMS)
    catalog = catalog_for(scenario)
    cards = _cards(plans, catalog)
    compared = set_side_by_side(
        [price(card, build_nonempty_order(scenario, card, catalog)) for card in cards]
    )
    if explain and form == "table":
        from aloware_cli.render.scenario import origins_of

        compared = compared._replace(notes=(*compared.notes, *origins_of(scenario)))
    write_output(_drawn(compared, form, explain, output), output, force=force)


def _cards(plans: str | None, catalog: Catalog) -> list[RateCard]:
    if plans is not None:
        return find_plans([name.strip() for name in plans.split(",")], catalog)
    if not catalog.cards:
        raise RequestError("no plan's card is in force on that day", "Choose a later --as-of.")
    return list(catalog.cards.values())


def _drawn(compared: Comparison, form: Form, explain: bool, output: str | None) -> str:
    if form == "csv":
        return quotes_csv(compared.quotes)
    table = explained_comparison if explain else comparison_table
    return draw(compared, form, output, table=table, document=comparison_document)
