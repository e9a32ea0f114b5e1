"""The process: what locales, terminals and pipes get, and where files are written."""

import subprocess
import sys
from pathlib import Path

import pytest
from card_files import CARDS
from processes import on_a_terminal, shell

QUOTE = "aloware quote upro -a 3 -n 10 -s 10000"
WORDS = QUOTE.split()[1:]
SWEEP = "sweep ipro xpro -a 10 --vary numbers=0:500:100"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the frozen cards, in a locale that has every character."""
    for name in ("LC_ALL", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALOWARE_RATES", str(CARDS))
    monkeypatch.setenv("LANG", "C.UTF-8")


def test_output_is_deterministic() -> None:
    first = shell(f"{QUOTE} --format json", PYTHONHASHSEED="1", TZ="UTC")
    second = shell(f"{QUOTE} --format json", PYTHONHASHSEED="2", TZ="Asia/Tokyo")
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"LANG": "C"}, {"LANG": ""}, {"PYTHONIOENCODING": "ascii"}],
    ids=["LC_ALL=C", "LANG=C", "no LANG", "ascii"],
)
def test_ascii_locale_gets_ascii(environment: dict[str, str]) -> None:
    result = shell(QUOTE, **environment)
    assert result.stdout.isascii()
    assert "Total" in result.stdout


@pytest.mark.parametrize("form", ["html", "markdown", "csv", "text", "scenario"])
def test_documents_have_same_bytes_in_every_locale(form: str, tmp_path: Path) -> None:
    document = tmp_path / "quote"
    command = f"{QUOTE} --prospect 'Zoë 🚀' --format {form} > {document}"
    written = []
    for encoding in ("utf-8", "latin-1", "ascii"):
        assert shell(command, PYTHONIOENCODING=encoding).returncode == 0
        written.append(document.read_bytes())
    assert written == [written[0]] * 3
    assert "Zoë 🚀" in written[0].decode("utf-8")


def test_utf_8_locale_gets_rules() -> None:
    assert "───" in shell(QUOTE).stdout


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_columns_variable_sets_width(width: str) -> None:
    lines = shell(QUOTE, COLUMNS=width).stdout.splitlines()
    assert max(map(len, lines)) <= min(int(width), 100)


@pytest.mark.parametrize(
    ("environment", "is_styled"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
    ],
)
def test_terminal_gets_styles_unless_told_otherwise(
    environment: dict[str, str],
    is_styled: bool,  # noqa: FBT001
) -> None:
    assert ("\x1b[1m" in on_a_terminal(*WORDS, **environment)) == is_styled


@pytest.mark.parametrize(("force", "is_styled"), [("", False), ("1", True)])
def test_pipe_gets_styles_only_with_force_color(force: str, is_styled: bool) -> None:  # noqa: FBT001
    assert ("\x1b[1m" in shell(QUOTE, FORCE_COLOR=force).stdout) == is_styled


@pytest.mark.parametrize("format", ["table", "csv", "markdown", "html", "text", "json"])
def test_terminal_never_gets_control_characters_from_files(tmp_path: Path, format: str) -> None:
    scenario = tmp_path / "a\x1b[31m\u202eb.yaml"
    scenario.write_text("rate: {sms: 0.02}\n")
    options = ["--explain"] if format == "table" else ["--format", format]
    shown = on_a_terminal(*WORDS, *options, "--from", str(scenario))
    assert "0.02" in shown
    assert all(each.isprintable() or each in "\r\n" for each in shown)
    if format in {"table", "csv"}:
        assert "Supplied in " in shown.replace("\r\n ", "")


def test_file_keeps_the_bytes_of_outside_text(tmp_path: Path) -> None:
    scenario = tmp_path / "a\x1b[31mb.yaml"
    scenario.write_text("rate: {sms: 0.02}\n")
    shell(f"{QUOTE} --from '{scenario}' --output {tmp_path / 'q.csv'}")
    assert "a\x1b[31mb.yaml" in (tmp_path / "q.csv").read_text("utf-8")


def test_terminal_gets_chart_in_its_characters() -> None:
    assert "● iPro  ▲ xPro" in on_a_terminal(*SWEEP.split(), TERM="xterm")
    plain = on_a_terminal(*SWEEP.split(), LC_ALL="C")
    assert "o iPro  x xPro" in plain
    assert plain.isascii()


def test_pipe_gets_no_chart() -> None:
    assert "iPro   " not in shell(f"aloware {SWEEP} | tail -n +5").stdout


@pytest.mark.parametrize("output", ["/dev/stdout | cat", "/dev/fd/1 | cat", ">(cat) | cat"])
def test_output_writes_to_named_pipe(output: str) -> None:
    result = shell(f"{QUOTE} --format text --output {output}")
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout == shell(f"{QUOTE} --format text").stdout


def test_output_replaces_target_of_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("before")
    real.chmod(0o640)
    link.symlink_to(real)
    assert shell(f"{QUOTE} --output {link} --force").returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith('{\n  "schema": "aloware.quote/1"')
    assert real.stat().st_mode & 0o777 == 0o640


def test_bug_exits_70_without_traceback() -> None:
    script = (
        "import sys; sys.argv = ['aloware', 'quote', 'upro', '-a', '1']\n"
        "import aloware_cli.domain.money as money, aloware_cli.pricing.price\n"
        "import aloware_cli.pricing.orders, aloware_cli.pricing.credits\n"
        "del money.ROUND_HALF_UP\n"
        "from aloware_cli.__main__ import main; main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.returncode == 70
    assert "Traceback" not in result.stderr
    assert "bug in aloware: NameError" in result.stderr
    assert "at money.py:" in result.stderr


def test_completion_offers_command() -> None:
    words = {"COMP_WORDS": "aloware qu", "COMP_CWORD": "1"}
    result = shell("aloware", _ALOWARE_COMPLETE="complete_bash", **words)
    assert result.stdout.split() == ["quote"]
