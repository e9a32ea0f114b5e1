"""Sources: the pages and documents that a file names, and the wording it quotes from them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, cast

from aloware_cli.domain.money import format_exact
from aloware_cli.domain.problems import quoted, suggest
from aloware_cli.domain.sources import Citation, Source, read_dated, states_price
from aloware_cli.files.fields import Fields, read_text

NAME_IT: Final = "name a page of sources.yaml, or list the contract or price sheet under sources"


def read_sources(pages: Fields) -> dict[str, Source]:
    """Return the pages under the keys of `pages`."""
    sources = {}
    for key, _, _ in pages.each():
        page = pages.fields(key)
        sources[key] = Source(
            key=key,
            title=page.text("title"),
            url=page.optional_text("url"),
            read_on=page.date("read_on"),
            dated=page.value("dated", read_dated, None) if page.has("dated") else None,
            copy=_read_copy(page) if page.has("copy") else None,
        )
        page.close()
    return sources


def _read_copy(page: Fields) -> Literal["stored"]:
    return cast("Literal['stored']", page.choice("copy", ("stored",)))


def read_own_sources(fields: Fields, shared: Mapping[str, Source]) -> dict[str, Source]:
    """Return the `shared` pages and the file's own, which may not replace a shared one."""
    if not fields.has("sources"):
        return dict(shared)
    pages = fields.fields("sources")
    own = read_sources(pages)
    for key in own.keys() & shared.keys():
        pages.reject_key(key, "E-DUPLICATE", "already in sources.yaml", "use another key")
    return {**shared, **own}


def read_source(fields: Fields, sources: Mapping[str, Source]) -> Source:
    """Return the page whose key is under `source`."""
    key = fields.value("source", read_text, "", NAME_IT)
    if key and key not in sources:
        hint = suggest(key, sources, "sources")
        fields.reject("source", "E-SOURCE", f"unknown source {quoted(key)}", hint)
    return sources.get(key, Source(key, "", None, None))


def read_citation(
    fields: Fields, sources: Mapping[str, Source], prices: Sequence[Decimal] = ()
) -> Citation:
    """Return the page under `source` with its wording under `wording`.

    Each of `prices` must be a figure of the wording.
    """
    citation = Citation(read_source(fields, sources), fields.text("wording"))
    for price in dict.fromkeys(prices):
        if citation.wording and not states_price(citation.wording, price):
            message = f"the wording does not state the price {format_exact(price)}"
            hint = "correct the price, or quote the words that print it"
            fields.reject("wording", "E-WORDING", message, hint)
    return citation
