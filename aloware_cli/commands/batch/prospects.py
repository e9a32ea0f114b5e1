"""Prospects: what a row of a file asks for, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Final

from aloware_cli.commands.batch.columns import PLAN, Layout
from aloware_cli.commands.names import find_plan
from aloware_cli.commands.orders import build_order
from aloware_cli.domain.batch import EVERY_PLAN, CellFault
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.problems import Location, Problem, display_key, quoted
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.files.scenarios import read_row
from aloware_cli.pricing.batch import Offer
from aloware_cli.pricing.orders import Objection, Unfit, asks_for_nothing, find_card, validate_order

#: The settings that are words, in any case.
WORDS: Final = ("term", "brand")
#: A cell has its place in the report of its row.
NOWHERE: Final = Location("", 0, 0)

#: Names of plans, right or wrong, that are kept: searching for the nearest one takes long.
MOST_NAMES: Final = 1024


class Prospects:
    """What reads rows: the cards and options that hold for all of them."""

    def __init__(self, scenario: Scenario, plan: str, catalog: Catalog) -> None:
        """Hold `scenario` and the default `plan`, which may be empty; raises what is wrong.

        A row without a plan of its own is for that one, `all` being every plan.
        """
        self._catalog = catalog
        self._plan = plan
        self._found: dict[str, RateCard | CellFault] = {}
        self._scenario = scenario
        self._orders = {
            name: build_order(scenario, card, catalog) for name, card in catalog.cards.items()
        }
        #: The one plan of rows that name none, as the vendor writes it; empty without one.
        self.plan = ""
        #: The plans that are compared for rows that name none; none where that is one.
        self.plans = tuple(catalog.cards) if plan.casefold() == EVERY_PLAN else ()
        if plan and plan.casefold() != EVERY_PLAN:
            self.plan = find_plan(plan, catalog).plan

    def offers(self, settings: Mapping[str, str]) -> tuple[list[Offer], list[CellFault]]:
        """Return what the cells of `settings` ask for, a plan each, and what is wrong with them."""
        problems = list[CellFault]()
        cards = self._cards(settings.get(PLAN, "") or self._plan, problems)
        given = {
            key: text.casefold() if key in WORDS else text
            for key, text in settings.items()
            if key != PLAN and text
        }
        if not given:
            return [Offer(card, self._orders[card.plan]) for card in cards], problems
        found = list[Problem]()
        scenario = read_row(given, NOWHERE, "", found).merged_over(self._scenario)
        problems += [CellFault(problem.path, problem.message, problem.hint) for problem in found]
        if problems:
            return [], problems
        try:
            return [
                Offer(card, validate_order(scenario, card, self._catalog)) for card in cards
            ], problems
        except Unfit as error:
            return [], [CellFault(o.path, o.message, o.hint) for o in error.objections]

    def _cards(self, plan: str, problems: list[CellFault]) -> list[RateCard]:
        plans = list(self._catalog.cards)
        if plan.casefold() == EVERY_PLAN and plans:
            return list(self._catalog.cards.values())
        if not plan:
            hint = f"write {' or '.join(plans)}, or give --plan"
            problems.append(CellFault(PLAN, "the plan is missing", hint))
            return []
        found = self._find(plan)
        if isinstance(found, RateCard):
            return [found]
        problems.append(found)
        return []

    def _find(self, plan: str) -> RateCard | CellFault:
        """Return the card of `plan`, or what is wrong with that name; the last ones are kept."""
        if plan not in self._found:
            if len(self._found) >= MOST_NAMES:
                self._found.clear()
            found = find_card(plan, self._catalog)
            self._found[plan] = (
                CellFault(found.path, found.message, found.hint)
                if isinstance(found, Objection)
                else found
            )
        return self._found[plan]

    def read(self, cells: Sequence[str], layout: Layout) -> tuple[list[Offer], list[CellFault]]:
        """Return the row `cells` as an offer for each plan that it asks for, with its faults."""
        settings = {name: cells[index] for name, index in layout.settings.items()}
        offers, problems = self.offers(settings)
        quantities = {}
        for charge, index in layout.quantities.items():
            if text := cells[index]:
                try:
                    quantities[charge] = read_quantity(text)
                except ValueError as error:
                    name = display_key(layout.names[index])
                    problems.append(CellFault(name, f"{quoted(text)} is not right", str(error)))
        nothing = not any(quantities.values()) and all(asks_for_nothing(o.order) for o in offers)
        if nothing and not problems:
            hint = "give a quantity, such as 3 in a column agents"
            problems.append(CellFault("", "nothing to price", hint))
        asked = [
            Offer(card, order._replace(quantities={**order.quantities, **quantities}))
            for card, order in offers
        ]
        return asked, problems
