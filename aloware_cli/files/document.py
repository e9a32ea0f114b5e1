"""Strict YAML documents: plain text, plain mappings, and a place for everything.

Every scalar is taken as its text, so that no YAML 1.1 surprise exists (`no` is
not false, `1:30` is not 90, no price passes through a float). Anchors, aliases,
tags, duplicate keys and second documents are faults.

The tree is built from the parser's events, not with `yaml.compose`: only the
events still tell an anchor, and building from them needs no recursion, so that
size and depth are bounded before any memory or stack is spent on a hostile file.
"""

import codecs
import re
from typing import Any, NamedTuple, TypeAlias

from aloware_cli.domain.fault import Fault, Place
from aloware_cli.errors import shown, word

MOST_BYTES = 2**20
MOST_NODES = 20_000
DEEPEST = 16
#: What no editor shows, and what ends a line for YAML 1.1 alone: either could hide a key.
INVISIBLE = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


class Scalar(NamedTuple):
    """A value, as the text that stands in the file."""

    place: Place
    text: str


class Sequence(NamedTuple):
    """A list of nodes."""

    place: Place
    items: list["Node"]


class Mapping(NamedTuple):
    """Keys, each with its own place, and their nodes; no key stands twice."""

    place: Place
    items: dict[str, tuple[Place, "Node"]]


class Broken(NamedTuple):
    """Where a node was refused; the fault is already reported."""

    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping | Broken


def read_document(content: bytes, file: str) -> tuple[Node, list[Fault]]:
    """Return the one document in `content` and what is wrong with its form.

    `file` is the name to report. A file that cannot be parsed at all gives a
    broken node. Never raises.
    """
    start = Place(file, 1, 1)
    text = _decode(content, file)
    if isinstance(text, Fault):
        return Broken(text.place), [text]
    import yaml

    builder = _Builder(start)
    try:
        builder.build(text)
    except _Stop as stop:
        return Broken(start), [*builder.faults, stop.fault]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = start if mark is None else builder.place_of(mark)
        fault = Fault(place, "", f"not YAML: {error.problem}", "mend the line or the one above it")
        return Broken(place), [*builder.faults, fault]
    except yaml.YAMLError as error:
        return Broken(start), [Fault(start, "", f"not YAML: {error}", "write plain text")]
    return builder.finished()


def _decode(content: bytes, file: str) -> str | Fault:
    if len(content) > MOST_BYTES:
        return Fault(Place(file, 1, 1), "", "larger than 1 MiB", "split it or shorten it")
    unsigned = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = unsigned.decode()
    except UnicodeDecodeError as error:
        place = _end_of(unsigned[: error.start].decode(), file)
        return Fault(place, "", "not UTF-8 text", "save the file as UTF-8")
    # Compiling the pattern takes longer than a quote's arithmetic: most files need no search.
    seen = text.replace("\n", "").replace("\r", "").replace("\t", "")
    if not seen.isprintable() and (invisible := re.search(INVISIBLE, text)):
        problem = f"the invisible character U+{ord(invisible[0]):04X}"
        return Fault(_end_of(text[: invisible.start()], file), "", problem, "write plain text")
    return text


def _end_of(text: str, file: str) -> Place:
    """Return the place that follows on `text`, the beginning of `file`."""
    lines = re.split("\r\n|\r|\n", text)
    return Place(file, len(lines), len(lines[-1]) + 1)


class _Stop(Exception):
    """The file goes beyond a bound: there is no point in reading on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class _Builder:
    """Builds the tree from events, keeping the open containers on a stack."""

    def __init__(self, start: Place) -> None:
        self.faults: list[Fault] = []
        self._start = start
        self._root: Node | None = None
        self._open: list[Sequence | Mapping] = []
        # The key that waits for its value, for each open container.
        self._keys: list[tuple[str | None, Place] | None] = []
        # The key under which each open container stands.
        self._trail: list[str | None] = []
        self._nodes = 0
        self._documents = 0

    def finished(self) -> tuple[Node, list[Fault]]:
        if self._root is None:
            self._fault(self._start, "the file is empty", "write the keys it needs")
            return Broken(self._start), self.faults
        return self._root, self.faults

    def place_of(self, mark: Any) -> Place:
        return Place(self._start.file, mark.line + 1, mark.column + 1)

    def build(self, text: str) -> None:
        """Take every event that the parser finds in `text`."""
        import yaml

        # The parser in C is eight times as fast; a Python built without it still works.
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._put(Scalar(self._unmarked(event), event.value))
            elif kind is yaml.MappingStartEvent:
                self._enter(Mapping(self._unmarked(event), {}))
            elif kind is yaml.SequenceStartEvent:
                self._enter(Sequence(self._unmarked(event), []))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
                self._keys.pop()
                self._trail.pop()
            elif kind is yaml.AliasEvent:
                place = self.place_of(event.start_mark)
                self._fault(place, f"the alias *{word(event.anchor)}", "write the value out")
                self._put(Broken(place))
            elif kind is yaml.DocumentStartEvent:
                self._start_document(event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            place = self.place_of(event.start_mark)
            raise _Stop(Fault(place, "", "a second document", "keep one in a file"))

    def _enter(self, container: Sequence | Mapping) -> None:
        if len(self._open) == DEEPEST:
            problem = f"more than {DEEPEST} levels deep"
            raise _Stop(Fault(container.place, self._path(), problem, "write it flatter"))
        waiting = self._keys[-1] if self._keys else None
        self._trail.append(waiting and waiting[0])
        self._put(container)
        self._open.append(container)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            problem = f"more than {MOST_NODES:,} values"
            raise _Stop(Fault(node.place, "", problem, "split the file"))
        if not self._open:
            self._root = node
        elif isinstance(container := self._open[-1], Sequence):
            container.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._read_key(node, container)
        else:
            if key[0] is not None:
                container.items.setdefault(key[0], (key[1], node))
            self._keys[-1] = None

    def _read_key(self, node: Node, mapping: Mapping) -> tuple[str | None, Place]:
        """Return the key and its place; None for a key that is refused, with its value."""
        if not isinstance(node, Scalar):
            if not isinstance(node, Broken):
                self._fault(node.place, "a key that is no plain text", "write a word")
            return None, node.place
        if node.text in mapping.items:
            first = mapping.items[node.text][0]
            problem = f"{shown(node.text)} stands twice, first on line {first.line}"
            self._fault(node.place, problem, "keep one of them")
        return node.text, node.place

    def _unmarked(self, event: Any) -> Place:
        """Return the place of a node, which must have no anchor and no tag."""
        place = self.place_of(event.start_mark)
        if event.anchor is not None:
            self._fault(place, f"the anchor &{word(event.anchor)}", "write the value without it")
        if event.tag is not None:
            self._fault(place, f"the tag {word(event.tag)}", "write the value without it")
        return place

    def _fault(self, place: Place, problem: str, remedy: str) -> None:
        self.faults.append(Fault(place, self._path(), problem, remedy))

    def _path(self) -> str:
        keys = [*self._trail, *(key[0] for key in self._keys[-1:] if key)]
        return ".".join(word(key) for key in keys if key is not None)
