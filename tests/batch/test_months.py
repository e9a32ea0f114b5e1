"""Months: one customer's usage on every plan, month by month and in total."""

from pathlib import Path

import pytest
from conftest import Run

from aloware_cli.batch.months import MAX_MONTHS

HEADER = "month,iPro,uPro,xPro,cheapest,status,error"
NO_PRICE = (
    '"uPro is the cheapest, but iPro may cost less: no published price for automated texts on '
    'iPro, monthly term  [E-UNPUBLISHED]"'
)


def test_months_are_added_up_on_every_plan(run: Run, folder: Path) -> None:
    (folder / "months.csv").write_text(
        "note,month,agents,numbers\n=1,2026-01,10,50\n,2026-02-15,1,200\n,2026-03,1,\n"
    )
    result = run("batch months.csv --compare --sum")
    # an agent 40, 70, 90 and a number 6, 5, 4
    assert result.stdout.splitlines() == [
        HEADER,
        "2026-01,700.00,950.00,1100.00,iPro,ok,",
        "2026-02,1240.00,1070.00,890.00,xPro,ok,",
        "2026-03,40.00,70.00,90.00,iPro,ok,",
        "total,1980.00,2090.00,2080.00,iPro,ok,",
    ]
    assert result.stderr.splitlines() == [
        "3 months: iPro $1,980.00, uPro $2,090.00, xPro $2,080.00",
        "iPro was the cheapest in total, and in 2 of 3 months",
    ]


def test_missing_price_leaves_the_cheapest_open(run: Run, folder: Path) -> None:
    (folder / "months.csv").write_text("month,agents,sms\n2026-01,1,100\n2026-02,1,\n")
    result = run("batch months.csv --compare --sum")
    # uPro: 70 + 100 x 0.015; xPro at least 90
    assert result.stdout.splitlines() == [
        HEADER,
        f"2026-01,,71.50,,,unpriced,{NO_PRICE}",
        "2026-02,40.00,70.00,90.00,iPro,ok,",
        f"total,,141.50,,,unpriced,{NO_PRICE}",
    ]
    assert result.exit_code == 4
    assert result.stderr.startswith("2 months: iPro at least $80.00, uPro $141.50, xPro at least")
    bounds = run("batch months.csv --compare --sum --allow-unpriced")
    assert bounds.stdout.splitlines()[1] == f"2026-01,40.00,71.50,90.00,uPro,unpriced,{NO_PRICE}"
    assert bounds.exit_code == 0
    # 40 + 100 x 0.02
    priced = run("batch months.csv --compare --sum --rate ipro:sms=0.02")
    assert priced.stdout.splitlines()[1] == "2026-01,42.00,71.50,,iPro,ok,"


def test_months_are_read_from_json_lines(run: Run, folder: Path) -> None:
    rows = '{"month": "2026-01", "agents": 3}\n{"agents": 2, "month": "2026-02"}\n'
    (folder / "months.jsonl").write_text(rows)
    run("batch months.jsonl --compare --sum -o sums.csv")
    # 5 agents
    assert (folder / "sums.csv").read_text().splitlines()[
        -1
    ] == "total,200.00,350.00,450.00,iPro,ok,"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("agents|3", ["1: no column month; add it, with months such as 2026-01  [E-COLUMN]"]),
        ("month,agents", ["1: no month; write a row for each month  [E-EMPTY]"]),
        ("month,name|2026-01,a", ["1: no column gives a quantity; name the columns in the first "]),
        ("month,plan,agents|2026-01,upro,3", ["1: plan: --compare prices every plan; remove the"]),
        ("month,total,agents|2026-01,1,3", ["1: total: the result has a column of this name; "]),
        (
            "month,agents|2026-01,3|2026-13,3|January,3|,3|2026-01,x|2026-01,4|2026-02",
            [
                '3: month: "2026-13" is not a month; use YYYY-MM, for example 2026-01  [E-DATE]',
                '4: month: "January" is not a month; use YYYY-MM, for example 2026-01  [E-DATE]',
                '5: month: "" is not a month; use YYYY-MM, for example 2026-01  [E-DATE]',
                '6: agents: "x" is not a whole number; use digits, such as 10000, 10,000 or 10k',
                "7: month: 2026-01 is given twice; add the rows up  [E-DUPLICATE]",
                "8: row has 1 cell, header has 2; write one cell per column and quote cells that",
            ],
        ),
        ("month,agents" + "|2026-01,3" * (MAX_MONTHS + 1), ["1202: more than 1,200 months; use a"]),
    ],
    ids=["no month", "no row", "no quantity", "plan", "total", "rows", "too many"],
)
def test_file_without_months_is_rejected(
    run: Run, folder: Path, text: str, problems: list[str]
) -> None:
    (folder / "in.csv").write_text(text.replace("|", "\n") + "\n")
    result = run("batch in.csv --compare --sum --output out.csv")
    *found, _ = result.stderr.splitlines()
    assert [line[: len(each) + 7] for line, each in zip(found, problems, strict=True)] == [
        f"in.csv:{each}" for each in problems
    ]
    assert result.exit_code == 3
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("--sum", "--sum requires --compare  [E-REQUIRES]"),
        (
            "--sum --compare --fail-over 5",
            "--sum conflicts with --lines, --jobs, --fail-over",
        ),
        (
            "--sum --compare --lines",
            "--sum conflicts with --lines, --jobs, --fail-over",
        ),
        (
            "--sum --compare --jobs 2",
            "--sum conflicts with --lines, --jobs, --fail-over",
        ),
        (
            "--sum --compare --format jsonl",
            "--sum conflicts with --lines, --jobs, --fail-over",
        ),
    ],
)
def test_sum_rejects_other_options(run: Run, folder: Path, options: str, error: str) -> None:
    (folder / "in.csv").write_text("month,agents\n2026-01,3\n")
    result = run(f"batch in.csv {options}")
    assert result.stderr.startswith(f"error: {error}")
    assert result.exit_code == 2
