"""`aloware prorate`: what agents or numbers added during a month cost."""

from typing import Annotated, Any, Final

import typer

from aloware_cli.cli.checks import reject_nonlinear, reject_unknown_totals
from aloware_cli.cli.lookup import load_catalog, plan_of
from aloware_cli.cli.options import PLAN, reads, takes
from aloware_cli.cli.output import (
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    emit,
    resolve,
)
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.periods import read_date
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import NEEDS, Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.orders import build_nonempty_order, reject_ranges
from aloware_cli.pricing.price import price
from aloware_cli.pricing.proration import prorate as prorate_addition
from aloware_cli.render.quotes import proration_report
from aloware_cli.render.result_documents import proration_document

OPTION_KEYS: Final = ("rate", "discount", "term", "min_agents", "rates", "as_of")
#: Of a scenario file, the prices and the contract are used, and the agents that it has already.
FILE_KEYS: Final = ("plan", "agents", *OPTION_KEYS)


def _added(name: str, help: str) -> Any:
    reader = reads(name, read_quantity)
    return typer.Option(name, parser=reader, metavar="N", help=help, rich_help_panel=NEEDS)


@takes(OPTION_KEYS, FILE_KEYS)
def prorate(
    scenario: Scenario,
    on: Annotated[
        str,
        typer.Option(
            parser=reads("--on", read_date),
            metavar="DATE",
            help="Day they are added, YYYY-MM-DD",
            rich_help_panel=NEEDS,
        ),
    ],
    plan: Annotated[str | None, PLAN] = None,
    add_agents: Annotated[int | None, _added("--add-agents", "Agents to add")] = None,
    add_numbers: Annotated[int | None, _added("--add-numbers", "Phone numbers to add")] = None,
    format: Annotated[TableOrJson | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Price agents or numbers added during a month.

        aloware prorate upro --add-agents 2 --on 2026-03-18

    Shows what is due now for the remaining days, and what is due each month after. Reads the plan
    and the prices from a scenario, not its quantities.
    """
    destination = resolve(format, output, TABLE_OR_JSON, force=force)
    if not add_agents and not add_numbers:
        hint = "for example: --add-agents 2 --add-numbers 5"
        raise UsageError("E-EMPTY", "nothing to add", hint)
    scenario = scenario.on(plan)
    reject_ranges(scenario)
    _reject_longer_term(scenario)
    catalog = load_catalog(scenario)
    card = plan_of(scenario, catalog)
    added = scenario._replace(
        agents=_billed_agents(scenario, add_agents or 0), numbers=add_numbers, min_agents=None
    )
    quoted = price(card, build_nonempty_order(added, card, catalog))
    reject_unknown_totals([quoted])
    _reject_models(quoted)
    addition = prorate_addition(quoted, on)
    emit(addition, destination, report=proration_report, document=proration_document)


def _reject_longer_term(scenario: Scenario) -> None:
    if scenario.term not in (None, "monthly"):
        message = f"no proration for the {scenario.term} term: Aloware does not publish it"
        raise UsageError("E-TERM", message, "use --term monthly")


def _billed_agents(scenario: Scenario, added: int) -> int:
    """Return how many more licenses are billed: none up to the minimum of the contract."""
    before, minimum = scenario.quantity("agents"), scenario.quantity("min_agents")
    billed = max(before + added, minimum) - max(before, minimum)
    if added and not billed:
        message = f"nothing to bill: {before + added} agents are within the minimum of {minimum}"
        raise UsageError("E-EMPTY", message, "the unused committed licenses cover them")
    return billed


def _reject_models(quoted: Quote) -> None:
    """Raise UsageError if the price of the addition depends on what there is already."""
    for line in quoted.lines:
        if not line.rate.is_simple:
            hint = "compare the quotes with and without the addition"
            reject_nonlinear(line.charge, line.rate, quoted.plan, hint)
