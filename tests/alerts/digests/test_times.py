"""When a digest goes: the member's own clock, its gaps and folds, and their quiet hours.
An independent reading walks along the clock by quarters of an hour and compares."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.alerts.digests.times import end_of_quiet, is_quiet, next_moment, period_of
from exchange.alerts.models import Wishes

QUARTER = timedelta(minutes=15)
ZONES = [
    "UTC",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Europe/Lisbon",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
]


def wishes(**of_theirs):
    usual = {"rhythm": "daily", "hour": 7, "timezone": "UTC", "quiet_from": None}
    return Wishes(**{**usual, **of_theirs})


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(moment, zone):
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(" ", "minutes")


def test_every_day_at_seven_where_they_live():
    theirs = wishes(timezone="Africa/Nairobi")
    assert next_moment(theirs, after=utc("2026-11-20 03:59")) == utc("2026-11-20 04:00")
    assert next_moment(theirs, after=utc("2026-11-20 04:00")) == utc("2026-11-21 04:00")


def test_once_a_week_on_their_day():
    theirs = wishes(rhythm="weekly", weekday=4, timezone="Asia/Kolkata")
    assert next_moment(theirs, after=utc("2026-11-20 01:29")) == utc("2026-11-20 01:30")
    assert next_moment(theirs, after=utc("2026-11-20 01:30")) == utc("2026-11-27 01:30")


def test_once_a_month_on_the_first_of_their_days():
    theirs = wishes(rhythm="monthly", weekday=0)
    assert next_moment(theirs, after=utc("2026-11-20 12:00")) == utc("2026-12-07 07:00")
    assert next_moment(theirs, after=utc("2026-12-07 07:00")) == utc("2027-01-04 07:00")


def test_an_hour_the_clock_jumps_over_comes_just_after_it():
    theirs = wishes(hour=2, timezone="Europe/Berlin")
    moment = next_moment(theirs, after=utc("2026-03-28 12:00"))
    assert local(moment, "Europe/Berlin") == "2026-03-29 03:00"
    assert local(next_moment(theirs, after=moment), "Europe/Berlin") == "2026-03-30 02:00"


def test_an_hour_that_comes_twice_is_used_once():
    theirs = wishes(hour=2, timezone="Europe/Berlin")
    first = next_moment(theirs, after=utc("2026-10-24 12:00"))
    assert first == utc("2026-10-25 00:00")
    assert next_moment(theirs, after=first) == utc("2026-10-26 01:00")


def test_a_day_that_an_island_left_out_has_no_digest_of_its_own():
    """Samoa had no 30 December 2011."""
    theirs = wishes(timezone="Pacific/Apia")
    on_29th = next_moment(theirs, after=utc("2011-12-29 00:00"))
    after_it = next_moment(theirs, after=on_29th)
    assert local(on_29th, "Pacific/Apia") == "2011-12-29 07:00"
    assert local(after_it, "Pacific/Apia") == "2011-12-31 07:00"
    assert period_of(theirs, on_29th) == "2011-12-29"
    assert period_of(theirs, after_it) == "2011-12-31"


def test_a_half_hour_jump():
    theirs = wishes(hour=2, timezone="Australia/Lord_Howe")
    moment = next_moment(theirs, after=utc("2026-10-03 00:00"))
    assert local(moment, "Australia/Lord_Howe") == "2026-10-04 02:30"


def test_a_zone_nobody_knows_is_utc():
    for name in ("Atlantis/Sunken", "", "../etc/passwd", "/abs", "Europe", "a\0b"):
        theirs = wishes(timezone=name)
        assert next_moment(theirs, after=utc("2026-11-20 06:00")) == utc("2026-11-20 07:00")


def test_a_quiet_hour_waits_for_the_morning():
    evening = wishes(hour=22, quiet_from=21, quiet_until=6)
    assert next_moment(evening, after=utc("2026-11-20 00:00")) == utc("2026-11-20 06:00")
    assert next_moment(evening, after=utc("2026-11-20 06:00")) == utc("2026-11-21 06:00")
    night = wishes(hour=3, quiet_from=21, quiet_until=6)
    assert next_moment(night, after=utc("2026-11-20 00:00")) == utc("2026-11-20 06:00")


def test_the_end_of_quiet_is_not_quiet_and_the_beginning_is():
    theirs = wishes(quiet_from=21, quiet_until=6)
    quiet = [is_quiet(theirs, utc(f"2026-11-20 {hour:02}:00")) for hour in range(24)]
    assert [hour for hour in range(24) if quiet[hour]] == [0, 1, 2, 3, 4, 5, 21, 22, 23]


def test_quiet_in_the_middle_of_the_day():
    theirs = wishes(hour=13, quiet_from=12, quiet_until=15)
    assert next_moment(theirs, after=utc("2026-11-20 00:00")) == utc("2026-11-20 15:00")


@pytest.mark.parametrize(("begin", "end"), [(None, 6), (21, None), (None, None), (7, 7)])
def test_no_quiet_hours(begin, end):
    theirs = wishes(quiet_from=begin, quiet_until=end)
    assert not any(is_quiet(theirs, utc(f"2026-11-20 {hour:02}:00")) for hour in range(24))


def test_numbers_no_form_lets_in_still_end():
    theirs = wishes(rhythm="weekly", weekday=9, hour=31, quiet_from=45, quiet_until=24)
    assert next_moment(theirs, after=utc("2026-11-20 00:00")) > utc("2026-11-20 00:00")


def test_the_one_hour_that_is_not_quiet_may_be_jumped_over():
    theirs = wishes(hour=12, quiet_from=3, quiet_until=2, timezone="Europe/Berlin")
    moment = next_moment(theirs, after=utc("2026-03-28 12:00"))
    assert local(moment, "Europe/Berlin") == "2026-03-30 02:00"


def test_periods_have_codes():
    moment = utc("2026-01-01 12:00")
    assert period_of(wishes(), moment) == "2026-01-01"
    assert period_of(wishes(rhythm="weekly"), moment) == "2026-W01"
    assert period_of(wishes(rhythm="weekly"), utc("2027-01-01 12:00")) == "2026-W53"
    assert period_of(wishes(rhythm="monthly"), moment) == "2026-01"
    apia = wishes(timezone="Pacific/Apia")
    assert period_of(apia, utc("2026-01-01 12:00")) == "2026-01-02"


hours = st.integers(0, 23)
some_wishes = st.builds(
    wishes,
    rhythm=st.sampled_from(["daily", "weekly", "monthly"]),
    weekday=st.integers(0, 6),
    hour=hours,
    timezone=st.sampled_from(ZONES),
    quiet_from=st.none() | hours,
    quiet_until=st.none() | hours,
)
moments = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))


@settings(max_examples=300, deadline=None)
@given(theirs=some_wishes, after=moments)
def test_it_comes_later_outside_quiet_hours_and_within_the_rhythm(theirs, after):
    moment = next_moment(theirs, after=after)
    longest = {"daily": 3, "weekly": 9, "monthly": 37}[theirs.rhythm]
    assert moment.tzinfo is UTC
    assert after < moment <= after + timedelta(days=longest)
    assert not is_quiet(theirs, moment)


@settings(max_examples=300, deadline=None)
@given(theirs=some_wishes, after=moments)
def test_no_period_has_two_digests_and_time_goes_on(theirs, after):
    first = next_moment(theirs, after=after)
    second = next_moment(theirs, after=first)
    assert second > first
    assert period_of(theirs, first) < period_of(theirs, second)
    # Asked again at any moment in between, the answer stays.
    assert next_moment(theirs, after=first + (second - first) / 2) == second


@settings(max_examples=100, deadline=None)
@given(theirs=some_wishes, after=moments)
def test_the_same_as_walking_along_the_clock(theirs, after):
    """The first quarter of an hour at which their clock shows the day and the hour."""
    theirs.quiet_from = None
    moment, zone = next_moment(theirs, after=after), ZoneInfo(theirs.timezone)
    shown = moment.astimezone(zone)
    walking = after.replace(minute=after.minute // 15 * 15, second=0, microsecond=0) + QUARTER
    while walking < moment:
        clock = walking.astimezone(zone)
        is_theirs = (clock.hour, clock.minute) == (theirs.hour, 0) and clock.fold == 0
        on_day = theirs.rhythm == "daily" or clock.weekday() == theirs.weekday
        in_month = theirs.rhythm != "monthly" or clock.day <= 7
        assert not (is_theirs and on_day and in_month), walking
        walking += QUARTER
    jumped = (walking - QUARTER).astimezone(zone)
    in_gap = shown.utcoffset() != (moment - timedelta(hours=3)).astimezone(zone).utcoffset()
    assert (shown.hour, shown.minute) == (theirs.hour, 0) or in_gap, jumped


@settings(max_examples=300, deadline=None)
@given(theirs=some_wishes, moment=moments)
def test_quiet_hours_end(theirs, moment):
    end = end_of_quiet(theirs, moment)
    assert moment <= end < moment + timedelta(days=3)
    assert not is_quiet(theirs, end)
    assert is_quiet(theirs, moment) or end == moment


@pytest.mark.parametrize("rhythm", ["daily", "weekly", "monthly"])
def test_every_zone_there_is(rhythm):
    for name in sorted(available_timezones()):
        theirs = wishes(timezone=name, rhythm=rhythm, hour=22, quiet_from=21, quiet_until=6)
        moment = next_moment(theirs, after=utc("2026-11-20 12:00"))
        assert moment.astimezone(ZoneInfo(name)).hour == 6
