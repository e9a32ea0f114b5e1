"""References: the sources of a quote's prices, numbered for its lines to point at."""

from typing import NamedTuple

from aloware_cli.domain.quote import Quote
from aloware_cli.domain.source import Source


class Reference(NamedTuple):
    """A numbered source, with what it says of each item that is priced from it."""

    number: int
    source: Source
    #: Labels of items, and the wording behind their price.
    wordings: tuple[tuple[str, str], ...]


def references_of(quote: Quote) -> tuple[Reference, ...]:
    """Return the sources of all prices, numbered in the order in which they are needed."""
    said: dict[Source, dict[str, list[str]]] = {}
    for line in quote.lines + quote.one_time:
        citation = line.rate.citation
        said.setdefault(citation.source, {}).setdefault(citation.wording, []).append(
            line.charge.label
        )
    return tuple(
        Reference(
            number, source, tuple((", ".join(labels), text) for text, labels in wordings.items())
        )
        for number, (source, wordings) in enumerate(said.items(), 1)
    )
