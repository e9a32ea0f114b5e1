"""Objects: a block of JSON lines, priced."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aloware_cli.commands.batch.blocks import BlockPricer, Request, leaves_open
from aloware_cli.commands.batch.columns import PLAN, RENAMED, Layout, layout_of
from aloware_cli.commands.batch.sheet import Sheet
from aloware_cli.domain.batch import CellFault, Outcome
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.problems import display_key
from aloware_cli.files.rows import Object, objects_of
from aloware_cli.render.batch import cell_of, json_line

#: Sets of keys whose sheets are kept.
MOST_SHEETS: Final = 64


class ObjectPricer(BlockPricer):
    """What prices blocks of JSON lines, whose objects may differ in their keys."""

    def __init__(self, request: Request, catalog: Catalog, layout: Layout) -> None:
        """Get ready to price objects with any keys; `layout` is for a result in CSV."""
        super().__init__(request, catalog, layout)
        self._sheets: dict[tuple[str, ...], Sheet | CellFault] = {}

    def priced(self, text: str, line: int) -> str:
        """Return `text`, which begins on `line` of the file, with its results."""
        objects = list(objects_of(text, line))
        outcomes = {
            each.line: self.refuse([each.problem], each.line) for each in objects if each.problem
        }
        for names, alike in _grouped(objects).items():
            found = self._outcomes_of(names, alike)
            outcomes.update(zip((each.line for each in alike), found, strict=True))
        together = [(each.value, outcomes[each.line]) for each in objects]
        if self.request.form == "csv":
            return self._as_csv(together)
        return "".join(
            json_rows(self, value, self._layout_of(value), outcome) for value, outcome in together
        )

    def _outcomes_of(self, names: tuple[str, ...], alike: Sequence[Object]) -> list[Outcome]:
        """Return what becomes of objects that have the same keys."""
        sheet = self._sheet_for(names)
        if isinstance(sheet, CellFault):
            return [self.refuse([sheet], each.line) for each in alike]
        known = {*sheet.layout.settings.values(), *sheet.layout.quantities.values()}
        rows = [
            [cell_of(value) if i in known else "" for i, value in enumerate(each.value.values())]
            for each in alike
        ]
        return self.outcomes(sheet, rows, [each.line for each in alike])

    def _sheet_for(self, names: tuple[str, ...]) -> Sheet | CellFault:
        if names not in self._sheets:
            if len(self._sheets) >= MOST_SHEETS:
                self._sheets.clear()
            layout = self._fault_of(names) or layout_of(names, self.charges, self.request.results)
            self._sheets[names] = self.sheet(layout) if isinstance(layout, Layout) else layout
        return self._sheets[names]

    def _fault_of(self, names: tuple[str, ...]) -> CellFault | None:
        """Return the fault of keys that what was asked for has no room for."""
        further = [name for name in names if name not in self.request.names]
        if self.request.compare and PLAN in names:
            return CellFault(PLAN, "--compare prices every plan", f"rename it, {RENAMED}")
        if self.request.form == "csv" and further:
            hint = "give it to the first object too, or choose --format jsonl"
            return CellFault(
                display_key(further[0]), "not among the columns, the first object's", hint
            )
        return None

    def _layout_of(self, value: Mapping[str, Any]) -> Layout | None:
        sheet = self._sheet_for(tuple(value))
        return sheet.layout if isinstance(sheet, Sheet) else None

    def _as_csv(self, together: Sequence[tuple[Mapping[str, Any], Outcome]]) -> str:
        names = self.layout.names
        return self.csv(
            [([cell_of(value.get(name)) for name in names], outcome) for value, outcome in together]
        )


def _grouped(objects: Sequence[Object]) -> dict[tuple[str, ...], list[Object]]:
    """Return `objects` by their keys, without those that have a fault."""
    groups: dict[tuple[str, ...], list[Object]] = {}
    for each in objects:
        if not each.problem:
            groups.setdefault(tuple(each.value), []).append(each)
    return groups


def json_rows(
    pricer: BlockPricer, given: Mapping[str, Any], layout: Layout | None, outcome: Outcome
) -> str:
    """Return lines of JSON: what was `given`, with its results."""
    position = layout.settings.get(PLAN) if layout else None
    name = PLAN if layout is None or position is None else layout.names[position]
    if outcome.plan and leaves_open(cell_of(given.get(name))):
        given = {**given, name: outcome.plan}
    names = pricer.request.results
    return "".join(
        json_line(given, dict(zip(names, results, strict=True)))
        for results in pricer.results(outcome)
    )
