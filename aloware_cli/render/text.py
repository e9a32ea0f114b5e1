"""Text: three lines for a chat: what it is, what it costs, and what to know of that."""

from collections.abc import Iterator

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Quote, lacks_a_rate
from aloware_cli.render.facts import facts_on
from aloware_cli.render.parts import period_figures
from aloware_cli.render.words import sum_figure

WORDS = ("month", "quarter", "year")


def quote_text(quote: Quote) -> str:
    """Return `quote` as three lines, each of which reads alone."""
    return f"{_what(quote)}\n{_costs(quote)}\n{' '.join(_beside(quote))}\n"


def _what(quote: Quote) -> str:
    details = quote.details
    number = f"Quote {details.number}: " if details and details.number else ""
    # The name comes last: one that is written from right to left would turn figures after it.
    prospect = f", for {details.prospect}" if details and details.prospect else ""
    items = ", ".join(f"{line.quantity:,} x {line.charge.label}" for line in quote.all_lines)
    return f"{number}Aloware {quote.plan}, {items}{prospect}"


def _costs(quote: Quote) -> str:
    amounts = period_figures(quote.totals, at_least=lacks_a_rate(quote.lines))
    figures = zip(amounts, WORDS, strict=True)
    parts = [f"{amount} a {word}" for amount, word in figures]
    if quote.one_time:
        once = sum_figure(quote.one_time_total, at_least=lacks_a_rate(quote.one_time))
        parts.append(f"and {once} once")
    return f"{quote.currency} {', '.join(parts)} ({quote.term} term)"


def _beside(quote: Quote) -> Iterator[str]:
    """Yield what no total holds, on whose word the prices are, and the other details."""
    yield from quote.exclusions
    supplied = [
        f"{line.charge.label} {format_display(line.rate.price)}"
        for line in quote.all_lines
        if line.status == "supplied" and line.rate.price is not None
    ]
    if supplied:
        yield f"Prices supplied for this quote: {', '.join(supplied)}."
    oldest = quote.card.oldest_read_on
    yield f"Prices of the {quote.plan} card{f', read on {oldest}' if oldest else ''}."
    for name, text in facts_on(quote.details) if quote.details else ():
        if name not in {"Quote", "Prospect"}:
            yield f"{name}: {text}{'' if text.endswith('.') else '.'}"
