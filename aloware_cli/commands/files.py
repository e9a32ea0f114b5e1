"""`aloware init` and `aloware schema`: a scenario file to start with, and the schemas of files."""

from typing import Annotated

import typer

from aloware_cli.cli.options import argument
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


def schema(
    name: Annotated[str, argument("NAME", "Name of the schema, such as quote")],
) -> None:
    """Print a JSON Schema.

        aloware schema scenario > scenario.schema.json

    Documents: quote, proposal, range, plan-explanation, comparison, breakeven, sweep, explanation,
    explanations, proration, segments, diff, check, cards, card, questions, changes, verification,
    findings, batch, batch-lines. Input files: scenario, plan, overlay, charges, sources, carriers,
    shared, terms, conflict, example.
    """
    from aloware_cli.files.schemas import read_schema

    write_output(read_schema(name), None)
