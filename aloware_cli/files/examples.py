"""Examples: worked examples read from files and folders."""

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, cast

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.examples import Contradiction, Example, Figure
from aloware_cli.domain.money import ZERO, read_amount, read_quantity
from aloware_cli.domain.problems import InvalidValue, Location, Problem
from aloware_cli.domain.scenarios import Scenario, keys_where
from aloware_cli.errors import ValidationError
from aloware_cli.files.cards import ENDINGS, shipped_rates
from aloware_cli.files.fields import Fields, checked
from aloware_cli.files.file import display_path, read_file
from aloware_cli.files.scenarios import read_scenario
from aloware_cli.files.sources import read_citation, read_own_sources

PERIOD_FIGURES = ("unit_price", "monthly", "quarterly", "annual", "amount")
TOTALS = ("monthly", "quarterly", "annual", "one_time")
INVOICE_FIGURES = ("unit_price", "prorated_unit", "amount")
MAX_MESSAGE_LENGTH: Final = 10_000
EXAMPLE_KEYS = keys_where(lambda option: option.in_examples)


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
    for path in _files_at(paths or [os.path.join(shipped_rates(), "examples")], problems):
        found: list[Problem] = []
        fields = Fields(read_file(path, found).root, "", found)
        example = read_example(fields, catalog)
        if found:
            problems += found
        else:
            examples.append(example)
    return examples, problems


def _files_at(paths: Sequence[str], problems: list[Problem]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        names = sorted(name for name in os.listdir(path) if name.endswith(ENDINGS))
        if not names:
            hint = "add one, or name another folder"
            location = Location(display_path(path), 1, 1)
            problems.append(Problem("E-EMPTY", "the folder has no example", hint, location))
        yield from (os.path.join(path, name) for name in names)


def read_example(fields: Fields, catalog: Catalog) -> Example:
    """Return the example that `fields` gives, the fields of a file."""
    location = cast("Location", fields.location)
    sources = read_own_sources(fields, catalog.sources)
    approximate = fields.optional_text("approximate")
    message = _read_message(fields) if fields.has("message") else None
    is_priced = not approximate and message is None
    example = Example(
        name=fields.text("example"),
        file=location.file,
        line=location.line,
        citation=read_citation(fields, sources),
        remark=fields.optional_text("remark"),
        scenario=_read_scenario(fields.fields("scenario")) if is_priced else None,
        message=message,
        figures=() if approximate else tuple(_read_published(fields, message)),
        contradiction=_read_contradiction(fields),
        approximate=approximate,
    )
    fields.close()
    return example


def _read_message(fields: Fields) -> str:
    """Return the message: each text as often as it says, one after another."""
    parts = []
    for part in fields.listed("message"):
        text = part.text("text")
        parts.append(text * (part.quantity("times") if part.has("times") else 1))
        part.close()
    message = "".join(parts)
    if len(message) > MAX_MESSAGE_LENGTH:
        hint = "use fewer characters"
        fields.reject("message", "E-SIZE", f"over {MAX_MESSAGE_LENGTH:,} characters", hint)
    return message[:MAX_MESSAGE_LENGTH]


def _read_published(fields: Fields, message: str | None) -> list[Figure]:
    """Return every figure that the page prints, of a quote or of a `message`."""
    published = fields.fields("published")
    return _read_figures(published) if message is None else _read_segments(published)


def _read_segments(published: Fields) -> list[Figure]:
    """Return the number of segments of a message, and the characters in each if they are given."""
    line = published.line_of("segments")
    figures = [Figure("segments", Decimal(published.quantity("segments")), line)]
    if published.has("parts"):
        for number, text in enumerate(published.texts("parts"), 1):
            try:
                characters = read_quantity(text)
            except InvalidValue as error:
                published.reject("parts", error.code, error.about(text), error.hint)
            else:
                name = f"parts.{number}"
                figures.append(Figure(name, Decimal(characters), published.line_of("parts")))
    published.close()
    return figures


def _read_scenario(fields: Fields) -> Scenario:
    if not fields.has("plan"):
        fields.text("plan")
    return read_scenario(fields, "", EXAMPLE_KEYS)


def _read_figures(published: Fields) -> list[Figure]:
    """Return every figure that the page prints, named as in a quote."""
    found: list[Figure] = []
    with checked(published.problems) as check:
        if published.has("lines"):
            found += _figures_of_lines(published.fields("lines"), "lines", PERIOD_FIGURES)
        if published.has("totals"):
            found += _figures_in(published.fields("totals"), "totals", TOTALS)
        if published.has("first_invoice"):
            found += _figures_of_invoice(published.fields("first_invoice"))
        published.close()
    if not found and check.passed:
        published.reject_all("E-EMPTY", "no published figure", "add lines, totals or both")
    return found


def _figures_of_invoice(invoice: Fields) -> Iterator[Figure]:
    name = "first_invoice"
    if invoice.has("lines"):
        yield from _figures_of_lines(invoice.fields("lines"), f"{name}.lines", INVOICE_FIGURES)
    if invoice.has("total"):
        yield _figure(invoice, "total", name)
    if invoice.has("next_invoice"):
        yield from _figures_in(invoice.fields("next_invoice"), f"{name}.next_invoice", ("amount",))
    invoice.close()


def _figures_of_lines(lines: Fields, name: str, allowed: Sequence[str]) -> Iterator[Figure]:
    for charge, _, _ in lines.each():
        yield from _figures_in(lines.fields(charge), f"{name}.{charge}", allowed)


def _figures_in(fields: Fields, name: str, allowed: Sequence[str]) -> Iterator[Figure]:
    yield from [_figure(fields, key, name) for key in allowed if fields.has(key)]
    fields.close()


def _figure(fields: Fields, key: str, name: str) -> Figure:
    figure = fields.value(key, read_amount, ZERO, "use an amount, such as 1,000.50")
    return Figure(f"{name}.{key}", figure, fields.line_of(key))


def _read_contradiction(fields: Fields) -> Contradiction | None:
    if not fields.has("contradiction"):
        return None
    inner = fields.fields("contradiction")
    contradiction = Contradiction(inner.text("says"), inner.text("read_as"))
    inner.close()
    return contradiction
