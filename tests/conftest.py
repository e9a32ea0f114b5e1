"""Fixtures and notation that the tests share."""

import json
import shlex
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import jsonschema
import pytest
from card_files import CARDS
from hypothesis import settings
from typer.testing import CliRunner, Result

from aloware_cli.cli.app import app
from aloware_cli.files.schemas import read_schema

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
    # A shell makes what runs in the background ignore Ctrl-C and Ctrl-\, and `nohup` makes it
    # ignore the end of the terminal. That is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
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


def run_command(line: str, stdin: bytes | None = None) -> Result:
    """Return the result of `aloware` with the arguments in `line`, split as a shell does."""
    arguments = shlex.split(line, comments=True)
    return CliRunner().invoke(
        app, arguments, input=stdin, prog_name="aloware", catch_exceptions=False
    )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `run_command`, for a pipe of 80 columns and the frozen rate cards.

    The option --rates replaces the environment, so the frozen cards are then the first --rates.
    """
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("ALOWARE_RATES", str(CARDS))

    def run_line(line: str, stdin: bytes | None = None) -> Result:
        return run_command(line.replace(" --rates ", f" --rates {CARDS} --rates ", 1), stdin)

    return run_line


def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return the validator of a schema, dates included."""
    return jsonschema.Draft202012Validator(
        json.loads(read_schema(name)), format_checker=jsonschema.FormatChecker(["date"])
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which is empty, so that files are named as they are written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def rates(folder: Path) -> Path:
    """Return a copy of the frozen cards, in the folder `rates` of the working folder."""
    shutil.copytree(CARDS, folder / "rates")
    return Path("rates")
