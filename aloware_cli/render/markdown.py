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


def escape(text: str) -> str:
    """Return `text` as Markdown that shows it unchanged."""
    escaped = _MARKUP.sub(r"\\\g<0>", text.strip())
    return _BEGINNING.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", escaped)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> str:
    """Return a table of Markdown cells; the first `texts` columns have texts, others figures."""
    rule = [":--"] * texts + ["--:"] * (len(headings) - texts)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, rule, *rows))


def to_markdown(page: Page) -> str:
    """Return `page` as Markdown."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    if seller := page.seller:
        address = f", {escape(seller.address)}" if seller.address else ""
        yield f"**{escape(seller.name)}**{address}"
    yield f"# {escape(f'{page.name} for {page.customer}' if page.customer else page.name)}"
    yield escape(page.lead)
    figures = ((label, ", ".join(filter(None, texts))) for label, *texts in page.headline)
    for named in (page.facts, [*figures]):
        if named:
            yield _list(map(_named, named))
    yield from (escape(text) for text in (page.alert, page.note) if text)
    for each in page.tables:
        yield from _table(each)
    if page.remarks:
        yield _list(map(escape, page.remarks))
    for heading, texts in page.lists:
        yield f"## {heading}"
        yield _list(map(escape, texts))
    if page.acceptance:
        yield "## Acceptance"
        yield _list(f"{label}:" for label in page.acceptance)
    if page.footer:
        yield escape(page.footer)
    if page.appendix:
        yield from _appendix(page.appendix)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _named(fact: Fact) -> str:
    name, text = fact
    return f"**{escape(name)}:** {escape(text)}"


def _table(part: Table) -> Iterator[str]:
    if part.title:
        yield f"## {escape(part.title)}"
    headings = [*map(escape, (part.label, *part.units, *part.figures))]
    rows: list[Sequence[str]] = []
    details: dict[str, str] = {}
    for block in part.blocks:
        if block.title:
            rows.append([f"**{escape(block.title)}**", *[""] * (len(headings) - 1)])
        rows += map(_cells, block.items)
        details |= {item.label: "; ".join(item.details) for item in block.items if item.details}
    rows += map(_cells, part.foot)
    if part.figures:
        yield write_table(headings, rows)
    if details:
        yield _list(map(_named, details.items()))
    if part.remark:
        yield escape(part.remark)


def _cells(item: Item) -> Sequence[str]:
    details = "; ".join(filter(None, (item.remark, item.saving)))
    label = f"{item.label} ({details})" if details else item.label
    cells = [*map(escape, (label, *item.units, *item.figures))]
    return [cell and f"**{cell}**" for cell in cells] if item.is_sum else cells


def _appendix(appendix: Appendix) -> Iterator[str]:
    yield "## Appendix: calculations and sources"
    yield _list(map(escape, appendix.calculations))
    if appendix.notes:
        yield "### Notes on prices and terms"
        yield _list(map(escape, appendix.notes))
    yield "### Sources"
    yield "\n".join(map(_reference, appendix.references))
    yield escape(appendix.cards)


def _reference(reference: Reference) -> str:
    url = reference.source.url or ""
    address = f", <{url}>" if _WEB_PAGE.fullmatch(url) else f", {escape(url)}" if url else ""
    lines = [f"{reference.number}. {escape(reference.title)}{address}"]
    indent = " " * len(f"{reference.number}. ")
    lines += [
        f"{indent}- {escape(labels)}: {escape(wording)}" for labels, wording in reference.wordings
    ]
    return "\n".join(lines)
