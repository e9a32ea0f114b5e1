"""The app: all commands at a glance, and the one place where errors become exit codes."""

import functools
import itertools
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer._click.exceptions import UsageError as ClickError
from typer.core import TyperCommand, TyperGroup

from aloware_cli import __version__
from aloware_cli.domain.problems import escaped
from aloware_cli.errors import AlowareError, UsageError
from aloware_cli.files.io import discard_output, write_output

BUG: Final = 70
INTERRUPTED: Final = 130
#: Under this name, the context of a command has the names of the options that were typed.
TYPED: Final = "aloware.typed"
#: Between plan groups; the arguments of those after the first, under this name of the context.
SEPARATOR: Final = "+"
FURTHER: Final = "aloware.groups"

TITLE: Final = "Estimate what Aloware's iPro, uPro and xPro plans cost: exact, sourced, offline."
OVERVIEW: Final = f"""\
{TITLE}

Usage: aloware COMMAND [OPTIONS]

Start here
  quote      Price one plan or several plan groups: monthly, quarterly and
             annual
               aloware quote upro --agents 3 --numbers 10 --sms 10000
  compare    Price the same volumes on several plans
               aloware compare --agents 5 --numbers 10
  explain    Show where a price comes from and why a charge is billed
               aloware explain upro sms

Decide
  breakeven  Find the volume where one plan becomes cheaper than another
  sweep      Show totals over a range of volumes
  prorate    Price agents or numbers added during a month
  segments   Count the segments of a text message and price it

Saved quotes
  render     Re-render a saved quote at its original prices
  diff       Compare a saved quote with current prices or with another quote
  check      Report saved quotes that are expired, altered or repriced

Automation
  batch      Price many customers from CSV, TSV or JSON lines, one per row
  verify     Check prices against the vendor's worked examples
  init       Write a commented scenario file
  rates      List, show, check and compare rate cards, and ask for missing
             prices
  schema     Print a JSON Schema

Options
  -h, --help     Show help; also: aloware help COMMAND
  --version      Show the version
  --install-completion, --show-completion [bash|zsh|fish]

Exit codes: 0 done, 1 check failed or differences found, 2 usage error,
3 invalid data or file, 4 a needed price is not published, 70 bug in aloware.
"""
#: The module in `commands/` that defines each command: a function, or a group of commands.
COMMANDS: Final[Mapping[str, str]] = {
    "quote": "quote", "compare": "compare", "explain": "explain", "breakeven": "volumes",
    "sweep": "volumes", "prorate": "prorate", "segments": "segments", "render": "saved_quotes",
    "diff": "saved_quotes", "check": "saved_quotes", "batch": "batch", "verify": "verify",
    "init": "files", "rates": "rates", "schema": "files",
}  # fmt: skip
#: The options that set up completion.
COMPLETION: Final = ("--show-completion", "--install-completion")
#: Plain help and errors: the same in every terminal and transcript, and faster.
STYLE: Final[dict[str, Any]] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}


class HasHelp:
    """What has help, which is written as results are."""

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command or the group."""
        from aloware_cli.cli.help import command_help

        return command_help(self, ctx)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option --help: a full disk or a closed pipe is treated as everywhere."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.callback = _print_help
        return option


class Command(HasHelp, TyperCommand):
    """A command, with its options in groups."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse `args`; `--json` is short for `--format json`."""
        names = {param.name for param in self.params}
        end = args.index("--") if "--" in args else len(args)
        if SEPARATOR in args[:end] and "text" not in names:
            args, *ctx.meta[FURTHER] = split_groups(args, self.callback)
            end = len(args)
        ctx.meta[TYPED] = {word.partition("=")[0] for word in args[:end]}
        if "--json" in args[:end] and "format" in names:
            place = args.index("--json")
            args = [*args[:place], "--format", "json", *args[place + 1 :]]
        try:
            return super().parse_args(ctx, args)
        except ClickError as error:
            error.ctx = error.ctx or ctx  # for the hint: not every error names its command
            raise


def split_groups(args: list[str], command: Any) -> list[list[str]]:
    """Return the arguments of each plan group in the `args` of `command`.

    Raises UsageError for an empty group, or if the command takes none.
    """
    if not getattr(command, "takes_groups", False):
        message = "+ separates plan groups, which only aloware quote takes"
        raise UsageError("E-GROUPS", message, "remove +, or use aloware quote")
    parts = itertools.groupby(args, SEPARATOR.__eq__)
    groups = [[*words] for is_separator, words in parts if not is_separator]
    if len(groups) <= args.count(SEPARATOR):
        hint = "for example: aloware quote ipro --agents 5 + xpro --agents 3"
        raise UsageError("E-GROUPS", "expected a plan group before and after +", hint)
    return groups


class CommandGroup(HasHelp, TyperGroup):
    """A command with further commands, such as `rates`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` name; raises UsageError for an unknown one."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            from aloware_cli.cli.help import unknown_command

            raise unknown_command(args, known, ctx.command_path)
        return super().resolve_command(ctx, args)


@functools.cache
def _build(name: str) -> Any:
    command = getattr(import_module(f"aloware_cli.commands.{COMMANDS[name]}"), name)
    if not isinstance(command, typer.Typer):
        alone = typer.Typer(add_completion=False, **STYLE)
        alone.command(name, cls=Command)(command)
        command = alone
    built = typer.main.get_command(command)
    built.name = name
    return built


class Commands(CommandGroup):
    """All commands; every error becomes a message on stderr and an exit code."""

    def list_commands(self, _: Any) -> list[str]:
        """Return the names of the commands."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002  Typer's own
        """Return the command `name`, imported and built when it is used: a run needs one."""
        return _build(name) if name in COMMANDS else None

    def get_help(self, ctx: Any) -> str:  # noqa: ARG002  Typer's own
        """Return the overview, without importing a command."""
        return OVERVIEW

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options before the command; those of completion print and exit."""
        if args and args[0] in COMPLETION:
            from aloware_cli.cli.options import set_up_completion

            write_output(set_up_completion(args), None)
            raise typer.Exit
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that `args` name; `help` and `version` work as words too."""
        if args[0] == "help":
            args = [*args[1:], "--help"]
            if len(args) == 1:
                _print_help(ctx, None, wanted=True)
        if args[0] == "version":
            _print_version(wanted=True)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command line and exit."""
        if "_ALOWARE_COMPLETE" in os.environ:
            from typer._completion_classes import completion_init

            completion_init()
        settings["standalone_mode"] = False
        sys.exit(_exit_code_of(functools.partial(super().main, *args, **settings)))


def _exit_code_of(run: functools.partial[Any]) -> int:
    """Return the exit code of `run`; an error is reported first."""
    try:
        return run() or 0
    except AlowareError as error:
        complain(error.report())
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return 0
    except Exception as error:
        from aloware_cli.cli.help import error_of

        known = error_of(error)
        complain(known.report() if known else _bug_report(error))
        return known.exit_code if known else BUG


def complain(message: str) -> None:
    """Write `message` to stderr. The exit code never depends on whether that works."""
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # full, closed, or absent
        if sys.stderr is not None:
            discard_output(sys.stderr)


def _bug_report(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    origin = "?"
    if trace:
        origin = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
    return (
        f"error: bug in aloware: {escaped(repr(error))} at {origin}  [E-BUG]\n"
        "hint: report this line and the command you ran"
    )


app = typer.Typer(
    cls=Commands,
    name="aloware",
    **STYLE,
    no_args_is_help=True,
    add_completion=False,  # ours takes the name of a shell
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_help(ctx: Any, _: Any, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        write_output(f"{ctx.get_help()}\n", None)
        raise typer.Exit


def _print_version(wanted: bool) -> None:
    if wanted:
        write_output(f"aloware {__version__}\n", None)
        raise typer.Exit


@app.callback()
def aloware(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version"),
    ] = False,
) -> None:
    """Estimate what Aloware's iPro, uPro and xPro plans cost: exact, sourced, offline."""


def run() -> None:
    """Run `aloware`; no error shows a traceback."""
    app(prog_name="aloware")
