"""Pages answer a question, their links work, and the README leads to every page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield what each link of `page` leads to: a path, and a heading's name or nothing."""
    for target, heading in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        yield (page.parent / target).resolve() if target else page, heading


def headings(page: Path) -> set[str]:
    """Return the names under which GitHub has the headings of `page`."""
    found = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_what_is_there(page: Path) -> None:
    dead = [
        (target.name, heading)
        for target, heading in links(page)
        if not target.exists() or (heading and heading not in headings(target))
    ]
    assert dead == []


@pytest.mark.parametrize(
    "page", [README, *(ROOT / "docs").glob("*.md")], ids=lambda page: page.name
)
def test_page_begins_with_the_question_it_answers(page: Path) -> None:
    _, title, first, *_ = re.split(r"^(# .+)\n\n", page.read_text("utf-8"), maxsplit=1)
    assert re.match(r"(What|Which|How|Is|Where) [^.:]+\?", first), title


def test_readme_links_to_every_page() -> None:
    found, ahead = set[Path](), [README]
    while ahead:
        page = ahead.pop()
        found.add(page)
        ahead += {target for target, _ in links(page) if target.suffix == ".md"} - found
    assert {page.resolve() for page in PAGES} - found == set()
