"""YAML: a document as a file that people edit, and that our strict reader reads back."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

#: What other readers of YAML take for something else than a text. Ours takes every word as it is.
WORDS: Final = frozenset(
    form
    for word in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    for form in (word, word.capitalize(), word.upper())
)
Value: TypeAlias = "str | bool | list[str] | list[Block] | Mapping[str, Value]"
Block: TypeAlias = Mapping[str, Value]


def to_yaml(document: Block) -> str:
    """Return `document` as YAML, one key a line."""
    return "".join(f"{line}\n" for line in _lines(document, ""))


def _lines(block: Block, indent: str) -> Iterator[str]:
    for key, value in block.items():
        lead = f"{indent}{_text(key)}:"
        match value:
            case Mapping():
                yield lead
                yield from _lines(value, f"{indent}  ")
            case [Mapping(), *_]:
                yield lead
                for item in value:
                    first, *others = _lines(item, f"{indent}    ")  # type: ignore[arg-type]
                    yield f"{indent}  - {first.strip()}"
                    yield from others
            case bool():
                yield f"{lead} {'true' if value else 'false'}"
            case str():
                yield f"{lead} {_text(value)}"
            case _:
                yield f"{lead} [{', '.join(_quoted(str(each)) for each in value)}]"


def _text(text: str) -> str:
    bare = text.translate({ord(mark): None for mark in ".-_:"}).isalnum() and text.isascii()
    return text if bare and not text.endswith(":") and text not in WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` in double quotes, with invisible characters escaped.

    The escapes are those of YAML: JSON writes an emoji as two halves, which YAML does not join.
    """
    import json

    return "".join(
        character if character.isprintable() else f"\\U{ord(character):08X}"
        for character in json.dumps(text, ensure_ascii=False)
    )
