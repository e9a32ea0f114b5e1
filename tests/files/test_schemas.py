"""Schemas: what an editor needs to check a file, as it is shipped."""

import json
import os
from typing import cast

import pytest

from aloware_cli.errors import DataError
from aloware_cli.files.cards import shipped_rates
from aloware_cli.files.schemas import Kind, read_schema


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("plan", "Aloware rate cards: a plan"),
        ("charges", "Aloware rate cards: charges"),
        ("sources", "Aloware rate cards: sources"),
        ("carriers", "Aloware rate cards: carriers"),
        ("shared", "Aloware rate cards: prices that all plans share"),
        ("example", "Aloware rate cards: a worked example"),
        ("conflict", "Aloware rate cards: a conflict"),
        ("scenario", "Aloware: a scenario"),
    ],
)
def test_each_kind_of_file_has_its_schema(kind: Kind, title: str) -> None:
    assert json.loads(read_schema(kind))["title"] == title


def test_a_schema_that_is_not_there_is_an_error_of_the_installation() -> None:
    path = os.path.join(shipped_rates(), "schemas", "none.schema.json")
    with pytest.raises(DataError) as raised:
        read_schema(cast("Kind", "none"))
    assert raised.value.report() == (
        f"Error: {path}: cannot be read (No such file or directory)\n  Install aloware again."
    )
