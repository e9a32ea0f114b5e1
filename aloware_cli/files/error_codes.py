"""Error codes: what each one means, and what to do about it."""

import os
from typing import Final, cast

from aloware_cli.domain.problems import quoted, suggest
from aloware_cli.errors import DataError, UsageError

PATH: Final = os.path.join(os.path.dirname(os.path.dirname(__file__)), "errors.yaml")


def is_error_code(name: str) -> bool:
    """Return whether `name` looks like an error code; no plan or charge does."""
    return name.upper().startswith("E-")


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
        with open(PATH, encoding="utf-8") as stream:
            return cast("dict[str, str]", yaml.safe_load(stream))
    except OSError as error:
        message = f"cannot read {PATH}: {error.strerror}"
        raise DataError("E-READ", message, "install aloware again") from error
