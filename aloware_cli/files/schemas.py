"""Schemas: what an editor needs to check a file as it is typed."""

import os
from typing import Literal, TypeAlias

from aloware_cli.errors import DataError
from aloware_cli.files.cards import shipped_rates

Kind: TypeAlias = Literal[
    "plan", "charges", "sources", "carriers", "shared", "example", "conflict", "scenario"
]


def read_schema(kind: Kind) -> str:
    """Return the JSON Schema of the files of `kind`; raises DataError if it cannot be read."""
    path = os.path.join(shipped_rates(), "schemas", f"{kind}.schema.json")
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        raise DataError(
            f"{path}: cannot be read ({error.strerror})", "Install aloware again."
        ) from error
