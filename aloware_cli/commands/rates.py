"""`aloware rates`: the rate cards themselves."""

from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from aloware_cli.cli.app import STYLE, Command, CommandGroup, complain
from aloware_cli.cli.options import argument, option, takes
from aloware_cli.cli.output import (
    CHANGE_FORMATS,
    REPORT_FORMATS,
    TABLE_OR_JSON,
    Destination,
    emit,
    emit_check,
    reported,
)
from aloware_cli.cli.quoting import load_catalog, options_of, plan_of, quote_on
from aloware_cli.cli.scenario import scenario_from_options
from aloware_cli.commands.saved_quotes import effects_on
from aloware_cli.domain.checks import Case, Check, failed_check
from aloware_cli.domain.problems import as_typed, count
from aloware_cli.domain.results import CardChanges, Effect
from aloware_cli.domain.scenarios import OPTIONS, Scenario
from aloware_cli.errors import CheckFailed, ValidationError
from aloware_cli.files.cards import load_every_card, load_rates
from aloware_cli.files.io import write_output
from aloware_cli.pricing.compare import find_changes
from aloware_cli.pricing.explain import questions_on
from aloware_cli.pricing.orders import build_nonempty_order
from aloware_cli.render.changes import changes_check
from aloware_cli.render.explain import overlay_text

rates = typer.Typer(cls=CommandGroup, add_completion=False, no_args_is_help=True, **STYLE)

#: The word for the bundled rate cards, where a path is expected.
BUNDLED: Final = ("bundled", "shipped")
CHECK: Final = "aloware rates check"
CARDS: Final = "a folder, an overlay, or bundled"
ASK_FORMATS: Final = (*TABLE_OR_JSON, "overlay")


@rates.callback()
def _rates() -> None:
    """List, show, check and compare rate cards, and ask for missing prices."""


@rates.command("list", cls=Command)
@takes(("rates", "as_of"), (), TABLE_OR_JSON)
def list_cards(*, destination: Destination, scenario: Scenario) -> None:
    """List rate cards with effective date, number of prices and oldest source.

        aloware rates list --as-of 2026-12-01

    With --as-of, lists only the rate cards in force on that date.
    """
    _list(scenario, destination)


@rates.command(cls=Command)
@takes(("plan", "rates", "as_of"), (), TABLE_OR_JSON)
def show(*, destination: Destination, scenario: Scenario) -> None:
    """Show every charge of a rate card: its price or state, and its source.

        aloware rates show upro

    Without PLAN, lists the rate cards, as rates list does.
    """
    if scenario.plan is None:
        _list(scenario, destination)
        return
    card = plan_of(scenario, load_catalog(scenario))
    emit(card, destination, explain=True)


def _list(scenario: Scenario, destination: Destination) -> None:
    cards = load_every_card(scenario.rates)
    if scenario.as_of:
        in_force = {card.identity for card in load_catalog(scenario).cards.values()}
        cards = [dated for dated in cards if dated.card.identity in in_force]
    emit(cards, destination, kind="cards")


@rates.command(cls=Command)
@takes((), (), REPORT_FORMATS)
def check(
    *,
    paths: Annotated[
        list[Path] | None,  # Typer splits a variable of paths at the separator of the system
        typer.Argument(
            metavar="PATH...",
            envvar="ALOWARE_RATES",
            help="Rate card folders, or overlays on the bundled rate cards",
        ),
    ] = None,
    destination: Destination,
) -> None:
    """Report every problem in rate cards, with location and hint.

        aloware rates check prices/acme.yaml

    Exits 1 if there is a problem.
    """
    try:
        catalog = load_rates([str(path) for path in paths or []], None)
    except ValidationError as error:
        if destination.format != "table":
            emit_check(failed_check(CHECK, error.problems), destination)
        raise CheckFailed(error.report()) from error
    found = f"{len(catalog.charges)} charges on the rate cards of {', '.join(catalog.cards)}"
    if destination.format == "table":
        write_output(f"No problems: {found}.\n", destination.path, force=destination.force)
        return
    cases = tuple(Case(f"{plan} rate card", "", "passed") for plan in catalog.cards)
    emit_check(Check(CHECK, f"No problems: {found}", cases, ()), destination)


@rates.command(cls=Command)
@takes(OPTIONS, formats=ASK_FORMATS)
def ask(*, destination: Destination, scenario: Scenario) -> None:
    """List the prices that an order lacks, as questions to the vendor.

        aloware rates ask ipro --agents 5 --sms 2000
        aloware rates ask ipro --agents 5 --sms 2000 --output offer.yaml

    Takes the options of quote; of LOW/EXPECTED/HIGH, it names the high quantity. With --output
    FILE.yaml, also writes the overlay to fill in.
    """
    catalog = load_catalog(scenario)
    card = plan_of(scenario, catalog)
    highest = scenario.cases()[-1]
    questions = questions_on(card, build_nonempty_order(highest, card, catalog))
    if destination.format == "overlay":
        if questions.listed:
            path = destination.path or "offer.yaml"
            command = f"aloware quote {card.plan.lower()} {options_of(scenario)}"
            text = overlay_text(questions, path, command)
            write_output(text, destination.path, force=destination.force)
            if destination.path is None:
                return
            check = f"aloware rates check {as_typed(path)}"
            complain(f"note: fill in {as_typed(path)}, then check it: {check}")
        destination = Destination("table", None, force=False)
    emit(questions, destination)


@rates.command(cls=Command)
@takes(("as_of",), (), CHANGE_FORMATS)
def diff(
    *,
    old: Annotated[str, argument("OLD", f"Old rate cards: {CARDS}")],
    new: Annotated[str, argument("NEW", f"New rate cards: {CARDS}")],
    source: Annotated[
        list[str] | None, option("FILE", "Show the effect on this scenario", "--from")
    ] = None,
    quotes: Annotated[
        list[str] | None,
        option(
            "QUOTES", "Show the effect on saved quotes: files, folders or patterns (repeatable)"
        ),
    ] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Show every price that differs between two sets of rate cards, with its source.

        aloware rates diff bundled prices/acme.yaml --from acme-order.yaml
        aloware rates diff bundled prices/acme.yaml --quotes 'quotes/*.json'

    Exits 1 if a price differs.
    """
    with reported("aloware rates diff", destination):
        before, after = (
            load_rates([] if path in BUNDLED else [path], scenario.as_of) for path in (old, new)
        )
        effect = None
        if source:
            order = scenario_from_options({}, source)
            both = (quote_on(plan_of(order, each), order, each) for each in (before, after))
            effect = Effect(*both)
        effects = effects_on(quotes, before, after) if quotes else None
    found = CardChanges(find_changes(before, after), effect, effects)
    emit(found, destination, explain=True, check=partial(changes_check, found, after))
    if differing := len(found.changes):
        raise CheckFailed(count(differing, "price differs", "prices differ"))
