"""An example's file, written from a quote that somebody has checked by hand."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from aloware_cli.domain.charge import SHORT_NAMES
from aloware_cli.domain.money import plain
from aloware_cli.domain.scenario import Scenario

Block: TypeAlias = Mapping[str, "str | Block"]


def example_text(
    name: str, command: str, scenario: Scenario, figures: Mapping[str, Decimal], today: str
) -> str:
    """Return the YAML of the example `name`: the `scenario` and every figure that `command` gave.

    Its source is whoever checked the quote, on the day `today`.
    """
    document: dict[str, str | Block] = {
        "example": name,
        "sources": {"recorded": {"title": "A quote that was checked by hand", "read_on": today}},
        "source": "recorded",
        "wording": command,
        "scenario": _scenario(scenario),
        "published": _nested(figures),
    }
    return "".join(f"{line}\n" for line in _lines(document))


def _scenario(scenario: Scenario) -> Block:
    order = scenario.order
    short_names = {key: name for name, key in SHORT_NAMES.items()}
    named = {short_names[k]: str(n) for k, n in order.quantities.items() if k in short_names}
    added = {key: str(n) for key, n in order.quantities.items() if key not in short_names}
    rates = {k: plain(r.price) for k, r in order.supplied.items() if r.price is not None}
    block: dict[str, str | Block] = {"plan": scenario.plan, **named}
    discounts = {key: f"{percent:f}%" for key, percent in order.discounts.items()}
    parts = (("add", added), ("rate", rates), ("discount", discounts))
    block |= {key: part for key, part in parts if part}
    block |= {} if order.min_agents is None else {"min_agents": str(order.min_agents)}
    block |= {"term": order.term} if order.term != "monthly" else {}
    return block | ({"start": order.start} if order.start else {})


def _nested(figures: Mapping[str, Decimal]) -> Block:
    """Return `lines.license.monthly` and the like as mappings within mappings."""
    root: dict[str, str | Block] = {}
    for name, amount in figures.items():
        *parents, last = name.split(".")
        block = root
        for parent in parents:
            block = block.setdefault(parent, {})  # type: ignore[assignment]
        block[last] = plain(amount)
    return root


def _lines(block: Block, indent: str = "") -> Iterator[str]:
    import json

    for key, value in block.items():
        if isinstance(value, str):
            # A text in double quotes means the same in YAML as in JSON.
            bare = value.replace(".", "").replace("-", "").isalnum() and value.isascii()
            yield f"{indent}{key}: {value if bare else json.dumps(value, ensure_ascii=False)}"
        else:
            yield f"{indent}{key}:"
            yield from _lines(value, f"{indent}  ")
