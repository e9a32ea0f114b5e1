"""`aloware batch`: rows in, the same rows with their results out."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run, validator

RESULTS = "status,monthly,quarterly,annual,one_time,error"


def write(folder: Path, text: str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Columns and cells, options, and what follows the cells. uPro: 70 an agent, 5 a number,
# 0.015 a text; iPro: 40 and 6; xPro: 90 and 4, and 0.02 an automated minute.
NO_PRICE = '"no published price for automated texts on iPro, monthly term  [E-UNPUBLISHED]"'
ROWS = [
    # 3 x 70 + 10 x 5 + 10,000 x 0.015 = 410
    ("plan,agents,numbers,sms|upro,3,10,10000", "", "ok,410.00,1230.00,4920.00,0.00,"),
    ("Plan,AGENTS,Numbers,sms|uPro,3,10,10k", "", "ok,410.00,1230.00,4920.00,0.00,"),
    ("plan,users,numbers,texts|upro,3,10,10k", "", "ok,410.00,1230.00,4920.00,0.00,"),
    ('plan,agents,numbers,sms|UPRO,"3",10,"10,000"', "", "ok,410.00,1230.00,4920.00,0.00,"),
    # 10 x 90 + 50 x 4 + 25,000 x 0.02 = 1,600
    ("plan,agents,numbers,minutes|xpro,10,50,25000", "", "ok,1600.00,4800.00,19200.00,0.00,"),
    ("plan,agents,numbers,sms|upro,3,,", "", "ok,210.00,630.00,2520.00,0.00,"),
    # 70 + 6 x 0.015 = 70.09; 3 and 12 times it carry a dollar
    ("plan,agents,sms|upro,1,6", "", "ok,70.09,210.27,841.08,0.00,"),
    # 1 x 0.015 = 0.02; 7 x 0.002 = 0.014 = 0.01
    ("plan,sms|upro,1", "", "ok,0.02,0.06,0.24,0.00,"),
    ("plan,number_lookup|upro,7", "", "ok,0.01,0.03,0.12,0.00,"),
    ("plan,agent minutes,inbound-minutes|ipro,500,500", "", "ok,0.00,0.00,0.00,0.00,"),
    ("plan,sms|upro,1000000000", "", "ok,15000000.00,45000000.00,180000000.00,0.00,"),
    # once: 44 + 3 x 50 = 194; and 3 x 10 each month
    ("plan,brand_registration_standard,campaign_activation,campaign_maintenance|upro,1,3,3", "",
     "ok,30.00,90.00,360.00,194.00,"),
    # a contract for 5 licenses: 5 x 70
    ("plan,agents|upro,3", "--min-agents 5", "ok,350.00,1050.00,4200.00,0.00,"),
    ("plan,agents,min_agents|upro,3,5", "--min-agents 9", "ok,350.00,1050.00,4200.00,0.00,"),
    ("plan,agents,min_agents|upro,3,", "--min-agents 5", "ok,350.00,1050.00,4200.00,0.00,"),
    # 5 x 70 + 10 x 5
    ("plan,numbers|upro,10", "--min-agents 5", "ok,400.00,1200.00,4800.00,0.00,"),
    ("plan,numbers|upro,10", "--agents 5", "ok,400.00,1200.00,4800.00,0.00,"),
    ("plan,numbers|upro,10", "--add license=5", "ok,400.00,1200.00,4800.00,0.00,"),
    # 3 x 70 less 10%
    ("plan,agents|upro,3", "--discount license=10%", "ok,189.00,567.00,2268.00,0.00,"),
    ("plan,agents|upro,3", "--discount 10%", "ok,189.00,567.00,2268.00,0.00,"),
    ("plan,sms|ipro,1000", "--rate sms=0.02", "ok,20.00,60.00,240.00,0.00,"),
    ("plan,sms|ipro,1000", "--rate xpro:sms=9 --rate sms=0.02", "ok,20.00,60.00,240.00,0.00,"),
    # 3 x 60 on a term without a published price
    ("plan,agents,term|upro,3,annual", "--rate license=60", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents|upro,3", "--term annual", "unpriced,,,,,"),
    ("plan,agents,term|upro,3,Monthly", "--term annual", "ok,210.00,630.00,2520.00,0.00,"),
    ("plan,sms|ipro,1000", "", f"unpriced,,,,,{NO_PRICE}"),
    ("plan,agents,sms|ipro,3,1000", "--allow-unpriced",
     f"unpriced,120.00,360.00,1440.00,0.00,{NO_PRICE}"),
    ("plan,agents|upro,", "", 'error,,,,,"nothing to price; add a quantity, for example: '),
    ("plan,agents|upro,0", "", 'error,,,,,"nothing to price'),
    ("plan,agents|,3", "", 'error,,,,,"plan: no plan given; name iPro or uPro or xPro, or use'),
    ("plan,agents|upor,3", "", 'error,,,,,"plan: unknown plan ""upor""; did you mean uPro?'),
    ("plan,agents|upro,-3", "--raw", 'error,,,,,"agents: ""-3"": a quantity cannot be negative;'),
    ("plan,agents|upro,ten", "", 'error,,,,,"agents: ""ten"" is not a whole number; use digits'),
    ("plan,agents|upro,3.0", "", 'error,,,,,"agents: ""3.0"" is not a whole number'),
    ("plan,agents|upro, 3", "", 'error,,,,,"agents: "" 3"" is not a whole number'),
    ("plan,agents|upro,1_3", "", 'error,,,,,"agents: ""1_3"" is not a whole number'),
    ("plan,agents|upro,٣", "", 'error,,,,,"agents: ""٣"" is not a whole number'),
    ("plan,agents|upro,1000000001", "", 'error,,,,,"agents: ""1000000001"": the maximum is 1,000'),
    ("plan,agents,term|upro,3,weekly", "", 'error,,,,,"term: ""weekly"" is not one of monthly'),
    ("plan,agents,min_agents|upro,3,x", "", 'error,,,,,"min_agents: ""x"" is not a whole number'),
    # a price and a discount of the row: 3 x 60, and 3 x 70 less 10%
    ("plan,agents,rate.license|upro,3,60", "", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents,rate.agents|upro,3,60", "--rate license=65", "ok,180.00,540.00,2160.00,0.00,"),
    ("plan,agents,rate.license|upro,3,60", "--rate upro:license=65", "ok,180.00,540.00,2160.00,"),
    ("plan,agents,rate.license|upro,3,", "--rate license=65", "ok,195.00,585.00,2340.00,0.00,"),
    ("plan,agents,Discount.License|upro,3,10%", "", "ok,189.00,567.00,2268.00,0.00,"),
    ("plan,agents,discount.all|upro,3,10", "--discount all=50", "ok,189.00,567.00,2268.00,0.00,"),
    # all of a row beats one charge of an option
    ("plan,agents,discount.all|upro,3,10", "--discount license=50", "ok,189.00,567.00,2268.00,"),
    # 44 + 2 x 50 = 144 once, and 2 x 10 a month
    ("plan,brand,campaigns|upro,Standard,2", "", "ok,20.00,60.00,240.00,144.00,"),
    ("plan,brand,campaign_maintenance|upro,standard,2", "", "ok,20.00,60.00,240.00,144.00,"),
    ("plan,agents,campaigns|upro,1,2", "", "ok,90.00,270.00,1080.00,0.00,"),
    # the campaigns of a row replace those of an option, under whichever name
    ("plan,campaigns|upro,2", "--add campaign_maintenance=5", "ok,20.00,60.00,240.00,0.00,"),
    ("plan,campaign_maintenance|upro,2", "--campaigns 5", "ok,20.00,60.00,240.00,0.00,"),
    # and in one row they are given twice, as in a quote
    ("plan,campaigns,campaign_maintenance|upro,2,5", "",
     "error,,,,,campaign_maintenance: campaign_maintenance already has a quantity; remove one"),
    ("plan,brand,campaigns,campaign_activation|upro,standard,2,1", "",
     "error,,,,,campaign_activation: --brand standard already adds campaign_activation; remove"),
    ("plan,agents,rate.foo|upro,3,1", "", 'error,,,,,"rate.foo: unknown charge ""foo""'),
    ("plan,agents,rate.license|upro,3,1e3", "", 'error,,,,,"rate.license: ""1e3"" is not a price'),
    ("plan,agents,discount.license|upro,3,101", "",
     'error,,,,,"discount.license: ""101"": the maximum is 100%'),
    ("plan,agents,discount.late_appeal|upro,3,10", "",
     "error,,,,,discount.late_appeal: late_appeal is a pass-through fee and takes no discount"),
    ("plan,agents,brand|upro,3,gold", "", 'error,,,,,"brand: ""gold"" is not one of starter'),
]  # fmt: skip


@pytest.mark.parametrize(("table", "options", "result"), ROWS)
def test_row_has_its_result(run: Run, folder: Path, table: str, options: str, result: str) -> None:
    header, row = table.split("|")
    file = write(folder, f"{header}\n{row}\n")
    printed = run(f"batch {file} {options}").stdout.splitlines()
    assert printed[0] == f"{header},{RESULTS}"
    cells = row.replace('"3"', "3")
    assert printed[1].startswith(f"{cells},{result}")


# A file with defaults for all rows; the option and then the cell override it.
DEFAULTS = "plan: xPro\nrate: {license: 60}\nadd: {number_lookup: 500}\nmin_agents: 2\n"


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
def test_scenario_holds_for_all_rows(
    run: Run, folder: Path, table: str, options: str, result: str
) -> None:
    write(folder, DEFAULTS, "all.yaml")
    write(folder, table.replace("|", "\n") + "\n")
    printed = run(f"batch in.csv --from all.yaml {options}")
    assert printed.stdout.splitlines()[1] == f"{table.partition('|')[2]},{result}"


def test_bad_row_does_not_stop_the_run(run: Run, folder: Path) -> None:
    write(folder, "plan,agents,name\nupro,1,a\nupro,2\nupro,x,b\n\nipro,3,c\n")
    result = run("batch in.csv")
    assert result.exit_code == 1
    assert [row.split(",")[:4] for row in result.stdout.splitlines()[1:]] == [
        ["upro", "1", "a", "ok"],
        ["upro", "2", "", "error"],
        ["upro", "x", "b", "error"],
        ["ipro", "3", "c", "ok"],
    ]
    assert result.stderr.splitlines() == [
        (
            "in.csv:3: row has 2 cells, header has 3; write one cell per column and quote cells "
            "that contain a delimiter  [E-CELLS]"
        ),
        (
            'in.csv:4: agents: "x" is not a whole number; use digits, such as 10000, 10,000 or 10k'
            "  [E-QUANTITY]"
        ),
        "4 rows: 2 ok, 0 unpriced, 2 failed",
        # 70 + 3 x 40
        (
            "Total of rows with status ok: $190.00 a month, $570.00 a quarter, $2,280.00 a year, "
            "$0.00 once"
        ),
    ]


def test_every_problem_of_a_row_is_reported_and_twenty_at_most(run: Run, folder: Path) -> None:
    write(folder, "plan,agents\n" + 30 * "up,x\n")
    result = run("batch in.csv")
    lines = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines[:20:2]] == [f"in.csv:{n}" for n in range(2, 12)]
    assert lines[20] == "... and 40 more"
    assert ' | agents: ""x"" is not a whole number' in result.stdout


def test_exit_code_tells_failed_from_unpriced(run: Run, folder: Path) -> None:
    unpriced = write(folder, "plan,sms\nipro,5\nupro,5\n")
    result = run(f"batch {unpriced}")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[-1] == (
        "hint: supply the missing prices with --rate, or use --allow-unpriced"
    )
    assert run(f"batch {unpriced} --allow-unpriced").exit_code == 0
    write(folder, "plan,sms\nipro,5\nupro,x\n")
    assert run("batch in.csv").exit_code == 1


@pytest.mark.parametrize(
    ("options", "limit", "over"),
    [
        # 3 x 70; 30 x 70; at least 3 x 40; 5 x 40, on iPro
        ("", "210", ["in.csv:3: monthly total $2,100.00"]),
        ("", "209.99", ["in.csv:2: monthly total $210.00", "in.csv:3: monthly total $2,100.00"]),
        ("--lines --format jsonl", "210", ["in.csv:3: monthly total $2,100.00"]),
        ("--jobs 2", "210", ["in.csv:3: monthly total $2,100.00"]),
        ("--allow-unpriced", "119", [
            "in.csv:2: monthly total $210.00",
            "in.csv:3: monthly total $2,100.00",
            "in.csv:4: monthly total at least $120.00",
            "in.csv:5: monthly total $200.00",
        ]),
    ],
)  # fmt: skip
def test_rows_over_the_limit_are_named(
    run: Run, folder: Path, options: str, limit: str, over: list[str]
) -> None:
    write(folder, "plan,agents,sms\nupro,3,\nupro,30,\nipro,3,5\nall,5,\n")
    checked, result = (
        run(f"batch in.csv {options} --fail-over {limit}"),
        run(f"batch in.csv {options}"),
    )
    assert checked.exit_code == 1
    assert checked.stdout == result.stdout
    *rows, _, _, failed = checked.stderr.splitlines()
    assert rows == [f"{row} is over ${limit if '.' in limit else f'{limit}.00'}" for row in over]
    assert failed.startswith(f"check failed: {len(over)} row")


def test_rows_within_the_limit_pass(run: Run, folder: Path) -> None:
    write(folder, "plan,agents\nupro,3\nupro,4\n")
    result, checked = run("batch in.csv"), run("batch in.csv --fail-over 280")
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, result.stdout, result.stderr)


COMPARED = [
    # 10 agents, 50 numbers: 700, 950, 1,100
    ("10,50,", "", "iPro,ok,700.00,2100.00,8400.00,0.00,"),
    # 1 agent, 200 numbers: 1,240, 1,070, 890
    ("1,200,", "", "xPro,ok,890.00,2670.00,10680.00,0.00,"),
    # 10 agents, 250 numbers: 1,900 on iPro and on xPro; the first is the result
    ("10,250,", "", "iPro,ok,1900.00,5700.00,22800.00,0.00,"),
    ("3,10,10000", "", ',unpriced,,,,,"uPro is the cheapest, but iPro and xPro may cost less: no'),
    ("3,10,10000", "--allow-unpriced", "uPro,unpriced,410.00,1230.00,4920.00,0.00,"),
    # iPro 120 + 60 + 2 = 182 with a price; uPro 410 - 148.5 = 261.5; xPro at least 310
    ("3,10,100", "--rate ipro:sms=0.02", "iPro,ok,182.00,546.00,2184.00,0.00,"),
    # iPro 400 + 1,500 + 0 = 1,900, and xPro at least 900 + 1,000
    ("10,250,100", "--rate ipro:sms=0", ',unpriced,,,,,"iPro is the cheapest, but xPro may cost'),
    ("3,10,100", "--term annual", ",unpriced,,,,,"),
    ("3,10,100", "--term annual --allow-unpriced", ",unpriced,,,,,"),
    ("x,10,", "", ",error,,,,,"),
]


@pytest.mark.parametrize(("row", "options", "result"), COMPARED)
def test_cheapest_plan_is_the_result(
    run: Run, folder: Path, row: str, options: str, result: str
) -> None:
    file = write(folder, f"agents,numbers,sms\n{row}\n")
    first, second = run(f"batch {file} --compare {options}").stdout.splitlines()
    assert first == f"agents,numbers,sms,plan,{RESULTS}"
    assert second.startswith(f"{row},{result}")


def test_row_names_every_plan_or_leaves_it_to_the_option(run: Run, folder: Path) -> None:
    file = write(folder, "plan,agents,numbers\nALL,10,50\n,1,\nxpro,1,\n")
    assert run(f"batch {file} --plan upro").stdout.splitlines()[1:] == [
        "iPro,10,50,ok,700.00,2100.00,8400.00,0.00,",
        "uPro,1,,ok,70.00,210.00,840.00,0.00,",
        "xpro,1,,ok,90.00,270.00,1080.00,0.00,",
    ]


def test_result_has_a_column_plan_if_the_file_has_none(run: Run, folder: Path) -> None:
    write(folder, "id,agents\n7,1\n")
    assert run("batch in.csv --plan UPRO").stdout.splitlines() == [
        f"id,agents,plan,{RESULTS}",
        "7,1,uPro,ok,70.00,210.00,840.00,0.00,",
    ]


def test_semicolons_and_tabs_become_commas(run: Run, folder: Path) -> None:
    expected = [
        f"plan,agents,name,{RESULTS}",
        "upro,1,Acme,ok,70.00,210.00,840.00,0.00,",
        'upro,2,"B, Inc.",ok,140.00,420.00,1680.00,0.00,',
    ]
    for mark, name in ((";", "in.csv"), ("\t", "in.csv"), ("\t", "in.tsv")):
        rows = ["plan|agents|name", "upro|1|Acme", "upro|2|B, Inc.", ""]
        file = write(folder, "\n".join(rows).replace("|", mark), name)
        assert run(f"batch {file}").stdout.splitlines() == expected


def test_spreadsheet_marks_line_ends_and_quotes_are_kept(run: Run, folder: Path) -> None:
    text = '\ufeffplan,agents,note\r\nupro,1,"two\r\nlines, ""quoted"""\r\n\r\nupro,x,y'
    result = run(f"batch {write(folder, text)}")
    assert result.stdout_bytes.decode().splitlines(keepends=True)[:3] == [
        f"plan,agents,note,{RESULTS}\n",
        'upro,1,"two\r\n',
        'lines, ""quoted""",ok,70.00,210.00,840.00,0.00,\n',
    ]
    # the quoted cell takes lines 2 and 3, the blank line is 4
    assert 'in.csv:5: agents: "x"' in result.stderr


def cells_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of CSV of another reader: any line end outside quotes ends a row."""
    row: list[str] = []
    for quoted, plain, end in re.findall(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|[\r\n])', text):
        row.append(quoted.replace('""', '"') or plain)
        if end != ",":
            yield row
            row = []


@pytest.mark.parametrize("options", ["", "--raw"])
def test_control_characters_stay_in_their_cell(run: Run, folder: Path, options: str) -> None:
    controls = [*range(1, 32), 127, *range(128, 160), 0x2028, 0x2029, 0x202E]
    names = [f"Acme{chr(code)}=1+1" for code in controls]
    lines = [json.dumps({"id": name, "plan": "upro", "agents": 3}) for name in names]
    objects = write(folder, "\n".join(lines), "in.jsonl")
    quoted = ['"{}",upro,3'.format(name.replace('"', '""')) for name in names]
    table = write(folder, "id,plan,agents\n" + "\n".join(quoted) + "\n")
    for file in (objects, table):
        out = run(f"batch {file} --format csv {options}").stdout_bytes.decode()
        rows = list(cells_of(out))
        assert [row[0] for row in rows[1:]] == names
        assert {len(row) for row in rows} == {9}
        assert list(csv.reader(out.split("\n")[:1])) == rows[:1]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\uff1d1", "'=1"])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_formulas_are_escaped_unless_raw(run: Run, folder: Path, cell: str, form: str) -> None:
    mark = {"csv": ",", "tsv": "\t"}[form]
    quoted = f'"{cell}"' if "\t" in cell else cell
    file = write(folder, f"name,plan,agents\n{quoted},upro,1\n".replace(",", mark), f"in.{form}")
    escaped = f"'{cell}" if cell[0] != "'" else cell
    assert run(f"batch {file}").stdout.splitlines()[1].startswith(f"{escaped},upro,1,ok,70.00")
    assert run(f"batch {file} --raw").stdout.splitlines()[1].startswith(f"{cell},upro,1,ok,70.00")


def test_key_that_utf_8_cannot_write_is_escaped(run: Run, folder: Path) -> None:
    write(folder, '{"plan": "upro", "agents": 3, "\\ud800": "x"}\n', "in.jsonl")
    result = run("batch in.jsonl --format csv")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        rf"plan,agents,\ud800,{RESULTS}",
    )


LINE_RESULTS = "status,charge,quantity,unit,unit_price,monthly,quarterly,annual,one_time,error"


def test_lines_have_a_row_each(run: Run, folder: Path) -> None:
    text = "id,plan,sms,late_appeal,agent_sms\n7,upro,1000,1,5\n8,ipro,5,,\n9,x,,,\n"
    result = run(f"batch {write(folder, text)} --lines")
    header, *rows = result.stdout.splitlines()
    assert header == f"id,plan,sms,late_appeal,agent_sms,{LINE_RESULTS}"
    assert rows[:4] == [
        "7,upro,1000,1,5,ok,automated_sms,1000,segment,0.015,15.00,45.00,180.00,,",
        "7,upro,1000,1,5,ok,agent_sms,5,segment,0.00,0.00,0.00,0.00,,",
        "7,upro,1000,1,5,ok,late_appeal,1,appeal,40.00,,,,40.00,",
        f"8,ipro,5,,,unpriced,,,,,,,,,{NO_PRICE}",
    ]
    assert rows[4].startswith('9,x,,,,error,,,,,,,,,"plan: unknown plan ""x""')
    assert result.stderr.splitlines()[-2:] == [
        "3 rows: 1 ok, 1 unpriced, 1 failed",
        (
            "Total of rows with status ok: $15.00 a month, $45.00 a quarter, $180.00 a year, "
            "$40.00 once"
        ),
    ]
    bounds = run("batch in.csv --lines --allow-unpriced").stdout.splitlines()
    assert bounds[4] == f"8,ipro,5,,,unpriced,automated_sms,5,segment,,,,,,{NO_PRICE}"
    first = json.loads(run("batch in.csv --lines --format jsonl").stdout.splitlines()[0])
    assert (first["charge"], first["quantity"], first["unit_price"]) == (
        "automated_sms",
        1000,
        "0.015",
    )


def test_line_of_a_charge_model_has_its_price_or_none(run: Run, folder: Path) -> None:
    sheet = (
        "plan: uPro\nsources: {sheet: {title: A sheet, read_on: 2026-12-01}}\nprices:\n"
        "  local_number: {model: package, block: 10, price: 40, source: sheet, wording: 40.00}\n"
        "  automated_sms: {model: graduated, source: sheet, wording: 0.50 and 0.25,\n"
        "    tiers: [{up_to: 10, price: 0.5}, {price: 0.25}], allowance: 2}\n"
    )
    write(folder, sheet, "sheet.yaml")
    write(folder, "plan,agents,numbers,sms\nupro,1,12,14\n")
    printed = run("batch in.csv --lines --rates sheet.yaml").stdout.splitlines()
    # 2 blocks of 40.00; 14 less 2 included: 10 x 0.50 + 2 x 0.25
    assert [line.partition(",ok,")[2] for line in printed[1:]] == [
        "license,1,agent,70.00,70.00,210.00,840.00,,",
        "local_number,12,number,40.00,80.00,240.00,960.00,,",
        "automated_sms,14,segment,,5.50,16.50,66.00,,",
    ]
    total = run("batch in.csv --rates sheet.yaml").stdout.splitlines()[1]
    assert total == "upro,1,12,14,ok,155.50,466.50,1866.00,0.00,"


OBJECTS = [
    ('{"plan": "upro", "agents": 3}', "ok", "210.00", ""),
    (
        '{"agents": "3", "plan": "UPRO", "who": {"a": [1, 0.50, null]}, "id": 1.10}',
        "ok",
        "210.00",
        "",
    ),
    ('{"plan": "all", "agents": 10, "numbers": 50, "sms": null}', "ok", "700.00", ""),
    ('{"plan": "upro", "agents": 3.0}', "error", None, 'agents: "3.0" is not a whole number'),
    ('{"plan": "upro", "agents": 1e3}', "error", None, 'agents: "1e3" is not a whole number'),
    ('{"plan": "upro", "agents": true}', "error", None, 'agents: "true" is not a whole number'),
    ('{"plan": "upro", "agents": [3]}', "error", None, 'agents: "[3]" is not a whole number'),
    ('{"plan": "upro", "agent": 3}', "error", None, "agent: unknown column; did you mean agents?"),
    ('{"plan": "upro", "agents": 3, "agents": 4}', "error", None, '"agents" is a duplicate key'),
    ('{"plan": "upro"', "error", None, "not JSON: Expecting ',' delimiter at column 16"),
    ("[1]", "error", None, "not an object; write one object, such as"),
    ("{}", "error", None, "plan: no plan given; name"),
]


@pytest.mark.parametrize(("line", "status", "monthly", "error"), OBJECTS)
def test_json_line_has_its_result(
    run: Run, folder: Path, line: str, status: str, monthly: str | None, error: str
) -> None:
    good = '{"plan": "upro", "agents": 1}'
    file = write(folder, f"{good}\n\n{line}\n{good}\n", "in.jsonl")
    result = run(f"batch {file}")
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["monthly"] for row in rows] == ["70.00", monthly, "70.00"]
    assert rows[1]["status"] == status
    assert (rows[1]["error"] or "").startswith(error)
    assert result.stderr.startswith("in.jsonl:3: ") == (status == "error")
    for row in rows:
        validator("batch").validate(row)


@pytest.mark.parametrize("lines", ['[1]\n{"": 1}\n', '{"": 1}\n[1]\n'])
def test_line_that_is_not_an_object_has_its_own_problem(run: Run, folder: Path, lines: str) -> None:
    reports = run(f"batch {write(folder, lines, 'in.jsonl')}").stderr.splitlines()[:2]
    problems = sorted(line.split(": ", 1)[1].split(";")[0] for line in reports)
    assert problems == ["column 1 has no name", "not an object"]


def test_json_line_copies_its_keys(run: Run, folder: Path) -> None:
    write(
        folder,
        '{"who": {"a": [1, 0.50, null]}, "id": 1.10, "plan": "all", "agents": 3}\n',
        "in.jsonl",
    )
    assert run("batch in.jsonl").stdout == (
        '{"who": {"a": [1, 0.50, null]}, "id": 1.10, "plan": "iPro", "agents": 3, "status": "ok", '
        '"monthly": "120.00", "quarterly": "360.00", "annual": "1440.00", "one_time": "0.00", '
        '"error": null}\n'
    )


def test_json_line_has_the_plan_that_was_priced(run: Run, folder: Path) -> None:
    write(folder, '{"agents": 3}\n{"agents": "x"}\n', "in.jsonl")
    printed = run("batch in.jsonl --plan upro").stdout.splitlines()
    assert [json.loads(row)["plan"] for row in printed] == ["uPro", None]


def test_formats_are_converted(run: Run, folder: Path) -> None:
    objects = write(folder, '{"plan": "upro", "agents": 1}\n{"agents": 1, "id": 4}\n', "in.jsonl")
    assert run(f"batch {objects} --format csv").stdout.splitlines() == [
        f"plan,agents,{RESULTS}",
        "upro,1,ok,70.00,210.00,840.00,0.00,",
        (
            ',1,error,,,,,"id: not among the columns, which are the keys of the first object; '
            'add it to the first object, or use --format jsonl  [E-COLUMN]"'
        ),
    ]
    write(folder, "plan,agents\nupro,1\n")
    run("batch in.csv --output out.jsonl")
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


def test_sixty_thousand_keys_are_rejected_at_once(run: Run, folder: Path) -> None:
    wide = json.dumps({f"k{number}": 0 for number in range(60_000)})
    write(folder, f'{wide}\n{{"plan": "upro", "agents": 1}}\n', "in.jsonl")
    result = run("batch in.jsonl --output out.jsonl")
    assert result.stderr.startswith("in.jsonl:1: 60,000 columns; the maximum is 1,000; remove")
    assert "2 rows: 1 ok, 0 unpriced, 1 failed" in result.stderr


def test_stdin_is_csv_unless_an_option_says_otherwise(run: Run) -> None:
    assert "upro,1,ok,70.00" in run("batch -", b"plan,agents\nupro,1\n").stdout
    tabs = run("batch - --input-format tsv", b"plan\tagents\nupro\t1\n")
    assert "upro,1,ok,70.00" in tabs.stdout
    assert "stdin:2: " in run("batch -", b"plan,agents\nupro,x\n").stderr
