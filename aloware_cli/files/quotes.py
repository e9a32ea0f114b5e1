"""Saved quotes: a file of `aloware.quote/1` back to the quote that it was written from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from aloware_cli.domain.card import CardIdentity
from aloware_cli.domain.charge import Charge
from aloware_cli.domain.credits import Credits
from aloware_cli.domain.details import Details, read_name, read_note, read_validity
from aloware_cli.domain.fault import Fault
from aloware_cli.domain.fingerprint import Fingerprint
from aloware_cli.domain.invoice import FirstInvoice, ProratedLine
from aloware_cli.domain.pass_through import PassThrough
from aloware_cli.domain.quote import Line, Quote
from aloware_cli.domain.spelling import shown
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.file import name_to_show, read_bytes
from aloware_cli.files.inputs import read_inputs
from aloware_cli.files.json import MOST_BYTES, read_json
from aloware_cli.files.quote_lines import read_citation, read_line
from aloware_cli.files.saved import Saved
from aloware_cli.files.sums import differences, refuse_wrong_sums

SCHEMA: Final = "aloware.quote/1"


def load_quote(path: str, written: Callable[[Quote], Mapping[str, object]]) -> Quote:
    """Return the quote in the file at `path`, or on standard input for `-`.

    `written` gives the document that is written of a quote: the file must hold
    just that, its hash too, in any order and layout. Raises DataError for a file
    that cannot be read, FaultyFiles with all that is wrong in it.
    """
    return read_quote(read_bytes(path, MOST_BYTES), name_to_show(path), written)


def read_quote(
    content: bytes, name: str, written: Callable[[Quote], Mapping[str, object]]
) -> Quote:
    """Return the quote in `content`, which the file `name` holds; see `load_quote`."""
    root, faults = read_json(content, name)
    _stop_with(faults)
    document = Saved(root, "", faults)
    _refuse_other_forms(document)
    _stop_with(faults)
    quote = _read(document)
    _stop_with(faults)
    refuse_wrong_sums(document, quote)
    faults.extend(differences(root, written(quote), ""))
    _stop_with(faults)
    return quote


def _stop_with(faults: list[Fault]) -> None:
    if faults:
        raise FaultyFiles(faults)


def _refuse_other_forms(document: Saved) -> None:
    schema = document.text("schema")
    if schema and schema != SCHEMA:
        problem = f"{shown(schema)} cannot be opened"
        document.refuse("schema", problem, f"give a quote, {SCHEMA}: aloware quote --format json")


def _read(document: Saved) -> Quote:
    lines = tuple(read_line(line, one_time=False) for line in document.objects("lines"))
    order = read_inputs(document.object("inputs"))
    tool = document.object("tool")
    return Quote(
        card=_read_card(document.object("rate_card")),
        currency=document.choice("currency", ("USD",)),
        order=order._replace(
            details=document.maybe("document", lambda key: _read_details(document.object(key)))
        ),
        lines=lines,
        one_time=tuple(read_line(line, one_time=True) for line in document.objects("one_time")),
        notes=document.texts("notes"),
        first_invoice=document.maybe(
            "first_invoice", lambda key: _read_invoice(document.object(key), lines)
        ),
        pass_through=document.maybe("pass_through", lambda key: _read_fees(document.object(key))),
        credits=document.maybe(
            "credits", lambda key: _read_credits(document.object(key), order.start)
        ),
        version=tool.text("version"),
    )


def _read_card(card: Saved) -> CardIdentity:
    return CardIdentity(
        plan=card.text("plan"),
        effective_from=card.maybe("effective_from", card.date),
        oldest_read_on=card.maybe("oldest_read_on", card.date),
        fingerprint=Fingerprint(b"", card.sha256("sha256")),
    )


def _read_details(details: Saved) -> Details:
    def name(key: str) -> str:
        return details.value(key, "write a text", read_name, "")

    return Details(
        prospect=details.maybe("prospect", name),
        contact=details.maybe("contact", name),
        prepared_by=details.maybe("prepared_by", name),
        number=details.maybe("number", name),
        issued=details.maybe("issued", details.date),
        valid_days=details.maybe(
            "valid_days", lambda key: details.value(key, "write 30", read_validity, 1)
        ),
        note=details.maybe("note", lambda key: details.value(key, "write a text", read_note, "")),
    )


def _read_fees(fees: Saved) -> PassThrough:
    return PassThrough(
        segments=fees.count("segments"),
        low_fee=fees.unit_price("low_fee"),
        high_fee=fees.unit_price("high_fee"),
        basis=fees.text("basis"),
        sources=tuple(map(read_citation, fees.objects("sources"))),
    )


def _read_credits(credits: Saved, start: str | None) -> Credits:
    return Credits(
        balance=credits.price("balance"),
        monthly_usage=credits.number("monthly_usage"),
        carrier_fees=credits.number("carrier_fees"),
        at_most=credits.truth("at_most"),
        start=start,
    )


def _read_invoice(invoice: Saved, lines: Iterable[Line]) -> FirstInvoice:
    charges = {line.charge.key: line.charge for line in lines}
    following = invoice.object("next_invoice")
    faults_before = len(invoice.faults)
    days, days_in_month = invoice.count("days"), invoice.count("days_in_month")
    sound = invoice.whole and len(invoice.faults) == faults_before
    if sound and not 1 <= days <= days_in_month:
        invoice.refuse("days", "are more than the month has, or none", "write 1 up to its days")
    return FirstInvoice(
        start=invoice.date("start"),
        period_end=invoice.date("period_end"),
        days=days,
        days_in_month=days_in_month,
        lines=tuple(
            prorated
            for line in invoice.objects("lines")
            for prorated in _read_prorated(line, charges, days, days_in_month)
        ),
        next_date=following.day("date"),
        next_amount=following.number("amount"),
    )


def _read_prorated(
    line: Saved, charges: Mapping[str, Charge], days: int, days_in_month: int
) -> Iterator[ProratedLine]:
    """Yield the line of a first invoice, if the quote has a line for its charge."""
    key = line.text("charge")
    if not key:  # it is refused already
        return
    if key not in charges:
        line.refuse("charge", "no line of the quote is for it", f"known here: {', '.join(charges)}")
        return
    yield ProratedLine(
        charge=charges[key],
        unit_price=line.unit_price("unit_price"),
        quantity=line.count("quantity"),
        days=days,
        days_in_month=days_in_month,
    )
