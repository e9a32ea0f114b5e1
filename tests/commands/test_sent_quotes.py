"""Quotes for customers: details, formats and hostile names."""

import csv
import io
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from conftest import Run
from documents import Page, page_of_markdown
from typer.testing import Result

FORMS = ("table", "json", "csv", "markdown", "html", "text")
HOSTILE = "=cmd|'/c calc'!A1 <b>[red]Acme[/red]"
Quote: TypeAlias = Callable[..., Result]
DETAILS = (
    "--number Q-7 --issued 2026-11-22 --valid-days 30 --prepared-by Kim --contact dana@acme.example"
)


@pytest.fixture
def quote(run: Run) -> Quote:
    """Return a function that quotes 3 agents on uPro with further words, blanks and all."""
    return lambda *words: run(f"quote upro -a 3 {shlex.join(words)}")


EXPECTED = {
    "table": f"Customer  {HOSTILE}\n",
    "json": '"prospect": "=cmd|\'/c calc\'!A1 <b>[red]Acme[/red]"',
    "csv": f",'{HOSTILE},",
    "markdown": r"# Quote for =cmd\|'/c calc'!A1 \<b\>\[red\]Acme\[/red\]",
    "html": "<bdi>=cmd|&#39;/c calc&#39;!A1 &lt;b&gt;[red]Acme[/red]</bdi>",
    "text": f"Aloware uPro: 3 agents, for {HOSTILE}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_name_is_shown_unchanged(quote: Quote, form: str) -> None:
    result = quote("--prospect", HOSTILE, "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert EXPECTED[form] in result.stdout


NAMES = [
    HOSTILE,
    "</style></title><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
    "[click](https://evil.example) ![x](https://evil.example/x.png)",
    "https://evil.example www.evil.example <https://evil.example>",
    "a | b \\| c `d` **e** _f_ ~~g~~ $h$ $$i$$",
    "# no heading",
    "- no list",
    "1. no list",
    "+1 555 0100",
    "@SUM(A1)",
    "-2+3",
    'a "quoted", name; with, separators',
    ":smile: [bold]x[/]",
    "שלום Acme مرحبا",
]


@pytest.mark.parametrize("name", NAMES)
def test_name_is_text_in_every_format(quote: Quote, name: str) -> None:
    printed = {
        form: quote("--prospect", name, "--note", name, "--format", form).stdout for form in FORMS
    }
    plain = {
        form: quote("--prospect", "Acme", "--note", "Acme", "--format", form).stdout
        for form in ("html", "markdown")
    }
    page, harmless = Page(printed["html"]), Page(plain["html"])
    markdown = page_of_markdown(printed["markdown"])
    harmless_markdown = page_of_markdown(plain["markdown"])
    assert page.tags == harmless.tags
    assert markdown.tags == harmless_markdown.tags
    assert page.words == harmless.words.replace("Acme", name)
    assert markdown.words == harmless_markdown.words.replace("Acme", name)
    assert json.loads(printed["json"])["document"]["prospect"] == name
    assert f"Customer  {name}\n" in printed["table"]
    assert printed["text"].splitlines()[0].endswith(f"3 agents, for {name}")
    cell = next(csv.DictReader(io.StringIO(printed["csv"])))["document.prospect"]
    assert cell.removeprefix("'") == name
    assert cell[0] not in "=+-@"


@pytest.mark.parametrize("flag", ["prospect", "contact", "prepared-by", "number", "note"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mAcme", r'"\x1b[31mAcme": contains the invisible character U+001B'),
        ("Acme\u202efdp", "the invisible character U+202E"),
        ("Acme\nTotal 0.00", "the invisible character U+000A"),
        ("", "not a text"),
        ("x" * 501, "longer than"),
    ],
)
def test_invisible_and_overlong_details_are_rejected(
    quote: Quote, flag: str, text: str, expected: str
) -> None:
    result = quote(f"--{flag}", text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr
    assert f"--{flag}" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


@pytest.mark.parametrize("form", FORMS)
def test_every_format_shows_every_detail(quote: Quote, form: str) -> None:
    printed = quote(*DETAILS.split(), "--prospect", "Acme", "--note", "Hello", "--format", form)
    days = ("2026-11-22", "2026-12-22")
    if form not in {"json", "csv"}:
        days = ("November 22, 2026", "December 22, 2026")
    for detail in ("Acme", "dana@acme.example", "Kim", "Q-7", *days, "30", "Hello"):
        assert detail in printed.stdout.replace("\\@", "@")


def test_quote_json_has_details(quote: Quote) -> None:
    document = json.loads(quote(*DETAILS.split(), "--format", "json").stdout)
    assert document["document"] == {
        "prospect": None, "contact": "dana@acme.example", "prepared_by": "Kim", "number": "Q-7",
        "issued": "2026-11-22", "valid_days": 30, "note": None, "valid_until": "2026-12-22",
    }  # fmt: skip
    assert json.loads(quote("--format", "json").stdout)["document"] is None


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("quote.txt", "table"),
        ("quote.json", "json"),
        ("quote.csv", "csv"),
        ("quote.md", "markdown"),
        ("quote.html", "html"),
        ("QUOTE.HTM", "html"),
    ],
)
def test_extension_sets_format(quote: Quote, tmp_path: Path, name: str, form: str) -> None:
    result = quote("--output", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().decode() == quote("--format", form).stdout


def test_format_text_overrides_txt(quote: Quote, tmp_path: Path) -> None:
    target = tmp_path / "message.txt"
    assert quote("--format", "text", "--output", str(target)).exit_code == 0
    assert target.read_text() == quote("--format", "text").stdout


@pytest.mark.parametrize("form", FORMS)
def test_quote_output_ignores_time_zone(
    quote: Quote, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    first = quote("--format", form).stdout
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert quote("--format", form).stdout == first


def test_lower_bound_is_stated_in_every_document(quote: Quote) -> None:
    for form in ("markdown", "html", "text"):
        printed = quote("-m", "5", "--allow-unpriced", "--format", form).stdout
        assert printed.casefold().count("at least") >= 3
    assert quote("-m", "5", "--format", "html").exit_code == 4
