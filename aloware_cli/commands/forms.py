"""Forms: which one a result is printed in, and where it goes."""

import os
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, TypeVar

import typer

from aloware_cli.errors import RequestError

TableOrJson: TypeAlias = Literal["table", "json"]
TABLE_OR_JSON: Final[Mapping[str, TableOrJson]] = {".txt": "table", ".json": "json"}

Form = TypeVar("Form", bound=str)


def read_path(text: str) -> str | None:
    """Return the path of a file, or None for `-`: standard output."""
    if not text:
        raise typer.BadParameter("'': write the path of a file, or - for standard output.")
    return None if text == "-" else text


FORM_OPTION: Final[Any] = typer.Option(help="The form; a table unless --output says otherwise.")
OUTPUT_OPTION: Final[Any] = typer.Option(
    parser=read_path, metavar="FILE", help="Write to FILE, in the form of its ending; - is stdout."
)
FORCE_OPTION: Final[Any] = typer.Option("--force", help="Let --output replace a file.")


def form_for(format: Form | None, output: str | None, forms: Mapping[str, Form]) -> Form:
    """Return the form that is asked for; the ending of the output file decides, if it is known.

    `forms` gives the form of each ending, that of a terminal first. Raises
    RequestError where the two disagree or no form goes with the ending.
    """
    ending = os.path.splitext(output or "")[1].lower()
    named = forms.get(ending)
    if format and named and format != named:
        raise RequestError(
            f"--format {format} does not fit --output {output}",
            f"A file that ends in {ending} is written as {named}.",
        )
    if ending and not format and not named:
        raise RequestError(
            f"--output {output}: no form goes with the ending {ending}",
            f"End it in {' or '.join(forms)}, or choose with --format.",
        )
    return format or named or next(iter(forms.values()))
