"""`aloware quote` without inputs: on a terminal it asks, elsewhere it says what is missing."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run
from processes import ALOWARE, on_a_terminal, shell

FIRST_QUESTION = b"Customer name:"


@pytest.fixture(autouse=True)
def frozen_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALOWARE_RATES", str(CARDS))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def answer(answers: str, folder: Path, *words: str) -> tuple[str, int]:
    """Return what `aloware quote` shows to a user who types `answers`, and its exit code.

    A line of `answers` is one answer; `^C` and `^D` are keys.
    """
    typed = answers.replace("^C", "\x03").replace("^D", "\x04").encode()
    pid, terminal = pty.fork()
    if pid == 0:  # the child, which becomes aloware
        os.chdir(folder)
        environment = {**os.environ, "TERM": "dumb", "COLUMNS": "200"}
        command = [*ALOWARE, "quote", *words]
        os.execve(sys.executable, command, environment)  # noqa: S606
    shown = b""
    while FIRST_QUESTION not in shown:  # a key that interrupts must not come before the question
        shown += os.read(terminal, 65536)
    os.write(terminal, typed)
    try:
        while True:
            # Python overlooks a signal that comes just before it waits for a key, so press the
            # key again if nothing happens.
            while not select.select([terminal], [], [], 3)[0]:
                os.write(terminal, typed[-1:])
            if not (chunk := os.read(terminal, 65536)):
                break
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return " ".join(shown.decode().split()), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


#: customer, agents, numbers, texts, minutes, plan, discount, start, file
PLAIN = "Acme\n3\n10\n10k\n\nUPRO\n\n2026-12-23\n\n"
PLAIN_COMMAND = (
    "aloware quote upro --agents 3 --numbers 10 --sms 10000 --start 2026-12-23 --customer Acme"
)


def repeated(shown: str) -> str:
    """Return the command that repeats the quote."""
    return shown.partition("To repeat this quote: ")[2].partition(" Save as")[0]


def test_guided_quote_prints_quote_and_command_that_repeats_it(run: Run, tmp_path: Path) -> None:
    shown, exit_code = answer(PLAIN, tmp_path)

    assert exit_code == 0
    assert "Total $410.00 $1,230.00 $4,920.00" in shown
    assert repeated(shown) == PLAIN_COMMAND
    assert "$410.00" in run(PLAIN_COMMAND.removeprefix("aloware ")).stdout


def test_guided_quote_compares_plans_before_one_is_chosen(tmp_path: Path) -> None:
    shown, exit_code = answer("\n3\n10\n10k\n\n\nupro\n\n\n\n", tmp_path)

    assert exit_code == 0
    assert "Compared with cheapest ? lowest ?" in shown
    assert repeated(shown) == "aloware quote upro --agents 3 --numbers 10 --sms 10000"


@pytest.mark.parametrize(
    ("answers", "command"),
    [
        # supplied, and with a discount
        ("\n5\n\n2k\n\nipro\n0.02\n10%\n\n\n",
         "aloware quote ipro --agents 5 --sms 2000 --discount 10% --rate sms=0.02"),
        # left open: a lower bound
        ("\n5\n\n2k\n\nipro\n\n\n\n\n",
         "aloware quote ipro --agents 5 --sms 2000 --allow-unpriced"),
        # a range, after a comparison of its expected quantities
        ("\n5\n\n1k/2k/3k\n\n\nipro\n0.02\n\n\n\n",
         "aloware quote ipro --agents 5 --sms 1000/2000/3000 --rate sms=0.02"),
        # free is an answer
        ("\n5\n\n2k\n\nipro\n0\n\n\n\n",
         "aloware quote ipro --agents 5 --sms 2000 --rate sms=0.00"),
    ],
)  # fmt: skip
def test_guided_quote_asks_for_unpublished_price(
    run: Run, tmp_path: Path, answers: str, command: str
) -> None:
    shown, exit_code = answer(answers, tmp_path)

    assert exit_code == 0
    assert "Automated texts on iPro have no published price." in shown
    assert repeated(shown) == command
    assert run(command.removeprefix("aloware ")).exit_code == 0


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ("\n3.5\n3\n\n\n\nupro\n\n\n\n", '"3.5" is not a whole number; use digits'),
        ("\n3\n\n\n\nupr\nupro\n\n\n\n", 'unknown plan "upr"; did you mean uPro?'),
        ("\n3\n\n\n\nupro\nhalf\n\n\n\n", '"half" is not a percentage; use one such as 10%'),
        ("\n3\n\n\n\nupro\n\n2026-13-01\n\n\n", '"2026-13-01" is not a calendar date; use YYYY'),
        ("\n3\n\n\n\nupro\n\n\nacme.doc\n\n", "unsupported file type .doc"),
    ],
)
def test_guided_quote_asks_again_after_invalid_answer(
    tmp_path: Path, answers: str, message: str
) -> None:
    shown, exit_code = answer(answers, tmp_path)

    assert exit_code == 0
    assert message in shown
    assert repeated(shown).startswith("aloware quote upro --agents 3")


@pytest.mark.parametrize("name", ["acme.html", "acme.json", "acme.yaml", "acme.md"])
def test_guided_quote_saves_in_format_of_file(tmp_path: Path, name: str) -> None:
    shown, exit_code = answer(PLAIN[:-1] + f"{name}\n", tmp_path)

    assert exit_code == 0
    assert shown.endswith(f"Saved to {name}")
    assert "Acme" in (tmp_path / name).read_text("utf-8")


GIVEN = ("--output", "a quote.json", "--contact", "Dana")


def test_guided_quote_keeps_options_that_were_given(tmp_path: Path) -> None:
    shown, exit_code = answer("\n1\n\n\n\nipro\n\n\n", tmp_path, *GIVEN)

    assert exit_code == 0
    assert '"plan": "iPro"' in (tmp_path / "a quote.json").read_text()
    assert shown.endswith("aloware quote --output 'a quote.json' --contact Dana ipro --agents 1")


def test_guided_quote_without_quantities_is_an_error_that_loses_nothing(tmp_path: Path) -> None:
    shown, exit_code = answer("Acme\n\n\n\n\nupro\n\n\n", tmp_path)

    assert exit_code == 2
    assert "To repeat this quote: aloware quote upro --customer Acme" in shown
    assert "error: nothing to price" in shown


@pytest.mark.parametrize("keys", ["^C", "^D", "Acme\n^C", "Acme\n3\n^D"])
def test_leaving_guided_quote_is_quiet(tmp_path: Path, keys: str) -> None:
    shown, exit_code = answer(keys, tmp_path)

    assert exit_code == 130
    assert "Traceback" not in shown
    assert "Total" not in shown


@pytest.mark.parametrize("words", ["", "< /dev/null", "| cat", "--agents 3 < /dev/null"])
def test_without_terminal_nothing_is_asked(words: str) -> None:
    result = shell(f"aloware quote {words}")
    assert (result.stdout, result.returncode) == ("", 2)
    assert result.stderr.startswith("error: no plan given")


def test_terminal_on_one_side_alone_is_not_asked() -> None:
    assert on_a_terminal("quote").startswith("error: no plan given")
    primary, terminal = os.openpty()
    result = subprocess.run(
        [*ALOWARE, "quote"], stdin=terminal, capture_output=True, text=True, check=False, timeout=60
    )
    for end in (primary, terminal):
        os.close(end)
    assert (result.stdout, result.returncode) == ("", 2)
    assert "no plan given" in result.stderr
