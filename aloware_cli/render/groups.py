"""Plan groups as sections: the items and the sum of each group, then the sums of the proposal."""

from collections.abc import Iterable, Iterator

from aloware_cli.domain.charges import in_sentence
from aloware_cli.domain.money import ZERO
from aloware_cli.domain.quotes import PlanGroup, Quote, total_of
from aloware_cli.render.quotes import (
    RECURRING,
    carrier_fees_section,
    first_invoice_section,
    line_row,
    quote_sections,
    sum_row,
)
from aloware_cli.render.sections import PERIODS, Amount, Row, Section


def group_sections(whole: Quote) -> Iterator[Section]:
    """Yield the sections of the proposal `whole`, in the order of those of a quote."""
    sums = {section.key: section for section in quote_sections(whole._replace(groups=()))}
    calculation = sums["total"].calculation if "total" in sums else ""
    of_groups = [each for group in whole.groups for each in _sections_of(group, calculation)]
    fees = [section for section in of_groups if section.key == "carrier_fees"]
    for key, section in sums.items():
        if key not in {"total", "credits", "carrier_fees"}:
            sums[key] = section._replace(
                title="", rows=tuple(row for row in section.rows if row.charge is None)
            )
    if fees:
        rows = tuple(_sums_of([row for section in fees for row in section.rows]))
        sums["carrier_fees"] = fees[0]._replace(title="", heading="", group="", rows=rows)
    for key, sum_key in (
        ("group", "total"),
        ("first_invoice", "first_invoice"),
        ("one_time", "one_time"),
        ("custom_one_time", "custom_one_time"),
        ("carrier_fees", "carrier_fees"),
    ):
        yield from (section for section in of_groups if section.key == key)
        if sum_key in sums:
            yield sums[sum_key]
    if "credits" in sums:
        yield sums["credits"]


def _sections_of(group: PlanGroup, calculation: str) -> Iterator[Section]:
    """Yield the sections of a group, each with a sum that the sums of the proposal add up."""
    quote = group.quote
    found: list[Section] = []
    if quote.lines:
        total = sum_row(f"{group.name} total", quote.lines, quote.totals, "subtotal")
        rows = (*map(line_row, quote.lines), total)
        found.append(Section("group", RECURRING, "", PERIODS, rows, calculation))
    if quote.first_invoice:
        section = first_invoice_section(quote.first_invoice, at_least=quote.invoices_at_least)
        *lines, _, _ = section.rows
        amount = Amount(quote.first_invoice.total, quote.invoices_at_least)
        total = Row(f"{group.name} first invoice", (amount,), level="subtotal")
        found.append(section._replace(rows=(*lines, total)))
    for section in quote_sections(quote):
        if section.key in {"one_time", "custom_one_time"}:
            rows = tuple(row for row in section.rows if row.charge)
            fees = tuple(row.line for row in rows if row.line)
            label = f"{group.name} {in_sentence(section.title)}"
            total = sum_row(label, fees, [total_of(fees)], "subtotal")
            found.append(section._replace(rows=(*rows, total)))
    if quote.carrier_fees and (quote.carrier_fees.segments or quote.carrier_fees.inbound):
        found.append(carrier_fees_section(quote.carrier_fees))
    for section in found:
        yield section._replace(title=group.title, heading=group.title, group=group.name)


def _sums_of(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the sums of the `rows` of each label."""
    by_label: dict[str, list[tuple[Amount, ...]]] = {}
    for row in rows:
        figures = tuple(cell for cell in row.figures if isinstance(cell, Amount))
        by_label.setdefault(row.label, []).append(figures)
    for label, found in by_label.items():
        sums = tuple(_sum(cells) for cells in zip(*found, strict=True))
        yield Row(label, sums, level="total")


def _sum(cells: tuple[Amount, ...]) -> Amount:
    values = [cell.value for cell in cells if cell.value is not None]
    at_least = any(cell.at_least or cell.value is None for cell in cells)
    return Amount(sum(values, ZERO) if values else None, at_least, is_total=True)
