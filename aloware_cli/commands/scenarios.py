"""Scenarios: what the flags and a scenario file ask for, as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from aloware_cli.domain.money import MAX_QUANTITY, read_percent, read_price, read_quantity
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import KEYS, Origin, Scenario, entry_key
from aloware_cli.errors import DataError, FaultyFiles, RequestError
from aloware_cli.files.file import STDIN, name_to_show


class Entries(NamedTuple):
    """How a flag that may be repeated is written and read."""

    form: str
    example: str
    read: Callable[[str], Any]
    #: What is said of the same entry when it stands there twice.
    twice: str


ENTRIES: Final = {
    "add": Entries("CHARGE=QTY", "local_number=1", read_quantity, "the quantity of "),
    "rate": Entries("[PLAN:]CHARGE=PRICE", "automated_sms=0.02", read_price, "the price of "),
    "discount": Entries("CHARGE=PERCENT%", "license=10%", read_percent, "the discount on "),
    "carrier": Entries("NAME=SHARE%", "att=40%", read_percent, ""),
}


def scenario_of(
    flags: Mapping[str, Any], sources: Sequence[str] | None = None, keys: Iterable[str] = KEYS
) -> Scenario:
    """Return what `flags` ask for, laid over the scenario file that `--from` names.

    `flags` gives the values of Typer, by key; of the file, only `keys` count. Raises
    RequestError for a flag that is wrong, FaultyFiles for a file.
    """
    scenario = scenario_of_flags(flags)
    if sources:
        if len(sources) > 1:
            raise RequestError("--from is given twice", "Keep one scenario.")
        from aloware_cli.files.scenarios import load_scenario

        if sources[0] == scenario.message == STDIN:
            raise RequestError("--from and --message both read standard input", "Name one file.")
        scenario = scenario.merged_over(load_scenario(sources[0]).only(keys))
    return with_counted_message(scenario)


def scenario_of_flags(flags: Mapping[str, Any]) -> Scenario:
    """Return what `flags` alone ask for; raises RequestError for one that is wrong."""
    given: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for key in KEYS:
        value = flags.get(key)
        if value is None or value is False or value == []:
            continue
        flag = f"--{key.replace('_', '-')}"
        origins[key] = flag
        if key in ENTRIES:
            given[key] = _read_entries(key, flag, value, origins)
        elif key == "rates":
            given[key] = tuple(map(str, value))
        else:
            given[key] = value
    return Scenario(**given, origins=origins)


def _read_entries(
    key: str, flag: str, texts: Sequence[str], origins: dict[str, Origin]
) -> dict[str, Any]:
    form, example, read, twice = ENTRIES[key]
    entries: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals or not name or not value:
            raise RequestError(f"{flag} {text}: write {form}", f"For example: {flag} {example}")
        entry = entry_key(key, name)
        if entry in entries:
            raise RequestError(f"{flag} {text}: {twice}{entry} is given twice", "Keep one of them.")
        try:
            entries[entry] = read(value)
        except ValueError as error:
            hint = f"In full, write {form}, for example: {flag} {example}"
            raise RequestError(f"{flag} {text}: {error}", hint) from error
        origins[f"{key}.{entry}"] = f"{flag} {text}"
    return entries


def with_counted_message(scenario: Scenario) -> Scenario:
    """Return `scenario` with the segments of its message, times recipients, as its texts.

    Raises RequestError for flags that do not go together, FaultyFiles for keys of a
    file, DataError for a message that cannot be read or sent.
    """
    if scenario.message is None and scenario.recipients is None:
        return scenario
    _refuse_half_a_message(scenario)
    _refuse_texts_counted_twice(scenario)
    segments = count_segments_of(scenario.message or "")
    place = scenario.origins["recipients"]
    try:
        texts = texts_for(segments, scenario.recipients or 0)
    except RequestError as error:
        if not isinstance(place, Location):
            raise
        raise FaultyFiles([Problem(place, "recipients", str(error), "give fewer")]) from error
    origins = {**scenario.origins, "sms": scenario.origins["message"]}
    return scenario._replace(sms=texts, message=None, recipients=None, origins=origins)


def texts_for(segments: int, recipients: int) -> int:
    """Return how many automated texts, in segments, a message takes; raises RequestError."""
    if segments * recipients > MAX_QUANTITY:
        raise RequestError(
            f"{segments:,} segments for {recipients:,} recipients are too many",
            f"A quantity goes up to {MAX_QUANTITY:,}.",
        )
    return segments * recipients


def count_segments_of(path: str) -> int:
    """Return how many segments the message in the file at `path` has; raises DataError."""
    from aloware_cli.domain.messages import MAX_SEGMENTS
    from aloware_cli.files.message import read_message
    from aloware_cli.pricing.segments import count_segments

    message = count_segments(read_message(path))
    if message.is_refused:
        raise DataError(
            f"{name_to_show(path)}: {message.segments:,} segments; the vendor sends at most "
            f"{MAX_SEGMENTS}",
            f"See what takes the room: aloware segments --file {path}",
        )
    return message.segments


def _refuse_half_a_message(scenario: Scenario) -> None:
    """Raise unless there are both a message and its recipients."""
    for key, other in (("message", "recipients"), ("recipients", "message")):
        if getattr(scenario, other) is None:
            origin = scenario.origins[key]
            if isinstance(origin, Location):
                message = "message and recipients go together"
                raise FaultyFiles([Problem(origin, key, message, f"give {other} too")])
            raise RequestError(
                "--message and --recipients go together",
                "For example: --message promo.txt --recipients 1000",
            )


def _refuse_texts_counted_twice(scenario: Scenario) -> None:
    """Raise if the texts are given beside a message."""
    if scenario.sms is None:
        return
    said = {key: scenario.origins[key] for key in ("sms", "message")}
    places = [origin for origin in said.values() if isinstance(origin, Location)]
    if len(places) == len(said):
        message = "sms and message count the same texts"
        raise FaultyFiles([Problem(places[-1], "message", message, "keep one of them")])
    named = [
        f"{key} in {origin}" if isinstance(origin, Location) else origin
        for key, origin in said.items()
    ]
    raise RequestError(f"{' and '.join(named)} count the same texts", "Keep one of them.")
