"""Reference files that come with the tool: JSON Schemas, and the meaning of each error code."""

import os
from typing import Final, cast

from aloware_cli.domain.problems import quoted, suggest
from aloware_cli.errors import DataError, UsageError
from aloware_cli.files.cards import shipped_rates

SUFFIX: Final = ".schema.json"
PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ERROR_CODES: Final = os.path.join(PACKAGE, "errors.yaml")


def schema_paths() -> dict[str, str]:
    """Return the path of each schema by name; raises DataError if they cannot be listed."""
    folders = [os.path.join(folder, "schemas") for folder in (PACKAGE, shipped_rates())]
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


def error_meaning(code: str) -> str:
    """Return the meaning of `code` (case-insensitive); raises UsageError for an unknown one."""
    meanings = load_error_codes()
    if found := meanings.get(code.upper()):
        return found
    hint = suggest(code, meanings, "error codes")
    raise UsageError("E-CHOICE", f"unknown error code {quoted(code)}", hint)


def load_error_codes() -> dict[str, str]:
    """Return the meaning of every error code, in lines that end with a line feed."""
    import yaml

    try:
        with open(ERROR_CODES, encoding="utf-8") as stream:
            return cast("dict[str, str]", yaml.safe_load(stream))
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> DataError:
    message = f"cannot read {error.filename}: {error.strerror}"
    return DataError("E-READ", message, "install aloware again")
