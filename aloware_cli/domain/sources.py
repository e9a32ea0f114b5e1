"""Sources: the pages that prices and rules come from."""

from typing import NamedTuple


class Source(NamedTuple):
    """A page, or the user, that a figure comes from."""

    key: str
    title: str
    url: str | None
    #: The day on which somebody last read the page, `YYYY-MM-DD`.
    read_on: str | None
    #: How old the page says its figures are, where it does: "October 2024".
    dated: str | None = None


class Citation(NamedTuple):
    """A source and what it says."""

    source: Source
    wording: str


def supplied_by_user(flag: str) -> Citation:
    """Return the citation of a price that the user supplied with `flag`."""
    return Citation(Source("supplied", "Supplied on the command line", None, None), flag)


def supplied_in_file(file: str, wording: str) -> Citation:
    """Return the citation of a price that the user supplied in the scenario `file`."""
    return Citation(Source("supplied", f"Supplied in {file}", None, None), wording)
