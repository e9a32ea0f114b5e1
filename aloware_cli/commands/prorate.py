"""`aloware prorate`: what adding agents or numbers within a month costs."""

from typing import Annotated

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import (
    FORCE_OPTION,
    FORM_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    form_for,
)
from aloware_cli.commands.names import plan_of
from aloware_cli.commands.options import (
    AsOf,
    Discounts,
    RatePaths,
    ScenarioFiles,
    SuppliedRates,
    asked_for,
    catalog_for,
    day,
    quantity,
)
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.commands.refusals import reject_nonlinear, reject_unknown_totals
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import KEYS_OF_PRICES
from aloware_cli.errors import RequestError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proration import prorate as prorate_addition
from aloware_cli.render.documents import proration_document
from aloware_cli.render.proration import proration_table


def prorate(
    context: typer.Context,
    on: Annotated[
        str, typer.Option(parser=day, metavar="DATE", help="The day they are added, YYYY-MM-DD.")
    ],
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")
    ] = None,
    add_agents: Annotated[
        int | None, typer.Option(parser=quantity, metavar="N", help="Agents; one license each.")
    ] = None,
    add_numbers: Annotated[
        int | None, typer.Option(parser=quantity, metavar="N", help="Local phone numbers.")
    ] = None,
    rate: SuppliedRates = None,
    discount: Discounts = None,
    source: ScenarioFiles = None,
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson | None, FORM_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Price agents or numbers that are added within a month.

    What is due now, for the days that remain, and each month after. Of a scenario,
    the plan and the prices count, not its quantities.

    For example: aloware prorate upro --add-agents 2 --on 2026-03-18
    """
    form = form_for(format, output, TABLE_OR_JSON)
    if not add_agents and not add_numbers:
        raise RequestError(
            "nothing to add", "Say how much of what, for example: --add-agents 2 --add-numbers 5"
        )
    flags = {
        "agents": add_agents,
        "numbers": add_numbers,
        "rate": rate,
        "discount": discount,
        "rates": rates,
        "as_of": as_of,
        "source": source,
        "context": context,
    }
    scenario = asked_for(flags, KEYS_OF_PRICES).on(plan)
    catalog = catalog_for(scenario)
    card = plan_of(scenario, catalog)
    quoted = price(card, build_nonempty_order(scenario, card, catalog))
    reject_unknown_totals([quoted])
    _refuse_models(quoted)
    added = prorate_addition(quoted, on)
    text = draw(added, form, output, table=proration_table, document=proration_document)
    write_output(text, output, force=force)


def _refuse_models(quoted: Quote) -> None:
    """Raise RequestError if what is added costs more or less with what there is already."""
    for line in quoted.lines:
        if not line.rate.is_simple:
            way_out = (
                "What an addition costs depends on what there is already; "
                "hold the quotes with and without it side by side."
            )
            reject_nonlinear(line.charge, line.rate, quoted.plan, way_out)
