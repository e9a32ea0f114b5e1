"""`aloware quote` alone: on a terminal it asks, elsewhere it says what is missing."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from test_process import on_a_terminal as shown_on_a_terminal
from test_process import shell

PROMPT = b"Plan (iPro, uPro, xPro):"


def on_a_terminal(answers: bytes, *words: str) -> tuple[str, int]:
    """Return what `aloware quote` shows to somebody who types `answers`, and its exit code."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child, which becomes aloware
        environment = {"PATH": os.environ["PATH"], "TERM": "dumb", "COLUMNS": "80"}
        command = [sys.executable, "-m", "aloware_cli", "quote", *words]
        os.execve(sys.executable, command, environment)  # noqa: S606
    shown = b""
    while PROMPT not in shown:  # a key that interrupts must not come before the question
        shown += os.read(terminal, 65536)
    os.write(terminal, answers)
    try:
        while True:
            # Python overlooks a signal that comes just before it waits for a key: as
            # anybody would, press it again where nothing happens.
            while not select.select([terminal], [], [], 3)[0]:
                os.write(terminal, answers[-1:])
            if not (chunk := os.read(terminal, 65536)):
                break
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return " ".join(shown.decode().split()), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_quote_is_asked_for_and_given(run: Run) -> None:
    shown, exit_code = on_a_terminal(b"UPRO\n3\n10\n10k\n\n2026-12-23\n")
    assert exit_code == 0
    assert "Total 410.00 1,230.00 4,920.00" in shown
    said = "aloware quote upro --agents 3 --numbers 10 --sms 10000 --start 2026-12-23"
    assert shown.endswith(f"The same at once: {said}")
    assert "Total         " in run(said.removeprefix("aloware ")).stdout


def test_a_bad_answer_is_asked_for_again() -> None:
    shown, exit_code = on_a_terminal(b"\nupr\nupro\n3.5\n3\n\n\n\n2026-13-01\n\n")
    assert exit_code == 0
    for said in (
        "Error: no plan ''. Plans: iPro, uPro, xPro",
        "Error: no plan 'upr'. Did you mean uPro?",
        "Error: '3.5': a quantity is a whole number.",
        "Error: '2026-13-01': write a day that exists, such as 2026-11-22.",
    ):
        assert said in shown
    assert shown.endswith("aloware quote upro --agents 3")


def test_the_words_that_were_given_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "a quote.json"
    shown, exit_code = on_a_terminal(b"ipro\n1\n\n\n\n\n", "--output", str(target))
    assert exit_code == 0
    assert '"plan": "iPro"' in target.read_text()
    assert shown.endswith(f"aloware quote --output '{target}' ipro --agents 1")


def test_a_price_that_nobody_publishes_is_asked_for(run: Run) -> None:
    shown, exit_code = on_a_terminal(b"ipro\n\n\n10k\n\n\n1,5\n0.02\n")
    assert exit_code == 0
    assert "Automated texts has no published price on iPro; yours in USD per segment:" in shown
    assert "Error: '1,5': write plain digits with an optional fraction" in shown
    assert "10,000 x 0.02 supplied 200.00" in shown
    said = "aloware quote ipro --sms 10000 --rate ipro:automated_sms=0.02"
    assert shown.endswith(f"The same at once: {said}")
    assert "200.00     600.00  2,400.00" in run(said.removeprefix("aloware ")).stdout


def test_a_price_of_nothing_is_an_answer() -> None:
    shown, exit_code = on_a_terminal(b"ipro\n1\n\n10k\n\n\n0\n")
    assert exit_code == 0
    assert shown.endswith(
        "aloware quote ipro --agents 1 --sms 10000 --rate ipro:automated_sms=0.00"
    )


def test_a_quote_that_may_do_without_it_asks_for_no_price() -> None:
    shown, exit_code = on_a_terminal(b"ipro\n1\n\n10k\n\n\n", "--allow-unpriced")
    assert exit_code == 0
    assert "Total, at least 40.00" in shown


def test_an_answer_that_cannot_be_priced_is_not_lost() -> None:
    shown, exit_code = on_a_terminal(b"ipro\n\n\n10k\n\n\n\n")
    assert exit_code == 4
    assert "The same at once: aloware quote ipro --sms 10000 Error: no rate is" in shown


@pytest.mark.parametrize("key", [b"\x03", b"\x04", b"upro\n\x03", b"upro\n3\n\x04"])
def test_breaking_off_is_quiet(key: bytes) -> None:
    shown, exit_code = on_a_terminal(key)
    assert exit_code == 130
    assert "Traceback" not in shown
    assert "Total" not in shown


@pytest.mark.parametrize("words", ["", "< /dev/null", "| cat", "--agents 3 < /dev/null"])
def test_without_a_terminal_nothing_is_asked(words: str) -> None:
    result = shell(f"{sys.executable} -m aloware_cli quote {words}")
    assert (result.stdout, result.returncode) == ("", 2)
    assert result.stderr.startswith("Error: which plan?\n  Name it first")


def test_a_terminal_on_one_side_alone_is_not_asked() -> None:
    command = f"{sys.executable} -m aloware_cli quote"
    assert "exit 2" in shown_on_a_terminal(f"{command} < /dev/null; echo exit $?", TERM="dumb")
    primary, terminal = os.openpty()
    result = subprocess.run(
        command.split(), stdin=terminal, capture_output=True, text=True, check=False, timeout=60
    )
    for end in (primary, terminal):
        os.close(end)
    assert (result.stdout, result.returncode) == ("", 2)
    assert "which plan?" in result.stderr


def test_who_says_something_is_not_asked(run: Run) -> None:
    assert run("quote --agents 3").exit_code == 2
