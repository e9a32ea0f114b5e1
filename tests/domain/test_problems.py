"""Problems: how messages quote user input, and which names they suggest."""

import pytest

from aloware_cli.domain.problems import (
    InvalidValue,
    Location,
    Problem,
    as_typed,
    count,
    display_key,
    quoted,
    suggest,
)

FORTY = "x" * 40


@pytest.mark.parametrize(
    ("text", "in_quotes", "as_key", "typed"),
    [
        ("agents", '"agents"', "agents", "agents"),
        ("", '""', '""', '""'),
        ("Größe", '"Größe"', "Größe", "Größe"),
        ("it's", '"it\'s"', "it's", "it's"),
        ("a b", '"a b"', "a b", '"a b"'),
        ("a\nb", r'"a\nb"', r'"a\nb"', r'"a\nb"'),
        ("a\u202eb", r'"a\u202eb"', r'"a\u202eb"', r'"a\u202eb"'),
        (FORTY, f'"{FORTY}"', FORTY, FORTY),
        (f"{FORTY}y", f'"{FORTY}..."', f'"{FORTY}..."', f'"{FORTY}..."'),
    ],
)
def test_user_input_is_quoted_on_one_line(
    text: str, in_quotes: str, as_key: str, typed: str
) -> None:
    assert (quoted(text), display_key(text), as_typed(text)) == (in_quotes, as_key, typed)


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("upor", ["iPro", "uPro", "xPro"], "did you mean uPro?"),
        ("UPRO", ["iPro", "uPro", "xPro"], "did you mean uPro?"),
        # two are close, of which the closest is suggested
        ("agent_sm", ["agents", "agent_sms"], "did you mean agent_sms?"),
        ("gold", ["iPro", "uPro", "xPro"], "plans: iPro, uPro, xPro"),
        ("gold", [], "plans: none"),
    ],
)
def test_closest_name_or_all_names_are_suggested(name: str, known: list[str], hint: str) -> None:
    assert suggest(name, known, "plans") == hint


@pytest.mark.parametrize(
    ("message", "text", "said"),
    [
        ("not a price", "x", '"x" is not a price'),
        ("the maximum is 100%", "101%", '"101%": the maximum is 100%'),
        ("not a price", "", "the value is missing"),
    ],
)
def test_invalid_value_quotes_its_text(message: str, text: str, said: str) -> None:
    assert InvalidValue("E-PRICE", message, "use 1").about(text) == said


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("E-KEY", "unknown key"), "unknown key  [E-KEY]"),
        (Problem("E-KEY", "odd", "drop it", "--add"), "--add: odd; drop it  [E-KEY]"),
        (Problem("E-KEY", "odd", "", Location("a", 3)), "a:3: odd  [E-KEY]"),
        (Problem("E-KEY", "odd", "", Location("a", 3, 7), "b.c"), "a:3:7: b.c: odd  [E-KEY]"),
    ],
)
def test_problem_is_one_line_with_location_and_code(problem: Problem, line: str) -> None:
    assert str(problem) == line


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (count(1, "problem"), "1 problem"),
        (count(1200, "problem"), "1,200 problems"),
        (count(0, "day"), "0 days"),
        (count(2, "price differs", "prices differ"), "2 prices differ"),
    ],
)
def test_count_has_noun_in_singular_or_plural(counted: str, said: str) -> None:
    assert counted == said
