"""The HTML of a quote in a real browser: on a phone, and printed on one page."""

import html
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import card
from documents import html_of

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.orders import Details, Order
from aloware_cli.pricing.price import price

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here")

CARD = card("xPro")
ORDINARY = Order(
    {
        "license": 12,
        "local_number": 30,
        "campaign_maintenance": 1,
        "automated_sms": 25_000,
        "automated_minutes": 25_000,
        "agent_minutes": 9000,
        "inbound_minutes": 4000,
        "agent_sms": 3000,
    },
    start="2026-12-05",
    details=Details(
        prospect="Northwind Traders Ltd",
        contact="Dana Fields, dana@northwind.example",
        prepared_by="Kim Ortega",
        number="Q-2026-014",
        issued="2026-11-22",
        valid_days=30,
        note="Prices hold for one contract year.",
    ),
)
LARGE = ORDINARY._replace(
    quantities=dict.fromkeys(CARD.charges, 10**9),
    discounts={"all": Decimal("12.5")},
    carriers={},
    credits=Decimal(10**6),
    details=Details("W" * 120, "w@" + "x" * 118, note="n" * 500),
)
#: Shows a copy of the page as a phone would, and says how wide it turned out.
PHONE = """<!DOCTYPE html><iframe id="phone" width="360" height="640" srcdoc="{}"></iframe>
<script>phone.onload = () => {{
  const page = phone.contentDocument.documentElement;
  document.title = `${{page.scrollWidth}} of ${{page.clientWidth}}`;
}}</script>"""


def browse(folder: Path, page: str, *flags: str) -> str:
    """Return what Chromium prints when it opens `page`, with a profile of its own."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    argv = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", f"--user-data-dir={folder / 'profile'}", *flags, file.as_uri(),
    ]  # fmt: skip
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60).stdout


@pytest.mark.parametrize("order", [ORDINARY, LARGE], ids=["ordinary", "large"])
def test_nothing_is_wider_than_a_phone(tmp_path: Path, order: Order) -> None:
    page = PHONE.format(html.escape(html_of(price(CARD, order))))
    title = re.search("<title>(.*?)</title>", browse(tmp_path, page, "--dump-dom"))
    assert title is not None
    width, room = title[1].split(" of ")
    assert int(width) <= int(room) <= 360


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_quote_is_printed_on_one_page(tmp_path: Path, paper: str) -> None:
    page = html_of(price(CARD, ORDINARY)).replace("@page {", f"@page {{ size: {paper};")
    pdf = tmp_path / "quote.pdf"
    browse(tmp_path, page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 1


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext is installed here")
def test_printed_figures_are_not_cut(tmp_path: Path) -> None:
    quote = price(
        CARD,
        LARGE._replace(supplied={"license": supplied(Decimal(10**6), "--rate license=1000000")}),
    )
    pdf = tmp_path / "quote.pdf"
    browse(tmp_path, html_of(quote), "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    argv = ["pdftotext", "-layout", str(pdf), "-"]
    words = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.split()
    for line in quote.lines:
        assert {format_usd(amount) for amount in (line.amounts or ())[::2]} <= set(words)
