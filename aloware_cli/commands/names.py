"""Names: the plan or charge that a user means, or the nearest match to it."""

from collections.abc import Iterable, Mapping

from aloware_cli.domain.card import RateBook, RateCard
from aloware_cli.domain.charge import SHORT_NAMES, Charge
from aloware_cli.errors import RequestError


def find_plan(name: str, book: RateBook) -> RateCard:
    """Return the card of the plan `name`, in any case; else raise RequestError."""
    plans = {plan.casefold(): card for plan, card in book.cards.items()}
    if card := plans.get(name.casefold()):
        return card
    for plan, start in book.not_yet.items():
        if plan.casefold() == name.casefold():
            raise RequestError(f"no {plan} card is in force on that day", f"The first: {start}")
    raise RequestError(f"no plan {name!r}", suggestion(name, book.cards, "Plans"))


def find_plans(names: Iterable[str], book: RateBook) -> list[RateCard]:
    """Return the cards of the plans `names`, in that order; RequestError for one named twice."""
    cards: list[RateCard] = []
    for name in names:
        card = find_plan(name, book)
        if card in cards:
            raise RequestError(f"the plan {card.plan} is given twice", "Name each plan once.")
        cards.append(card)
    return cards


def find_charge(name: str, charges: Mapping[str, Charge], flag: str) -> Charge:
    """Return the charge that `name` or its short form names; else raise RequestError."""
    key = name.casefold().replace("-", "_")
    if charge := charges.get(SHORT_NAMES.get(key, key)):
        return charge
    raise RequestError(
        f"{flag}: no charge {name!r}", suggestion(key, [*charges, *SHORT_NAMES], "Charges")
    )


def flag_for(charge: str) -> str:
    """Return the option that asks for a quantity of `charge`: `--sms N`, `--add late_appeal=N`."""
    names = [name for name, target in SHORT_NAMES.items() if target == charge]
    return f"--{names[0].replace('_', '-')} N" if names else f"--add {charge}=N"


def suggestion(name: str, known: Iterable[str], kind: str) -> str:
    """Return the hint for an unknown `name`: the nearest of those `known`, or all of them."""
    import difflib

    spelled = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(name.casefold(), spelled, n=1)
    listed = ", ".join(dict.fromkeys(spelled.values()))
    return f"Did you mean {spelled[close[0]]}?" if close else f"{kind}: {listed}"
