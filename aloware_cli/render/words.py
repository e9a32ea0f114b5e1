"""Words: how rates, sources and quantities are written for people in every format."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import CUSTOM, LICENSE, Charge, in_sentence
from aloware_cli.domain.money import format_display, format_usd
from aloware_cli.domain.problems import listed
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.sources import Citation, Source

SUBTOTALS: Final = {"subscription": "Subscription", "usage": "Usage", "custom": "Custom lines"}
FEES: Final = "Carrier fees"
#: Documents for customers do not name the option or file that supplied a price.
SUPPLIED: Final = Source("supplied", "Supplied for this quote", None, None)


def rate_in_words(rate: Rate) -> str:
    """Write a price, or the state that stands for it."""
    if rate.status in {"included", "unpublished"}:
        return rate.status
    price = str(rate.model) if rate.price is None else format_display(rate.price)
    return f"{price}, {rate.allowance:,} per license included" if rate.allowance else price


def rate_per_unit(rate: Rate, unit: str) -> str:
    """Write a rate with its unit, if the rate is a price per unit."""
    return f"{rate_in_words(rate)} per {unit}" if rate.is_simple else rate_in_words(rate)


def result_of(line: Line) -> str:
    """Write how a line's amount is calculated: `3 x 70.00 = $210.00 a month`."""
    if line.amount is None:
        return amount_of(line)
    return f"{amount_of(line)} {'once' if line.charge.one_time else 'a month'}"


def amount_of(line: Line) -> str:
    """Write how a line's amount is calculated, without a period: `3 x 70.00 = $210.00`."""
    if line.below_a_cent:
        return f"{line.working} = less than $0.01"
    if line.amount is None:
        return f"{line.working} (not published)"
    return f"{line.working} = {format_usd(line.amount)}"


def explanation_of(line: Line) -> tuple[str, ...]:
    """Return the calculation, the rule, the reason and the source of a line."""
    return (
        result_of(line),
        *coverage_of(line.charge),
        line.reason,
        *source_lines(line.rate.citation),
    )


def coverage_of(charge: Charge) -> Iterator[str]:
    """Yield the coverage rule that decides about `charge`, if one does."""
    if charge.rule and charge.traffic:
        yield f"{charge.traffic}: {charge.rule.decides} by the rule {charge.rule.key}"


def source_lines(citation: Citation) -> tuple[str, ...]:
    """Return a source with its wording and, if it has one, its address."""
    url = citation.source.url
    return (cite(citation), url) if url else (cite(citation),)


def cite(citation: Citation) -> str:
    """Write a source and its wording."""
    return f"{source_in_words(citation.source)}: {citation.wording}"


def source_in_words(source: Source) -> str:
    """Write a source with the day it was read and, if known, how old its prices are."""
    copy = " (stored copy)" if source.copy else ""
    read = f", read {source.read_on}{copy}" if source.read_on else ""
    dated = f", as of {source.dated}" if source.dated else ""
    return f"{source.title}{dated}{read}"


def count_charge(charge: Charge, quantity: int) -> str:
    """Write a quantity of a charge in a sentence: `3 agents`, `10 local numbers`."""
    if charge.key == LICENSE:
        return charge.counted(quantity)
    if charge.category == CUSTOM:
        return charge.label
    label = in_sentence(charge.label).replace(" phone ", " ")
    if quantity == 1 and label.endswith((charge.units, "texts", "minutes")):
        label = label.removesuffix("s")
    return f"{quantity:,} {label}"


class Reference(NamedTuple):
    """A numbered source, with the wording behind each price that it gives."""

    number: int
    source: Source
    #: The labels of items, and the wording.
    wordings: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The source with the day it was read."""
        return source_in_words(self.source)


def references_of(quote: Quote) -> tuple[Reference, ...]:
    """Return the sources of all prices, numbered in the order of the items."""
    wordings: dict[Source, dict[str, list[str]]] = {}
    cited = [(line.charge.label, citation_of(line)) for line in quote.all_lines]
    if quote.carrier_fees:
        cited += [(FEES, citation) for citation in quote.carrier_fees.sources]
    for label, citation in cited:
        wordings.setdefault(citation.source, {}).setdefault(citation.wording, []).append(label)
    return tuple(
        Reference(number, source, tuple((", ".join(who), text) for text, who in given.items()))
        for number, (source, given) in enumerate(wordings.items(), 1)
    )


def citation_of(line: Line) -> Citation:
    """Return what a document for customers cites for the price of `line`."""
    if line.status != "supplied" or line.rate.price is None:
        return line.rate.citation
    return Citation(SUPPLIED, f"{format_display(line.rate.price)} per {line.charge.unit}")


def term_of(quote: Quote) -> str:
    """Write the term of a quote: `monthly term`, `monthly and annual terms` of plan groups."""
    terms = [*dict.fromkeys(group.quote.term for group in quote.groups)] or [quote.term]
    return f"{listed(terms)} {'terms' if terms[1:] else 'term'}"


def card_identity(quote: Quote) -> str:
    """Write which rate card the prices are from, with its hash; of plan groups, which cards."""
    if quote.groups:
        return listed([*dict.fromkeys(card_identity(group.quote) for group in quote.groups)])
    since = f" in force from {quote.card.effective_from}" if quote.card.effective_from else ""
    oldest = quote.card.oldest_read_on
    read = f", oldest source read {oldest}" if oldest else ""
    return f"{quote.plan} rate card{since}{read}, SHA-256 {quote.card.sha256}"


def over_limit(quote: Quote, limit: Decimal, plan: str = "") -> str:
    """Write that the monthly total, of `plan`, is over `limit` (USD); empty if it is not."""
    monthly = quote.totals.monthly
    if monthly <= limit:
        return ""
    of_plan = f" of {plan}" if plan else ""
    least = "at least " if quote.at_least else ""
    return f"monthly total{of_plan} {least}{format_usd(monthly)} is over {format_usd(limit)}"
