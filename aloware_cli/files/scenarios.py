"""Scenarios: what is asked for, as a file names it, with the place of each value.

Each key is a flag's name: `agents`, `inbound_minutes`, `rate`. Whether a card has
what is asked for is seen when it is ordered.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, get_args

from aloware_cli.domain.charges import SHORT_NAMES
from aloware_cli.domain.customer import read_name, read_note, read_number, read_validity
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import KEYS, Brand, Origin, Scenario, entry_key
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.document import MappingNode, Node, ScalarNode
from aloware_cli.files.fields import Fields
from aloware_cli.files.file import STDIN, read_file, read_stdin


def load_scenario(path: str) -> Scenario:
    """Return the scenario in the file at `path`, or on standard input for `-`.

    Raises FaultyFiles with all its problems.
    """
    problems: list[Problem] = []
    root = read_stdin(problems) if path == STDIN else read_file(path, problems).root
    scenario = read_scenario(Fields(root, "", problems), os.path.dirname(path))
    if problems:
        raise FaultyFiles(problems)
    return scenario


def read_scenario(fields: Fields, folder: str, keys: Iterable[str] = KEYS) -> Scenario:
    """Return the scenario that `fields` gives; the paths in it begin at `folder`."""
    origins: dict[str, Origin] = {"": fields.place}
    given: dict[str, Any] = {}
    for key in keys:
        if not fields.has(key):
            continue
        origins[key] = fields.location_of(key)
        if key in ENTRIES:
            given[key] = _read_entries(fields.fields(key), key, origins)
        else:
            given[key] = READERS[key](fields, key)
    fields.close()
    if "message" in given and given["message"] != STDIN:
        given["message"] = os.path.join(folder, given["message"])
    if "rates" in given:
        given["rates"] = tuple(os.path.join(folder, path) for path in given["rates"])
    return Scenario(**given, origins=origins)


def read_row(
    row: Mapping[str, str], place: Location, folder: str, problems: list[Problem]
) -> Scenario:
    """Return the scenario of a row of plain texts by key; an empty text gives nothing.

    An entry of a mapping has a key of its own: `rate.automated_sms`, `carrier.att`.
    What is wrong goes to `faults`, with `place` and the key.
    """
    root: dict[str, tuple[Location, Node]] = {}
    for column, text in row.items():
        key, dot, entry = column.partition(".")
        if not text:
            continue
        if not dot:
            root[key] = place, ScalarNode(place, text)
            continue
        mapping = root.setdefault(key, (place, MappingNode(place, {})))[1]
        if isinstance(mapping, MappingNode):
            mapping.items[entry] = place, ScalarNode(place, text)
    return read_scenario(Fields(MappingNode(place, root), "", problems), folder)


def _read_entries(fields: Fields, key: str, origins: dict[str, Origin]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, place, _ in fields.each():
        entry = entry_key(key, name)
        if entry in entries:
            fields.refuse_key(name, place, f"{entry} is given twice", "keep one of them")
        origins[f"{key}.{entry}"] = place
        entries[entry] = ENTRIES[key](fields, name)
    return entries


def _line(fields: Fields, key: str, *, read: Callable[[str], str]) -> str:
    return fields.value(key, "write a text", read, "")


#: How what stands under each key is read.
READERS: Final[Mapping[str, Callable[[Fields, str], Any]]] = {
    "plan": Fields.text,
    **dict.fromkeys(SHORT_NAMES, Fields.quantity),
    "message": Fields.text,
    "recipients": Fields.quantity,
    "term": lambda fields, key: fields.choice(key, TERMS),
    "min_agents": Fields.quantity,
    "brand": lambda fields, key: fields.choice(key, get_args(Brand)),
    "campaigns": Fields.quantity,
    "low_volume_campaigns": Fields.quantity,
    "rates": Fields.texts,
    "as_of": Fields.date,
    "start": Fields.date,
    "carrier_fees": Fields.yes,
    "credits": Fields.amount,
    "allow_unpriced": Fields.yes,
    "prospect": partial(_line, read=read_name),
    "contact": partial(_line, read=read_name),
    "prepared_by": partial(_line, read=read_name),
    "number": partial(_line, read=read_number),
    "issued": Fields.date,
    "valid_days": lambda fields, key: fields.value(key, "write 30", read_validity, 1),
    "note": partial(_line, read=read_note),
}
#: How each entry is read, under the keys that hold a mapping.
ENTRIES: Final[Mapping[str, Callable[[Fields, str], Any]]] = {
    "add": Fields.quantity,
    "rate": Fields.price,
    "discount": Fields.percent,
    "carrier": Fields.percent,
}
