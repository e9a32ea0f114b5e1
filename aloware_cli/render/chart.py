"""The chart: how the totals of some plans move, and where their lines cross.

It is drawn with characters, one mark a plan, so that it needs no colour: in ASCII
where the screen shows no more.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.comparisons import Sweep
from aloware_cli.domain.money import format_display
from aloware_cli.render.console import TextTarget

HEIGHT = 16
WIDEST = 72
NARROWEST = 16


class Marks(NamedTuple):
    """The characters of a chart."""

    plans: str
    #: Where several plans share a place.
    several: str
    side: str
    corner: str
    bottom: str


UNICODE = Marks("●▲■◆○△□◇", "✱", "│", "└", "─")
ASCII = Marks("ox+#ABCD", "*", "|", "+", "-")


def chart(sweep: Sweep, screen: TextTarget) -> str:
    """Return the chart of `sweep`: quantities from left to right, totals from the bottom up."""
    marks = ASCII if screen.rule.isascii() else UNICODE
    totals = [total for point in sweep.points for total in point.totals]
    low, high = min(totals), max(totals)
    labels = len(format_display(high))
    width = max(NARROWEST, min(screen.width - labels - 3, WIDEST))
    rows = [
        f"{_axis_label(row, low, high):>{labels}} {marks.side} {cells}".rstrip()
        for row, cells in enumerate(_drawn(sweep, (low, high), width, marks))
    ]
    first, last = (f"{sweep.points[end].quantity:,}" for end in (0, -1))
    gap = width - len(first) - len(last)
    return "\n".join([
        _legend(sweep, marks),
        "",
        *rows,
        f"{'':{labels}} {marks.corner}{marks.bottom * (width + 1)}",
        f"{'':{labels}}   {first}{'':{max(gap, 1)}}{last if first != last else ''}".rstrip(),
        "",
    ])  # fmt: skip


def _legend(sweep: Sweep, marks: Marks) -> str:
    plans = [f"{mark} {plan}" for mark, plan in zip(_marks(sweep, marks), sweep.plans, strict=True)]
    several = [f"{marks.several} several"] if len(plans) > 1 else []
    return f"{sweep.charge.label}\n{'   '.join([*plans, *several])}"


def _marks(sweep: Sweep, marks: Marks) -> list[str]:
    """Return one mark a plan; beyond the last mark they start again."""
    return [marks.plans[number % len(marks.plans)] for number in range(len(sweep.plans))]


def _axis_label(row: int, low: Decimal, high: Decimal) -> str:
    if row == 0:
        return format_display(high)
    return format_display(low) if row == HEIGHT - 1 else ""


def _drawn(
    sweep: Sweep, bounds: tuple[Decimal, Decimal], width: int, marks: Marks
) -> Iterator[str]:
    """Yield the rows of the chart, the highest totals first."""
    cells = [[" "] * width for _ in range(HEIGHT)]
    for number, mark in enumerate(_marks(sweep, marks)):
        for column, total in enumerate(_line(sweep, number, width)):
            row = HEIGHT - 1 - _step(total - bounds[0], bounds[1] - bounds[0], HEIGHT)
            cells[row][column] = mark if cells[row][column] == " " else marks.several
    yield from ("".join(row) for row in cells)


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


def _step(part: Decimal, whole: Decimal, steps: int) -> int:
    """Return which of `steps` equal steps `part` of `whole` is nearest to, from 0."""
    return int(part * (steps - 1) / whole + Decimal("0.5")) if whole else 0
