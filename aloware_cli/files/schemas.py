"""Schemas and other reference files of the tool, and JSON documents checked by the schemas.

A document that the tool wrote is bounded in bytes and in values, so that a hostile one is rejected
at once.
"""

import codecs
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from aloware_cli.domain.periods import is_date
from aloware_cli.domain.problems import WITHIN_WORDS, Problem, display_key, quoted, suggest
from aloware_cli.errors import DataError, UsageError
from aloware_cli.files.io import bundled_rates

SUFFIX: Final = ".schema.json"
PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAX_BYTES: Final = 2**24
#: Values, estimated by the characters that separate or contain them.
MAX_VALUES: Final = 250_000
MAX_DIGITS: Final = 20
TYPES: Final = {
    "string": (str, "a text"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "array": (list, "a list"),
    "object": (dict, "an object"),
}

Schema = Mapping[str, Any]


def schema_paths() -> dict[str, str]:
    """Return the path of each schema by name; raises DataError if they cannot be listed."""
    folders = [os.path.join(folder, "schemas") for folder in (PACKAGE, bundled_rates())]
    try:
        return {
            name.removesuffix(SUFFIX): os.path.join(folder, name)
            for folder in folders
            for name in sorted(os.listdir(folder))
            if name.endswith(SUFFIX)
        }
    except OSError as error:
        raise _unreadable(error) from error


def read_schema(name: str) -> str:
    """Return the JSON Schema `name`; raises UsageError for an unknown name."""
    paths = schema_paths()
    if name not in paths:
        hint = suggest(name, paths, "schemas")
        raise UsageError("E-SCHEMA", f'unknown schema "{name}"', hint)
    try:
        with open(paths[name], encoding="utf-8") as stream:
            return stream.read()
    except OSError as error:
        raise _unreadable(error) from error


def error_meaning(code: str) -> str:
    """Return the meaning of `code` (case-insensitive); raises UsageError for an unknown one."""
    meanings = load_error_codes()
    if found := meanings.get(code.upper()):
        return found
    hint = suggest(code, meanings, "error codes")
    raise UsageError("E-CHOICE", f"unknown error code {quoted(code)}", hint)


def load_error_codes() -> dict[str, str]:
    """Return the meaning of every error code, in lines that end with a line feed."""
    return cast("dict[str, str]", _load("errors.yaml"))


def load_suggestions(kind: str) -> dict[str, str]:
    """Return what to type instead of what people type, for `options` or `commands`."""
    return cast("dict[str, str]", _load("suggestions.yaml")[kind])


def _load(name: str) -> Any:
    import yaml

    try:
        with open(os.path.join(PACKAGE, name), encoding="utf-8") as stream:
            return yaml.safe_load(stream)
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> DataError:
    message = f"cannot read {error.filename}: {error.strerror}"
    return DataError("E-READ", message, "install aloware again")


def parse_json(content: bytes, name: str) -> object:
    """Return the JSON document in `content`; `name` is the file to report.

    Raises DataError for what is not JSON, for duplicate keys and beyond the bounds.
    """
    import json

    if len(content) > MAX_BYTES:
        raise _error(name, "E-SIZE", f"larger than {MAX_BYTES >> 20} MiB")
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise _error(name, "E-SIZE", f"more than {MAX_VALUES:,} values")
    try:
        return json.loads(
            content.removeprefix(codecs.BOM_UTF8).decode(),
            object_pairs_hook=_without_duplicates,
            parse_int=_read_integer,
            parse_constant=_reject_constant,
        )
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg}"
        raise _error(f"{name}:{error.lineno}:{error.colno}", "E-JSON", message) from error
    except UnicodeDecodeError as error:
        raise _error(name, "E-ENCODING", "not UTF-8 text") from error
    except ValueError as error:
        raise _error(name, "E-JSON", str(error)) from error
    except RecursionError as error:
        raise _error(name, "E-SIZE", "nested too deeply") from error


def _error(name: str, code: str, message: str) -> DataError:
    hint = "use a quote saved with --format json"
    return DataError(code, f"{name}: {message}", hint)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise ValueError(f"{quoted(counts.most_common(1)[0][0])} is a duplicate key")
    return found


def _read_integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"{quoted(digits)} has more than {MAX_DIGITS} digits")
    return int(digits)


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def find_mismatch(value: object, schema: Schema) -> Problem | None:
    """Return the first value in `value` that breaks `schema`, or None.

    `schema` is one of ours: closed objects, and unions of one type with null, or of documents.
    """
    return next(_mismatches(value, schema, schema["$defs"], ""), None)


def _mismatches(value: object, schema: Schema, definitions: Schema, path: str) -> Iterator[Problem]:
    if value is None and {"type": "null"} in schema.get("anyOf", ()):
        return
    schema = _resolved(schema, value, definitions)
    kind, noun = TYPES[schema.get("type", "string")]
    if type(value) is not kind:
        yield _mismatch(path, f"expected {noun}, got {describe(value)}")
    elif isinstance(value, dict):
        yield from _in_object(value, schema, definitions, path)
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield _mismatch(path, "expected at least one item, got an empty list")
        for index, item in enumerate(value):
            yield from _mismatches(item, schema["items"], definitions, f"{path}.{index}")
    elif expected := _broken_rule(value, schema):
        yield _mismatch(path, f"expected {expected}, got {describe(value)}")


def _mismatch(path: str, message: str, hint: str = "") -> Problem:
    return Problem("E-QUOTE-FILE", message, hint, path=path)


def _resolved(schema: Schema, value: object, definitions: Schema) -> Schema:
    """Return `schema` with its definition; of a union of documents, the one that `value` names."""
    choices = schema.get("anyOf", [schema])
    found = [definitions.get(each.get("$ref", "").rpartition("/")[2], {}) for each in choices]
    names = [each.get("properties", {}).get("schema", {}).get("enum", ()) for each in found]
    name = value.get("schema") if isinstance(value, dict) else None
    place = next((place for place, known in enumerate(names) if name in known), 0)
    own = {key: rule for key, rule in {**schema, **choices[place]}.items() if key != "description"}
    return {**schema, **choices[place], **found[place], **own}


def _in_object(
    found: dict[str, object], schema: Schema, definitions: Schema, path: str
) -> Iterator[Problem]:
    known = schema.get("properties", {})
    for key in schema.get("required", ()):
        if key not in found:
            yield _mismatch(below(path, key), "missing key")
    for key, value in found.items():
        inner = known.get(key, schema["additionalProperties"])
        if inner is False:
            yield _mismatch(below(path, key), "unknown key", suggest(key, known, "known keys"))
        else:
            yield from _mismatches(value, inner, definitions, below(path, key))


def _broken_rule(value: object, schema: Schema) -> str | None:
    """Return what a text or a number should be instead, or None if it is allowed."""
    if "enum" in schema:
        return None if value in schema["enum"] else " or ".join(schema["enum"])
    if isinstance(value, str) and not (
        re.fullmatch(schema.get("pattern", ".*"), value)
        and len(value) <= schema.get("maxLength", len(value))
        and (value.isprintable() or all(c.isprintable() or c in WITHIN_WORDS for c in value))
        and ("format" not in schema or is_date(value))
    ):
        return str(schema["description"])
    if type(value) is int and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        return f"{schema['description']} from {schema['minimum']:,} to {schema['maximum']:,}"
    return None


def below(path: str, key: str) -> str:
    """Return the path of `key` below `path`."""
    return f"{path}.{display_key(key)}" if path else display_key(key)


def describe(value: object) -> str:
    """Write a JSON value for people; a list or an object only as such."""
    match value:
        case None | True | False:
            return "null" if value is None else str(value).lower()
        case str():
            return quoted(value)
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "an object"
        case _:
            return str(value)
