"""Break-evens and sweeps: totals by quantity as sections, and the chart of a sweep.

The chart has one mark per plan, axis labels, and plan names at the line ends. Where lines share a
cell, their marks alternate from column to column, so each stays visible. It needs no color, and
uses ASCII where the target shows no more.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from aloware_cli.domain.comparisons import BreakEven, Sweep
from aloware_cli.domain.money import format_display, round_to_cents
from aloware_cli.domain.problems import visible
from aloware_cli.render.quotes import facts_of
from aloware_cli.render.sections import UNPUBLISHED, Amount, Cell, Column, Report, Row, Section
from aloware_cli.render.terminal import TextTarget

HEIGHT: Final = 16
#: Rows of the vertical axis that show an amount.
TICKS: Final = (0, 5, 10, HEIGHT - 1)
MAX_WIDTH: Final = 72
MIN_WIDTH: Final = 16
UNICODE: Final = "●▲■◆○△□◇"
ASCII: Final = "ox+#ABCD"


def break_even_report(answer: BreakEven) -> Report:
    """Return both totals at each quantity that the answer names, and the answer in words."""
    columns = (*(Column(plan, plan) for plan in answer.plans), Column("cheaper", "Cheaper"))
    each = (_unit_price(rate.net, rate.status) for rate in answer.rates)
    rows = [Row(f"Price per {answer.charge.unit}", (*each, ""))]
    for point in answer.points:
        cheapest = point.cheapest(answer.plans)
        cheaper = cheapest[0] if len(cheapest) == 1 else "equal"
        label = f"Total per month with {answer.charge.counted(point.quantity)}"
        rows.append(Row(label, (*map(Amount, point.totals), cheaper)))
    label = answer.charge.label
    return Report(
        title=f"{' and '.join(answer.plans)}, {answer.term} term, {answer.currency}",
        sections=(Section("points", label, label, columns, tuple(rows)),),
        facts=facts_of(answer.details),
        remarks=answer.reasons,
        notes=answer.notes,
    )


def _unit_price(price: Decimal | None, status: str) -> Cell:
    """Return a price per unit, marked if the user supplied it."""
    if price is None:
        return UNPUBLISHED
    if status == "included":
        return status
    return f"{format_display(price)} (supplied)" if status == "supplied" else price


def sweep_report(sweep: Sweep) -> Report:
    """Return one row per quantity and one column per plan."""
    cheapest = [Column("cheapest", "Cheapest")] if len(sweep.plans) > 1 else []
    rows = tuple(
        Row(
            f"{point.quantity:,}",
            (
                *map(Amount, point.totals),
                *(", ".join(point.cheapest(sweep.plans)) for _ in cheapest),
            ),
        )
        for point in sweep.points
    )
    columns = (*(Column(plan, plan) for plan in sweep.plans), *cheapest)
    label = sweep.charge.label
    return Report(
        title=f"{', '.join(sweep.plans)}, {sweep.term} term, {sweep.currency} per month",
        sections=(Section("points", label, label, columns, rows),),
        facts=facts_of(sweep.details),
        notes=sweep.notes,
    )


def chart(sweep: Sweep, target: TextTarget) -> str:
    """Return the chart of `sweep`: quantities from left to right, totals from bottom to top."""
    marks = UNICODE if target.is_unicode else ASCII
    plans = [(marks[n % len(marks)], visible(plan)) for n, plan in enumerate(sweep.plans)]
    totals = [total for point in sweep.points for total in point.totals]
    low, high = min(totals), max(totals)
    ticks = {
        row: format_display(round_to_cents(high - (high - low) * row / (HEIGHT - 1)))
        for row in TICKS
    }
    ends: dict[int, list[str]] = {}
    for (_, plan), total in zip(plans, sweep.points[-1].totals, strict=True):
        ends.setdefault(_row(total, low, high), []).append(plan)
    margin = max(map(len, ticks.values()))
    room = max(len(", ".join(names)) for names in ends.values())
    width = max(MIN_WIDTH, min(target.width - margin - room - 5, MAX_WIDTH))
    grid = [[""] * width for _ in range(HEIGHT)]
    for number, (mark, _) in enumerate(plans):
        for column, total in enumerate(_line(sweep, number, width)):
            grid[_row(total, low, high)][column] += mark
    side, corner, bottom = "│└─" if target.is_unicode else "|+-"
    lines = [f"{sweep.currency} per month  {'  '.join(f'{mark} {plan}' for mark, plan in plans)}"]
    for row, cells in enumerate(grid):
        shown = "".join(cell[n % len(cell)] if cell else " " for n, cell in enumerate(cells))
        end = ", ".join(ends.get(row, []))
        lines.append(f"{ticks.get(row, ''):>{margin}} {side} {shown} {end}".rstrip())
    indent = " " * margin
    lines.append(f"{indent} {corner}{bottom * (width + 1)}")
    lines += [f"{indent}   {line}" for line in _quantity_axis(sweep, width)]
    return "\n".join([*lines, ""])


def _quantity_axis(sweep: Sweep, width: int) -> Iterator[str]:
    first, last = (f"{sweep.points[end].quantity:,}" for end in (0, -1))
    gap = max(width - len(first) - len(last), 1)
    yield f"{first}{' ' * gap}{last}" if first != last else first
    yield visible(sweep.charge.label).center(width).rstrip()


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
