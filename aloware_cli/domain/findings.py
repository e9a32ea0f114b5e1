"""Findings: what a check reports, the same in every format."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from aloware_cli.domain.problems import Location, Problem

Severity: TypeAlias = Literal["error", "warning", "notice"]
Outcome: TypeAlias = Literal["passed", "failed", "error", "skipped"]


class Finding(NamedTuple):
    """One cause of a failed check, with all that it affects."""

    #: As in the catalog of errors: `E-EXAMPLE`.
    code: str
    message: str
    #: None for a cause that is in no file of the user.
    location: Location | None = None
    #: What it affects, such as the examples that a changed price breaks.
    details: tuple[str, ...] = ()
    severity: Severity = "error"

    @property
    def lines(self) -> tuple[str, ...]:
        """The message with its code, then what it affects."""
        return (f"{self.message}  [{self.code}]", *self.details)


class Case(NamedTuple):
    """One thing that was checked, such as an example or a saved quote."""

    name: str
    file: str
    outcome: Outcome
    details: tuple[str, ...] = ()


class Check(NamedTuple):
    """The result of a check."""

    #: The command that ran it: `aloware verify`.
    command: str
    #: The result in one sentence; empty if nothing could be checked.
    summary: str
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != "error" for finding in self.findings)


def finding_of(problem: Problem) -> Finding:
    """Return a problem in input as a finding."""
    path = f"{problem.path}: " if problem.path else ""
    hint = "; ".join(problem.hint.split("\n")) if problem.hint else ""
    location = problem.location if isinstance(problem.location, Location) else None
    where = f"{problem.location}: " if problem.location and not location else ""
    message = f"{where}{path}{problem.message}{f'; {hint}' if hint else ''}"
    return Finding(problem.code, message, location if location and location.line else None)


def case_of(finding: Finding, outcome: Outcome) -> Case:
    """Return a finding that is about no other case as a case of its own."""
    file = finding.location.file if finding.location else ""
    return Case(finding.message, file, outcome, finding.lines)


def failed_check(command: str, problems: Iterable[Problem]) -> Check:
    """Return the check of a command whose input has `problems`."""
    findings = tuple(map(finding_of, problems))
    cases = tuple(case_of(finding, "error") for finding in findings)
    return Check(command, "", cases, findings)
