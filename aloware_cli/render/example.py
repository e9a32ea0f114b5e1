"""An example's file, written from a quote that somebody has checked by hand."""

from collections.abc import Mapping
from decimal import Decimal

from aloware_cli.domain.money import format_exact
from aloware_cli.domain.scenarios import KEYS_OF_EXAMPLES, Scenario
from aloware_cli.render.scenario import scenario_document
from aloware_cli.render.yaml import Block, Value, to_yaml


def example_text(
    name: str, command: str, scenario: Scenario, figures: Mapping[str, Decimal], today: str
) -> str:
    """Return the YAML of the example `name`: the `scenario` and every figure that `command` gave.

    Its source is whoever checked the quote, on the day `today`.
    """
    document: Block = {
        "example": name,
        "sources": {"recorded": {"title": "A quote that was checked by hand", "read_on": today}},
        "source": "recorded",
        "wording": command,
        "scenario": scenario_document(scenario, keys=KEYS_OF_EXAMPLES),
        "published": _nested(figures),
    }
    return to_yaml(document)


def _nested(figures: Mapping[str, Decimal]) -> Block:
    """Return `lines.license.monthly` and the like as mappings within mappings."""
    root: dict[str, Value] = {}
    for name, amount in figures.items():
        *parents, last = name.split(".")
        block = root
        for parent in parents:
            block = block.setdefault(parent, {})  # type: ignore[assignment]
        block[last] = format_exact(amount)
    return root
