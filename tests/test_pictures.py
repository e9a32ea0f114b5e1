"""The pictures of the README show what the commands print now."""

import html
import re

import picture


def texts(svg: str) -> list[str]:
    return [html.unescape(text) for text in re.findall("<text [^>]*>([^<]*)</text>", svg)]


def test_picture_of_the_terminal_shows_what_the_command_prints() -> None:
    drawn = texts(picture.TERMINAL.read_text("utf-8"))
    assert len(drawn) > 20
    assert drawn == texts(picture.terminal_svg()), "run: python docs/picture.py"


def test_picture_of_the_document_shows_the_page_of_now() -> None:
    drawn = picture.hash_in(picture.DOCUMENT.read_bytes())
    assert drawn == picture.hash_of(picture.page()), "run: python docs/picture.py"
