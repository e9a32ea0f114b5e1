"""Examples: files and folders in, worked examples out."""

import os
from collections.abc import Iterator, Sequence

from aloware_cli.domain.cards import Catalog
from aloware_cli.domain.examples import Contradiction, Example, Figure
from aloware_cli.domain.problems import Location, Problem
from aloware_cli.domain.scenarios import KEYS_OF_EXAMPLES, Scenario
from aloware_cli.files.cards import ENDINGS, shipped_rates
from aloware_cli.files.fields import Fields
from aloware_cli.files.file import name_to_show, read_file
from aloware_cli.files.scenarios import read_scenario
from aloware_cli.files.sources import read_citation, read_own_sources

PERIOD_FIGURES = ("unit_price", "monthly", "quarterly", "annual", "amount")
TOTALS = ("monthly", "quarterly", "annual", "one_time")
INVOICE_FIGURES = ("unit_price", "prorated_unit", "amount")


def load_examples(paths: Sequence[str], catalog: Catalog) -> tuple[list[Example], list[Problem]]:
    """Return the examples at `paths`, files or folders, and what is wrong with the others.

    Without a path, the examples that come with the tool. A file at fault gives
    no example and keeps no other from being read.
    """
    examples: list[Example] = []
    problems: list[Problem] = []
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
            place = Location(name_to_show(path), 1, 1)
            problems.append(
                Problem(place, "", "no example is here", "add one, or name another folder")
            )
        yield from (os.path.join(path, name) for name in names)


def read_example(fields: Fields, catalog: Catalog) -> Example:
    """Return the example that `fields` gives."""
    sources = read_own_sources(fields, catalog.sources)
    approximate = fields.optional_text("approximate")
    example = Example(
        name=fields.text("example"),
        file=fields.place.file,
        line=fields.place.line,
        citation=read_citation(fields, sources),
        remark=fields.optional_text("remark"),
        scenario=None if approximate else _read_scenario(fields.fields("scenario")),
        figures=() if approximate else tuple(_read_figures(fields.fields("published"))),
        contradiction=_read_contradiction(fields),
        approximate=approximate,
    )
    fields.close()
    return example


def _read_scenario(fields: Fields) -> Scenario:
    if not fields.has("plan"):
        fields.text("plan")
    return read_scenario(fields, "", KEYS_OF_EXAMPLES)


def _read_figures(published: Fields) -> Iterator[Figure]:
    """Yield every figure that the page prints, named as in a quote."""
    before = len(published.problems)
    found: list[Figure] = []
    if published.has("lines"):
        found += _figures_of_lines(published.fields("lines"), "lines", PERIOD_FIGURES)
    if published.has("totals"):
        found += _figures_in(published.fields("totals"), "totals", TOTALS)
    if published.has("first_invoice"):
        found += _figures_of_invoice(published.fields("first_invoice"))
    published.close()
    if not found and len(published.problems) == before:
        published.refuse_whole("no figure is published here", "give lines, totals or both")
    yield from found


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
    return Figure(f"{name}.{key}", fields.price(key), fields.line_of(key))


def _read_contradiction(fields: Fields) -> Contradiction | None:
    if not fields.has("contradiction"):
        return None
    inner = fields.fields("contradiction")
    contradiction = Contradiction(inner.text("says"), inner.text("read_as"))
    inner.close()
    return contradiction
