"""Record: a quote that was checked by hand becomes an example."""

import os
import re
from typing import cast

import typer
from typer.core import TyperGroup

from aloware_cli.cli.checks import reject_unpriced
from aloware_cli.cli.lookup import load_catalog, plan_of
from aloware_cli.cli.options import KEYS, scenario_of
from aloware_cli.domain.problems import quoted
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import DataError, UsageError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.orders import build_nonempty_order
from aloware_cli.pricing.price import price
from aloware_cli.pricing.verify import figures_of
from aloware_cli.render.scenario import example_text


def record_example(context: typer.Context, name: str, words: list[str], today: str) -> None:
    """Price the quote of the command line `words`, and write it as the example `name`.

    The file is in the working folder. Raises UsageError for words that are not a quote, DataError
    for a file that exists.
    """
    path = _file_for(name)
    scenario = _read_quote(context, words)
    if scenario.line:
        hint = "remove it: an example checks the prices of rate cards"
        raise UsageError("E-CONFLICT", "--record conflicts with --line", hint)
    catalog = load_catalog(scenario)
    card = plan_of(scenario, catalog)
    quote = price(card, build_nonempty_order(scenario, card, catalog))
    reject_unpriced(quote, card)
    if os.path.exists(path):
        hint = "use another name, or remove the file"
        raise DataError("E-EXISTS", f"{path} already exists", hint)
    command = " ".join(["aloware", *words])
    text = example_text(name, command, scenario._replace(plan=card.plan), figures_of(quote), today)
    write_output(text, path)
    write_output(f"{path}\n", None)


def _file_for(name: str) -> str:
    """Return the file for the example `name`, in the working folder."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not stem or not name.isprintable():
        message = f"--record {quoted(name)}: not a name"
        raise UsageError("E-TEXT", message, "use letters or digits")
    return f"{stem}.yaml"


def _read_quote(context: typer.Context, words: list[str]) -> Scenario:
    """Return the scenario of the command line of a quote, as `aloware quote` reads it."""
    if words[:1] != ["quote"]:
        raise UsageError(
            "E-MISSING",
            "--record requires the quote to record",
            'for example: aloware verify --record "Acme" -- quote upro --agents 3',
        )
    group = cast("TyperGroup", context.find_root().command)
    quote = group.commands["quote"].make_context("quote", words[1:], parent=context.parent)
    given = {key: quote.params[key] for key in (*KEYS, "source")}
    return scenario_of({**given, "context": quote}).on(quote.params["plan"])
