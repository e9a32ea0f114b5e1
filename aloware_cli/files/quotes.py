"""Saved quotes: a file of `aloware.quote/1` back to the quote that it was written from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from aloware_cli.domain.cards import CardIdentity, Fingerprint
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.customer import Details, read_name, read_note, read_validity
from aloware_cli.domain.problems import Problem, quoted
from aloware_cli.domain.quotes import CarrierFees, Credits, FirstInvoice, Line, ProratedLine, Quote
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.file import name_to_show, read_bytes
from aloware_cli.files.inputs import read_inputs
from aloware_cli.files.json import MAX_BYTES, read_json
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
    return read_quote(read_bytes(path, MAX_BYTES), name_to_show(path), written)


def read_quote(
    content: bytes, name: str, written: Callable[[Quote], Mapping[str, object]]
) -> Quote:
    """Return the quote in `content`, which the file `name` holds; see `load_quote`."""
    root, problems = read_json(content, name)
    _stop_with(problems)
    document = Saved(root, "", problems)
    _refuse_other_forms(document)
    _stop_with(problems)
    quote = _read(document)
    _stop_with(problems)
    refuse_wrong_sums(document, quote)
    problems.extend(differences(root, written(quote), ""))
    _stop_with(problems)
    return quote


def _stop_with(problems: list[Problem]) -> None:
    if problems:
        raise FaultyFiles(problems)


def _refuse_other_forms(document: Saved) -> None:
    schema = document.text("schema")
    if schema and schema != SCHEMA:
        message = f"{quoted(schema)} cannot be opened"
        document.refuse("schema", message, f"give a quote, {SCHEMA}: aloware quote --format json")


def _read(document: Saved) -> Quote:
    lines = tuple(read_line(line, one_time=False) for line in document.objects("lines"))
    order = read_inputs(document.object("inputs"))
    tool = document.object("tool")
    return Quote(
        card=_read_card(document.object("rate_card")),
        currency=document.choice("currency", ("USD",)),
        order=order._replace(
            details=document.optional("document", lambda key: _read_details(document.object(key)))
        ),
        lines=lines,
        one_time=tuple(read_line(line, one_time=True) for line in document.objects("one_time")),
        notes=document.texts("notes"),
        first_invoice=document.optional(
            "first_invoice", lambda key: _read_invoice(document.object(key), lines)
        ),
        carrier_fees=document.optional(
            "carrier_fees", lambda key: _read_fees(document.object(key))
        ),
        credits=document.optional(
            "credits", lambda key: _read_credits(document.object(key), order.start)
        ),
        version=tool.text("version"),
    )


def _read_card(card: Saved) -> CardIdentity:
    return CardIdentity(
        plan=card.text("plan"),
        effective_from=card.optional("effective_from", card.date),
        oldest_read_on=card.optional("oldest_read_on", card.date),
        fingerprint=Fingerprint(b"", card.sha256("sha256")),
    )


def _read_details(details: Saved) -> Details:
    def name(key: str) -> str:
        return details.value(key, "write a text", read_name, "")

    return Details(
        prospect=details.optional("prospect", name),
        contact=details.optional("contact", name),
        prepared_by=details.optional("prepared_by", name),
        number=details.optional("number", name),
        issued=details.optional("issued", details.date),
        valid_days=details.optional(
            "valid_days", lambda key: details.value(key, "write 30", read_validity, 1)
        ),
        note=details.optional(
            "note", lambda key: details.value(key, "write a text", read_note, "")
        ),
    )


def _read_fees(fees: Saved) -> CarrierFees:
    return CarrierFees(
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
        at_most=credits.boolean("at_most"),
        start=start,
    )


def _read_invoice(invoice: Saved, lines: Iterable[Line]) -> FirstInvoice:
    charges = {line.charge.key: line.charge for line in lines}
    following = invoice.object("next_invoice")
    problems_before = len(invoice.problems)
    days, days_in_month = invoice.count("days"), invoice.count("days_in_month")
    sound = invoice.whole and len(invoice.problems) == problems_before
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
