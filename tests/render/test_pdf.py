"""PDF: the pages of the HTML, the same bytes on each day."""

import re
import sys
import zlib
from pathlib import Path

import pytest
from card_files import card
from conftest import Run

from aloware_cli.domain.orders import Details, Order, Seller
from aloware_cli.pricing.price import price
from aloware_cli.render.pages import Page, to_pdf
from aloware_cli.render.quote_pages import Presentation, quote_page

SELLER = Seller("Northwind Telecom Partners", "12 Main Street, Austin TX")
ORDINARY = Order(
    {"license": 12, "local_number": 30, "automated_sms": 25_000, "agent_minutes": 9000},
    start="2026-12-05",
    details=Details("Acme", number="Q-7", issued="2026-11-22", valid_days=30, note="Hello"),
)


def has_weasyprint() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


needs_weasyprint = pytest.mark.skipif(
    not has_weasyprint(), reason="WeasyPrint or its libraries are not installed here"
)


def offer(*, sources: bool = False) -> Page:
    return quote_page(price(card("uPro"), ORDINARY), Presentation(SELLER, sources))


def pages(pdf: bytes) -> int:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    inflated = b""
    for stream in streams:
        try:
            inflated += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", pdf + inflated))


@needs_weasyprint
@pytest.mark.filterwarnings("ignore")
def test_pdf_has_same_bytes_each_time() -> None:
    first, second = to_pdf(offer()), to_pdf(offer())
    assert first == second
    assert first.startswith(b"%PDF-")
    assert b"CreationDate" not in first
    assert b"ModDate" not in first


@needs_weasyprint
@pytest.mark.filterwarnings("ignore")
def test_pdf_of_quote_has_one_page_and_sources_follow() -> None:
    assert pages(to_pdf(offer())) == 1
    assert pages(to_pdf(offer(sources=True))) >= 2


@needs_weasyprint
@pytest.mark.filterwarnings("ignore")
def test_pdf_is_written_to_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "acme.pdf"
    assert run(f"quote upro -a 3 -n 10 --output {file}").exit_code == 0
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "command", ["quote upro -a 3 --output acme.pdf", "quote upro -a 3 --format pdf"]
)
def test_pdf_without_weasyprint_names_the_extra_and_the_browser(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = run(command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "error: a PDF requires the extra pdf  [E-REQUIRES]",
        "hint: pip install 'aloware-cli[pdf]'",
        "      or write an .html file, and print it to PDF in a browser",
    ]
    assert list(tmp_path.iterdir()) == []
