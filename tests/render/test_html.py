"""The HTML of a quote: one file that needs nothing else, for everybody to read."""

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from card_files import card
from documents import Page

from aloware_cli.domain.orders import Details, Order
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.price import price
from aloware_cli.render.html import TEMPLATES, quote_html

CARD = card("uPro")
CSS = (Path(TEMPLATES) / "quote.css").read_text(encoding="utf-8")
LARGE = Order(
    {"license": 12, "local_number": 30, "automated_sms": 25_000, "agent_minutes": 9000},
    start="2026-12-05",
    carriers={},
    details=Details("Acme", number="Q-7", issued="2026-11-22", valid_days=30, note="Hello"),
)


def page(order: Order = LARGE) -> Page:
    return Page(quote_html(price(CARD, order)))


def attributes(page: Page, tag: str) -> list[dict[str, str | None]]:
    return [attributes for name, attributes in page.tags if name == tag]


def test_its_policy_allows_its_own_styles_and_nothing_else() -> None:
    policies = [meta["content"] for meta in attributes(page(), "meta") if "http-equiv" in meta]
    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    ]


def test_it_fetches_nothing_and_runs_nothing() -> None:
    tags = page().tags
    assert {name for name, _ in tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
    } == set()
    for name, given in tags:
        assert not [key for key in given if key.startswith("on") or key in {"src", "style"}]
        assert "href" not in given or name == "a"
    assert not re.search(r"url\(|@import|@font-face|expression", CSS)


def test_it_says_its_language_and_fits_a_phone() -> None:
    assert attributes(page(), "html") == [{"lang": "en"}]
    assert "width=device-width" in str(attributes(page(), "meta"))


def test_every_table_has_a_caption_and_every_head_a_scope() -> None:
    tags = page().tags
    tables = [following for (name, _), (following, _) in pairwise(tags) if name == "table"]
    assert tables == ["caption"] * 3
    assert {given.get("scope") for name, given in tags if name == "th"} == {
        "col", "row", "rowgroup",
    }  # fmt: skip


ROLES = {
    "table": {"table"}, "thead": {"rowgroup"}, "tbody": {"rowgroup"}, "tfoot": {"rowgroup"},
    "tr": {"row"}, "th": {"columnheader", "rowheader"}, "td": {"cell"},
}  # fmt: skip


def test_tables_name_their_roles_because_a_phone_shows_them_as_grids() -> None:
    found = [(name, given.get("role")) for name, given in page().tags if name in ROLES]
    assert {name for name, _ in found} == set(ROLES)
    assert [name for name, role in found if role not in ROLES[name]] == []


def test_printed_text_has_at_least_8_points() -> None:
    sizes = re.findall(r"font-size: ([\d.]+)pt", CSS)
    assert len(sizes) >= 5
    assert min(map(float, sizes)) >= 8


def test_every_row_is_as_wide_as_its_table() -> None:
    for order in (LARGE, LARGE._replace(discounts={"all": Decimal(5)})):
        for table in page(order).tables:
            assert {len(row) for row in table} == {len(table[0])}


def test_the_chart_shows_what_makes_up_the_month() -> None:
    chart = page()
    bars = [svg for svg in attributes(chart, "rect") if svg["class"] == "bar"]
    # 840.00, 150.00 and 375.00 of 1,365.00, on a width of 300
    assert [bar["width"] for bar in bars] == [str(3 * share) for share in (62, 11, 27)]
    assert attributes(chart, "svg")[0]["role"] == "img"
    assert "Shares of the monthly total of $1,365.00, by line" in chart.words
    assert "Licenses: $840.00 · 62%; " in chart.words


def test_there_is_no_chart_of_nothing() -> None:
    assert attributes(page(Order({"agent_minutes": 5})), "svg") == []


def test_a_chart_of_a_lower_bound_says_so() -> None:
    words = page(Order({"license": 1, "automated_minutes": 5})).words
    assert "Shares of the monthly total of at least $70.00" in words
    assert "What is not priced has no bar." in words
    assert "Not priced: Automated outbound minutes." in words


def test_a_label_of_any_length_stays_in_the_chart() -> None:
    charge = CARD.charges["license"]._replace(label="A" * 400)
    card = CARD._replace(charges={**CARD.charges, "license": charge})
    html = quote_html(price(card, Order({"license": 1})))
    assert f">{'A' * 29}…</text>" in html
    assert "A" * 400 in Page(html).words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_an_address_that_is_no_web_page_is_no_link(url: str) -> None:
    html = quote_html(_with_address(price(CARD, Order({"license": 1})), url))
    assert url in Page(html).words
    assert f'href="{url}' not in html


def _with_address(quote: Quote, url: str) -> Quote:
    line = quote.lines[0]
    citation = line.rate.citation
    cited = citation._replace(source=citation.source._replace(url=url))
    return quote._replace(lines=(line._replace(rate=line.rate._replace(citation=cited)),))


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL))
READ = [
    (text, ground) for text in ("ink", "quiet", "accent", "alert") for ground in ("paper", "panel")
]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_stands_out_from_its_ground(theme: dict[str, str], text: str, ground: str) -> None:
    low, high = sorted(luminance(theme[name]) for name in (text, ground))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_colour_is_one_of_those() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules)
    assert set(re.findall(r"var\(--(\w+)\)", rules)) <= set(LIGHT)
    assert LIGHT.keys() == DARK.keys()
