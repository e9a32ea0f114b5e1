"""`aloware breakeven` and `aloware sweep`: what plans cost as one quantity varies."""

from collections.abc import Sequence
from typing import Annotated, Final

from aloware_cli.cli.options import KEYS, PLAN, argument, option, takes
from aloware_cli.cli.output import PAGE_FORMATS, Destination, emit
from aloware_cli.cli.quoting import (
    find_charge,
    find_plans,
    load_catalog,
    option_for,
    options_of,
    plan_of,
    reject_nonlinear,
    reject_unknown_totals,
)
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.problems import InvalidValue, as_typed
from aloware_cli.domain.quotes import Note
from aloware_cli.domain.scenarios import NEEDS, OPTIONS, QUANTITY_KEYS, Scenario, charge_key
from aloware_cli.errors import UsageError
from aloware_cli.pricing.breakeven import find_break_even, find_nonlinear
from aloware_cli.pricing.compare import SweepInput, price_at
from aloware_cli.pricing.compare import sweep as sweep_over
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import rate_of

INSTEAD: Final = "use aloware compare or aloware sweep"
MAX_POINTS: Final = 10_000
SHAPE: Final = "CHARGE=FROM:TO:STEP"
EXAMPLE: Final = "for example: --vary numbers=0:500:50"
#: A lower bound cannot be compared, so that option is not offered.
OPTION_KEYS: Final = tuple(key for key in KEYS if key != "allow_unpriced")


@takes(OPTION_KEYS, formats=PAGE_FORMATS)
def breakeven(
    *,
    plan: Annotated[str, PLAN],
    other: Annotated[str, argument("PLAN", "Plan to compare with", "plan")],
    vary: Annotated[
        str,
        option(
            "CHARGE",
            "Quantity to vary: agents, numbers, sms or any charge",
            panel=NEEDS,
            completes="charge",
        ),
    ],
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Find the volume where one plan becomes cheaper than another.

        aloware breakeven ipro xpro --agents 10 --vary numbers

    Finds the smallest quantity from 0 to one billion, exact to the cent. Other quantities stay
    fixed.
    """
    catalog = load_catalog(scenario)
    if scenario.min_agents is not None:
        message = "breakeven does not support --min-agents"
        hint = f"the minimum is billed at any agent count; {INSTEAD}"
        raise UsageError("E-CONFLICT", message, hint)
    if options := _options_fixing(charge_key(vary), scenario):
        fixing = options[0] if "=" in options[0] else options[0].split(" ")[0]
        message = f"{fixing} conflicts with --vary {vary}"
        raise UsageError("E-CONFLICT", message, f"remove {fixing}")
    first, second = _inputs_on(find_plans([plan, other], catalog), vary, scenario, catalog)
    for each in (first, second):
        if charge := find_nonlinear(each):
            rate = rate_of(charge, each.card, each.order)
            hint = f"break-even needs one price per unit; {INSTEAD}"
            reject_nonlinear(charge, rate, each.card.plan, hint)
    emit(find_break_even(first, second), destination)


@takes(OPTION_KEYS, formats=PAGE_FORMATS)
def sweep(
    *,
    vary: Annotated[
        str,
        option(
            SHAPE,
            "Quantity to vary and its range, for example numbers=0:500:50",
            panel=NEEDS,
            completes="add",
        ),
    ],
    plans: Annotated[list[str] | None, argument("PLAN...", "Plans to show", "plan")] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Show totals over a range of volumes.

        aloware sweep ipro xpro --agents 10 --vary numbers=0:500:50

    On a terminal, a chart follows the table.
    """
    name, quantities = _read_range(vary)
    catalog = load_catalog(scenario)
    cards = find_plans(plans, catalog) if plans else [plan_of(scenario, catalog)]
    inputs = _inputs_on(cards, name, scenario, catalog)
    swept = sweep_over(inputs, quantities)
    for fixing in _options_fixing(swept.charge.key, scenario):
        note = Note("assumption", f"--vary {name} replaces {fixing}.", "internal")
        swept = swept._replace(notes=(*swept.notes, note))
    emit(swept, destination)


def _read_range(text: str) -> tuple[str, range]:
    """Return the charge and the quantities of `CHARGE=FROM:TO:STEP`; raises UsageError."""
    where = f"--vary {as_typed(text)}"
    name, _, bounds = text.partition("=")
    parts = bounds.split(":")
    if not name or len(parts) != len(SHAPE.split(":")):
        raise UsageError("E-RANGE", f"{where}: not a range", f"use {SHAPE}, {EXAMPLE}")
    try:
        start, end, step = (read_quantity(part) for part in parts)
    except InvalidValue as error:
        raise UsageError(error.code, f"{where}: {error.message}", EXAMPLE) from error
    if start > end:
        raise UsageError("E-RANGE", f"{where}: FROM is greater than TO", EXAMPLE)
    if step == 0:
        raise UsageError("E-RANGE", f"{where}: STEP is 0", EXAMPLE)
    quantities = range(start, end + 1, step)
    if len(quantities) > MAX_POINTS:
        message = f"{where}: {len(quantities):,} points; the maximum is {MAX_POINTS:,}"
        smallest = -((start - end) // (MAX_POINTS - 1))
        raise UsageError("E-RANGE", message, f"use a step of {smallest:,} or more")
    return name, quantities


def _inputs_on(
    cards: Sequence[RateCard], name: str, scenario: Scenario, catalog: Catalog
) -> list[SweepInput]:
    """Return the order on each of `cards`, without the quantity of the charge `name`.

    Raises UsageError for a charge that no month has, and UnpublishedPrice if a monthly total
    cannot be known.
    """
    charge = find_charge(name, cards[0].charges, f"--vary {name}: ")
    if charge.one_time:
        message = f"--vary {name}: a one-time fee does not change monthly totals"
        hint = "vary a recurring charge, for example: --vary numbers"
        raise UsageError("E-ONE-TIME", message, hint)
    inputs = []
    for card in cards:
        order = build_order(scenario, card, catalog)
        others = {key: count for key, count in order.quantities.items() if key != charge.key}
        inputs.append(SweepInput(card, order._replace(quantities=others), charge.key))
    fixing = {f"add.{charge.key}", *_keys_fixing(charge.key)}
    fixing |= {key for key, declared in OPTIONS.items() if declared.part_of in fixing}
    kept = {path: origin for path, origin in scenario.origins.items() if path not in fixing}
    options = options_of(scenario._replace(origins=kept))
    # With one unit, the quote has a line for the charge.
    quotes = [price_at(each, 1) for each in inputs]
    reject_unknown_totals(quotes, f"{options} {option_for(charge.key)}".lstrip())
    return inputs


def _keys_fixing(charge: str) -> list[str]:
    return [key for key in QUANTITY_KEYS if charge in OPTIONS[key].charges]


def _options_fixing(charge: str, scenario: Scenario) -> list[str]:
    """Return the options, as typed, that give a quantity of `charge`."""
    origins = [scenario.origins.get(path) for path in [*_keys_fixing(charge), f"add.{charge}"]]
    return [origin for origin in origins if isinstance(origin, str)]
