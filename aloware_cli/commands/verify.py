"""`aloware verify`: prices checked against the vendor's worked examples."""

import os
import re
from functools import partial
from typing import Annotated, Any, cast

import typer

from aloware_cli.cli.app import SEPARATOR
from aloware_cli.cli.options import MAX_AGE, argument, option, scenario_of, takes, typed_parameters
from aloware_cli.cli.output import REPORT_FORMATS, Destination, emit
from aloware_cli.cli.quoting import load_catalog, plan_of, quote_on, reject_unpriced
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.checks import Stale, Verification
from aloware_cli.domain.periods import today
from aloware_cli.domain.problems import count, quoted
from aloware_cli.domain.scenarios import OPTIONS, Scenario, flag
from aloware_cli.errors import CheckFailed, DataError, UsageError, ValidationError
from aloware_cli.files.examples import load_examples
from aloware_cli.files.io import write_output
from aloware_cli.pricing import verify as replays
from aloware_cli.render.checks import verification_check
from aloware_cli.render.scenario import example_text


@takes(("rates", "as_of"), (), REPORT_FORMATS)
def verify(
    *,
    context: typer.Context,
    paths: Annotated[
        list[str] | None, argument("PATH...", "Examples, or folders (default: the bundled ones)")
    ] = None,
    destination: Destination,
    require_coverage: Annotated[
        bool, option("", "Exit 1 if a price has no example", "--require-coverage")
    ] = False,
    max_age: Annotated[int | None, MAX_AGE] = None,
    record: Annotated[
        str | None, option("NAME", "Save a quote as the example NAME.yaml: -- quote PLAN ...")
    ] = None,
    scenario: Scenario,
) -> None:
    """Check prices against the vendor's worked examples.

        aloware verify --format junit > aloware.xml

    Exits 1 if an example fails or cannot be priced. --max-age covers every price on the rate cards.
    The age of a source is measured from the day it was read, or from the date it states, to --as-of
    (default: today).
    """
    day = scenario.as_of or today()
    if record is not None:
        _reject_options_beside_record(context)
        _record_example(context, record, paths or [], day)
        return
    try:
        verification = _verify(paths or [], load_catalog(scenario), day, max_age)
    except ValidationError as error:
        verification = Verification((), (), (), error.problems)
    verification = verification._replace(requires_coverage=require_coverage)
    if verification.replays or destination.format != "table":
        check = partial(verification_check, verification)
        emit(verification, destination, explain=True, check=check)
    _check(verification)


def _verify(paths: list[str], catalog: Catalog, day: str, max_age: int | None) -> Verification:
    """Return the examples at `paths` replayed; raises ValidationError for a path that is none."""
    examples, problems = load_examples(paths, catalog)
    found = replays.verify(examples, catalog)
    stale: tuple[Stale, ...] = ()
    if max_age is not None:
        stale = replays.stale_pages(replays.sources_of_cards(catalog), day, max_age)
    return found._replace(
        unreadable=(*problems, *found.unreadable),
        stale=stale,
        locations=replays.locations_of_sources(catalog),
    )


def _reject_options_beside_record(context: typer.Context) -> None:
    typed = typed_parameters(context)
    for name in ("rates", "as_of", "require_coverage", "max_age", "format", "output"):
        if name in typed:
            message = f"--record conflicts with {flag(name)} before --"
            raise UsageError("E-CONFLICT", message, "give the options of the quote after --")


def _record_example(context: typer.Context, name: str, words: list[str], today: str) -> None:
    """Price the quote of the command line `words`, and write it as the example `name`.

    The file is in the working folder.
    """
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not stem or not name.isprintable():
        message = f"--record {quoted(name)}: not a name"
        raise UsageError("E-TEXT", message, "use letters or digits")
    path = f"{stem}.yaml"
    scenario = _read_quote(context, words)
    if scenario.line:
        hint = "remove it: an example checks the prices of rate cards"
        raise UsageError("E-CONFLICT", "--record conflicts with --line", hint)
    catalog = load_catalog(scenario)
    card = plan_of(scenario, catalog)
    quote = quote_on(card, scenario, catalog)
    reject_unpriced(quote, card, scenario)
    if os.path.exists(path):
        hint = "use another name, or remove the file"
        raise DataError("E-EXISTS", f"{path} already exists", hint)
    command = " ".join(["aloware", *words])
    figures = replays.figures_of(quote)
    text = example_text(name, command, scenario._replace(plan=card.plan), figures, today)
    write_output(text, path)
    write_output(f"{path}\n", None)


def _read_quote(context: typer.Context, words: list[str]) -> Scenario:
    """Return the scenario of the command line of a quote, as `aloware quote` reads it."""
    if words[:1] != ["quote"]:
        raise UsageError(
            "E-MISSING",
            "--record requires the quote to record",
            'for example: aloware verify --record "Acme" -- quote upro --agents 3',
        )
    if SEPARATOR in words:
        hint = "record each plan in an example of its own"
        raise UsageError("E-GROUPS", "an example has one plan", hint)
    group = cast("Any", context.find_root().command)
    command = group.get_command(context, "quote")
    with command.make_context("quote", words[1:], parent=context.parent) as quote:
        return scenario_of({key: quote.params[key] for key in (*OPTIONS, "plan_option", "source")})


def _check(verification: Verification) -> None:
    """Raise unless every check passed."""
    if verification.unreadable:
        raise ValidationError(verification.unreadable)
    uncovered = len(verification.uncovered) if verification.requires_coverage else 0
    failures = [
        (verification.failed, "example differs", "examples differ"),
        (len(verification.stale), "source is too old", "sources are too old"),
        (uncovered, "price has no example", "prices have no example"),
    ]
    messages = [count(*each) for each in failures if each[0]]
    if messages:
        raise CheckFailed(f"check failed: {', '.join(messages)}")
