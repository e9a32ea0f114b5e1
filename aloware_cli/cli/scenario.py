"""The scenario of a run: options over a scenario file over the environment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from aloware_cli.domain.money import MAX_QUANTITY, Quantity, Range
from aloware_cli.domain.problems import Location, Origin, Problem, as_typed, display_key
from aloware_cli.domain.scenarios import (
    COMMON,
    ENVIRONMENT,
    OF_A_GROUP,
    OPTIONS,
    SHARED,
    Option,
    Scenario,
    flag,
)
from aloware_cli.errors import DataError, UsageError, ValidationError
from aloware_cli.files.document import MappingNode, Node, ScalarNode, SequenceNode
from aloware_cli.files.fields import Fields
from aloware_cli.files.io import STDIN, display_path
from aloware_cli.files.scenarios import load_scenario, read_scenario

#: What the entries of an option are; those of the others are percentages.
VALUES: Final = {"--add": "quantity", "--rate": "price", "--line": "amount"}


def scenario_from_options(
    given: Mapping[str, Any],
    sources: Sequence[str] = (),
    environment: Sequence[str] = (),
    file_keys: Iterable[str] = tuple(OPTIONS),
    names: Mapping[str, str] = {},
) -> Scenario:
    """Return the scenario of the options `given`, merged over the file that --from names.

    `given` has the texts of each option by key, `names` the synonyms that were typed. Of the file,
    only `file_keys` are used. The rate cards of the `environment` come last. Raises
    ValidationError with every problem.
    """
    scenario = read_options(given, names)
    if len(sources) > 1:
        raise UsageError("E-DUPLICATE", "--from is given twice", "use one scenario")
    for source in sources:
        if source == scenario.message == STDIN:
            message = "--from and --message both read stdin"
            raise UsageError("E-CONFLICT", message, "name a file for one of them")
        loaded = load_scenario(source)
        if loaded.groups and "groups" not in file_keys:
            message = f"{display_path(source)}: only aloware quote takes plan groups"
            raise DataError("E-GROUPS", message, "use a scenario with one plan")
        scenario = scenario.merged_over(loaded.only(file_keys))
    if environment:
        last = Scenario(rates=tuple(environment), origins={"rates": ENVIRONMENT})
        scenario = scenario.merged_over(last)
    return count_message(scenario)


def read_options(given: Mapping[str, Any], names: Mapping[str, str] = {}) -> Scenario:
    """Return the scenario of the options `given`; raises ValidationError with every problem.

    Problems name an option as `names` does, or else by its own name.
    """
    problems: list[Problem] = []
    items: dict[str, tuple[Origin, Node]] = {}
    for key, value in given.items():
        if not (value is None or value is False or value in ([], ())):
            name = names.get(key) or flag(key)
            items[key] = name, _node_of(name, OPTIONS[key], value, problems)
    scenario = read_scenario(Fields(MappingNode("", items), "", problems), "")
    if problems:
        raise ValidationError(problems)
    origins = {path: origin for path, origin in scenario.origins.items() if path}
    return scenario._replace(origins=origins)


def _node_of(name: str, option: Option, value: Any, problems: list[Problem]) -> Node:
    """Return the texts of the option `name` as the reader of scenarios takes them."""
    match option.kind:
        case "switch":
            return ScalarNode(name, "true")
        case "paths":
            items = [ScalarNode(f"{name} {as_typed(text)}", text) for text in map(str, value)]
            return SequenceNode(name, [*items])
        case "entries":
            return MappingNode(name, _entries(name, option, value, problems))
    return ScalarNode(f"{name} {as_typed(str(value))}", str(value))


def _entries(
    name: str, option: Option, texts: Sequence[str], problems: list[Problem]
) -> dict[str, tuple[Origin, Node]]:
    """Return the NAME=VALUE texts of a repeatable option by their names."""
    entries: dict[str, tuple[Origin, Node]] = {}
    for text in texts:
        location = f"{name} {as_typed(text)}"
        entry, equals, value = text.rpartition("=")
        if not equals:
            is_value = option.unnamed and text[:1].isdigit()
            entry, value = (option.unnamed, text) if is_value else (text, "")
        if not entry or not value:
            missing = VALUES.get(name, "percentage") if entry else "name"
            hint = f"use {option.metavar}, for example: {name} {as_typed(option.sample)}"
            problems.append(Problem("E-ENTRY", f"missing {missing}", hint, location))
        elif entry in entries:
            message = f"{display_key(entry)} already has a value"
            problems.append(Problem("E-DUPLICATE", message, "remove one of the two", location))
        else:
            entries[entry] = location, ScalarNode(location, value)
    return entries


def join_groups(first: Scenario, further: Sequence[Scenario]) -> Scenario:
    """Return one scenario of all plan groups: what they have in common, and what each has."""
    if first.groups:
        hint = "add the group to the scenario, or remove +"
        raise UsageError("E-GROUPS", "+ conflicts with the plan groups of the scenario", hint)
    common = first.only((*COMMON, *SHARED))
    for scenario in further:
        own = scenario.only(COMMON)
        for key, _ in own.given():
            origin = common.origins.get(key)
            if isinstance(origin, str) and origin != ENVIRONMENT:
                raise given_twice(key)
        common = own.merged_over(common)
    groups = (each.only((*OF_A_GROUP, *SHARED)) for each in further)
    return common._replace(groups=(first.only(OF_A_GROUP), *groups))


def given_twice(key: str) -> UsageError:
    """Return the error for an option of all plan groups that two of them give."""
    hint = "give it once: it applies to all plan groups"
    return UsageError("E-DUPLICATE", f"{flag(key)} is given twice", hint)


def count_message(scenario: Scenario) -> Scenario:
    """Return the scenario with its message counted: segments times recipients are its texts.

    Raises ValidationError for options or keys that conflict, DataError for a message that cannot
    be read or is too long.
    """
    if scenario.message is None and scenario.recipients is None:
        return scenario
    if problem := _problem_of_message(scenario):
        raise ValidationError([problem])
    segments, recipients = _count_segments(scenario.message or ""), scenario.recipients or 0
    origin = scenario.origin("recipients")
    if isinstance(recipients, Range):
        texts: Quantity = Range(*(texts_for(segments, each, origin) for each in recipients))
    else:
        texts = texts_for(segments, recipients, origin)
    origins = {**scenario.origins, "sms": scenario.origins["message"]}
    return scenario._replace(sms=texts, message=None, recipients=None, origins=origins)


def _problem_of_message(scenario: Scenario) -> Problem | None:
    """Return what a message lacks, or what conflicts with it."""
    for key, other in (("message", "recipients"), ("recipients", "message")):
        if getattr(scenario, other) is None:
            origin = scenario.origins[key]
            if isinstance(origin, Location):
                return Problem("E-REQUIRES", f"requires {other}", f"add {other}", origin, key)
            message = "--message and --recipients must be used together"
            hint = "for example: --message promo.txt --recipients 1000"
            return Problem("E-REQUIRES", message, hint)
    if scenario.sms is None:
        return None
    texts, origin = scenario.origins["sms"], scenario.origins["message"]
    if isinstance(origin, Location):
        return Problem("E-CONFLICT", "conflicts with sms", "remove one", origin, "message")
    names = " and ".join(str(each).split(" ")[0] for each in (texts, origin))
    return Problem("E-CONFLICT", f"{names} count the same texts", "remove one of the two")


def texts_for(segments: int, recipients: int, origin: Origin | None = None) -> int:
    """Return how many texts, in segments, a message takes; raises ValidationError."""
    texts = segments * recipients
    if texts > MAX_QUANTITY:
        message = f"{segments:,} segments for {recipients:,} recipients: the maximum is"
        hint = "use fewer recipients"
        problem = Problem("E-QUANTITY", f"{message} {MAX_QUANTITY:,}", hint, origin)
        raise ValidationError([problem])
    return texts


def _count_segments(path: str) -> int:
    from aloware_cli.domain.messages import MAX_SEGMENTS, count_segments
    from aloware_cli.files.io import read_message

    message = count_segments(read_message(path))
    if message.is_refused:
        raise DataError(
            "E-SEGMENTS",
            f"{display_path(path)}: {message.segments:,} segments; the maximum is {MAX_SEGMENTS}",
            f"to see its segments: aloware segments --file {as_typed(path)}",
        )
    return message.segments
