"""The interview: what a quote needs, asked on a terminal one thing at a time."""

import shlex
import sys
from collections.abc import Callable
from typing import Any, Final

import typer

from aloware_cli.commands.names import find_plan, plan_of
from aloware_cli.commands.options import day, quantity, reads
from aloware_cli.commands.orders import build_order
from aloware_cli.commands.scenarios import scenario_of_flags
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.money import format_exact, read_price
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import RequestError
from aloware_cli.pricing.price import price

#: What is asked after the plan: the key, the question and the reader of its answer.
QUESTIONS: Final[tuple[tuple[str, str, Callable[[str], Any]], ...]] = (
    ("agents", "Agents", quantity),
    ("numbers", "Local phone numbers", quantity),
    ("sms", "Automated texts a month, in segments", quantity),
    ("minutes", "Automated outbound minutes a month", quantity),
    ("start", "First day, for the first invoice, as YYYY-MM-DD", day),
)


def interview(catalog: Catalog, given: Scenario) -> Scenario:
    """Return what is answered, beside what is `given`; asks again where an answer is no good.

    A price that the plan needs and nobody publishes is asked for too, unless the quote may
    do without it. Raises KeyboardInterrupt where the user breaks off.
    """
    typer.echo("What is to be quoted? Leave an answer empty for none.", err=True)
    try:
        plan = _ask(f"Plan ({', '.join(catalog.cards)})", lambda text: _read_plan(text, catalog))
        answers = {key: _ask(question, _or_none(read)) for key, question, read in QUESTIONS}
        answered = scenario_of_flags(answers).on(plan).merged_over(given)
        return answered if given.allow_unpriced else _with_prices(answered, catalog)
    except typer.Abort as abort:
        typer.echo(err=True)
        raise KeyboardInterrupt from abort


def _with_prices(scenario: Scenario, catalog: Catalog) -> Scenario:
    """Return `scenario` with the prices that are answered, of those that nobody publishes."""
    card = plan_of(scenario, catalog)
    rates = []
    for line in price(card, build_order(scenario, card, catalog)).unpriced:
        charge = line.charge
        question = (
            f"{charge.label} has no published price on {card.plan}; yours in USD per {charge.unit}"
        )
        answer = _ask(question, _or_none(reads(read_price)))
        if answer is not None:
            rates.append(f"{card.plan.lower()}:{charge.priced_as}={format_exact(answer)}")
    return scenario_of_flags({"rate": rates}).merged_over(scenario)


def command_of(scenario: Scenario) -> str:
    """Return the command line that asks for `scenario`, as it was answered, at once."""
    given = dict(scenario.given())
    answers = [(key, given[key]) for key, _, _ in QUESTIONS if key in given]
    answers += [("rate", f"{name}={format_exact(rate)}") for name, rate in scenario.rate.items()]
    words = [word for key, value in answers for word in (f"--{key}", str(value))]
    return shlex.join(["aloware", *sys.argv[1:], (scenario.plan or "").lower(), *words])


def _ask(question: str, read: Callable[[str], Any]) -> Any:
    return typer.prompt(question, default="", show_default=False, value_proc=read, err=True)


def _read_plan(name: str, catalog: Catalog) -> str:
    try:
        return find_plan(name.strip(), catalog).plan
    except RequestError as error:
        raise typer.BadParameter(" ".join([f"{error}.", *error.hints])) from error


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: read(text.strip()) if text.strip() else None
