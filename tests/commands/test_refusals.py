"""Refused commands: `refusals.txt` has the message of each; none prints or writes a result."""

import re
from pathlib import Path

import pytest
from card_files import OWN_SOURCE
from conftest import Run, plain_name
from text_tables import matches, read_table

FILES = {
    "acme.yaml": "plan: uPro\nagents: 3\nnumbers: 10\nsms: 10k\n",
    "plain.yaml": "agents: 5\n",
    "gold.yaml": "plan: gold\nagents: 3\n",
    "groups.yaml": "groups:\n- {plan: upro, agents: 3}\n",
    "many.yaml": "plan: uPro\nmessage: two.txt\nrecipients: 1000000000\n",
    "two.txt": "a" * 161,
    "long.txt": "a" * 1601,
    "rows.csv": "plan,agents\nupro,1\n",
    "empty.yaml": "",
    "bad-price.yaml": "plan: uPro\nprices: {automated_sms: 1e3}\n",
    "blocks.yaml": (
        f"plan: uPro\n{OWN_SOURCE}prices:\n  local_number:"
        " {model: package, block: 10, price: 40, source: sheet, wording: At $40.}\n"
    ),
}
ROWS = read_table(Path(__file__).with_name("refusals.txt"))


def name_of(row: list[str]) -> str:
    return plain_name(" ".join(row[:2] if row[0].isdigit() else row[:1]))


@pytest.mark.parametrize("row", ROWS, ids=map(name_of, ROWS))
def test_refused_command_says_what_to_type(run: Run, folder: Path, row: list[str]) -> None:
    for name, content in FILES.items():
        Path(name).write_text(content, "utf-8")
    exit_code, typed, *said = row if row[0].isdigit() else ["2", *row]
    command, _, stdin = typed.partition(" < ")
    located = all(re.search(r"\[E-[A-Z-]+\]$", cell) for cell in said)
    if located:
        expected = [*said, f"error: {len(said)} problem{'s' * (len(said) > 1)} in 1 file"]
    else:
        error, *hints = said
        expected = [
            f"error: {error}",
            f"hint: {hints[0]}",
            *(f"      {hint}" for hint in hints[1:]),
        ]
    result = run(command, stdin.encode())
    assert (result.exit_code, result.stdout) == (int(exit_code), "")
    for line, message in zip(result.stderr.splitlines(), expected, strict=True):
        assert matches(line, message)
    assert {path.name for path in folder.iterdir()} == {*FILES}
