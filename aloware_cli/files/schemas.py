"""JSON Schemas: the files that describe each document and each input file."""

import os
from typing import Final

from aloware_cli.domain.problems import suggest
from aloware_cli.errors import DataError, UsageError
from aloware_cli.files.cards import shipped_rates

SUFFIX: Final = ".schema.json"


def schema_paths() -> dict[str, str]:
    """Return the path of each schema by name; raises DataError if they cannot be listed."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folders = [os.path.join(folder, "schemas") for folder in (package, shipped_rates())]
    try:
        return {
            name.removesuffix(SUFFIX): os.path.join(folder, name)
            for folder in folders
            for name in sorted(os.listdir(folder))
            if name.endswith(SUFFIX)
        }
    except OSError as error:
        raise _unreadable(error) from error


def read_schema(name: str) -> str:
    """Return the JSON Schema `name`; raises UsageError for an unknown name."""
    paths = schema_paths()
    if name not in paths:
        hint = suggest(name, paths, "schemas")
        raise UsageError("E-SCHEMA", f'unknown schema "{name}"', hint)
    try:
        with open(paths[name], encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> DataError:
    message = f"cannot read {error.filename}: {error.strerror}"
    return DataError("E-READ", message, "install aloware again")
