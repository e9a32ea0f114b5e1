"""`aloware prorate`: what agents or numbers added during a month cost."""

from typing import Annotated, Final

from aloware_cli.cli.options import option, takes
from aloware_cli.cli.output import TABLE_OR_JSON, Destination, emit
from aloware_cli.cli.quoting import (
    load_catalog,
    options_of,
    plan_of,
    quote_on,
    reject_nonlinear,
    reject_unknown_totals,
)
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.periods import read_date
from aloware_cli.domain.problems import count
from aloware_cli.domain.scenarios import NEEDS, Scenario
from aloware_cli.errors import UsageError
from aloware_cli.pricing.orders import reject_ranges
from aloware_cli.pricing.price import prorate as prorate_addition

KEYS: Final = ("plan", "rate", "discount", "term", "min_agents", "rates", "as_of")
#: Of a scenario file, the prices and the contract are used, and the agents that it has already.
FILE_KEYS: Final = ("agents", *KEYS)


@takes(KEYS, FILE_KEYS, TABLE_OR_JSON)
def prorate(
    *,
    on: Annotated[
        str,
        option("DATE", "Day they are added, YYYY-MM-DD", "--on", read=read_date, panel=NEEDS),
    ],
    add_agents: Annotated[
        int | None,
        option("N", "Agents to add", "--add-agents", read=read_quantity, panel=NEEDS),
    ] = None,
    add_numbers: Annotated[
        int | None,
        option("N", "Phone numbers to add", "--add-numbers", read=read_quantity, panel=NEEDS),
    ] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Price agents or numbers added during a month.

        aloware prorate upro --add-agents 2 --on 2026-03-18

    Shows what is due now for the remaining days, and what is due each month after. Reads the plan
    and the prices from a scenario, not its quantities.
    """
    if not add_agents and not add_numbers:
        hint = "for example: --add-agents 2 --add-numbers 5"
        raise UsageError("E-EMPTY", "nothing to add", hint)
    reject_ranges(scenario)
    if scenario.term not in (None, "monthly"):
        message = f"no proration for the {scenario.term} term: Aloware does not publish it"
        raise UsageError("E-TERM", message, "use --term monthly")
    catalog = load_catalog(scenario)
    card = plan_of(scenario, catalog)
    agents = _billed_agents(scenario, add_agents or 0)
    added = scenario._replace(agents=agents, numbers=add_numbers, min_agents=None)
    quoted = quote_on(card, added, catalog)
    options = {"agents": f"--agents {agents}"} if agents else {}
    options |= {"numbers": f"--numbers {add_numbers}"} if add_numbers else {}
    typed = added._replace(origins={**scenario.origins, **options})
    reject_unknown_totals([quoted], options_of(typed))
    for line in quoted.lines:
        if not line.rate.is_simple:  # its price depends on what there is already
            hint = "compare the quotes with and without the addition"
            reject_nonlinear(line.charge, line.rate, quoted.plan, hint)
    addition = prorate_addition(quoted, on)
    emit(addition, destination)


def _billed_agents(scenario: Scenario, added: int) -> int:
    """Return how many more licenses are billed: none up to the minimum of the contract."""
    before, minimum = scenario.quantity("agents"), scenario.quantity("min_agents")
    billed = max(before + added, minimum) - max(before, minimum)
    if added and not billed:
        agents = count(before + added, "agent is", "agents are")
        message = f"nothing to bill: {agents} within the minimum of {minimum}"
        raise UsageError("E-EMPTY", message, "the unused committed licenses cover them")
    return billed
