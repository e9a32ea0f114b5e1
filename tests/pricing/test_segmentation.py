"""Segmentation: known answers around every boundary, and laws that hold for every text."""

from itertools import pairwise

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.messages import (
    GSM_BASIC,
    GSM_EXTENSION,
    PLAIN_FORMS,
    UCS_2,
    Encoding,
    count_segments,
    plain_form,
)

EMOJI = "\U0001f600"  # a surrogate pair: 2 units
FLAG = "\U0001f1e9\U0001f1ea"  # two letters for regions: 4 units
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # three people, two joiners: 8 units

KNOWN = [
    # GSM-7: 160 places alone, 153 in each part.
    ("a", "GSM-7", 1, [1]),
    ("a" * 160, "GSM-7", 160, [160]),
    ("a" * 161, "GSM-7", 161, [153, 8]),
    ("a" * 306, "GSM-7", 306, [153, 153]),
    ("a" * 307, "GSM-7", 307, [153, 153, 1]),
    ("a" * 1530, "GSM-7", 1530, [153] * 10),
    ("a" * 1531, "GSM-7", 1531, [153] * 10 + [1]),
    # Two places each: the escape stays with its character.
    ("€", "GSM-7", 2, [2]),
    ("€" * 80, "GSM-7", 160, [160]),
    ("€" * 81, "GSM-7", 162, [152, 10]),
    ("a" * 158 + "€", "GSM-7", 160, [160]),
    ("a" * 159 + "€", "GSM-7", 161, [153, 8]),
    ("a" * 152 + "€" + "a" * 7, "GSM-7", 161, [152, 9]),  # it begins at the 153rd place
    ("a" * 151 + "€" + "a" * 8, "GSM-7", 161, [153, 8]),
    # 306 places, yet three parts: each euro sign leaves one place empty.
    ("a" * 152 + "€" + "a" * 150 + "€", "GSM-7", 306, [152, 152, 2]),
    ("a" * 1529 + "€", "GSM-7", 1531, [153] * 9 + [152, 2]),
    ("line\r\nline", "GSM-7", 10, [10]),
    # UCS-2: 70 units alone, 67 in each part.
    ("ж", "UCS-2", 1, [1]),
    ("ж" * 70, "UCS-2", 70, [70]),
    ("ж" * 71, "UCS-2", 71, [67, 4]),
    ("ж" * 134, "UCS-2", 134, [67, 67]),
    ("ж" * 135, "UCS-2", 135, [67, 67, 1]),
    ("ж" * 670, "UCS-2", 670, [67] * 10),
    ("ж" * 671, "UCS-2", 671, [67] * 10 + [1]),
    ("a" * 159 + "’", "UCS-2", 160, [67, 67, 26]),
    ("€" * 69 + "ж", "UCS-2", 70, [70]),  # in UCS-2 a euro sign takes one unit
    # Surrogate pairs: two units, never split.
    (EMOJI, "UCS-2", 2, [2]),
    ("\uffee", "UCS-2", 1, [1]),  # among the last that take one unit
    ("\U00010000", "UCS-2", 2, [2]),  # the first that takes two
    (EMOJI * 35, "UCS-2", 70, [70]),
    (EMOJI * 36, "UCS-2", 72, [66, 6]),
    ("a" * 66 + EMOJI + "aaa", "UCS-2", 71, [66, 5]),  # it begins at the 67th unit
    ("a" * 65 + EMOJI + "aaaa", "UCS-2", 71, [67, 4]),
    ("a" * 68 + EMOJI, "UCS-2", 70, [70]),
    # What a reader sees as one character may be many: a phone counts those.
    (FLAG, "UCS-2", 4, [4]),
    (FLAG * 17, "UCS-2", 68, [68]),
    (FLAG * 18, "UCS-2", 72, [66, 6]),
    (FAMILY, "UCS-2", 8, [8]),
    (FAMILY * 9, "UCS-2", 72, [67, 5]),
    ("e\u0301", "UCS-2", 2, [2]),  # e and an accent of its own, where é is in GSM-7
    ("\x1b", "UCS-2", 1, [1]),  # the escape is no character of GSM-7
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), KNOWN)
def test_text_has_encoding_and_segments(
    text: str, encoding: str, units: int, parts: list[int]
) -> None:
    message = count_segments(text)
    assert (message.encoding.name, message.units, message.segments) == (encoding, units, len(parts))
    assert [part.units for part in message.parts] == parts


def test_gsm_7_has_127_basic_and_10_extended_characters() -> None:
    assert (len(set(GSM_BASIC)), len(GSM_BASIC)) == (127, 127)
    assert (len(set(GSM_EXTENSION)), len(GSM_EXTENSION)) == (10, 10)
    assert not set(GSM_BASIC) & set(GSM_EXTENSION)


@pytest.mark.parametrize("character", "ç`´á\t–’“…\u00a0")
def test_lookalike_character_is_not_gsm_7(character: str) -> None:
    assert count_segments(character).encoding.name == "UCS-2"


def test_replacements_are_gsm_7() -> None:
    assert not set(PLAIN_FORMS) & set(GSM_BASIC + GSM_EXTENSION)
    assert set("".join(PLAIN_FORMS.values())) <= set(GSM_BASIC)


def test_ucs_2_characters_are_listed_once_in_order() -> None:
    forced_by = count_segments("“It’s – it’s” 😀").forced_by
    assert [
        (unsupported.code_point, unsupported.times, unsupported.replacement)
        for unsupported in forced_by
    ] == [
        ("U+201C", 1, '"'),
        ("U+2019", 2, "'"),
        ("U+2013", 1, "-"),
        ("U+201D", 1, '"'),
        ("U+1F600", 1, None),
    ]
    assert forced_by[0].name == "LEFT DOUBLE QUOTATION MARK"
    assert count_segments("\x1b").forced_by[0].name is None


PLAIN = [
    ("it’s " * 20, "it's " * 20, 2, 1),
    ("Wait…", "Wait...", 1, 1),
    ("ж" * 68 + "……", "ж" * 68 + "......", 1, 2),  # longer, and still UCS-2
    ("a\u00a0b\u200bc\td", "a bc d", 1, 1),
]


@pytest.mark.parametrize(("text", "plain", "before", "after"), PLAIN)
def test_plain_form_replaces_characters(text: str, plain: str, before: int, after: int) -> None:
    message = count_segments(text)
    replaced = plain_form(message)
    assert replaced is not None
    assert (replaced.text, message.segments, replaced.segments) == (plain, before, after)


@pytest.mark.parametrize("text", ["plain", "жук", "€", "\u200b"])
def test_plain_form_is_none_without_replacement(text: str) -> None:
    assert plain_form(count_segments(text)) is None


ALPHABETS = [GSM_BASIC, GSM_EXTENSION, "ж’…" + EMOJI + FLAG + FAMILY]
TEXTS = st.one_of(
    st.text(GSM_BASIC + GSM_EXTENSION, min_size=1, max_size=700),
    st.text(GSM_EXTENSION + "a", min_size=120, max_size=700),
    st.text("".join(ALPHABETS), min_size=1, max_size=400),
    st.text(EMOJI + "a", min_size=50, max_size=400),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
)


def units_of(text: str, encoding: Encoding) -> int:
    """Return the room that `text` takes, counted another way."""
    if encoding is UCS_2:
        return len(text.encode("utf-16-be")) // 2
    return len(text) + sum(text.count(character) for character in GSM_EXTENSION)


@given(TEXTS)
def test_segments_join_to_message_and_are_full(text: str) -> None:
    message = count_segments(text)
    encoding = message.encoding
    assert "".join(part.text for part in message.parts) == text
    most = encoding.alone if message.segments == 1 else encoding.joined
    for part in message.parts:
        assert 0 < part.units == units_of(part.text, encoding) <= most
    for part, following in pairwise(message.parts):
        assert part.units + units_of(following.text[0], encoding) > most


@given(TEXTS.filter(lambda text: "\x1b" not in text))  # smsutil takes the escape for a character
def test_segments_equal_smsutil(text: str) -> None:
    message, oracle = count_segments(text), smsutil.split(text)
    assert message.encoding.name == {"gsm0338": "GSM-7", "utf_16_be": "UCS-2"}[oracle.encoding]
    assert [part.text for part in message.parts] == [part.content for part in oracle.parts]
