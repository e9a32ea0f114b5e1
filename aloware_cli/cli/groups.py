"""Plan groups on the command line: `ipro --agents 5 + xpro --agents 3`."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from aloware_cli.cli.app import FURTHER, SEPARATOR
from aloware_cli.domain.scenarios import (
    COMMON,
    ENVIRONMENT,
    OF_A_GROUP,
    OPTIONS,
    SHARED,
    Scenario,
    flag,
)
from aloware_cli.errors import UsageError

EXAMPLE: Final = "for example: aloware quote ipro --agents 5 + xpro --agents 3"


def split_groups(args: Sequence[str], command: Any) -> list[list[str]]:
    """Return the arguments of each plan group in the `args` of `command`.

    Raises UsageError for an empty group, or if the command takes none.
    """
    if not getattr(command, "takes_groups", False):
        message = "+ separates plan groups, which only aloware quote takes"
        raise UsageError("E-GROUPS", message, "remove +, or use aloware quote")
    groups: list[list[str]] = [[]]
    for arg in args:
        if arg == SEPARATOR:
            groups.append([])
        else:
            groups[-1].append(arg)
    if not all(groups):
        raise UsageError("E-GROUPS", "expected a plan group before and after +", EXAMPLE)
    return groups


def read_further(
    context: Any, values: dict[str, Any], read: Callable[[dict[str, Any]], Scenario]
) -> list[Scenario]:
    """Return the scenario of each plan group after the first, as `read` reads its options.

    Options that are not part of a scenario apply to all groups: they are added to `values`. Raises
    UsageError for one that is given twice.
    """
    scenarios: list[Scenario] = []
    for args in context.meta.pop(FURTHER, ()):
        with context.command.make_context(context.info_name, args, parent=context.parent) as own:
            typed = _typed(own)
            if "source" in typed:
                hint = "put --from before the first +"
                raise UsageError("E-GROUPS", "--from in a plan group after +", hint)
            keys = [key for key in typed if key in OPTIONS or key == "plan_option"]
            scenarios.append(read({key: typed.pop(key) for key in keys}))
        for name in typed.keys() & _typed(context).keys():
            raise _given_twice(flag(name))
        values.update(typed)
    return scenarios


def _typed(context: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in context.params.items()
        if context.get_parameter_source(name).name == "COMMANDLINE"
    }


def join_groups(first: Scenario, further: Sequence[Scenario]) -> Scenario:
    """Return one scenario of all plan groups: what they have in common, and what each has."""
    if first.groups:
        hint = "add the group to the scenario, or remove +"
        raise UsageError("E-GROUPS", "+ conflicts with the plan groups of the scenario", hint)
    common = first.only((*COMMON, *SHARED))
    for scenario in further:
        own = scenario.only(COMMON)
        for key, _ in own.given():
            origin = common.origins.get(key)
            if isinstance(origin, str) and origin != ENVIRONMENT:
                raise _given_twice(flag(key))
        common = own.merged_over(common)
    groups = (each.only((*OF_A_GROUP, *SHARED)) for each in further)
    return common._replace(groups=(first.only(OF_A_GROUP), *groups))


def _given_twice(option: str) -> UsageError:
    hint = "give it once: it applies to all plan groups"
    return UsageError("E-DUPLICATE", f"{option} is given twice", hint)
