"""`aloware verify`: published examples replayed against the cards."""

import datetime
import re
from typing import Annotated, Literal, TypeAlias

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.options import AsOf, RatePaths, load_catalog, reads
from aloware_cli.commands.record import record_example
from aloware_cli.domain.examples import Verification
from aloware_cli.errors import FaultyFiles, NegativeAnswer
from aloware_cli.files.examples import load_examples
from aloware_cli.files.output import write_output
from aloware_cli.pricing import verify as replays
from aloware_cli.render.documents import verification_document
from aloware_cli.render.reports import github, junit, tap
from aloware_cli.render.verification import verification_table

Form: TypeAlias = Literal["table", "json", "junit", "github", "tap"]


def _read_days(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}d", text, re.ASCII):
        raise ValueError("write a number of days such as 180d")
    return int(text[:-1])


def verify(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Examples or folders of them, not the shipped ones."),
    ] = None,
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[Form, typer.Option(help="The form of the report.")] = "table",
    require_coverage: Annotated[
        bool,
        typer.Option("--require-coverage", help="Exit 1 if a published price has no example."),
    ] = False,
    max_age: Annotated[
        int | None,
        typer.Option(
            parser=reads(_read_days), metavar="DAYS", help="Exit 1 if a page was read before: 180d."
        ),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Write NAME.yaml from a quote: -- quote PLAN ..."),
    ] = None,
) -> None:
    """Replay the published examples on the cards, figure by figure.

    For example: aloware verify --format junit > aloware.xml

    Exits with 1 if an example fails or cannot be priced. The age of a page is
    counted up to --as-of, or else up to today.
    """
    today = as_of or datetime.date.today().isoformat()  # noqa: DTZ011  the user's own day
    if record is not None:
        record_example(context, record, paths or [], today)
        return
    catalog = load_catalog(rates, as_of)
    examples, problems = load_examples(paths or [], catalog)
    verification = replays.verify(examples, catalog)
    verification = verification._replace(unreadable=(*problems, *verification.unreadable))
    if max_age is not None:
        verification = verification._replace(
            stale=replays.stale_pages(verification, today, max_age)
        )
    write_output(_drawn(verification, format), None)
    _judge(verification, require_coverage)


def _drawn(verification: Verification, form: Form) -> str:
    match form:
        case "junit":
            return junit(verification)
        case "github":
            return github(verification)
        case "tap":
            return tap(verification)
    return draw(verification, form, None, table=verification_table, document=verification_document)


def _judge(verification: Verification, require_coverage: bool) -> None:
    """Raise unless everything that was asked for holds."""
    if verification.unreadable:
        raise FaultyFiles(verification.unreadable)
    answers = [
        ("examples that do not come out as published", verification.failed),
        ("pages read too long ago", len(verification.stale)),
        ("published prices without an example", require_coverage and len(verification.uncovered)),
    ]
    said = [f"{what}: {count}" for what, count in answers if count]
    if said:
        raise NegativeAnswer(f"No: {', '.join(said)}.")
