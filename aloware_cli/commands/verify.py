"""`aloware verify`: prices checked against the vendor's worked examples."""

from typing import Annotated

import typer

from aloware_cli.cli.lookup import load_catalog
from aloware_cli.cli.options import MAX_AGE, parameter
from aloware_cli.cli.output import (
    CI_FORMATS,
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    REPORT_FORMATS,
    ReportFormat,
    emit,
    emit_check,
    resolve,
)
from aloware_cli.cli.record import record_example
from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.examples import Stale, Verification
from aloware_cli.domain.periods import today
from aloware_cli.domain.problems import count
from aloware_cli.domain.scenarios import flag
from aloware_cli.errors import CheckFailed, UsageError, ValidationError
from aloware_cli.files.examples import load_examples
from aloware_cli.pricing import verify as replays
from aloware_cli.render.result_documents import verification_document
from aloware_cli.render.verification import verification_check, verification_report


def verify(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Examples, or folders (default: the bundled ones)"),
    ] = None,
    rates: parameter("rates") = None,  # type: ignore[valid-type]
    as_of: parameter("as_of") = None,  # type: ignore[valid-type]
    format: Annotated[ReportFormat | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
    require_coverage: Annotated[
        bool,
        typer.Option("--require-coverage", help="Exit 1 if a price has no example"),
    ] = False,
    max_age: Annotated[int | None, MAX_AGE] = None,
    record: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Save a quote as the example NAME.yaml: -- quote PLAN ..."
        ),
    ] = None,
) -> None:
    """Check prices against the vendor's worked examples.

        aloware verify --format junit > aloware.xml

    Exits 1 if an example fails or cannot be priced. --max-age covers every price on the rate cards.
    The age of a source is measured from the day it was read, or from the date it states, to --as-of
    (default: today).
    """
    destination = resolve(format, output, REPORT_FORMATS, force=force)
    scenario = read_options({"rates": rates, "as_of": as_of})
    day = scenario.as_of or today()
    if record is not None:
        _reject_options_beside_record(context)
        record_example(context, record, paths or [], day)
        return
    try:
        verification = _verify(paths or [], load_catalog(scenario), day, max_age)
    except ValidationError as error:
        verification = Verification((), (), (), error.problems)
    result = verification_check(verification, coverage=require_coverage)
    if destination.format in CI_FORMATS:
        emit_check(result, destination)
    elif verification.replays or destination.format == "json":
        emit(
            verification,
            destination,
            report=verification_report,
            document=lambda found: verification_document(found, result.findings),
            explain=True,
        )
    _check(verification, require_coverage)


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
    for name in ("rates", "as_of", "require_coverage", "max_age", "format", "output"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            message = f"--record conflicts with {flag(name)} before --"
            raise UsageError("E-CONFLICT", message, "give the options of the quote after --")


def _check(verification: Verification, require_coverage: bool) -> None:
    """Raise unless every check passed."""
    if verification.unreadable:
        raise ValidationError(verification.unreadable)
    failures = [
        (count(verification.failed, "example differs", "examples differ"), verification.failed),
        (
            count(len(verification.stale), "source is too old", "sources are too old"),
            len(verification.stale),
        ),
        (
            count(
                len(verification.uncovered),
                "price has no example",
                "prices have no example",
            ),
            require_coverage and len(verification.uncovered),
        ),
    ]
    messages = [message for message, number in failures if number]
    if messages:
        raise CheckFailed(f"check failed: {', '.join(messages)}")
