"""Frozen rate cards: a price change in rates/ fails no unit test."""

import re
from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run

from aloware_cli.files.cards import load_rates

TESTS = Path(__file__).parent
UNIT_TESTS = [
    path
    for folder in ("domain", "pricing", "files", "render", "commands")
    for path in sorted((TESTS / folder).glob("*.py"))
]
#: How a test would read the bundled rate cards.
READS_BUNDLED_CARDS = re.compile(r"bundled_rates|load_rates\(\[\]|delenv\(.ALOWARE_RATES")
#: What these tests check holds of the bundled cards themselves, or of which cards are read.
ABOUT_BUNDLED_CARDS = {
    "commands/test_explain_command.py",
    "commands/test_rates.py",
    "commands/test_verify.py",
    "files/test_card_schemas.py",
    "domain/test_sources.py",
    "files/test_cards.py",
    "files/test_examples.py",
    "files/test_schemas.py",
}


def test_unit_tests_read_frozen_cards() -> None:
    readers = {
        path.relative_to(TESTS).as_posix()
        for path in UNIT_TESTS
        if READS_BUNDLED_CARDS.search(path.read_text("utf-8"))
    }

    assert readers <= ABOUT_BUNDLED_CARDS
    sessions = sorted((TESTS / "sessions").glob("*.txt"))
    bundled = re.compile(r"^\$ .*\b(bundled|shipped)\b", re.MULTILINE)
    assert [path.stem for path in sessions if bundled.search(path.read_text("utf-8"))] == ["rates"]


def test_every_frozen_card_is_marked_as_frozen() -> None:
    first_lines = {path.read_text("utf-8").split("\n")[0] for path in CARDS.rglob("*.yaml")}

    assert first_lines == {
        "# Frozen copy for unit tests: a price change in rates/ must not touch it."
    }


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("overlay", ["", " --rates sheet.yaml"])
def test_run_prices_with_frozen_cards(run: Run, overlay: str) -> None:
    sheet = "plan: uPro\nprices: {license: {annual: unpublished}}\n"
    Path("sheet.yaml").write_text(sheet, "utf-8")
    paths = [str(CARDS), "sheet.yaml"] if overlay else [str(CARDS)]

    printed = run(f"quote upro -a 1 --format json{overlay}").stdout

    assert load_rates(paths, None).cards["uPro"].identity.sha256 in printed
