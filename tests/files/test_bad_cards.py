"""Rejected rate cards: each with the whole line that reports it, and no other problem."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from card_files import CARDS, changed, locations_in, problems_in
from conftest import plain_name
from text_tables import matches, read_table

from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import load_rates


class BadCard(NamedTuple):
    """A frozen file with `new` in the place of `old`, or of its whole content if `old` is empty."""

    rejected_by: str
    old: str
    new: str | bytes
    #: What is reported, without the folder: `FILE:LINE:COLUMN: KEY: message; hint  [CODE]`.
    problem: str

    @property
    def file(self) -> str:
        """Return the name of the file that has the change and the problem."""
        return self.problem.partition(":")[0]


NOT_UTF8 = "not UTF-8 text; save the file as UTF-8  [E-ENCODING]"
HIDDEN = "contains the invisible character U+{}; remove the character  [E-ENCODING]"
TOO_DEEP = "more than 16 levels deep; use fewer levels  [E-SIZE]"
TOO_MANY = "more than 20,000 values; split the file  [E-SIZE]"
TOO_LARGE = "larger than 1 MiB; split or shorten the file  [E-SIZE]"
TOO_LONG = f'"{"x" * 40}...": longer than 2,000 characters; shorten it  [E-TEXT]'
UNKNOWN = (
    "unknown key; known keys: currency, sources, plan, effective_from, known_from, effective_to, "
    "prices  [E-KEY]"
)
NOT_VISIBLE = (
    r'sources.credits.title: "Managing\xa0your credits": contains control or invisible characters; '
    "use one line of visible characters  [E-TEXT]"
)
WORDING = '"Local phone numbers - 10 numbers x $5 = $50."'
LEVELS = "".join(f"{' ' * depth}a:\n" for depth in range(300))
#: Rows with bytes, invisible characters or long texts, which no line of a text file can hold.
UNWRITABLE: list[tuple[str, str, str | bytes, str]] = [
    ("reader", "", b"plan: uPro\ncurrency: \xa3\n", f"2:11: {NOT_UTF8}"),
    ("reader", "", "plan: uPro\n".encode("utf-16"), f"1:1: {NOT_UTF8}"),
    ("reader", "y: USD", "y: U\aSD", f"7:12: {HIDDEN.format('0007')}"),
    ("reader", "y: USD", "y: USD\0", f"7:14: {HIDDEN.format('0000')}"),
    # YAML 1.1 ends a line here, and the comment with it
    ("reader", "# The", "# The\u2028plan: x", f"3:6: {HIDDEN.format('2028')}"),
    ("reader", "", f"#{'x' * 2**20}", f"1:1: {TOO_LARGE}"),
    ("reader", "", "- " * 5_000, f"1:33: {TOO_DEEP}"),
    ("reader", "", LEVELS, f"17:17: {'.'.join('a' * 16)}: {TOO_DEEP}"),
    ("reader", "", f"plan: [{'x, ' * 30_000}]", f"1:59999: {TOO_MANY}"),
    ("schema", "y: USD\n", f"y: USD\n? {'k' * 5_000}\n: 1\n", f'8:3: "{"k" * 40}...": {UNKNOWN}'),
    ("schema", WORDING, f'"{"x" * 2001}"', f"14:63: prices.local_number.wording: {TOO_LONG}"),
]
BAD_CARDS = [
    *(BadCard(*row) for row in read_table("bad_cards")),
    *(BadCard(by, old, new, f"upro.yaml:{said}") for by, old, new, said in UNWRITABLE),
    BadCard("schema", "Managing your", "Managing\u00a0your", f"sources.yaml:17:12: {NOT_VISIBLE}"),
]


def content_of(card: BadCard) -> bytes:
    """Return the content of the file of `card`."""
    new = card.new if isinstance(card.new, bytes) else card.new.encode()
    if not card.old:
        return new
    frozen = (CARDS / card.file).read_bytes()
    assert card.old.encode() in frozen, f"{card.file} lacks {card.old!r}"
    return frozen.replace(card.old.encode(), new, 1)


def name_of(card: BadCard) -> str:
    """Return the change as the name of a test."""
    return plain_name(f"{card.old[:40]}={str(card.new)[:60]}")


@pytest.mark.parametrize("card", BAD_CARDS, ids=name_of)
def test_bad_card_is_rejected_with_one_problem(card: BadCard, rates: Path) -> None:
    (rates / card.file).write_bytes(content_of(card))

    [problem] = problems_in(rates)

    assert matches(problem.removeprefix("rates/"), card.problem)
    assert problem.isprintable()
    assert len(problem) < 1000


SAME_START = "uPro has another rate card without effective_from, in"
SAME_NAME = '"uPro" is "UPRO" in'


@pytest.mark.parametrize(
    ("plan", "said", "hint"),
    [
        ("uPro", SAME_START, "add effective_from to one of them  [E-EFFECTIVE]"),
        ("UPRO", SAME_NAME, "use one spelling, or another name  [E-PLAN]"),
    ],
)
def test_two_cards_of_one_plan_are_rejected(plan: str, said: str, hint: str, rates: Path) -> None:
    changed(rates / "ipro.yaml", "plan: iPro", f"plan: {plan}")

    assert problems_in(rates) == [f"rates/upro.yaml:6:7: plan: {said} rates/ipro.yaml; {hint}"]


def test_open_brackets_are_rejected_with_file_and_line(rates: Path) -> None:
    (rates / "upro.yaml").write_text("[" * 20_000, "utf-8")

    [problem] = problems_in(rates)

    assert problem.startswith("rates/upro.yaml:1:")


def test_alias_bomb_is_not_expanded(rates: Path) -> None:
    levels = [f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 10)]
    bomb = "\n".join(["plan: uPro", "b0: &b0 [x, x, x]", *levels, ""])
    (rates / "upro.yaml").write_text(bomb, "utf-8")

    assert {
        "rates/upro.yaml:2:5: b0: unsupported anchor &b0; remove the anchor  [E-YAML]",
        "rates/upro.yaml:3:5: b1: unsupported anchor &b1; remove the anchor  [E-YAML]",
        "rates/upro.yaml:3:10: b1: unsupported alias *b0; write the value out  [E-YAML]",
        "rates/upro.yaml:11:10: b9: unsupported alias *b8; write the value out  [E-YAML]",
    } <= set(problems_in(rates))


@pytest.mark.parametrize("name", ["charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml"])
@pytest.mark.parametrize("content", [None, "", "- a\n", "a: [", "{}\n"])
def test_only_broken_shared_file_is_reported(name: str, content: str | None, rates: Path) -> None:
    if content is None:
        (rates / name).unlink()
    else:
        (rates / name).write_text(content, "utf-8")

    found = {place.removeprefix("cannot read ") for place in locations_in(rates)}
    assert {place.partition(":")[0] for place in found} == {f"rates/{name}"}


def test_missing_file_is_reported(rates: Path) -> None:
    (rates / "sources.yaml").unlink()

    [problem] = problems_in(rates)

    assert problem.startswith("cannot read rates/sources.yaml: ")
    assert problem.endswith("; check the path and its permissions  [E-READ]")


def test_folder_without_plan_is_rejected(rates: Path) -> None:
    for name in ("ipro.yaml", "upro.yaml", "xpro.yaml"):
        (rates / name).unlink()

    assert problems_in(rates) == [
        "rates/*.yaml:1:1: the folder has no rate card; add one, such as upro.yaml  [E-EMPTY]"
    ]


@pytest.mark.parametrize("start", ["2026-01-01", "2027-12-31"])
def test_two_cards_with_one_effective_date_are_rejected(start: str, rates: Path) -> None:
    changed(rates / "upro.yaml", "currency: USD", f"currency: USD\neffective_from: {start}")
    shutil.copy(rates / "upro.yaml", rates / "upro-new.yaml")

    start = f"effective_from: uPro has another rate card from {start}"
    where = "in rates/upro-new.yaml; use another date  [E-EFFECTIVE]"
    assert problems_in(rates) == [f"rates/upro.yaml:8:17: {start}, {where}"]


def test_problems_of_all_files_are_sorted_by_location(rates: Path) -> None:
    changed(rates / "upro.yaml", "price: 70.00", "price: -70.00")
    changed(rates / "upro.yaml", "currency: USD\n", "currency: EUR\ncurrency: USD\n")
    changed(rates / "upro.yaml", "agent_sms: included", "agent_sms: &a included")
    changed(rates / "carriers.yaml", "country: CA", "country: MX")
    changed(rates / "sources.yaml", "billing\n    read_on: 2026-11-22", "billing\n    read_on: x")
    changed(rates / "charges.yaml", "initiator: [automation]", "initiator: []")
    changed(rates / "a2p.yaml", "price: 44.00", "price: 44.000000001")
    (rates / "xpro.yaml").write_text("plan: @uPro", "utf-8")

    assert locations_in(rates) == [
        "rates/a2p.yaml:10:40",
        "rates/carriers.yaml:12:35",
        "rates/charges.yaml:209:16",
        "rates/sources.yaml:11:14",
        "rates/upro.yaml:7:11",
        "rates/upro.yaml:8:1",
        "rates/upro.yaml:12:22",
        "rates/upro.yaml:28:14",
        "rates/xpro.yaml:1:7",
    ]


def test_hint_says_none_if_no_name_is_known(rates: Path) -> None:
    (rates / "sources.yaml").write_text("sources: {}\n")

    hints = {problem.partition("; ")[2] for problem in problems_in(rates)}
    assert hints == {"sources: none  [E-SOURCE]"}


def test_hint_escapes_control_characters_of_known_names(rates: Path) -> None:
    source = '  "\\e[31m": {title: t, read_on: 2026-11-22}\n'
    changed(rates / "sources.yaml", "sources:\n", f"sources:\n{source}")
    changed(rates / "carriers.yaml", "mms: 0.005, source: carrier-fees", "mms: 0.005, source: zzz")

    [problem] = problems_in(rates)

    assert r'sources: "\x1b[31m", billing-guide, ' in problem


def test_report_lists_fifty_problems_and_counts_the_rest(rates: Path) -> None:
    prices = "".join(f"  charge_{n}: included\n" for n in range(60))
    changed(rates / "upro.yaml", "\nprices:\n", f"\nprices:\n{prices}")

    with pytest.raises(ValidationError) as raised:
        load_rates([str(rates)], None)

    report = raised.value.report().splitlines()
    assert report[0].startswith(f"{rates / 'upro.yaml'}:10:3: prices.charge_0: unknown charge ")
    assert report[-2:] == ["... and 10 more", "error: 60 problems in 1 file"]
    assert len(report) == 52
