"""Ranges: one order at low, expected and high quantities, and the quotes that it gives."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from aloware_cli.domain.money import CASES, ZERO
from aloware_cli.domain.periods import MONTHS
from aloware_cli.domain.proposals import combine
from aloware_cli.domain.quotes import Line, Note, Part, Quote

#: What differs between notes of one wording.
FIGURES: Final = re.compile(rf"[0-9.,]|{'|'.join(MONTHS)}")
#: What a line item that a quote lacks has.
NOTHING: Final[dict[str, Any]] = {
    "quantity": 0, "parts": (Part(0, ZERO),), "working": "0", "allowance": 0, "before": ZERO,
}  # fmt: skip


class QuoteRange(NamedTuple):
    """The quotes at low, expected and high quantities; all else that was asked for is the same."""

    quotes: tuple[Quote, ...]

    @property
    def at_least(self) -> bool:
        """Whether a total is only a lower bound."""
        return any(quote.at_least for quote in self.quotes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on the quotes; one that not all have names its case.

        Of notes that differ only in figures and dates, that on the expected quantities.
        """
        found: dict[str, Note] = {}
        cases = list(zip(CASES, self.quotes, strict=True))
        for case, quote in (cases[1], cases[2], cases[0]):
            for note in quote.notes:
                if all(note in each.notes for each in self.quotes):
                    found[note.text] = note
                else:
                    named = note._replace(text=f"{case.capitalize()}: {note.text}")
                    found.setdefault(FIGURES.sub("", note.text), named)
        return tuple(found.values())

    @property
    def aligned(self) -> tuple[Quote, ...]:
        """The quotes with the same line items: one that a quote lacks has the quantity 0."""
        of_groups = [
            [group._replace(quote=quote) for group, quote in zip(alike, quotes, strict=True)]
            for alike in zip(*(quote.groups for quote in self.quotes), strict=True)
            for quotes in [QuoteRange(tuple(group.quote for group in alike)).aligned]
        ]
        if of_groups:
            cases = zip(self.quotes, zip(*of_groups, strict=True), strict=True)
            return tuple(combine(groups, quote.credits, quote.notes) for quote, groups in cases)
        found = [{line.charge.key: line for line in quote.all_lines} for quote in self.quotes]
        of_any = {key: line for lines in found for key, line in lines.items()}
        lines = [of_any[key] for key in merged_keys(found)]
        return tuple(_with_lines(quote, lines) for quote in self.quotes)


def merged_keys(cases: Sequence[Iterable[str]]) -> list[str]:
    """Return the keys of all `cases`, each after the one that it follows in its case."""
    merged: list[str] = []
    for keys in reversed(cases):
        place = 0
        for key in keys:
            if key not in merged:
                merged.insert(place, key)
            place = merged.index(key) + 1
    return merged


def _with_lines(quote: Quote, found: Sequence[Line]) -> Quote:
    own = {line.charge.key: line for line in quote.all_lines}
    lines = [own.get(line.charge.key) or line._replace(**NOTHING) for line in found]
    return quote._replace(
        lines=tuple(line for line in lines if not line.charge.one_time),
        one_time=tuple(line for line in lines if line.charge.one_time),
    )
