"""Hours on the wall: nights when clocks change, and zones that change their minds. Run by pytest."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from exchange.core import walls as clock
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.webinars.models import Move, Phase, Presenter, Webinar
from exchange.webinars.planning import actions, looking_after, saying, team
from exchange.webinars.rules import Roles
from tests.webinars.conftest import planned


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "moments"),
    [
        # An ordinary hour.
        ("Africa/Cairo", "2027-03-03T15:00", ["2027-03-03T13:00"]),
        ("America/Sao_Paulo", "2027-03-03T15:00", ["2027-03-03T18:00"]),
        # Clocks go forward: the hour is not there.
        ("Africa/Cairo", "2027-04-30T00:30", []),
        ("Europe/Lisbon", "2027-03-28T01:30", []),
        ("America/Sao_Paulo", "2018-11-04T00:30", []),
        # Clocks go back: the hour comes twice.
        ("Africa/Cairo", "2027-10-28T23:30", ["2027-10-28T20:30", "2027-10-28T21:30"]),
        ("Europe/Lisbon", "2027-10-31T01:30", ["2027-10-31T00:30", "2027-10-31T01:30"]),
        ("America/Sao_Paulo", "2019-02-16T23:30", ["2019-02-17T01:30", "2019-02-17T02:30"]),
    ],
)
def test_an_hour_means_one_moment_or_two_or_none(zone, wall, moments):
    found = clock.meant(datetime.fromisoformat(wall), ZoneInfo(zone))

    assert list(found.moments) == [utc(one) for one in moments]
    assert bool(found.instead) == (not moments)


def test_the_clocks_of_casablanca_change_with_the_month_of_fasting():
    """Morocco goes back for Ramadan and forward after it; the days are in the table, year by year."""
    place = ZoneInfo("Africa/Casablanca")
    hours = [datetime(2027, 1, 1) + timedelta(hours=n) for n in range(24 * 365)]

    kinds = {len(clock.meant(hour + timedelta(minutes=30), place).moments) for hour in hours}

    assert kinds == {0, 1, 2}


def test_what_stands_instead_of_a_missing_hour_can_be_typed():
    found = clock.meant(datetime(2027, 3, 28, 1, 30), ZoneInfo("Europe/Lisbon"))

    assert [f"{hour:%H:%M}" for hour in found.instead] == ["00:30", "02:30"]
    assert all(clock.meant(hour, ZoneInfo("Europe/Lisbon")).is_plain for hour in found.instead)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1)),
    st.sampled_from(
        ["Africa/Cairo", "Europe/Lisbon", "America/Sao_Paulo", "Africa/Casablanca", "UTC"]
    ),
)
def test_every_moment_of_an_hour_shows_that_hour(wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    place = ZoneInfo(zone)

    for moment in clock.meant(wall, place).moments:
        assert clock.wall_of(moment, place) == f"{wall:%Y-%m-%dT%H:%M}"
        assert clock.shifted(f"{wall:%Y-%m-%dT%H:%M}", moment, place) is None


# --- between announcement and event ---


@pytest.fixture
def in_cairo(beatriz):
    """Planned for 15:00 in Cairo, when the table still said that clocks would not go forward."""
    return planned(
        beatriz,
        zone="Africa/Cairo",
        starts_at=utc("2027-06-03T13:00"),
        wall="2027-06-03T15:00",
    )


def at(text):
    return time_machine.travel(utc(text), tick=False)


def test_a_country_changes_its_clocks_and_the_hour_on_the_wall_stays(in_cairo):
    with at("2027-05-01T03:35"):
        assert looking_after.keep_hours(moment=now()) == 1
        assert looking_after.keep_hours(moment=now()) == 0

    row = Webinar.objects.get()
    assert (row.starts_at, row.wall, row.sequence) == (
        utc("2027-06-03T12:00"),
        "2027-06-03T15:00",
        1,
    )
    assert Move.objects.get().by is None
    assert OutgoingMail.objects.filter(key__contains=":clock:").count() == 1


def test_an_hour_that_stands_is_left_alone(beatriz):
    planned(
        beatriz, zone="Africa/Cairo", starts_at=utc("2027-06-03T12:00"), wall="2027-06-03T15:00"
    )

    with at("2027-05-01T03:35"):
        assert looking_after.keep_hours(moment=now()) == 0
    assert not OutgoingMail.objects.filter(key__contains=":clock:").exists()


def test_a_zone_that_vanished_keeps_its_hour_and_its_page(visitor, in_cairo):
    Webinar.objects.update(zone="Africa/Gone")

    with at("2027-05-01T03:35"):
        looking_after.keep_hours(moment=now())
        looking_after.keep_hours(moment=now())
        page = visitor.get(in_cairo.get_absolute_url()).content.decode()

    assert Webinar.objects.get().starts_at == utc("2027-06-03T13:00")
    assert "15:00" in page
    assert "UTC+0200" in page
    assert OutgoingMail.objects.filter(key__contains=":clock:").count() == 1


def test_both_readings_of_an_hour_that_comes_twice_stand(beatriz):
    for which in ("2027-10-31T00:30", "2027-10-31T01:30"):
        planned(
            beatriz,
            title=f"Twice {which}",
            zone="Europe/Lisbon",
            starts_at=utc(which),
            wall="2027-10-31T01:30",
        )

    with at("2027-05-01T03:35"):
        assert looking_after.keep_hours(moment=now()) == 0


def test_a_card_says_the_hour_of_the_place(beatriz):
    webinar = planned(
        beatriz, zone="Europe/Lisbon", starts_at=utc("2027-10-31T01:30"), wall="2027-10-31T01:30"
    )

    assert saying.on_a_card(webinar) == "Sun, 31 Oct 2027, 01:30 Lisbon"


# --- the clock of every minute ---


def test_registration_opens_at_its_hour_and_not_before(beatriz):
    webinar = planned(beatriz, phase=Phase.ANNOUNCED, opens_at=now() + timedelta(hours=2))

    assert looking_after.open_due(moment=now()) == 0
    assert looking_after.open_due(moment=now() + timedelta(hours=3)) == 1
    webinar.refresh_from_db()
    assert webinar.phase == Phase.OPEN


def test_an_hour_nobody_ended_ends_two_hours_after_its_plan(live):
    ends = live.starts_at + timedelta(minutes=live.minutes)

    assert looking_after.end_forgotten(moment=ends + timedelta(minutes=119)) == 0
    assert looking_after.end_forgotten(moment=ends + timedelta(minutes=121)) == 1
    live.refresh_from_db()
    assert live.phase == Phase.OVER


def test_hosts_hear_once_of_what_nobody_began(webinar):
    late = webinar.starts_at + timedelta(minutes=11)

    with time_machine.travel(late, tick=False):
        looking_after.tell_not_started(moment=late)
        looking_after.tell_not_started(moment=late)

    letters = OutgoingMail.objects.filter(key__contains=":late:")
    assert letters.count() == 1


def test_hosts_hear_nothing_of_what_has_begun(live):
    late = live.starts_at + timedelta(minutes=20)

    assert looking_after.tell_not_started(moment=late) == 0


def test_an_address_of_a_presenter_is_forgotten_in_time(live, beatriz):
    team.ask_presenter(webinar=live, name="Okello", email="o@example.org", by=beatriz)
    actions.end(webinar=live, by=None, roles=Roles(is_lead=True))

    assert looking_after.forget_addresses(moment=now() + timedelta(days=80)) == 0
    assert looking_after.forget_addresses(moment=now() + timedelta(days=92)) == 1
    assert Presenter.objects.get().email == ""
