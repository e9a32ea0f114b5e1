"""Errors: what stops a command, each with its exit code and the way out of it.

A fault in a file is a value with a place; many are collected and reported at
once. An exception stops the run.
"""

from collections.abc import Sequence
from typing import ClassVar

from aloware_cli.domain.problems import Problem


class AlowareError(Exception):
    """Anything that stops a command for a reason the user can act on."""

    exit_code: ClassVar[int]
    lead: ClassVar[str] = "Error: "

    def __init__(self, message: str, *hints: str) -> None:
        """Say what is wrong in `message` and, a line each, what would be right in `hints`."""
        super().__init__(message)
        self.hints = hints

    def report(self) -> str:
        """Return the lines to show the user."""
        return "\n".join([f"{self.lead}{self}", *(f"  {hint}" for hint in self.hints)])


class NegativeAnswer(AlowareError):
    """The question was in order and the answer is no."""

    exit_code = 1
    lead = ""


class RequestError(AlowareError):
    """The request is wrong: a flag, a plan name."""

    exit_code = 2


class DataError(AlowareError):
    """The data is wrong, or a file cannot be read or written."""

    exit_code = 3


class FaultyFiles(DataError):
    """Files hold faults, each with its place."""

    MOST_SHOWN: ClassVar[int] = 50

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Report `faults` in the order of their places."""
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__(f"{count} {'problem' if count == 1 else 'problems'} in the files read")

    def report(self) -> str:
        """Return one line for each fault, as editors and compilers write them."""
        shown = [str(problem) for problem in self.problems[: self.MOST_SHOWN]]
        left = len(self.problems) - len(shown)
        return "\n".join([*shown, *([f"... and {left} more"] if left else []), super().report()])


class UnpublishedRate(AlowareError):
    """A needed rate is not published."""

    exit_code = 4
