"""Fixtures and notation that the tests share."""

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

from aloware_cli.cli import app

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
    if session.config.getoption("--rewrite-transcripts"):
        import transcripts

        transcripts.rewrite()


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
