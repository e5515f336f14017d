"""The files, rule by rule (RFC 5545, 5546, 6047, 7986), each read by two programs.
Run by pytest alone."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.time import now
from exchange.mail.rules import check_calendar
from exchange.webinars.calendars import building
from exchange.webinars.models import Engine, Move, Phase, Seat, Webinar
from tests.webinars.calendars.reading import both, is_well_formed, one_event
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db

ZOOM = "https://zoom.us/j/123456?pwd=s3cret"


@pytest.fixture
def place(webinar, amina):
    return seated(webinar, amina, language="en")


def test_an_invitation_is_for_one_person_who_has_said_yes(webinar, place, amina):
    seated(webinar, email="somebody.else@example.org", name="Else")

    text = building.invitation(webinar, place)

    calendar, event = one_event(text)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert calendar["CALSCALE"] == "GREGORIAN"
    assert str(event["ATTENDEE"]) == f"mailto:{amina.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert str(event["ORGANIZER"]).startswith("mailto:exchange@")
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert event["UID"] == building.uid_of(webinar)
    assert "somebody.else" not in text
    assert "Else" not in text
    check_calendar(text)


def test_times_are_utc_and_need_no_zone(webinar, place):
    text = building.invitation(webinar, place)

    _calendar, event = one_event(text)
    assert event["DTSTART"].dt == webinar.starts_at
    assert event["DTEND"].dt == webinar.starts_at + timedelta(minutes=60)
    assert re.search(r"\r\nDTSTART:\d{8}T\d{6}Z\r\n", text)
    assert re.search(r"\r\nDTEND:\d{8}T\d{6}Z\r\n", text)
    assert "TZID" not in text
    assert "VTIMEZONE" not in text


def test_dtstamp_is_the_moment_it_was_written_in_utc(webinar, place):
    with time_machine.travel(datetime(2026, 12, 1, 9, 30, 15, tzinfo=UTC), tick=False):
        text = building.invitation(webinar, place)

    assert "\r\nDTSTAMP:20261201T093015Z\r\n" in text


def test_a_cancellation_names_the_same_event_and_person_and_rings_no_more(webinar, place, amina):
    webinar.phase, webinar.sequence = Phase.CANCELLED, 2

    text = building.cancellation(webinar, place)

    calendar, event = one_event(text)
    assert calendar["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert event["UID"] == one_event(building.invitation(webinar, place))[1]["UID"]
    assert str(event["ATTENDEE"]) == f"mailto:{amina.email}"
    assert "ORGANIZER" in event
    assert "VALARM" not in text
    check_calendar(text)


def test_what_is_public_names_nobody(webinar, place):
    text = building.published([webinar], language="en", name="Webinars", address="https://x/c.ics")

    calendar, event = one_event(text)
    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in text
    assert str(event["ORGANIZER"]).startswith("mailto:exchange@")
    assert "VALARM" not in text
    assert text.count("mailto:") == 1
    assert event["UID"] == building.uid_of(webinar)
    assert (calendar["X-WR-CALNAME"], calendar["NAME"]) == ("Webinars", "Webinars")
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "\r\nX-PUBLISHED-TTL:PT1H\r\n" in text
    assert "\r\nSOURCE;VALUE=URI:https://x/c.ics\r\n" in text


def test_the_same_rows_are_published_as_the_same_text(webinar):
    first = building.published([webinar], language="en")
    with time_machine.travel(now() + timedelta(days=1)):
        assert building.published([webinar], language="en") == first


def test_a_move_is_a_later_change(webinar, beatriz):
    before = building.stamp_of(webinar)
    moved_at = now() + timedelta(hours=2)
    same = {"old_minutes": 60, "new_minutes": 60, "old_zone": "UTC", "by": beatriz}
    times = {"old_starts_at": webinar.starts_at, "new_starts_at": webinar.starts_at}
    Move.objects.create(webinar=webinar, sequence=1, at=moved_at, **same, **times)

    assert building.stamp_of(Webinar.objects.get(pk=webinar.pk)) == moved_at > before


def test_a_cancelled_one_stays_in_the_feed_as_cancelled(webinar):
    webinar.phase, webinar.sequence = Phase.CANCELLED, 1

    _calendar, event = one_event(building.published([webinar], language="en"))

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


@pytest.mark.parametrize("engine", [Engine.LINK, Engine.BBB, Engine.JITSI])
def test_nothing_in_it_opens_a_room(beatriz, engine):
    row = planned(beatriz, title=f"Fathers {ZOOM}", engine=engine, engine_link=ZOOM)
    row.summary = f"Come to {ZOOM} or zoom.us/j/99. Passcode: 4711. Meeting ID 123 456. Bring tea."
    guest = seated(row, email="guest@example.org")

    texts = [
        building.invitation(row, guest),
        building.cancellation(row, guest),
        building.for_own_file(row, guest),
        building.published([row], language="en"),
    ]

    for text in texts:
        unfolded = text.replace("\r\n ", "")
        assert "Bring tea" in unfolded
        for secret in ("zoom.us", "s3cret", "4711", "123 456", "123456", row.room_key):
            assert secret not in unfolded


def test_the_link_is_our_own_page(webinar, place, settings):
    settings.BASE_URL = "https://exchange.example"

    _calendar, event = one_event(building.invitation(webinar, place))

    address = f"https://exchange.example/webinars/{webinar.pk}--/"
    assert str(event["URL"]) == address
    assert address in event["DESCRIPTION"]
    assert place.key not in building.invitation(webinar, place)


def test_a_guest_has_a_way_of_their_own_in_their_calendar_alone(webinar):
    guest = seated(webinar, email="guest@example.org")
    own = building.wording.seat_page(guest)

    assert guest.key not in building.published([webinar], language="en")
    if own:
        assert own in building.invitation(webinar, guest).replace("\r\n ", "")
        assert own in building.for_own_file(webinar, guest).replace("\r\n ", "")


def test_ones_own_file_is_the_same_event_without_anybodys_address(webinar, place, amina):
    text = building.for_own_file(webinar, place)

    calendar, event = one_event(text)
    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == building.uid_of(webinar)
    assert amina.email not in text


def test_words_are_in_the_language_of_the_seat(webinar, amina):
    place = seated(webinar, amina, language="ar")

    _calendar, event = one_event(building.invitation(webinar, place))

    assert "الإنجليزية" in event["DESCRIPTION"]
    assert event["SUMMARY"].params["LANGUAGE"] == "en"


ONCE = {"UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "SEQUENCE", "STATUS"}
AT_MOST_ONCE = {"DTEND", "DESCRIPTION", "LOCATION", "URL", "LAST-MODIFIED", "TRANSP"}
RULES = {
    # Method: what stands there besides, and what must not (RFC 5546, 3.2.1, 3.2.2, 3.2.5).
    "PUBLISH": (set(), {"ATTENDEE", "REQUEST-STATUS"}, False),
    "REQUEST": ({"ATTENDEE"}, {"REQUEST-STATUS"}, True),
    "CANCEL": ({"ATTENDEE"}, {"REQUEST-STATUS"}, False),
}


@pytest.mark.parametrize("method", RULES)
def test_each_method_has_what_the_standard_wants(webinar, place, method):
    made = {
        "PUBLISH": [
            building.published([webinar], language="en"),
            building.for_own_file(webinar, place),
        ],
        "REQUEST": [building.invitation(webinar, place)],
        "CANCEL": [building.cancellation(webinar, place), building.erasure(webinar, place)],
    }
    besides, never, may_ring = RULES[method]
    for text in made[method]:
        calendar, event = one_event(text, whole="DESCRIPTION" in text)
        names = [name for name, _value in event.property_items(recursive=False)]
        counted = Counter(name for name in names if name not in ("BEGIN", "END"))
        assert calendar["METHOD"] == method
        assert all(counted[name] == 1 for name in ONCE | besides)
        assert all(counted[name] <= 1 for name in AT_MOST_ONCE)
        assert not never & set(counted)
        assert set(counted) <= ONCE | besides | AT_MOST_ONCE
        assert bool(event.walk("VALARM")) <= may_ring
        assert [part.name for part in calendar.subcomponents] == ["VEVENT"]


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        # The night before Europe's clocks go forward, and the night after.
        ("2027-03-27T15:00", "Europe/Paris", "20270327T140000Z"),
        ("2027-03-28T15:00", "Europe/Paris", "20270328T130000Z"),
        # In autumn, an hour that comes twice: its first and its second time.
        ("2026-10-25T02:30", "Europe/Paris", "20261025T003000Z"),
        ("2026-10-25T02:30+1", "Europe/Paris", "20261025T013000Z"),
        # Clocks of the south go the other way; a zone of half an hour; one that never changes.
        ("2027-04-04T10:00", "America/Santiago", "20270404T140000Z"),
        ("2027-01-10T17:30", "Asia/Kolkata", "20270110T120000Z"),
        ("2027-03-28T15:00", "Africa/Nairobi", "20270328T120000Z"),
    ],
)
def test_the_moment_is_right_on_the_days_when_clocks_change(beatriz, amina, wall, zone, utc):
    hour, _, again = wall.partition("+")
    starts = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo(zone), fold=int(again or 0))
    row = planned(beatriz, starts_at=starts.astimezone(UTC), zone=zone)
    row.refresh_from_db()

    assert f"\r\nDTSTART:{utc}\r\n" in building.invitation(row, seated(row, amina))


def test_an_hour_across_a_change_of_clocks_is_as_long_as_it_was_meant(beatriz, amina):
    starts = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    row = planned(beatriz, starts_at=starts, zone="Europe/Paris", minutes=90)

    _calendar, event = one_event(building.invitation(row, seated(row, amina)))

    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)


def plain(title="A title", body="Some words", **fields):
    """One that needs no database."""
    starts = datetime(2026, 12, 1, 14, tzinfo=UTC)
    row = Webinar(pk=7, kind="webinar", title=title, body=body, starts_at=starts, **fields)
    row._prefetched_objects_cache = {"moves": Move.objects.none()}
    return row


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@given(title=anything, body=anything)
def test_any_title_is_read_by_both_programs_and_ends_no_line(title, body):
    row = plain(title.replace("\x00", ""), body.replace("\x00", ""))
    guest = Seat(webinar=row, email="guest@example.org", language="en")

    for text in (building.invitation(row, guest), building.published([row], language="en")):
        assert is_well_formed(text)
        first, second = both(text)
        assert first == second
        assert first["summary"] == building.wording.summary(row)
        assert text.count("BEGIN:VEVENT") == 1 or "BEGIN:VEVENT" in title + body
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)


@pytest.mark.parametrize(
    "title",
    [
        "x\r\nATTENDEE:mailto:chen@example.org",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "x\u2028METHOD:CANCEL",
        "x\x85END:VCALENDAR",
        "a, b; c\\n \\, d",
        '=?utf-8?q?no?= 100% ^n ^\' "quoted"',
        "حوار مع الآباء، في القرى؛ البعيدة " * 5,
        "👩🏾‍🌾" * 60,
        "x" * 199,
    ],
)
def test_a_title_is_only_ever_a_title(title):
    row = plain(title)
    guest = Seat(webinar=row, email="guest@example.org", language="en")

    text = building.invitation(row, guest)

    assert is_well_formed(text)
    first, second = both(text)
    assert first == second
    assert first["summary"] == building.wording.summary(row)
    assert text.count("\r\nATTENDEE") == 1
    assert text.count("\r\nMETHOD:") == 1
    check_calendar(text)
