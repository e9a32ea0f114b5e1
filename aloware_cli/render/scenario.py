"""Scenarios and examples as YAML files, and the commented file that `init` writes."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from os.path import isabs, relpath
from typing import Final, TypeAlias

from aloware_cli.domain.money import format_display, format_exact, read_percent
from aloware_cli.domain.problems import Location
from aloware_cli.domain.quotes import Note
from aloware_cli.domain.scenarios import (
    ENVIRONMENT,
    EXAMPLE_KEYS,
    GROUPS,
    OPTIONS,
    Option,
    Scenario,
)

#: What other readers of YAML take for something else than a text. Ours takes every word as it is.
WORDS: Final = frozenset(
    form
    for word in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    for form in (word, word.capitalize(), word.upper())
)
Value: TypeAlias = "str | bool | list[str] | list[Block] | Mapping[str, Value]"
Block: TypeAlias = Mapping[str, Value]
#: What stands without a comment mark in the file that `init` writes.
STARTING_KEYS: Final = ("plan", "agents")
HEADER: Final = """\
# yaml-language-server: $schema=scenario.schema.json
# A scenario for aloware: what a customer needs, and at which prices.
# Price it with:  aloware quote --from FILE   (options override the file)
# Every key is the name of an option. To use one, remove the # before it.
# Editors check the file with:  aloware schema scenario > scenario.schema.json
"""


def scenario_document(
    scenario: Scenario, folder: str = "", keys: Iterable[str] = tuple(OPTIONS)
) -> dict[str, Value]:
    """Return `scenario` as the keys that are given, with strings for numbers.

    A scenario file with these keys in `folder` gives the same scenario.
    """
    document: dict[str, Value] = {}
    for key, value in scenario.given():
        if key in keys and scenario.origins.get(key) != ENVIRONMENT:
            document[key] = _value(OPTIONS[key], value)
            if OPTIONS[key].kind == "paths":
                document[key] = [_relative(path, folder) for path in value]
    return document


def _relative(path: str, folder: str) -> str:
    """Return `path` relative to `folder`; a name of blanks alone needs a visible character."""
    if isabs(path):
        return path
    relative = relpath(path, folder or ".")
    return relative if relative.strip() else f"./{relative}"


def scenario_text(scenario: Scenario, folder: str) -> str:
    """Return `scenario` as a file for `--from`, to be kept in `folder`."""
    document = scenario_document(scenario, folder)
    groups: list[Block] = []
    for group in scenario.groups:
        name: dict[str, Value] = {"name": group.name} if group.name else {}
        groups.append({**name, **scenario_document(group, folder)})
    if groups:
        document["groups"] = groups
    return to_yaml(document)


def skeleton() -> str:
    """Return a commented scenario file with every key, by the groups of the options."""
    groups = {
        group: {key: option for key, option in OPTIONS.items() if option.group == group}
        for group in GROUPS
    }
    return "\n".join([HEADER, *(_group(*each) for each in groups.items() if each[1])])


def example_text(
    name: str, command: str, scenario: Scenario, figures: Mapping[str, Decimal], today: str
) -> str:
    """Return the YAML of the example `name`: the `scenario` and every figure of `command`.

    Its source is the person who checked the quote, on the day `today`.
    """
    document: Block = {
        "example": name,
        "sources": {"recorded": {"title": "A quote that was checked by hand", "read_on": today}},
        "source": "recorded",
        "wording": command,
        "scenario": scenario_document(scenario, keys=EXAMPLE_KEYS),
        "published": _nested(figures),
    }
    return to_yaml(document)


def origins_of(scenario: Scenario) -> Iterator[Note]:
    """Yield the note that says where each input comes from, if a file gave any."""
    if "" not in scenario.origins:
        return
    values: list[str] = []
    for given in (scenario, *scenario.groups):
        for path, value in _values(given):
            origin = given.origins[path]
            where = f"{origin.file}:{origin.line}" if isinstance(origin, Location) else origin
            values.append(f"{path}: {value}, from {where}")
    yield Note("source", f"Inputs: {'; '.join(values)}.", "internal")


def _group(group: str, options: Mapping[str, Option]) -> str:
    lines = [f"# {group}"]
    for key, option in options.items():
        sample = option.sample
        if option.kind == "entries":
            sample = f"{{{sample.replace('=', ': ', 1)}}}"
        elif option.kind == "paths":
            sample = f"[{sample}]"
        shown = f"{'' if key in STARTING_KEYS else '#'}{key}: {sample}"
        lines.append(f"{shown:32}# {option.help}")
    return "\n".join([*lines, ""])


def _value(option: Option, value: object) -> Value:
    match value:
        case bool():
            return value
        case dict():
            return {name: str(_value(option, entry)) for name, entry in value.items()}
        case Decimal():
            return f"{value:f}%" if option.read is read_percent else format_exact(value)
        case _:
            return str(value)


def _values(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield each key, or key and entry, with its value as people read it."""
    for key, value in scenario.given():
        option = OPTIONS[key]
        if option.kind == "entries":
            yield from ((f"{key}.{entry}", _display(option, each)) for entry, each in value.items())
        else:
            yield key, ", ".join(value) if option.kind == "paths" else _display(option, value)


def _display(option: Option, value: object) -> str:
    match value:
        case bool():
            return "yes"
        case int():
            return f"{value:,}"
        case Decimal() if option.read is not read_percent:
            return format_display(value)
        case _:
            return str(_value(option, value))


def _nested(figures: Mapping[str, Decimal]) -> Block:
    """Return `lines.license.monthly` and the like as mappings within mappings."""
    root: dict[str, Value] = {}
    for name, amount in figures.items():
        *parents, last = name.split(".")
        block = root
        for parent in parents:
            block = block.setdefault(parent, {})  # type: ignore[assignment]
        block[last] = format_exact(amount)
    return root


def to_yaml(document: Block) -> str:
    """Return `document` as YAML, one key a line."""
    return "".join(f"{line}\n" for line in _lines(document, ""))


def _lines(block: Block, indent: str) -> Iterator[str]:
    for key, value in block.items():
        lead = f"{indent}{_text(key)}:"
        match value:
            case Mapping():
                yield lead
                yield from _lines(value, f"{indent}  ")
            case [Mapping(), *_]:
                yield lead
                for item in value:
                    first, *others = _lines(item, f"{indent}    ")  # type: ignore[arg-type]
                    yield f"{indent}  - {first.strip()}"
                    yield from others
            case bool():
                yield f"{lead} {'true' if value else 'false'}"
            case str():
                yield f"{lead} {_text(value)}"
            case _:
                yield f"{lead} [{', '.join(_quoted(str(each)) for each in value)}]"


def _text(text: str) -> str:
    bare = text.translate({ord(mark): None for mark in ".-_:"}).isalnum() and text.isascii()
    return text if bare and not text.endswith(":") and text not in WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` in double quotes, with invisible characters escaped.

    The escapes are those of YAML: JSON writes an emoji as two halves, which YAML does not join.
    """
    import json

    return "".join(
        character if character.isprintable() else f"\\U{ord(character):08X}"
        for character in json.dumps(text, ensure_ascii=False)
    )
