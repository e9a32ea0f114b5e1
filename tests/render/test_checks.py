"""Reports of checks: one record for each finding, in the files of the user, for any text."""

import json
import re
from pathlib import Path
from xml.dom import minidom

import pytest
from card_files import changed, repriced
from conftest import Run, validator
from documents import page_of_markdown
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.checks import Case, Check, Finding
from aloware_cli.domain.problems import Location
from aloware_cli.render.checks import github, junit, markdown

OVERLAY = """\
plan: uPro
sources: {offer: {title: Offer, read_on: 2026-11-20}}
prices:
  license: {monthly: {price: 65.00, source: offer, wording: $65}}
  automated_sms: {price: 0.012, source: offer, wording: $0.012}
  campaign_maintenance: {price: 9.00, source: offer, wording: $9.00}
"""
OWN_LICENSE = "  license: {monthly: {price: 65.00, source: offer, wording: $65}}\n"
EXAMPLE = """\
example: NAME
sources: {offer: {title: Offer, read_on: 2026-11-20}}
source: offer
wording: $0.012
scenario: {plan: upro, agents: 2, sms: SMS}
published:
  lines:
    license: {monthly: 130}
    automated_sms: {unit_price: 0.012, monthly: COST}
"""
#: With =, the overlay is on the bundled rate cards, not on the frozen ones.
CHECK = "verify examples --rates=acme.yaml --format"


def example(name: str, sms: int, cost: str) -> None:
    """Write an example of the user: `cost` is what `sms` texts cost a month."""
    text = EXAMPLE.replace("NAME", name).replace("SMS", str(sms)).replace("COST", cost)
    Path("examples", f"{name}.yaml").write_text(text)


@pytest.fixture(autouse=True)
def _files_of_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.yaml").write_text(OVERLAY)
    Path("examples").mkdir()
    example("small", 1000, "12.00")
    example("large", 10000, "120.00")


def annotations(run: Run, line: str) -> list[str]:
    """Return the annotations of `line`, without the name of the command and the summary."""
    commands = run(f"{line} github").stdout.splitlines()
    return [re.sub(r",?title=[^:]*", "", each) for each in commands if "::notice" not in each]


def test_passing_check_has_only_a_summary(run: Run) -> None:
    result = run(f"{CHECK} github")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "::notice title=aloware verify::2 of 2 published examples reproduced\n"
    )


def test_changed_price_is_one_annotation_with_the_examples_it_breaks(run: Run) -> None:
    repriced_overlay("0.012", "0.013")
    assert annotations(run, CHECK) == [
        (
            "::error file=acme.yaml,line=5,col=3::"
            "the price of automated_sms breaks 2 examples  [E-EXAMPLE]"
            "%0Alarge: lines.automated_sms.unit_price: "
            "published $0.012, computed $0.013, difference $0.001"
            "%0Asmall: lines.automated_sms.unit_price: "
            "published $0.012, computed $0.013, difference $0.001"
        )
    ]


def repriced_overlay(old: str, new: str) -> None:
    changed(Path("acme.yaml"), f"price: {old}, source: offer, wording: ${old}",
            f"price: {new}, source: offer, wording: ${new}")  # fmt: skip


def test_wrong_example_is_annotated_if_another_one_has_the_price(run: Run) -> None:
    example("small", 1000, "13.00")
    assert annotations(run, CHECK) == [
        (
            "::error file=examples/small.yaml,line=9::small: lines.automated_sms.monthly: "
            "published $13.00, computed $12.00, difference -$1.00  [E-EXAMPLE]"
        )
    ]


def test_bundled_price_is_not_annotated_but_the_example_is(run: Run) -> None:
    changed(Path("acme.yaml"), OWN_LICENSE, "")
    Path("examples/large.yaml").unlink()
    changed(Path("examples/small.yaml"), "license: {monthly: 130}", "license: {monthly: 1}")
    (found,) = annotations(run, CHECK)
    assert found.startswith(
        "::error file=examples/small.yaml,line=8::small: lines.license.monthly: published $1.00, "
    )


def test_price_outside_the_working_folder_is_named_but_not_annotated(
    run: Run, rates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repriced(rates / "upro.yaml", "70.00", "70.01")
    changed(Path("acme.yaml"), OWN_LICENSE, "")
    monkeypatch.chdir("examples")
    Path("large.yaml").unlink()
    changed(Path("small.yaml"), "license: {monthly: 130}", "license: {monthly: 140}")
    # 2 x 70.01
    assert annotations(
        run, f"verify small.yaml --rates=../{rates} --rates=../acme.yaml --format"
    ) == [
        (
            "::error ::../rates/upro.yaml:11:5: the price of license breaks 1 example  [E-EXAMPLE]"
            "%0Asmall: lines.license.monthly: published $140.00, computed $140.02, difference $0.02"
        )
    ]


def test_removed_price_is_one_annotation(run: Run) -> None:
    line = "automated_sms: {price: 0.012, source: offer, wording: $0.012}"
    changed(Path("acme.yaml"), line, "automated_sms: unpublished")
    assert annotations(run, CHECK) == [
        (
            "::error file=acme.yaml,line=5,col=3::"
            "the price of automated_sms breaks 2 examples  [E-EXAMPLE]"
            "%0Alarge: cannot be priced: no published price for Automated texts"
            "%0Asmall: cannot be priced: no published price for Automated texts"
        )
    ]


def test_wrong_figure_is_annotated_beside_a_changed_price(run: Run) -> None:
    repriced_overlay("0.012", "0.013")
    with Path("examples/small.yaml").open("a") as stream:
        stream.write("    local_number: {monthly: 5}\n  totals: {monthly: 142}\n")
    price, figure = sorted(annotations(run, CHECK))
    assert price.startswith("::error file=acme.yaml,line=5,col=3::the price of automated_sms")
    assert figure == (
        "::error file=examples/small.yaml,line=10::"
        "small: lines.local_number.monthly: published $5.00, not on the quote  [E-EXAMPLE]"
    )


def test_total_alone_is_annotated_in_its_example(run: Run) -> None:
    with Path("examples/small.yaml").open("a") as stream:
        stream.write("  totals: {monthly: 143}\n")
    assert annotations(run, CHECK) == [
        (
            "::error file=examples/small.yaml,line=10::small: totals.monthly: "
            "published $143.00, computed $142.00, difference -$1.00  [E-EXAMPLE]"
        )
    ]


def test_coverage_needs_examples_of_the_own_prices_only(run: Run) -> None:
    result = run(f"{CHECK} github --require-coverage")
    assert (result.exit_code, result.stderr) == (1, "check failed: 1 price has no example\n")
    assert result.stdout.splitlines()[0] == (
        "::error file=acme.yaml,line=6,col=3,title=aloware verify::"
        "uPro: A2P campaign maintenance: no worked example has the price 9.00  [E-NO-EXAMPLE]"
    )


def test_old_source_is_annotated_at_the_first_price_that_cites_it(run: Run) -> None:
    changed(Path("acme.yaml"), "read_on: 2026-11-20", "read_on: 2026-11-19")
    found = annotations(
        run, f"{CHECK.removesuffix(' --format')} --max-age 2d --as-of 2026-11-22 --format"
    )
    own = [line for line in found if "file=" in line]
    assert own == [
        "::error file=acme.yaml,line=4,col=13::Offer, read 2026-11-19: 3 days old  [E-STALE]"
    ]


def test_rates_check_annotates_each_problem(run: Run) -> None:
    Path("bad.yaml").write_text("plan: uPro\nprices: {automated_smss: included, license: 70}\n")
    result = run("rates check bad.yaml --format github")
    assert result.exit_code == 1
    assert [line.partition("::")[2].partition(",title")[0] for line in result.stdout.splitlines()
            if "::error" in line] == [
        "error file=bad.yaml,line=2,col=10", "error file=bad.yaml,line=2,col=45",
    ]  # fmt: skip


def test_rates_check_json_fits_its_schema(run: Run) -> None:
    Path("bad.yaml").write_text("plan: uPro\nprices: {automated_smss: included}\n")
    for name, passed in (("acme.yaml", True), ("bad.yaml", False)):
        document = json.loads(run(f"rates check {name} --format json").stdout)
        validator("findings").validate(document)
        assert document["passed"] is passed
    assert document["findings"] == [
        {
            "severity": "error", "code": "E-CHARGE", "file": "bad.yaml", "line": 2, "column": 10,
            "message": 'prices.automated_smss: unknown charge "automated_smss"; '
                       "did you mean automated_sms?",
            "details": [],
        }
    ]  # fmt: skip


@pytest.mark.parametrize("format", ["table", "json", "junit", "github", "markdown"])
@pytest.mark.parametrize(
    "line", ["verify nowhere", "rates check nowhere", "diff nowhere", "rates diff bundled nowhere"]
)
def test_every_report_of_a_mistyped_path_is_about_nothing_else(
    run: Run, line: str, format: str
) -> None:
    result = run(f"{line} --format {format}")
    assert result.exit_code == (1 if line.startswith("rates check") else 3)
    assert result.stderr.count("cannot read nowhere") == 1
    assert result.stdout.count("<testcase") == result.stdout.count("cannot read nowhere") // 3
    if format == "table" or (format == "json" and "diff" in line):
        assert result.stdout == ""
    else:
        assert "E-READ" in result.stdout


def test_saved_quote_that_differs_has_a_finding_for_each_line_item(run: Run) -> None:
    assert run("quote upro --agents 2 --sms 100 --numbers 1 -o quote.json").exit_code == 0
    result = run("diff quote.json --rates acme.yaml --format github")
    # 2 x 70.00 + 100 x 0.015 + 5.00, and 2 x 65.00 + 100 x 0.012 + 5.00
    assert result.stdout.splitlines() == [
        (
            "::error file=quote.json,line=1,title=aloware diff::"
            "Licenses: 2 x 70.00 = $140.00 a month -> 2 x 65.00 = $130.00 a month  [E-DIFFERS]"
        ),
        (
            "::error file=quote.json,line=1,title=aloware diff::"
            "Automated texts: 100 x 0.015 = $1.50 a month -> "
            "100 x 0.012 = $1.20 a month  [E-DIFFERS]"
        ),
        "::notice title=aloware diff::monthly total $146.50 -> $136.20",
    ]
    assert run("diff quote.json --format markdown").stdout == (
        "### aloware diff: passed\n\nnothing differs.\n"
    )


def test_changed_rates_have_a_finding_at_each_price(run: Run, rates: Path) -> None:
    assert annotations(run, f"rates diff {rates} acme.yaml --format")[-1:] == [
        (
            "::error file=acme.yaml,line=5,col=3::"
            "uPro: Automated texts (automated_sms): 0.015 -> 0.012 per segment  [E-DIFFERS]"
        )
    ]


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
