"""Faults: what is wrong in a file, and where. They are values, collected and reported together."""

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file, counted from 1 as editors do."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fault(NamedTuple):
    """Something wrong in a file."""

    place: Place
    #: The keys that lead to it: `prices.license.monthly`; empty for the file itself.
    path: str
    #: What is wrong.
    problem: str
    #: What would be right.
    remedy: str

    def __str__(self) -> str:
        path = f"{self.path}: " if self.path else ""
        return f"{self.place}: {path}{self.problem}; {self.remedy}"
