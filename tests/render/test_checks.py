"""Reports of checks, for any text; `sessions/findings.txt` shows them in each format."""

from xml.dom import minidom

import pytest
from conftest import Run
from documents import page_of_markdown
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.checks import Case, Check, Finding
from aloware_cli.domain.problems import Location
from aloware_cli.render.checks import github, junit, markdown


@pytest.mark.parametrize("format", ["table", "json", "junit", "github", "markdown"])
@pytest.mark.parametrize(
    "line", ["verify nowhere", "rates check nowhere", "diff nowhere", "rates diff bundled nowhere"]
)
def test_mistyped_path_is_the_only_finding(run: Run, line: str, format: str) -> None:
    result = run(f"{line} --format {format}")
    assert result.exit_code == (1 if line.startswith("rates check") else 3)
    assert result.stderr.count("cannot read nowhere") == 1
    assert result.stdout.count("<testcase") == result.stdout.count("cannot read nowhere") // 3
    if format == "table" or (format == "json" and "diff" in line):
        assert result.stdout == ""
    else:
        assert "E-READ" in result.stdout


def check_of(text: str) -> Check:
    """Return a check with `text` wherever text from outside can be."""
    finding = Finding("E-EXAMPLE", text, Location(text, 1, 2), (text, text))
    cases = (Case(text, text, "failed", (text, text)), Case(text, text, "passed", (text,)))
    return Check("aloware verify", text, cases, (finding, finding))


#: What ends a line, a record, a property or an element somewhere.
NASTY = st.text("a :,%|<>&\"'\n\r\t\x00\x0b\x1b\x85\u2028\u202e\\[]`#", min_size=1, max_size=12)


@given(NASTY)
def test_any_text_stays_in_its_record(text: str) -> None:
    check = check_of(text)
    records = github(check, lambda _: True).splitlines()
    assert [record.split(" ")[0] for record in records] == ["::error", "::error", "::notice"]
    assert all(each.isprintable() for each in records)

    cases = minidom.parseString(junit(check)).getElementsByTagName("testcase")  # noqa: S318
    assert len(cases) == 2

    table = [line for line in markdown(check).splitlines() if line.startswith("| ")]
    assert len(table) == 4
    page = page_of_markdown(markdown(check))
    assert [tag for tag, _ in page.tags].count("td") == 2 * 3
