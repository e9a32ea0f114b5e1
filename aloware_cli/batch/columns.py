"""Columns: what the columns of a file mean."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from aloware_cli.domain.charges import Charge
from aloware_cli.domain.problems import Problem, count, display_key, quoted
from aloware_cli.domain.scenarios import (
    CUSTOMER,
    OPTIONS,
    SHORT_NAMES,
    SYNONYMS,
    charge_key,
    entry_key,
    flag,
)

PLAN: Final = "plan"
#: More are a slip or an attack: each name takes time.
MAX_COLUMNS: Final = 1_000
#: How similar an unknown name must be to a known one to be a typing error.
SIMILAR: Final = 0.8

_KEYS: Final = tuple(key for key, option in OPTIONS.items() if option.rows == "column")
_SHORT: Final = {charge: name for name, charge in SHORT_NAMES.items()}


class Layout(NamedTuple):
    """What each column of a file gives; the others are copied to the output."""

    names: tuple[str, ...]
    #: The positions by key of a scenario: `agents`, `add.number_lookup`, `rate.license`.
    keys: Mapping[str, int]
    settings: tuple[str, ...]  #: The keys whose cells select the prices and the fees of a row
    #: The positions of the quantities that cost the same whatever else is in a row, by charge.
    quantities: Mapping[str, int]


def layout_of(
    names: Sequence[str], charges: Mapping[str, Charge], results: Collection[str]
) -> Layout | Problem:
    """Return what the columns `names` give, or what is wrong with one of them.

    Case, blanks and hyphens make no difference. `results` are the names of result columns.
    """
    if len(names) > MAX_COLUMNS:
        message = f"{count(len(names), 'column')}; the maximum is {MAX_COLUMNS:,}"
        return Problem("E-SIZE", message, "remove the columns that you do not need")
    keys, quantities, seen = dict[str, int](), dict[str, int](), dict[str, str]()
    for index, name in enumerate(names):
        key, charge = _key_of(name, charges)
        if not key and (problem := _problem_of(index, name, charges, results)):
            return problem
        if same := seen.get(key or name):
            message = f"the same column as {quoted(same)}"
            return Problem("E-DUPLICATE", message, "remove one", path=display_key(name))
        seen[key or name] = name
        if key:
            keys[key] = index
        # Pass-through fees also follow from a brand and its campaigns.
        if charge and not (charge.pass_through or charge.one_time):
            quantities[charge.key] = index
    for key in keys.keys() - SHORT_NAMES.keys():  # `calls` count minutes too
        for charge_of_key in OPTIONS[key.partition(".")[0]].charges:
            quantities.pop(charge_of_key, None)
    settings = tuple(key for key, index in keys.items() if index not in quantities.values())
    return Layout(tuple(names), keys, settings, quantities)


def plain_name(name: str) -> str:
    """Return the name of a column as keys are written: `min_agents` for `Min Agents`."""
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return SYNONYMS.get(plain, plain)


def _key_of(name: str, charges: Mapping[str, Charge]) -> tuple[str, Charge | None]:
    """Return the key of a scenario that the column `name` gives, and its charge if it has one."""
    plain = plain_name(name)
    if charge := charges.get(charge_key(plain)):
        return _SHORT.get(charge.key, f"add.{charge.key}"), charge
    key, _, entry = plain.partition(".")
    if key not in _KEYS or bool(entry) != (OPTIONS[key].kind == "entries"):
        return "", None
    return f"{key}.{entry_key(key, entry)}" if entry else key, None


def _problem_of(
    index: int, name: str, charges: Mapping[str, Charge], results: Collection[str]
) -> Problem | None:
    """Return why there can be no column of that name; None if it is copied."""
    plain, path = plain_name(name), display_key(name)
    if not plain:
        return Problem("E-COLUMN", f"column {index + 1} has no name", "name it, or remove it")
    if plain in results:
        return Problem("E-COLUMN", "the result has a column of this name", "rename it", path=path)
    key = plain.partition(".")[0]
    if key in OPTIONS and OPTIONS[key].group != CUSTOMER:
        hint = f"{_instead_of(key)}; to copy the column to the output, rename it"
        return Problem("E-COLUMN", "not read from a column", hint, path=path)
    import difflib

    known = [*_KEYS, *SYNONYMS, *SHORT_NAMES, *charges]
    close = difflib.get_close_matches(plain, known, n=1, cutoff=SIMILAR)
    hint = f"did you mean {''.join(close)}? To copy the column to the output, rename it"
    return Problem("E-COLUMN", "unknown column", hint, path=path) if close else None


def _instead_of(key: str) -> str:
    """Return what to do instead of a column for `key`, which no row can have."""
    option, charge = OPTIONS[key], OPTIONS[key].sample.partition("=")[0]
    if option.rows == "option":
        return f"use {flag(key)} for all rows"
    if option.rows == "column":
        return f"name the charge too, such as {key}.{charge}"
    return f"name the column {charge}" if key == "add" else f"use aloware quote {flag(key)}"
