"""The interview: what a quote needs, asked on a terminal one thing at a time."""

import shlex
import sys
from collections.abc import Callable
from typing import Any, Final

import typer

from aloware_cli.commands.names import find_plan
from aloware_cli.commands.options import day, quantity
from aloware_cli.commands.scenarios import scenario_of_flags
from aloware_cli.domain.card import RateBook
from aloware_cli.domain.scenario import Scenario
from aloware_cli.errors import RequestError

#: What is asked after the plan: the key, the question and the reader of its answer.
QUESTIONS: Final[tuple[tuple[str, str, Callable[[str], Any]], ...]] = (
    ("agents", "Agents", quantity),
    ("numbers", "Local phone numbers", quantity),
    ("sms", "Automated texts a month, in segments", quantity),
    ("minutes", "Automated outbound minutes a month", quantity),
    ("start", "First day, for the first invoice, as YYYY-MM-DD", day),
)


def interview(book: RateBook) -> Scenario:
    """Return what is answered; asks again where an answer is no good.

    Raises KeyboardInterrupt where the user breaks off.
    """
    typer.echo("What is to be quoted? Leave an answer empty for none.", err=True)
    try:
        plan = _ask(f"Plan ({', '.join(book.cards)})", lambda text: _read_plan(text, book))
        answers = {key: _ask(question, _or_none(read)) for key, question, read in QUESTIONS}
    except typer.Abort as abort:
        typer.echo(err=True)
        raise KeyboardInterrupt from abort
    return scenario_of_flags(answers).on(plan)


def command_of(scenario: Scenario) -> str:
    """Return the command line that asks for `scenario`, as it was answered, at once."""
    answered = {key for key, _, _ in QUESTIONS}
    words = [
        word
        for key, value in scenario.given()
        if key in answered
        for word in (f"--{key}", str(value))
    ]
    return shlex.join(["aloware", *sys.argv[1:], (scenario.plan or "").lower(), *words])


def _ask(question: str, read: Callable[[str], Any]) -> Any:
    return typer.prompt(question, default="", show_default=False, value_proc=read, err=True)


def _read_plan(name: str, book: RateBook) -> str:
    try:
        return find_plan(name.strip(), book).plan
    except RequestError as error:
        raise typer.BadParameter(" ".join([f"{error}.", *error.hints])) from error


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text.strip()) if text.strip() else None
