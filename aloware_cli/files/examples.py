"""Examples and conflicts: what pages calculate, and where they contradict the rate cards."""

import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final, cast

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.charges import Conflict
from aloware_cli.domain.checks import Contradiction, Example, Figure
from aloware_cli.domain.money import ZERO, read_amount, read_quantity
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import EXAMPLE_KEYS, Scenario
from aloware_cli.errors import ValidationError
from aloware_cli.files.charges import add_own_sources, read_citation
from aloware_cli.files.document import read_file
from aloware_cli.files.fields import Fields, checked, fields_of_file
from aloware_cli.files.io import bundled_rates, display_path, split_paths, yaml_files
from aloware_cli.files.scenarios import read_scenario

_LINE: Final = dict.fromkeys(("unit_price", "monthly", "quarterly", "annual", "amount"))
_INVOICE_LINE: Final = dict.fromkeys(("unit_price", "prorated_unit", "amount"))
#: The key of a line is that of its charge.
ANY_CHARGE: Final = "*"
#: Keys of the figures that a page may print; a figure has None, and a mapping has its keys.
FIGURES: Final[Mapping[str, Any]] = {
    "lines": {ANY_CHARGE: _LINE},
    "totals": dict.fromkeys(("monthly", "quarterly", "annual", "one_time")),
    "first_invoice": {
        "lines": {ANY_CHARGE: _INVOICE_LINE},
        "total": None,
        "next_invoice": {"amount": None},
    },
}
MAX_MESSAGE_LENGTH: Final = 10_000


def load_examples(paths: Sequence[str], catalog: Catalog) -> tuple[list[Example], list[Problem]]:
    """Return the examples at `paths`, files or folders, and the problems of the others.

    Without a path, the bundled examples. A file with a problem gives no example; the others are
    read. Raises ValidationError, without reading any, for paths that do not exist.
    """
    problems: list[Problem] = []
    for path in paths:
        if not os.path.exists(path):
            read_file(path, problems)
    if problems:
        raise ValidationError(problems)
    examples: list[Example] = []
    for path in _files_at(paths or [os.path.join(bundled_rates(), "examples")], problems):
        with checked(problems) as check:
            example = read_example(fields_of_file(path, problems, catalog.sources))
        if check.passed:
            examples.append(example)
    return examples, problems


def _files_at(paths: Sequence[str], problems: list[Problem]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        names = yaml_files(path)
        if not names:
            hint = "add one, or name another folder"
            location = Location(display_path(path), 1, 1)
            problems.append(Problem("E-EMPTY", "the folder has no example", hint, location))
        yield from (os.path.join(path, name) for name in names)


def read_example(fields: Fields) -> Example:
    """Return the example that `fields` gives, the fields of a file."""
    location = cast("Location", fields.location)
    add_own_sources(fields)
    approximate = fields.optional("approximate", fields.text)
    message = _read_message(fields) if fields.has("message") else None
    is_priced = not approximate and message is None
    example = Example(
        name=fields.text("example"),
        file=location.file,
        line=location.line,
        citation=read_citation(fields),
        remark=fields.optional("remark", fields.text),
        scenario=fields.inner("scenario", _read_scenario) if is_priced else None,
        message=message,
        figures=() if approximate else _read_published(fields, message),
        contradiction=(
            fields.inner("contradiction", _read_contradiction)
            if fields.has("contradiction")
            else None
        ),
        approximate=approximate,
    )
    fields.close()
    return example


def _read_message(fields: Fields) -> str:
    """Return the message: each text as often as it says, one after another."""

    def read(part: Fields) -> str:
        return part.text("text") * (part.quantity("times") if part.has("times") else 1)

    message = "".join(fields.listed("message", read))
    if len(message) > MAX_MESSAGE_LENGTH:
        hint = "use fewer characters"
        fields.reject("message", "E-SIZE", f"over {MAX_MESSAGE_LENGTH:,} characters", hint)
    return message[:MAX_MESSAGE_LENGTH]


def _read_scenario(fields: Fields) -> Scenario:
    if not fields.has("plan"):
        fields.text("plan")
    return read_scenario(fields, "", EXAMPLE_KEYS)


def _read_published(fields: Fields, message: str | None) -> tuple[Figure, ...]:
    """Return every figure that the page prints, of a quote or of a `message`."""
    with checked(fields.problems) as check:
        published = fields.fields("published")
        if message is None:
            figures = tuple(_figures_in(published, FIGURES, ""))
        else:
            figures = _read_segments(published)
        published.close()
    if fields.has("published") and check.passed and not figures:
        message, hint = "no published figure", "add lines, totals or both"
        fields.reject("published", "E-EMPTY", message, hint)
    return figures


def _read_segments(published: Fields) -> tuple[Figure, ...]:
    """Return the number of segments of a message, and the characters in each if they are given."""
    counts = {"segments": published.quantity("segments")}
    if published.has("parts"):
        parts = published.values("parts", read_quantity, 0, "use a whole number")
        counts |= {f"parts.{number}": part for number, part in enumerate(parts, 1)}
    return tuple(
        Figure(name, Decimal(number), published.line_of(name.partition(".")[0]))
        for name, number in counts.items()
    )


def _figures_in(fields: Fields, keys: Mapping[str, Any], path: str) -> list[Figure]:
    """Return the figures in `fields`, which may have `keys`; `path` leads to them."""
    found: list[Figure] = []
    for key in [key for key, _, _ in fields.each()] if ANY_CHARGE in keys else keys:
        name = f"{path}.{key}" if path else key
        inner = keys.get(key) or keys.get(ANY_CHARGE)
        if inner and fields.has(key):
            found += fields.inner(key, partial(_figures_in, keys=inner, path=name))
        elif fields.has(key):
            amount = fields.value(key, read_amount, ZERO, "use an amount, such as 1,000.50")
            found.append(Figure(name, amount, fields.line_of(key)))
    return found


def _read_contradiction(fields: Fields) -> Contradiction:
    return Contradiction(fields.text("says"), fields.text("read_as"))


def load_conflicts(paths: Sequence[str], catalog: Catalog) -> tuple[Conflict, ...]:
    """Return the conflicts in the rate card folder of `paths`, in the order of their files.

    A folder need not have any. Raises ValidationError with every problem.
    """
    folder = os.path.join(split_paths(paths)[0], "conflicts")
    if not os.path.isdir(folder):
        return ()
    problems: list[Problem] = []
    names = (os.path.join(folder, name) for name in yaml_files(folder))
    files = [fields_of_file(name, problems, catalog.sources) for name in names]
    conflicts = tuple(_read_conflict(file, catalog) for file in files)
    if problems:
        raise ValidationError(problems)
    return conflicts


def _read_conflict(fields: Fields, catalog: Catalog) -> Conflict:
    add_own_sources(fields)
    plans = (*catalog.cards, *catalog.not_in_force)
    with checked(fields.problems) as check:
        price = fields.optional("price", fields.price)
    stated = () if price is None or not check.passed else (price,)
    conflict = Conflict(
        charges=fields.choices("charges", tuple(catalog.charges)),
        plans=fields.choices("plans", plans) if fields.has("plans") else frozenset(),
        citation=read_citation(fields, stated),
        read_as=fields.text("read_as"),
        price=price,
    )
    fields.close()
    return conflict
