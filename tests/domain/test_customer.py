"""Customers: which names, notes and quote numbers are read, and when a quote expires."""

import pytest

from aloware_cli.domain.orders import (
    Details,
    read_name,
    read_note,
    read_quote_number,
    read_valid_days,
)
from aloware_cli.domain.problems import InvalidValue

HIDDEN = "contains the invisible character"
NAMES = [
    "Acme",
    "Müller & Söhne",
    "株式会社\u3000山田",
    "می\u200cخواهم",
    "👩\u200d🚀",
    "10\u00a0km",
    "=cmd|'/c calc'!A1 <b>[red]Acme[/red]",
    "x" * 120,
]


@pytest.mark.parametrize("name", NAMES)
def test_name_is_any_line_of_text(name: str) -> None:
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a text"),
        ("   ", "not a text"),
        ("a\x1b[31mb", f"{HIDDEN} U+001B"),
        ("a\nb", f"{HIDDEN} U+000A"),
        ("\tAcme", f"{HIDDEN} U+0009"),  # only spaces are removed at the ends
        ("a\tb", f"{HIDDEN} U+0009"),
        ("a\x07", f"{HIDDEN} U+0007"),
        ("a\x7f", f"{HIDDEN} U+007F"),
        ("a\x9b31m", f"{HIDDEN} U+009B"),
        ("invoice\u202efdp", f"{HIDDEN} U+202E"),
        ("\u2066a", f"{HIDDEN} U+2066"),
        ("a\u200fb", f"{HIDDEN} U+200F"),
        ("a\u2028b", f"{HIDDEN} U+2028"),
        ("a\u200bb", f"{HIDDEN} U+200B"),
        ("a\ufeffb", f"{HIDDEN} U+FEFF"),
        ("a\udc80b", f"{HIDDEN} U+DC80"),
    ],
)
def test_invisible_text_is_rejected(text: str, message: str) -> None:
    for read in (read_name, read_note, read_quote_number):
        with pytest.raises(InvalidValue) as raised:
            read(text)
        assert (raised.value.code, raised.value.message) == ("E-TEXT", message)


def test_length_of_names_and_notes_is_bounded() -> None:
    assert read_note("x" * 500) == "x" * 500
    for read, longest in ((read_name, 120), (read_note, 500)):
        with pytest.raises(InvalidValue, match=f"^longer than {longest} characters$"):
            read("x" * (longest + 1))


@pytest.mark.parametrize("number", ["Q-14", "2026-014", "14/2026", "#14", "No. 14"])
def test_quote_number_is_any_line_of_text(number: str) -> None:
    assert read_quote_number(number) == number


@pytest.mark.parametrize("number", ["10", "10k", "1,000"])
def test_quote_number_rejects_bare_quantity(number: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read_quote_number(number)

    error, hint = raised.value, f"use one such as Q-{number}, or numbers for phone numbers"
    assert (error.code, error.message, error.hint) == ("E-QUOTE-NUMBER", "not a quote number", hint)


def test_spaces_around_a_name_are_removed() -> None:
    assert read_name("  Acme  Ltd ") == "Acme  Ltd"
    assert read_name(" X for Xerxes X ") == "X for Xerxes X"


@pytest.mark.parametrize(("text", "days"), [("1", 1), ("030", 30), ("3650", 3650)])
def test_validity_is_a_number_of_days(text: str, days: int) -> None:
    assert read_valid_days(text) == days


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("0", "E-VALID-DAYS", "out of range"),
        ("3651", "E-VALID-DAYS", "out of range"),
        ("", "E-VALID-DAYS", "not a number of days"),
        ("9" * 5000, "E-VALID-DAYS", "out of range"),
        ("-1", "E-VALID-DAYS", "not a number of days"),
        ("soon", "E-VALID-DAYS", "not a number of days"),
        ("1.5", "E-VALID-DAYS", "not a number of days"),
        ("1k", "E-VALID-DAYS", "not a number of days"),
        ("1,000", "E-VALID-DAYS", "not a number of days"),
        ("\u0661", "E-VALID-DAYS", "not a number of days"),
    ],
)
def test_validity_rejects_other_text(text: str, code: str, message: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read_valid_days(text)

    assert (raised.value.code, raised.value.message) == (code, message)


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
def test_quote_is_valid_for_days_from_issue(
    issued: str | None, days: int | None, until: str | None
) -> None:
    assert Details(issued=issued, valid_days=days).valid_until == until
