"""Markdown: text from outside is shown as it was written."""

import pytest
from documents import page_of_markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from aloware_cli.render.markdown import escape

LINES = [
    "# no heading",
    "- no list",
    "+ no list",
    "--- no rule",
    "1. no list",
    "12) no list",
    "> no quotation",
    "    no code",
    "| no | table |",
    "[no]: https://link.example",
    "*no* _no_ `no` ~~no~~ <b>no</b> <!-- no --> &no; &amp;",
    "www.no.example http://no.example a@no.example",
]


def tags_and_words(text: str) -> tuple[list[str], str]:
    """Return the tags and the words of a list whose one item is `text`."""
    page = page_of_markdown(f"- {escape(text)}\n")
    return [tag for tag, _ in page.tags], page.words.strip()


@pytest.mark.parametrize("text", LINES)
def test_line_shows_its_characters(text: str) -> None:
    assert tags_and_words(text) == (["ul", "li"], text.strip())


@pytest.mark.parametrize(
    "text",
    ["500.00", "3 agents x 70.00", "Plan cost - 3 agents (2022)", "2026-11-22", "Kim O'Neil"],
)
def test_plain_text_is_not_escaped(text: str) -> None:
    assert escape(text) == text


@given(st.text("\\`*_{}[]()<>#+-.!|~&$=:@/ \"'ab1w", min_size=1, max_size=12))
@settings(max_examples=400)
def test_any_punctuation_shows_as_it_was_written(text: str) -> None:
    tags, words = tags_and_words(f"x {text} y")
    assert (tags, words) == (["ul", "li"], f"x {text} y")
    tags, words = tags_and_words(f"{text} y")
    assert (tags, words) == (["ul", "li"], f"{text} y".strip())
