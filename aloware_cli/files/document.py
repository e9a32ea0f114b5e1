"""Strict YAML documents: plain texts, lists and mappings, each with its location.

Every scalar is taken as its text, so there are no YAML 1.1 surprises: `no` is not false, `1:30` is
not 90, and no price passes through a float. Anchors, aliases, tags, duplicate keys and second
documents are problems.

The tree is built from the parser's events, not with `yaml.compose`. Only the events show an
anchor, and building from them needs no recursion, so size and depth are bounded before a hostile
file uses memory or stack.
"""

import codecs
import re
from typing import Any, Final, NamedTuple, TypeAlias

from aloware_cli.deferred import import_yaml
from aloware_cli.domain.problems import Location, Origin, Problem, display_key, quoted

MAX_BYTES: Final = 2**20
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 16
#: Characters that editors do not show, and line ends of YAML 1.1 alone: both could hide a key.
INVISIBLE: Final = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"


class ScalarNode(NamedTuple):
    """A value, as the text in the file."""

    location: Origin
    text: str


class SequenceNode(NamedTuple):
    """A list of nodes."""

    location: Origin
    items: list["Node"]


class MappingNode(NamedTuple):
    """Keys, each once and with its own location, and their nodes."""

    location: Origin
    items: dict[str, tuple[Origin, "Node"]]


class InvalidNode(NamedTuple):
    """A node that was rejected; its problem is already reported."""

    location: Origin


class ConstantNode(NamedTuple):
    """The constant null of JSON. YAML has none: there it is a text."""

    location: Origin
    text: str


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode | InvalidNode | ConstantNode


def read_document(content: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Return the document in `content` and the problems with its form. Never raises.

    `file` is the name to report. A file that cannot be parsed gives an invalid node.
    """
    start = Location(file, 1, 1)
    text = decode(content, file)
    if isinstance(text, Problem):
        return InvalidNode(start), [text]
    yaml = import_yaml()
    is_json = file.endswith(".json") or text.lstrip().startswith("{")
    if is_json:
        from aloware_cli.files.json import json_as_yaml

        yaml_text = json_as_yaml(text, start)
        if isinstance(yaml_text, str):
            text = yaml_text
        elif file.endswith(".json"):
            return InvalidNode(start), [yaml_text]
        else:
            is_json = False
    builder = Builder(start, is_json=is_json)
    try:
        builder.build(text)
    except Stop as stop:
        return InvalidNode(start), [*builder.problems, stop.problem]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        location = start if mark is None else builder.location_of(mark)
        message, hint = f"not YAML: {error.problem}", "correct this line or the one above it"
        return InvalidNode(location), [
            *builder.problems,
            Problem("E-YAML", message, hint, location),
        ]
    except yaml.YAMLError as error:
        problem = Problem("E-YAML", f"not YAML: {error}", "use plain text", start)
        return InvalidNode(start), [problem]
    return builder.finished()


def decode(content: bytes, file: str) -> str | Problem:
    """Return `content` as text, at most 1 MiB of it, or what is wrong with it."""
    if len(content) > MAX_BYTES:
        message, start = f"larger than {MAX_BYTES >> 20} MiB", Location(file, 1, 1)
        return Problem("E-SIZE", message, "split or shorten the file", start)
    unsigned = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = unsigned.decode()
    except UnicodeDecodeError as error:
        location = _end_of(unsigned[: error.start].decode(), file)
        return Problem("E-ENCODING", "not UTF-8 text", "save the file as UTF-8", location)
    # Compile the pattern only if needed: compiling takes longer than pricing, and most files have
    # no invisible character.
    seen = text.replace("\n", "").replace("\r", "").replace("\t", "")
    if not seen.isprintable() and (invisible := re.search(INVISIBLE, text)):
        message = f"contains the invisible character U+{ord(invisible[0]):04X}"
        location = _end_of(text[: invisible.start()], file)
        return Problem("E-ENCODING", message, "remove the character", location)
    return text


def _end_of(text: str, file: str) -> Location:
    """Return the location after `text`, the beginning of `file`."""
    lines = re.split("\r\n|\r|\n", text)
    return Location(file, len(lines), len(lines[-1]) + 1)


class Stop(Exception):
    """The file exceeds a bound, so reading ends."""

    def __init__(self, problem: Problem) -> None:
        """Stop with `problem`."""
        super().__init__(problem)
        self.problem = problem


class Builder:
    """Builds the tree from events; the open containers are on a stack."""

    def __init__(self, start: Location, *, is_json: bool = False) -> None:
        """Build from `start`, the beginning of a file; in JSON, a key with null is absent."""
        self.problems: list[Problem] = []
        self._start = start
        self._root: Node | None = None
        self._open: list[SequenceNode | MappingNode] = []
        # For each open container: the key that waits for its value, and the key it is under.
        self._keys: list[tuple[str | None, Origin] | None] = []
        self._trail: list[str | None] = []
        self._nodes = 0
        self._is_json = is_json
        self._documents = 0

    def finished(self) -> tuple[Node, list[Problem]]:
        """Return the tree and its problems."""
        if self._root is None:
            self.reject("E-EMPTY", self._start, "the file is empty", "add the keys it needs")
            return InvalidNode(self._start), self.problems
        return self._root, self.problems

    def location_of(self, mark: Any) -> Location:
        """Return the location of a PyYAML mark."""
        return Location(self._start.file, mark.line + 1, mark.column + 1)

    def build(self, text: str) -> None:
        """Take every event that the parser finds in `text`."""
        yaml = import_yaml()
        # The C parser is eight times as fast; a Python built without it still works.
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                is_null = self._is_json and event.value == "null" and event.implicit[0]
                self.put((ConstantNode if is_null else ScalarNode)(self._plain(event), event.value))
            elif kind is yaml.MappingStartEvent:
                self.enter(MappingNode(self._plain(event), {}))
            elif kind is yaml.SequenceStartEvent:
                self.enter(SequenceNode(self._plain(event), []))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.leave()
            elif kind is yaml.AliasEvent:
                location = self.location_of(event.start_mark)
                message = f"unsupported alias *{display_key(event.anchor)}"
                self.reject("E-YAML", location, message, "write the value out")
                self.put(InvalidNode(location))
            elif kind is yaml.DocumentStartEvent:
                self._start_document(event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            location = self.location_of(event.start_mark)
            hint = "keep one document in a file"
            raise Stop(Problem("E-YAML", "a second document", hint, location))

    def enter(self, container: SequenceNode | MappingNode) -> None:
        """Add `container` and open it; raises Stop if that is too deep."""
        if len(self._open) == MAX_DEPTH:
            message, hint = f"more than {MAX_DEPTH} levels deep", "use fewer levels"
            raise Stop(Problem("E-SIZE", message, hint, container.location, self.path()))
        waiting = self._keys[-1] if self._keys else None
        self._trail.append(waiting and waiting[0])
        self.put(container)
        self._open.append(container)
        self._keys.append(None)

    def leave(self) -> None:
        """Close the container that was opened last."""
        self._open.pop()
        self._keys.pop()
        self._trail.pop()

    def put(self, node: Node) -> None:
        """Add `node` to the open container: in a mapping as a key or as its value."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"more than {MAX_NODES:,} values"
            raise Stop(Problem("E-SIZE", message, "split the file", node.location))
        if not self._open:
            self._root = node
        elif isinstance(container := self._open[-1], SequenceNode):
            container.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._read_key(node, container)
        else:
            if key[0] is not None and not isinstance(node, ConstantNode):
                container.items.setdefault(key[0], (key[1], node))
            self._keys[-1] = None

    def _read_key(self, node: Node, mapping: MappingNode) -> tuple[str | None, Origin]:
        """Return the key and its location; None for a key that is rejected with its value."""
        if not isinstance(node, ScalarNode):
            if not isinstance(node, InvalidNode):
                self.reject("E-YAML", node.location, "a key that is not plain text", "use a word")
            return None, node.location
        if node.text in mapping.items:
            first = mapping.items[node.text][0]
            line = "" if isinstance(first, str) else f", first on line {first.line}"
            message = f"{quoted(node.text)} is a duplicate key{line}"
            self.reject("E-DUPLICATE", node.location, message, "remove one")
        return node.text, node.location

    def _plain(self, event: Any) -> Location:
        """Return the location of a node, which must have no anchor and no tag."""
        location = self.location_of(event.start_mark)
        if event.anchor is not None:
            message = f"unsupported anchor &{display_key(event.anchor)}"
            self.reject("E-YAML", location, message, "remove the anchor")
        if event.tag is not None:
            message = f"unsupported tag {display_key(event.tag)}"
            self.reject("E-YAML", location, message, "remove the tag")
        return location

    def reject(self, code: str, location: Origin, message: str, hint: str) -> None:
        """Add a problem about what comes next."""
        self.problems.append(Problem(code, message, hint, location, self.path()))

    def path(self) -> str:
        """Return the keys that lead to what comes next."""
        keys = [*self._trail, *(key[0] for key in self._keys[-1:] if key)]
        return ".".join(display_key(key) for key in keys if key is not None)
