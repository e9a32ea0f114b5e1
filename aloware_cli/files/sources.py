"""Sources: the pages a file names, and what it quotes from them."""

from collections.abc import Mapping

from aloware_cli.domain.problems import quoted
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.fields import Fields, nearest


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
            dated=page.optional_text("dated"),
        )
        page.close()
    return sources


def read_own_sources(fields: Fields, shared: Mapping[str, Source]) -> dict[str, Source]:
    """Return the `shared` pages and those of the file's own, none of which may stand in for one."""
    if not fields.has("sources"):
        return dict(shared)
    pages = fields.fields("sources")
    own = read_sources(pages)
    for key in own.keys() & shared.keys():
        pages.refuse_at_key(key, "is in sources.yaml too", "give it another key")
    return {**shared, **own}


def read_source(fields: Fields, sources: Mapping[str, Source]) -> Source:
    """Return the page whose key stands under `source`."""
    key = fields.text("source")
    if key and key not in sources:
        fields.refuse("source", f"no source {quoted(key)}", nearest(key, list(sources)))
    return sources.get(key, Source(key, "", None, None))


def read_citation(fields: Fields, sources: Mapping[str, Source]) -> Citation:
    """Return the page under `source` with its words under `wording`."""
    return Citation(read_source(fields, sources), fields.text("wording"))
