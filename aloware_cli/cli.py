"""The command line: all commands, and the one place where errors become exit codes."""

import functools
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from aloware_cli import __version__
from aloware_cli.errors import AlowareError, DataError

BUG = 70
INTERRUPTED = 130


#: The commands and what each does, in the order in which help lists them. Each is what a
#: module of its name in `commands/` defines under that name: a function, or a group of further
#: commands, whose own help begins with the same sentence.
COMMANDS = {
    "quote": "Price one plan: monthly, quarterly and annual, with one-time fees apart.",
    "compare": "Price the same volumes on several plans, side by side.",
    "breakeven": "Find the quantity at which the order of two plans flips.",
    "sweep": "Show monthly totals as one volume moves.",
    "explain": "Say why a charge is billed or included on a plan.",
    "prorate": "Price agents or numbers that are added within a month.",
    "render": "Draw a saved quote again, as it was, without the cards.",
    "diff": "Hold a saved quote against today's cards, or against another quote.",
    "segments": "Count the segments of a text message as a phone would.",
    "verify": "Replay the published examples on the cards, figure by figure.",
    "batch": "Price many prospects, a row each, from CSV, TSV or JSON lines.",
    "init": "Write a commented scenario file to start from.",
    "rates": "List, show, check and compare the rate cards.",
}
STYLE: dict[str, Any] = {
    # Plain help and errors: the same in every terminal and transcript, and twice as quick.
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}


class CommandsByName(Mapping[str, Any]):
    """The commands, each imported and built when it is asked for: a run needs one."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return _built(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@functools.cache
def _built(name: str) -> Any:
    command = getattr(import_module(f"aloware_cli.commands.{name}"), name)
    if not isinstance(command, typer.Typer):
        alone = typer.Typer(add_completion=False, **STYLE)
        alone.command(name)(command)
        command = alone
    built = typer.main.get_command(command)
    built.name = name
    return built


class Commands(TyperGroup):
    """The commands, with one translation of errors to exit codes."""

    def __init__(self, **settings: Any) -> None:
        """Hold the commands by name, whatever was registered."""
        super().__init__(**settings)
        self.commands: Any = CommandsByName()

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  Typer's own
        """List the commands without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error becomes its report on stderr and its exit code."""
        try:
            return super().invoke(ctx)
        except AlowareError as error:
            typer.echo(error.report(), err=True)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error


app = typer.Typer(
    cls=Commands,
    name="aloware",
    **STYLE,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"aloware {__version__}")
        raise typer.Exit


@app.callback()
def aloware(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it, exit."),
    ] = False,
) -> None:
    """Exact, sourced cost estimates for Aloware's plans.

    Exit codes: 0 done; 1 the answer is no; 2 the request is wrong; 3 the data is
    wrong, or a file cannot be read or written; 4 a needed rate is not published;
    70 a bug in aloware.
    """


def run() -> None:
    """Run `aloware`; nothing that goes wrong shows a traceback."""
    try:
        app(prog_name="aloware")
    except Exception as error:
        # Typer writes help and version itself; all else that is read or written is handled
        # before, and so is whatever else the user can act on.
        if isinstance(error, OSError) and error.filename is None:
            sys.exit(_unwritten(error))
        sys.exit(_bug(error))


def _unwritten(error: OSError) -> int:
    # What is left in the buffer goes nowhere, so that leaving Python does not fail on it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    typer.echo(f"Error: cannot write standard output: {error.strerror}", err=True)
    return DataError.exit_code


def _bug(error: Exception) -> int:
    typer.echo(f"Error: a bug in aloware: {error!r} at {_origin(error)}", err=True)
    typer.echo("  Please report it with the command that you ran.", err=True)
    return BUG


def _origin(error: Exception) -> str:
    """Return the file and line that raised `error`."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (
        f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"
    )
