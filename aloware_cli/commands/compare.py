"""`aloware compare`: the same volumes on several plans, side by side."""

from decimal import Decimal
from typing import Annotated

from aloware_cli.cli.options import argument, fail_over, option, takes
from aloware_cli.cli.output import COMPARISON_FORMATS, Destination, emit
from aloware_cli.cli.quoting import check_limit, find_plans, load_catalog, quote_on
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.compare import compare as compare_quotes


@takes(formats=COMPARISON_FORMATS)
def compare(
    *,
    names: Annotated[
        list[str] | None, argument("PLAN...", "Plans to compare (default: all)", "plan")
    ] = None,
    plans: Annotated[str | None, option("PLAN,PLAN", "Plans to compare (default: all)")] = None,
    destination: Destination,
    limit: Annotated[
        Decimal | None,
        fail_over("Exit 1 if the monthly total of the cheapest plan is over this amount"),
    ] = None,
    explain: Annotated[
        bool, option("", "Show calculation and source of each line item", "--explain")
    ] = False,
    scenario: Scenario,
) -> None:
    """Price the same volumes on several plans.

        aloware compare --agents 5 --numbers 10
        aloware compare upro xpro --agents 5 --sms 10k

    A plan without a published rate shows a lower bound ("at least") and is not ranked. The
    cheapest of the others is marked, and --fail-over checks its total.
    """
    catalog = load_catalog(scenario)
    wanted = [*(names or []), *([plans] if plans is not None else [])]
    cards = find_plans((plan.strip() for name in wanted for plan in name.split(",")), catalog)
    if not wanted:
        cards = list(catalog.cards.values())
    if not cards:
        message = f"no rate card is in force on {catalog.as_of}"
        raise UsageError("E-AS-OF", message, "use a later --as-of")
    compared = compare_quotes([quote_on(card, scenario, catalog) for card in cards])
    if explain and destination.format == "table":
        from aloware_cli.render.scenario import origins_of

        compared = compared._replace(notes=(*compared.notes, *origins_of(scenario)))
    emit(compared, destination, explain=explain)
    if limit is not None:
        ranked = [standing.quote for standing in compared.ranked]
        cheapest = min(ranked or compared.quotes, key=lambda quote: quote.totals.monthly)
        check_limit(cheapest, limit, cheapest.plan)
