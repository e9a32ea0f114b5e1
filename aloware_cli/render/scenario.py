"""Scenarios: what was asked for, as a file that asks for it again."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from os.path import isabs, relpath

from aloware_cli.domain.money import format_display, format_exact
from aloware_cli.domain.problems import Location
from aloware_cli.domain.scenarios import KEYS, MAPPINGS, Origin, Scenario
from aloware_cli.render.yaml import Value, to_yaml

PERCENTS = ("discount", "carrier")


def scenario_document(
    scenario: Scenario, folder: str = "", keys: Iterable[str] = KEYS
) -> dict[str, Value]:
    """Return `scenario` as the keys that are given, with strings for numbers.

    A scenario file of the same keys, read in `folder`, asks for the same.
    """
    return {
        key: _paths(value, folder) if key == "rates" else _value(key, value)
        for key, value in scenario.given()
        if key in keys
    }


def scenario_text(scenario: Scenario, folder: str) -> str:
    """Return `scenario` as a file for `--from`, to be kept in `folder`."""
    return to_yaml(scenario_document(scenario, folder))


def origins_of(scenario: Scenario) -> Iterator[str]:
    """Yield the sentence that says where each value was given, if a file gave any."""
    if "" not in scenario.origins:
        return
    said = [
        f"{path}: {value}, from {_said(scenario.origins[path])}"
        for path, value in _values(scenario)
    ]
    yield f"Asked for: {'; '.join(said)}."


def _paths(paths: tuple[str, ...], folder: str) -> list[str]:
    return [path if isabs(path) else relpath(path, folder or ".") for path in paths]


def _value(key: str, value: object) -> Value:
    match value:
        case bool():
            return value
        case dict():
            return {name: str(_value(key, entry)) for name, entry in value.items()}
        case Decimal():
            return f"{value:f}%" if key in PERCENTS else format_exact(value)
        case _:
            return str(value)


def _values(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield each key, or key and entry, with its value as people read it."""
    for key, value in scenario.given():
        if key in MAPPINGS:
            yield from ((f"{key}.{entry}", _shown(key, each)) for entry, each in value.items())
        else:
            yield key, ", ".join(value) if key == "rates" else _shown(key, value)


def _shown(key: str, value: object) -> str:
    match value:
        case bool():
            return "yes"
        case int():
            return f"{value:,}"
        case Decimal() if key not in PERCENTS:
            return format_display(value)
        case _:
            return str(_value(key, value))


def _said(origin: Origin) -> str:
    return f"{origin.file}:{origin.line}" if isinstance(origin, Location) else origin
