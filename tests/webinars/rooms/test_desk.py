"""The room at the desk, and what `doctor` says of engines.
Run by pytest alone."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from exchange.webinars.models import Engine
from exchange.webinars.rooms import actions, beside, engines
from exchange.webinars.rules import NOBODY
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.rooms import stub_bbb
from tests.webinars.rooms.stub_bbb import SECRET

pytestmark = pytest.mark.django_db


def desk(webinar):
    return reverse("webinars-desk:room", args=[webinar.pk])


@pytest.fixture
def host(beatriz):
    return cast.signed_in(Client(), beatriz)


def test_a_host_opens_the_room_sees_who_is_in_as_a_number_and_ends_it(roomy, stub, host):
    assert "The room is not open" in host.get(desk(roomy)).content.decode()

    host.post(desk(roomy), {"what": "open"})
    stub.meetings[roomy.room_key].people = [("Amina", "MODERATOR", "s1"), ("Chen", "VIEWER", "s2")]
    page = host.get(desk(roomy)).content.decode()

    assert "2 people are in it" in page
    assert "1 of them keeps order" in page
    assert "Chen" not in page
    host.post(desk(roomy), {"what": "end"})
    assert stub.meetings == {}
    assert (
        "The room was not open"
        in host.post(desk(roomy), {"what": "end"}, follow=True).content.decode()
    )


def test_only_hosts_see_the_room_at_the_desk(roomy, stub, amina):
    assert Client().get(desk(roomy)).status_code == 302
    assert cast.signed_in(Client(), amina).get(desk(roomy)).status_code == 404
    assert cast.signed_in(Client(), amina).post(desk(roomy), {"what": "end"}).status_code == 404
    assert stub.asked == []


def test_a_host_reads_what_is_wrong_and_what_to_do(roomy, stub, host):
    stub.trouble = stub_bbb.says(200, b"<html>")

    page = host.get(desk(roomy)).content.decode()

    assert "not what such a server says" in page
    assert "When the room is down" in page


@pytest.mark.parametrize("engine", [Engine.NONE, Engine.JITSI, Engine.LINK])
def test_rooms_of_other_sorts_have_a_page_and_no_buttons(beatriz, host, stub, engine):
    webinar = planned(beatriz, engine=engine)

    assert host.get(desk(webinar)).status_code == 200
    assert host.post(desk(webinar), {"what": "open"}).status_code == 404


def test_the_page_of_a_webinar_offers_the_door_to_those_it_is_open_for(roomy, amina):
    seat = seated(roomy, amina)

    theirs = beside.beside(roomy, reader=amina, seat=seat, roles=NOBODY)
    others = beside.beside(roomy, reader=None, seat=None, roles=NOBODY)

    assert (theirs["may_join_now"], others["may_join_now"]) == (True, False)
    page = cast.signed_in(Client(), amina).get(roomy.get_absolute_url()).content.decode()
    assert reverse("webinars:join", args=[roomy.pk]) in page


@pytest.mark.parametrize(
    ("bbb", "base"),
    [
        ("https://x.example/bigbluebutton/ s", "https://x.example/bigbluebutton"),
        ("https://x.example/bigbluebutton/api/ s sha512", "https://x.example/bigbluebutton"),
        ("http://127.0.0.1:9/bigbluebutton s", "http://127.0.0.1:9/bigbluebutton"),
        ("http://x.example/bigbluebutton s", None),
        ("https://x.example/bigbluebutton", None),
        ("https://x.example/bigbluebutton s md5", None),
        ("https://[x/ s", None),
        ("", None),
    ],
)
def test_the_setting_of_an_engine_is_read_or_refused(settings, bbb, base):
    settings.BBB = bbb

    server = engines.bigbluebutton()

    assert (server.base if server else None) == base
    assert bool(engines.faults()) == bool(bbb and base is None)
    assert (Engine.BBB in dict(engines.choices())) == (base is not None)


def doctor():
    said = StringIO()
    try:
        call_command("doctor_rooms", stdout=said)
    except SystemExit:
        return False, said.getvalue()
    return True, said.getvalue()


def test_doctor_says_whether_the_engine_answers_and_knows_us(stub, settings):
    assert doctor() == (True, "BigBlueButton answers and knows our secret.\n")

    settings.BBB = f"{stub.base} wrong"
    well, said = doctor()

    assert not well
    assert "does not accept our secret" in said
    assert SECRET not in said


def test_doctor_says_what_is_wrong_in_a_setting_without_its_secret(settings):
    settings.BBB, settings.JITSI = "hidden-word", "https://meet.example.org/ only-an-app"

    well, said = doctor()

    assert not well
    assert said.count("is not") == 2
    assert "hidden-word" not in said


def test_doctor_is_content_where_nothing_is_set_up(settings):
    settings.BBB = settings.JITSI = ""

    well, said = doctor()

    assert well
    assert "No video rooms are set up" in said


def test_nothing_is_lost_where_no_engine_is_set_up(settings, beatriz, host):
    settings.BBB = ""
    webinar = planned(beatriz, engine=Engine.BBB)

    assert "No such server is set up here" in host.get(desk(webinar)).content.decode()
    assert actions.look_after_rooms(webinar.starts_at) == 0
