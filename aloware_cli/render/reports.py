"""Verifications as sections, and in the formats that CI servers read: JUnit, GitHub, TAP."""

from collections.abc import Iterator
from typing import Final

from aloware_cli.domain.examples import FAILED, Replay, Uncovered, Verification
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.problems import Location, Problem, visible
from aloware_cli.render.sections import Column, Report, Row, Section
from aloware_cli.render.words import rate_in_words, source_in_words

COLUMNS: Final = (Column("example", ""), Column("source", ""))
#: The JUnit element for each verdict; none for a pass.
OUTCOMES = {"fail": "failure", "error": "error", "approximate": "skipped"}


def verification_report(verification: Verification) -> Report:
    """Return one row per example, with its findings, then the summary and missing coverage."""
    rows = tuple(map(_replay_row, verification.replays))
    unused = tuple(map(_price_row, verification.uncovered))
    part = "Published prices without a worked example"
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


def _replay_row(replay: Replay) -> Row:
    example = replay.example
    return Row(
        short_verdict(replay),
        (example.name, example.citation.source.key),
        level="total" if replay.verdict in FAILED else "item",
        explanation=tuple(findings(replay)),
    )


def _price_row(price: Uncovered) -> Row:
    label = f"{', '.join(price.plans)}: {price.charge.label}"
    return Row(label, (rate_in_words(price.rate),))


def short_verdict(replay: Replay) -> str:
    """Return the verdict in one word."""
    return replay.verdict.partition(",")[0]


def findings(replay: Replay) -> Iterator[str]:
    """Yield what a replay found beside its verdict: differences, reasons, locations."""
    example = replay.example
    if replay.message:
        yield f"{example.file}:{example.line}: cannot be priced: {replay.message}"
    for figure, computed in replay.differences:
        place = f"{example.file}:{figure.line}: {figure.name}"
        write = format_usd if example.message is None else str
        published = f"published {write(figure.published)}"
        if computed is None:
            yield f"{place}: {published}, not on the quote"
        else:
            difference = write(abs(computed - figure.published))
            sign = "-" if computed < figure.published else ""
            result = f"computed {write(computed)}, difference {sign}{difference}"
            yield f"{place}: {published}, {result}"
    if example.contradiction:
        yield f"The source contradicts itself. {example.contradiction.says}"
        yield f"Read as: {example.contradiction.read_as}"
    if example.approximate:
        yield f"Not counted. {example.approximate}"


def summary(verification: Verification) -> str:
    """Return the counts in one sentence."""
    tested = verification.passed + verification.failed
    return f"{verification.passed} of {tested} published examples reproduced"


def junit(verification: Verification) -> str:
    """Return JUnit XML: one test case an example, and an error for each file that gives none."""
    from xml.etree import ElementTree as ET

    suite = ET.Element("testsuite", name="aloware verify")
    for replay in verification.replays:
        case = ET.SubElement(
            suite, "testcase", classname=replay.example.file, name=replay.example.name
        )
        text = "\n".join(findings(replay))
        if outcome := OUTCOMES.get(replay.verdict):
            ET.SubElement(case, outcome, message=text.partition("\n")[0]).text = text
        elif text:
            ET.SubElement(case, "system-out").text = text
    for problem in verification.unreadable:
        case = ET.SubElement(suite, "testcase", classname=_file_of(problem), name="can be read")
        ET.SubElement(case, "error", message=str(problem)).text = str(problem)
    suite.set("tests", str(len(suite)))
    for attribute, outcome in (("failures", "failure"), ("errors", "error"), ("skipped",) * 2):
        suite.set(attribute, str(len(suite.findall(f"testcase/{outcome}"))))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def github(verification: Verification) -> str:
    """Return GitHub's workflow commands: an annotation at the line of each finding."""
    annotations = [
        *(note for replay in verification.replays for note in _annotations(replay)),
        *(_annotation_of(problem) for problem in verification.unreadable),
        f"::notice title=aloware verify::{_data(summary(verification))}",
    ]
    return "".join(f"{line}\n" for line in annotations)


def tap(verification: Verification) -> str:
    """Return the Test Anything Protocol, version 14."""
    count = len(verification.replays) + len(verification.unreadable)
    lines = ["TAP version 14", f"1..{count}"]
    for number, replay in enumerate(verification.replays, 1):
        word = "not ok" if replay.verdict in FAILED else "ok"
        skip = " # SKIP approximate" if replay.verdict == "approximate" else ""
        lines.append(f"{word} {number} - {_description(replay.example.name)}{skip}")
        lines += [f"# {visible(finding)}" for finding in findings(replay)]
    for number, problem in enumerate(verification.unreadable, len(verification.replays) + 1):
        lines.append(f"not ok {number} - {_description(str(problem))}")
    lines.append(f"# {summary(verification)}")
    return "".join(f"{line}\n" for line in lines)


def _annotations(replay: Replay) -> Iterator[str]:
    if replay.verdict not in FAILED:
        return
    example = replay.example
    lines = [figure.line for figure, _ in replay.differences] or [example.line]
    for line, finding in zip(lines, findings(replay), strict=False):
        place = f"file={_property(example.file)},line={line}"
        yield f"::error {place},title={_property(example.name)}::{_data(finding)}"


def _annotation_of(problem: Problem) -> str:
    location = problem.location
    where = f"file={_property(_file_of(problem))}"
    if isinstance(location, Location):
        where += f",line={location.line},col={location.column or 1}"
    return f"::error {where},title=aloware verify::{_data(str(problem))}"


def _file_of(problem: Problem) -> str:
    location = problem.location
    return location.file if isinstance(location, Location) else str(location)


def _data(text: str) -> str:
    """Escape what would end a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _description(text: str) -> str:
    """Escape what would begin a directive or a new line of a test line."""
    return visible(text.replace("\\", "\\\\")).replace("#", "\\#")
