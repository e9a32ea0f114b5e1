"""The check of saved quotes, as sections and findings."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from aloware_cli.domain.checks import Check, Finding, QuoteCheck, SavedQuote, State, case_of_file
from aloware_cli.domain.problems import Location, count
from aloware_cli.render.sections import (
    Amount,
    Cell,
    Column,
    Level,
    Report,
    Row,
    Section,
    display_total,
)

#: What people call each state.
STATES: Final[Mapping[State, str]] = {
    "valid": "valid",
    "expired": "expired",
    "repriced": "repriced",
    "duplicate": "duplicate",
    "unpriced": "unpriced",
    "altered": "altered",
    "invalid": "not a quote",
}
COLUMNS: Final = (
    Column("number", "Number"),
    Column("valid_until", "Valid until"),
    Column("monthly", "Monthly"),
    Column("change", "Change"),
    Column("state", "State"),
)


def quote_check_report(check: QuoteCheck) -> Report:
    """Return a row for each saved quote, with its state and the change of its monthly total."""
    states = [state for saved in check.quotes for state in saved.states]
    counts = [(states.count(state), name) for state, name in STATES.items()]
    found = ", ".join(f"{number} {name}" for number, name in counts if number)
    remarks = []
    if check.day is None:
        remarks.append("Validity is not checked. To check it, add --as-of today.")
    if any(saved.is_repriced for saved in check.quotes):
        remarks.append("To see which prices changed, run aloware diff with the file.")
    return Report(
        title=f"{count(len(check.quotes), 'saved quote')}: {found}",
        sections=(Section("quotes", "", "", COLUMNS, tuple(map(_row, check.quotes))),),
        remarks=tuple(remarks),
    )


def _row(saved: SavedQuote) -> Row:
    quote, effect = saved.quote, saved.effect
    monthly: Cell = Amount(quote.totals.monthly, quote.at_least) if quote else ""
    more = effect and effect.difference
    change: Cell = Amount(more and more.monthly, is_change=True) if effect else ""
    state = ", ".join(STATES[state] for state in saved.states)
    figures = (saved.number, saved.valid_until or "", monthly, change, state)
    level: Level = "item" if saved.states == ("valid",) else "total"
    return Row(saved.file, figures, level=level, explanation=tuple(_explain(saved)))


def _explain(saved: SavedQuote) -> Iterator[str]:
    """Yield what the columns do not show: why a file has its state, and one-time fees."""
    if saved.reason:
        yield saved.reason
    once = saved.effect and saved.effect.one_time_difference
    if once:
        yield f"One-time fees: {display_total(once, is_change=True)}"
    if saved.duplicate:
        yield f"The same number is in {saved.duplicate}"


def _findings(saved: SavedQuote) -> Iterator[Finding]:
    """Yield what needs attention in a file, each with its code in the catalog of errors."""
    location = Location(saved.file, 1)
    if saved.is_expired:
        yield Finding("E-QUOTE-EXPIRED", f"valid until {saved.valid_until}", location)
    if saved.is_repriced and saved.effect:
        old, new = (
            display_total(quote.totals.monthly, at_least=quote.at_least) for quote in saved.effect
        )
        yield Finding("E-DIFFERS", f"monthly total {old} -> {new}", location)
    if saved.duplicate:
        message = f"number {saved.number} is also in {saved.duplicate}"
        yield Finding("E-DUPLICATE", message, location)
    if saved.problem:
        yield Finding(saved.problem.code, saved.reason or "", location)


def quote_check(check: QuoteCheck) -> Check:
    """Return a case for each saved quote, and a finding for all that needs attention."""
    findings = [(saved.file, tuple(_findings(saved))) for saved in check.quotes]
    cases = (case_of_file(file, found, "failed" if found else "passed") for file, found in findings)
    every = tuple(chain(*(found for _, found in findings)))
    return Check("aloware check", quote_check_report(check).title, tuple(cases), every)
