"""Comparisons and changes as documents: Markdown, HTML with its chart, and CSV."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Run
from documents import Page, page_of_markdown

from aloware_cli.render.charts import round_step, spread

OVERLAY = """\
plan: uPro
sources: {offer: {title: Offer to Acme, read_on: 2026-11-20}}
prices: {local_number: {price: 3.10, source: offer, wording: "Numbers at $3.10"}}
"""
COMPARE = "compare -a 3 -n 10 -s 10000 --customer Acme"
BREAK_EVEN = "breakeven ipro xpro -a 10 --vary numbers --prepared-by Kim"
SWEEP = "sweep ipro upro xpro -a 10 --vary numbers=200:300:50 --number Q-7"
DIFF = "diff old.json --rates overlay.yaml"
RATES_DIFF = "rates diff bundled overlay.yaml --from order.yaml"


@pytest.fixture(autouse=True)
def _files(run: Run, folder: Path) -> None:
    assert folder.exists()
    Path("overlay.yaml").write_text(OVERLAY, "utf-8")
    Path("order.yaml").write_text("plan: uPro\nnumbers: 10\n", "utf-8")
    run("quote upro -a 3 -n 10 --add late_appeal=1 --customer Acme --output old.json")


PAGES = [(COMPARE, 0), (BREAK_EVEN, 0), (SWEEP, 0), (DIFF, 1), (RATES_DIFF, 1)]


@pytest.mark.parametrize(("line", "exit_code"), PAGES)
def test_page_shows_what_the_table_shows(run: Run, line: str, exit_code: int) -> None:
    result = run(f"{line} --output page.html")
    assert (result.stdout, result.exit_code) == ("", exit_code)
    page = Page(Path("page.html").read_text("utf-8"))
    words = " ".join(page.words.split())
    table = run(line).stdout.replace("×", "x").replace("→", "->")
    figures = re.findall(r"\d[\d,]*\.\d\d|\b(?:iPro|uPro|xPro|equal|lowest)\b", table)
    assert figures
    assert [figure for figure in figures if figure not in words] == []
    assert "PRICE" not in words


@pytest.mark.parametrize("line", [COMPARE, BREAK_EVEN, SWEEP])
def test_markdown_has_the_tables_of_html(run: Run, line: str) -> None:
    html = Page(run(f"{line} --explain --format html" if line == COMPARE else
                    f"{line} --format html").stdout)  # fmt: skip
    markdown = page_of_markdown(run(f"{line} --format markdown").stdout)
    assert [[[cell.strip() for cell in row] for row in table] for table in html.tables] == [
        [[cell.strip() for cell in row] for row in table] for table in markdown.tables
    ]


@pytest.mark.parametrize(("line", "_exit"), PAGES)
def test_page_needs_nothing_else_and_runs_nothing(run: Run, line: str, _exit: int) -> None:
    page = Page(run(f"{line} --format html").stdout)
    assert {name for name, _ in page.tags} & {"script", "link", "img", "iframe", "a"} == set()
    policy = [attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs]
    assert str(policy[0]).startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert [attrs["scope"] for name, attrs in page.tags if name == "th"].count("col") >= 1


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_details_are_text(run: Run, form: str) -> None:
    name = "<b>&amp;*x*|"
    printed = run(f"{COMPARE} --prepared-by {name} --format {form}").stdout
    page = Page(printed) if form == "html" else page_of_markdown(printed)
    assert name in page.words
    assert "b" not in {tag for tag, _ in page.tags}


def test_explained_comparison_has_sources(run: Run) -> None:
    source = "Understanding Aloware billing"
    for form in ("html", "markdown"):
        short, long = (
            run(f"{COMPARE}{flag} --format {form}").stdout for flag in ("", " --explain")
        )
        assert (source in short, source in long) == (False, True)


def test_sweep_page_has_a_chart_with_title_and_description(run: Run) -> None:
    chart = run(f"{SWEEP} --format html").stdout.partition("<svg")[2].partition("</svg>")[0]
    assert 'role="img" aria-labelledby="chart-title chart-desc"' in chart
    assert '<title id="chart-title">Total per month by quantity: Local phone numbers<' in chart
    assert (
        '<desc id="chart-desc">iPro: $1,600.00 at 200, $2,200.00 at 300; '
        "uPro: $1,700.00 at 200, $2,200.00 at 300; "
        "xPro: $1,700.00 at 200, $2,100.00 at 300. The table has every figure.</desc>"
    ) in chart
    # From 96 to 624, and from $0 at 260 up to $4,000 at 16: 0.061 for each dollar.
    assert re.findall(r'points="([^"]*)"', chart) == [
        "96.0,162.4 360.0,144.1 624.0,125.8",
        "96.0,156.3 360.0,141.0 624.0,125.8",
        "96.0,156.3 360.0,144.1 624.0,131.9",
    ]
    assert re.findall(r'text-anchor="end">(\$[^<]*)', chart) == [
        "$0.00", "$1,000.00", "$2,000.00", "$3,000.00", "$4,000.00",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["sweep upro --vary sms=0:0:1", "sweep upro --vary agents=7:7:1"])
def test_chart_of_one_point_or_of_nothing(run: Run, line: str) -> None:
    assert run(f"{line} --format html").stdout.count("<polyline") == 1


@pytest.mark.parametrize(
    ("least", "step"),
    [("0", 1), ("0.01", "0.01"), ("1", 1), ("1.01", 2), ("2.2", "2.5"), ("26", 50), ("51", 100)],
)
def test_steps_are_round(least: str, step: str) -> None:
    assert round_step(Decimal(least)) == Decimal(step)


def test_names_of_lines_do_not_overlap() -> None:
    ends = {0: Decimal(100), 1: Decimal(98), 2: Decimal(40)}
    assert spread(ends) == {0: 100, 1: 84, 2: 40}
