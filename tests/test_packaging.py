"""The wheel: installed alone, in an empty folder, it does what the repository does."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from aloware_cli.files.cards import load_rates

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the commands of an environment that holds the wheel.

    What the wheel depends on comes from this environment: no network is needed.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    install = [
        sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet",
        "--no-index", "--no-deps", str(wheel),
    ]  # fmt: skip
    subprocess.run(install, check=True)
    site_packages = next(folder.glob("lib/python3*/site-packages"))
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


@pytest.mark.parametrize("command", [["aloware"], ["python", "-m", "aloware_cli"]])
def test_wheel_quotes_in_an_empty_folder(
    installed: Path, tmp_path: Path, command: list[str]
) -> None:
    quote = ["quote", "upro", "-a", "3", "-n", "10", "-s", "10000", "--total", "monthly"]
    argv = [str(installed / command[0]), *command[1:], *quote]
    result = subprocess.run(
        argv, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": ""}
    )
    rates = load_rates([], None).cards["uPro"].rates
    agent, number, text = (
        rates[charge, "monthly"].price or 0
        for charge in ("license", "local_number", "automated_sms")
    )
    total = f"{3 * agent + 10 * number + 10_000 * text:.2f}\n"
    assert (result.stdout, result.stderr, result.returncode) == (total, "", 0)


def test_process_runs_installed_wheel(installed: Path, tmp_path: Path) -> None:
    script = "import aloware_cli.files.io as c; print(c.bundled_rates())"
    result = subprocess.run(
        [str(installed / "python"), "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(result.stdout.strip()).is_relative_to(installed.parent)


def test_wheel_has_rate_cards_and_schemas(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in [*ROOT.glob("rates/**/*.yaml"), *ROOT.glob("rates/**/*.json")]:
        assert f"aloware_cli/{path.relative_to(ROOT).as_posix()}" in names
    for path in ROOT.glob("aloware_cli/schemas/*.json"):
        assert f"aloware_cli/schemas/{path.name}" in names
    files = {"py.typed", "errors.yaml", "suggestions.yaml", "schemas/quote.schema.json"}
    assert {f"aloware_cli/{file}" for file in files} <= names


def test_wheel_renders_html(installed: Path, tmp_path: Path) -> None:
    subprocess.run(
        [str(installed / "aloware"), "quote", "upro", "-a", "3", "--output", "quote.html"],
        cwd=tmp_path,
        check=True,
    )
    assert "Aloware uPro, monthly term</p>" in (tmp_path / "quote.html").read_text(encoding="utf-8")


def test_wheel_has_no_other_files(wheel: Path) -> None:
    rooms = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert len(rooms) == 2, "the package and its metadata"
