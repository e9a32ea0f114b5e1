"""Sections: what any result shows, before a format lays it out.

Cells hold values, and each format writes them its own way, so formats cannot differ in facts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charges import Charge
from aloware_cli.domain.money import CENT, ZERO, format_display
from aloware_cli.domain.quotes import Line, Note, NoteKind
from aloware_cli.domain.sources import Citation


class Amount(NamedTuple):
    """USD in a cell."""

    #: None if it is unknown, because a rate is not published.
    value: Decimal | None
    #: Whether the value is only a lower bound.
    at_least: bool = False
    #: Totals have a currency symbol where people read them.
    is_total: bool = False
    #: What a positive amount that rounds to 0.00 is below; 0.00 for any other amount.
    below: Decimal = ZERO
    #: Whether the amount is a difference, which has a sign.
    is_change: bool = False


#: An amount, a price per unit in USD, a count, or a text.
Cell: TypeAlias = Amount | Decimal | int | str
#: A named text: customer, sender, the reason of a price.
Fact: TypeAlias = tuple[str, str]
Level: TypeAlias = Literal["item", "subtotal", "total"]
UNPUBLISHED: Final = "n/p"
TIMES: Final = "\u00d7"


class Row(NamedTuple):
    """A label and its figures, with what a line item needs to be traced."""

    label: str
    figures: tuple[Cell, ...] = ()
    #: How the figures are calculated: `3 x 70.00`.
    calculation: str = ""
    level: Level = "item"
    #: The line item that the row shows, and its charge.
    line: Line | None = None
    charge: Charge | None = None
    quantity: int | None = None
    unit: str = ""
    #: USD per unit, after the discount; None if there is no single price.
    price: Decimal | None = None
    citation: Citation | None = None
    #: Sentences for `--explain`.
    explanation: tuple[str, ...] = ()

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The figures that are amounts."""
        return tuple(cell for cell in self.figures if isinstance(cell, Amount))


class Column(NamedTuple):
    """A column of figures: its key for machines and its title for people."""

    key: str
    title: str


PERIODS: Final = (
    Column("monthly", "Monthly"), Column("quarterly", "Quarterly"), Column("annual", "Annual"),
)  # fmt: skip
#: Months in each period.
MONTHS: Final = (1, 3, 12)
ONCE: Final = (Column("amount", ""),)


class Section(NamedTuple):
    """Rows that belong together, and their sums."""

    key: str
    #: Sections of one part share a table.
    part: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    #: The heading of the calculations.
    calculation: str = ""
    #: A line above the rows, such as the plan of a group.
    heading: str = ""
    #: The name of the plan group; empty for sums and for one plan.
    group: str = ""


class Report(NamedTuple):
    """Everything that a result shows."""

    title: str
    sections: tuple[Section, ...] = ()
    #: What is above the sections.
    facts: tuple[Fact, ...] = ()
    #: Sentences below the sections, such as a legend.
    remarks: tuple[str, ...] = ()
    #: What to type next; only a terminal shows it.
    hint: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def parts(self) -> Iterator[tuple[str, tuple[Section, ...]]]:
        """The sections of each table, with its title."""
        for part, sections in groupby(self.sections, key=lambda section: section.part):
            yield part, tuple(sections)

    @property
    def customer_notes(self) -> tuple[Note, ...]:
        """The notes that a customer reads."""
        return tuple(note for note in self.notes if note.audience == "customer")


#: The kinds of notes below each heading.
HEADINGS: Final[Mapping[str, tuple[NoteKind, ...]]] = {
    "Not included": ("exclusion",),
    "Assumptions": ("assumption",),
    "Please note": ("caution",),
    "About the prices": ("source",),
    "Terms": ("term",),
}


def notes_by_heading(
    notes: Iterable[Note], headings: Mapping[str, tuple[NoteKind, ...]] = HEADINGS
) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts of `notes` below the heading of their kind, in the order of `headings`."""
    listed = list(notes)
    for heading, kinds in headings.items():
        if texts := [note.text for kind in kinds for note in listed if note.kind == kind]:
            yield heading, texts


def sum_of(amounts: Sequence[Amount]) -> Amount:
    """Return the sum of `amounts` as a total; a lower bound if one is, or is not known."""
    values = [amount.value for amount in amounts if amount.value is not None]
    at_least = len(values) < len(amounts) or any(amount.at_least for amount in amounts)
    return Amount(sum(values, ZERO) if values else None, at_least, is_total=True)


def total_row(
    label: str, value: Decimal | None, *, at_least: bool = False, level: Level = "total"
) -> Row:
    """Return a row with one total (USD), such as what is due now."""
    return Row(label, (Amount(value, at_least, is_total=True),), level=level)


def display(cell: Cell, at_least: str = "at least ") -> str:
    """Write `cell` for people; `at_least` marks a lower bound, such as `≥ `."""
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, Amount):
        return f"{cell:,}" if isinstance(cell, int) else format_display(cell)
    value = cell.value
    if value is None:
        return UNPUBLISHED
    dollar = "$" if cell.is_total else ""
    if cell.below and not value:
        return f"< {dollar}{format_display(cell.below)}"
    sign = "-" if value < 0 else "+" if cell.is_change and value else ""
    if cell.at_least:
        sign = f"{at_least}{sign}"
        dollar = dollar if at_least[0].isalpha() else ""
    return f"{sign}{dollar}{format_display(abs(value))}"


def display_total(value: Decimal | None, *, at_least: bool = False, is_change: bool = False) -> str:
    """Write a total for people: `$410.00`, `at least $410.00`, `+$20.00`."""
    return display(Amount(value, at_least, is_total=True, is_change=is_change))


def amounts(
    sums: Iterable[Decimal],
    *,
    at_least: bool = False,
    is_total: bool = False,
    is_positive: bool = False,
) -> tuple[Amount, ...]:
    """Return `sums` as cells, by period; positive amounts of 0.00 are below a cent a month."""
    return tuple(
        Amount(value, at_least, is_total, months * CENT if is_positive else ZERO)
        for value, months in zip(sums, MONTHS, strict=False)
    )
