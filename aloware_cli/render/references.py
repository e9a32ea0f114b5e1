"""References: the sources of a quote's prices, numbered for its lines to point at."""

from typing import Final, NamedTuple

from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import Line, Quote
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.render.words import page_in_words

#: Which flag or file gave a price is for whoever made the quote: --explain and JSON say it.
FEES: Final = "Carrier fees"
SUPPLIED: Final = Source("supplied", "Supplied for this quote", None, None)


class Reference(NamedTuple):
    """A numbered source, with what it says of each item that is priced from it."""

    number: int
    source: Source
    #: Labels of items, and the wording behind their price.
    wordings: tuple[tuple[str, str], ...]

    @property
    def page(self) -> str:
        """The source by its title, when it was read and how old its figures are."""
        return page_in_words(self.source)


def references_of(quote: Quote) -> tuple[Reference, ...]:
    """Return the sources of all prices, numbered in the order in which they are needed."""
    said: dict[Source, dict[str, list[str]]] = {}
    cited = [(line.charge.label, citation_of(line)) for line in quote.all_lines]
    if quote.carrier_fees:
        cited += [(FEES, citation) for citation in quote.carrier_fees.sources]
    for label, citation in cited:
        said.setdefault(citation.source, {}).setdefault(citation.wording, []).append(label)
    return tuple(
        Reference(
            number, source, tuple((", ".join(labels), text) for text, labels in wordings.items())
        )
        for number, (source, wordings) in enumerate(said.items(), 1)
    )


def citation_of(line: Line) -> Citation:
    """Return what a quote that is sent cites for the price of `line`."""
    if line.status != "supplied" or line.rate.price is None:
        return line.rate.citation
    return Citation(SUPPLIED, f"{format_display(line.rate.price)} per {line.charge.unit}")
