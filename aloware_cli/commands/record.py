"""Recording: a quote that somebody has checked by hand becomes an example."""

import os
import re
from typing import cast

import typer
from typer.core import TyperGroup

from aloware_cli.commands.names import plan_of
from aloware_cli.commands.options import asked_for, catalog_for
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.commands.refusals import reject_unpriced
from aloware_cli.domain.problems import quoted
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import DataError, RequestError
from aloware_cli.files.output import write_output
from aloware_cli.pricing.price import price
from aloware_cli.pricing.verify import figures_of
from aloware_cli.render.example import example_text


def record_example(context: typer.Context, name: str, words: list[str], today: str) -> None:
    """Price the quote that `words` ask for, and write it as the example `name` to this folder.

    Raises RequestError for words that are no quote, DataError for a file that exists.
    """
    path = _file_for(name)
    scenario = _read_quote(context, words)
    catalog = catalog_for(scenario)
    card = plan_of(scenario, catalog)
    quote = price(card, build_nonempty_order(scenario, card, catalog))
    reject_unpriced(quote, card)
    if os.path.exists(path):
        raise DataError(f"{path} exists", "Record under another name, or remove the file.")
    command = " ".join(["aloware", *words])
    text = example_text(name, command, scenario._replace(plan=card.plan), figures_of(quote), today)
    write_output(text, path)
    typer.echo(path)


def _file_for(name: str) -> str:
    """Return the file for the example `name`: always in this folder."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not stem or not name.isprintable():
        raise RequestError(f"--record {quoted(name)}: write a name with letters or digits")
    return f"{stem}.yaml"


def _read_quote(context: typer.Context, words: list[str]) -> Scenario:
    """Return what is asked for by a quote's command line, as `aloware quote` reads them."""
    if words[:1] != ["quote"]:
        raise RequestError(
            "--record needs the quote to record",
            'For example: aloware verify --record "Acme" -- quote upro --agents 3',
        )
    group = context.find_root().command
    command = cast("TyperGroup", group).commands["quote"]
    quote = command.make_context("quote", words[1:], parent=context.parent)
    return asked_for({**quote.params, "context": quote}).on(quote.params["plan"])
