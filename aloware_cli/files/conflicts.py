"""Conflicts: where a page disagrees with the cards, or with itself."""

import os
from collections.abc import Sequence

from aloware_cli.domain.card import RateBook
from aloware_cli.domain.explanation import Conflict
from aloware_cli.domain.fault import Fault
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.cards import ENDINGS, split_paths
from aloware_cli.files.fields import Fields
from aloware_cli.files.file import read_file
from aloware_cli.files.sources import read_citation, read_own_sources


def load_conflicts(paths: Sequence[str], book: RateBook) -> tuple[Conflict, ...]:
    """Return the conflicts beside the cards of `paths`, in the order of their files.

    A folder of cards need not have any. Raises FaultyFiles with every problem.
    """
    folder = os.path.join(split_paths(paths)[0], "conflicts")
    if not os.path.isdir(folder):
        return ()
    faults: list[Fault] = []
    names = sorted(name for name in os.listdir(folder) if name.endswith(ENDINGS))
    files = [read_file(os.path.join(folder, name), faults) for name in names]
    conflicts = tuple(_read_conflict(Fields(file.root, "", faults), book) for file in files)
    if faults:
        raise FaultyFiles(faults)
    return conflicts


def _read_conflict(fields: Fields, book: RateBook) -> Conflict:
    sources = read_own_sources(fields, book.sources)
    plans = (*book.cards, *book.not_yet)
    conflict = Conflict(
        charges=fields.choices("charges", tuple(book.charges)),
        plans=fields.choices("plans", plans) if fields.has("plans") else frozenset(),
        citation=read_citation(fields, sources),
        read_as=fields.text("read_as"),
    )
    fields.close()
    return conflict
