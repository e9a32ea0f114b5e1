"""Prorations: what is due now above what is due each month, as a table and as JSON."""

from collections.abc import Iterator

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Proration
from aloware_cli.render.console import TextTarget
from aloware_cli.render.rows import Row, amount_row, prorated_row
from aloware_cli.render.table import table_of


def proration_table(proration: Proration, screen: TextTarget) -> str:
    """Return `proration` as a table for `screen`."""
    title = f"Aloware {proration.card.plan}, monthly term, in {proration.currency}"
    return table_of(title, list(_blocks(proration)), proration.notes, screen)


def _blocks(proration: Proration) -> Iterator[list[Row]]:
    invoice = proration.invoice
    yield [
        Row(f"Added on {invoice.start}", "Quantity x price", ("Once",), is_sum=True),
        *map(prorated_row, invoice.lines),
        Row("Due now", "", (format_display(invoice.total),), is_sum=True),
    ]
    yield [
        Row(f"From {invoice.next_date}", "Quantity x price", ("Monthly",), is_sum=True),
        *map(amount_row, proration.lines),
        Row("Each month", "", (format_display(invoice.next_amount),), is_sum=True),
    ]
