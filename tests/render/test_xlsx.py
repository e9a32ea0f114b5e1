"""Workbooks: every formula gives the figure of the quote, and no text is a formula."""

import random
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from card_files import catalog
from conftest import Run
from sheets import read_book

from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.cards import Model, Rate, Tier
from aloware_cli.domain.money import CASES
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.compare import compare
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import price
from aloware_cli.render.xlsx import comparison_xlsx, quote_xlsx, range_xlsx

CATALOG = catalog()


def quote_of(plan: str = "uPro", **options: object) -> Quote:
    scenario = read_options({"allow_unpriced": True, **options})
    card = CATALOG.cards[plan]
    return price(card, build_order(scenario, card, CATALOG))


ORDER = {"agents": "3", "numbers": "10", "sms": "10000"}


def test_quote_is_a_sheet_of_formulas() -> None:
    quote = quote_of(**ORDER, discount=["license=12.35"], min_agents="5", start="2026-12-23")
    book = read_book(quote_xlsx(quote))
    assert [book.row("Quote", number) for number in range(1, 19)] == [
        ["uPro, monthly term, USD", "Quantity", "Unit", "Net price", "Monthly", "Quarterly",
         "Annual", "Once", "Calculation"],
        ["Subscription"],
        # 3 x 61.355 = 184.065: binary has a little less than the half cent.
        ["Licenses", 3, "agent", 61.355, "=ROUND(B3*D3+0.0000001,2)", "=3*E3", "=12*E3",
         "3 x 61.3550 (-12.35%)"],
        ["Unused committed licenses (minimum 5)", 2, "license", 61.355,
         "=ROUND(184.0650+2*61.3550+0.0000001,2)-ROUND(184.0650+0.0000001,2)", "=3*E4", "=12*E4",
         "2 x 61.3550 (-12.35%)"],
        ["Local phone numbers", 10, "number", 5, "=ROUND(B5*D5,2)", "=3*E5", "=12*E5", "10 x 5.00"],
        ["Subscription", "=SUM(E3:E5)", "=SUM(F3:F5)", "=SUM(G3:G5)"],
        ["Usage"],
        ["Automated texts", 10000, "segment", 0.015, "=ROUND(B8*D8,2)", "=3*E8", "=12*E8",
         "10,000 x 0.015"],
        ["Usage", "=SUM(E8:E8)", "=SUM(F8:F8)", "=SUM(G8:G8)"],
        ["Total", "=SUM(E6,E9)", "=SUM(F6,F9)", "=SUM(G6,G9)"],
        # 5 x 70 x 12.35% = 43.225: 350.00 - 306.78
        ["You save", 43.22, 129.66, 518.64],
        ["Due now"],
        # 61.355 x 9 / 31 = 17.8127, 5 x 9 / 31 = 1.4516
        ["Licenses", 3, "agent", 17.81, "=ROUND(B13*D13,2)", "3 x 17.81"],
        ["Unused committed licenses (minimum 5)", 2, "license", 17.81, "=ROUND(B14*D14,2)",
         "2 x 17.81"],
        ["Local phone numbers", 10, "number", 1.45, "=ROUND(B15*D15,2)", "10 x 1.45"],
        ["First invoice, December 23 to 31 (9 of 31 days)", "=SUM(H13:H15)"],
        ["Next invoice on January 1, 2027", 356.78],
        [],
    ]  # fmt: skip
    # 184.07 + 122.71 + 50.00 + 150.00
    assert book.results["Quote", "E10"] == 506.78


def random_options(numbers: random.Random) -> dict[str, object]:
    """Return the options of an order: all kinds of lines, discounts and fees."""
    keys = ["agents", "numbers", "sms", "minutes", "toll_free_numbers", "campaigns", "lookups"]
    kept = numbers.sample(keys[:-1], numbers.randint(1, len(keys) - 1))
    options: dict[str, object] = {key: str(int(10 ** (6 * numbers.random()))) for key in kept}
    choices: dict[str, object] = {
        "min_agents": str(numbers.randint(1, 300)),
        "discount": [
            f"{numbers.choice(['all', 'license', 'sms'])}={numbers.randint(0, 9999) / 100}"
        ],
        "rate": [f"minutes=0.{numbers.randint(1, 99999999):08}"],
        "start": f"2026-{numbers.randint(1, 12):02}-{numbers.randint(1, 28):02}",
        "brand": "standard",
        "line": ["Support=99.99", "Onboarding=500 once"],
        "carrier_fees": True,
        "credits": str(numbers.randint(0, 10**6)),
        "term": numbers.choice(["monthly", "annual"]),
    }
    return options | dict(numbers.sample([*choices.items()], numbers.randint(0, 5)))


@pytest.mark.parametrize("seed", range(200))
def test_recalculated_figures_are_those_of_the_quote(seed: int) -> None:
    numbers = random.Random(seed)  # noqa: S311  the same orders each time, not a secret
    plan = numbers.choice(["iPro", "uPro", "xPro"])
    quote = quote_of(plan, **random_options(numbers))
    book = read_book(quote_xlsx(quote))
    cells = {value: key for (sheet, key), value in book.formulas.items() if sheet == "Quote"}
    if quote.lines:
        row = cells["Total"][1:]
        found = [book.calculated("Quote", f"{column}{row}") for column in "EFG"]
        assert found == [*quote.totals]
    if quote.one_time:
        first_year = cells["First year, with one-time fees"][1:]
        assert book.calculated("Quote", f"H{first_year}") == quote.first_year
    if "Due now" in cells and quote.due_now is not None:
        sums = {key: value for (_, key), value in book.results.items() if key.startswith("H")}
        assert float(quote.due_now) in sums.values()


def test_amount_of_several_prices_is_calculated_from_them() -> None:
    card = CATALOG.cards["uPro"]
    tiers = (Tier(3, Decimal("1.005")), Tier(None, Decimal("0.335")))
    cited = card.rates["license", "monthly"].citation
    rate = Rate("published", None, cited, model=Model("graduated", tiers), allowance=2)
    rates = {**card.rates, ("automated_sms", "monthly"): rate}
    card = card._replace(rates=rates)
    order = build_order(read_options({"agents": "1", "sms": "10"}), card, CATALOG)
    book = read_book(quote_xlsx(price(card, order)))
    # 10 texts less 2: 3 x 1.005 + 5 x 0.335 = 4.69
    assert book.row("Quote", 6)[3] == "=ROUND(3*1.005+5*0.335,2)"
    assert book.results["Quote", "E6"] == 4.69


def test_unpublished_price_is_marked_and_sums_are_lower_bounds() -> None:
    content = quote_xlsx(quote_of("iPro", agents="1", sms="5"))
    book = read_book(content)
    assert book.row("Quote", 6) == [
        "Automated texts", 5, "segment", "n/p", "n/p", "n/p", "5 x n/p",
    ]  # fmt: skip
    styles = zipfile.ZipFile(BytesIO(content)).read("xl/styles.xml").decode()
    assert 'formatCode="&quot;≥ &quot;#,##0.00"' in styles


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "{=1}", "http://a.b", "7"])
def test_text_never_becomes_a_formula_a_number_or_a_link(text: str) -> None:
    content = quote_xlsx(quote_of(**ORDER, prospect=text, note=text))
    archive = zipfile.ZipFile(BytesIO(content))
    for name in archive.namelist():
        part = archive.read(name)
        assert b"hyperlink" not in part
        if name.endswith("sheet2.xml"):
            assert (b"<f>" in part, b"<v>7</v>" in part) == (False, False)
    values = read_book(content).formulas
    assert [values["Notes", f"B{row}"] for row in (2, 3)] == [text] * 2


def test_sources_have_wording_and_address() -> None:
    rows = read_book(quote_xlsx(quote_of(**ORDER)))
    assert rows.row("Sources", 1) == ["Plan", "Item", "Wording", "Source", "Address"]
    plan, item, wording, source, address = rows.row("Sources", 2)
    assert (plan, item) == ("uPro", "Licenses")
    assert "70" in wording
    assert source
    assert address.startswith("https://")


def test_proposal_adds_up_its_groups(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "groups.xlsx"
    groups = "quote upro --agents 5 + xpro --agents 3 --numbers 20 --start 2026-12-23"
    assert run(f"{groups} --brand standard --campaigns 1 --output {path}").exit_code == 0
    book = read_book(path)
    assert [book.row("Quote", number)[:2] for number in (4, 10, 11, 15, 20, 21)] == [
        ["uPro total", "=SUM(E3:E3)"],
        ["Total", "=SUM(E4,E9)"],
        ["Due now: xPro"],
        ["xPro first invoice", "=SUM(H12:H14)"],
        ["Total one-time fees", "=SUM(H19:H19)"],
        ["First year, with one-time fees", "=G10+H20"],
    ]
    # 5 x 70 + 3 x 90 + 20 x 4 + 1 x 10, and 44 + 50 once
    assert [book.results["Quote", key] for key in ("E10", "H21")] == [710, 12 * 710 + 94]


def test_comparison_refers_to_the_sheets_of_the_plans() -> None:
    quotes = [quote_of(plan, agents="10", numbers="50") for plan in CATALOG.cards]
    book = read_book(comparison_xlsx(compare(quotes)))
    assert [book.row("Comparison", number) for number in (1, 2, 3, 4)] == [
        ["Monthly", "Quarterly", "Annual", "Once"],
        ["iPro", "='iPro'!E6", "='iPro'!F6", "='iPro'!G6"],
        ["uPro", "='uPro'!E6", "='uPro'!F6", "='uPro'!G6"],
        ["xPro", "='xPro'!E6", "='xPro'!F6", "='xPro'!G6"],
    ]
    # 10 x 40 + 50 x 6, 10 x 70 + 50 x 5, 10 x 90 + 50 x 4
    assert [book.results["Comparison", f"B{row}"] for row in (2, 3, 4)] == [700, 950, 1100]


def test_range_has_a_sheet_for_each_case() -> None:
    quotes = tuple(quote_of(agents="3", sms=sms) for sms in ("0", "10000", "20000"))
    book = read_book(range_xlsx(QuoteRange(quotes)))
    # 3 x 70, and 10,000 and 20,000 x 0.015
    assert [book.results["Range", f"B{row}"] for row in (2, 3, 4)] == [210, 360, 510]
    assert {sheet.casefold() for sheet, _ in book.formulas} > {*CASES}


def test_same_quote_gives_the_same_bytes() -> None:
    quote = quote_of(**ORDER)
    content = quote_xlsx(quote)
    assert quote_xlsx(quote) == content
    properties = zipfile.ZipFile(BytesIO(content)).read("docProps/core.xml").decode()
    assert "1980-01-01T00:00:00Z</dcterms:created>" in properties
