"""Tallies of a batch: what becomes of many rows, put together part by part."""

from hypothesis import given
from hypothesis import strategies as st

from aloware_cli.domain.batch import Outcome, Tally, add_tallies, tally_of

OUTCOMES = [
    Outcome("ok", "uPro", 7000, 4400),
    Outcome("ok", "uPro", 500, 0),
    Outcome("unpriced", "iPro", 12000, 100),  # a lower bound, which was asked for
    Outcome("unpriced", "iPro", error="no rate is published on iPro for automated_sms"),
    Outcome("error", error="nothing to price"),
]


def test_outcomes_are_counted_and_what_is_known_of_them_is_summed() -> None:
    # 7,000 + 500 + 12,000 and 4,400 + 0 + 100
    assert tally_of(OUTCOMES) == Tally(ok=2, unpriced=2, failed=1, monthly=19500, one_time=4500)
    assert tally_of(OUTCOMES).rows == 5
    assert tally_of([]) == Tally()


def test_two_tallies_add_up_count_by_count() -> None:
    one = Tally(1, 2, 3, 4, 5, ("in.csv:2: a", "in.csv:3: b"), 6)
    other = Tally(10, 20, 30, 40, 50, ("in.csv:9: c",), 60)
    reports = ("in.csv:2: a", "in.csv:3: b", "in.csv:9: c")
    assert add_tallies(one, other) == Tally(11, 22, 33, 44, 55, reports, 66)


def test_the_first_twenty_reports_are_kept_and_all_faults_are_counted() -> None:
    lines = tuple(f"in.csv:{line}: agents" for line in range(2, 26))
    both = add_tallies(
        Tally(reports=lines[:15], problems=15), Tally(reports=lines[15:], problems=9)
    )
    assert (both.reports, both.problems) == (lines[:20], 24)


@given(st.lists(st.sampled_from(OUTCOMES)), st.lists(st.sampled_from(OUTCOMES)))
def test_parts_add_up_to_the_whole(first: list[Outcome], second: list[Outcome]) -> None:
    assert add_tallies(tally_of(first), tally_of(second)) == tally_of(first + second)
