"""`aloware rates ask`: the prices that an order lacks, as questions and as an overlay."""

from pathlib import Path

import pytest
from card_files import CARDS
from conftest import Run


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("quote ipro -a 5 -s 2k", "ipro --agents 5 --sms 2k"),
        ("quote ipro --users 5 --texts 1,000", "ipro --users 5 --texts 1,000"),
        (
            "quote ipro -s 2k --rate agents=3 --discount 5%",
            "ipro --sms 2k --discount 5% --rate agents=3",
        ),
        (
            "quote ipro -s 2k --customer Acme --start 2026-12-23",
            "ipro --sms 2k --start 2026-12-23 --customer Acme",
        ),
        ("quote ipro --message hi.txt --recipients 9", "ipro --message hi.txt --recipients 9"),
        ("quote --from acme.yaml --minutes 5", "ipro --from acme.yaml --minutes 5"),
        ("quote ipro --sms 1k/2k/3k", "ipro --sms 1k/2k/3k"),
        ("quote --from -", "ipro --from -"),
        ("quote upro -a 3 --discount 5% + ipro --sms 2k", "ipro --discount 5% --sms 2k"),
        (
            "quote ipro -a 1 --term annual --rates sheet.yaml",
            "ipro --agents 1 --term annual --rates sheet.yaml",
        ),
        ("breakeven ipro upro --vary sms -a 3", "ipro --agents 3 --sms N"),
        ("sweep ipro --vary sms=0:9:1 -a 3 -s 5", "ipro --agents 3 --sms N"),
        ("sweep ipro --vary sms=0:9:1 -a 3 --add sms=5", "ipro --agents 3 --sms N"),
        (
            "prorate ipro --on 2026-03-18 --add-numbers 3 --rates none.yaml",
            "ipro --rates none.yaml --numbers 3",
        ),
        ("segments hi --plan ipro --recipients 10", "ipro --sms 10"),
        ("verify --record Acme -- quote ipro -a 3 -s 5", "ipro --agents 3 --sms 5"),
    ],
)
def test_refusal_names_the_command_with_the_options_typed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, asked: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hi.txt").write_text("hi")
    Path("acme.yaml").write_text("plan: iPro\nsms: 10\n")
    Path("sheet.yaml").write_text("plan: iPro\nprices: {}\n")
    Path("none.yaml").write_text("plan: iPro\nprices: {local_number: unpublished}\n")
    result = run(command, stdin=b"plan: iPro\nsms: 5\n")
    assert (result.exit_code, result.stdout) == (4, "")
    [hint] = [line for line in result.stderr.splitlines() if "ask the vendor" in line]
    line = hint.removeprefix("      ask the vendor: aloware ").replace(f"--rates {CARDS} ", "")
    assert line == f"rates ask {asked}"
    again = run(line.replace(" N", " 5"), stdin=b"plan: iPro\nsms: 5\n")
    assert again.exit_code == 0
    assert again.stdout.startswith("Questions to Aloware: iPro")
