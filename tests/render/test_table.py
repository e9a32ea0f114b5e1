"""The table: narrow, in ASCII, with styles, and with text from outside."""

import re
from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.orders import Details, Order
from aloware_cli.pricing.price import price
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import Report
from aloware_cli.render.table import to_table
from aloware_cli.render.terminal import TextTarget, width_of, wrap

CARDS = catalog().cards
LARGE = Order({"license": 250, "local_number": 1200, "automated_sms": 1_000_000, "agent_sms": 5000})


def screen(width: int) -> TextTarget:
    return TextTarget(width)


def quote_table(order: Order, target: TextTarget, plan: str = "uPro") -> str:
    return to_table(quote_report(price(CARDS[plan], order)), target)


def figures(table: str) -> list[str]:
    """Return the lines of the table without its notes."""
    return re.split(r"\n\n(?:n/p|Not included|Assumptions)", table)[0].splitlines()


COMMITTED = Order(
    {"license": 12}, min_agents=20, start="2026-12-23", discounts={"all": Decimal(10)}
)


def test_narrow_table_moves_calculations_below_labels() -> None:
    at_60 = figures(quote_table(COMMITTED, screen(60)))
    assert at_60[5:10] == [
        "Licenses                       756.00   2,268.00    9,072.00",
        "  12 × 63.00 (-10%)",
        "Unused committed licenses      504.00   1,512.00    6,048.00",
        "(minimum 20)",
        "  8 × 63.00 (-10%)",
    ]


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, explain: bool) -> None:  # noqa: FBT001
    report = quote_report(price(CARDS["uPro"], LARGE))
    for line in to_table(report, screen(width), explain=explain).splitlines():
        assert len(line) <= width or "https://" in line
        assert line == line.rstrip()


def test_ascii_target_gets_ascii() -> None:
    order = LARGE._replace(
        details=Details("Zoë"), quantities={**LARGE.quantities, "toll_free_sms": 1}
    )
    table = quote_table(order, TextTarget(80, is_unicode=False))
    assert table.isascii()
    assert "250 x 70.00" in table
    assert ">= " in table
    assert "Zo\\xeb" in table


def test_styles_are_bold_and_dim_only() -> None:
    table = quote_table(LARGE, TextTarget(80, is_styled=True))
    assert set(re.findall(r"\x1b\[([0-9;]*)m", table)) == {"0", "1", "2"}
    assert re.sub(r"\x1b\[[0-9]m", "", table) == quote_table(LARGE, screen(80))


OUTSIDE = "a\x1b[31mb\u202ec\nd\x85[red]e[/red] :smile:"


def test_text_from_outside_is_escaped() -> None:
    card = CARDS["uPro"]
    charge = card.charges["license"]._replace(label=OUTSIDE, reason=OUTSIDE)
    card = card._replace(charges={**card.charges, "license": charge})
    quote = price(card, Order({"license": 1}, details=Details(OUTSIDE, note=OUTSIDE)))
    table = to_table(quote_report(quote), screen(200), explain=True)
    assert table.count("a\\x1b[31mb\\u202ec\\nd\\x85[red]e[/red] :smile:") >= 4
    assert all(line.isprintable() for line in table.splitlines())


@given(st.text())
def test_no_text_adds_lines_or_controls_to_a_table(text: str) -> None:
    table = to_table(Report("title", facts=(("name", text),)), screen(200))
    assert all(each.isprintable() or each in "\n\u00a0\u3000\u200c\u200d" for each in table)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("\u200d", 0), ("😀", 2)]
)
def test_width_of_text_counts_columns(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("日本語", 4, ["日本", "語"]),
        ("  up to 10", 6, ["  up", "  to", "  10"]),
        ("see https://example.com/page", 8, ["see", "https://example.com/page"]),
    ],
)
def test_text_wraps_between_words(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
