"""Months, quarters, years and any two months: as they are written, said and compared.
Run by pytest alone."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.translation import override

from exchange.desk.figures import periods
from exchange.desk.figures.periods import NoPeriod, Period


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("code", "first", "last", "before"),
    [
        ("2026-11", (2026, 11), (2026, 11), "2026-10"),
        ("2026-01", (2026, 1), (2026, 1), "2025-12"),
        ("2026-q1", (2026, 1), (2026, 3), "2025-q4"),
        ("2026", (2026, 1), (2026, 12), "2025"),
        ("2026-02..2026-05", (2026, 2), (2026, 5), "2025-10..2026-01"),
        ("2025-12..2026-01", (2025, 12), (2026, 1), "2025-10..2025-11"),
    ],
)
def test_a_code_is_read_and_written_the_same(code, first, last, before):
    period = periods.read(code)

    assert period == Period(date(*first, 1), date(*last, 1))
    assert (period.code, period.before.code) == (code, before)
    assert periods.read(period.code) == period


def test_two_months_may_be_written_in_either_order():
    assert periods.spanning("2026-05", "2026-02").code == "2026-02..2026-05"
    assert periods.spanning("2026-04", "2026-06").code == "2026-q2"


@pytest.mark.parametrize(
    "code",
    [
        *("", "x", "2026-13", "2026-00", "2026-12", "2027", "1999", "2026-q5"),
        *("2010-01..2026-01", "2026-01..", "..", "٢٠٢٦", "²026", "9" * 30, "2026-1-1"),
    ],
)
def test_what_names_no_months_that_have_begun_is_refused(code):
    with pytest.raises(NoPeriod):
        periods.read(code)


def test_a_month_ends_with_the_last_moment_before_the_next_by_utc():
    period = periods.read("2026-10")

    assert period.begins == datetime(2026, 10, 1, tzinfo=UTC)
    assert period.ends == datetime(2026, 11, 1, tzinfo=UTC)
    assert period.is_over
    assert not periods.read("2026-11").is_over


def test_times_are_said_in_the_language_of_the_page():
    assert periods.read("2026-10").label == "October 2026"
    assert periods.read("2026").label == "2026"
    with override("fr"):
        assert periods.read("2026-10").label == "octobre 2026"
    with override("pt"):
        assert "julho" in periods.read("2026-q3").label
        assert "setembro" in periods.read("2026-q3").label
