"""The architecture: one-way imports, few modules per run, one declaration per option."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import aloware_cli
from aloware_cli.cli.app import COMMANDS, OVERVIEW, app
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.scenarios import CONTRACT, FEES, NEEDS, OPTIONS

PACKAGE = Path(aloware_cli.__file__).parent
MAY_IMPORT = {
    "errors": {"domain"},
    "domain": {"domain", "__version__"},
    "pricing": {"pricing", "domain", "errors"},
    "render": {"render", "deferred", "domain", "errors"},
    "files": {"files", "deferred", "domain", "errors", "signals"},
    "batch": {"batch", "files", "render", "pricing", "domain", "errors", "signals"},
    "cli": {"cli", "files", "render", "pricing", "domain", "errors", "__version__"},
    "commands": {"commands", "cli", "batch", "files", "render", "pricing", "domain", "errors"},
    "__main__": {"cli", "deferred", "signals"},
    "deferred": set[str](),
    "signals": set[str](),
    "__init__": set[str](),
}


def imports() -> Iterator[tuple[str, str, str]]:
    """Yield file, room and imported room for each import of our own modules."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        room = relative.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                parts = name.split(".")
                if parts[0] == "aloware_cli":
                    assert isinstance(node, ast.ImportFrom)
                    yield str(relative), room, (parts[1:] or [node.names[0].name])[0]


def test_imports_run_one_way() -> None:
    wrong = [(file, target) for file, room, target in imports() if target not in MAY_IMPORT[room]]
    assert wrong == []


def test_only_render_imports_rich() -> None:
    rooms = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rich"
    }
    assert rooms == {"render"}


def modules_of(*arguments: str) -> set[str]:
    """Return the names of the modules that a run of `aloware` has loaded."""
    script = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from aloware_cli.__main__ import main\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return {part for name in result.stderr.split() for part in (name, name.split(".")[0])}


@pytest.mark.parametrize(
    ("flags", "not_loaded"),
    [
        (["--total", "monthly"], {"rich", "json", "hashlib", "importlib.metadata", "pydantic"}),
        (["--format", "json"], {"rich", "pydantic", "jinja2"}),
        ([], {"jinja2", "pydantic", "markdown_it", "pygments"}),
    ],
)
def test_quote_loads_only_what_it_needs(flags: list[str], not_loaded: set[str]) -> None:
    assert modules_of("quote", "upro", "-a", "3", *flags) & not_loaded == set()


def test_one_number_loads_few_modules() -> None:
    loaded = modules_of("quote", "upro", "-a", "3", "--total", "monthly")
    ours = {name for name in loaded if name.startswith("aloware_cli.")}
    packages = {name for name in ours if name.count(".") == 1}
    assert len(ours - packages) <= 30, sorted(ours)


@pytest.mark.parametrize(
    "line",
    [
        "compare -a 3 --format json",
        "breakeven ipro xpro -a 3 --vary numbers --format json",
        "sweep ipro xpro -a 3 --vary numbers=0:9:1 --format csv",
        "explain ipro agents --format json",
        "prorate ipro --add-agents 2 --on 2026-03-18 --format json",
        "quote upro -a 3 --format csv",
        "quote upro -a 3 --format markdown",
        "quote upro -a 3 --format text",
    ],
)
def test_machine_formats_load_no_rich(line: str) -> None:
    assert modules_of(*line.split()) & {"rich", "pydantic", "jinja2"} == set()


def test_every_command_has_summary_and_example() -> None:
    overview = " ".join(OVERVIEW.split())
    for name in COMMANDS:
        command = typer.main.get_command(app).get_command(None, name)  # type: ignore[attr-defined]
        summary = " ".join((command.help or "").partition("\n\n")[0].split())
        assert f" {name} {summary.removesuffix('.')} " in overview, name
        for each in getattr(command, "commands", {name: command}).values():
            assert re.search(r"^ *aloware ", each.help or "", re.MULTILINE), each.name


@pytest.mark.parametrize("key", [*OPTIONS])
def test_option_is_declared_once(key: str) -> None:
    """An option is named by its declaration, its rule and the JSON documents, nowhere else."""
    word = re.compile(rf"\b{key}\b")
    files = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if word.search(path.read_text(encoding="utf-8"))
    }
    documents = ("files/quotes", "render/documents", "render/result_documents")
    files = {file for file in files if not file.startswith(("commands/", *documents))}
    # Short words, and the parts of a quote, mean other things too.
    is_own_word = len(key) > len("minutes") + 2 and key not in Quote._fields
    if OPTIONS[key].group in {NEEDS, CONTRACT, FEES} and is_own_word:
        assert len(files) <= 6, (key, sorted(files))
