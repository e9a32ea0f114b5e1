"""Markdown: an offer to paste into an email, a CRM or GitHub.

Text from elsewhere is escaped, so that it reads as it was written: it makes no
link, no markup and no further cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aloware_cli.render.offers import ACCEPTANCE, Appendix, Offer
from aloware_cli.render.tables import Item, Table
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


def to_markdown(offer: Offer) -> str:
    """Return `offer` as Markdown, with the tables of GitHub."""
    return "\n\n".join(_blocks(offer)) + "\n"


def _blocks(offer: Offer) -> Iterator[str]:
    if seller := offer.seller:
        address = f", {as_written(seller.address)}" if seller.address else ""
        yield f"**{as_written(seller.name)}**{address}"
    yield f"# {as_written(f'Quote for {offer.customer}' if offer.customer else 'Quote')}"
    yield as_written(offer.lead)
    facts = [f"**{name}:** {as_written(text)}" for name, text in offer.facts]
    if facts:
        yield _list(facts)
    yield _list(
        f"**{label}:** {as_written(', '.join(filter(None, texts)))}"
        for label, *texts in offer.headline
    )
    yield from (as_written(text) for text in (offer.alert, offer.note) if text)
    for table in offer.tables:
        yield f"## {as_written(table.title)}"
        yield _table(table)
        yield from [as_written(table.remark)] if table.remark else []
    for heading, texts in offer.lists:
        yield f"## {heading}"
        yield _list(map(as_written, texts))
    if offer.is_signed:
        yield "## Acceptance"
        yield _list(f"{label}:" for label in ACCEPTANCE)
    yield as_written(offer.footer)
    if offer.appendix:
        yield from _appendix(offer.appendix)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(table: Table) -> str:
    headings = ("Item", *table.units, *table.figures)
    rows: list[Sequence[str]] = [headings, [":--", *["--:"] * (len(headings) - 1)]]
    for block in table.blocks:
        if block.title:
            rows.append([f"**{as_written(block.title)}**", *[""] * (len(headings) - 1)])
        rows += map(_cells, block.items)
    rows += map(_cells, table.foot)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _cells(item: Item) -> Sequence[str]:
    details = "; ".join(filter(None, (item.remark, item.saving)))
    label = as_written(f"{item.label} ({details})" if details else item.label)
    cells = [label, *map(as_written, (*item.units, *item.figures))]
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
