"""Print docs/reference.md: every command and option, in the words of the help.

python docs/reference.py > docs/reference.md
"""

from collections.abc import Iterator
from typing import Any

import typer

from aloware_cli.cli.app import TITLE, app
from aloware_cli.cli.help import meaning, spelling
from aloware_cli.domain.scenarios import GROUPS, OPTIONS, flag

HEAD = f"""\
# Reference

Which commands and options are there? This page has all of them, in the words of `--help`. \
`python docs/reference.py` writes it.

{TITLE}

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | check failed, or differences found |
| 2 | usage error |
| 3 | invalid data, or a file cannot be read or written |
| 4 | a needed price is not published |
| 70 | bug in `aloware` |

## Options of every pricing command

The key of a scenario file is the name of the option with underscores: `min_agents` for
`--min-agents`. A column of `aloware batch` has the same name.
"""


def main() -> None:
    """Print the page."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="aloware")
    print(HEAD)
    print(*_shared_options(), sep="\n")
    for command, within in _commands(root, context):
        print(f"\n## {within.command_path}\n")
        print(*_description(command), sep="\n")
        print(*_own_options(command, within), sep="\n")


def _shared_options() -> Iterator[str]:
    for group in GROUPS:
        rows = [(key, option) for key, option in OPTIONS.items() if option.group == group]
        if rows:
            yield from ("", f"### {group}", "")
            yield from ("| option | also | meaning | column |", "|---|---|---|---|")
        for key, option in rows:
            name = "PLAN" if key == "plan" else f"{flag(key)} {option.metavar}".rstrip()
            also = ", ".join(f"`{each}`" for each in option.names)
            column = "yes" if option.rows == "column" else ""
            yield f"| `{name}` | {also} | {option.help} | {column} |"


def _commands(group: Any, context: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each command with its context; a group as the commands in it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        within = typer.Context(command, info_name=name, parent=context)
        if hasattr(command, "list_commands"):
            yield from _commands(command, within)
        else:
            yield command, within


def _description(command: Any) -> Iterator[str]:
    """Yield the paragraphs of a help text, its examples as code."""
    for paragraph in (command.help or "").split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines[0].startswith("aloware "):
            yield from ("```", *lines, "```", "")
        else:
            yield from (" ".join(lines), "")


def _own_options(command: Any, context: Any) -> Iterator[str]:
    """Yield the arguments and options that other commands do not share."""
    shares = False
    for param in sorted(command.params, key=lambda param: param.param_type_name != "argument"):
        if param.name in {*OPTIONS, "source"} and param.name != "plan":
            shares = True
        elif param.param_type_name == "argument":
            yield f"- `{param.make_metavar(context)}`: {param.help}"
        elif param.help and param.name != "help":
            yield f"- `{spelling(param)}`: {meaning(param)}"
    if shares:
        link = "[options of every pricing command](#options-of-every-pricing-command)"
        shared = [each.name for each in command.params if each.name in {*OPTIONS} - {"plan"}]
        is_every = {*OPTIONS} - {"plan"} <= {*shared}
        yield f"- {link}" + ("" if is_every else f": {', '.join(map(_code, shared))}")


def _code(key: str) -> str:
    return f"`{flag(key)}`"


if __name__ == "__main__":
    main()
