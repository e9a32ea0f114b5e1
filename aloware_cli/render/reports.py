"""Reports: a verification in the forms that CI servers read."""

from collections.abc import Iterator

from aloware_cli.domain.examples import FAILED, Replay, Verification
from aloware_cli.domain.problems import Problem
from aloware_cli.render.verification import findings, summary

#: The element that tells JUnit what became of a test case; none for a pass.
OUTCOMES = {"fail": "failure", "error": "error", "approximate": "skipped"}


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
        case = ET.SubElement(suite, "testcase", classname=problem.place.file, name="can be read")
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
        lines += [f"# {finding}" for finding in findings(replay)]
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
    place = problem.place
    where = f"file={_property(place.file)},line={place.line},col={place.column}"
    return f"::error {where},title=aloware verify::{_data(str(problem))}"


def _data(text: str) -> str:
    """Escape what would end a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what would end a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _description(text: str) -> str:
    """Escape what would begin a directive of a test line."""
    return text.replace("\\", "\\\\").replace("#", "\\#")
