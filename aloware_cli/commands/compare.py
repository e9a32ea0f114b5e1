"""`aloware compare`: the same volumes on several plans, side by side."""

from typing import Annotated

import typer

from aloware_cli.cli.lookup import find_plans, load_catalog
from aloware_cli.cli.options import completer, takes
from aloware_cli.cli.output import (
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    TABLE_CSV_OR_JSON,
    TableCsvOrJson,
    emit,
    resolve,
)
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.compare import compare as compare_quotes
from aloware_cli.pricing.orders import build_nonempty_order
from aloware_cli.pricing.price import price
from aloware_cli.render.compare import comparison_report
from aloware_cli.render.csv import quotes_csv
from aloware_cli.render.result_documents import comparison_document


@takes()
def compare(
    scenario: Scenario,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN...",
            help="Plans to compare (default: all)",
            autocompletion=completer("plan"),
        ),
    ] = None,
    plans: Annotated[
        str | None, typer.Option(metavar="PLAN,PLAN", help="Plans to compare (default: all)")
    ] = None,
    format: Annotated[TableCsvOrJson | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show calculation and source of each line item")
    ] = False,
) -> None:
    """Price the same volumes on several plans.

        aloware compare --agents 5 --numbers 10
        aloware compare upro xpro --agents 5 --sms 10k

    A plan without a published rate shows a lower bound ("at least") and is not ranked. The
    cheapest of the others is marked.
    """
    destination = resolve(format, output, TABLE_CSV_OR_JSON, force=force)
    catalog = load_catalog(scenario)
    cards = _cards([*(names or []), *([plans] if plans is not None else [])], catalog)
    quotes = [price(card, build_nonempty_order(scenario, card, catalog)) for card in cards]
    compared = compare_quotes(quotes)
    if explain and destination.format == "table":
        from aloware_cli.render.scenario import origins_of

        compared = compared._replace(notes=(*compared.notes, *origins_of(scenario)))
    emit(
        compared,
        destination,
        report=comparison_report,
        document=comparison_document,
        writers={"csv": lambda found: quotes_csv(found.quotes)},
        explain=explain,
    )


def _cards(names: list[str], catalog: Catalog) -> list[RateCard]:
    """Return the rate cards of `names`, each a plan or several separated by commas; else all."""
    if names:
        plans = [plan.strip() for name in names for plan in name.split(",")]
        return find_plans(plans, catalog)
    if not catalog.cards:
        message = "no rate card is in force on that date"
        raise UsageError("E-AS-OF", message, "use a later --as-of")
    return list(catalog.cards.values())
