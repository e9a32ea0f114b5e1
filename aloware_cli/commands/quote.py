"""`aloware quote`: one plan priced, monthly, quarterly and annual side by side."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from aloware_cli.cli.app import complain
from aloware_cli.cli.options import EXPLAIN, MAX_AGE, fail_over, option, takes
from aloware_cli.cli.output import (
    QUOTE_FORMATS,
    SELLER,
    SOURCES,
    Destination,
    emit,
    presentation_of,
    resolve,
)
from aloware_cli.cli.quoting import (
    check_age,
    check_limit,
    labels_of,
    load_catalog,
    options_of,
    plan_of,
    reject_unpriced,
)
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.money import format_exact
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import as_typed
from aloware_cli.domain.quotes import PlanGroup, Quote, lacks_a_rate
from aloware_cli.domain.scenarios import CUSTOMER, ENVIRONMENT, OPTIONS, Scenario
from aloware_cli.errors import UsageError
from aloware_cli.files.io import write_output
from aloware_cli.pricing.orders import build_nonempty_order, build_order
from aloware_cli.pricing.price import price, price_lines

if TYPE_CHECKING:
    from aloware_cli.render.quote_pages import Presentation

#: The totals that --total prints, in USD; None if the quote does not have one.
TOTALS: Final[Mapping[str, Callable[[Quote], Decimal | None]]] = {
    "monthly": lambda quote: quote.totals.monthly,
    "quarterly": lambda quote: quote.totals.quarterly,
    "annual": lambda quote: quote.totals.annual,
    "one_time": lambda quote: quote.one_time_total,
    "first_year": lambda quote: quote.first_year,
    "due_now": lambda quote: quote.due_now,
    "per_agent": lambda quote: quote.per_agent,
}
TotalName: Any = Literal[tuple(TOTALS)]
#: What a total needs that a quote may not have, and the option that gives it.
NEEDED: Final = {
    "due_now": ("--start DATE on a monthly term", "the quote has no first invoice"),
    "per_agent": ("--agents N", "the quote has no agents"),
}
FORMATS: Final = (*QUOTE_FORMATS, "scenario")
#: What may be given beside the answers of the guided quote.
BESIDE_ANSWERS: Final = {
    "rates",
    "as_of",
    "allow_unpriced",
    *(key for key, option in OPTIONS.items() if option.group == CUSTOMER),
}


@takes(OPTIONS, formats=FORMATS, groups=True)
def quote(
    *,
    destination: Destination,
    total: Annotated[
        TotalName | None,
        option("TOTAL", "Print only this total; of a range, a line for each case"),
    ] = None,
    explain: Annotated[bool, EXPLAIN] = False,
    limit: Annotated[
        Decimal | None,
        fail_over("Exit 1 if the monthly total, of a range the highest, is over this amount"),
    ] = None,
    max_age: Annotated[int | None, MAX_AGE] = None,
    seller: Annotated[str | None, SELLER] = None,
    sources: Annotated[bool, SOURCES] = False,
    scenario: Scenario,
) -> None:
    """Price one plan or several plan groups: monthly, quarterly and annual.

        aloware quote upro --agents 3 --numbers 10 --sms 10000
        aloware quote upro --agents 12 --min-agents 20 --discount 10% --start 2026-12-23
        aloware quote upro --agents 3 --sms 5k/10k/20k
        aloware quote ipro --agents 5 + xpro --agents 3 --minutes 25k
        aloware quote --from acme.yaml --seller us.yaml --output acme.html

    A quantity may be LOW/EXPECTED/HIGH. The quote then has a column for each.
    A + starts another plan group. Plan, quantities, lines and A2P fees belong to their group.
    Discounts, rates, term, start and carrier fees before the first + apply to every group that
    does not give its own. All other options apply to the whole quote.
    Without arguments on a terminal, it asks for the inputs.
    """
    if total:
        _reject_beside_total(destination, explain=explain)
    presentation = presentation_of(destination, seller, sources=sources)
    write = partial(_write, presentation=presentation, explain=explain)
    catalog = load_catalog(scenario)
    if _is_open(scenario):
        _guide(scenario, catalog, destination, write)
        return
    quotes = _priced(scenario, catalog, price_lines if total else price)
    if total:
        _write_total(quotes, total, destination)
    else:
        write(quotes, destination, scenario)
    if limit is not None:
        for quoted in sorted(quotes, key=lambda each: -each.totals.monthly):
            check_limit(quoted, limit)
    if max_age is not None:
        from aloware_cli.pricing.verify import sources_of_quote

        pages = dict.fromkeys(each for quoted in quotes for each in sources_of_quote(quoted))
        check_age(pages, scenario.as_of, max_age)


def _reject_beside_total(destination: Destination, *, explain: bool) -> None:
    """Raise UsageError for options without meaning beside --total."""
    if destination.is_chosen or explain:
        message = "--total conflicts with --format and --explain"
        raise UsageError("E-CONFLICT", message, "remove them: --total prints one number")
    if destination.format != "table":
        message = f"--total conflicts with --output {as_typed(destination.path or '')}"
        raise UsageError("E-CONFLICT", message, "use a .txt file: --total prints one number")


def _guide(
    given: Scenario,
    catalog: Catalog,
    destination: Destination,
    write: Callable[[Sequence[Quote], Destination, Scenario], None],
) -> None:
    """Ask for the inputs, write the quote, and offer to save it."""
    from aloware_cli.cli.prompts import guided_quote, offer_to_save

    with guided_quote(catalog, given) as scenario:
        quotes = _priced(scenario, catalog, price)
        write(quotes, destination, scenario)
    if destination.path is None:
        offer_to_save(quotes[0], lambda path: write(quotes, resolve(None, path, FORMATS), scenario))


def _is_open(scenario: Scenario) -> bool:
    """Return whether no input is given and a user can answer."""
    given = {key for key, _ in scenario.given()}
    if "" in scenario.origins or given - BESIDE_ANSWERS or scenario.groups:
        return False
    return bool(sys.stdin and sys.stdout) and sys.stdin.isatty() and sys.stdout.isatty()


def _priced(
    scenario: Scenario, catalog: Catalog, pricer: Callable[[RateCard, Order], Quote]
) -> list[Quote]:
    """Return the quote of `scenario`, as `pricer` makes it; three if a quantity is a range.

    Raises UnpublishedPrice for a price that it needs and that is not published.
    """
    if scenario.groups:
        cases = range(len(scenario.cases()))
        return [_proposal(scenario, case, catalog, pricer) for case in cases]
    hints = []
    if scenario.plan is None and (options := options_of(scenario)):
        hints = [f"or compare the plans: aloware compare {options}"]
    card = plan_of(scenario, catalog, *hints)
    *lower, highest = scenario.cases()
    orders = [build_order(case, card, catalog) for case in lower]
    orders.append(build_nonempty_order(highest, card, catalog))
    quotes = [pricer(card, order) for order in orders]
    for quoted in reversed(quotes):
        if not scenario.allow_unpriced:
            reject_unpriced(quoted, card, scenario)
    return quotes


def _proposal(
    scenario: Scenario,
    case: int,
    catalog: Catalog,
    pricer: Callable[[RateCard, Order], Quote],
) -> Quote:
    """Return one quote of the plan groups of `scenario`, each priced by `pricer`.

    `case` is the place in `CASES` of the quantities of ranges.
    """
    from aloware_cli.pricing.proposals import build_groups, propose

    groups = []
    common = scenario._replace(groups=())
    for own, (name, card, order) in zip(
        scenario.groups, build_groups(scenario, catalog, case), strict=True
    ):
        groups.append(PlanGroup(name, pricer(card, order)))
        one = own.merged_over(common)
        if "" in one.origins:  # a file: no other command reads its plan groups
            one = one._replace(origins={})
        if not one.allow_unpriced:
            reject_unpriced(groups[-1].quote, card, one)
    return propose(groups, scenario.credits)


def _write(
    quotes: Sequence[Quote],
    destination: Destination,
    scenario: Scenario,
    *,
    presentation: "Presentation | None",
    explain: bool,
) -> None:
    groups = zip(scenario.groups, quotes[0].groups, strict=True)
    scenario = scenario._replace(  # with plans in the vendor's spelling
        plan=None if scenario.groups else quotes[0].plan,
        groups=tuple(own._replace(plan=group.quote.plan) for own, group in groups),
    )
    if destination.format == "scenario":
        from aloware_cli.render.scenario import scenario_text

        folder = os.path.dirname(destination.path or "")
        _reject_outside(scenario, folder)
        text = scenario_text(scenario, folder)
        write_output(text, destination.path, force=destination.force)
        return
    if explain and destination.format == "table":
        from aloware_cli.render.scenario import origins_of

        origins = tuple(origins_of(scenario))
        quotes = [quoted._replace(notes=(*quoted.notes, *origins)) for quoted in quotes]
    result: object = quotes[0]
    if len(quotes) > 1:
        from aloware_cli.domain.proposals import QuoteRange

        result = QuoteRange(tuple(quotes))
    emit(result, destination, explain=explain, presentation=presentation)


def _write_total(quotes: Sequence[Quote], name: str, destination: Destination) -> None:
    """Write one number in USD a line, one for each quote; a lower bound is noted on stderr.

    Raises UsageError if a quote has no such total.
    """
    amounts = [amount for quoted in quotes if (amount := TOTALS[name](quoted)) is not None]
    if len(amounts) < len(quotes):
        missing, reason = NEEDED[name]
        raise UsageError("E-TOTAL", f"no total {name}: {reason}", f"use {missing}")
    text = "".join(f"{format_exact(amount)}\n" for amount in amounts)
    write_output(text, destination.path, force=destination.force)
    if any(_is_lower_bound(quoted, name) for quoted in quotes):
        labels = labels_of(line for quoted in quotes for line in quoted.unpriced)
        complain(f"note: at least this amount; no price is published for {labels}")


def _is_lower_bound(quoted: Quote, name: str) -> bool:
    match name:
        case "due_now":
            return quoted.due_now_at_least
        case "first_year":
            return quoted.at_least
        case "one_time":
            return lacks_a_rate(quoted.one_time)
    return lacks_a_rate(quoted.lines)


def _reject_outside(scenario: Scenario, folder: str) -> None:
    """Raise UsageError for a rate card that a scenario in `folder` may not name."""
    if scenario.origins.get("rates") == ENVIRONMENT:
        return
    for path in scenario.rates:
        if os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).startswith(os.pardir):
            message = f"--rates {as_typed(path)} is outside the folder of the scenario"
            hint = "save the scenario in a folder above it, or give --rates only with --from"
            raise UsageError("E-PATH", message, hint)
