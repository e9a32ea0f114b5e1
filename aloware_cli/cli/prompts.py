"""The guided quote: the inputs of a quote, asked for one at a time."""

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import typer

from aloware_cli.cli.quoting import plan_of
from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.money import read_percent, read_price
from aloware_cli.domain.problems import InvalidValue
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import ALL, NEEDS, OPTIONS, Scenario, flag, short_name
from aloware_cli.errors import AlowareError
from aloware_cli.pricing.orders import build_order, find_plan
from aloware_cli.pricing.price import price

GREETING: Final = "New quote. Press Enter to skip a question, Ctrl-C to leave.\n"


@contextmanager
def guided_quote(catalog: Catalog, given: Scenario) -> Iterator[Scenario]:
    """Ask for the inputs beside those `given`, yield the scenario, then show how to repeat it.

    Raises KeyboardInterrupt if the user leaves.
    """
    _tell(GREETING)
    answered = _ask_for_scenario(catalog, given)
    try:
        yield answered
    finally:
        _tell(f"\nTo repeat this quote:\n  {_command_of(answered, given)}")


def offer_to_save(quote: Quote, save: Callable[[str], None]) -> None:
    """Ask for a file to `save` the quote to; Enter saves none."""
    customer = quote.details.prospect if quote.details else None
    stem = re.sub(r"[^a-z0-9]+", "-", (customer or quote.plan).casefold()).strip("-") or "quote"
    while path := _ask(f"\nSave as ({stem}.html, .md, .json, .yaml; Enter for none)", str):
        try:
            save(path)
        except AlowareError as error:
            _tell(error.report())
        else:
            _tell(f"Saved to {path}")
            return


def _command_of(scenario: Scenario, given: Scenario) -> str:
    """Return the command line that gives `scenario`: the options `given`, then the answers."""
    from aloware_cli.render.scenario import scenario_document

    words = ["aloware", *sys.argv[1:], (scenario.plan or "").casefold()]
    before = scenario_document(given)
    for key, value in scenario_document(scenario).items():
        name = "--customer" if key == "prospect" else flag(key)
        match value:
            case _ if value == before.get(key):
                continue
            case dict():
                words += [word for each in value.items() for word in (name, _entry(*each))]
            case bool():
                words.append(name)
            case str() if key != "plan":
                words += [name, value]
    return shlex.join(filter(None, words))


def _entry(name: str, value: str) -> str:
    """Write an entry: `10%` for a discount on everything, `ipro:sms=0.02` for a price."""
    if name == ALL:
        return value
    plan, colon, charge = name.rpartition(":")
    return f"{plan}{colon}{short_name(charge)}={value}"


def _ask_for_scenario(catalog: Catalog, given: Scenario) -> Scenario:
    customer = _ask_option("prospect")
    volumes = {
        key: _ask_option(key, "" if key == "agents" else " [0]")
        for key, option in OPTIONS.items()
        if option.question and option.group == NEEDS
    }
    scenario = read_options({"prospect": customer, **volumes}).merged_over(given)
    plans = ", ".join(catalog.cards)
    read_plan = partial(find_plan, catalog=catalog)
    plan = _ask(f"Plan ({plans}; Enter to compare)", read_plan)
    if not plan:
        _tell(_comparison(scenario, catalog))
        plan = _ask(f"Plan ({plans})", read_plan, is_needed=True)
    scenario = scenario.on(plan)
    if not scenario.allow_unpriced:
        scenario = _with_prices(scenario, catalog)
    percent = _ask("Discount [none]", read_percent)
    further = {"discount": [percent] if percent else [], "start": _ask_option("start", " [none]")}
    return read_options(further).merged_over(scenario)


def _comparison(scenario: Scenario, catalog: Catalog) -> str:
    from aloware_cli.pricing.compare import compare
    from aloware_cli.render.results import write_result
    from aloware_cli.render.terminal import target_for

    cases = scenario.cases()
    expected = cases[len(cases) // 2]
    quotes = [price(card, build_order(expected, card, catalog)) for card in catalog.cards.values()]
    return f"\n{write_result(compare(quotes), 'table', target_for(None))!s}"


def _with_prices(scenario: Scenario, catalog: Catalog) -> Scenario:
    """Return the scenario with the prices that are answered, of those that are not published.

    If one is left open, the quote is a lower bound.
    """
    card = plan_of(scenario, catalog)
    rates, is_open = [], False
    highest = scenario.cases()[-1]
    for line in price(card, build_order(highest, card, catalog)).unpriced:
        charge = line.charge
        _tell(f"{charge.label} on {card.plan} have no published price.")
        if answer := _ask(f"Price per {charge.unit} (Enter to leave it open)", read_price):
            rates.append(f"{short_name(charge.priced_as)}={answer}")
        else:
            is_open = True
    return read_options({"rate": rates, "allow_unpriced": is_open}).merged_over(scenario)


def _ask_option(key: str, default: str = "") -> str | None:
    option = OPTIONS[key]
    return _ask(f"{option.question}{default}", option.read)


def _ask(question: str, read: Callable[[str], Any], *, is_needed: bool = False) -> str | None:
    """Return the answer, which `read` accepts; None for no answer.

    Raises KeyboardInterrupt if the user leaves.
    """

    def parse(text: str) -> str:
        answer = text.strip()
        try:
            if answer or is_needed:
                read(answer)
        except InvalidValue as error:
            raise typer.BadParameter(f"{error.about(answer)}; {error.hint}") from error
        except AlowareError as error:
            problem = error.problems[0]
            raise typer.BadParameter(f"{problem.message}; {problem.hint}") from error
        return answer

    try:
        answer = typer.prompt(question, default="", show_default=False, value_proc=parse, err=True)
    except typer.Abort as abort:
        _tell("")
        raise KeyboardInterrupt from abort
    return answer or None


def _tell(text: str) -> None:
    typer.echo(text, err=True)
