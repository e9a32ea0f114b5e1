"""Columns: what a name means, and which names no column can have."""

import pytest
from card_files import catalog

from aloware_cli.batch.columns import MAX_COLUMNS, Layout, layout_of
from aloware_cli.batch.results import RESULTS
from aloware_cli.domain.problems import Problem
from aloware_cli.domain.scenarios import OPTIONS

CHARGES = catalog().charges


@pytest.mark.parametrize(
    ("names", "keys", "settings", "quantities"),
    [
        ("plan,agents", {"plan": 0, "agents": 1}, ("plan",), {"license": 1}),
        ("agents,id,name", {"agents": 0}, (), {"license": 0}),
        # synonyms, keys of charges, case, blanks and hyphens
        ("Users", {"agents": 0}, (), {"license": 0}),
        ("seats", {"agents": 0}, (), {"license": 0}),
        ("LICENSES", {"agents": 0}, (), {"license": 0}),
        ("License", {"agents": 0}, (), {"license": 0}),
        ("texts", {"sms": 0}, (), {"automated_sms": 0}),
        (" Agent Minutes", {"agent_minutes": 0}, (), {"agent_minutes": 0}),
        ("toll-free numbers", {"toll_free_numbers": 0}, (), {"toll_free_number": 0}),
        ("number_lookup", {"add.number_lookup": 0}, (), {"number_lookup": 0}),
        # what decides on prices, or on fees that follow from each other
        ("term,min_agents", {"term": 0, "min_agents": 1}, ("term", "min_agents"), {}),
        ("brand,campaigns", {"brand": 0, "campaigns": 1}, ("brand", "campaigns"), {}),
        ("late_appeal", {"add.late_appeal": 0}, ("add.late_appeal",), {}),
        ("rate.sms", {"rate.automated_sms": 0}, ("rate.automated_sms",), {}),
        ("Rate.uPro:Texts", {"rate.upro:automated_sms": 0}, ("rate.upro:automated_sms",), {}),
        ("discount.ALL", {"discount.all": 0}, ("discount.all",), {}),
        # the document of a quote: copied
        ("customer,contact,note,issued", {}, (), {}),
    ],
)
def test_columns_give_keys(
    names: str, keys: dict[str, int], settings: tuple[str, ...], quantities: dict[str, int]
) -> None:
    given = names.split(",")
    assert layout_of(given, CHARGES, RESULTS) == Layout(tuple(given), keys, settings, quantities)


#: Stands for the hint to rename a column that is to be copied.
RENAME = "; to copy the column to the output, rename it"


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ("agents,agents", 'agents: the same column as "agents"; remove one  [E-DUPLICATE]'),
        ("agents,License", 'License: the same column as "agents"; remove one  [E-DUPLICATE]'),
        ("id,id", 'id: the same column as "id"; remove one  [E-DUPLICATE]'),
        ("agents,", "column 2 has no name; name it, or remove it  [E-COLUMN]"),
        ("Status", "Status: the result has a column of this name; rename it  [E-COLUMN]"),
        ("agent", "agent: unknown column; did you mean agents?..."),
        ("number", "number: unknown column; did you mean numbers?..."),
        ("min_agent", "min_agent: unknown column; did you mean min_agents?..."),
        # what changes a quote and is not a column
        ("start", "start: not read from a column; use aloware quote --start..."),
        ("Credits", "Credits: not read from a column; use aloware quote --credits..."),
        ("carrier fees",
         "carrier fees: not read from a column; use aloware quote --carrier-fees..."),
        ("carrier.att", "carrier.att: not read from a column; use aloware quote --carrier..."),
        ("message", "message: not read from a column; use aloware quote --message..."),
        ("as_of", "as_of: not read from a column; use --as-of for all rows..."),
        ("add", "add: not read from a column; name the column number_lookup..."),
        ("rate",
         "rate: not read from a column; name the charge too, such as rate.automated_sms..."),
        ("\x1b[31m,\x1b[31m",
         r'"\x1b[31m": the same column as "\x1b[31m"; remove one  [E-DUPLICATE]'),
    ],
)  # fmt: skip
def test_column_is_rejected(names: str, problem: str) -> None:
    found = str(layout_of(names.split(","), CHARGES, RESULTS))
    assert found.replace(f"{RENAME}  [E-COLUMN]", "...").replace(
        " To copy the column to the output, rename it  [E-COLUMN]", "..."
    ) == (problem)


def test_every_key_that_changes_a_quote_is_a_column_or_rejected() -> None:
    for key, option in OPTIONS.items():
        found = layout_of([key], CHARGES, RESULTS)
        copied = isinstance(found, Layout) and not found.keys
        is_detail = option.group == "Customer document"
        assert copied == (is_detail and key != "number"), key  # which may be numbers


def test_columns_have_a_bound() -> None:
    names = [f"column {number}" for number in range(MAX_COLUMNS + 1)]
    assert isinstance(layout_of(names[1:], CHARGES, RESULTS), Layout)
    found = layout_of(names, CHARGES, RESULTS)
    assert isinstance(found, Problem)
    assert found.message == "1,001 columns; the maximum is 1,000"
