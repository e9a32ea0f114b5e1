"""Destinations: the format of a result, its file, and what a terminal shows of it."""

import json
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.cli.output import (
    EXTENSIONS,
    QUOTE_FORMATS,
    TABLE_OR_JSON,
    Destination,
    resolve,
)
from aloware_cli.errors import UsageError


@pytest.mark.parametrize(
    ("format", "path", "formats", "resolved"),
    [
        (None, None, TABLE_OR_JSON, "table"),
        ("json", None, TABLE_OR_JSON, "json"),
        (None, "a.json", TABLE_OR_JSON, "json"),
        (None, "A.JSON", TABLE_OR_JSON, "json"),
        (None, "a", TABLE_OR_JSON, "table"),
        ("json", "a", TABLE_OR_JSON, "json"),
        ("json", "a.pdf", TABLE_OR_JSON, "json"),
        (None, "a.txt", QUOTE_FORMATS, "table"),
        ("text", "a.txt", QUOTE_FORMATS, "text"),
        (None, "a.htm", QUOTE_FORMATS, "html"),
    ],
)
def test_format_is_given_or_follows_the_extension(
    format: str | None, path: str | None, formats: tuple[str, ...], resolved: str
) -> None:
    assert resolve(format, path, formats) == Destination(
        resolved, path, force=False, is_chosen=bool(format)
    )


@pytest.mark.parametrize(
    ("format", "path", "message", "hint"),
    [
        ("csv", "a.json", "--format csv conflicts with --output a.json",
         ".json files are written as json"),
        (None, "a.doc", "--output a.doc: unsupported file type .doc",
         "use .txt, .json, .csv, .md, .html, .htm, .pdf or .xlsx, or set --format"),
        (None, "a.\x1b[31m", '--output "a.\\x1b[31m": unsupported file type ".\\x1b[31m"',
         "use .txt, .json, .csv, .md, .html, .htm, .pdf or .xlsx, or set --format"),
    ],
)  # fmt: skip
def test_format_and_extension_must_agree(
    format: str | None, path: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(format, path, QUOTE_FORMATS)
    problem = raised.value.problems[0]
    assert (problem.code, problem.message, problem.hint) == ("E-FORMAT", message, hint)


def test_every_quote_format_has_an_extension() -> None:
    assert [name for name in QUOTE_FORMATS if not EXTENSIONS[name]] == []


COMMANDS = [
    "verify", "rates list", "rates show upro", "rates diff bundled bundled", "segments Hello",
    "compare -a 1", "explain upro sms", "breakeven ipro xpro -a 1 --vary numbers",
    "sweep upro --vary sms=0:2:1", "prorate upro --on 2026-03-18 --add-agents 1", "quote upro -a 1",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_to_a_file(run: Run, tmp_path: Path, command: str) -> None:
    for name, text in [("a.json", run(f"{command} --format json").stdout),
                       ("a.txt", run(f"{command}").stdout)]:  # fmt: skip
        path = tmp_path / name
        first = run(f"{command} -o {path}")
        assert (first.stdout, path.read_text("utf-8")) == ("", text)
        assert run(f"{command} --output {path}").exit_code == 3
        assert run(f"{command} --output {path} --force").exit_code == first.exit_code
    json.loads((tmp_path / "a.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "start"), [("a.xml", "<?xml"), ("a.md", "### aloware verify"), ("a.json", "{")]
)
def test_verify_writes_reports_by_their_extension(
    run: Run, tmp_path: Path, name: str, start: str
) -> None:
    assert run(f"verify --output {tmp_path / name}").stdout == ""
    assert (tmp_path / name).read_text("utf-8").startswith(start)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--output {folder}/", ": a folder, not a file"),
        ("--output {folder}", ": a folder, not a file"),
        ("--output nowhere/", ": a folder, not a file"),
        ("--total monthly --output {folder}/q.json", "--total conflicts with --output"),
        ("--total monthly --output {folder}/q.csv", "--total conflicts with --output"),
    ],
)
def test_output_of_unsupported_format_is_rejected(
    run: Run, tmp_path: Path, options: str, message: str
) -> None:
    result = run(f"quote upro -a 3 {options.format(folder=tmp_path)}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_total_is_written_to_a_text_file(run: Run, tmp_path: Path) -> None:
    assert run(f"quote upro -a 3 --total monthly -o {tmp_path / 'q.txt'}").exit_code == 0
    assert (tmp_path / "q.txt").read_text() == "210.00\n"
