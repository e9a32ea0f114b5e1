"""Output: which format a result is written in, and where it goes."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typer

from aloware_cli.domain.problems import as_typed, listed, visible
from aloware_cli.errors import AlowareError, UsageError
from aloware_cli.files.io import open_output, write_output

if TYPE_CHECKING:
    from aloware_cli.domain.checks import Check
    from aloware_cli.render.quote_pages import Presentation

TABLE_OR_JSON: Final = ("table", "json")
#: The formats of comparisons.
PAGE_FORMATS: Final = ("table", "csv", "json", "markdown", "html")
COMPARISON_FORMATS: Final = (*PAGE_FORMATS, "xlsx")
#: The formats that show a check, whatever it is about.
CI_FORMATS: Final = ("junit", "github", "markdown")
REPORT_FORMATS: Final = ("table", "json", *CI_FORMATS)
#: The formats of changes: those of a check, and what can be sent.
CHANGE_FORMATS: Final = (*REPORT_FORMATS, "csv", "html")
QUOTE_FORMATS: Final = ("table", "json", "csv", "markdown", "html", "pdf", "text", "xlsx")
#: The formats that customers read, with a seller and an appendix.
DOCUMENTS: Final = ("html", "pdf", "markdown")
#: The extensions of the files that hold each format.
EXTENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "table": (".txt",), "text": (".txt",), "json": (".json",), "csv": (".csv",),
    "markdown": (".md",), "html": (".html", ".htm"), "pdf": (".pdf",),
    "scenario": (".yaml", ".yml"), "overlay": (".yaml", ".yml"), "jsonl": (".jsonl", ".ndjson"),
    "junit": (".xml",), "github": (), "xlsx": (".xlsx",),
}  # fmt: skip


class Destination(NamedTuple):
    """Where a result goes, and in which format."""

    format: str
    path: str | None  #: None for stdout
    force: bool  #: Whether an existing file is overwritten
    is_chosen: bool = False  #: Whether --format names the format


def read_path(text: str) -> str | None:
    """Return the path of a file, or None for `-`: stdout."""
    if not text or text.endswith(os.sep) or os.path.isdir(text):
        problem = "a folder, not a file" if text else "not a file name"
        message = f"--output {as_typed(text)}: {problem}"
        raise UsageError("E-PATH", message, "use the path of a file, or - for stdout")
    return None if text == "-" else text


FORMAT: Final[Any] = typer.Option(help="Output format (default: table)")
OUTPUT: Final[Any] = typer.Option(
    "--output",
    "-o",
    parser=read_path,
    metavar="FILE",
    help="Write to FILE; its extension sets the format (- for stdout)",
)
FORCE: Final[Any] = typer.Option("--force", help="Overwrite an existing file")


def resolve(
    format: str | None, path: str | None, formats: Sequence[str], *, force: bool = False
) -> Destination:
    """Return where a result goes: in `format`, or else in the format of the extension of `path`.

    The first of `formats` is the default. Raises UsageError if `format` and `path` disagree, or
    for an unsupported extension.
    """
    extension = os.path.splitext(path or "")[1].lower()
    named = [name for name in formats if extension in EXTENSIONS[name]]
    if format and named and format not in named:
        message = f"--format {format} conflicts with --output {as_typed(path or '')}"
        raise UsageError("E-FORMAT", message, f"{extension} files are written as {named[0]}")
    if extension and not format and not named:
        message = f"--output {as_typed(path or '')}: unsupported file type {as_typed(extension)}"
        known = dict.fromkeys(ending for name in formats for ending in EXTENSIONS[name])
        hint = f"use {listed([*known], 'or')}, or set --format"
        raise UsageError("E-FORMAT", message, hint)
    chosen = format or next(iter(named), formats[0])
    if chosen == "xlsx" and path is None:
        hint = "name a file, for example: --output quotes.xlsx"
        raise UsageError("E-REQUIRES", "--format xlsx requires --output", hint)
    return Destination(chosen, path, force, is_chosen=format is not None)


def emit(  # noqa: PLR0913  every result is written here
    result: object,
    destination: Destination,
    *,
    kind: str = "",
    explain: bool = False,
    presentation: "Presentation | None" = None,
    check: "Callable[[], Check] | None" = None,
) -> None:
    """Write `result` to its destination: see `write_result`.

    With a `check`, CI servers read that.
    """
    if check and destination.format in CI_FORMATS:
        emit_check(check(), destination)
        return
    from aloware_cli.render.results import write_result
    from aloware_cli.render.terminal import target_for

    chosen, path, force, _ = destination
    target = target_for(path)
    content = write_result(
        result, chosen, target, kind=kind, explain=explain, presentation=presentation
    )
    if isinstance(content, str):
        if chosen != "table" and target.is_terminal:
            content = "\n".join(map(visible, content.split("\n")))
        write_output(content, path, force=force)
    elif target.is_terminal:
        message = f"--format {chosen} is not text for a terminal"
        raise UsageError("E-FORMAT", message, "write it to a file with --output FILE")
    else:
        with open_output(path, force=force) as stream:
            stream.write(content)


def emit_check(check: "Check", destination: Destination) -> None:
    """Write `check` as CI servers read it, or as JSON."""
    from aloware_cli.files.io import is_own
    from aloware_cli.render.checks import WRITERS, github

    if destination.format == "github":
        text = github(check, is_own)
    else:
        text = WRITERS[destination.format](check)
    write_output(text, destination.path, force=destination.force)


@contextmanager
def reported(command: str, destination: Destination) -> Iterator[None]:
    """Write an error in the input of the check `command` as CI servers read it, and raise it."""
    try:
        yield
    except AlowareError as error:
        if destination.format in CI_FORMATS:
            from aloware_cli.domain.checks import failed_check

            emit_check(failed_check(command, error.problems), destination)
        raise


SELLER: Final[Any] = typer.Option(
    "--seller",
    metavar="FILE",
    help="YAML file with your name, address and logo, for HTML, PDF and Markdown",
)
SOURCES: Final[Any] = typer.Option(
    "--sources",
    help="Add an appendix with calculations and sources to HTML, PDF and Markdown",
)


def presentation_of(
    destination: Destination, seller: str | None, *, sources: bool
) -> "Presentation | None":
    """Return how the document of a quote is shown; None for a format without these options.

    Raises UsageError if one is given for such a format.
    """
    if destination.format in DOCUMENTS:
        from aloware_cli.files.sellers import load_seller
        from aloware_cli.render.quote_pages import Presentation

        return Presentation(load_seller(seller) if seller is not None else None, sources)
    hint = "add --format html, pdf or markdown"
    if seller is not None:
        raise UsageError("E-REQUIRES", "--seller requires a document for a customer", hint)
    if sources:
        hint += ", or use --explain for a table"
        raise UsageError("E-REQUIRES", "--sources requires a document for a customer", hint)
    return None
