"""`aloware quote`: one plan priced, monthly, quarterly and annual side by side."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Annotated, Final, Literal, TypeAlias

import typer

from aloware_cli.commands.details import takes_details
from aloware_cli.commands.drawing import QUOTE_FORMS, QuoteForm, draw_quote, quote_form_for
from aloware_cli.commands.forms import FORCE_OPTION, FORM_OPTION, OUTPUT_OPTION
from aloware_cli.commands.names import plan_of
from aloware_cli.commands.options import amount, catalog_for
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.commands.refusals import reject_unpriced
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.money import format_display, format_exact
from aloware_cli.domain.periods import Period
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import KEYS_OF_DETAILS, Scenario
from aloware_cli.errors import NegativeAnswer, RequestError, UnpublishedRate
from aloware_cli.files.output import write_output
from aloware_cli.pricing.price import price

Form: TypeAlias = Literal[QuoteForm, "scenario"]
FORMS: Final[Mapping[str, Form]] = {**QUOTE_FORMS, ".yaml": "scenario", ".yml": "scenario"}


@takes_details
def quote(
    scenario: Scenario,
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")
    ] = None,
    format: Annotated[Form | None, FORM_OPTION] = None,
    total: Annotated[
        Period | None, typer.Option(help="Print that one number and nothing else.")
    ] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Working, rule, reason and source of each line.")
    ] = False,
    fail_over: Annotated[
        Decimal | None,
        typer.Option(parser=amount, metavar="AMOUNT", help="Exit 1 above this monthly total."),
    ] = None,
) -> None:
    """Price one plan: monthly, quarterly and annual, with one-time fees apart.

    For example: aloware quote upro --agents 3 --numbers 10 --sms 10000

    On a terminal, without anything, it asks for what it needs.
    """
    form = quote_form_for(format, output, FORMS)
    if total and (format or explain):
        raise RequestError("--total prints one number", "Leave out --format and --explain.")
    scenario = scenario.on(plan)
    catalog = catalog_for(scenario)
    with _completed(scenario, catalog) as scenario:
        quoted = _priced(scenario, catalog)
        text = (
            _one_number(quoted, total) if total else _drawn(quoted, form, scenario, explain, output)
        )
        write_output(text, output, force=force)
        if fail_over is not None:
            _gate(quoted, fail_over)


@contextmanager
def _completed(scenario: Scenario, catalog: Catalog) -> Iterator[Scenario]:
    """Yield `scenario`; one that is left open is asked for first, and shown as a command after."""
    if not _is_left_open(scenario):
        yield scenario
        return
    from aloware_cli.commands.interview import command_of, interview

    answered = interview(catalog, scenario)
    try:
        yield answered
    finally:
        typer.echo(f"\nThe same at once: {command_of(answered)}", err=True)


def _is_left_open(scenario: Scenario) -> bool:
    """Tell whether nothing is asked for, and somebody is there to be asked."""
    given = {key for key, _ in scenario.given()}
    if "" in scenario.origins or given - {"rates", "as_of", "allow_unpriced", *KEYS_OF_DETAILS}:
        return False
    return bool(sys.stdin and sys.stdout) and sys.stdin.isatty() and sys.stdout.isatty()


def _priced(scenario: Scenario, catalog: Catalog) -> Quote:
    """Return the quote that `scenario` asks for; UnpublishedRate if it needs a rate and may not."""
    card = plan_of(scenario, catalog)
    quoted = price(card, build_nonempty_order(scenario, card, catalog))
    if not scenario.allow_unpriced:
        reject_unpriced(quoted, card)
    return quoted


def _drawn(quoted: Quote, form: Form, scenario: Scenario, explain: bool, output: str | None) -> str:
    scenario = scenario._replace(plan=quoted.plan)  # as the vendor writes it
    if form == "scenario":
        from aloware_cli.render.scenario import scenario_text

        return scenario_text(scenario, os.path.dirname(output or ""))
    if explain and form == "table":
        from aloware_cli.render.scenario import origins_of

        quoted = quoted._replace(notes=(*quoted.notes, *origins_of(scenario)))
    return draw_quote(quoted, form, explain, output)


def _one_number(quoted: Quote, period: Period) -> str:
    number = format_exact(getattr(quoted.totals, period))
    return f"at least {number}\n" if quoted.at_least else f"{number}\n"


def _gate(quoted: Quote, limit: Decimal) -> None:
    """Raise unless the monthly total is known to stay within `limit`."""
    monthly = quoted.totals.monthly
    if monthly > limit:
        least = "at least " if quoted.at_least else ""
        raise NegativeAnswer(
            f"The monthly total is {least}{format_display(monthly)}, over {format_display(limit)}."
        )
    if quoted.at_least:
        raise UnpublishedRate(
            f"the monthly total may be over {format_display(limit)}: a rate is not published",
            "Supply it with --rate to decide.",
        )
