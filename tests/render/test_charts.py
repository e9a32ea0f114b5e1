"""The chart: lines that cross, in the characters of any terminal, and only on a terminal."""

from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.orders import Order
from aloware_cli.domain.results import Point, Sweep
from aloware_cli.pricing.compare import SweepInput, sweep
from aloware_cli.render.charts import ROWS, sweep_chart
from aloware_cli.render.terminal import TextTarget

CATALOG = catalog()


def swept(*plans: str, quantities: range = range(0, 501, 50)) -> Sweep:
    order = Order({"license": 10})
    return sweep(
        [SweepInput(CATALOG.cards[plan], order, "local_number") for plan in plans], quantities
    )


def ascii_screen(width: int) -> TextTarget:
    return TextTarget(width, is_terminal=True, is_unicode=False)


def test_two_lines_that_cross() -> None:
    """iPro is cheaper at 0 and xPro at 500. Where their lines share cells, the marks alternate."""
    assert sweep_chart(swept("iPro", "xPro"), ascii_screen(48)).splitlines() == [
        "USD per month  o iPro  x xPro",
        "3,400.00 |                              oo iPro",
        "         |                            oo",
        "         |                          oo   x xPro",
        "         |                        oo  xxx",
        "         |                      oo xxx",
        "2,400.00 |                    ooxxx",
        "         |                  ooxx",
        "         |                xox",
        "         |             xxo",
        "         |          xxxo",
        "1,400.00 |       xxxoo",
        "         |    xxx oo",
        "         | xxx  oo",
        "         |    oo",
        "         |  oo",
        "  400.00 | o",
        "         +--------------------------------",
        "           0                           500",
        "                 Local phone numbers",
    ]


def test_each_plan_is_named_at_the_end_of_its_line() -> None:
    drawn = sweep_chart(swept("iPro", "uPro", "xPro"), ascii_screen(80)).splitlines()
    ends = [line.split()[-1] for line in drawn if line.endswith(("iPro", "uPro", "xPro"))]
    assert ends[1:] == ["iPro", "uPro", "xPro"]
    tied = swept("iPro")._replace(plans=("a", "b"), points=(Point(0, (Decimal(1), Decimal(1))),))
    assert " a, b\n" in sweep_chart(tied, ascii_screen(80))


def test_wide_terminal_gets_unicode_chart() -> None:
    drawn = sweep_chart(swept("iPro", "xPro"), TextTarget(80, is_terminal=True))
    assert "USD per month  ● iPro  ▲ xPro\n" in drawn
    assert "└───" in drawn


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_chart_fits_width(width: int) -> None:
    drawn = sweep_chart(swept("iPro", "uPro", "xPro"), ascii_screen(width))
    assert drawn.isascii()
    assert max(map(len, drawn.splitlines())) <= width


def test_chart_of_one_point_or_a_flat_line_has_a_mark() -> None:
    for quantities in (range(5, 6), range(2)):
        assert "o" in sweep_chart(swept("iPro", quantities=quantities), ascii_screen(80))
    flat = swept("iPro")._replace(points=(Point(0, (Decimal(1),)), Point(9, (Decimal(1),))))
    assert "o" * 20 in sweep_chart(flat, ascii_screen(80))


@given(
    st.lists(
        st.tuples(st.decimals(0, 10**15, places=2), st.decimals(0, 10**15, places=2)),
        min_size=1,
        max_size=30,
    )
)
def test_chart_of_any_totals_stays_in_its_frame(totals: list[tuple[Decimal, Decimal]]) -> None:
    points = tuple(Point(quantity, pair) for quantity, pair in enumerate(totals))
    drawn = sweep_chart(swept("iPro", "xPro")._replace(points=points), ascii_screen(100))
    lines = drawn.splitlines()
    rows = [line for line in lines if "|" in line]
    assert len(rows) == ROWS
    frame = next(line for line in lines if "+--" in line)
    for column in range(frame.index("+") + 2, len(frame)):
        assert any(row[column : column + 1].strip() for row in rows)
