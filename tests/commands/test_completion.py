"""Completion: what the shell offers after a part of a command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ALOWARE = Path(sys.executable).with_name("aloware")


def complete(line: str, shell: str = "bash") -> list[str]:
    """Return what completion offers for the last word of `line`."""
    words = line.split(" ")
    env = {
        **os.environ,
        "_ALOWARE_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    run = subprocess.run([ALOWARE], env=env, capture_output=True, text=True, check=False)
    return run.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("aloware qu", ["quote"]),
        ("aloware rates sh", ["show"]),
        ("aloware quote u", ["upro"]),
        ("aloware compare i", ["ipro"]),
        ("aloware breakeven ipro x", ["xpro"]),
        ("aloware explain upro automated_s", ["automated_sms"]),
        ("aloware quote upro --add late", ["late_appeal="]),
        ("aloware quote upro --rate toll_free_s", ["toll_free_sms="]),
        ("aloware quote upro --discount all", ["all="]),
        ("aloware quote upro --carrier ver", ["verizon="]),
        ("aloware breakeven ipro xpro --vary numbers", ["numbers"]),
        ("aloware sweep upro --vary sms", ["sms="]),
        ("aloware quote upro --min-", ["--min-agents"]),
    ],
)
def test_completion_offers_names(line: str, offered: list[str]) -> None:
    assert complete(line) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_show_completion_prints_script_of_shell(shell: str) -> None:
    run = subprocess.run(
        [ALOWARE, "--show-completion", shell], capture_output=True, text=True, check=True
    )
    marks = {"bash": "complete -o default -F", "zsh": "#compdef aloware", "fish": "complete --comm"}
    assert marks[shell] in run.stdout


def test_show_completion_rejects_unknown_shell() -> None:
    run = subprocess.run(
        [ALOWARE, "--show-completion", "ksh"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "error: --show-completion ksh: unsupported shell  [E-SHELL]\n"
        "hint: use bash, zsh, fish or powershell\n"
    )
