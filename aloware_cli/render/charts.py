"""Charts of a sweep: in characters for a terminal, and in SVG for a page.

Both go from the lowest quantity to the highest, with a line for each plan and its name at the end.
Neither needs color. The table beside them has every figure.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape
from typing import Final

from aloware_cli.domain.money import ZERO, format_display, format_usd, round_to_cents
from aloware_cli.domain.problems import visible
from aloware_cli.domain.results import Sweep
from aloware_cli.render.terminal import TextTarget

#: The rows of a chart on a terminal, and those beside which the vertical axis has an amount.
ROWS: Final = 16
LABELED_ROWS: Final = (0, 5, 10, ROWS - 1)
MAX_COLUMNS: Final = 72
MIN_COLUMNS: Final = 16
UNICODE_MARKS: Final = "●▲■◆○△□◇"
ASCII_MARKS: Final = "ox+#ABCD"

#: The size of the SVG, and the space of its axes and of the names of the plans.
WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 96, 96, 16, 40
TICKS: Final = 4
#: The least distance of two names.
LINE_HEIGHT: Final = 16
#: The color and the dashes of each line; further lines start again.
STYLES: Final = (
    ("accent", ""), ("ink", "8 4"), ("alert", "2 4"), ("quiet", "12 4 2 4"),
)  # fmt: skip


def sweep_chart(sweep: Sweep, target: TextTarget) -> str:
    """Return the chart of `sweep` for a terminal: one mark for each plan.

    Where lines share a cell, their marks alternate from column to column, so each stays visible.
    """
    marks = UNICODE_MARKS if target.is_unicode else ASCII_MARKS
    plans = [(marks[n % len(marks)], visible(plan)) for n, plan in enumerate(sweep.plans)]
    totals = [total for point in sweep.points for total in point.totals]
    low, high = min(totals), max(totals)
    ticks = {
        row: format_display(round_to_cents(high - (high - low) * row / (ROWS - 1)))
        for row in LABELED_ROWS
    }
    ends: dict[int, list[str]] = {}
    for (_, plan), total in zip(plans, sweep.points[-1].totals, strict=True):
        ends.setdefault(_row(total, low, high), []).append(plan)
    margin = max(map(len, ticks.values()))
    room = max(len(", ".join(names)) for names in ends.values())
    width = max(MIN_COLUMNS, min(target.width - margin - room - 5, MAX_COLUMNS))
    grid = [[""] * width for _ in range(ROWS)]
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
    yield f"{first}{last:>{max(width - len(first), len(last) + 1)}}" if first != last else first
    yield visible(sweep.charge.label).center(width).rstrip()


def _line(sweep: Sweep, plan: int, width: int) -> Iterator[Decimal]:
    """Yield the total of `plan` at each column, on the straight line between two points."""
    points = sweep.points
    start, end = points[0].quantity, points[-1].quantity
    left = 0
    for column in range(width):
        quantity = start + Decimal((end - start) * column) / (width - 1)
        while left < len(points) - 2 and points[left + 1].quantity <= quantity:
            left += 1
        one, two = points[left], points[min(left + 1, len(points) - 1)]
        apart = two.quantity - one.quantity
        share = (quantity - one.quantity) / apart if apart else Decimal(0)
        yield one.totals[plan] + (two.totals[plan] - one.totals[plan]) * share


def _row(total: Decimal, low: Decimal, high: Decimal) -> int:
    """Return the row that `total` is nearest to; the highest total is in row 0."""
    if high == low:
        return ROWS - 1
    return ROWS - 1 - int((total - low) * (ROWS - 1) / (high - low) + Decimal("0.5"))


def sweep_svg(sweep: Sweep) -> str:
    """Return the chart of `sweep` as SVG, in the colors of the page, from $0 upward."""
    return "\n".join(_elements(sweep))


def _elements(sweep: Sweep) -> Iterator[str]:
    points = sweep.points
    first, last = points[0], points[-1]
    step = round_step(max(total for point in points for total in point.totals) / TICKS)

    def x(quantity: int) -> Decimal:
        share = Decimal(quantity - first.quantity) / max(last.quantity - first.quantity, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * share

    def y(total: Decimal) -> Decimal:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * total / (step * TICKS)

    label = escape(sweep.charge.label)
    described = "; ".join(
        f"{plan}: {format_usd(low)} at {first.quantity:,}, {format_usd(high)} at {last.quantity:,}"
        for plan, low, high in zip(sweep.plans, first.totals, last.totals, strict=True)
    )
    yield (
        '<svg role="img" aria-labelledby="chart-title chart-desc" fill="currentColor" '
        f'font-size="12" viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    yield f'<title id="chart-title">Total per month by quantity: {label}</title>'
    yield f'<desc id="chart-desc">{escape(described)}. The table has every figure.</desc>'
    yield from _amount_axis(step, y)
    for point, anchor in ((first, "start"), (last, "end"))[: 1 + (first.quantity != last.quantity)]:
        at = f'x="{x(point.quantity):.1f}" y="{HEIGHT - BOTTOM + 18}"'
        yield f'<text {at} text-anchor="{anchor}">{point.quantity:,}</text>'
    middle = (LEFT + WIDTH - RIGHT) // 2
    yield f'<text x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{label}</text>'
    names = spread({plan: y(total) for plan, total in enumerate(last.totals)})
    for plan, name in enumerate(sweep.plans):
        color, dashes = STYLES[plan % len(STYLES)]
        line = " ".join(f"{x(point.quantity):.1f},{y(point.totals[plan]):.1f}" for point in points)
        yield (
            f'<polyline fill="none" stroke="var(--{color})" stroke-width="2" '
            f'stroke-dasharray="{dashes}" points="{line}"/>'
        )
        yield f'<text x="{WIDTH - RIGHT + 8}" y="{names[plan] + 4:.1f}">{escape(name)}</text>'
    yield "</svg>"


def _amount_axis(step: Decimal, y: Callable[[Decimal], Decimal]) -> Iterator[str]:
    """Yield a line and an amount at each tick of the vertical axis."""
    for amount in (step * tick for tick in range(TICKS + 1)):
        path = f'<path d="M{LEFT} {y(amount):.1f}H{WIDTH - RIGHT}"'
        yield f'{path} stroke="currentColor" stroke-opacity="0.2"/>'
        at = f'x="{LEFT - 8}" y="{y(amount) + 4:.1f}"'
        yield f'<text {at} text-anchor="end">{format_usd(amount)}</text>'


def round_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `least`."""
    if least <= ZERO:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    steps = (power * Decimal(each) for each in ("1", "2", "2.5", "5", "10"))
    return next(step for step in steps if least <= step)


def spread(ends: dict[int, Decimal]) -> dict[int, Decimal]:
    """Return heights for names, from the lowest line up, that do not overlap."""
    placed: dict[int, Decimal] = {}
    limit = Decimal(HEIGHT - BOTTOM)
    for plan, height in sorted(ends.items(), key=lambda end: -end[1]):
        placed[plan] = min(height, limit)
        limit = placed[plan] - LINE_HEIGHT
    return placed
