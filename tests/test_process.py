"""The process: exit codes, pipes and terminals as the operating system sees them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

QUOTE = f"{sys.executable} -m aloware_cli quote upro -a 3 -n 10 -s 10000"


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )


def test_a_closed_pipe_is_quiet() -> None:
    result = shell(f"{QUOTE} | true")
    assert (result.stderr, result.returncode) == ("", 0)


@pytest.mark.parametrize(
    "command",
    [
        f"{QUOTE} --format table",
        f"{QUOTE} --format json",
        f"{QUOTE} --total monthly",
        f"{QUOTE} --help",
        f"{sys.executable} -m aloware_cli --version",
    ],
)
def test_a_full_disk_is_an_error(command: str) -> None:
    result = shell(f"{command} > /dev/full")
    assert "cannot write standard output: No space left on device" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 3


def test_a_closed_standard_output_is_an_error() -> None:
    result = shell(f"{QUOTE} >&-")
    assert "cannot write standard output" in result.stderr
    assert result.returncode == 3


def test_the_same_input_gives_the_same_bytes() -> None:
    first = shell(f"{QUOTE} --format json", PYTHONHASHSEED="1", TZ="UTC")
    second = shell(f"{QUOTE} --format json", PYTHONHASHSEED="2", TZ="Asia/Tokyo")
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LANG": "C"}, {"LANG": ""}, {"PYTHONIOENCODING": "ascii"}],
    ids=["LC_ALL=C", "LANG=C", "no LANG", "ascii"],
)
def test_a_c_locale_gets_ascii(environment: dict[str, str]) -> None:
    result = shell(QUOTE, **environment)
    assert result.stdout.isascii()
    assert "Total" in result.stdout


@pytest.mark.parametrize("form", ["html", "markdown", "csv", "text", "scenario"])
def test_a_quote_that_is_sent_has_the_same_bytes_in_every_locale(form: str, tmp_path: Path) -> None:
    document = tmp_path / "quote"
    command = f"{QUOTE} --prospect 'Zoë 🚀' --format {form} > {document}"
    written = []
    for encoding in ("utf-8", "latin-1", "ascii"):
        assert shell(command, PYTHONIOENCODING=encoding).returncode == 0
        written.append(document.read_bytes())
    assert written == [written[0]] * 3
    assert "Zoë 🚀" in written[0].decode("utf-8")


def test_a_utf_8_locale_gets_a_drawn_rule() -> None:
    assert "───" in shell(QUOTE).stdout


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_columns_set_the_width(width: str) -> None:
    lines = shell(QUOTE, COLUMNS=width).stdout.splitlines()
    assert max(map(len, lines)) <= min(int(width), 100)


def on_a_terminal(command: str, **environment: str) -> str:
    """Return what `command` shows on a terminal of its own."""
    primary, secondary = os.openpty()
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "COLUMNS": "80", **environment}
    with subprocess.Popen(["bash", "-c", command], stdout=secondary, env=env):
        os.close(secondary)
        shown = b""
        try:
            while chunk := os.read(primary, 65536):
                shown += chunk
        except OSError:  # the other end is closed
            pass
    os.close(primary)
    return shown.decode()


def test_a_terminal_gets_bold_and_a_dumb_one_does_not() -> None:
    assert "\x1b[1m" in on_a_terminal(QUOTE, TERM="xterm")
    assert "\x1b" not in on_a_terminal(QUOTE, TERM="dumb")


SWEEP = f"{sys.executable} -m aloware_cli sweep ipro xpro -a 10 --vary numbers=0:500:100"


def test_a_terminal_gets_a_chart_in_its_own_characters() -> None:
    assert "● iPro   ▲ xPro" in on_a_terminal(SWEEP, TERM="xterm")
    plain = on_a_terminal(SWEEP, TERM="dumb", LC_ALL="C")
    assert "o iPro   x xPro" in plain
    assert plain.isascii()


def test_a_pipe_gets_no_chart() -> None:
    assert "iPro   " not in shell(f"{SWEEP} | tail -n +5").stdout


def test_no_color_means_no_colour() -> None:
    assert "\x1b[3" not in on_a_terminal(QUOTE, TERM="xterm", NO_COLOR="1")


@pytest.mark.parametrize("output", ["/dev/stdout | cat", "/dev/fd/1 | cat", ">(cat) | cat"])
def test_output_goes_into_a_pipe_that_has_a_name(output: str) -> None:
    result = shell(f"{QUOTE} --format text --output {output}")
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout == shell(f"{QUOTE} --format text").stdout


def test_output_replaces_a_file_whole_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    assert shell(f"{QUOTE} --output {link} --force").returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith('{\n  "schema": "aloware.quote/1"')
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "quote.json"
    target.write_text("before")
    command = f"ulimit -f 0; trap '' XFSZ; {QUOTE} --output {target} --force"
    result = shell(command)
    assert result.returncode == 3
    assert f"cannot write {target}: " in result.stderr
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["quote.json"]


def test_a_bug_shows_no_traceback() -> None:
    script = (
        "import sys; sys.argv = ['aloware', 'quote', 'upro', '-a', '1']\n"
        "import aloware_cli.domain.money as money\n"
        "del money.ROUND_HALF_UP\n"
        "from aloware_cli.__main__ import main; main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.returncode == 70
    assert "Traceback" not in result.stderr
    assert "a bug in aloware: NameError" in result.stderr
    assert "at money.py:" in result.stderr


def test_completion_knows_the_command() -> None:
    result = shell(
        f"{sys.executable} -m aloware_cli",
        _ALOWARE_COMPLETE="complete_bash",
        COMP_WORDS="aloware qu",
        COMP_CWORD="1",
    )
    assert result.stdout.split() == ["quote"]
