"""Several quotes as one result: the plan groups of a proposal, and the cases of a range."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from aloware_cli.domain.cards import CardIdentity, Fingerprint
from aloware_cli.domain.charges import CUSTOM, Charge
from aloware_cli.domain.invoices import CarrierFees, FirstInvoice, deduct_usage
from aloware_cli.domain.money import CASES, ZERO
from aloware_cli.domain.periods import MONTHS
from aloware_cli.domain.problems import listed
from aloware_cli.domain.quotes import Line, Note, Part, PlanGroup, Quote


def combine(
    groups: Sequence[PlanGroup], balance: Decimal | None = None, notes: tuple[Note, ...] = ()
) -> Quote:
    """Return one quote of all `groups`, with one prepaid `balance` in USD.

    Each label names its group.
    """
    quotes = [group.quote for group in groups]
    first = quotes[0]
    quantities: Counter[str] = Counter()
    for quote in quotes:
        quantities.update(quote.order.quantities)
    lines, one_time = (
        [
            line._replace(charge=name_charge(line.charge, group.name))
            for group in groups
            for line in getattr(group.quote, part)
        ]
        for part in ("lines", "one_time")
    )
    return Quote(
        card=_card([quote.card for quote in quotes]),
        currency=first.currency,
        order=first.order._replace(quantities=dict(quantities), credits=balance),
        lines=tuple(lines),
        one_time=tuple(sorted(one_time, key=lambda line: line.charge.category == CUSTOM)),
        notes=notes,
        first_invoice=_invoice([quote.first_invoice for quote in quotes]),
        carrier_fees=_fees([quote.carrier_fees for quote in quotes if quote.carrier_fees]),
        credits=None if balance is None else deduct_usage(quotes, balance, first.order.start),
        version=first.version,
        groups=tuple(groups),
    )


def name_charge(charge: Charge, group: str) -> Charge:
    """Return `charge` with the name of its plan group in its label: `Licenses (Support)`."""
    return charge._replace(label=f"{charge.label} ({group})")


def _card(cards: Sequence[CardIdentity]) -> CardIdentity:
    """Return one identity for the cards of all groups, with a hash of their hashes."""
    by_plan = {card.plan: card for card in cards}
    if len(by_plan) == 1:
        return cards[0]
    return CardIdentity(
        plan=listed([*by_plan]),
        effective_from=max((c.effective_from for c in cards if c.effective_from), default=None),
        oldest_read_on=min((c.oldest_read_on for c in cards if c.oldest_read_on), default=None),
        fingerprint=Fingerprint("\n".join(card.sha256 for card in by_plan.values()).encode()),
    )


def _invoice(invoices: Sequence[FirstInvoice | None]) -> FirstInvoice | None:
    known = [invoice for invoice in invoices if invoice]
    if len(known) < len(invoices) or len({invoice.start for invoice in known}) > 1:
        return None
    lines = tuple(line for invoice in known for line in invoice.lines)
    return known[0]._replace(lines=lines, next_amount=sum((i.next_amount for i in known), ZERO))


def _fees(fees: Sequence[CarrierFees]) -> CarrierFees | None:
    """Return the fees of all groups, for their sources: each group rounds its own amounts."""
    if not fees:
        return None
    sources = dict.fromkeys(source for each in fees for source in each.sources)
    return fees[0]._replace(segments=sum(each.segments for each in fees), sources=tuple(sources))


#: What differs between notes of one wording.
FIGURES: Final = rf"[0-9.,]|{'|'.join(MONTHS)}"
#: What a line item that a quote lacks has.
NOTHING: Final[dict[str, Any]] = {
    "quantity": 0, "parts": (Part(0, ZERO),), "working": "0", "allowance": 0, "before": ZERO,
}  # fmt: skip


class QuoteRange(NamedTuple):
    """The quotes at low, expected and high quantities; all else that was asked for is the same."""

    quotes: tuple[Quote, ...]

    @property
    def at_least(self) -> bool:
        """Whether a total is only a lower bound."""
        return any(quote.at_least for quote in self.quotes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the quotes; one that not all have names its case.

        Of notes that differ only in figures and dates, that on the expected quantities.
        """
        found: dict[str, Note] = {}
        cases = list(zip(CASES, self.quotes, strict=True))
        for case, quote in (cases[1], cases[2], cases[0]):
            for note in quote.notes:
                if all(note in each.notes for each in self.quotes):
                    found[note.text] = note
                else:
                    named = note._replace(text=f"{case.capitalize()}: {note.text}")
                    found.setdefault(re.sub(FIGURES, "", note.text), named)
        return tuple(found.values())

    @property
    def aligned(self) -> tuple[Quote, ...]:
        """The quotes with the same line items: one that a quote lacks has the quantity 0."""
        of_groups = [
            [group._replace(quote=quote) for group, quote in zip(alike, quotes, strict=True)]
            for alike in zip(*(quote.groups for quote in self.quotes), strict=True)
            for quotes in [QuoteRange(tuple(group.quote for group in alike)).aligned]
        ]
        if of_groups:
            cases = zip(self.quotes, zip(*of_groups, strict=True), strict=True)
            return tuple(
                combine(groups, quote.order.credits, quote.notes) for quote, groups in cases
            )
        found = [{line.charge.key: line for line in quote.all_lines} for quote in self.quotes]
        of_any = {key: line for lines in found for key, line in lines.items()}
        lines = [of_any[key] for key in merged_keys(found)]
        return tuple(_with_lines(quote, lines) for quote in self.quotes)


def merged_keys(cases: Sequence[Iterable[str]]) -> list[str]:
    """Return the keys of all `cases`, each after the one that it follows in its case."""
    merged: list[str] = []
    for keys in reversed(cases):
        place = 0
        for key in keys:
            if key not in merged:
                merged.insert(place, key)
            place = merged.index(key) + 1
    return merged


def _with_lines(quote: Quote, found: Sequence[Line]) -> Quote:
    own = {line.charge.key: line for line in quote.all_lines}
    lines = [own.get(line.charge.key) or line._replace(**NOTHING) for line in found]
    return quote._replace(
        lines=tuple(line for line in lines if not line.charge.one_time),
        one_time=tuple(line for line in lines if line.charge.one_time),
    )
