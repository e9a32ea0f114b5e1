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

from aloware_cli.domain.problems import Location, Problem, display_key, quoted

MAX_BYTES = 2**20
MAX_NODES = 20_000
MAX_DEPTH = 16
#: What no editor shows, and what ends a line for YAML 1.1 alone: either could hide a key.
INVISIBLE = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


class ScalarNode(NamedTuple):
    """A value, as the text that stands in the file."""

    place: Location
    text: str


class SequenceNode(NamedTuple):
    """A list of nodes."""

    place: Location
    items: list["Node"]


class MappingNode(NamedTuple):
    """Keys, each with its own place, and their nodes; no key stands twice."""

    place: Location
    items: dict[str, tuple[Location, "Node"]]


class InvalidNode(NamedTuple):
    """Where a node was refused; the fault is already reported."""

    place: Location


class ConstantNode(NamedTuple):
    """What JSON has beside texts: null, true or false. YAML is read without them."""

    place: Location
    text: str


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode | InvalidNode | ConstantNode


def read_document(content: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Return the one document in `content` and what is wrong with its form.

    `file` is the name to report. A file that cannot be parsed at all gives a
    broken node. Never raises.
    """
    start = Location(file, 1, 1)
    text = decode(content, file)
    if isinstance(text, Problem):
        return InvalidNode(text.place), [text]
    import yaml

    builder = Builder(start)
    try:
        builder.build(text)
    except Stop as stop:
        return InvalidNode(start), [*builder.problems, stop.problem]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = start if mark is None else builder.location_of(mark)
        problem = Problem(
            place, "", f"not YAML: {error.problem}", "mend the line or the one above it"
        )
        return InvalidNode(place), [*builder.problems, problem]
    except yaml.YAMLError as error:
        return InvalidNode(start), [Problem(start, "", f"not YAML: {error}", "write plain text")]
    return builder.finished()


def decode(content: bytes, file: str, most: int = MAX_BYTES) -> str | Problem:
    """Return the text that `content` is, at `most` so many bytes, or what is wrong with it."""
    if len(content) > most:
        message = f"larger than {most >> 20} MiB"
        return Problem(Location(file, 1, 1), "", message, "split it or shorten it")
    unsigned = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = unsigned.decode()
    except UnicodeDecodeError as error:
        place = _end_of(unsigned[: error.start].decode(), file)
        return Problem(place, "", "not UTF-8 text", "save the file as UTF-8")
    # Compiling the pattern takes longer than a quote's arithmetic: most files need no search.
    seen = text.replace("\n", "").replace("\r", "").replace("\t", "")
    if not seen.isprintable() and (invisible := re.search(INVISIBLE, text)):
        message = f"the invisible character U+{ord(invisible[0]):04X}"
        return Problem(_end_of(text[: invisible.start()], file), "", message, "write plain text")
    return text


def _end_of(text: str, file: str) -> Location:
    """Return the place that follows on `text`, the beginning of `file`."""
    lines = re.split("\r\n|\r|\n", text)
    return Location(file, len(lines), len(lines[-1]) + 1)


class Stop(Exception):
    """The file goes beyond a bound: there is no point in reading on."""

    def __init__(self, problem: Problem) -> None:
        """Stop with `fault`."""
        super().__init__(problem)
        self.problem = problem


class Builder:
    """Builds the tree from events, keeping the open containers on a stack."""

    def __init__(self, start: Location, most_nodes: int = MAX_NODES) -> None:
        """Build from `start`, the beginning of a file, at most so many nodes."""
        self.problems: list[Problem] = []
        self._start = start
        self._root: Node | None = None
        self._open: list[SequenceNode | MappingNode] = []
        # The key that waits for its value, for each open container.
        self._keys: list[tuple[str | None, Location] | None] = []
        # The key under which each open container stands.
        self._trail: list[str | None] = []
        self._nodes = 0
        self._most_nodes = most_nodes
        self._documents = 0

    def finished(self) -> tuple[Node, list[Problem]]:
        """Return the tree and what is wrong in it."""
        if self._root is None:
            self.refuse(self._start, "the file is empty", "write the keys it needs")
            return InvalidNode(self._start), self.problems
        return self._root, self.problems

    def location_of(self, mark: Any) -> Location:
        """Return the place of a mark of PyYAML."""
        return Location(self._start.file, mark.line + 1, mark.column + 1)

    def build(self, text: str) -> None:
        """Take every event that the parser finds in `text`."""
        import yaml

        # The parser in C is eight times as fast; a Python built without it still works.
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.put(ScalarNode(self._unmarked(event), event.value))
            elif kind is yaml.MappingStartEvent:
                self.enter(MappingNode(self._unmarked(event), {}))
            elif kind is yaml.SequenceStartEvent:
                self.enter(SequenceNode(self._unmarked(event), []))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.leave()
            elif kind is yaml.AliasEvent:
                place = self.location_of(event.start_mark)
                self.refuse(place, f"the alias *{display_key(event.anchor)}", "write the value out")
                self.put(InvalidNode(place))
            elif kind is yaml.DocumentStartEvent:
                self._start_document(event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            place = self.location_of(event.start_mark)
            raise Stop(Problem(place, "", "a second document", "keep one in a file"))

    def enter(self, container: SequenceNode | MappingNode) -> None:
        """Add `container` and open it; raises Stop where that is too deep."""
        if len(self._open) == MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels deep"
            raise Stop(Problem(container.place, self.path(), message, "write it flatter"))
        waiting = self._keys[-1] if self._keys else None
        self._trail.append(waiting and waiting[0])
        self.put(container)
        self._open.append(container)
        self._keys.append(None)

    def leave(self) -> None:
        """Close the container that was entered last."""
        self._open.pop()
        self._keys.pop()
        self._trail.pop()

    def put(self, node: Node) -> None:
        """Add `node` to the open container: in a mapping as a key or as its value."""
        self._nodes += 1
        if self._nodes > self._most_nodes:
            message = f"more than {self._most_nodes:,} values"
            raise Stop(Problem(node.place, "", message, "split the file"))
        if not self._open:
            self._root = node
        elif isinstance(container := self._open[-1], SequenceNode):
            container.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._read_key(node, container)
        else:
            if key[0] is not None:
                container.items.setdefault(key[0], (key[1], node))
            self._keys[-1] = None

    def _read_key(self, node: Node, mapping: MappingNode) -> tuple[str | None, Location]:
        """Return the key and its place; None for a key that is refused, with its value."""
        if not isinstance(node, ScalarNode):
            if not isinstance(node, InvalidNode):
                self.refuse(node.place, "a key that is no plain text", "write a word")
            return None, node.place
        if node.text in mapping.items:
            first = mapping.items[node.text][0]
            message = f"{quoted(node.text)} stands twice, first on line {first.line}"
            self.refuse(node.place, message, "keep one of them")
        return node.text, node.place

    def _unmarked(self, event: Any) -> Location:
        """Return the place of a node, which must have no anchor and no tag."""
        place = self.location_of(event.start_mark)
        if event.anchor is not None:
            self.refuse(
                place, f"the anchor &{display_key(event.anchor)}", "write the value without it"
            )
        if event.tag is not None:
            self.refuse(place, f"the tag {display_key(event.tag)}", "write the value without it")
        return place

    def refuse(self, place: Location, message: str, hint: str) -> None:
        """Add a fault about what comes next."""
        self.problems.append(Problem(place, self.path(), message, hint))

    def path(self) -> str:
        """Return the keys that lead to what comes next."""
        keys = [*self._trail, *(key[0] for key in self._keys[-1:] if key)]
        return ".".join(display_key(key) for key in keys if key is not None)
