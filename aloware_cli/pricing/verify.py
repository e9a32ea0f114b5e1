"""Verification: published examples, priced and compared with the figures on the page."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from aloware_cli.domain.cards import PRICED, Catalog, Rate
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.checks import (
    Example,
    Replay,
    Stale,
    Uncovered,
    UsedPrice,
    Verdict,
    Verification,
)
from aloware_cli.domain.messages import count_segments
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.sources import Source
from aloware_cli.errors import ValidationError
from aloware_cli.pricing.orders import build_nonempty_order, find_card
from aloware_cli.pricing.price import price


def verify(examples: Sequence[Example], catalog: Catalog) -> Verification:
    """Return the verdict of every example, and the prices without an example."""
    replays: list[Replay] = []
    invalid: list[Problem] = []
    for example in examples:
        try:
            replays.append(replay(example, catalog))
        except ValidationError as error:
            for problem in error.problems:
                path = f"scenario.{problem.path}" if problem.path else "scenario"
                invalid.append(problem._replace(path=path))
    return Verification(tuple(replays), tuple(_uncovered(replays, catalog)), (), tuple(invalid))


def replay(example: Example, catalog: Catalog) -> Replay:
    """Return `example` priced with the cards of `catalog`, figure by figure.

    Raises ValidationError if its scenario does not fit the cards.
    """
    if example.message is not None:
        return _judged(example, figures_of_message(example.message))
    scenario = example.scenario
    if scenario is None:
        return Replay(example, "approximate")
    card = find_card(scenario.plan or "", catalog)
    if isinstance(card, Problem):
        return Replay(example, "error", message=f"{card.message}; {card.hint}")
    quote = price(card, build_nonempty_order(scenario, card, catalog))
    lines = quote.unpriced or quote.all_lines
    locations = {
        line.charge.key: location
        for line in lines
        if line.status != "supplied"
        and (location := card.locations.get((line.charge.priced_as, quote.term)))
    }
    if quote.at_least:
        message = f"no published price for {', '.join(line.charge.label for line in lines)}"
        return Replay(example, "error", message=message, locations=locations)
    priced = (line for line in lines if line.status in PRICED)
    used = frozenset(UsedPrice(quote.plan, line.charge, line.rate) for line in priced)
    return _judged(example, figures_of(quote))._replace(used=used, locations=locations)


def locations_of_sources(catalog: Catalog) -> dict[str, Location]:
    """Return where the user's own files first cite each source, by its key."""
    found: dict[str, Location] = {}
    for card in catalog.cards.values():
        for place, location in card.locations.items():
            key = card.rates[place].citation.source.key
            found[key] = min(location, found.get(key, location))
    return found


def _judged(example: Example, figures: dict[str, Decimal]) -> Replay:
    computed = tuple((figure, figures.get(figure.name)) for figure in example.figures)
    verdict: Verdict = "pass, source contradicts itself" if example.contradiction else "pass"
    done = Replay(example, verdict, computed)
    return done._replace(verdict="fail") if done.differences else done


def stale_pages(sources: Iterable[Source], today: str, most_days: int) -> tuple[Stale, ...]:
    """Return the pages whose figures were last known to apply more than `most_days` ago.

    That is the day a page was read, or the date that the page states, if that is earlier.
    """
    read = datetime.date.fromisoformat
    ages = [
        Stale(source, (read(today) - read(known_on)).days)
        for source in {*sources}
        if (known_on := source.known_on)
    ]
    stale = (page for page in ages if page.days > most_days)
    return tuple(sorted(stale, key=lambda page: (page.source.key, page.source.title)))


def sources_of_cards(catalog: Catalog) -> Iterator[Source]:
    """Yield the source of every price on the rate cards, of the fees of carriers too."""
    for card in catalog.cards.values():
        yield from (
            listed.rate.citation.source for listed in card.listed if listed.rate.status in PRICED
        )
        yield from (carrier.citation.source for carrier in card.carriers.listed)
        if card.carriers.band:
            yield card.carriers.band.citation.source


def sources_of_quote(quote: Quote) -> Iterator[Source]:
    """Yield the source of every price on `quote`."""
    for line in quote.all_lines:
        if line.status in PRICED:
            yield line.rate.citation.source
    if quote.carrier_fees:
        yield from (citation.source for citation in quote.carrier_fees.sources)


def figures_of_message(text: str) -> dict[str, Decimal]:
    """Return the number of segments of a message, and the characters in each."""
    parts = count_segments(text).parts
    characters = {f"parts.{n}": Decimal(len(part.text)) for n, part in enumerate(parts, 1)}
    return {"segments": Decimal(len(parts)), **characters}


def figures_of(quote: Quote) -> dict[str, Decimal]:
    """Return every figure of `quote`, in USD, under the name that an example gives it."""

    def named(name: str, **figures: Decimal | None) -> dict[str, Decimal]:
        return {f"{name}.{key}": usd for key, usd in figures.items() if usd is not None}

    figures: dict[str, Decimal] = {}
    for line in quote.all_lines:
        amounts = line.amounts._asdict() if line.amounts else {}
        amounts = {"amount": line.amount} if line.charge.one_time else amounts
        figures |= named(f"lines.{line.charge.key}", unit_price=line.unit_price, **amounts)
    figures |= named("totals", **quote.totals._asdict(), one_time=quote.one_time_total)
    if invoice := quote.first_invoice:
        for part in invoice.lines:
            figures |= named(
                f"first_invoice.lines.{part.charge.key}",
                unit_price=part.unit_price,
                prorated_unit=part.prorated_unit,
                amount=part.amount,
            )
        figures |= named("first_invoice", total=invoice.total)
        figures |= named("first_invoice.next_invoice", amount=invoice.next_amount)
    return figures


def _uncovered(replays: Sequence[Replay], catalog: Catalog) -> Iterator[Uncovered]:
    """Yield each price that no replay used; one that all plans share counts once.

    With rate cards of the user, only their prices need an example.
    """
    only_own = any(card.locations for card in catalog.cards.values())
    used = {(price.charge, price.rate) for done in replays for price in done.used}
    found: dict[tuple[Charge, Rate], Uncovered] = {}
    for plan, card in catalog.cards.items():
        for charge, term, rate in card.listed:
            location = card.locations.get((charge.key, term or TERMS[0]))
            is_needed = rate.status in PRICED and (location or not only_own)
            if is_needed and (charge, rate) not in used:
                price = found.setdefault((charge, rate), Uncovered((), charge, rate, location))
                plans = tuple(dict.fromkeys([*price.plans, plan]))
                found[charge, rate] = price._replace(plans=plans)
    yield from found.values()
