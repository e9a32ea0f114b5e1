"""The HTML of a quote: one file that needs no other, accessible and printable."""

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from card_files import card
from documents import Page, html_of

from aloware_cli.domain.orders import Details, Order, Seller
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.price import price
from aloware_cli.render.pages import TEMPLATES

CARD = card("uPro")
SELLER = Seller("Northwind & Sons", "1 <Main> Street", "data:image/png;base64,AAAA")
CSS = (Path(TEMPLATES) / "page.css").read_text(encoding="utf-8")
LARGE = Order(
    {"license": 12, "local_number": 30, "automated_sms": 25_000, "agent_minutes": 9000},
    start="2026-12-05",
    carriers={},
    details=Details("Acme", number="Q-7", issued="2026-11-22", valid_days=30, note="Hello"),
)


def page(order: Order = LARGE) -> Page:
    return Page(html_of(price(CARD, order), SELLER, sources=True))


def attributes(page: Page, tag: str) -> list[dict[str, str | None]]:
    return [attributes for name, attributes in page.tags if name == tag]


def test_policy_of_page_allows_only_its_styles() -> None:
    policies = [meta["content"] for meta in attributes(page(), "meta") if "http-equiv" in meta]
    assert policies == [
        (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
            "form-action 'none'"
        )
    ]


def test_page_fetches_nothing_and_runs_nothing() -> None:
    tags = page().tags
    assert {name for name, _ in tags} & {
        "script",
        "link",
        "iframe",
        "object",
        "form",
    } == set()
    for name, given in tags:
        assert not [key for key in given if key.startswith("on") or key == "style"]
        assert "href" not in given or name == "a"
        assert given.get("src") in {None, SELLER.logo}
    assert not re.search(r"url\(|@import|@font-face|expression", CSS)


def test_page_has_language_and_fits_a_phone() -> None:
    assert attributes(page(), "html") == [{"lang": "en"}]
    assert "width=device-width" in str(attributes(page(), "meta"))


def test_every_table_has_a_caption_and_every_head_a_scope() -> None:
    tags = page().tags
    tables = [following for (name, _), (following, _) in pairwise(tags) if name == "table"]
    assert tables == ["caption"] * 2
    assert {given.get("scope") for name, given in tags if name == "th"} == {
        "col", "row", "rowgroup",
    }  # fmt: skip


def test_printed_text_is_not_too_small() -> None:
    sizes = re.findall(r"font-size: ([\d.]+)pt", CSS)
    assert len(sizes) == 4
    assert min(map(float, sizes)) >= 8


def test_every_row_is_as_wide_as_its_table() -> None:
    for order in (LARGE, LARGE._replace(discounts={"all": Decimal(5)})):
        for table in page(order).tables:
            assert {len(row) for row in table} == {len(table[0])}


def test_lower_bound_is_named_beside_headline() -> None:
    words = page(Order({"license": 1, "automated_minutes": 5})).words
    assert "at least $70.00" in words
    assert "Not priced: Automated outbound minutes. The totals are lower bounds." in words


def test_seller_is_named_beside_logo() -> None:
    shown = page()
    assert attributes(shown, "img") == [{"src": "data:image/png;base64,AAAA", "alt": ""}]
    assert "Northwind & Sons 1 <Main> Street" in shown.words


def test_only_quote_with_number_or_seller_has_acceptance() -> None:
    quote = price(CARD, Order({"license": 1}))
    numbered = price(CARD, Order({"license": 1}, details=Details(number="Q-1")))
    signed = [Page(html_of(each)) for each in (quote, numbered)] + [Page(html_of(quote, SELLER))]
    assert ["Acceptance" in each.words for each in signed] == [False, True, True]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_address_that_is_not_a_web_page_is_not_linked(url: str) -> None:
    html = html_of(_with_address(price(CARD, Order({"license": 1})), url), sources=True)
    assert url in Page(html).words
    assert f'href="{url}' not in html


def _with_address(quote: Quote, url: str) -> Quote:
    line = quote.lines[0]
    citation = line.rate.citation
    cited = citation._replace(source=citation.source._replace(url=url))
    return quote._replace(lines=(line._replace(rate=line.rate._replace(citation=cited)),))


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


LIGHT, DARK = (colours(block) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2])
READ = [(text, "paper") for text in ("ink", "quiet", "accent", "alert")]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_has_contrast(theme: dict[str, str], text: str, ground: str) -> None:
    low, high = sorted(luminance(theme[name]) for name in (text, ground))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_styles_use_only_declared_colors() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules)
    assert set(re.findall(r"var\(--(\w+)\)", rules)) <= {*LIGHT, "small", "gap", "row"}
    assert LIGHT.keys() == DARK.keys()
