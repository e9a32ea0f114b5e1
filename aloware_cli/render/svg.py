"""The chart of a sweep as SVG: a line per plan, told apart by dashes, with the plan at its end.

The table beside it has every figure. Colors are those of the page.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape
from typing import Final

from aloware_cli.domain.comparisons import Sweep
from aloware_cli.domain.money import ZERO, format_usd

WIDTH: Final = 720
HEIGHT: Final = 300
#: The space of the axes and of the names of the plans.
LEFT, RIGHT, TOP, BOTTOM = 96, 96, 16, 40
TICKS: Final = 4
#: The least distance of two names.
LINE_HEIGHT: Final = 16
#: The color and the dashes of each line; further lines start again.
STYLES: Final = (
    ("accent", ""), ("ink", "8 4"), ("alert", "2 4"), ("quiet", "12 4 2 4"),
)  # fmt: skip


def sweep_svg(sweep: Sweep) -> str:
    """Return the chart of `sweep`: quantities from left to right, totals from $0 upward."""
    return "\n".join(_elements(sweep))


def _elements(sweep: Sweep) -> Iterator[str]:
    points = sweep.points
    step = round_step(max(total for point in points for total in point.totals) / TICKS)
    first, last = points[0].quantity, points[-1].quantity

    def x(quantity: int) -> Decimal:
        return LEFT + Decimal(WIDTH - LEFT - RIGHT) * (quantity - first) / max(last - first, 1)

    def y(total: Decimal) -> Decimal:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * total / (step * TICKS)

    label = escape(sweep.charge.label)
    yield (
        '<svg role="img" aria-labelledby="chart-title chart-desc" fill="currentColor" '
        f'font-size="12" viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    yield f'<title id="chart-title">Total per month by quantity: {label}</title>'
    described = "; ".join(_descriptions(sweep))
    yield f'<desc id="chart-desc">{escape(described)}. The table has every figure.</desc>'
    yield from _ticks(step, y)
    for quantity, anchor in ((first, "start"), (last, "end"))[: 1 + (first != last)]:
        yield (
            f'<text x="{x(quantity):.1f}" y="{HEIGHT - BOTTOM + 18}" '
            f'text-anchor="{anchor}">{quantity:,}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) // 2
    yield f'<text x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{label}</text>'
    ends = {plan: y(points[-1].totals[plan]) for plan in range(len(sweep.plans))}
    names = spread(ends)
    for plan, name in enumerate(sweep.plans):
        color, dashes = STYLES[plan % len(STYLES)]
        line = " ".join(f"{x(p.quantity):.1f},{y(p.totals[plan]):.1f}" for p in points)
        yield (
            f'<polyline fill="none" stroke="var(--{color})" stroke-width="2" '
            f'stroke-dasharray="{dashes}" points="{line}"/>'
        )
        yield f'<text x="{WIDTH - RIGHT + 8}" y="{names[plan] + 4:.1f}">{escape(name)}</text>'
    yield "</svg>"


def _ticks(step: Decimal, y: Callable[[Decimal], Decimal]) -> Iterator[str]:
    """Yield a line and an amount at each tick of the vertical axis."""
    for tick in range(TICKS + 1):
        at = y(step * tick)
        yield (
            f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="currentColor" '
            'stroke-opacity="0.2"/>'
        )
        amount = format_usd(step * tick)
        yield f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{amount}</text>'


def _descriptions(sweep: Sweep) -> Iterator[str]:
    """Yield the first and the last total of each plan."""
    first, last = sweep.points[0], sweep.points[-1]
    for plan, *totals in zip(sweep.plans, first.totals, last.totals, strict=True):
        low, high = map(format_usd, totals)
        yield f"{plan}: {low} at {first.quantity:,}, {high} at {last.quantity:,}"


def round_step(least: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `least`."""
    if least <= ZERO:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    share = least / power
    return power * next(
        Decimal(each) for each in ("1", "2", "2.5", "5", "10") if share <= Decimal(each)
    )


def spread(ends: dict[int, Decimal]) -> dict[int, Decimal]:
    """Return heights for names, from the lowest line up, that do not overlap."""
    placed: dict[int, Decimal] = {}
    limit = Decimal(HEIGHT - BOTTOM)
    for plan, height in sorted(ends.items(), key=lambda end: -end[1]):
        placed[plan] = min(height, limit)
        limit = placed[plan] - LINE_HEIGHT
    return placed
