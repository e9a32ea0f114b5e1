"""JSON Schemas: generated, complete in themselves, and true of every document and file."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemas
from card_files import catalog
from conftest import Run, validator
from jsonschema import Draft202012Validator

from aloware_cli.errors import UsageError
from aloware_cli.files.schemas import read_schema, schema_paths

ROOT = Path(__file__).parents[2]
NAMES = sorted([*schemas.DOCUMENTS, *schemas.FILES])


def parts_of(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in `node`, itself included."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from parts_of(item)


@pytest.mark.parametrize("path", schemas.schemas(), ids=lambda path: path.name)
def test_schema_is_up_to_date(path: Path) -> None:
    stale = "run: python docs/schemas.py"
    assert path.read_text(encoding="utf-8") == schemas.schemas()[path], stale


def test_every_schema_file_is_generated() -> None:
    assert {*schema_paths().values()} == {str(path) for path in schemas.schemas()}
    assert sorted(schema_paths()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_and_complete_in_itself(name: str) -> None:
    schema = json.loads(read_schema(name))

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"https://aloware-cli.invalid/schemas/{name}.schema.json"
    references = {part["$ref"] for part in parts_of(schema) if "$ref" in part}
    assert references == {f"#/$defs/{key}" for key in schema["$defs"]}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("batch")])
def test_schema_describes_every_key_and_allows_no_other(name: str) -> None:
    schema = json.loads(read_schema(name))
    closed = [part for part in parts_of(schema) if "required" in part]

    assert closed
    for part in closed:
        assert part["additionalProperties"] is False
        assert part["description"].endswith(".")
        for key, value in part["properties"].items():
            reference = value.get("$ref", "").removeprefix("#/$defs/")
            assert "description" in value or "description" in schema["$defs"][reference], key


def test_schemas_share_their_definitions() -> None:
    meanings: dict[str, set[str]] = {}
    for name in schemas.DOCUMENTS:
        for key, part in json.loads(read_schema(name))["$defs"].items():
            meanings.setdefault(key, set()).add(json.dumps(part))

    assert {"money", "count", "Source", "RateCard"} <= meanings.keys()
    assert {key for key, different in meanings.items() if len(different) > 1} == set()


PLANS = ("ipro", "upro", "xpro")
CHARGES = catalog().cards["uPro"].charges
OVERLAY = "plan: uPro\nsources: {s: {title: T, read_on: 2026-12-01}}\nprices:\n  automated_sms: "
DOCUMENTS = """\
quote upro -a 3 -s 10k | quote
quote upro -a 3 -s 10k --start 2026-12-23 --credits 2,000 --carrier-fees | quote
quote upro -a 3 --min-agents 5 --discount license=12.5% --brand standard | quote
quote upro -a 3 --prospect Acme --issued 2026-12-01 --valid-days 30 --line Setup=25 | quote
quote upro -a 1000000 --credits 1500000 --term annual --allow-unpriced | quote
quote upro -s 15 -a 1 --rates tiers.yaml | quote
quote ipro -a 5 + xpro -a 3 -m 25k --start 2026-12-23 --carrier-fees | proposal
quote upro -a 3 -s 5k/10k/20k | range
quote ipro -a 5 + xpro -a 3/4/5 -m 10k | range
compare -a 3 -n 10 | comparison
compare upro xpro -a 3 -m 100 | comparison
compare -a 3 -s 5k --rate ipro:sms=0 | comparison
compare --plans upro -a 2 | comparison
breakeven ipro xpro -a 3 --vary numbers | breakeven
breakeven ipro xpro -n 1 --vary agents | breakeven
breakeven upro xpro -n 10 --vary sms --rate xpro:sms=0.0149 --term annual | breakeven
sweep ipro xpro -a 3 --vary numbers=0:40:20 | sweep
explain sms | explanations
explain upro | plan-explanation
prorate upro --add-agents 2 --on 2026-03-18 | proration
segments Hi | segments
segments Hi’😀 | segments
segments жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж…… | segments
segments Hi --plan upro --recipients 5000 | segments
segments Hi’ --plan ipro --recipients 10 --rate sms=0.02 | segments
rates list | cards
rates show upro | card
rates show upro --rates tiers.yaml | card
rates diff bundled tiers.yaml --from order.yaml --quotes old.json | changes
rates ask ipro -a 5 -s 2k --term annual | questions
diff old.json new.json | diff
diff old.json old.json | diff
diff old.json --rates tiers.yaml | diff
check old.json new.json order.yaml --as-of 2027-01-01 --rates tiers.yaml | check
verify --max-age 1d | verification
rates check tiers.yaml | findings
rates check order.yaml | findings
"""
COMMANDS = [
    *(line.split(" | ") for line in DOCUMENTS.splitlines()),
    *([f"explain {plan} {charge}", "explanation"] for plan in PLANS for charge in CHARGES),
]


def conforms(document: Any, schema: Any, definitions: Any) -> Iterator[str]:
    """Yield each object in `document` whose keys are not in the order of `schema`."""
    schema = definitions.get(schema.get("$ref", "").removeprefix("#/$defs/"), schema)
    for each in schema.get("anyOf", ()):
        reference = definitions.get(each.get("$ref", "").removeprefix("#/$defs/"), each)
        if isinstance(document, dict) and document.keys() == reference.get("properties", {}).keys():
            yield from conforms(document, reference, definitions)
    if isinstance(document, dict) and schema.get("properties"):
        if list(document) != list(schema["properties"]):
            yield str(list(document))
        for key, value in document.items():
            yield from conforms(value, schema["properties"][key], definitions)
    elif isinstance(document, list):
        for item in document:
            yield from conforms(item, schema.get("items", {}), definitions)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("line", "name"), COMMANDS, ids=[line[:50] for line, _ in COMMANDS])
def test_document_fits_its_schema_with_its_keys_in_order(run: Run, line: str, name: str) -> None:
    Path("order.yaml").write_text("plan: upro\nagents: 3\nsms: 10k\n")
    tiers = "tiers: [{up_to: 10, price: 2}, {price: 1}], allowance: 5, source: s, wording: 2 or 1"
    Path("tiers.yaml").write_text(f"{OVERLAY}{{model: graduated, {tiers}}}\n")
    old = "quote upro -a 3 -s 10k --start 2026-12-23 --credits 2000 --carrier-fees --format json"
    Path("old.json").write_text(run(old).stdout)
    Path("new.json").write_text(run("quote upro -a 4 --brand standard --format json").stdout)

    result = run(f"{line} --format json")
    document = json.loads(result.stdout)
    schema = validator(name).schema
    assert isinstance(schema, dict)

    validator(name).validate(document)
    assert document["schema"] == f"aloware.{name}/1"
    assert list(conforms(document, schema, schema["$defs"])) == []
    for change in ({"schema": f"aloware.{name}/2"}, {"schema": None}, {"more": 1}):
        assert not validator(name).is_valid({**document, **change})


@pytest.mark.parametrize(("name", "option"), [("batch", ""), ("batch-lines", "--lines")])
def test_batch_rows_fit_their_schema(run: Run, tmp_path: Path, name: str, option: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"agents": 3, "id": {"x": 1}}\n{"agents": "many"}\n{"minutes": 5}\n')
    rows = run(f"batch {path} --plan ipro --format jsonl {option}").stdout.splitlines()

    assert [json.loads(row)["status"] for row in rows] == ["ok", "error", "unpriced"]
    for row in rows:
        validator(name).validate(json.loads(row))
        for change in ({"status": "done"}, {"monthly": 1}, {"error": 1}):
            assert not validator(name).is_valid({**json.loads(row), **change})


@pytest.mark.parametrize("name", NAMES)
def test_schema_command_prints_every_schema(run: Run, name: str) -> None:
    assert run(f"schema {name}").stdout == read_schema(name)
    assert name in " ".join(run("schema --help").stdout.split())


def test_schema_outside_the_package_is_not_read() -> None:
    with pytest.raises(UsageError):
        read_schema("../cards")


def test_missing_schemas_are_an_error_of_the_installation(tmp_path: Path) -> None:
    package = tmp_path / "aloware_cli"
    shutil.copytree(ROOT / "aloware_cli", package, ignore=shutil.ignore_patterns("*.schema.json"))
    missing = tmp_path / "rates" / "schemas"
    result = subprocess.run(
        [sys.executable, "-m", "aloware_cli", "schema", "plan"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip

    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == (
        f"error: cannot read {missing}: No such file or directory  [E-READ]\n"
        "hint: install aloware again\n"
    )
