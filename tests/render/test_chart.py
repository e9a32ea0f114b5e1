"""The chart: lines that cross, in any screen's characters, and nowhere but on a terminal."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.comparisons import Point, Sweep
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.sweep import SweepInput, sweep
from aloware_cli.render.chart import HEIGHT, chart
from aloware_cli.render.console import TextTarget
from aloware_cli.render.sweep import sweep_table

CATALOG = load_rates([], None)


def swept(*plans: str, quantities: range = range(0, 501, 50)) -> Sweep:
    order = Order({"license": 10})
    return sweep(
        [SweepInput(CATALOG.cards[plan], order, "local_number") for plan in plans], quantities
    )


def ascii_screen(width: int) -> TextTarget:
    return TextTarget(width, is_terminal=True, rule="-")


def test_two_lines_that_cross() -> None:
    """The dearer plan at 0 is the cheaper one at 500; between them the lines share places."""
    assert chart(swept("iPro", "xPro"), ascii_screen(40)).splitlines() == [
        "Local phone numbers",
        "o iPro   x xPro   * several",
        "",
        "3,400.00 |                             o",
        "         |                           oo",
        "         |                         oo  x",
        "         |                       oo  xx",
        "         |                     oo xxx",
        "         |                   ooxxx",
        "         |                 o*xx",
        "         |               **x",
        "         |             x*",
        "         |          xx*o",
        "         |       xxxoo",
        "         |    xxx oo",
        "         | xxx  oo",
        "         |    oo",
        "         |  oo",
        "  400.00 | o",
        "         +------------------------------",
        "           0                         500",
    ]


def test_a_screen_that_shows_more_gets_it() -> None:
    drawn = chart(swept("iPro", "xPro"), TextTarget(80, is_terminal=True, rule="─"))
    assert "● iPro   ▲ xPro" in drawn
    assert "└───" in drawn


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_it_fits_the_screen(width: int) -> None:
    drawn = chart(swept("iPro", "uPro", "xPro"), ascii_screen(width))
    assert drawn.isascii()
    assert max(map(len, drawn.splitlines())) <= width


def test_only_a_terminal_gets_a_chart() -> None:
    assert "|" not in sweep_table(
        swept("iPro", "xPro"), TextTarget(80, is_terminal=False, rule="-")
    )
    assert "|" in sweep_table(swept("iPro", "xPro"), ascii_screen(80))


def test_one_point_and_a_flat_line_are_drawn() -> None:
    for quantities in (range(5, 6), range(2)):
        assert "o" in chart(swept("iPro", quantities=quantities), ascii_screen(80))
    flat = swept("iPro")._replace(points=(Point(0, (Decimal(1),)), Point(9, (Decimal(1),))))
    assert "o" * 20 in chart(flat, ascii_screen(80))


@given(
    st.lists(
        st.tuples(st.decimals(0, 10**15, places=2), st.decimals(0, 10**15, places=2)),
        min_size=1,
        max_size=30,
    )
)
def test_any_totals_are_drawn_within_the_frame(totals: list[tuple[Decimal, Decimal]]) -> None:
    points = tuple(Point(quantity, pair) for quantity, pair in enumerate(totals))
    drawn = chart(swept("iPro", "xPro")._replace(points=points), ascii_screen(100))
    rows = [line for line in drawn.splitlines() if "|" in line]
    assert len(rows) == HEIGHT
    for column in range(1, max(map(len, rows)) - rows[0].index("|") - 1):
        at = rows[0].index("|") + 1 + column
        assert any(row[at : at + 1].strip() for row in rows)
