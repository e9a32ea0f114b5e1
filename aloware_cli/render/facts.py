"""Facts: what a quote says in words beside its lines, each with its name."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Quote
from aloware_cli.render.words import days_in_words

if TYPE_CHECKING:
    from aloware_cli.domain.customer import Details
    from aloware_cli.domain.quotes import Credits


def title_of(quote: Quote) -> str:
    """Return what the quote is of."""
    return f"Aloware {quote.plan}, {quote.term} term, in {quote.currency}"


def facts_on(details: "Details") -> tuple[tuple[str, str], ...]:
    """Return each detail that was given with its name, in the order of a letter's head."""
    named = (
        ("Quote", details.number),
        ("Prospect", details.prospect),
        ("Contact", details.contact),
        ("Prepared by", details.prepared_by),
        ("Issued", details.issued),
        ("Valid until", _validity(details)),
        ("Note", details.note),
    )
    return tuple((name, text) for name, text in named if text is not None)


def _validity(details: "Details") -> str | None:
    if details.valid_until is None:
        return None
    return f"{details.valid_until} ({days_in_words(details.valid_days or 0)})"


def included_in(quote: Quote) -> Iterator[tuple[str, str]]:
    """Yield what costs nothing, and why."""
    why: dict[str, list[str]] = {}
    for line in quote.all_lines:
        if line.status == "included":
            why.setdefault(line.reason, []).append(line.charge.label)
    for reason, labels in why.items():
        yield ", ".join(labels), reason


def credits_facts(credits: "Credits") -> Iterator[tuple[str, str]]:
    """Yield what is known of a prepaid balance."""
    least = "at least " if credits.at_most else ""
    yield "Prepaid credits", format_display(credits.balance)
    yield "To load each month", f"{least}{format_display(credits.to_load)}"
    if credits.days is not None:
        most = "at most " if credits.at_most else ""
        until = f", until {credits.until}" if credits.until else ""
        yield "The balance lasts", f"{most}{days_in_words(credits.days)}{until}"


def card_identity(quote: Quote) -> str:
    """Return which card the prices are from, so that the same one can be found again."""
    since = f" in force from {quote.card.effective_from}" if quote.card.effective_from else ""
    oldest = quote.card.oldest_read_on
    read = f", oldest page read {oldest}" if oldest else ""
    return f"{quote.plan} card{since}{read}, SHA-256 {quote.card.sha256}"
