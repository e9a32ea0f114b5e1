"""`aloware segments`: a message's encoding, its segments and what sending it costs."""

from typing import Annotated, NamedTuple

import typer

from aloware_cli.commands.drawing import draw
from aloware_cli.commands.forms import TableOrJson
from aloware_cli.commands.names import find_plan
from aloware_cli.commands.options import AsOf, RatePaths, SuppliedRates, catalog_for, quantity
from aloware_cli.commands.orders import build_nonempty_order
from aloware_cli.commands.refusals import reject_unknown_totals
from aloware_cli.commands.scenarios import scenario_of, texts_for
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.messages import MAX_SEGMENTS, Message, SegmentCount, Sending
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.domain.sources import Source
from aloware_cli.errors import NegativeAnswer, RequestError
from aloware_cli.files.file import STDIN
from aloware_cli.files.message import read_message
from aloware_cli.files.output import write_output
from aloware_cli.pricing.price import price
from aloware_cli.pricing.segments import count_segments, plain_form
from aloware_cli.render.documents import segments_document
from aloware_cli.render.segments import segments_table


class _Asked(NamedTuple):
    """What a message is to be priced on."""

    card: RateCard
    catalog: Catalog
    scenario: Scenario
    recipients: int


def segments(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="The message; - reads standard input.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Read it from FILE; a line end at its end is left out."),
    ] = None,
    recipients: Annotated[
        int | None, typer.Option(parser=quantity, metavar="N", help="How many get it; with --plan.")
    ] = None,
    plan: Annotated[
        str | None, typer.Option(metavar="PLAN", help="Price it on this plan; with --recipients.")
    ] = None,
    rate: SuppliedRates = None,
    rates: RatePaths = None,
    as_of: AsOf = None,
    format: Annotated[TableOrJson, typer.Option(help="The form of the answer.")] = "table",
) -> None:
    """Count the segments of a text message as a phone would.

    For example: aloware segments --file promo.txt --recipients 5000 --plan upro

    Exits with 1 if the vendor refuses the message because it has too many.
    """
    if (plan is None) != (recipients is None) or recipients == 0 or (rate and plan is None):
        raise RequestError(
            "a cost needs --plan, and at least one of --recipients",
            "For example: --plan upro --recipients 1k",
        )
    text = _read_text(text, file)
    scenario = scenario_of({"rate": rate, "rates": rates, "as_of": as_of})
    catalog = catalog_for(scenario)
    asked = _Asked(find_plan(plan, catalog), catalog, scenario, recipients or 0) if plan else None
    count = _counted(text, catalog.sources.get("segments"), asked)
    write_output(draw(count, format, None, table=segments_table, document=segments_document), None)
    _judge(count.message)


def _counted(text: str, source: Source | None, asked: _Asked | None) -> SegmentCount:
    """Return all that is to be said of the message `text`, with its cost where that is asked."""
    message = count_segments(text)
    plain = plain_form(message)
    sending = _priced(message, plain, asked) if asked else None
    return SegmentCount(message, plain, source, sending)


def _read_text(text: str | None, file: str | None) -> str:
    """Return the message of the command line, of a file or of standard input."""
    if (text is None) == (file is None):
        raise RequestError(
            "give the message once: as TEXT, as - for standard input, or with --file",
            "For example: aloware segments 'See you at 5'",
        )
    if text is None or text == STDIN:
        return read_message(STDIN if file is None else file)
    return _checked(text)


def _checked(text: str) -> str:
    if not text:
        raise RequestError("the message is empty", "For example: aloware segments 'See you at 5'")
    try:
        text.encode()
    except UnicodeEncodeError as error:  # bytes of the command line that are no text
        raise RequestError(
            "the message is not UTF-8 text", "Save it as UTF-8, and name the file with --file."
        ) from error
    return text


def _priced(message: Message, plain: Message | None, asked: _Asked) -> Sending:
    """Return what `message` costs on a plan; raises UnpublishedRate where that is not known."""
    line = _line_for(message, asked)
    plain_amount = _line_for(plain, asked).amount if plain else None
    return Sending(asked.card.identity, asked.recipients, line, plain_amount)


def _line_for(message: Message, asked: _Asked) -> Line:
    """Return a quote's line for the automated texts that sending `message` takes."""
    texts = texts_for(message.segments, asked.recipients)
    order = build_nonempty_order(asked.scenario._replace(sms=texts), asked.card, asked.catalog)
    quoted = price(asked.card, order)
    reject_unknown_totals([quoted])
    return quoted.lines[0]


def _judge(message: Message) -> None:
    """Raise if the vendor refuses `message`."""
    if message.is_refused:
        raise NegativeAnswer(
            f"No: {message.segments:,} segments; the vendor sends at most {MAX_SEGMENTS}."
        )
