"""Scenarios: read from options, files and rows by one reader, with the origin of each value."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from aloware_cli.domain.orders import read_name
from aloware_cli.domain.problems import (
    InvalidValue,
    Location,
    Origin,
    Problem,
    as_typed,
    display_key,
    quoted,
)
from aloware_cli.domain.scenarios import (
    COMMON,
    OF_A_GROUP,
    OPTIONS,
    SHARED,
    Option,
    Scenario,
    entry_key,
    flag,
)
from aloware_cli.errors import ValidationError
from aloware_cli.files.document import MappingNode, Node, ScalarNode, read_file, read_stdin
from aloware_cli.files.fields import Fields, read_text
from aloware_cli.files.io import STDIN


def load_scenario(path: str) -> Scenario:
    """Return the scenario in the file at `path` (`-` is stdin).

    Raises ValidationError with every problem.
    """
    problems: list[Problem] = []
    root = read_stdin(problems) if path == STDIN else read_file(path, problems).root
    scenario = read_groups(Fields(root, "", problems), os.path.dirname(path))
    if problems:
        raise ValidationError(problems)
    return scenario


def read_groups(fields: Fields, folder: str) -> Scenario:
    """Return the scenario that `fields` gives, with its plan groups; see `read_scenario`."""
    read = partial(_read_group, folder=folder)
    groups = fields.listed("groups", read) if fields.has("groups") else []
    return read_scenario(fields, folder)._replace(groups=tuple(groups))


def _read_group(fields: Fields, folder: str) -> Scenario:
    name = fields.value("name", read_name, "") if fields.has("name") else None
    for key in filter(fields.has, COMMON):
        fields.reject_key(key, "E-GROUPS", "is common to all plan groups", "move it out of groups")
    scenario = read_scenario(fields, folder, (*OF_A_GROUP, *SHARED))
    origins = {**scenario.origins, "name": fields.location_of("name")}
    return scenario._replace(name=name, origins=origins)


def read_scenario(fields: Fields, folder: str, keys: Iterable[str] = tuple(OPTIONS)) -> Scenario:
    """Return the scenario that `fields` gives; its paths are relative to `folder`."""
    origins: dict[str, Origin] = {"": fields.location}
    given: dict[str, Any] = {}
    for key in keys:
        if fields.has(key):
            origins[key] = fields.location_of(key)
            given[key] = _read(fields, key, OPTIONS[key], origins)
    fields.close()
    if given.get("message") not in (None, STDIN):
        given["message"] = _path_in(folder, given["message"], fields, "message")
    if "rates" in given:
        given["rates"] = tuple(
            _path_in(folder, path, fields, "rates") for path in given["rates"] if path
        )
    return Scenario(**given, origins=origins)


def _path_in(folder: str, path: str, fields: Fields, key: str) -> str:
    """Return `path` relative to `folder`; a path in a file must stay in the file's folder.

    A scenario may come from somebody else, so it must not make `aloware` open other files.
    """
    joined = os.path.join(folder, path)
    if isinstance(fields.location_of(key), str):  # typed on the command line
        return joined
    root = os.path.realpath(folder or ".")
    targets = {os.path.realpath(each) for each in _files_at(joined)}
    if os.path.isabs(path) or any(os.path.commonpath([root, each]) != root for each in targets):
        message = f"{quoted(path)} is outside the folder of the scenario"
        typed = f"{flag(key)} {as_typed(os.path.normpath(joined))}"
        hint = f"move the file there, or remove it here and add {typed} to the command"
        fields.reject(key, "E-PATH", message, hint)
    elif any(map(_is_special, targets)):
        fields.reject(key, "E-PATH", f"{quoted(path)} is not a regular file", "use a file")
    return joined


def _files_at(path: str) -> Iterator[str]:
    """Yield `path`, and what is in it if it is a folder of rate cards."""
    yield path
    for folder in (path, os.path.join(path, "conflicts")):
        with suppress(OSError):  # not a folder, or one that cannot be read
            yield from (os.path.join(folder, name) for name in os.listdir(folder))


def _is_special(path: str) -> bool:
    """Return whether `path` is a device or a pipe, which may never end."""
    return os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path))


def read_row(row: Mapping[str, str], location: Location, problems: list[Problem]) -> Scenario:
    """Return the scenario of a row of texts by key; an empty text gives nothing.

    An entry of a mapping has a key of its own: `rate.automated_sms`, `discount.license`.
    """
    root: dict[str, tuple[Origin, Node]] = {}
    for column, text in row.items():
        key, dot, entry = column.partition(".")
        if not text:
            continue
        if not dot:
            root[key] = location, ScalarNode(location, text)
            continue
        mapping = root.setdefault(key, (location, MappingNode(location, {})))[1]
        if isinstance(mapping, MappingNode):
            mapping.items[entry] = location, ScalarNode(location, text)
    return read_scenario(Fields(MappingNode(location, root), "", problems), "")


def _read(fields: Fields, key: str, option: Option, origins: dict[str, Origin]) -> Any:
    """Return the value under `key`, read as its declaration says."""
    match option.kind:
        case "switch":
            return fields.flag(key)
        case "paths":
            return fields.values(key, read_text, "", "use a text")
        case "entries":
            return _read_entries(fields.fields(key), key, option, origins)
    return fields.value(key, option.read, None, option.hint)


def _read_entries(
    fields: Fields, key: str, option: Option, origins: dict[str, Origin]
) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, location, _ in fields.each():
        try:
            entry = entry_key(key, name)
        except InvalidValue as error:
            fields.reject_key(name, error.code, error.message, error.hint)
            continue
        if entry in entries:
            message = f"{display_key(entry)} is given twice"
            fields.reject_key(name, "E-DUPLICATE", message, "remove one")
        origins[f"{key}.{entry}"] = location
        entries[entry] = fields.value(name, option.read, None, option.hint)
    return entries
