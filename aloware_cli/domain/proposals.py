"""Proposals: the quotes of plan groups as one quote."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aloware_cli.domain.cards import CardIdentity, Fingerprint
from aloware_cli.domain.charges import CUSTOM, Charge
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.problems import listed
from aloware_cli.domain.quotes import Line, Note, PlanGroup, Quote

if TYPE_CHECKING:
    from aloware_cli.domain.invoices import CarrierFees, Credits, FirstInvoice


def combine(
    groups: Sequence[PlanGroup], credits: "Credits | None" = None, notes: tuple[Note, ...] = ()
) -> Quote:
    """Return one quote of all `groups`, with one prepaid balance; each label names its group."""
    quotes = [group.quote for group in groups]
    first = quotes[0]
    quantities: Counter[str] = Counter()
    for quote in quotes:
        quantities.update(quote.order.quantities)
    one_time = [_named(line, group) for group in groups for line in group.quote.one_time]
    balance = credits.balance if credits else None
    return Quote(
        card=_card([quote.card for quote in quotes]),
        currency=first.currency,
        order=first.order._replace(quantities=dict(quantities), credits=balance),
        lines=tuple(_named(line, group) for group in groups for line in group.quote.lines),
        one_time=tuple(sorted(one_time, key=lambda line: line.charge.category == CUSTOM)),
        notes=notes,
        first_invoice=_invoice([quote.first_invoice for quote in quotes]),
        carrier_fees=_fees([quote.carrier_fees for quote in quotes if quote.carrier_fees]),
        credits=credits,
        version=first.version,
        groups=tuple(groups),
    )


def _named(line: Line, group: PlanGroup) -> Line:
    return line._replace(charge=name_charge(line.charge, group.name))


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


def _invoice(invoices: Sequence["FirstInvoice | None"]) -> "FirstInvoice | None":
    known = [invoice for invoice in invoices if invoice]
    if len(known) < len(invoices) or len({invoice.start for invoice in known}) > 1:
        return None
    lines = tuple(line for invoice in known for line in invoice.lines)
    return known[0]._replace(lines=lines, next_amount=sum((i.next_amount for i in known), ZERO))


def _fees(fees: Sequence["CarrierFees"]) -> "CarrierFees | None":
    """Return the fees of all groups, for their sources: each group rounds its own amounts."""
    if not fees:
        return None
    sources = dict.fromkeys(source for each in fees for source in each.sources)
    return fees[0]._replace(segments=sum(each.segments for each in fees), sources=tuple(sources))
