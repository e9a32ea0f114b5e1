"""Text: a few lines for a chat, each of which can be read alone."""

from collections.abc import Iterator

from aloware_cli.domain.quotes import Quote
from aloware_cli.render.compare import order_in_words
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import PERIODS, Amount, Report, Row, Section, display
from aloware_cli.render.words import term_of

PER: tuple[str, ...] = ("a month", "a quarter", "a year")


def quote_text(quote: Quote) -> str:
    """Return `quote` as lines: what it is for, what it costs, and what to know."""
    report = quote_report(quote)
    lines = [opening(quote, order_in_words(quote))]
    for part, sections in report.parts:
        # The last section has the sums, of all plan groups if there is such a sum.
        for section in sections if sections[-1].group else sections[-1:]:
            name = f"{part}, {section.heading}" if section.group else part
            lines.append(
                _totals(quote, section) if section.key == "total" else _part(name, section)
            )
    lines.append(closing(quote, report))
    return "".join(f"{line}\n" for line in lines)


def opening(quote: Quote, order: str) -> str:
    """Return what a quote is for: its number, the plan, the `order` in words and the customer."""
    details = quote.details
    number = f"Quote {details.number}: " if details and details.number else ""
    # Put the name last: a right-to-left name would reorder the figures after it.
    prospect = f", for {details.prospect}" if details and details.prospect else ""
    return f"{number}Aloware {quote.plan}: {order}{prospect}"


def closing(quote: Quote, report: Report) -> str:
    """Return what is not included, where the prices come from, and further details."""
    exclusions = [note.text for note in report.notes if note.kind == "exclusion"]
    excluded = [f"Not included: {' '.join(exclusions)}"] if exclusions else []
    return " ".join([*excluded, *_details(quote, report.facts)])


def _totals(quote: Quote, section: Section) -> str:
    total, *savings = section.rows
    saved = f". You save {_figures(savings[0])}" if savings else ""
    return f"{_figures(total)} ({term_of(quote)}, {quote.currency}){saved}"


def _part(title: str, section: Section) -> str:
    """Return the rows of a section, each with its calculation."""
    rows = [
        f"{row.label}{f' {row.calculation}' if row.calculation else ''}: {_figures(row)}"
        for row in section.rows
    ]
    return f"{title}: {'; '.join(rows)}"


def _figures(row: Row) -> str:
    texts = [
        display(cell._replace(is_total=True) if isinstance(cell, Amount) else cell)
        for cell in row.figures
    ]
    if len(texts) < len(PERIODS):
        return texts[0]
    return ", ".join(f"{text} {per}" for text, per in zip(texts, PER, strict=True))


def _details(quote: Quote, facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield where the prices come from, and the details that are not named above."""
    supplied = [
        f"{line.charge.label} {display(line.rate.price)}"
        for line in quote.all_lines
        if line.status == "supplied" and line.rate.price is not None
    ]
    if supplied:
        yield f"Prices supplied for this quote: {', '.join(supplied)}."
    oldest = quote.card.oldest_read_on
    cards = "rate cards" if len({group.quote.plan for group in quote.groups}) > 1 else "rate card"
    yield f"Prices from the {quote.plan} {cards}{f', read on {oldest}' if oldest else ''}."
    for name, text in facts:
        if name not in {"Quote", "Customer"}:
            yield f"{name}: {text}{'' if text.endswith('.') else '.'}"
