"""Conflicts: one file each beside the cards, read in order and refused at its place."""

from pathlib import Path

import pytest
from card_files import OVERLAY, changed

from aloware_cli.domain.explanations import Conflict
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import load_rates
from aloware_cli.files.conflicts import load_conflicts

CONFLICT = """\
charges: [agent_sms, automated_sms]
plans: [xPro]
source: billing-guide
wording: A text.
read_as: Ours.
"""
OWN_PAGE = "sources:\n  blog: {title: A blog, read_on: 2026-12-01, dated: May}\n"
FOLDER = Path("rates", "conflicts")


@pytest.fixture
def folder(rates: Path) -> Path:
    """Return the folder of conflicts beside a copy of the shipped cards, emptied."""
    for shipped in (rates / "conflicts").iterdir():
        shipped.unlink()
    return rates / "conflicts"


def conflicts_of(*paths: str, as_of: str | None = None) -> tuple[Conflict, ...]:
    return load_conflicts(paths, load_rates(paths, as_of))


def faults_of(content: str) -> list[str]:
    """Return what is wrong with `content`, without the file that holds it."""
    (FOLDER / "one.yaml").write_text(content, "utf-8")
    with pytest.raises(FaultyFiles) as raised:
        conflicts_of("rates")
    name = str(FOLDER / "one.yaml:")
    said = [str(problem) for problem in raised.value.problems]
    assert all(each.startswith(name) for each in said)
    return [each.removeprefix(name) for each in said]


def test_a_conflict_says_what_it_is_about_and_how_it_is_read(folder: Path) -> None:
    (folder / "one.yaml").write_text(CONFLICT, "utf-8")

    assert conflicts_of("rates") == (
        Conflict(
            charges=frozenset({"automated_sms", "agent_sms"}),
            plans=frozenset({"xPro"}),
            citation=Citation(load_rates([], None).sources["billing-guide"], "A text."),
            read_as="Ours.",
        ),
    )


def test_a_conflict_that_names_no_plan_concerns_all(folder: Path) -> None:
    (folder / "one.yaml").write_text(CONFLICT.replace("plans: [xPro]\n", ""), "utf-8")

    (conflict,) = conflicts_of("rates")

    assert conflict.plans == frozenset()


@pytest.mark.parametrize(
    ("cited", "page"),
    [
        ("blog", Source("blog", "A blog", None, "2026-12-01", "May")),
        ("billing-guide", load_rates([], None).sources["billing-guide"]),
    ],
)
def test_a_conflict_may_bring_pages_beside_those_of_the_cards(
    cited: str, page: Source, folder: Path
) -> None:
    text = CONFLICT.replace("source: billing-guide\n", f"{OWN_PAGE}source: {cited}\n")
    (folder / "one.yaml").write_text(text, "utf-8")

    (conflict,) = conflicts_of("rates")

    assert conflict.citation == Citation(page, "A text.")


def test_a_conflict_may_name_a_plan_that_is_not_yet_in_force(folder: Path) -> None:
    changed(
        Path("rates", "xpro.yaml"), "currency: USD", "currency: USD\neffective_from: 2027-01-01"
    )
    (folder / "one.yaml").write_text(CONFLICT, "utf-8")

    (conflict,) = conflicts_of("rates", as_of="2026-12-31")

    assert conflict.plans == {"xPro"}


def test_conflicts_come_in_the_order_of_their_files_and_from_yaml_alone(folder: Path) -> None:
    for name in ("b.yaml", "c.yml", "a.yml", "d.txt", "e.yaml~", "yaml"):
        (folder / name).write_text(CONFLICT.replace("Ours", f"As {name} says"), "utf-8")

    assert [conflict.read_as for conflict in conflicts_of("rates")] == [
        "As a.yml says.",
        "As b.yaml says.",
        "As c.yml says.",
    ]


def test_conflicts_stand_beside_the_cards_that_hold(folder: Path) -> None:
    (folder / "one.yaml").write_text(CONFLICT, "utf-8")
    Path("sheet.yaml").write_text(OVERLAY, "utf-8")

    assert len(conflicts_of("rates", "sheet.yaml")) == 1
    assert conflicts_of("sheet.yaml") == conflicts_of()
    assert len(conflicts_of()) > 1


def test_cards_need_no_conflicts(folder: Path) -> None:
    folder.rmdir()
    assert conflicts_of("rates") == ()


CHARGES = list(load_rates([], None).charges)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "automated_sms",
            "sms",
            f"1:22: charges: 'sms' is not right; write {' or '.join(CHARGES)}",
        ),
        (
            "charges: [agent_sms, automated_sms]",
            "charges: agent_sms",
            f"1:10: charges: 'agent_sms' is no list; write [{', '.join(CHARGES)}]",
        ),
        (
            "charges: [agent_sms, automated_sms]\n",
            "",
            f"1:1: 'charges' is missing; list some of {', '.join(CHARGES)}",
        ),
        ("xPro", "gold", "2:9: plans: 'gold' is not right; write iPro or uPro or xPro"),
        ("[xPro]", "xPro", "2:8: plans: 'xPro' is no list; write [iPro, uPro, xPro]"),
        (
            "billing-guide",
            "biling-guide",
            "3:9: source: no source 'biling-guide'; did you mean billing-guide?",
        ),
        ("source: billing-guide\n", "", "1:1: 'source' is missing; add it"),
        ("wording: A text.\n", "", "1:1: 'wording' is missing; add it"),
        ("read_as: Ours.\n", "", "1:1: 'read_as' is missing; add it"),
        ("Ours.", "", "5:9: read_as: the value is missing; write a text"),
        (
            "read_as: Ours.\n",
            "read_as: Ours.\nzzz: 1\n",
            "6:1: zzz: unknown key; known here: sources, charges, plans, source, wording, read_as",
        ),
        (
            "source: billing-guide\n",
            "sources: {blog: {title: A blog}}\nsource: blog\n",
            "3:17: sources.blog: 'read_on' is missing; write a date such as 2026-11-22",
        ),
        (
            "source: billing-guide\n",
            "sources: {credits: {title: Mine, read_on: 2026-12-01}}\nsource: credits\n",
            "3:11: sources.credits: is in sources.yaml too; give it another key",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_faulty_conflict_is_refused_at_its_place(old: str, new: str, said: str) -> None:
    assert CONFLICT.count(old) == 1
    assert faults_of(CONFLICT.replace(old, new)) == [said]


def test_a_conflict_that_is_no_mapping_is_refused_as_a_whole(folder: Path) -> None:
    (folder / "one.yaml").write_text("- a\n", "utf-8")

    with pytest.raises(FaultyFiles) as raised:
        conflicts_of("rates")

    place = Location(str(FOLDER / "one.yaml"), 1, 1)
    assert raised.value.problems == (
        Problem(place, "", "a list is no mapping", "write `key: value`"),
    )


def test_the_faults_of_all_conflicts_are_reported_together(folder: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        (folder / name).write_text(CONFLICT.replace("Ours.", ""), "utf-8")
    (folder / "c.yaml").write_text(CONFLICT, "utf-8")

    with pytest.raises(FaultyFiles) as raised:
        conflicts_of("rates")

    assert [str(problem.place) for problem in raised.value.problems] == [
        str(FOLDER / "a.yaml:5:9"),
        str(FOLDER / "b.yaml:5:9"),
    ]
