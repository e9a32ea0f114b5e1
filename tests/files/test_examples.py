"""Examples: the figures that a file states, and the problems of invalid files."""

import errno
import os
from decimal import Decimal
from pathlib import Path

import pytest
from card_files import catalog
from text_tables import matches, read_table

from aloware_cli.domain.checks import Contradiction, Example, Figure
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_rates
from aloware_cli.files.examples import load_examples

CATALOG = catalog()
GUIDE = CATALOG.sources["billing-guide"]

#: Every key that an example may hold, but those of an approximate one.
WHOLE = """\
# Our own.

example: Two agents
sources:
  blog: {title: A blog, url: "https://example.com/", read_on: 2026-12-01}
source: blog
wording: 2 agents x $70 = $140.
remark: No year is named.
scenario:
  plan: uPro
  agents: 2
published:
  lines:
    license: {unit_price: 70, monthly: 140, quarterly: 420, annual: 1680}
    campaign_activation: {amount: 50.00}
  totals: {one_time: 50, annual: 1680, quarterly: 420, monthly: 140}
  first_invoice:
    lines:
      license: {unit_price: 70, prorated_unit: 20.32, amount: 40.64}
      local_number: {amount: 1.45}
    total: 42.09
    next_invoice:
      amount: 140
contradiction:
  says: It divides by 30.
  read_as: By 31.
"""
SHORT = """\
example: Two agents
source: billing-guide
wording: 2 agents
scenario: {plan: uPro, agents: 2}
published:
  totals: {monthly: 140}
"""
APPROXIMATE = """\
example: A third
source: billing-guide
wording: About a third
approximate: A third is no count of days.
"""


pytestmark = pytest.mark.usefixtures("folder")


def loaded(content: str) -> tuple[list[Example], list[Problem]]:
    Path("one.yaml").write_text(content, "utf-8")
    return load_examples(["one.yaml"], CATALOG)


def example_of(content: str) -> Example:
    examples, problems = loaded(content)
    assert problems == []
    (example,) = examples
    return example


def problems_of(content: str) -> list[str]:
    """Return the problems of `content` without file name."""
    examples, problems = loaded(content)
    assert examples == []
    return [str(problem).removeprefix("one.yaml:") for problem in problems]


def test_example_has_published_figures_with_their_lines() -> None:
    example = example_of(WHOLE)

    assert example == Example(
        name="Two agents",
        file="one.yaml",
        line=3,
        citation=Citation(
            Source("blog", "A blog", "https://example.com/", "2026-12-01"),
            "2 agents x $70 = $140.",
        ),
        remark="No year is named.",
        scenario=Scenario(
            plan="uPro",
            agents=2,
            origins={
                "": Location("one.yaml", 10, 3),
                "plan": Location("one.yaml", 10, 9),
                "agents": Location("one.yaml", 11, 11),
            },
        ),
        message=None,
        figures=(
            Figure("lines.license.unit_price", Decimal(70), 14),
            Figure("lines.license.monthly", Decimal(140), 14),
            Figure("lines.license.quarterly", Decimal(420), 14),
            Figure("lines.license.annual", Decimal(1680), 14),
            Figure("lines.campaign_activation.amount", Decimal(50), 15),
            Figure("totals.monthly", Decimal(140), 16),
            Figure("totals.quarterly", Decimal(420), 16),
            Figure("totals.annual", Decimal(1680), 16),
            Figure("totals.one_time", Decimal(50), 16),
            Figure("first_invoice.lines.license.unit_price", Decimal(70), 19),
            Figure("first_invoice.lines.license.prorated_unit", Decimal("20.32"), 19),
            Figure("first_invoice.lines.license.amount", Decimal("40.64"), 19),
            Figure("first_invoice.lines.local_number.amount", Decimal("1.45"), 20),
            Figure("first_invoice.total", Decimal("42.09"), 21),
            Figure("first_invoice.next_invoice.amount", Decimal(140), 23),
        ),
        contradiction=Contradiction("It divides by 30.", "By 31."),
        approximate=None,
    )


def test_example_may_omit_optional_keys() -> None:
    example = example_of(SHORT)

    assert example.citation == Citation(GUIDE, "2 agents")
    assert example.remark is None
    assert example.contradiction is None
    assert example.figures == (Figure("totals.monthly", Decimal(140), 6),)


def test_approximate_example_has_no_figures() -> None:
    assert example_of(APPROXIMATE) == Example(
        name="A third",
        file="one.yaml",
        line=1,
        citation=Citation(GUIDE, "About a third"),
        remark=None,
        scenario=None,
        message=None,
        figures=(),
        contradiction=None,
        approximate="A third is no count of days.",
    )


DIGITS = "use digits with an optional fraction, such as 1000.50  [E-AMOUNT]"
LETTER = "use at least one letter or digit  [E-TEXT]"
CHECK = "check the path and its permissions  [E-READ]"
TOP_KEYS = "sources, approximate, message, example, source, wording, remark, contradiction"


@pytest.mark.parametrize(("old", "new", "problem"), read_table("bad_examples"))
def test_bad_example_is_rejected_with_one_problem(old: str, new: str, problem: str) -> None:
    assert SHORT.count(old) == 1
    [said] = problems_of(SHORT.replace(old, new))
    assert matches(said, problem)


MESSAGE = """\
example: A long text
source: segments
wording: 163 characters
message:
  - {text: a, times: 163}
  - {text: €}
published: {segments: 2, parts: [153, 11]}
"""


def test_example_may_be_of_a_message() -> None:
    example = example_of(MESSAGE)

    assert (example.message, example.scenario) == (f"{'a' * 163}€", None)
    assert example.figures == (
        Figure("segments", Decimal(2), 7),
        Figure("parts.1", Decimal(153), 7),
        Figure("parts.2", Decimal(11), 7),
    )


NOT_A_NUMBER = "is not a whole number; use digits, such as 10000, 10,000 or 10k  [E-QUANTITY]"
MISSING = '"segments" is missing; use a whole number, such as 10,000  [E-MISSING]'
KEYS = "sources, approximate, message, example, source, wording, remark, published, contradiction"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{text: €}", "{times: 2}", '6:5: message: "text" is missing; add a text  [E-MISSING]'),
        ("{text: €}", "€", "6:5: message: expected a mapping, got a text; use `key: value`  [E-T"),
        ("163}", "10k}", "5:3: message: over 10,000 characters; use fewer characters  [E-SIZE]"),
        ("segments: 2, ", "", f"7:12: published: {MISSING}"),
        ("segments: 2", "segments: two", f'7:23: published.segments: "two" {NOT_A_NUMBER}'),
        ("153, 11", "153, x", f'7:39: published.parts: "x" {NOT_A_NUMBER}'),
        ("parts:", "totals:", "7:26: published.totals: unknown key; known keys: segments, parts"),
        ("published", "scenario: {}\npublished", f"7:1: scenario: unknown key; known keys: {KEYS}"),
    ],
)
def test_bad_message_example_is_rejected_with_one_problem(old: str, new: str, problem: str) -> None:
    assert MESSAGE.count(old) == 1
    [found] = problems_of(MESSAGE.replace(old, new))
    assert found.startswith(problem)


@pytest.mark.parametrize("key", ["scenario", "published"])
def test_approximate_example_rejects_scenario_and_figures(key: str) -> None:
    assert problems_of(f"{APPROXIMATE}{key}: {{}}\n") == [
        f"5:1: {key}: unknown key; known keys: {TOP_KEYS}  [E-KEY]"
    ]


def test_bundled_examples_are_loaded_without_a_path() -> None:
    examples, problems = load_examples([], load_rates([], None))

    assert problems == []
    assert [example.name for example in examples] == [
        "10,000 automated texts",
        "iPro plan + outbound calls",
        "163 characters are 2 segments",
        "150 characters with an emoji are 3 segments",
        "uPro first invoice",
        "uPro plan + SMS blasts",
        "xPro first invoice",
        "xPro plan + power dialing campaigns",
    ]


def test_examples_of_folder_and_files_keep_their_order() -> None:
    Path("some").mkdir()
    for name in ("z.yaml", "a.yaml", "some/b.yaml", "some/c.yml", "some/a.yml", "some/d.txt"):
        Path(name).write_text(SHORT.replace("Two agents", f"In {name}"), "utf-8")

    examples, problems = load_examples(["z.yaml", "some", "a.yaml"], CATALOG)

    assert problems == []
    assert [example.name for example in examples] == [
        "In z.yaml",
        "In some/a.yml",
        "In some/b.yaml",
        "In some/c.yml",
        "In a.yaml",
    ]
    assert examples[1].file == str(Path("some", "a.yml"))


def test_invalid_examples_are_reported_and_others_are_loaded() -> None:
    Path("empty").mkdir()
    Path("empty", "notes.txt").write_text(SHORT, "utf-8")
    Path("bad.yaml").write_text("- a\n", "utf-8")
    Path("worse.yaml").write_text(SHORT.replace("140", "lots").replace("uPro", '""'), "utf-8")
    Path("good.yaml").write_text(SHORT, "utf-8")

    examples, problems = load_examples(
        ["empty", "bad.yaml", "good.yaml", "worse.yaml", "good.yaml"], CATALOG
    )

    assert [str(problem) for problem in problems] == [
        "empty:1:1: the folder has no example; add one, or name another folder  [E-EMPTY]",
        "bad.yaml:1:1: expected a mapping, got a list; use `key: value`  [E-TYPE]",
        f"worse.yaml:4:18: scenario.plan: the value is missing; {LETTER}",
        f'worse.yaml:6:21: published.totals.monthly: "lots" is not an amount; {DIGITS}',
    ]
    keys = ["", "", "scenario.plan", "published.totals.monthly"]
    assert [problem.path for problem in problems] == keys
    assert [example.file for example in examples] == ["good.yaml", "good.yaml"]


def test_paths_that_do_not_exist_are_the_only_problems() -> None:
    Path("bad.yaml").write_text("- a\n", "utf-8")
    with pytest.raises(ValidationError) as raised:
        load_examples(["bad.yaml", "nowhere.yaml", "none"], CATALOG)
    assert [str(problem) for problem in raised.value.problems] == [
        f"cannot read {name}: {os.strerror(errno.ENOENT)}; {CHECK}"
        for name in ("none", "nowhere.yaml")
    ]
