"""Print docs/reference.md: every command and flag, in the program's own words.

python docs/reference.py > docs/reference.md
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer

from aloware_cli.cli import app
from aloware_cli.commands.options import PricingOptions

HEAD = """\
# Reference

Every command and flag, as `--help` has them. `python docs/reference.py` writes this page.
"""


def main() -> None:
    """Print the whole page."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="aloware")
    print(HEAD)
    print(*_sentences(root.help), "", sep="\n")
    commands = list(_commands(root, context))
    print("## What all pricing commands share\n")
    quote, within = next(found for found in commands if found[0].name == "quote")
    print(*_entries(quote, within, shared=True), sep="\n")
    for command, within in commands:
        print(f"\n## {within.command_path}\n")
        print(*_sentences(command.help), "", sep="\n")
        print(f"`{' '.join([within.command_path, *command.collect_usage_pieces(within)])}`\n")
        print(*_entries(command, within, shared=False), sep="\n")


def _commands(group: Any, context: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each command with its context; a group of commands as those in it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        within = typer.Context(command, info_name=name, parent=context)
        if hasattr(command, "list_commands"):
            yield from _commands(command, within)
        else:
            yield command, within


def _sentences(text: str) -> list[str]:
    """Return the paragraphs of a help text, each on a line; a command in one is marked as such."""
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
    marked = [re.sub(r"(?<=For example: )(.*)", r"`\1`", part) for part in paragraphs]
    return [line for part in marked for line in (part, "")][:-1]


def _entries(command: Any, context: Any, *, shared: bool) -> Iterator[str]:
    """Yield what each argument and option means, in the order of `--help`."""
    takes_shared = any(option.name == "agents" for option in command.params)
    for parameter in command.params:
        is_shared = takes_shared and parameter.name in PricingOptions.__annotations__
        record = parameter.get_help_record(context)
        if record and is_shared == shared:
            yield f"- `{record[0]}`: {' '.join(record[1].split())}"
    if takes_shared and not shared:
        yield "- and [what all pricing commands share](#what-all-pricing-commands-share)"


if __name__ == "__main__":
    main()
