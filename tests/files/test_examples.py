"""Examples: what a file says that a page prints, and what such a file must not hold."""

import errno
import os
from decimal import Decimal
from pathlib import Path

import pytest

from aloware_cli.domain.examples import Contradiction, Example, Figure
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import KEYS_OF_EXAMPLES, Scenario
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.cards import load_rates
from aloware_cli.files.examples import load_examples

CATALOG = load_rates([], None)
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


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, so that files are named as they are written."""
    monkeypatch.chdir(tmp_path)


def loaded(content: str) -> tuple[list[Example], list[Problem]]:
    Path("one.yaml").write_text(content, "utf-8")
    return load_examples(["one.yaml"], CATALOG)


def example_of(content: str) -> Example:
    examples, problems = loaded(content)
    assert problems == []
    (example,) = examples
    return example


def faults_of(content: str) -> list[str]:
    """Return what is wrong with `content`, without the file that holds it."""
    examples, problems = loaded(content)
    assert examples == []
    return [str(problem).removeprefix("one.yaml:") for problem in problems]


def test_an_example_holds_what_the_page_prints_with_the_place_of_each_figure() -> None:
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


def test_an_example_may_leave_out_what_a_page_need_not_print() -> None:
    example = example_of(SHORT)

    assert example.citation == Citation(GUIDE, "2 agents")
    assert example.remark is None
    assert example.contradiction is None
    assert example.figures == (Figure("totals.monthly", Decimal(140), 6),)


def test_an_approximate_example_prices_nothing() -> None:
    assert example_of(APPROXIMATE) == Example(
        name="A third",
        file="one.yaml",
        line=1,
        citation=Citation(GUIDE, "About a third"),
        remark=None,
        scenario=None,
        figures=(),
        contradiction=None,
        approximate="A third is no count of days.",
    )


DIGITS = "write plain digits with an optional fraction, such as 0.015"
CHECK = "check the path and its permissions"
#: What stands in an example, in its lines and totals, and in a first invoice and its lines.
LINE = "unit_price, monthly, quarterly, annual, amount"
TOTALS = "monthly, quarterly, annual, one_time"
INVOICE_PATH = "published.first_invoice"
INVOICE = "lines, total, next_invoice"
INVOICE_LINE = "unit_price, prorated_unit, amount"
TOP_KEYS = "sources, approximate, example, source, wording, remark"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("example: Two agents\n", "", "1:1: 'example' is missing; add it"),
        ("source: billing-guide\n", "", "1:1: 'source' is missing; add it"),
        ("wording: 2 agents\n", "", "1:1: 'wording' is missing; add it"),
        ("Two agents", "", "1:9: example: the value is missing; write a text"),
        (
            "billing-guide",
            "biling-guide",
            "2:9: source: no source 'biling-guide'; did you mean billing-guide?",
        ),
        (
            "wording",
            "zzz: 1\nwording",
            f"3:1: zzz: unknown key; known here: {TOP_KEYS}, scenario, published, contradiction",
        ),
        ("wording", "remark:\nwording", "3:8: remark: the value is missing; write a text"),
        (
            "wording",
            "approximate:\nwording",
            "3:13: approximate: the value is missing; write a text",
        ),
        (
            "wording",
            "sources: {blog: {read_on: 2026-12-01}}\nwording",
            "3:17: sources.blog: 'title' is missing; add it",
        ),
        (
            "wording",
            "sources: {credits: {title: Mine, read_on: 2026-12-01}}\nwording",
            "3:11: sources.credits: is in sources.yaml too; give it another key",
        ),
        ("scenario: {plan: uPro, agents: 2}\n", "", "1:1: 'scenario' is missing; add it"),
        ("plan: uPro, ", "", "4:11: scenario: 'plan' is missing; add it"),
        ("uPro", '""', "4:18: scenario.plan: the value is missing; write a text"),
        (
            "agents: 2",
            "agents: 1.5",
            "4:32: scenario.agents: '1.5' is not right; a quantity is a whole number",
        ),
        (
            "agents: 2",
            "agents: 2, as_of: 2026-12-01",
            "4:35: scenario.as_of: unknown key; known here: " + ", ".join(KEYS_OF_EXAMPLES),
        ),
        (
            "agents: 2",
            "rate: {sms: free}",
            f"4:36: scenario.rate.sms: 'free' is not right; {DIGITS}",
        ),
        ("  totals: {monthly: 140}", "", "5:11: published: '' is no mapping; write `key: value`"),
        (
            "  totals: {monthly: 140}",
            "  totals: {}",
            "6:3: published: no figure is published here; give lines, totals or both",
        ),
        (
            "  totals: {monthly: 140}",
            "  lines: {}",
            "6:3: published: no figure is published here; give lines, totals or both",
        ),
        (
            "  totals: {monthly: 140}",
            "  first_invoice: {lines: {license: {}}}",
            "6:3: published: no figure is published here; give lines, totals or both",
        ),
        (
            "  totals: {monthly: 140}",
            "  {}",
            "6:3: published: no figure is published here; give lines, totals or both",
        ),
        (
            "  totals: {monthly: 140}",
            "  total: {monthly: 140}",
            "6:3: published.total: unknown key; did you mean totals?",
        ),
        (
            "totals: {monthly: 140}",
            "zzz: 1",
            "6:3: published.zzz: unknown key; known here: lines, totals, first_invoice",
        ),
        (
            "{monthly: 140}",
            "{monthly: lots}",
            f"6:21: published.totals.monthly: 'lots' is not right; {DIGITS}",
        ),
        (
            "{monthly: 140}",
            "{monthly: []}",
            "6:21: published.totals.monthly: a list is no plain value; write a price such as 0.015",
        ),
        (
            "{monthly: 140}",
            "{monthly: 140, zzz: 1}",
            f"6:26: published.totals.zzz: unknown key; known here: {TOTALS}",
        ),
        (
            "totals: {monthly: 140}",
            "lines: {license: {zzz: 1}}",
            f"6:21: published.lines.license.zzz: unknown key; known here: {LINE}",
        ),
        (
            "totals: {monthly: 140}",
            "lines: [license]",
            "6:10: published.lines: a list is no mapping; write `key: value`",
        ),
        (
            "totals: {monthly: 140}",
            "lines: {license: 140}",
            "6:20: published.lines.license: '140' is no mapping; write `key: value`",
        ),
        (
            "totals: {monthly: 140}",
            "first_invoice: {zzz: 1}",
            f"6:19: published.first_invoice.zzz: unknown key; known here: {INVOICE}",
        ),
        (
            "totals: {monthly: 140}",
            "first_invoice: {lines: {license: {zzz: 1}}}",
            f"6:37: {INVOICE_PATH}.lines.license.zzz: unknown key; known here: {INVOICE_LINE}",
        ),
        (
            "totals: {monthly: 140}",
            "first_invoice: {total: lots}",
            f"6:26: published.first_invoice.total: 'lots' is not right; {DIGITS}",
        ),
        (
            "totals: {monthly: 140}",
            "first_invoice: {next_invoice: {total: 1}}",
            "6:34: published.first_invoice.next_invoice.total: unknown key; known here: amount",
        ),
        (
            "wording",
            "contradiction: {says: A}\nwording",
            "3:16: contradiction: 'read_as' is missing; add it",
        ),
        (
            "wording",
            "contradiction: {read_as: A}\nwording",
            "3:16: contradiction: 'says' is missing; add it",
        ),
        (
            "wording",
            "contradiction: {says: A, read_as: B, zzz: C}\nwording",
            "3:38: contradiction.zzz: unknown key; known here: says, read_as",
        ),
        (
            "wording",
            "contradiction: A\nwording",
            "3:16: contradiction: 'A' is no mapping; write `key: value`",
        ),
    ],
)
def test_a_faulty_example_is_refused_at_its_place(old: str, new: str, said: str) -> None:
    assert SHORT.count(old) == 1
    assert faults_of(SHORT.replace(old, new)) == [said]


@pytest.mark.parametrize("key", ["scenario", "published"])
def test_an_approximate_example_holds_nothing_to_price(key: str) -> None:
    assert faults_of(f"{APPROXIMATE}{key}: {{}}\n") == [
        f"5:1: {key}: unknown key; known here: {TOP_KEYS}, contradiction"
    ]


def test_without_a_path_the_examples_are_those_that_come_with_the_tool() -> None:
    examples, problems = load_examples([], CATALOG)

    assert problems == []
    assert [example.name for example in examples] == [
        "Billing cycle moved to the 1st",
        "iPro plan + outbound calls",
        "uPro first invoice",
        "uPro plan + SMS blasts",
        "xPro plan + power dialing campaigns",
    ]


def test_a_folder_gives_its_yaml_in_order_between_the_files_named_beside_it() -> None:
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


def test_what_gives_no_example_is_named_and_hides_no_other() -> None:
    Path("empty").mkdir()
    Path("empty", "notes.txt").write_text(SHORT, "utf-8")
    Path("bad.yaml").write_text("- a\n", "utf-8")
    Path("worse.yaml").write_text(SHORT.replace("140", "lots").replace("uPro", '""'), "utf-8")
    Path("good.yaml").write_text(SHORT, "utf-8")

    examples, problems = load_examples(
        ["nowhere.yaml", "empty", "bad.yaml", "good.yaml", "worse.yaml", "good.yaml"], CATALOG
    )

    assert [str(problem) for problem in problems] == [
        f"nowhere.yaml:1:1: cannot be read ({os.strerror(errno.ENOENT)}); {CHECK}",
        "empty:1:1: no example is here; add one, or name another folder",
        "bad.yaml:1:1: a list is no mapping; write `key: value`",
        "worse.yaml:4:18: scenario.plan: the value is missing; write a text",
        f"worse.yaml:6:21: published.totals.monthly: 'lots' is not right; {DIGITS}",
    ]
    keys = ["", "", "", "scenario.plan", "published.totals.monthly"]
    assert [problem.path for problem in problems] == keys
    assert [example.file for example in examples] == ["good.yaml", "good.yaml"]
