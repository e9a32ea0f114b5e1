"""`aloware quote`: one plan priced, monthly, quarterly and annual side by side."""

from decimal import Decimal
from typing import Annotated

import typer

from aloware_cli.commands.forms import (
    FORM_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    form_for,
)
from aloware_cli.commands.names import find_plan
from aloware_cli.commands.options import PricingOptions, amount, takes_pricing_options
from aloware_cli.commands.orders import order_on
from aloware_cli.commands.unpublished import refuse_unpriced
from aloware_cli.domain.money import grouped, plain
from aloware_cli.domain.periods import Period
from aloware_cli.domain.quote import Quote
from aloware_cli.errors import NegativeAnswer, RequestError, UnpublishedRate
from aloware_cli.files.output import write_output
from aloware_cli.pricing.price import price


@takes_pricing_options
def quote(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="iPro, uPro or xPro, in any case.")],
    options: PricingOptions,
    format: Annotated[TableOrJson | None, FORM_OPTION] = None,
    total: Annotated[
        Period | None, typer.Option(help="Print that one number and nothing else.")
    ] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Working, rule, reason and source of each line.")
    ] = False,
    fail_over: Annotated[
        Decimal | None,
        typer.Option(parser=amount, metavar="AMOUNT", help="Exit 1 above this monthly total."),
    ] = None,
) -> None:
    """Price one plan: monthly, quarterly and annual, with one-time fees apart.

    For example: aloware quote upro --agents 3 --numbers 10 --sms 10000
    """
    form = form_for(format, output, TABLE_OR_JSON)
    if total and (format or explain):
        raise RequestError("--total prints one number", "Leave out --format and --explain.")
    book = options.load()
    card = find_plan(plan, book)
    quoted = price(card, order_on(options, card, book))
    if not options.allow_unpriced:
        refuse_unpriced(quoted, card)
    write_output(
        _one_number(quoted, total) if total else _drawn(quoted, form, explain, output), output
    )
    if fail_over is not None:
        _gate(quoted, fail_over)


def _drawn(quoted: Quote, form: TableOrJson, explain: bool, output: str | None) -> str:
    if form == "json":
        from aloware_cli.render.json import quote_document, to_json

        return to_json(quote_document(quoted))
    from aloware_cli.render.console import screen_of_file, screen_of_stdout
    from aloware_cli.render.table import explained_table, quote_table

    table = explained_table if explain else quote_table
    return table(quoted, screen_of_file() if output else screen_of_stdout())


def _one_number(quoted: Quote, period: Period) -> str:
    number = plain(getattr(quoted.totals, period))
    return f"at least {number}\n" if quoted.at_least else f"{number}\n"


def _gate(quoted: Quote, limit: Decimal) -> None:
    """Raise unless the monthly total is known to stay within `limit`."""
    monthly = quoted.totals.monthly
    if monthly > limit:
        least = "at least " if quoted.at_least else ""
        raise NegativeAnswer(
            f"The monthly total is {least}{grouped(monthly)}, over {grouped(limit)}"
        )
    if quoted.at_least:
        raise UnpublishedRate(
            f"the monthly total may be over {grouped(limit)}: a rate is not published",
            "Supply it with --rate to decide.",
        )
