"""`aloware init`: a commented scenario file."""

from typing import Annotated

import typer

from aloware_cli.cli.output import FORCE, read_path
from aloware_cli.files.io import write_output


def init(
    file: Annotated[
        str | None,
        typer.Argument(parser=read_path, metavar="FILE", help="File to write (default: stdout)"),
    ] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Write a commented scenario file.

        aloware init acme.yaml

    The file has every key that --from reads.
    """
    from aloware_cli.render.scenario import skeleton

    write_output(skeleton(), file, force=force)
