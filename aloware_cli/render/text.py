"""Text: a quote or a range for a chat, in at most six lines that need no edit."""

import re
from collections.abc import Callable, Iterator

from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.proposals import QuoteRange
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.render.comparisons import order_in_words, range_report
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import PERIODS, Amount, Cell, Report, Row, Section, display
from aloware_cli.render.words import count_charge, term_of

PER: tuple[str, ...] = ("a month", "a quarter", "a year")


def quote_text(quote: Quote) -> str:
    """Return `quote` as lines: what it is for, what it costs, what is due, and what to know."""
    report = quote_report(quote)
    rows = [row for section in _summed(report) if section.key == "total" for row in section.rows]
    costs = []
    for row in rows:
        by_period = map(" ".join, zip(map(display, row.figures), PER, strict=True))
        total = f"{', '.join(by_period)} ({term_of(quote)})"
        costs.append(total if row.level == "total" else f"You save {_figure(row)}")
    return _chat_text(quote, order_in_words(quote), report, ". ".join(costs), _figure)


def range_text(found: QuoteRange) -> str:
    """Return a range as lines for a chat: what it is for, what it costs, and what to know."""

    def write(row: Row) -> str:
        return " / ".join(display(_in_dollars(cell)) for cell in row.figures)

    report, quotes = range_report(found), found.aligned
    items = zip(*(quote.all_lines for quote in quotes), strict=True)
    totals = [row for section in report.sections if section.key == "total" for row in section.rows]
    costs = "; ".join(f"{row.label}: {write(row)}" for row in totals)
    order = ", ".join(map(_counted, items))
    return _chat_text(quotes[-1], order, report, f"{costs} (low / expected / high)", write)


def _counted(lines: tuple[Line, ...]) -> str:
    """Write how much of a charge there is: `3 agents`, `5,000/10,000/20,000 automated texts`."""
    *others, high = (line.quantity for line in lines)
    lead = "" if {*others} == {high} else "".join(f"{each:,}/" for each in others)
    return f"{lead}{count_charge(lines[-1].charge, high)}"


def _chat_text(
    quote: Quote, order: str, report: Report, costs: str, write: Callable[[Row], str]
) -> str:
    """Return `report` as lines, with the `order` and the `costs` in words.

    `write` writes the figures of a row that is not a total.
    """
    due: list[Row] = []
    beside: list[Row] = []
    for section in _summed(report):
        if section.key in {"first_invoice", "one_time", "custom_one_time"}:
            last = section.rows[-1]
            due += [row for row in section.rows if row.level == "total" or row is last]
        elif section.key == "carrier_fees":
            beside += section.rows
        elif section.key == "credits":
            first, *others = section.rows
            label = f"{section.title}, {in_sentence(first.label)}"
            beside += [first._replace(label=label), *others]
    # Without the parentheses, which say what figures are based on.
    exclusions = [
        re.sub(r" \([^()]*\)", "", note.text) for note in report.notes if note.kind == "exclusion"
    ]
    lines = [
        _opening(quote, order),
        costs[:1].upper() + costs[1:],
        *(" ".join(f"{row.label}: {write(row)}." for row in rows) for rows in (due, beside)),
        f"Not included: {' '.join(exclusions)}" if exclusions else "",
        " ".join(_details(quote, report)),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _summed(report: Report) -> Iterator[Section]:
    """Yield the section of each part that has its sums: of each plan group, or of all."""
    for _, sections in report.parts:
        yield from sections if sections[-1].group else sections[-1:]


def _opening(quote: Quote, order: str) -> str:
    details = quote.details
    number = f"Quote {details.number}: " if details and details.number else ""
    # Put the name last: a right-to-left name would reorder the figures after it.
    customer = f", for {details.prospect}" if details and details.prospect else ""
    return f"{number}Aloware {quote.plan}: {order}{customer}"


def _figure(row: Row) -> str:
    """Write the first figure of `row`, with its period."""
    text = display(_in_dollars(row.figures[0]))
    return f"{text} a month" if len(row.figures) == len(PERIODS) else text


def _in_dollars(cell: Cell) -> Cell:
    """Return `cell` with a currency symbol if it is an amount."""
    return cell._replace(is_total=True) if isinstance(cell, Amount) else cell


def _details(quote: Quote, report: Report) -> Iterator[str]:
    """Yield where the prices come from, and the details that are not named above."""
    supplied = [
        f"{line.charge.label} ${display(line.rate.price)}"
        for line in quote.all_lines
        if line.status == "supplied" and line.rate.price is not None
    ]
    if supplied:
        yield f"Prices supplied for this quote: {', '.join(supplied)}."
    if quote.card.oldest_read_on:
        yield f"Prices checked on {format_date(quote.card.oldest_read_on)}."
    for name, text in report.facts:
        if name not in {"Quote", "Customer"}:
            yield f"{name}: {text}{'' if text.endswith('.') else '.'}"
