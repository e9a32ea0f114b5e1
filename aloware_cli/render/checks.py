"""Checks: the verification of examples as sections and findings, and what CI servers read.

Text from outside cannot start a record: it is shown on one line, with its line breaks escaped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from aloware_cli.domain.problems import Location, count, visible
from aloware_cli.render.sections import Column, Report, Row, Section
from aloware_cli.render.words import rate_in_words, source_in_words

COLUMNS: Final = (Column("example", ""), Column("source", ""))
OUTCOMES: Final[dict[Verdict, Outcome]] = {
    "fail": "failed", "error": "error", "approximate": "skipped",
}  # fmt: skip
#: The JUnit element for each outcome; none for a pass.
ELEMENTS: Final[Mapping[Outcome, str]] = {
    "failed": "failure", "error": "error", "skipped": "skipped",
}  # fmt: skip


def verification_report(verification: Verification) -> Report:
    """Return one row per example with its details, then the summary and missing coverage."""
    rows = tuple(
        Row(
            replay.verdict.partition(",")[0],
            (replay.example.name, replay.example.citation.source.key),
            level="total" if replay.verdict in FAILED else "item",
            explanation=tuple(details_of(replay)),
        )
        for replay in verification.replays
    )
    unused = (Row(_label(each), (rate_in_words(each.rate),)) for each in verification.uncovered)
    part = "Prices without a worked example"
    sections = (
        Section("examples", "", "", COLUMNS, rows),
        Section("uncovered", part, part, COLUMNS[:1], tuple(unused)),
    )
    return Report(
        title=_summary(verification),
        sections=tuple(section for section in sections if section.rows),
        remarks=tuple(
            f"Too old: {source_in_words(page.source)}, {page.days:,} days."
            for page in verification.stale
        ),
    )


def _label(price: Uncovered) -> str:
    return f"{', '.join(price.plans)}: {price.charge.label}"


def _summary(verification: Verification) -> str:
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
    difference = write(computed - figure.published)
    return f"{published}, computed {write(computed)}, difference {difference}"


def verification_check(verification: Verification) -> Check:
    """Return `verification` with a finding for each cause of a failure."""
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
    others = []
    for source, days in verification.stale:
        location = verification.locations.get(source.key)
        message = f"{source_in_words(source)}: {days:,} days old"
        others.append(Finding("E-STALE", message, location))
    missing = verification.uncovered if verification.requires_coverage else ()
    for price in missing:
        message = f"{_label(price)}: no worked example has the price {rate_in_words(price.rate)}"
        others.append(Finding("E-NO-EXAMPLE", message, price.location))
    return Check(
        command=invalid.command,
        summary=_summary(verification) if cases else "",
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


def junit(check: Check) -> str:
    """Return JUnit XML: a test case for each case, or for each finding if nothing was checked."""
    from xml.etree import ElementTree as ET

    suite = ET.Element("testsuite", name=check.command)
    for name, file, outcome, details in check.cases:
        case = ET.SubElement(suite, "testcase", classname=visible(file), name=visible(name))
        text = "\n".join(map(visible, details))
        if element := ELEMENTS.get(outcome):
            ET.SubElement(case, element, message=text.partition("\n")[0]).text = text
        elif text:
            ET.SubElement(case, "system-out").text = text
    suite.set("tests", str(len(suite)))
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped",) * 2):
        suite.set(attribute, str(len(suite.findall(f"testcase/{element}"))))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def github(check: Check, is_own: Callable[[str], bool]) -> str:
    """Return GitHub's workflow commands: an annotation for each finding, then the summary.

    An annotation can only be in a file of the repository, which `is_own` tells.
    """
    title = f"title={_property(check.command)}"
    commands = [f"::{each.severity} {_annotation(each, title, is_own)}" for each in check.findings]
    if check.summary:
        commands.append(f"::notice {title}::{_data(check.summary)}")
    return "".join(f"{command}\n" for command in commands)


def _annotation(finding: Finding, title: str, is_own: Callable[[str], bool]) -> str:
    location = finding.location
    text = "%0A".join(map(_data, finding.lines))
    if location is None:
        return f"{title}::{text}"
    if not is_own(location.file):
        return f"{title}::{_data(str(location))}: {text}"
    column = f",col={location.column}" if location.column else ""
    where = f"file={_property(location.file)},line={location.line}{column}"
    return f"{where},{title}::{text}"


def _data(text: str) -> str:
    """Escape what would end a workflow command."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """Escape what would end a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(check: Check) -> str:
    """Return the result and a table of the findings, for the summary of a CI job."""
    from aloware_cli.render.markdown import escape, write_table

    def cell(text: str) -> str:
        return escape(visible(text))

    blocks = [f"### {cell(check.command)}: {'passed' if check.passed else 'failed'}"]
    if check.summary:
        blocks.append(f"{cell(check.summary)}.")
    if check.findings:
        headings = ("Finding", "Location", "Code")
        rows = [
            (
                "<br>".join(map(cell, (found.message, *found.details))),
                cell(str(found.location or "")),
                found.code,
            )
            for found in check.findings
        ]
        blocks.append(write_table(headings, rows, texts=len(headings)))
    return "\n\n".join(blocks) + "\n"


def to_json(check: Check) -> str:
    """Return `check` as the JSON document `aloware.findings/1`."""
    from aloware_cli.render.documents import to_json as write
    from aloware_cli.render.result_documents import check_document

    return write(check_document(check))


WRITERS: Final[Mapping[str, Callable[[Check], str]]] = {
    "json": to_json, "junit": junit, "markdown": markdown,
}  # fmt: skip
