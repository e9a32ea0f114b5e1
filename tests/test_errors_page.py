"""The page of errors shows every message that the program can give."""

import re

import pytest
from messages import HOLE, Message, messages
from transcripts import BLOCK, ROOT

PAGE = (ROOT / "docs" / "errors.md").read_text("utf-8")
RUNS = re.split(r"^\$ .*\n", "".join(BLOCK.findall(PAGE)), flags=re.MULTILINE)
#: What no command brings about by itself: a message alone in its block, without the command.
RARE = re.findall(r"^```\n(Error: .*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
SHOWN = "".join([*(run for run in RUNS if "[exit " in run), *RARE])


def test_no_message_is_missing_from_the_page() -> None:
    missing = {str(message) for message in messages() if not message.stands_in(SHOWN)}
    assert not missing, "\n".join(["add to docs/errors.md a command for each:", *sorted(missing)])


def test_the_messages_are_found_in_the_source() -> None:
    texts = {message.text for message in messages()}
    assert len(texts) > 140
    assert {
        "the file is empty",  # of a method
        f"{HOLE} is no list",  # put into a frame on its way
        f"no plan {HOLE}",  # of a fault and of an error
        "the value is missing",  # one of two
        f"{HOLE} prices differ.",  # with one word or another
        f"was changed after it was written: {HOLE} no longer adds up",  # with a constant
        "a quantity is never negative",  # of an error of Python's
    } <= texts


@pytest.mark.parametrize(
    ("text", "printed", "found"),
    [
        (f"no plan {HOLE}", "Error: no plan 'ubro'", True),
        (f"no plan {HOLE}", "a.yaml:1:7: plan: no plan 'ubro'; did you mean uPro?", True),
        (f"no plan {HOLE}", "Error: there is no plan 'ubro'", False),
        ("is missing", "a.json:1:1: totals: is missing; add it", True),
        ("is missing", "a.json:1:1: 'plan' is missing; add it", False),
        (f"{HOLE} is missing", "a.json:1:1: 'plan' is missing; add it", True),
        (f"{HOLE} is missing", "a.json:1:1: totals: is missing; add it", False),
        ("a quantity is whole", "Error: '2.5': a quantity is whole.", True),
        ("a quantity is whole", "Error: '2.5': a quantity is wholesome", False),
    ],
)
def test_a_message_is_found_whole(text: str, printed: str, found: bool) -> None:  # noqa: FBT001
    assert Message("", text).stands_in(f"{printed}\n") == found
