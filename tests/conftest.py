"""Fixtures and notation that the tests share."""

import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import jsonschema
import pytest
import referencing
from hypothesis import settings
from typer.testing import CliRunner, Result

import aloware_cli
from aloware_cli.cli import app
from aloware_cli.files.cards import shipped_rates

SCHEMAS = Path(aloware_cli.__file__).parent / "schemas"

# Laws are checked on the same examples each time: a red run can be run again.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-transcripts",
        action="store_true",
        help="write what the commands in README and docs print now",
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    # A shell lets what runs in the background ignore Ctrl-C, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if session.config.getoption("--rewrite-transcripts"):
        import transcripts

        transcripts.rewrite()


def plain_name(text: str) -> str:
    """Return `text` as the name of a test, without a backslash: some tools take it for a slash."""
    return ascii(text)[1:-1].replace("\\", "^")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name the tests of texts and bytes that hold more than plain letters."""
    if isinstance(val, str | bytes) and "\\" in ascii(val):
        return plain_name(str(val))
    return None


Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs one command line, split at blanks, in a pipe of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("ALOWARE_RATES", raising=False)

    def run_line(line: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(
            app, line.split(), input=stdin, prog_name="aloware", catch_exceptions=False
        )

    return run_line


def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return the validator of one of our schemas, which may refer to that of the quote."""
    quote = json.loads((SCHEMAS / "quote.schema.json").read_text(encoding="utf-8"))
    registry = referencing.Registry().with_resource(
        "quote.schema.json", referencing.Resource.from_contents(quote)
    )
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, registry=registry)


@pytest.fixture
def rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped cards, in the folder `rates` of the working folder."""
    shutil.copytree(shipped_rates(), tmp_path / "rates")
    monkeypatch.chdir(tmp_path)
    return Path("rates")
