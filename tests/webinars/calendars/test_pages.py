"""The files and the feed, as programs fetch them.
Run by pytest alone."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars.calendars import adding, feeding
from exchange.webinars.calendars.beside import beside
from exchange.webinars.models import Lane, Phase, Seat, Series, Webinar
from exchange.webinars.rules import NOBODY
from tests.webinars.calendars.reading import both, events, is_well_formed, one_event
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db


def titles(visitor, **query):
    response = visitor.get("/calendar.ics", query)
    assert response.status_code == 200
    text = response.content.decode()
    assert is_well_formed(text)
    return [str(event["SUMMARY"]) for event in events(text)]


def file_of(webinar):
    return reverse("webinars:ics", args=[webinar.pk])


def test_the_file_of_one_is_fetched_by_anybody(webinar, visitor):
    response = visitor.get(file_of(webinar))

    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == f'attachment; filename="webinar-{webinar.pk}.ics"'
    calendar, event = one_event(response.content.decode())
    assert calendar["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt == webinar.starts_at


def test_the_feed_has_what_is_public_in_order(beatriz, visitor):
    planned(beatriz, title="Second", starts_at=now() + timedelta(days=3))
    planned(beatriz, title="First", starts_at=now() + timedelta(days=2))

    assert titles(visitor) == ["First", "Second"]


def test_parts_of_the_feed(beatriz, visitor):
    series = Series.objects.create(slug="fathers", title="Fathers")
    planned(beatriz, title="In a series", series=series, hub="west-africa", spoken="fr")
    with_lane = planned(beatriz, title="With a lane", hub="east-africa", spoken="en")
    Lane.objects.create(webinar=with_lane, language="sw", is_interpreted=True)

    assert titles(visitor, hub="west-africa") == ["In a series"]
    assert titles(visitor, series="fathers") == ["In a series"]
    assert titles(visitor, language="fr") == ["In a series"]
    assert titles(visitor, language="sw") == ["With a lane"]
    assert titles(visitor, language="sw", hub="west-africa") == []


@pytest.mark.parametrize("query", ["hub=nowhere", "language=xx", "series=none"])
def test_a_part_that_does_not_exist_is_no_empty_feed(webinar, visitor, query):
    assert visitor.get(f"/calendar.ics?{query}").status_code == 404


def test_a_feed_without_events_is_a_calendar_all_the_same(visitor, db):
    text = visitor.get("/calendar.ics").content.decode()

    # The grammar wants one component at least (RFC 5545, 3.6).
    assert "BEGIN:VTIMEZONE" in text
    assert events(text) == []
    assert is_well_formed(text)


def test_a_program_that_has_it_need_not_load_it_again(webinar, visitor):
    first = visitor.get("/calendar.ics")

    again = visitor.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "public, no-cache"
    Webinar.objects.filter(pk=webinar.pk).update(title="Another")
    changed = visitor.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert b"Another" in changed.content


def test_packed_answers_have_marks_that_are_known_again(webinar, visitor):
    packed = {"Accept-Encoding": "gzip"}
    first = visitor.get("/calendar.ics", headers=packed)
    assert first["Content-Encoding"] == "gzip"

    again = visitor.get("/calendar.ics", headers={**packed, "If-None-Match": first["ETag"]})

    assert again.status_code == 304


def test_called_off_ones_say_so_for_sixty_days(webinar, visitor):
    Webinar.objects.filter(pk=webinar.pk).update(phase=Phase.CANCELLED, sequence=1)

    (event,) = events(visitor.get("/calendar.ics").content.decode())
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    with time_machine.travel(webinar.starts_at + timedelta(days=59)):
        assert titles(visitor) == [webinar.title]
    with time_machine.travel(webinar.starts_at + timedelta(days=61)):
        assert titles(visitor) == []


def test_what_is_withdrawn_leaves_file_and_feed_at_once(webinar, visitor, beatriz):
    assert titles(visitor) == [webinar.title]

    withdraw(contribution=webinar, by=beatriz)

    assert titles(visitor) == []
    assert visitor.get(file_of(webinar)).status_code == 404


def test_what_is_sealed_leaves_file_and_feed_at_once_and_comes_back(webinar, visitor):
    seat = seated(webinar, email="guest@example.org")
    own = reverse("webinars:seat-ics", args=[seat.key])
    assert visitor.get(own).status_code == 200

    sealing.seal(contribution=webinar)
    assert titles(visitor) == []
    assert visitor.get(file_of(webinar)).status_code == 404
    assert visitor.get(own).status_code == 404

    sealing.unseal(contribution=webinar)
    assert titles(visitor) == [webinar.title]


def test_what_only_hosts_see_is_in_no_file_not_even_for_them(webinar, visitor, beatriz, signed_in):
    Webinar.objects.filter(pk=webinar.pk).update(state="draft")
    host = signed_in(visitor, beatriz)

    assert titles(host) == []
    assert host.get(file_of(webinar)).status_code == 404


def test_the_file_of_a_place_is_for_its_owner_and_kept_by_nobody(webinar, visitor):
    seat = seated(webinar, email="guest@example.org")

    response = visitor.get(reverse("webinars:seat-ics", args=[seat.key]))

    one_event(response.content.decode())
    assert response["Cache-Control"] == "private, no-store"
    assert visitor.get(reverse("webinars:seat-ics", args=["made-up"])).status_code == 404
    Seat.objects.filter(pk=seat.pk).update(state=Seat.State.GIVEN_UP)
    assert visitor.get(reverse("webinars:seat-ics", args=[seat.key])).status_code == 404


def test_only_reading_is_answered(webinar, visitor):
    assert visitor.post("/calendar.ics").status_code == 405
    assert visitor.post(file_of(webinar)).status_code == 405
    assert visitor.head("/calendar.ics").status_code == 200


def test_the_feed_asks_as_much_for_many_as_for_one(beatriz, visitor, django_assert_max_num_queries):
    for number in range(5):
        planned(beatriz, title=f"Webinar {number}")

    with django_assert_max_num_queries(4):
        assert len(titles(visitor, hub="east-africa")) == 5


def test_the_links_carry_the_moment_and_the_public_page(webinar, amina):
    ways = adding.ways(webinar, seated(webinar, amina))

    google = parse_qs(urlsplit(ways.google).query)
    outlook = parse_qs(urlsplit(ways.outlook).query)
    assert google["dates"] == [
        f"{webinar.starts_at:%Y%m%dT%H%M%SZ}/{webinar.ends_at:%Y%m%dT%H%M%SZ}"
    ]
    assert outlook["startdt"] == [f"{webinar.starts_at:%Y-%m-%dT%H:%M:%SZ}"]
    assert google["text"] == outlook["subject"] == [webinar.title]
    for link in (ways.google, ways.outlook):
        assert "seats" not in link
        assert f"%2Fwebinars%2F{webinar.pk}--%2F" in link
    assert ways.feed.startswith("webcal://")
    assert ways.hub_feed.endswith("/calendar.ics?hub=east-africa")


def test_the_page_offers_them_while_it_lies_ahead(webinar):
    def shown():
        return beside(webinar, reader=None, seat=None, roles=NOBODY)

    assert shown()["calendar_ways"].file == file_of(webinar)
    webinar.phase = Phase.CANCELLED
    assert shown() == {}


def test_every_file_is_read_by_two_programs(webinar, visitor):
    seat = seated(webinar, email="guest@example.org")
    paths = [file_of(webinar), "/calendar.ics", reverse("webinars:seat-ics", args=[seat.key])]
    for path in paths:
        first, second = both(visitor.get(path).content.decode())
        assert first == second
        assert re.fullmatch(r"[\w-]+@[\w.-]+", first["uid"])


def test_a_feed_is_named_after_what_it_holds(db):
    text = feeding.feed(feeding.Part(hub="east-africa", language="fr")).replace("\r\n ", "")

    assert "X-WR-CALNAME:" in text
    assert "français" in text
    assert "SOURCE;VALUE=URI:http" in text
    Series.objects.create(slug="fathers", title="Evenings; with fathers")
    assert "Evenings\\; with fathers" in feeding.feed(feeding.Part(series="fathers"))
