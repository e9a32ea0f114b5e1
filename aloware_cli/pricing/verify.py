"""Verification: published examples priced again, and held against what the page prints."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.cards import Catalog, Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.examples import (
    Example,
    Price,
    Replay,
    Stale,
    Uncovered,
    Verification,
)
from aloware_cli.domain.problems import Problem
from aloware_cli.domain.quotes import Quote
from aloware_cli.pricing.orders import (
    NOTHING,
    Objection,
    Unfit,
    asks_for_nothing,
    find_card,
    validate_order,
)
from aloware_cli.pricing.price import price


def verify(examples: Sequence[Example], catalog: Catalog) -> Verification:
    """Return every example's verdict, and the published prices that none exercises."""
    replays: list[Replay] = []
    unfit: list[Problem] = []
    for example in examples:
        try:
            replays.append(replay(example, catalog))
        except Unfit as error:
            unfit += error.problems("scenario")
    return Verification(tuple(replays), tuple(_uncovered(replays, catalog)), (), tuple(unfit))


def replay(example: Example, catalog: Catalog) -> Replay:
    """Return `example` priced on the cards of `book`, figure by figure.

    Raises Unfit where it asks for what the cards do not know.
    """
    scenario = example.scenario
    if scenario is None:
        return Replay(example, "approximate")
    card = find_card(scenario.plan or "", catalog)
    if isinstance(card, Objection):
        return Replay(example, "error", message=f"{card.message}; {card.hint}")
    order = validate_order(scenario, card, catalog)
    if asks_for_nothing(order):
        raise Unfit(scenario, NOTHING)
    quote = price(card, order)
    if quote.at_least:
        labels = ", ".join(line.charge.label for line in quote.unpriced)
        return Replay(example, "error", message=f"no rate is published for {labels}")
    figures = figures_of(quote)
    computed = tuple((figure, figures.get(figure.name)) for figure in example.figures)
    done = Replay(example, "pass", computed, used=_published_prices(quote))
    if done.differences:
        return done._replace(verdict="fail")
    if example.contradiction:
        return done._replace(verdict="pass, source contradicts itself")
    return done


def stale_pages(verification: Verification, today: str, most_days: int) -> tuple[Stale, ...]:
    """Return the pages behind the examples' prices that were read more than `most_days` ago."""
    sources = {used.rate.citation.source for done in verification.replays for used in done.used}
    ages = [Stale(source, _days_between(source.read_on, today)) for source in sources]
    return tuple(sorted(page for page in ages if page.days > most_days))


def figures_of(quote: Quote) -> dict[str, Decimal]:
    """Return every figure of `quote`, in USD, under the name that an example gives it."""
    return dict(_figures_of(quote))


def _figures_of(quote: Quote) -> Iterator[tuple[str, Decimal]]:
    for line in quote.all_lines:
        name = f"lines.{line.charge.key}"
        if line.amount is None or line.amounts is None:
            continue
        if line.unit_price is not None:
            yield f"{name}.unit_price", line.unit_price
        if line.charge.one_time:
            yield f"{name}.amount", line.amount
        else:
            yield from _named(name, line.amounts._asdict())
    yield from _named("totals", quote.totals._asdict())
    yield "totals.one_time", quote.one_time_total
    if invoice := quote.first_invoice:
        for part in invoice.lines:
            name = f"first_invoice.lines.{part.charge.key}"
            yield f"{name}.unit_price", part.unit_price
            yield f"{name}.prorated_unit", part.prorated_unit
            yield f"{name}.amount", part.amount
        yield "first_invoice.total", invoice.total
        yield "first_invoice.next_invoice.amount", invoice.next_amount


def _named(prefix: str, figures: dict[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
    return ((f"{prefix}.{name}", value) for name, value in figures.items())


def _published_prices(quote: Quote) -> frozenset[Price]:
    return frozenset(
        Price(quote.plan, line.charge, line.rate)
        for line in quote.all_lines
        if line.status == "billed"
    )


def _uncovered(replays: Sequence[Replay], catalog: Catalog) -> Iterator[Uncovered]:
    """Yield each published price that no replay used; one that all plans share counts once."""
    used = {(price.charge, price.rate) for done in replays for price in done.used}
    plans: dict[tuple[Charge, Rate], list[str]] = {}
    for plan, card in catalog.cards.items():
        for charge, _, rate in card.listed:
            if rate.status == "billed" and (charge, rate) not in used:
                plans.setdefault((charge, rate), []).append(plan)
    for (charge, rate), on in plans.items():
        yield Uncovered(tuple(dict.fromkeys(on)), charge, rate)


def _days_between(read_on: str | None, today: str) -> int:
    day = datetime.date.fromisoformat
    return (day(today) - day(read_on or today)).days
