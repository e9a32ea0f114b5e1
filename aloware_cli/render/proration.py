"""Prorations: what is due now above what is due each month, as a table and as JSON."""

from collections.abc import Iterator

from aloware_cli.domain.money import grouped, plain
from aloware_cli.domain.proration import Proration
from aloware_cli.render.console import Screen
from aloware_cli.render.json import Object, card_object, prorated_object
from aloware_cli.render.rows import Row, amount_row, prorated_row
from aloware_cli.render.table import table_of


def proration_table(proration: Proration, screen: Screen) -> str:
    """Return `proration` as a table for `screen`."""
    title = f"Aloware {proration.card.plan}, monthly term, in {proration.currency}"
    return table_of(title, list(_blocks(proration)), proration.notes, screen)


def _blocks(proration: Proration) -> Iterator[list[Row]]:
    invoice = proration.invoice
    yield [
        Row(f"Added on {invoice.start}", "Quantity x price", ("Once",), is_sum=True),
        *map(prorated_row, invoice.lines),
        Row("Due now", "", (grouped(invoice.total),), is_sum=True),
    ]
    yield [
        Row(f"From {invoice.next_date}", "Quantity x price", ("Monthly",), is_sum=True),
        *map(amount_row, proration.lines),
        Row("Each month", "", (grouped(invoice.next_amount),), is_sum=True),
    ]


def proration_document(proration: Proration) -> Object:
    """Return `proration` as the keys and strings of `aloware.proration/1`."""
    invoice = proration.invoice
    return {
        "schema": "aloware.proration/1",
        "plan": proration.card.plan,
        "on": invoice.start,
        "period_end": invoice.period_end,
        "days": str(invoice.days),
        "days_in_month": str(invoice.days_in_month),
        "lines": [prorated_object(line) for line in invoice.lines],
        "due_now": plain(invoice.total),
        "per_month": plain(invoice.next_amount),
        "notes": list(proration.notes),
        "rate_card": card_object(proration.card),
    }
