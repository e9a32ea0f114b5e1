"""`aloware init`: a commented scenario file to start from."""

import os
from typing import Annotated

import typer

from aloware_cli.commands.forms import read_path
from aloware_cli.errors import DataError
from aloware_cli.files.output import write_output


def init(
    file: Annotated[
        str | None,
        typer.Argument(parser=read_path, metavar="FILE", help="Where to; standard output without."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE where it is there already.")
    ] = False,
) -> None:
    """Write a commented scenario file to start from.

    For example: aloware init acme.yaml

    It holds every key that `--from` reads.
    """
    from aloware_cli.render.skeleton import SKELETON

    if file is not None and os.path.exists(file) and not force:
        raise DataError(f"{file} exists", "Name another file, or replace it with --force.")
    write_output(SKELETON, file)
