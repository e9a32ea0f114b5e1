"""Rate cards as sections: a list of cards, and one card with all its prices."""

from collections.abc import Iterator, Sequence
from typing import Final

from aloware_cli.domain.cards import DatedCard, Listed, Rate, RateCard, Status
from aloware_cli.domain.sources import Source
from aloware_cli.render.sections import UNPUBLISHED, Cell, Column, Report, Row, Section
from aloware_cli.render.words import rate_in_words, source_in_words

#: Hex digits of a hash to show; JSON has all of them.
SHORT_HASH: Final = 12
#: The states of charges that a list of cards counts; negotiated prices only if there are any.
COUNTED: Final[tuple[Status, ...]] = ("published", "negotiated", "included", "unpublished")
PRICES: Final = (Column("price", "Price"), Column("unit", "Unit"), Column("source", "Source"))
GROUPS: Final = {"subscription": "Subscription", "usage": "Usage", "once": "One-time fees"}


def cards_report(cards: Sequence[DatedCard]) -> Report:
    """Return one row per card: its first day, its number of prices and its oldest source."""
    if not cards:
        return Report("No rate card is in force on that day")
    is_negotiated = any(dated.card.how_many("negotiated") for dated in cards)
    states = [state for state in COUNTED if state != "negotiated" or is_negotiated]
    columns = (
        Column("from", "From"),
        *(Column(state, _title(state, is_short=is_negotiated)) for state in states),
        Column("oldest", "Oldest source"),
        Column("sha256", "SHA-256"),
    )
    rows = tuple(_card_row(dated, states) for dated in cards)
    return Report("Rate cards", (Section("cards", "Plan", "Plan", columns, rows),))


def _title(state: Status, *, is_short: bool) -> str:
    """Return the title of a column, short enough for 80 columns beside negotiated prices."""
    return UNPUBLISHED if is_short and state == "unpublished" else state.capitalize()


def _card_row(dated: DatedCard, states: Sequence[Status]) -> Row:
    card = dated.card
    counts = map(card.how_many, states)
    oldest = card.identity.oldest_read_on or "none"
    hash_digits = card.identity.sha256[:SHORT_HASH]
    return Row(card.plan, (dated.since or "always", *counts, oldest, hash_digits))


def card_report(card: RateCard) -> Report:
    """Return every charge of `card` with its price or state, and the sources."""
    sources = list(dict.fromkeys(listed.rate.citation.source for listed in card.listed))
    since = card.identity.effective_from
    return Report(
        title=f"{card.plan} rate card, {card.currency}" + (f", from {since}" if since else ""),
        sections=tuple(
            Section(group, "Charge", title, PRICES, rows, heading=title)
            for group, title in GROUPS.items()
            if (rows := tuple(_rows(card, group, sources)))
        ),
        remarks=tuple(
            f"{n}  {source_in_words(source)}{' (negotiated)' if source.is_private else ''}"
            for n, source in enumerate(sources, 1)
        ),
    )


def _rows(card: RateCard, group: str, sources: list[Source]) -> Iterator[Row]:
    for listed in card.listed:
        charge = listed.charge
        if group == ("once" if charge.one_time else charge.category):
            source = sources.index(listed.rate.citation.source) + 1
            price, *further = _prices(listed.rate)
            figures = (price[1], f"per {charge.unit}", source)
            yield Row(_label(listed), figures, explanation=(charge.key,))
            yield from (Row(f"  {label}", (figure,)) for label, figure in further)


def _prices(rate: Rate) -> Iterator[tuple[str, Cell]]:
    """Yield the price or state, then the tiers and the units that a license includes."""
    if rate.model and len(rate.model.tiers) > 1:
        yield "", rate.model.name
        for tier in rate.model.tiers:
            yield "beyond" if tier.up_to is None else f"up to {tier.up_to:,}", tier.price
    elif rate.price is not None and rate.status not in {"included", "unpublished"}:
        yield "", rate.price
    else:
        yield "", rate_in_words(rate._replace(allowance=0))
    if rate.allowance:
        yield "included with each license", rate.allowance


def _label(listed: Listed) -> str:
    return f"{listed.charge.label}, {listed.term} term" if listed.term else listed.charge.label
