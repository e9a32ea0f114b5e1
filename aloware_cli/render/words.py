"""Words: how prices, sums, pages and days are written for people, in every form."""

from collections.abc import Iterator
from decimal import Decimal

from aloware_cli.domain.cards import Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Line, lacks_a_rate
from aloware_cli.domain.sources import Citation, Source

UNKNOWN = ("unknown",) * 3
SUBTOTALS = {"subscription": "Subscription", "usage": "Usage"}


def sum_label(label: str, lines: tuple[Line, ...]) -> str:
    """Return the label of what `lines` add up to, with the words where it is a lower bound."""
    return f"{label}, at least" if lacks_a_rate(lines) else label


def sum_figure(amount: Decimal, *, at_least: bool) -> str:
    """Write a sum in USD, with the words in it where it is only a lower bound."""
    return f"at least {format_display(amount)}" if at_least else format_display(amount)


def figure_of(amount: Decimal | None, rate: Rate) -> str:
    """Write what something costs at `rate`, where plans stand side by side: `included 0.00`."""
    if amount is None:
        return "not published"
    mark = f"{rate.status} " if rate.status in {"supplied", "included"} else ""
    return f"{mark}{format_display(amount)}"


def rate_in_words(rate: Rate) -> str:
    """Write a price, or the state that stands for it."""
    if rate.status in {"included", "unpublished"}:
        return rate.status
    price = str(rate.model) if rate.price is None else format_display(rate.price)
    return f"{price}, {rate.allowance:,} a license included" if rate.allowance else price


def rate_per_unit(rate: Rate, unit: str) -> str:
    """Write a rate with its unit, where that alone makes the price."""
    return f"{rate_in_words(rate)} per {unit}" if rate.is_simple else rate_in_words(rate)


def result_of(line: Line) -> str:
    """Return how a line's amount comes about: `3 agents x 70.00 = 210.00 a month`."""
    result = "unknown" if line.amount is None else format_display(line.amount)
    return f"{line.working} = {result} {'once' if line.charge.one_time else 'a month'}"


def coverage_of(charge: Charge) -> Iterator[str]:
    """Yield the coverage rule that decides about `charge`, if one does."""
    if charge.rule and charge.traffic:
        yield f"{charge.traffic}: {charge.rule.decides} by the rule {charge.rule.key}"


def cited(citation: Citation) -> str:
    """Write a page and its words."""
    return f"{page_in_words(citation.source)}: {citation.wording}"


def page_in_words(source: Source) -> str:
    """Write a page with the day it was read and, where it says so, how old its figures are."""
    read = f", read {source.read_on}" if source.read_on else ""
    dated = f", as of {source.dated}" if source.dated else ""
    return f"{source.title}{dated}{read}"


def days_in_words(days: int) -> str:
    """Write a number of days: `1 day`, `1,000 days`."""
    return f"{days:,} {'day' if days == 1 else 'days'}"
