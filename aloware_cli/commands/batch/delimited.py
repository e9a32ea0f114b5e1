"""Delimited rows: a block of CSV or TSV, priced."""

from collections.abc import Sequence

from aloware_cli.commands.batch.blocks import BlockPricer, Request
from aloware_cli.commands.batch.columns import PLAN, Layout
from aloware_cli.commands.batch.objects import json_rows
from aloware_cli.domain.batch import CellFault, Outcome
from aloware_cli.domain.cards import Catalog
from aloware_cli.files.rows import DELIMITERS, columns_of, rows_of
from aloware_cli.render.batch import priced_rows
from aloware_cli.render.csv import has_formula


class DelimitedPricer(BlockPricer):
    """What prices blocks of CSV or TSV."""

    def __init__(self, request: Request, catalog: Catalog, layout: Layout) -> None:
        """Get ready to price rows of `layout`."""
        super().__init__(request, catalog, layout)
        self._sheet = self.sheet(layout)

    def priced(self, text: str, line: int) -> str:
        """Return `text`, which begins on `line` of the file, with its results."""
        perfect = self._perfect(text, line)
        return self._any(text, line) if perfect is None else perfect

    def _perfect(self, text: str, line: int) -> str | None:
        """Return `text` with its results if all its rows are perfect, else None.

        A row is repeated as it stands; only an odd one is put together from its cells.
        """
        request, layout = self.request, self.layout
        if request.lines or request.form != "csv":
            return None
        if not request.raw and layout.carries and has_formula(text, DELIMITERS[request.rows]):
            return None
        columns = columns_of(text, len(layout.names), request.rows)
        if columns is None:
            return None
        totals = self._sheet.totals(columns.cells)
        named = totals.plans or PLAN in layout.settings
        lead = ",ok," if named else f",{self.prospects.plan},ok,"
        rows = columns.rows
        if totals.plans:
            rows = [f"{row},{plan}" for row, plan in zip(rows, totals.plans, strict=True)]
        priced = priced_rows(rows, lead, totals.monthly, totals.one_time)
        self.count(totals)
        for position in totals.odd:
            cells = [column[position] for column in columns.cells]
            outcome = self.alone(self._sheet, cells, line + position)
            priced[position] = self.csv([(cells, outcome)])
        return "".join(priced)

    def _any(self, text: str, line: int) -> str:
        """Return `text` with its results, whatever its rows are like."""
        width = len(self.layout.names)
        rows = list(rows_of(text, line, self.request.file, self.request.rows))
        whole = [row for row in rows if len(row.cells) == width]
        outcomes = iter(
            self.outcomes(self._sheet, [row.cells for row in whole], [row.line for row in whole])
        )
        together = [
            (row.cells, next(outcomes))
            if len(row.cells) == width
            else self._ragged(row.line, row.cells)
            for row in rows
        ]
        if self.request.form == "csv":
            return self.csv(together)
        return "".join(
            json_rows(self, dict(zip(self.layout.names, cells, strict=True)), self.layout, outcome)
            for cells, outcome in together
        )

    def _ragged(self, line: int, cells: Sequence[str]) -> tuple[list[str], Outcome]:
        """Return a row with too many or too few cells, cut or filled, and its outcome."""
        width = len(self.layout.names)
        count = f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'}"
        message = f"the row has {count}, the header {width}"
        hint = "write one for each column, in quotes where it holds a delimiter"
        outcome = self.refuse([CellFault("", message, hint)], line)
        return [*cells, *[""] * width][:width], outcome
