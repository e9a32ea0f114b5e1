"""Sweeps: one row a point and one column a plan, as a table, as CSV and as JSON."""

from aloware_cli.domain.comparisons import Point, Sweep
from aloware_cli.domain.money import format_display, format_exact
from aloware_cli.render.chart import chart
from aloware_cli.render.console import TextTarget
from aloware_cli.render.csv import to_csv
from aloware_cli.render.rows import Row
from aloware_cli.render.table import table_of


def sweep_table(sweep: Sweep, screen: TextTarget) -> str:
    """Return `sweep` as a table for `screen`, with a chart on a terminal."""
    title = f"Aloware {', '.join(sweep.plans)}, {sweep.term} term, in {sweep.currency} a month"
    cheapest = ("Cheapest",) if len(sweep.plans) > 1 else ()
    heading = Row(sweep.charge.label, "", (*sweep.plans, *cheapest), is_sum=True)
    rows = [_row(point, sweep) for point in sweep.points]
    table = table_of(title, [[heading], rows], sweep.notes, screen)
    return f"{table}\n{chart(sweep, screen)}" if screen.is_terminal else table


def _row(point: Point, sweep: Sweep) -> Row:
    totals = tuple(format_display(total) for total in point.totals)
    cheapest = (", ".join(point.cheapest(sweep.plans)),) if len(sweep.plans) > 1 else ()
    return Row(sweep.charge.counted(point.quantity), "", (*totals, *cheapest))


def sweep_csv(sweep: Sweep) -> str:
    """Return `sweep` as CSV: a header, then bare numbers, the same in every locale."""
    rows = [[str(point.quantity), *map(format_exact, point.totals)] for point in sweep.points]
    return to_csv([["quantity", *sweep.plans], *rows])
