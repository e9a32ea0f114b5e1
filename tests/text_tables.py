"""Tables in text files: one row a line, with " | " between cells.

`⏎` is a line end, `⇥` a tab. Empty lines and lines that begin with `#` are no rows.
"""

from pathlib import Path

TABLES = Path(__file__).parent / "files" / "tables"


def read_table(name: str | Path) -> list[list[str]]:
    """Return the rows of the table at a path, or in `tests/files/tables/NAME.txt`."""
    lines = (
        (TABLES / f"{name}.txt" if isinstance(name, str) else name).read_text("utf-8").split("\n")
    )
    return [
        line.replace("⏎", "\n").replace("⇥", "\t").split(" | ")
        for line in lines
        if line and not line.startswith("#")
    ]


def matches(said: str, expected: str) -> bool:
    """Tell whether `said` is what is expected; "…" stands for a part that the row leaves out."""
    start, _, end = expected.partition("…")
    return said == expected or ("…" in expected and said.startswith(start) and said.endswith(end))
