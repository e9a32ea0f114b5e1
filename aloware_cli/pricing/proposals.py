"""Proposals: the plan groups of a scenario, each priced on its own card, and their sums."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Location, Problem, quoted
from aloware_cli.domain.proposals import combine
from aloware_cli.domain.quotes import Note, PlanGroup, Quote
from aloware_cli.domain.scenarios import OF_A_GROUP, Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.credits import notes_on_credits
from aloware_cli.pricing.notes import named_notes
from aloware_cli.pricing.orders import build_nonempty_order, build_order, find_plan

#: The charges that a note says are billed at the price of their group's plan.
NUMBERS: Final = {"local_number", "toll_free_number"}


def build_groups(
    scenario: Scenario, catalog: Catalog, case: int = -1
) -> list[tuple[str, RateCard, Order]]:
    """Return the name, the card and the order of each plan group of `scenario`.

    What the scenario gives beside its groups applies to each that does not give its own; its
    prepaid balance is one for all. `case` is the place in `CASES` of the quantities of ranges.
    Raises ValidationError with every problem; a group must not be empty in the highest case.
    """
    shared = scenario._replace(groups=(), credits=None)
    message, hint = "conflicts with plan groups", "move it into a group"
    problems = [
        Problem("E-GROUPS", message, hint, scenario.origin(key), key)
        for key, _ in scenario.only(OF_A_GROUP).given()
    ]
    found: list[tuple[str | None, RateCard, Order]] = []
    for number, group in enumerate(scenario.groups, 1):
        try:
            found.append((group.name, *_build(group.merged_over(shared), catalog, number, case)))
        except ValidationError as error:
            problems += error.problems
    if not problems:
        given = iter(_default_names([card.plan for name, card, _ in found if name is None]))
        names = [next(given) if name is None else name for name, _, _ in found]
        problems = _problems_of(names, scenario)
    if problems:
        raise ValidationError([*dict.fromkeys(problems)])
    return [(name, card, order) for name, (_, card, order) in zip(names, found, strict=True)]


def _build(group: Scenario, catalog: Catalog, number: int, case: int) -> tuple[RateCard, Order]:
    """Return the card and the order of the plan group with that `number`."""
    begins = group.origin("")
    in_file = isinstance(begins, Location)
    if group.plan is None:
        hint = "add plan: ipro, upro or xpro" if in_file else "name the plan first: + xpro ..."
        message = f"plan group {number} has no plan"
        raise ValidationError([Problem("E-PLAN", message, hint, begins if in_file else None)])
    card = find_plan(group.plan, catalog, group.origin("plan"))
    build_nonempty_order(group.at(-1), card, catalog, f" in plan group {number}")
    return card, build_order(group.at(case), card, catalog)


def _problems_of(names: Sequence[str], scenario: Scenario) -> list[Problem]:
    """Return a problem for each name that an earlier group has, in any case."""
    problems = []
    for place, name in enumerate(names):
        if name.casefold() in map(str.casefold, names[:place]):
            origin = scenario.groups[place].origin("name")
            message = f"another plan group is named {quoted(name)}"
            problems.append(Problem("E-DUPLICATE", message, "give each group its own name", origin))
    return problems


def _default_names(plans: Sequence[str]) -> list[str]:
    """Return a name for the group of each of `plans`: the plan, numbered if several have it."""
    numbers = [plans[: place + 1].count(plan) for place, plan in enumerate(plans)]
    return [
        f"{plan} {number}" if plans.count(plan) > 1 else plan
        for plan, number in zip(plans, numbers, strict=True)
    ]


def propose(groups: Sequence[PlanGroup], balance: Decimal | None = None) -> Quote:
    """Return one quote of priced `groups`, with one prepaid `balance` in USD for all."""
    whole = combine(groups, balance)
    return whole._replace(notes=tuple(dict.fromkeys(_notes(whole))))


def _notes(whole: Quote) -> Iterator[Note]:
    """Yield the notes on all groups; one on some of them names them, unless it is a term."""
    groups = [group for group in whole.groups if group.quote.all_lines]
    notes = [(group.name, note) for group in groups for note in group.quote.notes]
    named = ((name, note) for name, note in notes if note.kind != "term")
    yield from named_notes(named, len(groups))
    if any(line.charge.key in NUMBERS for line in whole.lines):
        text = "Each phone number is billed at the price of the plan of its group."
        yield Note("assumption", text)
    if whole.credits:
        yield from notes_on_credits(whole.credits, [group.quote for group in whole.groups])
    yield from (note for _, note in notes if note.kind == "term")
