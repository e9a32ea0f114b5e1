"""Batches in blocks: whole rows, several workers, and files that are read and written at once."""

import os
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from card_files import CARDS, catalog
from hypothesis import given
from hypothesis import strategies as st
from processes import on_a_terminal, shell

from aloware_cli.batch.pricer import Request
from aloware_cli.batch.rows import RowFile, open_rows, read_blocks, read_cells
from aloware_cli.batch.workers import price_file
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.errors import AlowareError, ValidationError
from aloware_cli.files.io import open_output


def some_rows(count: int) -> str:
    """Return CSV of many kinds of rows: plain, quoted, invalid, unpriced and blank."""
    drawn = random.Random(7)  # noqa: S311  the same rows each time
    kinds: list[Callable[[int], str]] = [
        lambda n: f"upro,{n},{n * 7},name {n}",
        lambda n: f"XPRO,{n},,{n}",
        lambda n: f'"upro","{n}",1,"a ""name"",\nof two lines"',
        lambda n: f"all,{n},1k,=x",
        lambda n: f"upor,{n},1,",
        lambda n: f"ipro,{n}x,1,",
        lambda n: f"ipro,{n}",
        lambda n: f"ipro,{n},1,,",
        lambda _: "",
        lambda n: f"ipro,{n},,late",
    ]
    weights = [50, 20, 5, 2, 1, 1, 1, 1, 1, 5]
    rows = [kind(n) for n, kind in enumerate(drawn.choices(kinds, weights, k=count), 1)]
    return "plan,agents,numbers,name\n" + "\n".join(rows) + "\n"


def priced(source: Path, target: Path, jobs: int, size: int) -> tuple[bytes, object]:
    """Return the result of `source`, read `size` bytes at a time, with its tally and problems."""
    with open_rows(str(source)) as file:
        request = Request(file.name, catalog(), Scenario(), "")
        output = partial(open_output, str(target), force=True)
        found = price_file(file, request, output, jobs, size)
    return target.read_bytes(), found


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(some_rows(600))
    return path


def test_number_of_workers_does_not_matter(rows: Path, tmp_path: Path) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 2, 2000) == alone
    assert priced(rows, tmp_path / "out", 3, 2000) == alone


@pytest.mark.parametrize("size", [1, 100, 1 << 20])
def test_block_size_does_not_matter(rows: Path, tmp_path: Path, size: int) -> None:
    alone = priced(rows, tmp_path / "out", 1, 2000)
    assert priced(rows, tmp_path / "out", 1, size) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_malformed_block_leaves_existing_file(rows: Path, tmp_path: Path, jobs: int) -> None:
    text = rows.read_text()
    rows.write_text(f'{text}upro,1,1,a "quote"\nupro,1,1,\n')
    target = tmp_path / "out"
    target.write_text("before")
    line = text.count("\n") + 1
    with pytest.raises(ValidationError, match="a quote in an unquoted cell") as raised:
        priced(rows, target, jobs, 500)
    assert str(raised.value.problems[0].location).endswith(f"rows.csv:{line}")
    assert target.read_text() == "before"
    assert sorted(os.listdir(tmp_path)) == ["out", "rows.csv"]


def rows_in_blocks(text: str, folder: Path, size: int) -> list[list[str]]:
    path = folder / "text.csv"
    path.write_text(text, newline="")
    with open_rows(str(path)) as file:
        return [
            cells
            for block in read_blocks(file, size, quotes=True)
            for _, cells in read_cells(block.content.decode(), block.line, "", ",")
        ]


cells = st.text(st.sampled_from('ab,"\n '), max_size=4)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), max_size=5), st.integers(1, 12))
def test_blocks_have_whole_rows(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], size: int
) -> None:
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in table]
    text = "".join(",".join(row) + "\n" for row in quoted)
    folder = tmp_path_factory.getbasetemp()
    assert rows_in_blocks(text, folder, size) == table


def test_output_may_be_the_file_itself(rows: Path) -> None:
    assert shell(f"aloware batch {rows} --output {rows} --force").returncode == 1
    assert rows.read_text().startswith("plan,agents,numbers,name,status,")
    assert rows.read_text().count("\n") > 500


CONTROLS = "A\x1b[31mcm\u202ee\x9b \N{NO-BREAK SPACE}\u00e9"


def test_control_characters_are_escaped_on_a_terminal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALOWARE_RATES", str(CARDS))
    (tmp_path / "in.csv").write_text(f"name,plan,agents\n{CONTROLS},upro,3\n", "utf-8")
    line = f"batch {tmp_path / 'in.csv'}"
    escaped = "A\\x1b[31mcm\\u202ee\\x9b \N{NO-BREAK SPACE}\u00e9,upro,3,ok,210.00"
    assert f"\n{escaped}" in on_a_terminal(*line.split(), LC_ALL="C.UTF-8")
    assert f"\n{CONTROLS},upro,3,ok,210.00" in shell(f"aloware {line}").stdout


def test_row_without_end_takes_no_memory(tmp_path: Path) -> None:
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b"plan,agents\n" + b"x" * (3 << 20))
    with (
        open(endless, "rb") as stream,
        pytest.raises(AlowareError, match="a row is larger than 1 MiB"),
    ):
        list(read_blocks(RowFile("endless.csv", stream, None), 1 << 16, quotes=True))
