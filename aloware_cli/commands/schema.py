"""`aloware schema`: the JSON Schema of a document or an input file."""

from typing import Annotated

import typer

from aloware_cli.files.io import write_output
from aloware_cli.files.schemas import read_schema


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the schema, such as quote")],
) -> None:
    """Print a JSON Schema.

        aloware schema scenario > scenario.schema.json

    Documents: quote, proposal, range, plan-explanation, comparison, breakeven, sweep, explanation,
    explanations, proration, segments, diff, check, cards, card, questions, changes, verification,
    findings, batch, batch-lines. Input files: scenario, plan, overlay, charges, sources, carriers,
    shared, terms, conflict, example.
    """
    write_output(read_schema(name), None)
