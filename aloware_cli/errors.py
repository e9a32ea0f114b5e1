"""Exceptions that stop a command, each with an exit code."""

from collections.abc import Sequence
from typing import Final

from aloware_cli.domain.problems import Location, Problem, count, escaped

#: Problems in files that are listed; the others are counted.
MAX_LISTED: Final = 50


class AlowareError(Exception):
    """Base class of errors that the user can fix."""

    exit_code: int

    def __init__(self, code: str, message: str, *hints: str) -> None:
        """Stop with one problem; `hints` are printed on a line each."""
        super().__init__(message)
        self.problems: tuple[Problem, ...] = (Problem(code, message, "\n".join(hints)),)

    def report(self) -> str:
        """Return the lines for standard error."""
        return "\n".join(_lines(problem) for problem in self.problems)


class CheckFailed(AlowareError):
    """A check failed, or differences were found: a result, so it has no error code."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        """Stop with the result."""
        super().__init__("", message)

    def report(self) -> str:
        """Return the result: one line, or one line for each problem."""
        return "\n".join(map(escaped, str(self).split("\n")))


class UsageError(AlowareError):
    """An argument or an option is wrong."""

    exit_code = 2


class DataError(AlowareError):
    """Data is invalid, or a file cannot be read or written."""

    exit_code = 3


class UnpublishedPrice(AlowareError):
    """A needed price is not published."""

    exit_code = 4


class ValidationError(AlowareError):
    """Values are invalid: in options (exit 2), or only in files (exit 3)."""

    exit_code = DataError.exit_code

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Stop with `problems`, at least one; those in options come before those in files."""
        in_options = [p for p in problems if not isinstance(p.location, Location)]
        in_files = sorted((p for p in problems if p not in in_options), key=_position)
        super().__init__("", "")
        self.problems = tuple(dict.fromkeys(in_options or in_files))
        self.args = ("; ".join(problem.message for problem in self.problems),)
        self.in_files = not in_options
        if in_options:
            self.exit_code = UsageError.exit_code

    def report(self) -> str:
        """Return the problems in options, or a line for each problem in files and their count."""
        is_one_file = len(self.problems) == 1 and not str(self.problems[0].location)
        if is_one_file or not self.in_files:
            return super().report()
        listed = [escaped(str(problem)) for problem in self.problems[:MAX_LISTED]]
        if left := len(self.problems) - len(listed):
            listed.append(f"... and {left:,} more")
        files = len({p.location.file for p in self.problems if isinstance(p.location, Location)})
        total = f"error: {count(len(self.problems), 'problem')} in {count(files, 'file')}"
        return "\n".join([*listed, total])


def _position(problem: Problem) -> tuple[str, int, int]:
    location = problem.location
    if not isinstance(location, Location):
        return "", 0, 0
    return location.file, location.line, location.column or 0


def _lines(problem: Problem) -> str:
    """Write a problem of the command line: what is wrong, then what to do.

    Text from outside, such as a file name, cannot forge a line or control a terminal.
    """
    where = "".join(f"{part}: " for part in [str(problem.location or "")] if part)
    first, *further = problem.hint.split("\n") if problem.hint else [""]
    hints = [f"hint: {first}", *(f"      {hint}" for hint in further)] if first else []
    lines = [f"error: {where}{problem.message}  [{problem.code}]", *hints]
    return "\n".join(map(escaped, lines))
