"""Spelling: how messages show what somebody wrote, and what they take it for."""

import pytest

from aloware_cli.domain.problems import display_key, quoted, suggest

FORTY = "x" * 40


@pytest.mark.parametrize(
    ("text", "in_quotes", "as_a_key"),
    [
        ("agents", "'agents'", "agents"),
        ("", "''", "''"),
        ("Größe", "'Größe'", "Größe"),
        ("it's", '"it\'s"', "it's"),
        ("a\nb", "'a\\nb'", "'a\\nb'"),
        ("a\u202eb", "'a\\u202eb'", "'a\\u202eb'"),
        (FORTY, f"'{FORTY}'", FORTY),
        (f"{FORTY}y", f"'{FORTY}...'", f"'{FORTY}...'"),
    ],
)
def test_what_was_written_is_shown_on_one_line(text: str, in_quotes: str, as_a_key: str) -> None:
    assert (quoted(text), display_key(text)) == (in_quotes, as_a_key)


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("upor", ["iPro", "uPro", "xPro"], "did you mean uPro?"),
        ("UPRO", ["iPro", "uPro", "xPro"], "did you mean uPro?"),
        # two are near, of which the nearest is named
        ("agent_sm", ["agents", "agent_sms"], "did you mean agent_sms?"),
        ("gold", ["iPro", "uPro", "xPro"], "plans: iPro, uPro, xPro"),
        ("gold", [], "plans: none"),
    ],
)
def test_the_nearest_name_is_offered_or_all_of_them(name: str, known: list[str], said: str) -> None:
    assert suggest(name, known, "plans") == said
