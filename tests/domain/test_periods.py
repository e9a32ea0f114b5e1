"""Periods: which texts are dates and lengths of time."""

import pytest

from aloware_cli.domain.periods import read_date, read_duration
from aloware_cli.domain.problems import InvalidValue

USE = "use YYYY-MM-DD, for example 2026-12-23"


@pytest.mark.parametrize("day", ["2000-01-01", "2024-02-29", "2026-11-22", "2999-12-31"])
def test_read_date_returns_calendar_date(day: str) -> None:
    assert read_date(day) == day


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("", "the value is missing", USE),
        ("2026-02-29", '"2026-02-29" is not a calendar date', USE),
        ("2026-11-2", '"2026-11-2" is not a date', USE),
        ("20261122", '"20261122" is not a date', USE),
        ("2026-W47-7", '"2026-W47-7" is not a date', USE),
        (" 2026-11-22", '" 2026-11-22" is not a date', USE),
        ("2026-11-22T00:00", '"2026-11-22T00:00" is not a date', USE),
        ("1999-12-31", '"1999-12-31": out of range', "use a date from 2000 to 2999"),
        ("3000-01-01", '"3000-01-01": out of range', "use a date from 2000 to 2999"),
    ],
)
def test_read_date_rejects_other_text(text: str, said: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        read_date(text)

    assert (raised.value.code, raised.value.about(text), raised.value.hint) == (
        "E-DATE",
        said,
        hint,
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("45s", 45), ("45", 45), ("3m", 180), ("2m30s", 150), ("2m30", 150), ("1440m", 86_400)],
)
def test_duration_is_read_in_seconds(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *((text, "not a length of time") for text in ("", "0", "0m0s", "m", "1h", "-1", "1.5m")),
        *((text, "the maximum is 24 hours") for text in ("86401", "1440m1s", "9999m99999s")),
    ],
)
def test_duration_is_rejected(text: str, problem: str) -> None:
    with pytest.raises(InvalidValue, match=problem):
        read_duration(text)
