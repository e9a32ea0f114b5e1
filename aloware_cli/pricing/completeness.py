"""Completeness: what a bill may have beyond the lines of a quote, and the terms that apply."""

from collections.abc import Iterator, Sequence

from aloware_cli.domain.cards import PRICED, Rate, RateCard
from aloware_cli.domain.charges import COMMITMENT, Charge, ContractTerm
from aloware_cli.domain.money import ZERO, format_usd
from aloware_cli.domain.periods import format_date
from aloware_cli.domain.quotes import Line, Note, Quote


def completeness_notes(quote: Quote, card: RateCard) -> Iterator[Note]:
    """Yield the terms that apply to `quote`, and what to know of its negotiated prices."""
    yield from _on_terms(quote, card)
    if quote.term != "monthly":
        yield from _on_monthly_prices(quote, card)
    yield from _on_negotiated_prices(quote)
    if card.effective_to:
        text = f"Prices of this quote end on {format_date(card.effective_to)}."
        yield Note("caution", text)


def terms_on(card: RateCard) -> Iterator[ContractTerm]:
    """Yield the terms of the plan of `card`, with the prices of what they cause in their text."""
    for term in card.terms:
        if not term.plans or card.plan in term.plans:
            costs = ", ".join(_costs(term, card))
            yield term._replace(text=f"{term.text}: {costs}.") if costs else term


def _on_terms(quote: Quote, card: RateCard) -> Iterator[Note]:
    on_quote = {line.charge.key for line in quote.all_lines}
    settled = {*on_quote, COMMITMENT} if quote.order.min_agents else on_quote
    charges = {line.charge.priced_as for line in quote.all_lines}
    for term in terms_on(card):
        concerned = not term.charges or not charges.isdisjoint(term.charges)
        if concerned and settled.isdisjoint(term.unless):
            yield Note(term.kind, term.text, option=term.option)


def _costs(term: ContractTerm, card: RateCard) -> Iterator[str]:
    """Yield what one unit of each charge that `term` causes costs: once, then a month."""
    found: dict[str, list[Rate]] = {}
    for key in sorted(term.costs, key=lambda key: not card.charges[key].one_time):
        found.setdefault(_when(card.charges[key]), []).append(card.rates[key, "monthly"])
    for when, rates in found.items():
        prices = [rate.price for rate in rates if rate.price is not None]
        if len(prices) < len(rates):
            yield f"no published price {when}"
        else:
            yield f"{format_usd(sum(prices, ZERO))} {when}"


def _when(charge: Charge) -> str:
    if charge.one_time:
        return "once"
    return "a month" if charge.category == "subscription" else f"per {charge.unit}"


def _on_monthly_prices(quote: Quote, card: RateCard) -> Iterator[Note]:
    """Yield which add-ons have only a monthly price, on a quote for a longer term."""
    lines = [line for line in quote.lines_of("subscription") if _has_one_price(line, card)]
    if lines:
        text = f"{_labels(lines)}: at the monthly price, because no {quote.term} one is known."
        yield Note("assumption", text)


def _has_one_price(line: Line, card: RateCard) -> bool:
    key = line.charge.priced_as
    rates = {rate for (charge, _), rate in card.rates.items() if charge == key}
    return line.status in PRICED and not line.charge.per_term and len(rates) == 1


def _on_negotiated_prices(quote: Quote) -> Iterator[Note]:
    lines = [line for line in quote.all_lines if line.status == "negotiated"]
    for source in dict.fromkeys(line.rate.citation.source for line in lines):
        labels = _labels([line for line in lines if line.rate.citation.source == source])
        text = f'{labels}: negotiated, from "{source.title}", and not published.'
        yield Note("source", text)


def _labels(lines: Sequence[Line]) -> str:
    return ", ".join(line.charge.label for line in lines)
