"""Conflicts: pages that contradict the rate cards or themselves."""

import os
from collections.abc import Sequence

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.charges import Conflict
from aloware_cli.domain.problems import Problem
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import ENDINGS, split_paths
from aloware_cli.files.fields import Fields, checked
from aloware_cli.files.file import read_file
from aloware_cli.files.sources import read_citation, read_own_sources


def load_conflicts(paths: Sequence[str], catalog: Catalog) -> tuple[Conflict, ...]:
    """Return the conflicts in the rate card folder of `paths`, in the order of their files.

    A folder need not have any. Raises ValidationError with every problem.
    """
    folder = os.path.join(split_paths(paths)[0], "conflicts")
    if not os.path.isdir(folder):
        return ()
    problems: list[Problem] = []
    names = sorted(name for name in os.listdir(folder) if name.endswith(ENDINGS))
    files = [read_file(os.path.join(folder, name), problems) for name in names]
    conflicts = tuple(_read_conflict(Fields(file.root, "", problems), catalog) for file in files)
    if problems:
        raise ValidationError(problems)
    return conflicts


def _read_conflict(fields: Fields, catalog: Catalog) -> Conflict:
    sources = read_own_sources(fields, catalog.sources)
    plans = (*catalog.cards, *catalog.not_in_force)
    with checked(fields.problems) as check:
        price = fields.price("price") if fields.has("price") else None
    stated = () if price is None or not check.passed else (price,)
    conflict = Conflict(
        charges=fields.choices("charges", tuple(catalog.charges)),
        plans=fields.choices("plans", plans) if fields.has("plans") else frozenset(),
        citation=read_citation(fields, sources, stated),
        read_as=fields.text("read_as"),
        price=price,
    )
    fields.close()
    return conflict
