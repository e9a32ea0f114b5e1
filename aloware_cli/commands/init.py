"""`aloware init`: a commented scenario file to start from."""

from typing import Annotated

import typer

from aloware_cli.commands.forms import read_path
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

    write_output(SKELETON, file, force=force)
