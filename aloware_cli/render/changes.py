"""Differences between two quotes or two sets of rate cards, as sections."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.checks import (
    Case,
    Check,
    Finding,
    QuoteCheck,
    SavedQuote,
    Severity,
    case_of,
    case_of_file,
)
from aloware_cli.domain.periods import TERMS, amounts_of
from aloware_cli.domain.problems import Location, count
from aloware_cli.domain.quotes import Line, Quote, lacks_a_rate
from aloware_cli.domain.results import CardChanges, Change, Difference, Effect, LineDifference
from aloware_cli.render.invoices import (
    carrier_fees_section,
    credits_section,
    first_invoice_section,
)
from aloware_cli.render.quotes import facts_of
from aloware_cli.render.saved_quotes import quote_check
from aloware_cli.render.sections import (
    ONCE,
    PERIODS,
    Amount,
    Column,
    Report,
    Row,
    Section,
    display_total,
    sum_of,
)
from aloware_cli.render.words import cite, rate_in_words, rate_per_unit, result_of, term_of

WHICH = ("Old", "New")


def difference_report(difference: Difference) -> Report:
    """Return each line that differs with its old and new calculation, and both totals.

    If nothing differs, the report is one line.
    """
    old, new = (f"{quote.plan}, {term_of(quote)}" for quote in (difference.old, difference.new))
    if difference.is_none:
        quote = difference.new
        total = display_total(quote.totals.monthly, at_least=quote.at_least)
        return Report(f"{new}: nothing differs, {total} per month")
    return Report(
        title=f"{old if old == new else f'{old} -> {new}'}: old and new",
        sections=tuple(_sections(difference)),
        facts=facts_of(difference.new.details),
        notes=difference.notes,
    )


def _sections(difference: Difference) -> Iterator[Section]:
    effect, lines = difference.effect, difference.lines
    if recurring := tuple(_row(line) for line in lines if not line.charge.one_time):
        yield Section("recurring", "Change", "Change", PERIODS, recurring)
    totals = _sums([(quote.totals, quote.lines) for quote in effect], effect.difference)
    yield Section("total", "Change", "", PERIODS, totals)
    if once := tuple(_row(line) for line in lines if line.charge.one_time):
        fees = [((quote.one_time_total,), quote.one_time) for quote in effect]
        more = effect.one_time_difference
        sums = _sums(fees, None if more is None else (more,))
        yield Section("one_time", "One-time fees", "One-time fees", ONCE, (*once, *sums))
    for part in difference.parts:
        for which, quote in zip(WHICH, effect, strict=True):
            yield from _part(which, quote, part)


def _row(line: LineDifference) -> Row:
    """Return how much more a charge costs, with its old and new calculation and source."""
    count = 1 if line.charge.one_time else len(PERIODS)
    figures = (Amount(None),) * count
    if line.more is not None:
        figures = tuple(Amount(more, is_change=True) for more in amounts_of(line.more)[:count])
    explanation: list[str] = []
    for which, each in zip(WHICH, (line.old, line.new), strict=True):
        explanation.append(f"{which}: {_result(each)}")
        explanation += [cite(each.rate.citation)] if each else []
    return Row(line.charge.label, figures, explanation=tuple(explanation))


def _sums(
    sums: Sequence[tuple[tuple[Decimal, ...], tuple[Line, ...]]], more: tuple[Decimal, ...] | None
) -> tuple[Row, ...]:
    """Return the old total, the new total and their difference; a total comes with its lines."""
    rows = []
    for which, (amounts, lines) in zip(WHICH, sums, strict=True):
        at_least = lacks_a_rate(lines)
        figures = tuple(Amount(amount, at_least, is_total=True) for amount in amounts)
        rows.append(Row(f"{which} total", figures, level="subtotal"))
    change = tuple(Amount(amount, is_total=True, is_change=True) for amount in more or ())
    rows.append(Row("Difference", change or (Amount(None),) * len(sums[0][0]), level="total"))
    return tuple(rows)


def _part(which: str, quote: Quote, part: str) -> Iterator[Section]:
    """Yield a part of `quote` beside its lines, if it has that part."""
    if quote.groups and part != "credits":
        for group in quote.groups:
            yield from _part(f"{which}, {group.title}", group.quote, part)
        return
    match part, getattr(quote, part):
        case _, None:
            return
        case "carrier_fees", fees:
            section = carrier_fees_section(fees)
        case "first_invoice", invoice:
            section = first_invoice_section(invoice, at_least=quote.invoices_at_least)
        case _, credits:
            section = credits_section(credits)
    title = f"{which}: {section.title}"
    rows = tuple(row._replace(explanation=()) for row in section.rows)
    yield section._replace(part=title, title=title, rows=rows)


def difference_check(difference: Difference, file: str, *, is_failure: bool) -> Check:
    """Return a finding for each line item and part of the saved quote `file` that differs."""
    severity: Severity = "error" if is_failure else "notice"
    messages = [
        f"{line.charge.label}: {_result(line.old)} -> {_result(line.new)}"
        for line in difference.lines
    ]
    messages += [f"{part.replace('_', ' ')} differ" for part in difference.parts]
    if not (messages or difference.is_none):
        messages.append(difference_report(difference).title)
    location = Location(file, 1)
    findings = tuple(
        Finding("E-DIFFERS", message, location, severity=severity) for message in messages
    )
    old, new = (
        display_total(quote.totals.monthly, at_least=lacks_a_rate(quote.lines))
        for quote in difference.effect
    )
    summary = "nothing differs" if difference.is_none else f"monthly total {old} -> {new}"
    case = case_of_file(file, findings, "failed" if is_failure else "passed")
    return Check("aloware diff", summary, (case,), findings)


def _result(line: Line | None) -> str:
    return result_of(line) if line else "none"


def changes_check(found: CardChanges, new: Catalog) -> Check:
    """Return a finding for each price that differs, where the `new` rate cards give it.

    A saved quote that is affected has a warning, because the price is the cause.
    """
    findings = tuple(
        Finding("E-DIFFERS", f"{row.label}: {row.explanation[0]}", _location_of(change, new))
        for change, row in zip(found.changes, map(_change_row, found.changes), strict=True)
    )
    cases = [case_of(each, "failed") for each in findings] or [Case("rate cards", "", "passed")]
    affected = quote_check(QuoteCheck(QuoteCheck(found.quotes or ()).attention))
    return Check(
        "aloware rates diff",
        changes_report(found).title,
        (*cases, *affected.cases),
        (*findings, *(each._replace(severity="warning") for each in affected.findings)),
    )


def _location_of(change: Change, catalog: Catalog) -> Location | None:
    cards = [catalog.cards[plan] for plan in change.plans if plan in catalog.cards]
    locations = (card.locations.get((change.key, change.term or TERMS[0])) for card in cards)
    return next((location for location in locations if location), None)


def changes_report(found: CardChanges) -> Report:
    """Return each changed price with its source and, if asked for, the effect on a quote."""
    rows = tuple(map(_change_row, found.changes))
    sections = [Section("changes", "", "", ONCE, rows)] if rows else []
    if found.effect:
        sections.append(_effect(found.effect))
    remarks = []
    if found.quotes is not None:
        affected = QuoteCheck(found.quotes).attention
        sections += [_saved_quotes(affected)] if affected else []
        changed = sum(saved.is_repriced for saved in affected)
        remarks.append(f"{changed} of {count(len(found.quotes), 'saved quote')} repriced.")
    title = count(len(rows), "price differs", "prices differ") if rows else "No price differs"
    return Report(title, tuple(sections), remarks=tuple(remarks))


def _saved_quotes(quotes: Sequence[SavedQuote]) -> Section:
    """Return the totals per month of `quotes`, with the sums of those that can be priced."""
    title = "Saved quotes, per month"
    columns = (Column("old", "Old"), Column("new", "New"), Column("difference", "Difference"))
    rows = list(map(_saved_row, quotes))
    priced = [row.amounts for row in rows if row.figures]
    if len(priced) > 1:
        old, new, more = map(sum_of, zip(*priced, strict=True))
        change = Amount(None if more.at_least else more.value, is_total=True, is_change=True)
        rows.append(Row("Total", (old, new, change), level="total"))
    return Section("quotes", title, title, columns, tuple(rows))


def _saved_row(saved: SavedQuote) -> Row:
    effect = saved.effect
    if effect is None:
        return Row(saved.file, explanation=(saved.reason or "",))
    customer = effect.old.details and effect.old.details.prospect
    totals = (Amount(quote.totals.monthly, quote.at_least) for quote in effect)
    more = effect.difference
    change = Amount(more and more.monthly, is_change=True)
    return Row(f"{saved.file} ({customer})" if customer else saved.file, (*totals, change))


def _change_row(change: Change) -> Row:
    term = f", {change.term} term" if change.term else ""
    old = rate_in_words(change.old) if change.old else "not on the card"
    new = rate_per_unit(change.new, change.unit) if change.new else "not on the card"
    rate = change.new or change.old
    source = (cite(rate.citation),) if rate and rate.status != "unpublished" else ()
    label = f"{', '.join(change.plans)}: {change.label}{term} ({change.key})"
    return Row(label, explanation=(f"{old} -> {new}", *source))


def _effect(effect: Effect) -> Section:
    """Return the same quote with the old and with the new rate cards."""
    has_fees = any(quote.one_time for quote in effect)
    columns = (*PERIODS, *([Column("once", "Once")] if has_fees else []))
    shown, more, once = len(columns), effect.difference, effect.one_time_difference
    sums = [((*q.totals, q.one_time_total)[:shown], q.all_lines) for q in effect]
    change = None if more is None or once is None else (*more, once)[:shown]
    title = f"Quote on {effect.new.plan}, {effect.new.term} term"
    return Section("effect", title, title, columns, _sums(sums, change))
