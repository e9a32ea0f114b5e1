"""Markdown: a quote to paste into an email, a CRM or GitHub.

Text from elsewhere is escaped, so that it reads as it was written: it makes no
link, no markup and no further cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aloware_cli.domain.quotes import Quote
from aloware_cli.render.layout import Table, tables_of
from aloware_cli.render.quotes import quote_report
from aloware_cli.render.sections import Report, Row, notes_by_heading
from aloware_cli.render.words import Reference, card_identity, included_in, references_of

#: What means something anywhere in a line, and what makes an address a link.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
#: What means something at the beginning of a paragraph or of a list item.
_BEGINNING: Final = re.compile(r"^(?:[#+-]|[0-9]+[.)](?=\s|$))")
_WEB_PAGE: Final = re.compile(r"https?://[^\s<>]+")


def as_written(text: str) -> str:
    """Return `text` as Markdown that shows it unchanged."""
    escaped = _MARKUP.sub(r"\\\g<0>", text.strip())
    return _BEGINNING.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", escaped)


def quote_markdown(quote: Quote) -> str:
    """Return `quote` as Markdown, with the tables of GitHub."""
    return to_markdown(quote_report(quote), quote)


def to_markdown(report: Report, quote: Quote) -> str:
    """Return `report` as Markdown, with the sources of `quote`."""
    return "\n\n".join(_blocks(report, quote)) + "\n"


def _blocks(report: Report, quote: Quote) -> Iterator[str]:
    yield f"# {as_written(f'Aloware {report.title}')}"
    if report.facts:
        yield "\n".join(f"- **{name}:** {as_written(text)}" for name, text in report.facts)
    for table in tables_of(quote, report):
        yield f"## {as_written(table.title)}"
        yield _table(table)
    included = [f"**{as_written(who)}:** {as_written(why)}" for who, why in included_in(quote)]
    yield from _list("Included", included)
    for heading, texts in notes_by_heading(report.customer_notes):
        yield from _list(heading, map(as_written, texts))
    yield "## Sources"
    yield "\n".join(_reference(reference) for reference in references_of(quote))
    yield f"Priced by aloware-cli with the {as_written(card_identity(quote))}."


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _table(table: Table) -> str:
    headings = ["Item", *table.headings, *(["Source"] if table.has_sources else [])]
    ruler = [":--", *["--:"] * (len(headings) - 1)]
    rows: list[Sequence[str]] = []
    for section in table.sections:
        if section.heading:
            rows.append([f"**{as_written(section.heading)}**", *[""] * (len(headings) - 1)])
        rows += [_cells(row, table) for row in section.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [headings, ruler, *rows])


def _cells(row: Row, table: Table) -> Sequence[str]:
    cells = [as_written(cell) for cell in table.cells_of(row)]
    source = [table.source_of(row)] if table.has_sources else []
    if row.level != "item":
        return [
            f"**{as_written(row.label)}**",
            *(cell and f"**{cell}**" for cell in cells),
            *source,
        ]
    calculation = f" ({row.calculation})" if table.needs_calculation(row) else ""
    return [as_written(f"{row.label}{calculation}"), *cells, *source]


def _reference(reference: Reference) -> str:
    url = reference.source.url or ""
    address = f", <{url}>" if _WEB_PAGE.fullmatch(url) else f", {as_written(url)}" if url else ""
    lines = [f"{reference.number}. {as_written(reference.title)}{address}"]
    indent = " " * len(f"{reference.number}. ")
    lines += [
        f"{indent}- {as_written(labels)}: {as_written(wording)}"
        for labels, wording in reference.wordings
    ]
    return "\n".join(lines)
