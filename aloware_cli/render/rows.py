"""Rows: what a quote's table says, before anything is laid out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aloware_cli.domain.charges import CATEGORIES, Category
from aloware_cli.domain.money import format_display
from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.sources import Citation
from aloware_cli.render.words import (
    SUBTOTALS,
    UNKNOWN,
    cited,
    coverage_of,
    days_in_words,
    result_of,
    sum_label,
)

if TYPE_CHECKING:
    from aloware_cli.domain.cards import Model
    from aloware_cli.domain.quotes import CarrierFees, Credits, FirstInvoice, ProratedLine


class Row(NamedTuple):
    """One row: a label, how its figures come about, and the figures."""

    label: str
    working: str
    figures: tuple[str, ...]
    is_sum: bool = False
    #: Why, in sentences, for those who ask.
    explanation: tuple[str, ...] = ()


def heading() -> Row:
    """Return the row above all others."""
    return Row("", "Quantity x price", ("Monthly", "Quarterly", "Annual"), is_sum=True)


def recurring_blocks(quote: Quote) -> Iterator[list[Row]]:
    """Yield the rows of each category with its subtotal, then the total."""
    for category in CATEGORIES:
        lines = quote.lines_of(category)
        if lines:
            yield [*map(_recurring, lines), _subtotal(quote, category)]
    yield [Row(sum_label("Total", quote.lines), "", _figures(quote.totals), is_sum=True)]


def one_time_block(quote: Quote) -> list[Row]:
    """Return the rows of the fees that are paid once, under a heading of their own."""
    return [
        Row("One-time fees", "Quantity x price", ("Once",), is_sum=True),
        *map(_paid_once, quote.one_time),
        Row(
            sum_label("Total", quote.one_time),
            "",
            (format_display(quote.one_time_total),),
            is_sum=True,
        ),
        Row(
            sum_label("Due in the first year", quote.unpriced),
            "",
            (format_display(quote.first_year),),
            is_sum=True,
        ),
    ]


def carrier_fees_block(fees: "CarrierFees") -> list[Row]:
    """Return the rows of the carrier fees, which stand outside the totals."""
    why = tuple(sentence for citation in fees.sources for sentence in _on_whose_word(citation))
    low = Row("Carrier fees", _fee_working(fees, fees.low_fee), _figures(fees.low))
    if fees.low == fees.high:
        return [low._replace(explanation=why)]
    up_to = Row("up to", _fee_working(fees, fees.high_fee), _figures(fees.high), explanation=why)
    return [low._replace(label="Carrier fees, from"), up_to]


def _fee_working(fees: "CarrierFees", fee: Decimal) -> str:
    return f"{fees.segments:,} x {format_display(fee)}"


def credits_block(credits: "Credits") -> list[Row]:
    """Return the rows of a prepaid balance, and how long it lasts where something is drawn."""
    from aloware_cli.domain.quotes import DAYS_PER_MONTH

    least, most = (", at least", ", at most") if credits.at_most else ("", "")
    balance, load = format_display(credits.balance), format_display(credits.to_load)
    parts = f"{format_display(credits.monthly_usage)} + {format_display(credits.carrier_fees)}"
    rows = [
        Row("Prepaid credits", "", (balance,)),
        Row(f"To load{least}", parts if credits.carrier_fees else "", (load,)),
    ]
    if credits.days is None:
        return rows
    working = f"{balance} x {DAYS_PER_MONTH} / {load}"
    return [*rows, Row(f"Lasts{most}", working, (days_in_words(credits.days),), is_sum=True)]


def first_invoice_block(quote: Quote, invoice: "FirstInvoice") -> list[Row]:
    """Return the rows of what is due for the rest of the first month."""
    least = ", at least" if quote.invoices_at_least else ""
    days = f"{invoice.days}/{invoice.days_in_month}"
    return [
        Row(f"First invoice, {invoice.start}", "Quantity x price", ("Once",), is_sum=True),
        *(
            prorated_row(line)._replace(
                explanation=(_prorated(line, days),),
            )
            for line in invoice.lines
        ),
        Row(f"Due at the start{least}", "", (format_display(invoice.total),), is_sum=True),
    ]


def _prorated(line: "ProratedLine", days: str) -> str:
    each = format_display(line.prorated_unit)
    return f"{format_display(line.unit_price)} x {days} = {each} each"


def prorated_row(line: "ProratedLine") -> Row:
    """Return the row of a charge for the days that remain of a month."""
    working = f"{line.quantity:,} x {format_display(line.prorated_unit)}"
    return Row(line.charge.label, working, (format_display(line.amount),))


def amount_row(line: Line) -> Row:
    """Return the row of a line with one figure: a month, or once for a fee paid once."""
    figure = UNKNOWN[0] if line.amount is None else format_display(line.amount)
    return Row(line.charge.label, _working(line), (figure,))


def _recurring(line: Line) -> Row:
    figures = UNKNOWN if line.amounts is None else _figures(line.amounts)
    return Row(line.charge.label, _working(line), figures, explanation=_explanation(line))


def _paid_once(line: Line) -> Row:
    return amount_row(line)._replace(explanation=_explanation(line))


def _subtotal(quote: Quote, category: Category) -> Row:
    label = sum_label(SUBTOTALS[category], quote.lines_of(category))
    return Row(label, "", _figures(quote.subtotal(category)), is_sum=True)


def _figures(amounts: Amounts) -> tuple[str, ...]:
    return tuple(format_display(amount) for amount in amounts)


def _working(line: Line) -> str:
    quantity = f"{line.quantity:,}"
    if line.amount is None:
        return f"{quantity} x not published"
    if line.status == "included":
        return f"{quantity} included"
    if line.allowance:
        quantity = f"({quantity} - {line.allowance:,})"
    mark = " supplied" if line.status == "supplied" else ""
    less = "" if line.rate.discount is None else f" less {line.rate.discount:f}%"
    if line.rate.model:
        return f"{quantity}, {_modelled(line, line.rate.model)}{less}"
    return f"{quantity} x {format_display(line.parts[0].price)}{mark}{less}"


def _modelled(line: Line, model: "Model") -> str:
    """Write what a charge model made of a quantity, in the little room of a table."""
    if len(line.parts) > 1:
        return f"in {len(line.parts)} slices"
    quantity, price = line.parts[0]
    match model.name:
        case "flat":
            return f"flat {format_display(price)}"
        case "package":
            return f"{quantity:,} x {format_display(price)} for {model.block:,}"
    return f"all x {format_display(price)}"


def _explanation(line: Line) -> tuple[str, ...]:
    """Say how the figure comes about, why, and on whose word."""
    return (
        result_of(line),
        *coverage_of(line.charge),
        line.reason,
        *_on_whose_word(line.rate.citation),
    )


def _on_whose_word(citation: Citation) -> tuple[str, ...]:
    url = citation.source.url
    return (cited(citation), url) if url else (cited(citation),)
