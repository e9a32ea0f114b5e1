"""Strict YAML documents: plain texts, lists and mappings, each with its location.

Every scalar is taken as its text, so there are no YAML 1.1 surprises: `no` is not false, `1:30` is
not 90, and no price passes through a float. Anchors, aliases, tags, duplicate keys and second
documents are problems.

The tree is built from the parser's events, not with `yaml.compose`. Only the events show an
anchor, and size and depth are bounded before a hostile file uses memory or stack.
"""

import codecs
import re
from typing import Any, Final, NamedTuple, TypeAlias, cast

from aloware_cli.deferred import import_yaml
from aloware_cli.domain.problems import Location, Origin, Problem, display_key, quoted
from aloware_cli.files.io import MAX_BYTES, STDIN, display_path, read_bytes, unreadable

MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 16
#: An escaped backslash, or the two escapes of a character beyond U+FFFF.
PAIR: Final = r"\\\\|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
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


class File(NamedTuple):
    """A file that was read, whatever it contains."""

    content: bytes
    root: Node


def read_file(path: str, problems: list[Problem]) -> File:
    """Return the file at `path`; a failure to read it is added to `problems`."""
    name = display_path(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        location = Location(name, 0)
        problems.append(unreadable(name, error).problems[0]._replace(location=location))
        return File(b"", InvalidNode(location))
    root, found = read_document(content, name)
    problems.extend(found)
    return File(content, root)


def read_stdin(problems: list[Problem]) -> Node:
    """Return the document on stdin; problems with its form are added to `problems`."""
    root, found = read_document(read_bytes(STDIN, MAX_BYTES), display_path(STDIN))
    problems.extend(found)
    return root


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
        yaml_text = _json_as_yaml(text, start)
        if isinstance(yaml_text, str):
            text = yaml_text
        elif file.endswith(".json"):
            return InvalidNode(start), [yaml_text]
        else:
            is_json = False
    builder = _Builder(text, start, is_json=is_json)
    try:
        root = builder.document()
    except _Stop:
        root = InvalidNode(start)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        root = InvalidNode(start if mark is None else builder.location_of(mark))
        hint = "correct this line or the one above it"
        builder.reject("E-YAML", f"not YAML: {error.problem}", hint, root.location)
    except yaml.YAMLError as error:
        root = InvalidNode(start)
        builder.reject("E-YAML", f"not YAML: {error}", "use plain text", start)
    return root, builder.problems


def _json_as_yaml(text: str, start: Location) -> str | Problem:
    """Return JSON as YAML with the same values on the same lines, or why it is not JSON.

    YAML contains JSON but for tabs and for the pairs of escapes of a character beyond U+FFFF.
    """
    import json

    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        location = Location(start.file, error.lineno, error.colno)
        hint = "correct this line or the one above it"
        return Problem("E-JSON", f"not JSON: {error.msg}", hint, location)
    except RecursionError:
        return Problem("E-SIZE", "nested too deeply", "use fewer levels", start)
    except ValueError:  # a number of thousands of digits, which the reader rejects
        pass
    return re.sub(PAIR, _one_escape, text.replace("\t", " "))


def _one_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    character = bytes.fromhex(found[1] + found[2]).decode("utf-16-be")
    return f"\\U{ord(character):08X}"


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


class _Stop(Exception):
    """The file exceeds a bound, which is reported, so reading ends."""


class _Builder:
    """Builds the tree from the events of the parser. A path is the keys that lead to a node."""

    def __init__(self, text: str, start: Location, *, is_json: bool) -> None:
        """Build from `text`, which begins at `start`; in JSON, a key with null is absent."""
        self.problems: list[Problem] = []
        self._start = start
        self._is_json = is_json
        self._nodes = 0
        self._yaml = import_yaml()
        # The C parser is eight times as fast; a Python built without it still works.
        loader = getattr(self._yaml, "CSafeLoader", self._yaml.SafeLoader)
        self._next = loader(text).get_event

    def document(self) -> Node:
        """Return the only document."""
        root: Node | None = None
        while (event := self._next()) is not None:
            if root is not None and type(event) is self._yaml.DocumentStartEvent:
                location = self.location_of(event.start_mark)
                self.reject("E-YAML", "a second document", "keep one document in a file", location)
                raise _Stop
            if isinstance(event, self._yaml.NodeEvent):
                root = self._node(event, (), MAX_DEPTH)
        if root is None:
            self.reject("E-EMPTY", "the file is empty", "add the keys it needs", self._start)
        return root or InvalidNode(self._start)

    def location_of(self, mark: Any) -> Location:
        """Return the location of a PyYAML mark."""
        return Location(self._start.file, mark.line + 1, mark.column + 1)

    def reject(
        self, code: str, message: str, hint: str, location: Origin, path: tuple[str, ...] = ()
    ) -> None:
        """Add a problem."""
        keys = ".".join(map(display_key, path))
        self.problems.append(Problem(code, message, hint, location, keys))

    def _node(self, event: Any, path: tuple[str, ...], levels: int) -> Node:
        """Return the node that begins with `event`; it may contain `levels` lists or mappings."""
        location = self.location_of(event.start_mark)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"more than {MAX_NODES:,} values"
            self.reject("E-SIZE", message, "split the file", location)
            raise _Stop
        if event.anchor is not None or event.tag is not None:
            self._reject_marks(event, location, path)
        kind = type(event)
        if kind is self._yaml.ScalarEvent:
            is_null = self._is_json and event.value == "null" and event.implicit[0]
            return (ConstantNode if is_null else ScalarNode)(location, event.value)
        if kind is self._yaml.AliasEvent:
            return InvalidNode(location)
        if not levels:
            message = f"more than {MAX_DEPTH} levels deep"
            self.reject("E-SIZE", message, "use fewer levels", location, path)
            raise _Stop
        if kind is self._yaml.SequenceStartEvent:
            items = list[Node]()
            while type(inner := self._next()) is not self._yaml.SequenceEndEvent:
                items.append(self._node(inner, path, levels - 1))
            return SequenceNode(location, items)
        return self._mapping(location, path, levels - 1)

    def _reject_marks(self, event: Any, location: Location, path: tuple[str, ...]) -> None:
        """Reject an alias, or the anchor and the tag of a node."""
        marks = [
            ("anchor &", event.anchor, "remove the anchor"),
            ("tag ", getattr(event, "tag", None), "remove the tag"),
        ]
        if type(event) is self._yaml.AliasEvent:
            marks = [("alias *", event.anchor, "write the value out")]
        for kind, name, hint in marks:
            if name is not None:
                message = f"unsupported {kind}{display_key(name)}"
                self.reject("E-YAML", message, hint, location, path)

    def _mapping(self, location: Location, path: tuple[str, ...], levels: int) -> MappingNode:
        """Return the mapping at `location`; a key that is rejected is so with its value."""
        items: dict[str, tuple[Origin, Node]] = {}
        while type(event := self._next()) is not self._yaml.MappingEndEvent:
            key = self._node(event, path, levels)
            if not isinstance(key, ScalarNode):
                if not isinstance(key, InvalidNode):
                    message = "a key that is not plain text"
                    self.reject("E-YAML", message, "use a word", key.location, path)
                self._node(self._next(), path, levels)
                continue
            if key.text in items:
                first = cast("Location", items[key.text][0])
                message = f"{quoted(key.text)} is a duplicate key, first on line {first.line}"
                self.reject("E-DUPLICATE", message, "remove one", key.location, path)
            value = self._node(self._next(), (*path, key.text), levels)
            if not isinstance(value, ConstantNode):
                items.setdefault(key.text, (key.location, value))
        return MappingNode(location, items)
