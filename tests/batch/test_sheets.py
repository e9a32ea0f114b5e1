"""Sheets: the rows of a workbook are read as those of CSV, and results are written with sums."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from sheets import openpyxl, read_book, xlsxwriter

from aloware_cli.batch import sheets
from aloware_cli.batch.sheets import cell_text, open_sheet
from aloware_cli.errors import AlowareError


def write(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_first_sheet_is_read_and_priced(run: Run, folder: Path) -> None:
    rows: list[list[Any]] = [
        ["plan", "agents", "name", "since"],
        ["upro", 3, "Acme\nInc.", datetime.datetime(2026, 11, 24)],  # noqa: DTZ001  as Excel has it
        [],
        ["ipro", 1.5, "+1", None],
        ["xpro", 2],
    ]
    write(folder / "in.xlsx", rows)
    result = run("batch in.xlsx")
    assert result.stdout.splitlines() == [
        "plan,agents,name,since,status,monthly,quarterly,annual,one_time,error",
        "upro,3,Acme Inc.,2026-11-24,ok,210.00,630.00,2520.00,0.00,",
        (
            'ipro,1.5,\'+1,,error,,,,,"agents: ""1.5"" is not a whole number; '
            'use digits, such as 10000, 10,000 or 10k  [E-QUANTITY]"'
        ),
        "xpro,2,,,ok,180.00,540.00,2160.00,0.00,",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (3, "3"),
        (3.0, "3"),
        (0.0185, "0.0185"),
        (1e-05, "0.00001"),
        (1e21, "1000000000000000000000"),
        (datetime.datetime(2026, 11, 24), "2026-11-24"),  # noqa: DTZ001  as Excel has it
        (datetime.datetime(2026, 11, 24, 8, 30), "2026-11-24 08:30:00"),  # noqa: DTZ001  likewise
        (datetime.time(8, 30), "08:30:00"),
        ("a\r\nb\tc", "a b c"),
        (" 3 ", " 3 "),
        ("#N/A", "#N/A"),
    ],
)
def test_cell_is_the_text_that_csv_would_have(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_problem_names_the_row_of_the_sheet(run: Run, folder: Path) -> None:
    write(folder / "in.xlsx", [[], ["agents", "note"], [1, "two\nlines"], [None, None], ["x"]])
    result = run("batch in.xlsx --plan upro")
    assert result.stderr.startswith('in.xlsx:5: agents: "x" is not a whole number')


def archive(**parts: bytes) -> bytes:
    """Return a workbook with other content in some of its parts."""
    source, target = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(key, old.read(name)))
    return target.getvalue()


BROKEN = "cannot read in.xlsx: not a workbook that a spreadsheet can open  [E-READ]"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", BROKEN),
        (b"plan,agents\n", BROKEN),
        (b"PK\x03\x04", BROKEN),
        (archive()[:-30], BROKEN),
        (archive(workbook=b"<workbook"), BROKEN),
        (archive(sheet1=b"<worksheet><sheetData><row><c"), BROKEN),
        (archive(styles=b"\xff"), BROKEN),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "in.xlsx: a workbook with a password, or of Excel 97  [E-FORMAT]",
        ),
    ],
)
def test_broken_workbook_is_one_error(run: Run, folder: Path, content: bytes, message: str) -> None:
    (folder / "in.xlsx").write_bytes(content)
    result = run("batch in.xlsx --plan upro --output out.csv")
    assert result.stderr.splitlines()[0] == f"error: {message}"
    assert "save the sheet as CSV" in result.stderr
    assert result.exit_code == 3
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("path", "reason"), [("none.xlsx", "No such file"), ("x.xlsx", "Is a dir")]
)
def test_unreadable_workbook_is_reported(run: Run, folder: Path, path: str, reason: str) -> None:
    (folder / "x.xlsx").mkdir()
    assert run(f"batch {path}").stderr.startswith(f"error: cannot read {path}: {reason}")


def test_large_workbook_is_rejected_before_it_is_unpacked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_SHEET", 10)
    write(folder / "in.xlsx", [["agents"], [1]])
    with (
        pytest.raises(AlowareError, match=r"xl/worksheets/sheet1.xml is larger"),
        open_sheet("in.xlsx"),
    ):
        pass


def test_two_far_cells_need_little_memory(folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "in.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "agents")
        sheet.write(5_000, 16_383, 1)
    with open_sheet("in.xlsx") as file:
        assert file.stream.read(20) == b"agents\n" + b"\n" * 13


def test_formula_without_a_result_is_not_an_empty_cell(run: Run, folder: Path) -> None:
    write(folder / "in.xlsx", [["plan", "agents"], ["upro", "=1+1"]])
    result = run("batch in.xlsx")
    assert result.stderr == (
        "error: in.xlsx:2: a formula without a result  [E-FORMAT]\n"
        "hint: open the workbook in a spreadsheet and save it again\n"
    )
    with xlsxwriter.Workbook("in.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["plan", "agents"])
        sheet.write_string(1, 0, "upro")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    assert "upro,2,ok,140.00" in run("batch in.xlsx").stdout


def test_results_are_written_with_live_sums(run: Run, folder: Path) -> None:
    rows = "plan,agents,id,name\nupro,3,007,=cmd\nipro,2,8,+1\nupro,x,9,ok\n"
    (folder / "in.csv").write_text(rows)
    assert run("batch in.csv -o out.xlsx").exit_code == 1
    book = read_book(folder / "out.xlsx")
    # 3 x 70 and 2 x 40
    assert [book.row("Rows", number) for number in (1, 2, 3, 5)] == [
        ["plan", "agents", "id", "name", "status", "monthly", "quarterly", "annual", "one_time",
         "error"],
        ["upro", 3, "007", "=cmd", "ok", 210, "=3*F2", "=12*F2", 0],
        ["ipro", 2, 8, "+1", "ok", 80, "=3*F3", "=12*F3", 0],
        ["Total", "=SUM(F2:F4)", "=SUM(G2:G4)", "=SUM(H2:H4)", "=SUM(I2:I4)"],
    ]  # fmt: skip
    assert book.results["Rows", "H5"] == 12 * 290


def test_line_items_are_quantity_times_price(run: Run, folder: Path) -> None:
    (folder / "in.csv").write_text("plan,sms\nupro,1001\n")
    run("batch in.csv --lines --jobs 2 --format xlsx -o out.xlsx")
    book = read_book(folder / "out.xlsx")
    # 1,001 x 0.015 = 15.015
    assert book.row("Rows", 2)[3:10] == [
        "automated_sms", 1001, "segment", 0.015, "=ROUND(E2*G2,2)", "=3*H2", "=12*H2",
    ]  # fmt: skip
    assert book.results["Rows", "H2"] == 15.02


def test_written_workbook_has_the_same_bytes_and_replaces_none(run: Run, folder: Path) -> None:
    (folder / "in.csv").write_text("plan,agents\nupro,3\n")
    run("batch in.csv -o a.xlsx")
    run("batch in.csv -o b.xlsx")
    assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
    assert run("batch in.csv -o a.xlsx").stderr.startswith("error: a.xlsx already exists")


@pytest.mark.parametrize(
    ("limit", "rows"),
    [("MAX_ROWS", "plan,agents\nupro,1\nupro,1\n"), ("MAX_TEXT", "plan,agents\nupro,1\n")],
)
def test_row_that_no_sheet_can_have_is_rejected(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, rows: str
) -> None:
    monkeypatch.setattr(sheets, limit, 3)
    (folder / "in.csv").write_text(rows)
    result = run("batch in.csv -o out.xlsx")
    assert "too large, or one too many, for a workbook  [E-SIZE]" in result.stderr
    assert [*folder.iterdir()] == [folder / "in.csv"]


@pytest.mark.parametrize(
    "command", ["batch in.xlsx", "batch in.csv -o a.xlsx", "quote upro -a 3 -o a.xlsx"]
)
def test_missing_extra_is_named(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    for name in ("openpyxl", "xlsxwriter"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    (folder / "in.csv").write_text("plan,agents\nupro,3\n")
    (folder / "in.xlsx").write_bytes(b"")
    assert run(command).stderr == (
        "error: a workbook requires the extra excel  [E-REQUIRES]\n"
        "hint: install it: pip install 'aloware-cli[excel]'\n"
    )
    assert not (folder / "a.xlsx").exists()


def test_workbook_is_not_printed(run: Run, folder: Path) -> None:
    (folder / "in.csv").write_text("plan,agents\nupro,3\n")
    for command in ("quote upro -a 3", "compare -a 3", "batch in.csv"):
        assert run(f"{command} --format xlsx").stderr == (
            "error: --format xlsx requires --output  [E-REQUIRES]\n"
            "hint: name a file, for example: --output quotes.xlsx\n"
        )
