"""Sheets: rows that have the same columns, priced together where they can be."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import repeat
from typing import Final

from aloware_cli.commands.columns import PLAN, Layout
from aloware_cli.commands.prospects import Prospects
from aloware_cli.domain.batch import CellFault, Outcome
from aloware_cli.domain.charge import Charge
from aloware_cli.files.rows import read_column
from aloware_cli.pricing.batch import Evaluator, Offer, Totals, is_separable
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
        self._evaluator = Evaluator(charges)
        self._offers: dict[Hashable, Offer | None] = {}
        self._bounds = bounds

    def totals(self, columns: Sequence[Sequence[str]]) -> Totals:
        """Return the totals of the rows whose cells are `columns`, and which rows are odd."""
        keys = self._keys(columns)
        present = set(keys)
        many = len(present) > MOST_KEYS
        offers = {key: None if many else self._offer(key) for key in present}
        unreadable = set[int]()
        quantities = {
            charge: read_column(columns[index], unreadable)
            for charge, index in self.layout.quantities.items()
        }
        totals = self._evaluator.totals(offers, keys, quantities)
        return totals._replace(odd=sorted(unreadable.union(totals.odd)))

    def _keys(self, columns: Sequence[Sequence[str]]) -> Sequence[Hashable]:
        """Return what tells apart, for each row, on which offer it is priced."""
        settings = [columns[index] for index in self.layout.settings.values()]
        if len(settings) == 1:
            return settings[0]
        return list(zip(*settings, strict=True)) or list(repeat((), len(columns[0])))

    def _offer(self, key: Hashable) -> Offer | None:
        if key not in self._offers:
            if len(self._offers) >= MOST_OFFERS:
                self._offers.clear()
            self._offers[key] = self._offer_for(key)
        return self._offers[key]

    def _offer_for(self, key: Hashable) -> Offer | None:
        """Return the one offer that a row with `key` is priced on; None for an odd row."""
        cells = key if isinstance(key, tuple) else (key,)
        settings = dict(zip(self.layout.settings, cells, strict=True))
        offers, faults = self._prospects.offers(settings)
        plan_is_blank = not settings.get(PLAN, PLAN)
        if faults or len(offers) > 1 or plan_is_blank or not is_separable(offers[0]):
            return None
        return offers[0]

    def alone(self, cells: Sequence[str]) -> tuple[Outcome, list[CellFault]]:
        """Return what becomes of one row, and what is wrong with it."""
        offers, faults = self._prospects.read(cells, self.layout)
        if faults:
            return failed(faults), faults
        return outcome_of([price(*offer) for offer in offers], lower_bounds=self._bounds), faults


def failed(faults: Sequence[CellFault]) -> Outcome:
    """Return the outcome of a row with `faults`."""
    return Outcome("error", error=" | ".join(map(str, faults)))
