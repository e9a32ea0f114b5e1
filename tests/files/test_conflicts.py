"""Conflicts: one file each in a folder of rate cards, read in order, rejected with location."""

from pathlib import Path

import pytest
from card_files import OVERLAY, catalog, changed
from text_tables import matches, read_table

from aloware_cli.domain.charges import Conflict
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_rates
from aloware_cli.files.examples import load_conflicts

CONFLICT = """\
charges: [agent_sms, automated_sms]
plans: [xPro]
source: billing-guide
wording: A text.
read_as: Ours.
"""
OWN_PAGE = "sources:\n  blog: {title: A blog, read_on: 2026-12-01, dated: May 2026}\n"
FOLDER = Path("rates", "conflicts")


@pytest.fixture
def conflicts_folder(rates: Path) -> Path:
    """Return the folder of conflicts in a copy of the frozen cards, emptied."""
    for conflict in (rates / "conflicts").iterdir():
        conflict.unlink()
    return rates / "conflicts"


def conflicts_of(*paths: str, as_of: str | None = None) -> tuple[Conflict, ...]:
    return load_conflicts(paths, load_rates(paths, as_of))


def problems_of(content: str) -> list[str]:
    """Return the problems of `content` without file name."""
    (FOLDER / "one.yaml").write_text(content, "utf-8")
    with pytest.raises(ValidationError) as raised:
        conflicts_of("rates")
    name = str(FOLDER / "one.yaml:")
    said = [str(problem) for problem in raised.value.problems]
    assert all(each.startswith(name) for each in said)
    return [each.removeprefix(name) for each in said]


def test_conflict_has_charges_plans_and_reading(conflicts_folder: Path) -> None:
    (conflicts_folder / "one.yaml").write_text(CONFLICT, "utf-8")

    assert conflicts_of("rates") == (
        Conflict(
            charges=frozenset({"automated_sms", "agent_sms"}),
            plans=frozenset({"xPro"}),
            citation=Citation(catalog().sources["billing-guide"], "A text."),
            read_as="Ours.",
        ),
    )


def test_conflict_without_plans_concerns_all(conflicts_folder: Path) -> None:
    (conflicts_folder / "one.yaml").write_text(CONFLICT.replace("plans: [xPro]\n", ""), "utf-8")

    (conflict,) = conflicts_of("rates")

    assert conflict.plans == frozenset()


@pytest.mark.parametrize(
    ("cited", "page"),
    [
        ("blog", Source("blog", "A blog", None, "2026-12-01", "May 2026")),
        ("billing-guide", catalog().sources["billing-guide"]),
    ],
)
def test_conflict_may_have_own_sources(cited: str, page: Source, conflicts_folder: Path) -> None:
    text = CONFLICT.replace("source: billing-guide\n", f"{OWN_PAGE}source: {cited}\n")
    (conflicts_folder / "one.yaml").write_text(text, "utf-8")

    (conflict,) = conflicts_of("rates")

    assert conflict.citation == Citation(page, "A text.")


def test_conflict_may_name_plan_not_yet_in_force(conflicts_folder: Path) -> None:
    changed(
        Path("rates", "xpro.yaml"), "currency: USD", "currency: USD\neffective_from: 2027-01-01"
    )
    (conflicts_folder / "one.yaml").write_text(CONFLICT, "utf-8")

    (conflict,) = conflicts_of("rates", as_of="2026-12-31")

    assert conflict.plans == {"xPro"}


def test_conflicts_of_yaml_files_are_sorted_by_file(conflicts_folder: Path) -> None:
    for name in ("b.yaml", "c.yml", "a.yml", "d.txt", "e.yaml~", "yaml"):
        (conflicts_folder / name).write_text(CONFLICT.replace("Ours", f"As {name} says"), "utf-8")

    assert [conflict.read_as for conflict in conflicts_of("rates")] == [
        "As a.yml says.",
        "As b.yaml says.",
        "As c.yml says.",
    ]


def test_conflicts_are_those_of_the_cards_folder(conflicts_folder: Path) -> None:
    (conflicts_folder / "one.yaml").write_text(CONFLICT, "utf-8")
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert len(conflicts_of("rates", "sheet.yaml")) == 1
    assert conflicts_of("sheet.yaml") == conflicts_of()
    assert len(conflicts_of()) > 1


def test_conflicts_are_optional(conflicts_folder: Path) -> None:
    conflicts_folder.rmdir()
    assert conflicts_of("rates") == ()


@pytest.mark.parametrize(("old", "new", "problem"), read_table("bad_conflicts"))
@pytest.mark.usefixtures("conflicts_folder")
def test_bad_conflict_is_rejected_with_one_problem(old: str, new: str, problem: str) -> None:
    assert CONFLICT.count(old) == 1
    [said] = problems_of(CONFLICT.replace(old, new))
    assert matches(said, problem)


@pytest.mark.usefixtures("conflicts_folder")
def test_conflict_that_is_not_a_mapping_is_rejected() -> None:
    [problem] = problems_of("- a\n")
    assert problem == "1:1: expected a mapping, got a list; use `key: value`  [E-TYPE]"


def test_problems_of_all_conflicts_are_reported(conflicts_folder: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        (conflicts_folder / name).write_text(CONFLICT.replace("Ours.", ""), "utf-8")
    (conflicts_folder / "c.yaml").write_text(CONFLICT, "utf-8")

    with pytest.raises(ValidationError) as raised:
        conflicts_of("rates")

    assert [str(problem.location) for problem in raised.value.problems] == [
        str(FOLDER / "a.yaml:5:9"),
        str(FOLDER / "b.yaml:5:9"),
    ]
