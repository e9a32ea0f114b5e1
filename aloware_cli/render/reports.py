"""Reports: a finished check in the formats that CI servers read.

Text from outside cannot start a record: it is shown on one line, with its line breaks escaped.
"""

from collections.abc import Callable, Mapping
from typing import Final

from aloware_cli.domain.checks import Check, Finding, Outcome
from aloware_cli.domain.problems import visible

#: The JUnit element for each outcome; none for a pass.
ELEMENTS: Final[Mapping[Outcome, str]] = {
    "failed": "failure", "error": "error", "skipped": "skipped",
}  # fmt: skip


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
    place = f"file={_property(location.file)},line={location.line}{column}"
    return f"{place},{title}::{text}"


def _data(text: str) -> str:
    """Escape what would end a workflow command."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """Escape what would end a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(check: Check) -> str:
    """Return the result and a table of the findings, for the summary of a CI job."""
    from aloware_cli.render.markdown import as_written, table

    def cell(text: str) -> str:
        return as_written(visible(text))

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
        blocks.append(table(headings, rows, texts=len(headings)))
    return "\n\n".join(blocks) + "\n"


def to_json(check: Check) -> str:
    """Return `check` as the JSON document `aloware.findings/1`."""
    from aloware_cli.render.documents import to_json as write
    from aloware_cli.render.result_documents import result_document

    return write(result_document(check))


WRITERS: Final[Mapping[str, Callable[[Check], str]]] = {
    "json": to_json, "junit": junit, "markdown": markdown,
}  # fmt: skip
