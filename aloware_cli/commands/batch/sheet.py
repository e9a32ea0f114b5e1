"""Sheets: rows that have the same columns, priced together where they can be."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import repeat
from typing import Final

from aloware_cli.commands.batch.columns import PLAN, Layout
from aloware_cli.commands.batch.prospects import Prospects
from aloware_cli.domain.batch import CellFault, Outcome
from aloware_cli.domain.charges import Charge
from aloware_cli.files.rows import read_column
from aloware_cli.pricing.batch import Evaluator, Offer, Totals, cheapest_of, is_separable
from aloware_cli.pricing.outcome import outcome_of
from aloware_cli.pricing.price import price

#: Different combinations of settings in a block that are priced together.
MOST_KEYS: Final = 256
#: Combinations whose offers are kept.
MOST_OFFERS: Final = 4096


class Sheet:
    """What prices the rows of one layout."""

    def __init__(
        self, layout: Layout, prospects: Prospects, charges: Mapping[str, Charge], *, bounds: bool
    ) -> None:
        """Price rows of `layout`; `bounds` asks for lower bounds where a rate is missing."""
        self.layout = layout
        self._prospects = prospects
        self._plans = () if PLAN in layout.settings else prospects.plans
        #: One for each plan that is compared; one for rows that are for one plan each.
        self._evaluators = [Evaluator(charges) for _ in self._plans or (PLAN,)]
        self._offers: dict[Hashable, Sequence[Offer]] = {}
        self._bounds = bounds

    def totals(self, columns: Sequence[Sequence[str]]) -> Totals:
        """Return the totals of the rows whose cells are `columns`, and which rows are odd."""
        keys = self._keys(columns)
        present = set(keys)
        many = len(present) > MOST_KEYS
        offers = {key: () if many else self._offers_for(key) for key in present}
        unreadable = set[int]()
        quantities = {
            charge: read_column(columns[index], unreadable)
            for charge, index in self.layout.quantities.items()
        }
        several = [
            evaluator.totals(
                {key: each[place] if each else None for key, each in offers.items()},
                keys,
                quantities,
            )
            for place, evaluator in enumerate(self._evaluators)
        ]
        totals = cheapest_of(self._plans, several) if self._plans else several[0]
        return totals._replace(odd=sorted(unreadable.union(totals.odd)))

    def _keys(self, columns: Sequence[Sequence[str]]) -> Sequence[Hashable]:
        """Return what tells apart, for each row, on which offer it is priced."""
        settings = [columns[index] for index in self.layout.settings.values()]
        if len(settings) == 1:
            return settings[0]
        return list(zip(*settings, strict=True)) or list(repeat((), len(columns[0])))

    def _offers_for(self, key: Hashable) -> Sequence[Offer]:
        """Return what rows with `key` are priced on, as `_read` does; it is read once."""
        if key not in self._offers:
            if len(self._offers) >= MOST_OFFERS:
                self._offers.clear()
            self._offers[key] = self._read(key)
        return self._offers[key]

    def _read(self, key: Hashable) -> Sequence[Offer]:
        """Return an offer for each evaluator; none where rows with `key` are odd."""
        cells = key if isinstance(key, tuple) else (key,)
        settings = dict(zip(self.layout.settings, cells, strict=True))
        offers, problems = self._prospects.offers(settings)
        plan_is_blank = not settings.get(PLAN, PLAN)
        fits = len(offers) == len(self._evaluators) and all(map(is_separable, offers))
        return offers if fits and not problems and not plan_is_blank else ()

    def alone(self, cells: Sequence[str]) -> tuple[Outcome, list[CellFault]]:
        """Return what becomes of one row, and what is wrong with it."""
        offers, problems = self._prospects.read(cells, self.layout)
        if problems:
            return failed(problems), problems
        return outcome_of([price(*offer) for offer in offers], lower_bounds=self._bounds), problems


def failed(problems: Sequence[CellFault]) -> Outcome:
    """Return the outcome of a row with `faults`."""
    return Outcome("error", error=" | ".join(map(str, problems)))
