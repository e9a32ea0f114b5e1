"""`aloware batch`: the result of each row; `sessions/batch.txt` shows files and options."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run, validator

RESULTS = "status,monthly,quarterly,annual,one_time,error"


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
def test_row_has_its_result(run: Run, table: str, options: str, result: str) -> None:
    header, row = table.split("|")
    printed = run(f"batch - {options}", f"{header}\n{row}\n".encode()).stdout.splitlines()
    assert printed[0] == f"{header},{RESULTS}"
    cells = row.replace('"3"', "3")
    assert printed[1].startswith(f"{cells},{result}")


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
def test_cheapest_plan_is_the_result(run: Run, row: str, options: str, result: str) -> None:
    rows = f"agents,numbers,sms\n{row}\n".encode()
    first, second = run(f"batch - --compare {options}", rows).stdout.splitlines()
    assert first == f"agents,numbers,sms,plan,{RESULTS}"
    assert second.startswith(f"{row},{result}")


def cells_of(text: str) -> Iterator[list[str]]:
    """Yield the rows of CSV of another reader: any line end outside quotes ends a row."""
    row: list[str] = []
    for quoted, plain, end in re.findall(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|[\r\n])', text):
        row.append(quoted.replace('""', '"') or plain)
        if end != ",":
            yield row
            row = []


@pytest.mark.parametrize("options", ["", "--raw"])
def test_control_characters_stay_in_their_cell(run: Run, options: str) -> None:
    controls = [*range(1, 32), 127, *range(128, 160), 0x2028, 0x2029, 0x202E]
    names = [f"Acme{chr(code)}=1+1" for code in controls]
    objects = [json.dumps({"id": name, "plan": "upro", "agents": 3}) for name in names]
    quoted = ['"{}",upro,3'.format(name.replace('"', '""')) for name in names]
    for form, lines in (("jsonl", objects), ("csv", ["id,plan,agents", *quoted])):
        line = f"batch - --input-format {form} --format csv {options}"
        out = run(line, "\n".join(lines).encode()).stdout_bytes.decode()
        rows = list(cells_of(out))
        assert [row[0] for row in rows[1:]] == names
        assert {len(row) for row in rows} == {9}
        assert list(csv.reader(out.split("\n")[:1])) == rows[:1]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\uff1d1", "'=1"])
@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_formulas_are_escaped_unless_raw(run: Run, cell: str, form: str, mark: str) -> None:
    quoted = f'"{cell}"' if "\t" in cell else cell
    rows = f"name,plan,agents\n{quoted},upro,1\n".replace(",", mark).encode()
    line = f"batch - --input-format {form}"
    escaped = f"'{cell}" if cell[0] != "'" else cell
    assert run(line, rows).stdout.splitlines()[1].startswith(f"{escaped},upro,1,ok,70.00")
    assert run(f"{line} --raw", rows).stdout.splitlines()[1].startswith(f"{cell},upro,1,ok,70.00")


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
    run: Run, line: str, status: str, monthly: str | None, error: str
) -> None:
    good = '{"plan": "upro", "agents": 1}'
    result = run("batch - --input-format jsonl", f"{good}\n\n{line}\n{good}\n".encode())
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["monthly"] for row in rows] == ["70.00", monthly, "70.00"]
    assert rows[1]["status"] == status
    assert (rows[1]["error"] or "").startswith(error)
    assert result.stderr.startswith("stdin:3: ") == (status == "error")
    for row in rows:
        validator("batch").validate(row)


@pytest.mark.parametrize("lines", ['[1]\n{"": 1}\n', '{"": 1}\n[1]\n'])
def test_line_that_is_not_an_object_has_its_own_problem(run: Run, lines: str) -> None:
    result = run("batch - --input-format jsonl", lines.encode())
    reports = result.stderr.splitlines()[:2]
    problems = sorted(line.split(": ", 1)[1].split(";")[0] for line in reports)
    assert problems == ["column 1 has no name", "not an object"]


def test_sixty_thousand_keys_are_rejected_at_once(run: Run) -> None:
    wide = json.dumps({f"k{number}": 0 for number in range(60_000)})
    rows = f'{wide}\n{{"plan": "upro", "agents": 1}}\n'.encode()
    result = run("batch - --input-format jsonl", rows)
    assert result.stderr.startswith("stdin:1: 60,000 columns; the maximum is 1,000; remove")
    assert "2 rows: 1 ok, 0 unpriced, 1 failed" in result.stderr


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"plan,agents\nupro,1\nup\0ro,1\n", "stdin:3: not UTF-8 text; save the file as UTF-8"),
        (b"plan,agents\rupro,1\r", "stdin:1: a lone carriage return; end lines with"),
        (b"PK\x03\x04\0", "stdin:1: an Excel workbook; name it FILE.xlsx, or save the"),
    ],
)
def test_bytes_that_are_not_a_table_are_rejected(run: Run, content: bytes, problem: str) -> None:
    result = run("batch - --output out.csv", content)
    assert (result.exit_code, Path("out.csv").exists()) == (3, False)
    assert result.stderr.startswith(problem)


@pytest.mark.parametrize("options", ["", "--lines --format jsonl", "--jobs 2"])
def test_fail_over_changes_no_output(run: Run, options: str) -> None:
    rows = b"plan,agents,sms\nupro,3,\nupro,30,\nipro,3,5\n"
    checked, result = (
        run(f"batch - {options} --fail-over 210", rows),
        run(f"batch - {options}", rows),
    )
    assert (checked.exit_code, checked.stdout) == (1, result.stdout)
    assert checked.stderr.startswith("stdin:3: monthly total $2,100.00 is over $210.00\n")
