"""`aloware batch`: rows in, the same rows with their results out, whatever they hold."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Run, validator

from aloware_cli.domain.money import format_exact
from aloware_cli.render.batch import priced_rows

RESULTS = "status,monthly,quarterly,annual,one_time,error"


def written(folder: Path, text: str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Columns and cells, options, and what follows the cells. uPro: 70 an agent, 5 a number,
# 0.015 a text; iPro: 40 and 6; xPro: 90 and 4, and 0.02 an automated minute.
ROWS = [
    # 3 x 70 + 10 x 5 + 10,000 x 0.015 = 410.
    ("plan,agents,numbers,sms|upro,3,10,10000", "", "ok,410.00,1230.00,4920.00,0.00,"),
    ("Plan,AGENTS,Numbers,sms|uPro,3,10,10k", "", "ok,410.00,1230.00,4920.00,0.00,"),
    ('plan,agents,numbers,sms|UPRO,"3",10,"10,000"', "", "ok,410.00,1230.00,4920.00,0.00,"),
    # 10 x 90 + 50 x 4 + 25,000 x 0.02 = 1,600.
    ("plan,agents,numbers,minutes|xpro,10,50,25000", "", "ok,1600.00,4800.00,19200.00,0.00,"),
    # What a row leaves empty, it does not take.
    ("plan,agents,numbers,sms|upro,3,,", "", "ok,210.00,630.00,2520.00,0.00,"),
    # 70 + 6 x 0.015 = 70.09; 3 and 12 times it carry a dollar.
    ("plan,agents,sms|upro,1,6", "", "ok,70.09,210.27,841.08,0.00,"),
    # 1 x 0.015 = 0.02; 7 look-ups of 0.002 are 0.014 = 0.01.
    ("plan,sms|upro,1", "", "ok,0.02,0.06,0.24,0.00,"),
    ("plan,number_lookup|upro,7", "", "ok,0.01,0.03,0.12,0.00,"),
    ("plan,agent minutes,inbound-minutes|ipro,500,500", "", "ok,0.00,0.00,0.00,0.00,"),
    # 10^9 texts: 15,000,000.
    ("plan,sms|upro,1000000000", "", "ok,15000000.00,45000000.00,180000000.00,0.00,"),
    # Paid once: 44 + 3 x 50 = 194; and 3 x 10 each month.
    (
        "plan,brand_registration_standard,campaign_activation,campaign_maintenance|upro,1,3,3",
        "",
        "ok,30.00,90.00,360.00,194.00,",
    ),
    # A contract for 5 licenses, on the line or in the row: 5 x 70.
    ("plan,agents|upro,3", "--min-agents 5", "ok,350.00,1050.00,4200.00,0.00,"),
    ("plan,agents,min_agents|upro,3,5", "--min-agents 9", "ok,350.00,1050.00,4200.00,0.00,"),
    ("plan,agents,min_agents|upro,3,", "--min-agents 5", "ok,350.00,1050.00,4200.00,0.00,"),
    # 5 x 70 without any agent, and 10 numbers.
    ("plan,numbers|upro,10", "--min-agents 5", "ok,400.00,1200.00,4800.00,0.00,"),
    # 3 x 70 less 10%.
    ("plan,agents|upro,3", "--discount license=10%", "ok,189.00,567.00,2268.00,0.00,"),
    ("plan,sms|ipro,1000", "--rate sms=0.02", "ok,20.00,60.00,240.00,0.00,"),
    ("plan,sms|ipro,1000", "--rate xpro:sms=9 --rate sms=0.02", "ok,20.00,60.00,240.00,0.00,"),
    # A term of its own, with a rate for it: 3 x 60.
    ("plan,agents,term|upro,3,annual", "--rate license=60", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents|upro,3", "--term annual", "unpriced,,,,,"),
    ("plan,agents,term|upro,3,Monthly", "--term annual", "ok,210.00,630.00,2520.00,0.00,"),
    ("plan,sms|ipro,1000", "", "unpriced,,,,,no rate is published on iPro for automated_sms"),
    (
        "plan,agents,sms|ipro,3,1000",
        "--allow-unpriced",
        "unpriced,120.00,360.00,1440.00,0.00,no rate is published on iPro for automated_sms",
    ),
    ("plan,agents|upro,", "", 'error,,,,,"nothing to price; give a quantity'),
    ("plan,agents|upro,0", "", 'error,,,,,"nothing to price'),
    ("plan,agents|,3", "", 'error,,,,,"plan: the plan is missing; write iPro or uPro or xPro'),
    ("plan,agents|upor,3", "", "error,,,,,plan: no plan 'upor'; did you mean uPro?"),
    ("plan,agents|upro,-3", "--raw", "error,,,,,agents: '-3' is not right; a quantity is never"),
    ("plan,agents|upro,ten", "", "error,,,,,\"agents: 'ten' is not right; write a whole number"),
    ("plan,agents|upro,3.0", "", "error,,,,,agents: '3.0' is not right; a quantity is a whole"),
    ("plan,agents|upro, 3", "", "error,,,,,\"agents: ' 3' is not right; write a whole number"),
    ("plan,agents|upro,1_3", "", "error,,,,,\"agents: '1_3' is not right"),
    ("plan,agents|upro,٣", "", "error,,,,,\"agents: '٣' is not right"),
    ("plan,agents|upro,1000000001", "", "error,,,,,\"agents: '1000000001' is not right; a quan"),
    ("plan,agents,term|upro,3,weekly", "", "error,,,,,term: 'weekly' is not right; write monthly"),
    ("plan,agents,min_agents|upro,3,x", "", "error,,,,,\"min_agents: 'x' is not right"),
    # A price and a discount of the row's own: 3 x 60, and 3 x 70 less 10%; a cell wins.
    ("plan,agents,rate.license|upro,3,60", "", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents,rate.agents|upro,3,60", "--rate license=65", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents,rate.license|upro,3,", "--rate license=65", "ok,195.00,585.00,2340.00,0.00,"),
    ("plan,agents,Discount.License|upro,3,10%", "", "ok,189.00,567.00,2268.00,0.00,"),
    ("plan,agents,discount.all|upro,3,10", "--discount all=50", "ok,189.00,567.00,2268.00,0.00,"),
    # 44 + 2 x 50 = 144 once, and 2 x 10 a month.
    ("plan,brand,campaigns|upro,Standard,2", "", "ok,20.00,60.00,240.00,144.00,"),
    ("plan,agents,campaigns|upro,1,2", "", "ok,90.00,270.00,1080.00,0.00,"),
    ("plan,agents,rate.foo|upro,3,1", "", "error,,,,,\"rate.foo: no charge 'foo'"),
    ("plan,agents,rate.license|upro,3,1e3", "", "error,,,,,\"rate.license: '1e3' is not right"),
    ("plan,agents,discount.license|upro,3,101", "", "error,,,,,discount.license: '101' is not"),
    ("plan,agents,brand|upro,3,gold", "", "error,,,,,brand: 'gold' is not right; write starter"),
]

# A file of what holds for all rows; the option and then the cell win over it.
DEFAULTS = """\
plan: xPro
rate: {license: 60}
add: {number_lookup: 500}
min_agents: 2
"""


@pytest.mark.parametrize(
    ("table", "options", "result"),
    [
        # 3 x 60 + 500 x 0.002 = 181
        ("agents|3", "", "xPro,ok,181.00,543.00,2172.00,0.00,"),
        ("agents|1", "", "xPro,ok,121.00,363.00,1452.00,0.00,"),
        ("agents|3", "--plan upro", "uPro,ok,181.00,543.00,2172.00,0.00,"),
        ("agents|3", "--rate license=50", "xPro,ok,151.00,453.00,1812.00,0.00,"),
        ("agents,number_lookup|3,1000", "", "xPro,ok,182.00,546.00,2184.00,0.00,"),
    ],
)
def test_a_scenario_holds_for_all_rows(
    run: Run, folder: Path, table: str, options: str, result: str
) -> None:
    (folder / "all.yaml").write_text(DEFAULTS)
    (folder / "in.csv").write_text(table.replace("|", "\n") + "\n")
    printed = run(f"batch in.csv --from all.yaml {options}")
    cells = table.partition("|")[2]
    assert printed.stdout.splitlines()[1] == f"{cells},{result}"


@pytest.mark.parametrize(("table", "options", "result"), ROWS)
def test_a_row(run: Run, folder: Path, table: str, options: str, result: str) -> None:
    header, row = table.split("|")
    file = written(folder, f"{header}\n{row}\n")
    printed = run(f"batch {file} {options}").stdout.splitlines()
    assert printed[0] == f"{header},{RESULTS}"
    cells = row.replace('"3"', "3")
    assert printed[1].startswith(f"{cells},{result}")


def test_a_bad_row_in_the_middle_loses_no_other(run: Run, folder: Path) -> None:
    table = "plan,agents,name\nupro,1,a\nupro,2\nupro,x,b\n\nipro,3,c\n"
    result = run(f"batch {written(folder, table)}")
    assert result.exit_code == 1
    assert [row.split(",")[:4] for row in result.stdout.splitlines()[1:]] == [
        ["upro", "1", "a", "ok"],
        ["upro", "2", "", "error"],
        ["upro", "x", "b", "error"],
        ["ipro", "3", "c", "ok"],
    ]
    assert result.stderr.splitlines() == [
        (
            "in.csv:3: the row has 2 cells, the header 3; "
            "write one for each column, in quotes where it holds a delimiter"
        ),
        "in.csv:4: agents: 'x' is not right; write a whole number such as 10000, 10,000 or 10k",
        "4 rows: 2 ok, 0 unpriced, 2 failed",
        # 70 + 3 x 40.
        (
            "Total of the rows that are ok: 190.00 a month, 570.00 a quarter, 2,280.00 a year, "
            "0.00 once"
        ),
    ]


def test_blank_lines_are_no_row_of_blanks(run: Run, folder: Path) -> None:
    # Two line ends in a row, twice, are as many cells as a row of three.
    file = written(folder, "plan,agents,name\nupro,1,a\n\n\nupro,2,b\n")
    assert [row[:9] for row in run(f"batch {file}").stdout.splitlines()[1:]] == [
        "upro,1,a,",
        "upro,2,b,",
    ]


def test_every_number_of_cents_makes_its_quarter_and_its_year() -> None:
    months = range(100, 300)
    rows = priced_rows(["x"] * len(months), ",ok,", months, [])
    for month, row in zip(months, rows, strict=True):
        amounts = [format_exact(times * Decimal(month) / 100) for times in (1, 3, 12)]
        assert row == f"x,ok,{','.join(amounts)},0.00,\n"


def test_every_fault_of_a_row_is_reported_and_twenty_rows_at_most(run: Run, folder: Path) -> None:
    file = written(folder, "plan,agents\n" + 30 * "up,x\n")
    result = run(f"batch {file}")
    lines = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:20:2]] == [f"in.csv:{n}" for n in range(2, 12)]
    assert lines[20] == "... and 40 more"
    assert " | agents: 'x' is not right" in result.stdout


def test_the_exit_code_tells_failed_from_unpriced(run: Run, folder: Path) -> None:
    unpriced = written(folder, "plan,sms\nipro,5\nupro,5\n")
    assert run(f"batch {unpriced}").exit_code == 4
    assert run(f"batch {unpriced} --allow-unpriced").exit_code == 0
    both = written(folder, "plan,sms\nipro,5\nupro,x\n")
    assert run(f"batch {both}").exit_code == 1


COMPARED = [
    # 10 agents, 50 numbers: 700, 950, 1,100.
    ("10,50,", "", "iPro,ok,700.00,2100.00,8400.00,0.00,"),
    # 1 agent, 200 numbers: 1,240, 1,070, 890.
    ("1,200,", "", "xPro,ok,890.00,2670.00,10680.00,0.00,"),
    # 10 agents, 250 numbers: 1,900 on iPro and on xPro; the first in order is named.
    ("10,250,", "", "iPro,ok,1900.00,5700.00,22800.00,0.00,"),
    ("3,10,10000", "", ',unpriced,,,,,"uPro is the cheapest but for iPro and xPro, which may cost'),
    ("3,10,10000", "--allow-unpriced", "uPro,unpriced,410.00,1230.00,4920.00,0.00,"),
    # iPro 120 + 60 + 2 = 182 with a rate; uPro 410 - 148.5 = 261.5; xPro at least 310: ruled out.
    ("3,10,100", "--rate ipro:sms=0.02", "iPro,ok,182.00,546.00,2184.00,0.00,"),
    # iPro 400 + 1,500 + 0 = 1,900, and xPro at least 900 + 1,000: it may cost the same.
    ("10,250,100", "--rate ipro:sms=0", ',unpriced,,,,,"iPro is the cheapest but for xPro, which'),
    ("3,10,100", "--term annual", ",unpriced,,,,,"),
    ("x,10,", "", ",error,,,,,"),
]


@pytest.mark.parametrize(("row", "options", "result"), COMPARED)
def test_every_plan_is_compared(
    run: Run, folder: Path, row: str, options: str, result: str
) -> None:
    file = written(folder, f"agents,numbers,sms\n{row}\n")
    first, second = run(f"batch {file} --compare {options}").stdout.splitlines()
    assert first == f"agents,numbers,sms,plan,{RESULTS}"
    assert second.startswith(f"{row},{result}")


def test_a_row_may_ask_for_every_plan_or_leave_it_to_the_option(run: Run, folder: Path) -> None:
    file = written(folder, "plan,agents,numbers\nALL,10,50\n,1,\nxpro,1,\n")
    assert run(f"batch {file} --plan upro").stdout.splitlines()[1:] == [
        "iPro,10,50,ok,700.00,2100.00,8400.00,0.00,",
        "uPro,1,,ok,70.00,210.00,840.00,0.00,",
        "xpro,1,,ok,90.00,270.00,1080.00,0.00,",
    ]


def test_the_plan_is_a_column_of_the_result_where_the_file_has_none(run: Run, folder: Path) -> None:
    file = written(folder, "id,agents\n7,1\n")
    assert run(f"batch {file} --plan UPRO").stdout.splitlines() == [
        f"id,agents,plan,{RESULTS}",
        "7,1,uPro,ok,70.00,210.00,840.00,0.00,",
    ]


# What stops a run, and what is said of it.
MALFORMED = [
    ("", 3, "in.csv:1: the file is empty"),
    ("\n\n", 3, "in.csv:1: no row"),
    ("upro,3\n", 3, "in.csv:1: no column gives a quantity"),
    ("id,agents\n1,2\n", 3, "in.csv:1: no column plan; add it, or give --plan or --compare"),
    ("plan,agents,agents\n", 3, "in.csv:1: agents: the same column as 'agents'; keep one of them"),
    ("plan,agents,License\n", 3, "in.csv:1: License: the same column as 'agents'"),
    ("id,plan,agents,id\n", 3, "in.csv:1: id: the same column as 'id'"),
    ("plan,agent\n", 3, "agent: no column of that name is known; did you mean agents?"),
    ("plan,agents,automated sm\n", 3, "did you mean automated_sms?"),
    ("plan,agents,\n", 3, "in.csv:1: column 3 has no name; name it, or remove it"),
    ("plan,agents,Status\n", 3, "Status: the result has a column of that name; rename it"),
    (
        "plan,agents,discount\n",
        3,
        "discount: not read from a column; name the charge too, such as discount.license",
    ),
    ("\nplan,agents,x\n\nupro,1,a\nupro,1,\xe9\n", 0, ""),
    ('plan,agents\nupro,1\n"upro,1\n', 3, "in.csv:3: a quote is never closed\n  Close it, or put"),
    ('plan,agents\nupro,1\nup"ro,1\nup"ro,1\n', 3, "in.csv:3: a quote inside a cell"),
    ('plan,agents\n"upro"x,1\n', 3, "in.csv:2: a quote inside a cell"),
    ("plan,agents\nupro,1\nup\0ro,1\n", 3, "in.csv:3: a NUL character"),
    ("plan,agents\rupro,1\r", 3, "in.csv:1: a carriage return alone"),
]


@pytest.mark.parametrize(("text", "code", "said"), MALFORMED)
def test_a_malformed_file_stops_the_run_with_its_line(
    run: Run, folder: Path, text: str, code: int, said: str
) -> None:
    result = run(f"batch {written(folder, text)} --output out.csv --force")
    assert result.exit_code == code
    assert said in result.stderr
    assert (folder / "out.csv").exists() == (code == 0)


def test_a_file_that_is_not_utf_8_stops_the_run_with_its_line(run: Run, folder: Path) -> None:
    (folder / "in.csv").write_bytes(b"plan,agents,name\nupro,1,a\nupro,1,\xe9\n")
    result = run("batch in.csv --output out.csv --force")
    assert result.exit_code == 3
    assert "in.csv:3: not UTF-8 text" in result.stderr
    assert not (folder / "out.csv").exists()


def test_a_key_that_utf_8_cannot_write_is_escaped(run: Run, folder: Path) -> None:
    (folder / "in.jsonl").write_text('{"plan": "upro", "agents": 3, "\\ud800": "x"}\n')
    result = run("batch in.jsonl --format csv")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        rf"plan,agents,\ud800,{RESULTS}",
    )


def test_a_blank_line_is_no_row_in_any_form(run: Run, folder: Path) -> None:
    text = "agents\n3\n \n4\n"
    for form in ("csv", "jsonl"):
        result = run(f"batch {written(folder, text)} --plan upro --format {form}")
        assert result.stderr.startswith("2 rows: 2 ok, 0 unpriced, 0 failed\n")


def test_marks_ends_and_quotes_of_a_spreadsheet(run: Run, folder: Path) -> None:
    text = '\ufeffplan,agents,note\r\nupro,1,"two\r\nlines, ""quoted"""\r\n\r\nupro,x,y'
    result = run(f"batch {written(folder, text)}")
    assert result.stdout_bytes.decode().splitlines(keepends=True)[:3] == [
        f"plan,agents,note,{RESULTS}\n",
        'upro,1,"two\r\n',
        'lines, ""quoted""",ok,70.00,210.00,840.00,0.00,\n',
    ]
    # The quoted cell takes lines 2 and 3, the blank line is 4.
    assert "in.csv:5: agents: 'x'" in result.stderr


def test_tabs_in_commas_out(run: Run, folder: Path) -> None:
    file = written(folder, "plan\tagents\tname\nupro\t1\tAcme\nupro\t2\tB, Inc.\n", "in.tsv")
    assert run(f"batch {file}").stdout.splitlines()[1:] == [
        "upro,1,Acme,ok,70.00,210.00,840.00,0.00,",
        'upro,2,"B, Inc.",ok,140.00,420.00,1680.00,0.00,',
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=1"])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_is_a_formula_unless_raw(run: Run, folder: Path, cell: str, form: str) -> None:
    mark = {"csv": ",", "tsv": "\t"}[form]
    quoted = f'"{cell}"' if "\t" in cell else cell
    file = written(folder, f"name,plan,agents\n{quoted},upro,1\n".replace(",", mark), f"in.{form}")
    tamed = f"'{cell}" if cell[0] != "'" else cell
    assert run(f"batch {file}").stdout.splitlines()[1].startswith(f"{tamed},upro,1,ok,70.00")
    assert run(f"batch {file} --raw").stdout.splitlines()[1].startswith(f"{cell},upro,1,ok,70.00")


def test_a_row_for_each_line_item(run: Run, folder: Path) -> None:
    file = written(
        folder, "id,plan,sms,late_appeal,agent_sms\n7,upro,1000,1,5\n8,ipro,5,,\n9,x,,,\n"
    )
    result = run(f"batch {file} --lines")
    header, *rows = result.stdout.splitlines()
    results = "status,charge,quantity,unit,unit_price,monthly,quarterly,annual,one_time,error"
    assert header == f"id,plan,sms,late_appeal,agent_sms,{results}"
    assert rows[:4] == [
        "7,upro,1000,1,5,ok,automated_sms,1000,segment,0.015,15.00,45.00,180.00,,",
        "7,upro,1000,1,5,ok,agent_sms,5,segment,0.00,0.00,0.00,0.00,,",
        "7,upro,1000,1,5,ok,late_appeal,1,appeal,40.00,,,,40.00,",
        "8,ipro,5,,,unpriced,,,,,,,,,no rate is published on iPro for automated_sms",
    ]
    assert rows[4].startswith("9,x,,,,error,,,,,,,,,\"plan: no plan 'x'")
    assert result.stderr.splitlines()[-2:] == [
        "3 rows: 1 ok, 1 unpriced, 1 failed",
        "Total of the rows that are ok: 15.00 a month, 45.00 a quarter, 180.00 a year, 40.00 once",
    ]
    bounds = run(f"batch {file} --lines --allow-unpriced").stdout.splitlines()
    assert bounds[4].startswith("8,ipro,5,,,unpriced,automated_sms,5,segment,,,,,,no rate is")


OBJECTS = [
    ('{"plan": "upro", "agents": 3}', "ok", "210.00", None),
    ('{"agents": "3", "plan": "UPRO", "who": {"a": [1, 0.5, null]}}', "ok", "210.00", None),
    ('{"plan": "all", "agents": 10, "numbers": 50, "sms": null}', "ok", "700.00", None),
    ('{"plan": "upro", "agents": 3.0}', "error", None, "agents: '3.0' is not right; a quantity"),
    ('{"plan": "upro", "agents": 1e3}', "error", None, "agents: '1000.0' is not right"),
    ('{"plan": "upro", "agents": true}', "error", None, "agents: 'true' is not right"),
    ('{"plan": "upro", "agents": [3]}', "error", None, "agents: '[3]' is not right"),
    ('{"plan": "upro", "agent": 3}', "error", None, "agent: no column of that name is known"),
    (
        '{"plan": "upro", "agents": 3, "agents": 4}',
        "error",
        None,
        "the key 'agents' is given twice; keep one of them",
    ),
    ('{"plan": "upro", "agents": NaN}', "error", None, "NaN is no number of JSON; write null"),
    (
        '{"plan": "upro", "x": 1e999}',
        "error",
        None,
        "the number 1e999 is too large; write it in quotes",
    ),
    ('{"plan": "upro"', "error", None, "no JSON: Expecting ',' delimiter at column 16"),
    ("[1]", "error", None, "no object; write one object, such as"),
    ("{}", "error", None, "plan: the plan is missing"),
    # No message of Python's own, which speaks of Python.
    pytest.param("[" * 100_000, "error", None, "nested too deeply; write it flatter", id="deep"),
    pytest.param(
        '{"x": 1' + "0" * 5000 + "}",
        "error",
        None,
        "a number has more digits than can be read; write it in quotes",
        id="digits",
    ),
]


@pytest.mark.parametrize(("line", "status", "monthly", "error"), OBJECTS)
def test_json_lines(
    run: Run, folder: Path, line: str, status: str, monthly: str | None, error: str | None
) -> None:
    good = '{"plan": "upro", "agents": 1}'
    file = written(folder, f"{good}\n\n{line}\n{good}\n", "in.jsonl")
    result = run(f"batch {file}")
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["monthly"] for row in rows] == ["70.00", monthly, "70.00"]
    assert rows[1]["status"] == status
    assert (error or "") in (rows[1]["error"] or "")
    assert ("in.jsonl:3: " in result.stderr) == (status == "error")
    for row in rows:
        validator("batch").validate(row)


@pytest.mark.parametrize("lines", ['[1]\n{"": 1}\n', '{"": 1}\n[1]\n'])
def test_a_line_that_is_no_object_has_its_own_fault(run: Run, folder: Path, lines: str) -> None:
    said = run(f"batch {written(folder, lines, 'in.jsonl')}").stderr.splitlines()[:2]
    problems = sorted(line.split(": ", 1)[1].split(";")[0] for line in said)
    assert problems == ["column 1 has no name", "no object"]


def test_json_lines_carry_what_they_hold(run: Run, folder: Path) -> None:
    file = written(
        folder, '{"who": {"a": [1, 0.5, null]}, "plan": "all", "agents": 3}\n', "in.jsonl"
    )
    assert json.loads(run(f"batch {file}").stdout) == {
        "who": {"a": [1, 0.5, None]},
        "plan": "iPro",
        "agents": 3,
        "status": "ok",
        "monthly": "120.00",
        "quarterly": "360.00",
        "annual": "1440.00",
        "one_time": "0.00",
        "error": None,
    }


def test_forms_go_either_way(run: Run, folder: Path) -> None:
    objects = written(folder, '{"plan": "upro", "agents": 1}\n{"agents": 1, "id": 4}\n', "in.jsonl")
    assert run(f"batch {objects} --format csv").stdout.splitlines() == [
        f"plan,agents,{RESULTS}",
        "upro,1,ok,70.00,210.00,840.00,0.00,",
        (
            ",1,error,,,,,\"id: not among the columns, the first object's; "
            'give it to the first object too, or choose --format jsonl"'
        ),
    ]
    rows = written(folder, "plan,agents\nupro,1\n")
    run(f"batch {rows} --output out.jsonl")
    assert json.loads((folder / "out.jsonl").read_text()) == {
        "plan": "upro",
        "agents": "1",
        "status": "ok",
        "monthly": "70.00",
        "quarterly": "210.00",
        "annual": "840.00",
        "one_time": "0.00",
        "error": None,
    }


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("batch in.txt", 2, "in.txt: no form of rows goes with its ending\n  Save it as .csv, or"),
        ("batch none.csv", 3, "none.csv: cannot be read (No such file or directory)"),
        ("batch in.csv --plan upor", 2, "no plan 'upor'"),
        ("batch in.csv --plan upro --compare", 2, "--compare prices every plan"),
        ("batch in.csv --compare", 3, "plan: --compare prices every plan; rename it, to current"),
        ("batch in.csv --rate x=1", 2, "--rate x=1: no charge 'x'"),
        ("batch in.csv --jobs 0", 2, "--jobs"),
        ("batch in.csv --output out.json", 2, "no form goes with the ending .json"),
    ],
)
def test_requests_that_are_wrong(run: Run, folder: Path, line: str, code: int, said: str) -> None:
    written(folder, "plan,agents\nupro,1\n")
    result = run(line)
    assert result.exit_code == code
    assert said in result.stderr


def test_standard_input_is_csv_unless_said_otherwise(run: Run) -> None:
    assert "upro,1,ok,70.00" in run("batch -", b"plan,agents\nupro,1\n").stdout
    tabs = run("batch - --input-format tsv", b"plan\tagents\nupro\t1\n")
    assert "upro,1,ok,70.00" in tabs.stdout
    assert "standard input:2: " in run("batch -", b"plan,agents\nupro,x\n").stderr


def test_a_line_of_a_charge_model_has_its_price_or_none(run: Run, folder: Path) -> None:
    (folder / "sheet.yaml").write_text(
        "plan: uPro\nsources: {sheet: {title: A sheet, read_on: 2026-12-01}}\nprices:\n"
        "  local_number: {model: package, block: 10, price: 40, source: sheet, wording: w}\n"
        "  automated_sms: {model: graduated, source: sheet, wording: w,\n"
        "    tiers: [{up_to: 10, price: 0.5}, {price: 0.25}], allowance: 2}\n"
    )
    (folder / "in.csv").write_text("plan,agents,numbers,sms\nupro,1,12,14\n")
    printed = run("batch in.csv --lines --rates sheet.yaml").stdout.splitlines()
    # 2 blocks of 40.00; 14 less 2 included: 10 x 0.50 + 2 x 0.25
    assert [line.partition(",ok,")[2] for line in printed[1:]] == [
        "license,1,agent,70.00,70.00,210.00,840.00,,",
        "local_number,12,number,40.00,80.00,240.00,960.00,,",
        "automated_sms,14,segment,,5.50,16.50,66.00,,",
    ]
    total = run("batch in.csv --rates sheet.yaml").stdout.splitlines()[1]
    assert total == "upro,1,12,14,ok,155.50,466.50,1866.00,0.00,"


def test_the_wide_forms_of_a_formula_are_tamed_too(run: Run, folder: Path) -> None:
    (folder / "in.csv").write_text("name,plan,agents\n\uff1d1+1,upro,1\n", "utf-8")
    assert run("batch in.csv").stdout.splitlines()[1].startswith("'\uff1d1+1,upro,1,ok,70.00,")
    assert run("batch in.csv --raw").stdout.splitlines()[1].startswith("\uff1d1+1,upro,1,ok,")
