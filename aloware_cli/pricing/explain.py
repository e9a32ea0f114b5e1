"""Explaining: one charge on one plan, one plan, and the prices that an order lacks."""

from collections.abc import Sequence

from aloware_cli.domain.cards import RateCard
from aloware_cli.domain.charges import Charge, Conflict
from aloware_cli.domain.money import format_usd
from aloware_cli.domain.orders import Order
from aloware_cli.domain.quotes import Note
from aloware_cli.domain.results import Explanation, PlanExplanation, Question, Questions
from aloware_cli.pricing.notes import notes_on_rates, terms_on
from aloware_cli.pricing.price import price


def explain(
    card: RateCard, order: Order, charge: str, conflicts: Sequence[Conflict]
) -> Explanation:
    """Return why `charge` costs what it does on `card`, for its quantity in `order`, else for 1.

    The conflicts about the charge are listed on every plan, those that print a price first.
    """
    quantity = order.quantities.get(charge) or 1
    quote = price(card, order._replace(quantities={**order.quantities, charge: quantity}))
    line = next(line for line in quote.all_lines if line.charge.key == charge)
    concerned = (conflict for conflict in conflicts if charge in conflict.charges)
    found = tuple(sorted(concerned, key=lambda conflict: conflict.price is None))
    notes = notes_on_rates([quote._replace(lines=(line,), one_time=())])
    if line.amount is None:
        notes += (_on_no_price(line.charge, found),)
    return Explanation(
        plan=card.plan,
        term=order.term,
        currency=card.currency,
        line=line,
        conflicts=found,
        terms=tuple(term for term in terms_on(card) if charge in term.charges),
        notes=notes,
    )


def _on_no_price(charge: Charge, conflicts: Sequence[Conflict]) -> Note:
    """Return what the pages print instead of a price, if anything."""
    for conflict in conflicts:
        if conflict.price is not None:
            each = f"{format_usd(conflict.price)} per {charge.unit}"
            text = f"The only price that a public page of Aloware prints for it is {each} "
            text += f'("{conflict.citation.source.title}"). It is not used: see the conflict.'
            return Note("source", text)
    return Note("source", "No public page of Aloware gives its price.")


def explain_plan(card: RateCard) -> PlanExplanation:
    """Return the prices of a plan, and the terms that apply on it."""
    return PlanExplanation(card, tuple(terms_on(card)))


def questions_on(card: RateCard, order: Order) -> Questions:
    """Return the prices that `order` needs and that `card` lacks, each once."""
    quantities: dict[str, int] = {}
    for line in price(card, order).unpriced:
        key = line.charge.priced_as
        quantities[key] = quantities.get(key, 0) + line.quantity
    questions: list[Question] = []
    for key, quantity in quantities.items():
        charge = card.charges[key]
        lacks_all_terms = not charge.per_term and card.rates[key, "monthly"].price is None
        questions.append(Question(charge, quantity, None if lacks_all_terms else order.term))
    return Questions(card, order.term, tuple(questions))
