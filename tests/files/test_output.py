"""Output: a file is written whole, and one that is there is never replaced unasked."""

import os
from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.errors import DataError
from aloware_cli.files.output import write_output

ASKED = [
    "quote upro -a 3",
    "compare -a 3",
    "breakeven ipro xpro -a 10 --vary numbers",
    "sweep upro --vary sms=0:1:1",
    "explain upro sms",
    "prorate upro --on 2026-03-18 --add-agents 2",
]


@pytest.mark.parametrize("line", ASKED)
def test_a_file_is_replaced_only_with_force(run: Run, tmp_path: Path, line: str) -> None:
    target = tmp_path / "taken.txt"
    target.write_text("mine")
    result = run(f"{line} --output {target}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.splitlines() == [
        f"Error: {target} exists",
        "  Choose another name, or replace it with --force.",
    ]
    assert target.read_text() == "mine"
    assert run(f"{line} --output {target} --force").exit_code == 0
    assert target.read_text("utf-8").startswith("Aloware ")
    assert os.listdir(tmp_path) == ["taken.txt"]


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    link.symlink_to(real)
    write_output("first", str(link))
    assert real.read_text() == "first"
    with pytest.raises(DataError, match=r"link\.txt exists"):
        write_output("second", str(link))
    assert (real.read_text(), link.is_symlink()) == ("first", True)


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("")
    write_output("text", str(tmp_path / "new.txt"))
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


def without_hard_links(source: str, target: str) -> None:
    raise PermissionError(f"no hard links here, from {source} to {target}")


def test_a_disk_without_hard_links_keeps_its_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_hard_links)
    target = tmp_path / "quote.txt"
    write_output("first", str(target))
    with pytest.raises(DataError, match="exists"):
        write_output("second", str(target))
    assert target.read_text() == "first"
    assert os.listdir(tmp_path) == ["quote.txt"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../Acme", "acme.yaml"),
        ("/etc/acme", "etc-acme.yaml"),
        ("acme.yaml/..", "acme-yaml.yaml"),
        ("C:\\Acme", "c-acme.yaml"),
        ("~root", "root.yaml"),
        ("-a", "a.yaml"),
    ],
)
def test_a_recorded_name_stays_in_its_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    here = tmp_path / "one" / "two" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert run(f"verify --record={name} -- quote upro -a 1").stdout == f"{file}\n"
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written == [here / file]
