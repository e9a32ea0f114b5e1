"""The table: whole screens, wide and narrow, in ASCII, with styles, with text from outside."""

import re
from decimal import Decimal

import pytest
from card_files import catalog
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.orders import Details, Order
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.price import price
from aloware_cli.render.comparisons import comparison_report
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


def test_quote_table_shows_charges_subtotals_and_totals() -> None:
    order = Order({"license": 3, "local_number": 10, "automated_sms": 10_000})
    assert quote_table(order, screen(80)).splitlines() == [
        "uPro, monthly term, USD",
        "",
        "                     Quantity × price  Monthly  Quarterly     Annual",
        "────────────────────────────────────────────────────────────────────",
        "Licenses                    3 × 70.00   210.00     630.00   2,520.00",
        "Local phone numbers         10 × 5.00    50.00     150.00     600.00",
        "Subscription                            260.00     780.00   3,120.00",
        "────────────────────────────────────────────────────────────────────",
        "Automated texts        10,000 × 0.015   150.00     450.00   1,800.00",
        "Usage                                   150.00     450.00   1,800.00",
        "────────────────────────────────────────────────────────────────────",
        "Total                                  $410.00  $1,230.00  $4,920.00",
        "",
        "Not included",
        "- Carrier fees for texts, about $30.00 to $50.00 a month ($0.003 to $0.005 per",
        "  segment, US carriers, October 2024). Use --carrier-fees.",
        "Assumptions",
        "- Quarterly and annual are 3 and 12 months at the monthly price.",
        "- Aloware says that longer terms may cost less, but publishes no price for them.",
    ]


COMMITTED = Order(
    {"license": 12}, min_agents=20, start="2026-12-23", discounts={"all": Decimal(10)}
)


def test_quote_table_shows_discount_commitment_and_first_invoice() -> None:
    # 70 - 10% = 63; 63 x 9/31 = 18.29; 12 x 18.29 = 219.48 and 8 x 18.29 = 146.32
    assert figures(quote_table(COMMITTED, screen(80))) == [
        "uPro, monthly term, USD",
        "",
        "                          Quantity × net price    Monthly  Quarterly      Annual",
        "────────────────────────────────────────────────────────────────────────────────",
        "Licenses                     12 × 63.00 (-10%)     756.00   2,268.00    9,072.00",
        "Unused committed              8 × 63.00 (-10%)     504.00   1,512.00    6,048.00",
        "licenses (minimum 20)",
        "Subscription                                     1,260.00   3,780.00   15,120.00",
        "────────────────────────────────────────────────────────────────────────────────",
        "Total                                           $1,260.00  $3,780.00  $15,120.00",
        "You save                                          $140.00    $420.00   $1,680.00",
        "",
        "Due now",
        "Licenses                                                   12 × 18.29     219.48",
        "Unused committed licenses (minimum 20)                      8 × 18.29     146.32",
        "First invoice, December 23 to 31 (9 of 31 days)                          $365.80",
        "Next invoice on January 1, 2027                                        $1,260.00",
    ]


def test_narrow_table_moves_calculations_below_labels() -> None:
    at_60 = figures(quote_table(COMMITTED, screen(60)))
    assert at_60[5:10] == [
        "Licenses                       756.00   2,268.00    9,072.00",
        "  12 × 63.00 (-10%)",
        "Unused committed licenses      504.00   1,512.00    6,048.00",
        "(minimum 20)",
        "  8 × 63.00 (-10%)",
    ]


def test_table_marks_lower_bounds() -> None:
    order = Order({"license": 1, "automated_minutes": 5})
    assert figures(quote_table(order, screen(80)))[4:] == [
        "Licenses                           1 × 70.00    70.00     210.00    840.00",
        "Subscription                                    70.00     210.00    840.00",
        "──────────────────────────────────────────────────────────────────────────",
        "Automated outbound minutes           5 × n/p      n/p        n/p       n/p",
        "Usage                                          ≥ 0.00     ≥ 0.00    ≥ 0.00",
        "──────────────────────────────────────────────────────────────────────────",
        "Total                                         ≥ 70.00   ≥ 210.00  ≥ 840.00",
    ]


def test_table_shows_amounts_below_a_cent() -> None:
    # 1 x 0.002 = 0.002, which rounds to 0.00
    table = quote_table(Order({"number_lookup": 1}), screen(80))
    assert re.search(
        r"^Number look-ups \(LRN\) +1 × 0.002 +< 0.01 +< 0.03 +< 0.12$", table, re.MULTILINE
    )


def test_comparison_of_three_plans_fits_80_columns() -> None:
    order = Order({"license": 3, "local_number": 10, "automated_sms": 10_000})
    compared = compare([price(card, order) for card in CARDS.values()])
    assert to_table(comparison_report(compared), screen(80)).splitlines()[:20] == [
        "3 agents, 10 local numbers, 10,000 automated texts; monthly term, USD",
        "",
        "Per month                     iPro       uPro        xPro",
        "─────────────────────────────────────────────────────────",
        "Licenses                    120.00     210.00      270.00",
        "Local phone numbers          60.00      50.00       40.00",
        "Automated texts                n/p     150.00         n/p",
        "─────────────────────────────────────────────────────────",
        "Total per month           ≥ 180.00    $410.00    ≥ 310.00",
        "Total per quarter         ≥ 540.00  $1,230.00    ≥ 930.00",
        "Total per year          ≥ 2,160.00  $4,920.00  ≥ 3,720.00",
        "Compared with cheapest           ?     lowest           ?",
        "",
        "n/p: not published, so the total is at least this (≥) and the plan is not",
        "ranked.",
        "Only uPro is fully priced and ranked; iPro and xPro may cost less.",
        "Supply the missing prices: --rate ipro:sms=PRICE --rate xpro:sms=PRICE",
        "",
        "Not included",
        "- Carrier fees for texts, about $30.00 to $50.00 a month ($0.003 to $0.005 per",
    ]


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, explain: bool) -> None:  # noqa: FBT001
    report = quote_report(price(CARDS["uPro"], LARGE))
    for line in to_table(report, screen(width), explain=explain).splitlines():
        assert len(line) <= width or "https://" in line
        assert line == line.rstrip()


def test_figures_are_never_cut() -> None:
    rates = {"license": supplied(Decimal(10**6), "--rate license=1000000")}
    table = quote_table(Order({"license": 10**9}, supplied=rates), screen(40))
    assert "$12,000,000,000,000,000.00" in table


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
