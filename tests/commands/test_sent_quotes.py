"""Quotes that are sent: their details, their forms, and names that mean harm."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from conftest import Run, validator
from documents import Page, page_of_markdown
from typer.testing import CliRunner, Result

from aloware_cli.cli import app

FORMS = ("table", "json", "csv", "markdown", "html", "text")
HOSTILE = "=cmd|'/c calc'!A1 <b>[red]Acme[/red]"
DETAILS = (
    "--number Q-7 --issued 2026-11-22 --valid-days 30 --prepared-by Kim --contact dana@acme.example"
)


@pytest.fixture
def quote(run: Run) -> Run:
    """Return a function that quotes 3 agents on uPro with further words, blanks and all."""
    run("--version")  # for its environment

    def quoted(*words: str) -> Result:
        line = ["quote", "upro", "-a", "3", *words]
        return CliRunner().invoke(app, line, prog_name="aloware", catch_exceptions=False)

    return quoted


EXPECTED = {
    "table": f"Prospect  {HOSTILE}\n",
    "json": '"prospect": "=cmd|\'/c calc\'!A1 <b>[red]Acme[/red]"',
    "csv": f",'{HOSTILE},",
    "markdown": r"- **Prospect:** =cmd\|'/c calc'!A1 \<b\>\[red\]Acme\[/red\]",
    "html": '<dd dir="auto">=cmd|&#39;/c calc&#39;!A1 &lt;b&gt;[red]Acme[/red]</dd>',
    "text": f"Aloware uPro, 3 x Plan cost, for {HOSTILE}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_name_is_shown_as_it_was_written(quote: Run, form: str) -> None:
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
def test_any_name_means_the_same_in_every_form(quote: Run, name: str) -> None:
    printed = {
        form: quote("--prospect", name, "--note", name, "--format", form).stdout for form in FORMS
    }
    page, markdown = Page(printed["html"]), page_of_markdown(printed["markdown"])
    harmless, harmless_markdown = (
        Page(quote("--prospect", "Acme", "--note", "Acme", "--format", "html").stdout),
        page_of_markdown(
            quote("--prospect", "Acme", "--note", "Acme", "--format", "markdown").stdout
        ),
    )
    assert page.tags == harmless.tags
    assert markdown.tags == harmless_markdown.tags
    assert page.words == harmless.words.replace("Acme", name)
    assert markdown.words == harmless_markdown.words.replace("Acme", name)
    assert json.loads(printed["json"])["document"]["prospect"] == name
    assert f"Prospect  {name}\n" in printed["table"]
    assert printed["text"].splitlines()[0].endswith(f" x Plan cost, for {name}")
    cell = next(csv.DictReader(io.StringIO(printed["csv"])))["document.prospect"]
    assert cell.removeprefix("'") == name
    assert cell[0] not in "=+-@"


@pytest.mark.parametrize("flag", ["prospect", "contact", "prepared-by", "number", "note"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x1b[31mAcme", r"'\x1b[31mAcme': write it on one line"),
        ("Acme\u202efdp", "the invisible character U+202E"),
        ("Acme\nTotal 0.00", "the invisible character U+000A"),
        ("", "write a text"),
        ("x" * 501, "write at most"),
    ],
)
def test_what_no_reader_could_see_is_refused(quote: Run, flag: str, text: str, said: str) -> None:
    result = quote(f"--{flag}", text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert f"--{flag}" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--valid-days 30", "--valid-days: the days count from the day of the quote"),
        ("--number 10", "phone numbers are numbers"),
        ("--valid-days 0 --issued 2026-11-22", "from 1 to 3,650"),
        ("--valid-days soon --issued 2026-11-22", "write a whole number"),
        ("--issued tomorrow", "a day that exists"),
        ("--format csv --output quote.md", "does not fit"),
        ("--output quote.pdf", "End it in .txt or .json or .csv or .md or .html or .htm"),
    ],
)
def test_details_that_do_not_fit_are_refused(quote: Run, line: str, said: str) -> None:
    result = quote(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_every_detail(quote: Run, form: str) -> None:
    printed = quote(*DETAILS.split(), "--prospect", "Acme", "--note", "Hello", "--format", form)
    for detail in (
        "Acme", "dana@acme.example", "Kim", "Q-7", "2026-11-22", "2026-12-22", "30", "Hello",
    ):  # fmt: skip
        assert detail in printed.stdout.replace("\\@", "@")


def test_the_json_holds_the_details(quote: Run) -> None:
    document = json.loads(quote(*DETAILS.split(), "--format", "json").stdout)
    assert document["document"] == {
        "prospect": None, "contact": "dana@acme.example", "prepared_by": "Kim", "number": "Q-7",
        "issued": "2026-11-22", "valid_days": "30", "note": None, "valid_until": "2026-12-22",
    }  # fmt: skip
    validator("quote").validate(document)
    document["document"]["issued"] = "tomorrow"
    with pytest.raises(jsonschema.ValidationError):
        validator("quote").validate(document)
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
def test_the_ending_of_a_file_decides(quote: Run, tmp_path: Path, name: str, form: str) -> None:
    result = quote("--output", str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().decode() == quote("--format", form).stdout


def test_a_text_file_holds_the_message_when_asked(quote: Run, tmp_path: Path) -> None:
    target = tmp_path / "message.txt"
    assert quote("--format", "text", "--output", str(target)).exit_code == 0
    assert target.read_text() == quote("--format", "text").stdout


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_taken_from_a_clock(
    quote: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    first = quote("--format", form).stdout
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert quote("--format", form).stdout == first


def test_a_lower_bound_says_so_in_every_form_that_is_sent(quote: Run) -> None:
    for form in ("markdown", "html", "text"):
        printed = quote("-m", "5", "--allow-unpriced", "--format", form).stdout
        assert printed.count("at least") >= 3
    assert quote("-m", "5", "--format", "html").exit_code == 4
