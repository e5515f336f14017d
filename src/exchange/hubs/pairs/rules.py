"""Who may be paired, and when the next question comes. Pure.
Called by the actions of this matter."""

from __future__ import annotations

from datetime import date, timedelta

MOST_LETTERS_A_DAY = 5
LONGEST_WORDS = 4000
# Who does not say yes or no in this time is asked no more.
DAYS_TO_AGREE = 30


def a_month_on(day: date) -> date:
    """Four weeks: the same day of the week, so that nobody's market day becomes letter day."""
    return day + timedelta(weeks=4)


def month_of(day: date) -> date:
    return day.replace(day=1)
