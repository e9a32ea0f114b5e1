"""The chart of a sweep: one mark per plan, with axis labels and plan names at the line ends.

Where lines share a cell, their marks alternate from column to column, so each stays visible.
It needs no color, and uses ASCII where the target shows no more.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from aloware_cli.domain.comparisons import Sweep
from aloware_cli.domain.money import format_display, round_to_cents
from aloware_cli.domain.problems import visible
from aloware_cli.render.target import TextTarget

HEIGHT: Final = 16
#: Rows of the vertical axis that show an amount.
TICKS: Final = (0, 5, 10, HEIGHT - 1)
MAX_WIDTH: Final = 72
MIN_WIDTH: Final = 16
UNICODE: Final = "●▲■◆○△□◇"
ASCII: Final = "ox+#ABCD"


def chart(sweep: Sweep, target: TextTarget) -> str:
    """Return the chart of `sweep`: quantities from left to right, totals from bottom to top."""
    totals = [total for point in sweep.points for total in point.totals]
    low, high = min(totals), max(totals)
    ticks = {row: _tick(row, low, high) for row in TICKS}
    margin = max(map(len, ticks.values()))
    ends = _ends(sweep, low, high)
    room = max(map(len, ends.values()))
    width = max(MIN_WIDTH, min(target.width - margin - room - 5, MAX_WIDTH))
    side, corner, bottom = "│└─" if target.is_unicode else "|+-"
    rows = [
        f"{ticks.get(row, ''):>{margin}} {side} {cells} {ends.get(row, '')}".rstrip()
        for row, cells in enumerate(_rows(sweep, (low, high), width, _marks(sweep, target)))
    ]
    indent = " " * margin
    return "\n".join([
        f"{sweep.currency} per month  {_legend(sweep, target)}",
        *rows,
        f"{indent} {corner}{bottom * (width + 1)}",
        *(f"{indent}   {line}" for line in _quantity_axis(sweep, width)),
        "",
    ])  # fmt: skip


def _marks(sweep: Sweep, target: TextTarget) -> str:
    """Return one mark per plan; after the last mark they start again."""
    marks = UNICODE if target.is_unicode else ASCII
    return "".join(marks[number % len(marks)] for number in range(len(sweep.plans)))


def _legend(sweep: Sweep, target: TextTarget) -> str:
    plans = zip(_marks(sweep, target), sweep.plans, strict=True)
    return "  ".join(f"{mark} {visible(plan)}" for mark, plan in plans)


def _tick(row: int, low: Decimal, high: Decimal) -> str:
    return format_display(round_to_cents(high - (high - low) * row / (HEIGHT - 1)))


def _ends(sweep: Sweep, low: Decimal, high: Decimal) -> dict[int, str]:
    """Return the names of the plans whose lines end in each row."""
    names: dict[int, list[str]] = {}
    for plan, total in zip(sweep.plans, sweep.points[-1].totals, strict=True):
        names.setdefault(_row(total, low, high), []).append(visible(plan))
    return {row: ", ".join(plans) for row, plans in names.items()}


def _quantity_axis(sweep: Sweep, width: int) -> Iterator[str]:
    first, last = (f"{sweep.points[end].quantity:,}" for end in (0, -1))
    gap = max(width - len(first) - len(last), 1)
    yield f"{first}{' ' * gap}{last}" if first != last else first
    yield visible(sweep.charge.label).center(width).rstrip()


def _rows(sweep: Sweep, bounds: tuple[Decimal, Decimal], width: int, marks: str) -> Iterator[str]:
    """Yield the rows of the chart, the highest totals first."""
    cells: list[list[list[int]]] = [[[] for _ in range(width)] for _ in range(HEIGHT)]
    for plan in range(len(sweep.plans)):
        for column, total in enumerate(_line(sweep, plan, width)):
            cells[_row(total, *bounds)][column].append(plan)
    for row in cells:
        yield "".join(
            marks[plans[column % len(plans)]] if plans else " " for column, plans in enumerate(row)
        )


def _line(sweep: Sweep, plan: int, width: int) -> Iterator[Decimal]:
    """Yield the total of `plan` at each column, on the straight line between two points."""
    points = sweep.points
    start, end = points[0].quantity, points[-1].quantity
    left = 0
    for column in range(width):
        place = start + Decimal((end - start) * column) / (width - 1)
        while left < len(points) - 2 and points[left + 1].quantity <= place:
            left += 1
        one, two = points[left], points[min(left + 1, len(points) - 1)]
        apart = two.quantity - one.quantity
        share = (place - one.quantity) / apart if apart else Decimal(0)
        yield one.totals[plan] + (two.totals[plan] - one.totals[plan]) * share


def _row(total: Decimal, low: Decimal, high: Decimal) -> int:
    """Return the row that `total` is nearest to; the highest total is in row 0."""
    if high == low:
        return HEIGHT - 1
    return HEIGHT - 1 - int((total - low) * (HEIGHT - 1) / (high - low) + Decimal("0.5"))
