"""Break-even: both totals at each quantity that the answer speaks of, and the answer."""

from aloware_cli.domain.comparisons import BreakEven, Point
from aloware_cli.domain.money import format_display
from aloware_cli.render.console import TextTarget
from aloware_cli.render.rows import Row
from aloware_cli.render.table import table_of
from aloware_cli.render.words import figure_of


def break_even_table(answer: BreakEven, screen: TextTarget) -> str:
    """Return `answer` as a table with its reasons, for `screen`."""
    first, second = answer.plans
    title = f"Aloware {first} and {second}, {answer.term} term, in {answer.currency}"
    each = tuple(figure_of(rate.net, rate) for rate in answer.rates)
    blocks = [
        [Row(answer.charge.label, "", (*answer.plans, "Cheaper"), is_sum=True)],
        [Row(f"Each {answer.charge.unit}", "", (*each, ""))],
        [_row(point, answer) for point in answer.points],
    ]
    return table_of(title, blocks, (*answer.reasons, *answer.notes), screen)


def _row(point: Point, answer: BreakEven) -> Row:
    cheapest = point.cheapest(answer.plans)
    totals = tuple(format_display(total) for total in point.totals)
    named = cheapest[0] if len(cheapest) == 1 else "equal"
    return Row(f"Total with {answer.charge.counted(point.quantity)}", "", (*totals, named))
