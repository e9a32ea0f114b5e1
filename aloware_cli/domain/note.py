"""Notes: what whoever reads a quote must know beside its figures."""

from typing import Final

#: How the notes begin that say what no total holds.
NOT_PUBLISHED: Final = "Not published, and so not in the totals"
NO_FIRST_INVOICE: Final = "No first invoice"
FEES_OUTSIDE: Final = "Carrier fees are passed on without markup and stand outside the totals"
FEES_ON_TOP: Final = "Carrier fees come on top of texts"
EXCLUSIONS: Final = (NOT_PUBLISHED, NO_FIRST_INVOICE, FEES_OUTSIDE, FEES_ON_TOP)


def leaves_out(note: str) -> bool:
    """Tell whether `note` says what a quote leaves out of its totals."""
    return note.startswith(EXCLUSIONS)
