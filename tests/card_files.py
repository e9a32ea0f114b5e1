"""Card files: copies of the shipped cards, changed for a test, and what is said of them."""

import os
from pathlib import Path

import pytest

from aloware_cli.domain.problems import Problem
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import load_rates

#: A price sheet of one price, laid over the cards of uPro.
OWN_SOURCE = "sources:\n  sheet: {title: Price sheet, read_on: 2026-12-01}\n"
ONE_PRICE = "prices:\n  automated_sms: {price: 0.012, source: sheet, wording: A text.}\n"
OVERLAY = f"plan: uPro\n{OWN_SOURCE}{ONE_PRICE}"


def changed(file: Path, old: str, new: str) -> None:
    """Write `new` in the place of `old` to `file`."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, "the shipped card has changed: so must this test"
    file.write_text(text.replace(old, new), "utf-8", newline="\n")


def faults_in(*paths: Path) -> list[Problem]:
    """Return what is wrong with the cards at `paths`."""
    with pytest.raises(FaultyFiles) as raised:
        load_rates([str(path) for path in paths], None)
    return list(raised.value.problems)


def places_in(*paths: Path) -> list[str]:
    """Return where something is wrong with the cards at `paths`."""
    return [str(problem.place).replace(os.sep, "/") for problem in faults_in(*paths)]
