"""Rate cards for tests: the frozen ones, copies of them with changes, and their problems."""

import functools
import os
import re
from pathlib import Path

import pytest

from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_rates

#: Copies of the bundled rate cards of 2026-11-24. A price change in rates/ does not touch them.
CARDS = Path(__file__).parent / "cards"
OWN_SOURCE = "sources:\n  sheet: {title: Price sheet, read_on: 2026-12-01}\n"
ONE_PRICE = "prices:\n  automated_sms: {price: 0.012, source: sheet, wording: A text at $0.012.}\n"
#: A rate card for uPro that overrides one price.
OVERLAY = f"plan: uPro\n{OWN_SOURCE}{ONE_PRICE}"


@functools.cache
def catalog() -> Catalog:
    """Return all frozen rate cards."""
    return load_rates([str(CARDS)], None)


def card(plan: str, *overlays: Path) -> RateCard:
    """Return the frozen rate card of `plan` with `overlays` applied."""
    paths = (CARDS, *overlays)
    return load_rates([str(path) for path in paths], None).cards[plan]


def repriced(file: Path, old: str, new: str) -> None:
    """Replace the price `old`, which `file` must contain once, and its wording, by `new`."""
    text, times = re.subn(
        f'price: {re.escape(old)}, source: ([a-z0-9-]+), wording: "[^"]*"',
        f'price: {new}, source: \\1, wording: "At ${new}."',
        file.read_text("utf-8"),
    )
    assert times == 1, f"{file} has the price {old} once"
    file.write_text(text, "utf-8", newline="\n")


def unpublished(file: Path, charge: str) -> None:
    """Make the price of `charge` in `file` unpublished."""
    text, times = re.subn(
        f"^  {charge}: .*$", f"  {charge}: unpublished", file.read_text("utf-8"), flags=re.MULTILINE
    )
    assert times == 1, f"{file} has {charge} once"
    file.write_text(text, "utf-8", newline="\n")


def changed(file: Path, old: str, new: str) -> None:
    """Replace `old`, which `file` must contain once, by `new`."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file} has {old!r} once"
    file.write_text(text.replace(old, new), "utf-8", newline="\n")


def problems_in(*paths: Path) -> list[str]:
    """Return the problems of the cards at `paths`: a folder, or overlays on the frozen cards."""
    with pytest.raises(ValidationError) as raised:
        load_rates([str(path) for path in (CARDS, *paths)], None)
    return [str(problem).replace(os.sep, "/") for problem in raised.value.problems]


def locations_in(*paths: Path) -> list[str]:
    """Return the location of each problem of the cards at `paths`."""
    return [problem.partition(": ")[0] for problem in problems_in(*paths)]
