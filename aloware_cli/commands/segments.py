"""`aloware segments`: encoding, segments and cost of a text message."""

from typing import Annotated, NamedTuple

import typer

from aloware_cli.cli.checks import reject_unknown_totals
from aloware_cli.cli.lookup import find_plan, load_catalog
from aloware_cli.cli.options import parameter, reads
from aloware_cli.cli.output import (
    FORCE_OPTION,
    FORMAT_OPTION,
    OUTPUT_OPTION,
    TABLE_OR_JSON,
    TableOrJson,
    emit,
    resolve,
)
from aloware_cli.cli.scenario import read_options, texts_for
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.messages import MAX_SEGMENTS, Message, SegmentCount, Sending
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Source
from aloware_cli.errors import CheckFailed, UsageError
from aloware_cli.files.file import STDIN, read_message
from aloware_cli.pricing.orders import build_nonempty_order
from aloware_cli.pricing.price import price
from aloware_cli.pricing.segments import count_segments, plain_form
from aloware_cli.render.result_documents import segments_document
from aloware_cli.render.segments import segments_report

EXAMPLE = "for example: aloware segments 'See you at 5'"
RECIPIENTS = "for example: --plan upro --recipients 1k"


class _Request(NamedTuple):
    """What to price a message with."""

    card: RateCard
    catalog: Catalog
    scenario: Scenario
    recipients: int


def segments(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="The message (- for stdin)")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Read the message from FILE; a final newline is ignored"),
    ] = None,
    recipients: Annotated[
        int | None,
        typer.Option(
            parser=reads("--recipients", read_quantity),
            metavar="N",
            help="Recipients of the message; with --plan",
        ),
    ] = None,
    plan: Annotated[
        str | None, typer.Option(metavar="PLAN", help="Plan to price with; with --recipients")
    ] = None,
    rate: parameter("rate") = None,  # type: ignore[valid-type]
    rates: parameter("rates") = None,  # type: ignore[valid-type]
    as_of: parameter("as_of") = None,  # type: ignore[valid-type]
    format: Annotated[TableOrJson | None, FORMAT_OPTION] = None,
    output: Annotated[str | None, OUTPUT_OPTION] = None,
    force: Annotated[bool, FORCE_OPTION] = False,
) -> None:
    """Count the segments of a text message and price it.

        aloware segments --file promo.txt --recipients 5000 --plan upro

    Exits 1 if the message has more segments than the vendor sends.
    """
    destination = resolve(format, output, TABLE_OR_JSON, force=force)
    if (plan is None) != (recipients is None) or (rate and plan is None):
        both = "--plan and --recipients"
        message = f"--rate requires {both}" if rate else f"{both} must be used together"
        raise UsageError("E-REQUIRES", message, RECIPIENTS)
    if recipients == 0:
        raise UsageError("E-EMPTY", "--recipients 0: nothing to price", RECIPIENTS)
    text = _read_text(text, file)
    scenario = read_options({"rate": rate, "rates": rates, "as_of": as_of})
    catalog = load_catalog(scenario)
    request = (
        _Request(find_plan(plan, catalog), catalog, scenario, recipients or 0) if plan else None
    )
    counted = _counted(text, catalog.sources.get("segments"), request)
    emit(counted, destination, report=segments_report, document=segments_document)
    _check(counted.message)


def _counted(text: str, source: Source | None, request: _Request | None) -> SegmentCount:
    """Return the segments of the message `text`, with their cost if `request` asks for it."""
    message = count_segments(text)
    plain = plain_form(message)
    sending = _priced(message, plain, request) if request else None
    return SegmentCount(message, plain, source, sending)


def _read_text(text: str | None, file: str | None) -> str:
    """Return the message of the command line, of a file or of stdin."""
    if (text is None) == (file is None):
        message = "give the message once: as TEXT, as - for stdin, or with --file"
        raise UsageError("E-REQUIRES", message, EXAMPLE)
    if text is None or text == STDIN:
        return read_message(STDIN if file is None else file)
    return _checked(text)


def _checked(text: str) -> str:
    if not text:
        raise UsageError("E-EMPTY", "the message is empty", EXAMPLE)
    try:
        text.encode()
    except UnicodeEncodeError as error:  # bytes of the command line that are not text
        hint = "save it as UTF-8 and name the file with --file"
        raise UsageError("E-ENCODING", "the message is not UTF-8 text", hint) from error
    return text


def _priced(message: Message, plain: Message | None, request: _Request) -> Sending:
    """Return what `message` costs on a plan; raises UnpublishedPrice if that is not known."""
    line = _line_for(message, request)
    plain_amount = _line_for(plain, request).amount if plain else None
    return Sending(request.card.identity, request.recipients, line, plain_amount)


def _line_for(message: Message, request: _Request) -> Line:
    """Return a quote's line for the automated texts that sending `message` takes."""
    texts = texts_for(message.segments, request.recipients)
    scenario = request.scenario._replace(sms=texts)
    quoted = price(request.card, build_nonempty_order(scenario, request.card, request.catalog))
    reject_unknown_totals([quoted])
    return quoted.lines[0]


def _check(message: Message) -> None:
    """Raise CheckFailed if the vendor refuses `message`."""
    if message.is_refused:
        text = f"check failed: {message.segments:,} segments; the maximum is {MAX_SEGMENTS}"
        raise CheckFailed(text)
