"""Markdown, with the tables of GitHub: a page to paste into an email, a CRM or GitHub.

Text from elsewhere is escaped, so that it reads as it was written: it makes no
link, no markup and no further cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aloware_cli.render.pages import Appendix, Item, Page, Table
from aloware_cli.render.sections import Fact
from aloware_cli.render.words import Reference

#: What means something anywhere in a line, and what makes an address a link.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
#: What means something at the beginning of a paragraph or of a list item.
_BEGINNING: Final = re.compile(r"^(?:[#+-]|[0-9]+[.)](?=\s|$))")
_WEB_PAGE: Final = re.compile(r"https?://[^\s<>]+")


def as_written(text: str) -> str:
    """Return `text` as Markdown that shows it unchanged."""
    escaped = _MARKUP.sub(r"\\\g<0>", text.strip())
    return _BEGINNING.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", escaped)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> str:
    """Return a table of Markdown cells; the first `texts` columns have texts, others figures."""
    rule = [":--"] * texts + ["--:"] * (len(headings) - texts)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows))


def to_markdown(page: Page) -> str:
    """Return `page` as Markdown."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    if seller := page.seller:
        address = f", {as_written(seller.address)}" if seller.address else ""
        yield f"**{as_written(seller.name)}**{address}"
    yield f"# {as_written(f'{page.name} for {page.customer}' if page.customer else page.name)}"
    yield as_written(page.lead)
    figures = ((label, ", ".join(filter(None, texts))) for label, *texts in page.headline)
    for named in (page.facts, [*figures]):
        if named:
            yield _list(map(_named, named))
    yield from (as_written(text) for text in (page.alert, page.note) if text)
    for each in page.tables:
        yield from _table(each)
    if page.remarks:
        yield _list(map(as_written, page.remarks))
    for heading, texts in page.lists:
        yield f"## {heading}"
        yield _list(map(as_written, texts))
    if page.acceptance:
        yield "## Acceptance"
        yield _list(f"{label}:" for label in page.acceptance)
    if page.footer:
        yield as_written(page.footer)
    if page.appendix:
        yield from _appendix(page.appendix)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _named(fact: Fact) -> str:
    name, text = fact
    return f"**{as_written(name)}:** {as_written(text)}"


def _table(part: Table) -> Iterator[str]:
    if part.title:
        yield f"## {as_written(part.title)}"
    headings = [*map(as_written, (part.label, *part.units, *part.figures))]
    rows: list[Sequence[str]] = []
    details: dict[str, str] = {}
    for block in part.blocks:
        if block.title:
            rows.append([f"**{as_written(block.title)}**", *[""] * (len(headings) - 1)])
        rows += map(_cells, block.items)
        details |= {item.label: "; ".join(item.details) for item in block.items if item.details}
    rows += map(_cells, part.foot)
    if part.figures:
        yield table(headings, rows)
    if details:
        yield _list(map(_named, details.items()))
    if part.remark:
        yield as_written(part.remark)


def _cells(item: Item) -> Sequence[str]:
    details = "; ".join(filter(None, (item.remark, item.saving)))
    label = f"{item.label} ({details})" if details else item.label
    cells = [*map(as_written, (label, *item.units, *item.figures))]
    return [cell and f"**{cell}**" for cell in cells] if item.is_sum else cells


def _appendix(appendix: Appendix) -> Iterator[str]:
    yield "## Appendix: calculations and sources"
    yield _list(map(as_written, appendix.calculations))
    if appendix.notes:
        yield "### Notes on prices and terms"
        yield _list(map(as_written, appendix.notes))
    yield "### Sources"
    yield "\n".join(map(_reference, appendix.references))
    yield as_written(appendix.cards)


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
