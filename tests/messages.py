"""Messages: every text in which the program says what is wrong, as its source gives it.

Such a text goes to a parameter that is called `message` (of an error) or `problem` (of a
fault), or it is what an error of Python's or Typer's says that a command shows.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeAlias

import aloware_cli

PACKAGE = Path(aloware_cli.__file__).parent
PARAMETERS = {"message", "problem"}
#: What stands in a text for a part that only a run knows.
HOLE = "\0"
#: What a hole at the beginning of a text may be: nothing with the marks between texts.
FIRST_HOLE = "(?:(?!: |; ).)*?"
#: What stands in a frame for the text that it is put around.
ITSELF = "\1"

#: What is called: a dot and its name for a method, its name alone for anything else.
Called: TypeAlias = str
#: What names stand for: all that is assigned to each.
Known: TypeAlias = Mapping[str, list[ast.expr]]


class Taker(NamedTuple):
    """What a text is given to."""

    #: Which of the arguments it is.
    position: int
    #: What becomes of it: `... is no list` of `is no list`.
    frame: str = ITSELF


FOREIGN = {"ValueError": Taker(0), ".BadParameter": Taker(0)}


class Message(NamedTuple):
    """A text in which the program says what is wrong."""

    #: Where it is made: `files/cards.py:145`.
    place: str
    #: The text, with a `HOLE` for each part that only a run knows.
    text: str

    def stands_in(self, printed: str) -> bool:
        """Tell whether `printed` has it, whole: between the marks on either side of a text."""
        first, *others = map(re.escape, self.text.split(HOLE))
        if others and not first:
            first, *others = FIRST_HOLE + others[0], *others[1:]
        pattern = ".*?".join([first, *others])
        return bool(re.search(rf"(?:^|: |; ){pattern}(?=\.?$|; )", printed, re.MULTILINE))

    def __str__(self) -> str:
        return f"{self.place}: {self.text.replace(HOLE, '...')}"


def messages() -> Iterator[Message]:
    """Yield every one, in the order of the files."""
    modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    takers = _takers(modules.values())
    for path, module in modules.items():
        for call, known in _calls(module, _assigned(module.body)):
            taker = takers.get(_called(call))
            argument = _argument(call, taker) if taker else None
            if taker is None or argument is None:
                continue
            for line, text in _texts_of(argument, known):
                if any(map(str.isalpha, text)):  # else it was made elsewhere, and is passed on
                    place = f"{path.relative_to(PACKAGE)}:{line}"
                    yield Message(place, taker.frame.replace(ITSELF, text))


def _takers(modules: Iterable[ast.Module]) -> dict[Called, Taker]:
    """Return what takes a text: functions, methods, and classes with the kinds of each."""
    found = dict(FOREIGN)
    nodes = [node for module in modules for node in module.body]
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            _add(found, node.name, _parameters(node), _frames(node))
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    for each in classes:
        fields = [node.target for node in each.body if isinstance(node, ast.AnnAssign)]
        _add(found, each.name, [field.id for field in fields if isinstance(field, ast.Name)])
        for method in each.body:
            if isinstance(method, ast.FunctionDef):
                _add(found, f".{method.name}", _parameters(method)[1:], _frames(method))
                if method.name == "__init__":
                    _add(found, each.name, _parameters(method)[1:])
    for each in classes:
        for base in each.bases:
            if isinstance(base, ast.Name) and base.id in found:
                found.setdefault(each.name, found[base.id])
    return found


def _add(
    found: dict[Called, Taker],
    called: Called,
    parameters: list[str],
    frames: Mapping[str, str] | None = None,
) -> None:
    """Add what is `called` so, if it takes a text; all that share a name must take it alike."""
    for name in PARAMETERS & {*parameters}:
        taker = Taker(parameters.index(name), (frames or {}).get(name, ITSELF))
        assert found.setdefault(called, taker) == taker, f"each {called} must take a text alike"


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args]


def _frames(function: ast.FunctionDef) -> dict[str, str]:
    """Return what `function` puts around the texts that it takes, where it does."""
    return {
        name: text
        for name in PARAMETERS & {*_parameters(function)}
        for node in ast.walk(function)
        if isinstance(node, ast.JoinedStr)
        for text in _texts(node, {name: [ast.Constant(ITSELF)]})
        if ITSELF in text
    }


def _called(call: ast.Call) -> Called:
    match call.func:
        case ast.Name(name):
            return name
        case ast.Attribute(_, name):
            return f".{name}"
    return ""


def _argument(call: ast.Call, taker: Taker) -> ast.expr | None:
    """Return the text that `call` gives to `taker`, if it does."""
    named = [each.value for each in call.keywords if each.arg in PARAMETERS]
    placed = call.args[taker.position : taker.position + 1]
    starred = any(isinstance(argument, ast.Starred) for argument in call.args[: taker.position + 1])
    assert not starred, f"line {call.lineno}: give each argument by itself, so that it can be read"
    return next(iter([*named, *placed]), None)


def _calls(node: ast.AST, known: Known) -> Iterator[tuple[ast.Call, Known]]:
    """Yield each call below `node`, with what names stand for there."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, known
        is_scope = isinstance(child, ast.FunctionDef)
        yield from _calls(child, {**known, **_assigned(ast.walk(child))} if is_scope else known)


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """Return what is assigned to each name among `nodes`."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(name)], value):
                found.setdefault(name, []).append(value)
    return found


def _texts_of(argument: ast.expr, known: Known) -> Iterator[tuple[int, str]]:
    """Yield every text that an argument may be, with the line on which it stands."""
    match argument:
        case ast.Name(name) if name in known:
            for value in known[name]:
                yield from _texts_of(value, _without(name, known))
        case ast.IfExp(_, yes, no):
            yield from _texts_of(yes, known)
            yield from _texts_of(no, known)
        case _:
            yield from ((argument.lineno, text) for text in _texts(argument, known))


def _texts(node: ast.AST, known: Known) -> list[str]:
    """Return the texts that an expression may be, with a hole for what only a run knows."""
    match node:
        case ast.Constant(str(text)):
            return [text]
        case ast.JoinedStr(parts):
            return ["".join(each) for each in product(*(_texts(part, known) for part in parts))]
        case ast.BinOp(left, ast.Add(), right):
            return [a + b for a in _texts(left, known) for b in _texts(right, known)]
        case ast.FormattedValue(value) | ast.IfExp(_, _, value):  # of one and many: many
            return _texts(value, known)
        case ast.Name(name) if name in known:
            inner = _without(name, known)
            return [text for value in known[name] for text in _texts(value, inner)]
    return [HOLE]


def _without(name: str, known: Known) -> Known:
    """Return what names stand for in what is assigned to `name`."""
    return {other: values for other, values in known.items() if other != name}
