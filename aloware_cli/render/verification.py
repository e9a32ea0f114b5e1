"""Verifications: examples and their verdicts as sections, and as a check with findings by cause."""

from collections.abc import Iterator, Sequence
from typing import Final

from aloware_cli.domain.checks import (
    FAILED,
    Case,
    Check,
    Finding,
    Mismatch,
    Outcome,
    Replay,
    Uncovered,
    Verdict,
    Verification,
    case_of,
    failed_check,
)
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.problems import Location, count
from aloware_cli.render.sections import Column, Report, Row, Section
from aloware_cli.render.words import rate_in_words, source_in_words

COLUMNS: Final = (Column("example", ""), Column("source", ""))
OUTCOMES: Final[dict[Verdict, Outcome]] = {
    "fail": "failed", "error": "error", "approximate": "skipped",
}  # fmt: skip


def verification_report(verification: Verification) -> Report:
    """Return one row per example with its details, then the summary and missing coverage."""
    rows = tuple(
        Row(
            short_verdict(replay),
            (replay.example.name, replay.example.citation.source.key),
            level="total" if replay.verdict in FAILED else "item",
            explanation=tuple(details_of(replay)),
        )
        for replay in verification.replays
    )
    unused = tuple(
        Row(_label(price), (rate_in_words(price.rate),)) for price in verification.uncovered
    )
    part = "Prices without a worked example"
    sections = (
        Section("examples", "", "", COLUMNS, rows),
        Section("uncovered", part, part, COLUMNS[:1], unused),
    )
    return Report(
        title=summary(verification),
        sections=tuple(section for section in sections if section.rows),
        remarks=tuple(
            f"Too old: {source_in_words(page.source)}, {page.days:,} days."
            for page in verification.stale
        ),
    )


def _label(price: Uncovered) -> str:
    return f"{', '.join(price.plans)}: {price.charge.label}"


def short_verdict(replay: Replay) -> str:
    """Return the verdict in one word."""
    return replay.verdict.partition(",")[0]


def summary(verification: Verification) -> str:
    """Return the counts in one sentence."""
    tested = verification.passed + verification.failed
    return f"{verification.passed} of {tested} published examples reproduced"


def details_of(replay: Replay) -> Iterator[str]:
    """Yield what a replay found beside its verdict: differences, reasons, locations."""
    example = replay.example
    if replay.message:
        yield f"{example.file}:{example.line}: cannot be priced: {replay.message}"
    for mismatch in replay.differences:
        yield f"{example.file}:{mismatch.figure.line}: {_difference(replay, mismatch)}"
    if example.contradiction:
        yield f"The source contradicts itself. {example.contradiction.says}"
        yield f"Read as: {example.contradiction.read_as}"
    if example.approximate:
        yield f"Not counted. {example.approximate}"


def _difference(replay: Replay, mismatch: Mismatch) -> str:
    figure, computed = mismatch
    write = format_usd if replay.example.message is None else str
    published = f"{figure.name}: published {write(figure.published)}"
    if computed is None:
        return f"{published}, not on the quote"
    sign = "-" if computed < figure.published else ""
    difference = f"{sign}{write(abs(computed - figure.published))}"
    return f"{published}, computed {write(computed)}, difference {difference}"


def verification_check(verification: Verification, *, coverage: bool) -> Check:
    """Return `verification` with a finding for each cause; `coverage` requires examples."""
    cases = [
        Case(
            replay.example.name,
            replay.example.file,
            OUTCOMES.get(replay.verdict, "passed"),
            tuple(details_of(replay)),
        )
        for replay in verification.replays
    ]
    invalid = failed_check("aloware verify", verification.unreadable)
    others = [*_too_old(verification), *(_uncovered(verification.uncovered) if coverage else ())]
    return Check(
        command=invalid.command,
        summary=summary(verification) if cases else "",
        cases=(*cases, *invalid.cases, *(case_of(each, "failed") for each in others)),
        findings=(*invalid.findings, *_causes(verification.replays), *others),
    )


def _causes(replays: Sequence[Replay]) -> Iterator[Finding]:
    """Yield a finding for each price that breaks examples, and for each example broken otherwise.

    A price that another example reproduces is not the cause: then the example is.
    """
    reproduced = {
        replay.locations.get(figure.charge)
        for replay in replays
        for figure, computed in replay.computed
        if computed == figure.published
    }
    by_price: dict[tuple[Location, str], dict[str, str]] = {}
    for replay in replays:
        name, others = replay.example.name, list[tuple[int, str]]()
        explained = False
        for line, charge, text in _failures(replay):
            location = replay.locations.get(charge)
            if location and location not in reproduced:
                by_price.setdefault((location, charge), {}).setdefault(name, text)
                explained = True
            elif charge or not explained:  # a total follows from the line items before it
                others.append((line, text))
        if others:
            (line, first), *more = others
            details = tuple(text for _, text in more)
            location = Location(replay.example.file, line)
            yield Finding("E-EXAMPLE", f"{name}: {first}", location, details)
    for (location, charge), broken in by_price.items():
        message = f"the price of {charge} breaks {count(len(broken), 'example')}"
        details = tuple(f"{name}: {text}" for name, text in broken.items())
        yield Finding("E-EXAMPLE", message, location, details)


def _failures(replay: Replay) -> Iterator[tuple[int, str, str]]:
    """Yield the line of the example, the charge (empty for a total) and what is wrong."""
    if replay.message:
        for charge in replay.locations or [""]:
            yield replay.example.line, charge, f"cannot be priced: {replay.message}"
    for mismatch in replay.differences:
        figure = mismatch.figure
        yield figure.line, figure.charge, _difference(replay, mismatch)


def _too_old(verification: Verification) -> Iterator[Finding]:
    for source, days in verification.stale:
        location = verification.locations.get(source.key)
        yield Finding("E-STALE", f"{source_in_words(source)}: {days:,} days old", location)


def _uncovered(prices: Sequence[Uncovered]) -> Iterator[Finding]:
    for price in prices:
        message = f"{_label(price)}: no worked example has the price {rate_in_words(price.rate)}"
        yield Finding("E-NO-EXAMPLE", message, price.location)
