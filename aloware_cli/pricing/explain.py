"""Explaining: one charge on one plan."""

from collections.abc import Sequence

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.explanations import Conflict, Explanation
from aloware_cli.domain.orders import Order
from aloware_cli.pricing.notes import notes_on_rates
from aloware_cli.pricing.price import price


def explain(
    card: RateCard, order: Order, charge: str, conflicts: Sequence[Conflict]
) -> Explanation:
    """Return why `charge` costs what it does on `card`, for its quantity in `order`, else for 1."""
    quantity = order.quantities.get(charge) or 1
    quote = price(card, order._replace(quantities={**order.quantities, charge: quantity}))
    line = next(line for line in quote.all_lines if line.charge.key == charge)
    return Explanation(
        plan=card.plan,
        term=order.term,
        currency=card.currency,
        line=line,
        conflicts=tuple(found for found in conflicts if found.concerns(card.plan, charge)),
        notes=notes_on_rates([quote._replace(lines=(line,), one_time=())]),
    )
