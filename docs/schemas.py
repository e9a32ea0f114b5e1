"""Write the JSON Schemas: of the documents that the tool writes and of the files that it reads.

python docs/schemas.py

Documents go to aloware_cli/schemas, files to rates/schemas, where the rate cards name them. Each
comes from a typed declaration in `docs/declarations`, and a schema needs no other file.
"""

import inspect
import json
import types
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from declarations import comparisons, inputs, quote, reports
from declarations.values import Closed, Keys, Rule

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    "quote": quote.QuoteDocument,
    "proposal": quote.ProposalDocument,
    "range": comparisons.RangeDocument,
    "comparison": comparisons.ComparisonDocument,
    "breakeven": comparisons.BreakEvenDocument,
    "sweep": comparisons.SweepDocument,
    "changes": comparisons.ChangesDocument,
    "diff": comparisons.DifferenceDocument,
    "check": comparisons.CheckDocument,
    "explanation": reports.ExplanationDocument,
    "explanations": reports.ExplanationsDocument,
    "plan-explanation": reports.PlanDocument,
    "proration": reports.ProrationDocument,
    "segments": reports.SegmentsDocument,
    "cards": reports.CardsDocument,
    "card": reports.CardDocument,
    "questions": reports.QuestionsDocument,
    "verification": reports.VerificationDocument,
    "findings": reports.FindingsDocument,
    "batch": reports.BatchRow,
    "batch-lines": reports.BatchLine,
}
FILES = {
    "plan": inputs.PlanCard,
    "overlay": inputs.Overlay,
    "shared": inputs.SharedPrices,
    "charges": inputs.Charges,
    "sources": inputs.Sources,
    "carriers": inputs.Carriers,
    "terms": inputs.Terms,
    "conflict": inputs.Conflict,
    "example": inputs.Example,
    "scenario": inputs.Scenario,
}
FOLDERS = {ROOT / "aloware_cli" / "schemas": DOCUMENTS, ROOT / "rates" / "schemas": FILES}
#: A row of a batch has the columns of the input too.
OPEN = {reports.BatchRow, reports.BatchLine}
SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    float: {"type": "number"},
    Any: {},
}

Schema = dict[str, Any]


def main() -> None:
    """Write every schema."""
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")


def schemas() -> dict[Path, str]:
    """Return the text of each schema file."""
    return {
        folder / f"{name}.schema.json": json.dumps(schema_of(name, kind), indent=2) + "\n"
        for folder, kinds in FOLDERS.items()
        for name, kind in kinds.items()
    }


def schema_of(name: str, kind: Any) -> Schema:
    """Return the schema of a document or a file of `kind`."""
    definitions: dict[str, Schema] = {}
    root = _resolved(_schema(kind, definitions), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://aloware-cli.invalid/schemas/{name}.schema.json",
        "title": f"aloware {name}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _resolved(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """Return `schema`, or the definition that it refers to, which no other part refers to."""
    return definitions.pop(schema["$ref"].rpartition("/")[2]) if "$ref" in schema else schema


def _schema(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type; named types go to `definitions`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        schema = _schema(arguments[0], definitions)
        for mark in arguments[1:]:
            schema = _marked(schema, mark, definitions)
    elif origin is NotRequired:
        schema = _schema(arguments[0], definitions)
    elif origin is Literal:
        schema = {"enum": [*arguments]}
    elif origin is list:
        schema = {"type": "array", "items": _schema(arguments[0], definitions)}
    elif origin is dict:
        schema = {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    elif origin in {Union, types.UnionType}:
        schema = {"anyOf": [_schema(each, definitions) for each in arguments]}
    elif kind in SCALARS:
        schema = {**SCALARS[kind]}
    else:
        schema = _object(kind, definitions)
    return schema


def _marked(schema: Schema, mark: Any, definitions: dict[str, Schema]) -> Schema:
    """Return `schema` with what a mark of `Annotated` says: a description, a rule or keywords."""
    match mark:
        case str():
            return {"description": mark, **{k: v for k, v in schema.items() if k != "description"}}
        case Rule(name, description, keywords):
            return _defined(name, {"description": description, **keywords}, definitions)
        case Closed(name, description, types, required):
            return _defined(name, _closed(description, types, required, definitions), definitions)
        case Keys(types):
            own = {key: _schema(each, definitions) for key, each in types.items()}
            return {**schema, "properties": own}
        case _:
            return {**schema, **mark}


def _object(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a TypedDict, which its docstring describes."""
    hints = get_type_hints(kind, include_extras=True)
    required = [key for key in hints if key in kind.__required_keys__]
    description = " ".join((inspect.getdoc(kind) or "").split())
    schema = _closed(description, hints, required, definitions)
    if kind in OPEN:
        schema["additionalProperties"] = True
    return _defined(kind.__name__, schema, definitions)


def _closed(
    description: str,
    hints: Mapping[str, Any],
    required: Iterable[str],
    definitions: dict[str, Schema],
) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": {key: _schema(hint, definitions) for key, hint in hints.items()},
        "required": [*required],
        "additionalProperties": False,
    }


def _defined(name: str, schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """Return a reference to `schema`, which goes to `definitions`."""
    if definitions.setdefault(name, schema) != schema:
        raise ValueError(f"{name} has two definitions")
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    main()
