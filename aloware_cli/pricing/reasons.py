"""Reasons: the answer of a break-even in words."""

from collections.abc import Iterator

from aloware_cli.domain.break_even import BreakEven
from aloware_cli.domain.card import Rate
from aloware_cli.domain.money import ZERO, grouped


def reasons_for(answer: BreakEven) -> tuple[str, ...]:
    """Return why `answer` is what it is, a sentence each."""
    told = _from_a_tie if answer.cheaper_at_zero is None else _from_an_order
    return (_on_the_prices(answer), *told(answer))


def _on_the_prices(answer: BreakEven) -> str:
    charge, (one, two) = answer.charge, answer.rates
    if one.status == two.status == "included":
        return f"{charge.label} are included on both plans."
    if one.net == two.net:
        return f"Each {charge.unit} costs {_written(one)} on both plans."
    first, second = answer.plans
    return f"Each {charge.unit} costs {_written(one)} on {first} and {_written(two)} on {second}."


def _written(rate: Rate) -> str:
    return grouped(ZERO if rate.net is None else rate.net)


def _from_a_tie(answer: BreakEven) -> Iterator[str]:
    counted = answer.charge.counted
    if answer.rates[0].net == answer.rates[1].net:
        yield "Everything else costs the same too, so the totals are equal at every quantity."
        return
    yield "Everything else costs the same, so the order cannot flip."
    apart = [p for p in answer.points if len(p.cheapest(answer.plans)) == 1]
    if apart:
        lower = apart[0].cheapest(answer.plans)[0]
        yield f"{lower} is cheaper at {counted(apart[0].quantity)}, and never dearer beyond."
    else:
        last = answer.points[-1].quantity
        yield f"Rounded to cents, the totals stay equal up to {counted(last)}."


def _from_an_order(answer: BreakEven) -> Iterator[str]:
    counted, equal, flips = answer.charge.counted, answer.equal_at, answer.flips_at
    lower = answer.cheaper_at_zero
    other = next(plan for plan in answer.plans if plan != lower)
    turns = [quantity for quantity in (equal, flips) if quantity is not None]
    if not turns:
        yield _never(answer)
        return
    yield f"{lower} is cheaper below {counted(min(turns))}."
    if equal is None:
        yield "At no quantity are the totals equal."
    else:
        once = flips == equal + 1
        yield f"The totals are {'' if once else 'first '}equal at {counted(equal)}."
    if flips is None:
        yield f"{other} is not cheaper up to {counted(answer.points[-1].quantity)}."
    else:
        yield f"{other} is cheaper at {counted(flips)}, and never dearer beyond."


def _never(answer: BreakEven) -> str:
    """Say why the plan that is cheaper at 0 stays so."""
    lower = answer.cheaper_at_zero
    first, second = (ZERO if rate.net is None else rate.net for rate in answer.rates)
    if first == second:
        return f"So {lower} is always cheaper, by the same amount."
    if (first < second) == (lower == answer.plans[0]):
        return f"{lower} costs less without any and less for each, so it is always cheaper."
    last = answer.charge.counted(answer.points[-1].quantity)
    return f"That is too little to catch up: {lower} is still cheaper at {last}."
