"""The house: arrows run one way, and a run loads only what it needs."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import aloware_cli
from aloware_cli.cli import COMMANDS, app
from aloware_cli.commands.details import DetailOptions
from aloware_cli.commands.options import PricingOptions
from aloware_cli.commands.scenarios import ENTRIES as REPEATED
from aloware_cli.domain.charges import SHORT_NAMES
from aloware_cli.domain.scenarios import KEYS, MAPPINGS
from aloware_cli.files.cards import load_rates
from aloware_cli.files.scenarios import ENTRIES, READERS

PACKAGE = Path(aloware_cli.__file__).parent
MAY_IMPORT = {
    "errors": {"domain"},
    "domain": {"domain", "__version__"},
    "pricing": {"pricing", "domain"},
    "render": {"render", "domain"},
    "files": {"files", "domain", "errors"},
    "commands": {"commands", "files", "render", "pricing", "domain", "errors"},
    "cli": {"commands", "errors", "__version__"},
    "__main__": {"cli"},
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


def test_arrows_run_one_way() -> None:
    wrong = [(file, target) for file, room, target in imports() if target not in MAY_IMPORT[room]]
    assert wrong == []


def test_only_forms_import_rich() -> None:
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
def test_a_quote_loads_only_what_it_needs(flags: list[str], not_loaded: set[str]) -> None:
    assert modules_of("quote", "upro", "-a", "3", *flags) & not_loaded == set()


def test_a_quote_without_a_scenario_loads_no_reader_of_scenarios() -> None:
    scenarios = {"aloware_cli.files.scenarios", "aloware_cli.render.scenario"}
    assert modules_of("quote", "upro", "-a", "3") & scenarios == set()


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
def test_an_answer_for_scripts_loads_no_rich(line: str) -> None:
    assert modules_of(*line.split()) & {"rich", "pydantic", "jinja2"} == set()


def test_every_key_of_a_scenario_is_a_shared_flag_and_is_read_from_a_file() -> None:
    assert ["plan", *PricingOptions.__annotations__, *DetailOptions.__annotations__] == list(KEYS)
    assert {*READERS, *ENTRIES} == set(KEYS)
    assert set(ENTRIES) == set(MAPPINGS) == set(REPEATED)


def test_every_short_name_is_an_option_and_a_charge() -> None:
    options = [name for name in PricingOptions.__annotations__ if name in SHORT_NAMES]
    assert options == list(SHORT_NAMES)
    for card in load_rates([], None).cards.values():
        assert set(SHORT_NAMES.values()) <= set(card.charges)


@pytest.mark.parametrize(("name", "summary"), COMMANDS.items())
def test_the_list_of_commands_says_what_each_says_of_itself(name: str, summary: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    assert " ".join((command.help or "").partition("\n\n")[0].split()) == summary


def test_every_command_has_an_example_in_its_help() -> None:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        for each in getattr(command, "commands", {name: command}).values():
            assert "For example: aloware" in " ".join((each.help or "").split()), each.name
