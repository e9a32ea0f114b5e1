"""`aloware segments`: encoding, segments and cost of a text message."""

from typing import Annotated

from aloware_cli.cli.options import argument, option, takes
from aloware_cli.cli.output import TABLE_OR_JSON, Destination, emit
from aloware_cli.cli.quoting import load_catalog, options_of, quote_on, reject_unknown_totals
from aloware_cli.cli.scenario import texts_for
from aloware_cli.domain.cards import Catalog, RateCard
from aloware_cli.domain.messages import (
    MAX_SEGMENTS,
    SegmentCount,
    Sending,
    count_segments,
    plain_form,
)
from aloware_cli.domain.money import read_quantity
from aloware_cli.domain.quotes import Line
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import CheckFailed, UsageError
from aloware_cli.files.io import STDIN, read_message
from aloware_cli.pricing.orders import find_plan

EXAMPLE = "for example: aloware segments 'See you at 5'"
RECIPIENTS = "for example: --plan upro --recipients 1k"


@takes(("rate", "rates", "as_of"), (), TABLE_OR_JSON)
def segments(
    *,
    text: Annotated[str | None, argument("TEXT", "The message (- for stdin)")] = None,
    file: Annotated[
        str | None, option("FILE", "Read the message from FILE; a final newline is ignored")
    ] = None,
    recipients: Annotated[
        int | None,
        option("N", "Recipients of the message; with --plan", "--recipients", read=read_quantity),
    ] = None,
    plan: Annotated[str | None, option("PLAN", "Plan to price with; with --recipients")] = None,
    destination: Destination,
    scenario: Scenario,
) -> None:
    """Count the segments of a text message and price it.

        aloware segments --file promo.txt --recipients 5000 --plan upro

    Exits 1 if the message has more segments than the vendor sends.
    """
    if (plan is None) != (recipients is None) or (scenario.rate and plan is None):
        both = "--plan and --recipients"
        wrong = f"--rate requires {both}" if scenario.rate else f"{both} must be used together"
        raise UsageError("E-REQUIRES", wrong, RECIPIENTS)
    if recipients == 0:
        raise UsageError("E-EMPTY", "--recipients 0: nothing to price", RECIPIENTS)
    message = count_segments(_read_text(text, file))
    plain = plain_form(message)
    catalog = load_catalog(scenario)
    sending = None
    if plan and recipients:
        card = find_plan(plan, catalog)
        line, *plain_lines = [
            _line_for(scenario._replace(sms=texts_for(each.segments, recipients)), card, catalog)
            for each in (message, plain)
            if each
        ]
        plain_amount = plain_lines[0].amount if plain_lines else None
        sending = Sending(card.identity, recipients, line, plain_amount)
    counted = SegmentCount(message, plain, catalog.sources.get("segments"), sending)
    emit(counted, destination)
    if message.is_refused:
        found = f"{message.segments:,} segments; the maximum is {MAX_SEGMENTS}"
        raise CheckFailed(f"check failed: {found}")


def _line_for(scenario: Scenario, card: RateCard, catalog: Catalog) -> Line:
    """Return a quote's line for automated texts; raises UnpublishedPrice without a price."""
    quoted = quote_on(card, scenario, catalog)
    options = f"{options_of(scenario)} --sms {scenario.sms}".lstrip()
    reject_unknown_totals([quoted], options)
    return quoted.lines[0]


def _read_text(text: str | None, file: str | None) -> str:
    """Return the message of the command line, of a file or of stdin."""
    if (text is None) == (file is None):
        message = "give the message once: as TEXT, as - for stdin, or with --file"
        raise UsageError("E-REQUIRES", message, EXAMPLE)
    if text is None or text == STDIN:
        return read_message(STDIN if file is None else file)
    if not text:
        raise UsageError("E-EMPTY", "the message is empty", EXAMPLE)
    try:
        text.encode()
    except UnicodeEncodeError as error:  # bytes of the command line that are not text
        hint = "save it as UTF-8 and name the file with --file"
        raise UsageError("E-ENCODING", "the message is not UTF-8 text", hint) from error
    return text
