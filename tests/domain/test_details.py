"""Details of a quote: what may be written, and until when it holds."""

import re

import pytest

from aloware_cli.domain.customer import Details, read_name, read_note, read_number, read_validity

INVISIBLE = "write it on one line, without the invisible character"


@pytest.mark.parametrize(
    "name",
    [
        "Acme",
        "Müller & Söhne",
        "株式会社\u3000山田",
        "می\u200cخواهم",
        "👩\u200d🚀",
        "10\u00a0km",
        "=cmd|'/c calc'!A1 <b>[red]Acme[/red]",
        "x" * 120,
    ],
)
def test_a_name_is_any_line_of_text(name: str) -> None:
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write a text"),
        ("   ", "write a text"),
        ("x" * 121, "write at most 120 characters"),
        ("a\x1b[31mb", f"{INVISIBLE} U+001B"),
        ("a\nb", f"{INVISIBLE} U+000A"),
        ("\tAcme", f"{INVISIBLE} U+0009"),  # blanks are taken off at the ends, and nothing else
        ("a\tb", f"{INVISIBLE} U+0009"),
        ("a\x07", f"{INVISIBLE} U+0007"),
        ("a\x7f", f"{INVISIBLE} U+007F"),
        ("a\x9b31m", f"{INVISIBLE} U+009B"),
        ("invoice\u202efdp", f"{INVISIBLE} U+202E"),
        ("\u2066a", f"{INVISIBLE} U+2066"),
        ("a\u200fb", f"{INVISIBLE} U+200F"),
        ("a\u2028b", f"{INVISIBLE} U+2028"),
        ("a\u200bb", f"{INVISIBLE} U+200B"),
        ("a\ufeffb", f"{INVISIBLE} U+FEFF"),
        ("a\udc80b", f"{INVISIBLE} U+DC80"),
    ],
)
def test_what_no_reader_could_see_is_refused(text: str, said: str) -> None:
    for read in (read_name, read_note):
        if read is read_note and "at most" in said:
            continue
        with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
            read(text)


@pytest.mark.parametrize("number", ["Q-14", "2026-014", "14/2026", "#14", "No. 14"])
def test_a_number_of_a_quote_is_any_line_of_text(number: str) -> None:
    assert read_number(number) == number


@pytest.mark.parametrize("number", ["10", "10k", "1,000"])
def test_a_bare_quantity_was_meant_for_phone_numbers(number: str) -> None:
    with pytest.raises(ValueError, match=f"like Q-{number}; phone numbers are numbers"):
        read_number(number)


def test_blanks_around_a_name_are_no_part_of_it() -> None:
    assert read_name("  Acme  Ltd ") == "Acme  Ltd"
    assert read_name(" X for Xerxes X ") == "X for Xerxes X"


def test_a_note_has_room_for_a_few_sentences() -> None:
    assert read_note("x" * 500) == "x" * 500
    with pytest.raises(ValueError, match="at most 500 characters"):
        read_note("x" * 501)


@pytest.mark.parametrize(("text", "days"), [("1", 1), ("30", 30), ("3650", 3650), ("3.65k", 3650)])
def test_a_validity_is_a_number_of_days(text: str, days: int) -> None:
    assert read_validity(text) == days


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "write a number of days from 1 to 3,650"),
        ("3651", "write a number of days from 1 to 3,650"),
        ("-1", "a quantity is never negative"),
        ("soon", "write a whole number such as 10000, 10,000 or 10k"),
        ("1.5", "a quantity is a whole number"),
    ],
)
def test_nothing_else_is_a_validity(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        read_validity(text)


@pytest.mark.parametrize(
    ("issued", "days", "until"),
    [
        ("2026-11-22", 30, "2026-12-22"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2999-12-31", 3650, "3009-12-29"),
        ("2026-11-22", None, None),
        (None, None, None),
    ],
)
def test_a_quote_holds_so_many_days_from_its_own(
    issued: str | None, days: int | None, until: str | None
) -> None:
    assert Details(issued=issued, valid_days=days).valid_until == until
