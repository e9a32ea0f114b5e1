"""The pricer: rows in, what each costs out, by the functions that price a quote.

A row becomes a scenario and an order as options do, and `price_lines` prices it. Most rows need
less: rows with the same plan and settings share a context, whose prices are prepared once. The
quantities of each column are then multiplied together, by the function that multiplies in quotes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial, reduce
from itertools import repeat
from operator import add, getitem
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.batch.columns import PLAN, Layout
from aloware_cli.batch.rows import Header, RowFormat
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.money import CENT, format_exact, read_quantities
from aloware_cli.domain.periods import amounts_of
from aloware_cli.domain.problems import Location, Problem, display_key
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.files.scenarios import read_row
from aloware_cli.pricing.compare import rank_plans, ranks
from aloware_cli.pricing.orders import build_nonempty_order, build_order, find_card
from aloware_cli.pricing.price import amount_of, price_lines
from aloware_cli.render.csv import raw_csv
from aloware_cli.render.words import over_limit

Column: TypeAlias = Sequence[str]
#: Rows by status, problems, and the cents of the rows that have amounts.
Tally: TypeAlias = Counter[str]

#: The plan of rows that are priced on every plan; the result is the cheapest.
EVERY_PLAN: Final = "all"
#: Contexts that are remembered.
MAX_CONTEXTS: Final = 256
#: What a cent a month costs in each period.
MONTH, QUARTER, YEAR = amounts_of(CENT)


class Request(NamedTuple):
    """What the rows of a file are priced with, and how they are written."""

    file: str  #: As messages show it
    catalog: Catalog
    scenario: Scenario  #: What holds unless a cell overrides it
    plan: str  #: The plan of rows without one, or `all`; empty if each row must name its own
    limit: Decimal | None = None  #: USD a month; rows over it are reported
    rows: RowFormat = "csv"
    as_csv: bool = True  #: Whether the results are CSV; otherwise they are JSON lines
    compare: bool = False  #: Whether every plan is priced, whatever a row names
    lines: bool = False  #: Whether each line item has a row of its own
    raw: bool = False  #: Whether cells may start as a formula does
    header: Header = Header()


class Outcome(NamedTuple):
    """What became of one row that needs a quote, or that cannot be priced."""

    status: Literal["ok", "unpriced", "error"]
    plan: str = ""
    quote: Quote | None = None  #: None without amounts
    error: str = ""  #: What is missing, or wrong
    problems: Sequence[Problem] = ()
    is_over: bool = False  #: Whether the monthly total is over the limit


class PricingContext(NamedTuple):
    """What rows on one plan with the same settings have in common."""

    frame: tuple[str, str]  #: The CSV of a result before and after its amounts per period
    one_time: int  #: Cents that every such row costs once
    monthly: int  #: Cents that every such row costs per month
    #: In the order of the layout's quantities: what an empty cell means, and what quantities cost
    #: per month, in cents.
    empty: Sequence[str]
    cents: Sequence[Callable[[Iterable[int]], list[int]]]

    def price(self, columns: Sequence[Column], rows: int) -> list[int]:
        """Return the cents per month of `rows` rows with these quantities.

        Raises ValueError if a cell is not a quantity, or if it has no published price.
        """
        amounts: list[Iterable[int]] = [repeat(self.monthly, rows)]
        for cells, empty, cents in zip(columns, self.empty, self.cents, strict=True):
            filled = [cell or empty for cell in cells] if "" in cells else cells
            amounts.append(cents(read_quantities(filled)))
        return list(reduce(partial(map, add), amounts))


class RowPricer:
    """Prices the rows of one layout."""

    def __init__(self, request: Request, layout: Layout, tally: Tally) -> None:
        """Price rows of `layout` as `request` says, and add them to `tally`."""
        self.layout = layout
        self._request = request
        self._tally = tally
        self._contexts: dict[Hashable, Sequence[PricingContext]] = {}

    def price(self, columns: Sequence[Column], lines: Sequence[int]) -> list[str | Outcome]:
        """Return the result of each row, whose cells are in `columns`, on those `lines`.

        That is its CSV for a row that a context prices, and the outcome of a row that needs more.
        """
        settings = [columns[self.layout.keys[key]] for key in self.layout.settings]
        keys: Iterable[Hashable] = zip(*settings, strict=True)
        if len(settings) < 2:  # noqa: PLR2004  none, or one whose cells are the keys
            keys = settings[0] if settings else [()] * len(lines)
        alike = defaultdict[Hashable, list[int]](list)
        for row, key in enumerate(keys):
            alike[key].append(row)
        results: list[str | Outcome] = [""] * len(lines)
        for key, rows in alike.items():
            found = self._price_alike(self._contexts_of(key), rows, columns, lines)
            for row, result in zip(rows, found, strict=True):
                results[row] = result
        return results

    def _price_alike(
        self,
        contexts: Sequence[PricingContext],
        rows: Sequence[int],
        columns: Sequence[Column],
        lines: Sequence[int],
    ) -> Sequence[str | Outcome]:
        """Return the results of `rows`, which have the same settings.

        Rows among which one needs more are halved until it is alone.
        """
        if contexts:
            used = [columns[index] for index in self.layout.quantities.values()]
            cells = [list(map(column.__getitem__, rows)) for column in used]
            try:
                return self._price_together(contexts, cells, len(rows))
            except ValueError:
                if half := len(rows) // 2:
                    first = self._price_alike(contexts, rows[:half], columns, lines)
                    return [*first, *self._price_alike(contexts, rows[half:], columns, lines)]
        return [self.price_row([column[row] for column in columns], lines[row]) for row in rows]

    def _price_together(
        self, contexts: Sequence[PricingContext], columns: Sequence[Column], rows: int
    ) -> list[str]:
        """Return the CSV of the results of rows; ValueError if one of them needs more."""
        totals = [context.price(columns, rows) for context in contexts]
        monthly, one_time = totals[0], rows * contexts[0].one_time
        frames: Iterable[tuple[str, str]] = repeat(contexts[0].frame, rows)
        if len(contexts) > 1:
            best = [ranks(each).index(1) for each in zip(*totals, strict=True)]
            monthly = list(map(getitem, zip(*totals, strict=True), best))
            frames = [contexts[plan].frame for plan in best]
            one_time = sum(contexts[plan].one_time for plan in best)
        limit = self._request.limit
        if 0 in monthly or (limit is not None and max(monthly) > in_cents(limit)):
            raise ValueError  # perhaps there is nothing to price, or a row is to be reported
        self._tally.update(ok=rows, monthly=sum(monthly), one_time=one_time)
        # `str` writes whole cents as `format_exact` does, in a third of the time.
        return [
            f"{start}{MONTH * cents!s},{QUARTER * cents!s},{YEAR * cents!s},{end}"
            for (start, end), cents in zip(frames, monthly, strict=True)
        ]

    def _contexts_of(self, key: Hashable) -> Sequence[PricingContext]:
        """Return a context for each plan of rows with the settings `key`; none if they need more.

        The contexts are made once.
        """
        if key not in self._contexts:
            if len(self._contexts) >= MAX_CONTEXTS:
                self._contexts.clear()
            cells = key if isinstance(key, tuple) else (key,)
            row = dict(zip(self.layout.settings, cells, strict=True))
            try:
                scenario, cards = self._read(row, Location(self._request.file, 0))
                is_open = leaves_plan_open(row.get(PLAN, PLAN))  # its cell is replaced
                contexts = [] if is_open else [self._context(card, scenario) for card in cards]
            except (ValueError, ValidationError):
                contexts = []
            self._contexts[key] = contexts
        return self._contexts[key]

    def _context(self, card: RateCard, scenario: Scenario) -> PricingContext:
        """Return the context of `scenario`; ValueError if its rows need more."""
        order = build_order(scenario, card, self._request.catalog)
        quote = price_lines(card, order)
        if quote.at_least or any(rate.allowance for rate in card.rates.values()):
            raise ValueError
        given = [order.quantities.get(key, 0) for key in self.layout.quantities]
        cents = [amount_of(key, card, order) for key in self.layout.quantities]
        counted = sum(each([quantity])[0] for each, quantity in zip(cents, given, strict=True))
        lead = [] if PLAN in self.layout.keys else [card.plan]
        return PricingContext(
            frame=(raw_csv([[*lead, "ok", ""]])[:-1], f"{format_exact(quote.one_time_total)},"),
            one_time=in_cents(quote.one_time_total),
            monthly=in_cents(quote.totals.monthly) - counted,
            empty=list(map(str, given)),
            cents=cents,
        )

    def price_row(self, cells: Sequence[str], line: int) -> Outcome:
        """Return the outcome of the row `cells` on `line`, from its quotes."""
        limit = self._request.limit
        try:
            quotes = self.quotes_of(cells, line)
        except ValidationError as error:
            outcome = failed(error.problems)
        else:
            outcome = outcome_of(quotes, bounds=self._request.scenario.allow_unpriced)
        quote = outcome.quote
        if limit is not None and quote and (message := over_limit(quote, limit)):
            problem = Problem("", message, "", Location(self._request.file, line))
            outcome = outcome._replace(problems=(*outcome.problems, problem), is_over=True)
        count_row(outcome, self._tally)
        return outcome

    def quotes_of(self, cells: Sequence[str], line: int) -> list[Quote]:
        """Return the quote of the row `cells` on each of its plans.

        Raises ValidationError with the columns that have a problem.
        """
        location = Location(self._request.file, line)
        row = {key: cells[index] for key, index in self.layout.keys.items()}
        try:
            scenario, cards = self._read(row, location)
            orders = [build_nonempty_order(scenario, card, self._request.catalog) for card in cards]
        except ValidationError as error:
            named = [self._named(each, location) for each in error.problems]
            raise ValidationError(named) from error
        return list(map(price_lines, cards, orders))

    def _read(
        self, row: Mapping[str, str], location: Location
    ) -> tuple[Scenario, Sequence[RateCard]]:
        """Return the scenario of `row`, and the cards of its plans; raises ValidationError."""
        problems, catalog = list[Problem](), self._request.catalog
        texts = {key: text for key, text in row.items() if key != PLAN}
        scenario = read_row(texts, location, problems).merged_over(self._request.scenario)
        plan = row.get(PLAN) or self._request.plan
        if plan.casefold() == EVERY_PLAN:
            cards = list(catalog.cards.values())
        elif isinstance(found := find_card(plan, catalog), RateCard):
            cards = [found]
        elif plan:
            problems.insert(0, found._replace(location=location))
        else:
            hint = f"name {' or '.join(catalog.cards)}, or use --plan"
            problems.insert(0, Problem("E-PLAN", "no plan given", hint, location, PLAN))
        if problems:
            raise ValidationError(problems)
        return scenario, cards

    def _named(self, problem: Problem, location: Location) -> Problem:
        """Return `problem` with its column, or with the option that the row contradicts."""
        index = self.layout.keys.get(problem.path)
        path = problem.path if index is None else display_key(self.layout.names[index])
        if isinstance(problem.location, str):
            path = problem.location
        return problem._replace(location=location, path=path)


def leaves_plan_open(cell: str) -> bool:
    """Return whether the cell of a plan leaves open which plan is priced."""
    return not cell or cell.casefold() == EVERY_PLAN


def in_cents(amount: Decimal) -> int:
    """Return an amount (USD) in whole cents."""
    return int(amount / CENT)


def count_row(outcome: Outcome, tally: Tally) -> None:
    """Add `outcome` to `tally`."""
    tally.update({outcome.status: 1, "problems": len(outcome.problems), "over": outcome.is_over})
    if quote := outcome.quote:
        monthly, once = in_cents(quote.totals.monthly), in_cents(quote.one_time_total)
        tally.update(monthly=monthly, one_time=once)


def failed(problems: Sequence[Problem]) -> Outcome:
    """Return the outcome of a row with `problems`."""
    error = " | ".join(str(problem._replace(location=None)) for problem in problems)
    return Outcome("error", error=error, problems=problems)


def outcome_of(quotes: Sequence[Quote], *, bounds: bool) -> Outcome:
    """Return the outcome of a row from its quotes, one for each plan.

    The cheapest plan counts; of plans that cost the same, the first. If a price is missing that
    the amounts or the choice depend on, there are no amounts, unless lower `bounds` are wanted.
    """
    compared = rank_plans(quotes)
    best = compared.first[0].quote if compared.first else None
    unsettled = [each.quote for each in compared.unranked if not each.ruled_out]
    if not unsettled:
        return Outcome("ok", best.plan if best else "", best)
    error = f"{'; '.join(map(_missing, unsettled))}  [E-UNPUBLISHED]"
    if best:
        others = " and ".join(quote.plan for quote in unsettled)
        error = f"{best.plan} is the cheapest, but {others} may cost less: {error}"
    only = quotes[0] if len(quotes) == 1 else None
    if bounds and (quote := best or only):
        return Outcome("unpriced", quote.plan, quote, error)
    return Outcome("unpriced", only.plan if only else "", None, error)


def _missing(quote: Quote) -> str:
    labels = dict.fromkeys(in_sentence(line.charge.label) for line in quote.unpriced)
    return f"no published price for {', '.join(labels)} on {quote.plan}, {quote.term} term"
