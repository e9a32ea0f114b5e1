"""Markdown: a quote to paste into an email, a CRM or GitHub.

Text from elsewhere is escaped, so that it reads as it was written: it makes no
link, no markup and no further cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from aloware_cli.domain.quotes import Quote
from aloware_cli.render.facts import (
    card_identity,
    credits_facts,
    facts_on,
    included_in,
    title_of,
)
from aloware_cli.render.parts import Item, Part, Sum, other_parts, recurring_parts
from aloware_cli.render.references import Reference, references_of

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
    return "\n\n".join(_blocks(quote)) + "\n"


def _blocks(quote: Quote) -> Iterator[str]:
    yield f"# {as_written(title_of(quote))}"
    if quote.details:
        yield _facts(facts_on(quote.details))
    for part in (*recurring_parts(quote), *other_parts(quote)):
        yield f"## {as_written(part.caption)}"
        yield _table(part)
    if quote.credits:
        yield "## Prepaid credits"
        yield _facts(credits_facts(quote.credits))
    yield from _named_list("Included, and why", included_in(quote))
    yield from _list("Not in the totals", map(as_written, quote.exclusions))
    yield from _list("Assumptions", map(as_written, quote.assumptions))
    yield "## Sources"
    yield "\n".join(_reference(reference) for reference in references_of(quote))
    yield f"Priced by aloware-cli from the {as_written(card_identity(quote))}."


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{name}:** {as_written(text)}" for name, text in facts)


def _named_list(title: str, items: Iterable[tuple[str, str]]) -> Iterator[str]:
    return _list(title, (f"**{as_written(name)}:** {as_written(text)}" for name, text in items))


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _table(part: Part) -> str:
    sourced = any(item.source for item in part.items)
    headings = ["Item", *part.prices, *part.headings, *(["Source"] if sourced else [])]
    rows: list[Sequence[str]] = []
    for group in part.groups:
        rows += [
            [_label(item), *part.prices_of(item), *item.figures, *_source(item)]
            for item in group.items
        ]
        rows += [_sum(row, part, sourced=sourced) for row in group.sums]
    rows += [_sum(row, part, sourced=sourced) for row in part.sums]
    ruler = [":--", *["--:"] * (len(headings) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [headings, ruler, *rows])


def _label(item: Item) -> str:
    working = f" ({item.working})" if item.needs_working else ""
    return as_written(f"{item.label}{working}")


def _source(item: Item) -> Sequence[str]:
    return [] if item.source is None else [str(item.source)]


def _sum(row: Sum, part: Part, *, sourced: bool) -> Sequence[str]:
    blanks = [""] * len(part.prices)
    figures = [f"**{figure}**" for figure in row.figures]
    return [f"**{as_written(row.label)}**", *blanks, *figures, *([""] if sourced else [])]


def _reference(reference: Reference) -> str:
    url = reference.source.url or ""
    address = f", <{url}>" if _WEB_PAGE.fullmatch(url) else f", {as_written(url)}" if url else ""
    lines = [f"{reference.number}. {as_written(reference.page)}{address}"]
    indent = " " * len(f"{reference.number}. ")
    lines += [
        f"{indent}- {as_written(labels)}: {as_written(wording)}"
        for labels, wording in reference.wordings
    ]
    return "\n".join(lines)
