"""The door of a room: who comes in, when, as whom; and what people read when it is shut.
Run by pytest alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars.models import Engine, Phase, Presenter, Seat, TeamMember, Webinar
from exchange.webinars.queries import roles_of
from exchange.webinars.rooms import actions, comers
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.rooms import stub_bbb

pytestmark = pytest.mark.django_db


def door(webinar):
    return reverse("webinars:join", args=[webinar.pk])


def told(response):
    """What stands in the address somebody is sent to."""
    return {
        name: value[0] for name, value in parse_qs(urlsplit(response["Location"]).query).items()
    }


def change(webinar, **columns):
    Webinar.objects.filter(pk=webinar.pk).update(**columns)
    webinar.refresh_from_db()


@pytest.fixture
def amina_in(roomy, amina):
    seated(roomy, amina)
    return cast.signed_in(Client(), amina)


@pytest.fixture
def host_in(beatriz):
    return cast.signed_in(Client(), beatriz)


def test_the_host_opens_the_room_and_a_member_follows_as_a_viewer(roomy, stub, host_in, amina_in):
    first = host_in.post(door(roomy))
    second = amina_in.post(door(roomy))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Referrer-Policy"] == "no-referrer"
    assert "no-store" in first["Cache-Control"]
    assert told(first)["role"] == "MODERATOR"
    viewer = told(second)
    assert (viewer["role"], viewer["fullName"]) == ("VIEWER", "Amina")
    assert viewer["meetingID"] == roomy.room_key
    assert viewer["createTime"] == str(stub.meetings[roomy.room_key].made_at)
    assert "amina@" not in second["Location"]
    assert "guest" not in viewer


def test_a_room_is_safe_from_its_first_moment(roomy, stub):
    actions.open_room(roomy)

    words = stub.meetings[roomy.room_key].words
    on = {name for name, value in words.items() if value == "true"}
    assert on >= {
        "muteOnStart",
        "lockSettingsDisableCam",
        "lockSettingsDisablePrivateChat",
        "lockSettingsHideUserList",
        "webcamsOnlyForModerator",
    }
    assert words["guestPolicy"] == "ASK_MODERATOR"
    assert (words["record"], words["allowStartStopRecording"]) == ("false", "false")
    assert "privateChat" in words["disabledFeatures"]
    assert words["meta_endCallbackUrl"].startswith(f"http://testserver/webinars/hooks/{roomy.pk}/")
    assert "meta_bbb-recording-ready-url" not in words


def test_nobody_but_the_team_opens_a_room_and_a_closed_one_stays_closed(
    roomy, stub, host_in, amina_in
):
    early = amina_in.post(door(roomy))
    host_in.post(door(roomy))
    open_now = amina_in.post(door(roomy))
    actions.end_room(roomy)
    after = amina_in.post(door(roomy))

    assert [early.status_code, open_now.status_code, after.status_code] == [409, 302, 409]
    assert "Nobody has opened the room yet" in after.content.decode()
    assert stub.meetings == {}


def test_a_guest_with_a_seat_is_let_in_by_the_team_and_a_stranger_is_asked_to_register(
    roomy, stub, host_in
):
    guest = seated(roomy, email="guest@example.org", name="Wanjiru")
    host_in.post(door(roomy))
    theirs, stranger = Client(), Client()
    session = theirs.session
    session["webinar_seats"] = {str(roomy.pk): guest.key}
    session.save()

    inside, outside = theirs.post(door(roomy)), stranger.post(door(roomy))

    assert told(inside)["guest"] == "true"
    assert told(inside)["fullName"] == "Wanjiru"
    assert outside.status_code == 409
    assert "for those who have registered" in outside.content.decode()


@pytest.mark.parametrize("state", [Seat.State.ASKED, Seat.State.WAITING, Seat.State.GIVEN_UP])
def test_a_seat_that_is_not_taken_opens_nothing(roomy, stub, host_in, amina, state):
    seat = seated(roomy, amina, state=state)
    host_in.post(door(roomy))
    client = cast.signed_in(Client(), amina)
    assert client.post(door(roomy)).status_code == 409

    Seat.objects.filter(pk=seat.pk).update(state=Seat.State.TAKEN)

    assert client.post(door(roomy)).status_code == 302


def test_the_team_comes_half_an_hour_before_and_the_others_when_it_has_begun(
    roomy, stub, chen, amina_in
):
    TeamMember.objects.create(webinar=roomy, member=chen, task=TeamMember.Task.LEAD)
    lead_in = cast.signed_in(Client(), chen)
    change(roomy, phase=Phase.OPEN, starts_at=now() + timedelta(minutes=31))
    too_early = lead_in.post(door(roomy))
    change(roomy, starts_at=now() + timedelta(minutes=29))
    in_time = lead_in.post(door(roomy))
    waits = amina_in.get(door(roomy))

    assert (too_early.status_code, in_time.status_code) == (409, 302)
    assert "half an hour before" in too_early.content.decode()
    assert "opens when the webinar begins" in waits.content.decode()
    assert amina_in.post(door(roomy)).status_code == 409


def test_a_host_may_try_the_room_days_before_and_nobody_follows(roomy, stub, host_in, amina_in):
    change(roomy, phase=Phase.OPEN, starts_at=now() + timedelta(days=3))

    assert host_in.post(door(roomy)).status_code == 302
    assert amina_in.post(door(roomy)).status_code == 409


@pytest.mark.parametrize("phase", [Phase.OVER, Phase.SUMMED, Phase.CANCELLED])
def test_nobody_comes_in_afterwards(roomy, stub, host_in, phase):
    assert host_in.post(door(roomy)).status_code == 302

    change(roomy, phase=phase)

    assert host_in.post(door(roomy)).status_code == 409


def test_helpers_and_presenters_keep_order_and_writers_are_viewers(roomy, amina):
    task = TeamMember.Task
    roles = {}
    for given in (task.LEAD, task.HELPER, task.WRITER):
        TeamMember.objects.filter(webinar=roomy).delete()
        TeamMember.objects.create(webinar=roomy, member=amina, task=given)
        from_here = roles_of(roomy, amina)
        seat = Seat.objects.filter(webinar=roomy, member=amina).first() or seated(roomy, amina)
        comer = comers.comer_of(roomy, seat=seat, roles=from_here, member=amina)
        roles[given] = comer.leads

    assert roles == {task.LEAD: True, task.HELPER: True, task.WRITER: False}


def test_a_presenter_without_an_account_comes_in_by_their_own_key(roomy, stub):
    given = {"webinar": roomy, "email": "p@example.org", "name": "Dr Otieno"}
    presenter = Presenter.objects.create(**given)
    address = reverse("webinars:presenter-join", args=[presenter.key])
    assert Client().get(address).status_code == 404

    Presenter.objects.filter(pk=presenter.pk).update(answer=Presenter.Answer.AGREED)

    assert Client().get(address).status_code == 200
    answer = told(Client().post(address))
    assert (answer["role"], answer["fullName"]) == ("MODERATOR", "Dr Otieno")
    Presenter.objects.filter(pk=presenter.pk).update(may_be_named=False)
    assert told(Client().post(address))["fullName"] == "A presenter"
    Presenter.objects.filter(pk=presenter.pk).update(answer=Presenter.Answer.LEFT)
    assert Client().post(address).status_code == 404


def test_a_presenter_with_an_account_who_is_not_named_is_not_named_there_either(roomy, stub, amina):
    given = {"webinar": roomy, "member": amina, "name": "Amina"}
    presenter = Presenter.objects.create(**given, answer=Presenter.Answer.AGREED)
    client = cast.signed_in(Client(), amina)
    assert told(client.post(door(roomy)))["fullName"] == "Amina"

    Presenter.objects.filter(pk=presenter.pk).update(may_be_named=False)

    assert told(client.post(door(roomy)))["fullName"] == "A presenter"


def test_where_it_is_recorded_everybody_is_asked_first_and_it_is_remembered(
    roomy, stub, host_in, amina, amina_in
):
    change(roomy, is_recorded=True)
    asked = host_in.post(door(roomy))
    host_in.post(door(roomy), {"agrees": "on"})
    refused = amina_in.post(door(roomy))
    seat = Seat.objects.get(webinar=roomy, member=amina)
    assert seat.agreed_recording_at is None

    entered = amina_in.post(door(roomy), {"agrees": "on"})
    seat.refresh_from_db()

    assert (asked.status_code, refused.status_code, entered.status_code) == (422, 422, 302)
    assert "Almost there" in refused.content.decode()
    assert seat.agreed_recording_at is not None
    assert amina_in.post(door(roomy)).status_code == 302
    words = stub.meetings[roomy.room_key].words
    assert (words["record"], words["notifyRecordingIsOn"]) == ("true", "true")
    assert words["meta_bbb-recording-ready-url"].endswith(f"/hooks/{roomy.pk}/recording/")


def test_a_presenter_who_did_not_agree_keeps_the_whole_room_unrecorded(roomy, stub):
    change(roomy, is_recorded=True)
    given = {"webinar": roomy, "name": "Dr Otieno", "answer": Presenter.Answer.AGREED}
    Presenter.objects.create(**given, may_be_recorded=False)

    actions.open_room(roomy)

    assert stub.meetings[roomy.room_key].words["record"] == "false"


def test_the_page_says_what_it_costs_and_lets_the_browser_go_there_alone(roomy, stub, amina_in):
    page = amina_in.get(door(roomy))

    assert page.status_code == 200
    assert "60 MB to 540 MB" in page.content.decode()
    assert "Listen and read along" in page.content.decode()
    assert stub.asked == []
    policy = page["Content-Security-Policy"]
    assert f"form-action 'self' {stub.base.removesuffix('/bigbluebutton')}" in policy
    assert roomy.room_key not in page.content.decode()


@pytest.mark.parametrize(
    "trouble",
    [
        stub_bbb.says(200, b"<html>garbage</html>"),
        stub_bbb.says(500, b""),
        stub_bbb.says(302, b"", Location="https://elsewhere.example/"),
    ],
)
def test_when_the_engine_is_down_the_page_offers_what_works(roomy, stub, amina_in, trouble):
    stub.trouble = trouble

    page = amina_in.post(door(roomy))

    assert page.status_code == 503
    words = page.content.decode()
    assert "does not answer at the moment" in words
    assert "With less data" in words
    assert "garbage" not in words
    assert "elsewhere" not in words


def test_a_room_made_in_other_words_is_found_again(roomy, stub):
    made_at = actions.open_room(roomy)
    stub.do_create = lambda given: stub._failed("idNotUnique")

    assert actions.open_room(roomy) == made_at


def test_jitsi_is_given_a_token_for_a_few_minutes_and_no_address(beatriz, amina, settings):
    settings.JITSI = "https://meet.example.org/ our-app our-secret-that-is-long-enough-for-hmac"
    begun = {"starts_at": now(), "phase": Phase.LIVE}
    webinar = planned(beatriz, engine=Engine.JITSI, **begun)
    seated(webinar, amina)

    address = cast.signed_in(Client(), amina).post(door(webinar))["Location"]

    parts = urlsplit(address)
    token = parse_qs(parts.query)["jwt"][0]
    key = "our-secret-that-is-long-enough-for-hmac"
    claims = jwt.decode(token, key, algorithms=["HS256"], audience="our-app")
    assert parts.netloc == "meet.example.org"
    assert parts.path == f"/{claims['room']}"
    assert (claims["iss"], claims["sub"]) == ("our-app", "meet.example.org")
    assert claims["exp"] - now().timestamp() < 16 * 60
    person = claims["context"]["user"]
    assert (person["name"], person["moderator"]) == ("Amina", "false")
    assert "email" not in person
    assert all(isinstance(value, str) for value in person.values())
    assert "config.startAudioOnly=true" in parts.fragment
    assert "config.prejoinConfig.enabled=true" in parts.fragment
    assert webinar.room_key not in address
    host = cast.signed_in(Client(), beatriz).post(door(webinar))["Location"]
    theirs = jwt.decode(
        parse_qs(urlsplit(host).query)["jwt"][0], key, algorithms=["HS256"], audience="our-app"
    )
    assert theirs["context"]["user"]["moderator"] == "true"


def test_a_link_elsewhere_is_known_to_nobody_before_the_click(beatriz, amina, visitor):
    link = "https://zoom.example.com/j/123456?pwd=hidden"
    begun = {"starts_at": now(), "phase": Phase.LIVE}
    webinar = planned(beatriz, engine=Engine.LINK, engine_link=link, **begun)
    seated(webinar, amina)
    client = cast.signed_in(Client(), amina)

    pages = [
        client.get(door(webinar)),
        visitor.get(door(webinar)),
        client.get(webinar.get_absolute_url()),
    ]

    assert all("zoom.example" not in page.content.decode() for page in pages)
    assert "zoom.example" not in visitor.get(door(webinar))["Content-Security-Policy"]
    assert client.post(door(webinar))["Location"] == link
    assert visitor.post(door(webinar)).status_code == 409


@pytest.mark.parametrize(
    "link",
    ["", "http://zoom.example.com/j/1", "javascript:alert(1)", "https://a:b@zoom.example.com/"],
)
def test_a_link_that_cannot_be_used_leads_nowhere(beatriz, link):
    begun = {"starts_at": now(), "phase": Phase.LIVE}
    webinar = planned(beatriz, engine=Engine.LINK, engine_link=link, **begun)

    assert cast.signed_in(Client(), beatriz).post(door(webinar)).status_code == 503


def test_what_was_withdrawn_has_no_door(roomy, stub, beatriz, amina_in):
    assert amina_in.get(door(roomy)).status_code == 200

    withdraw(contribution=roomy, by=beatriz)

    assert amina_in.get(door(roomy)).status_code == 404
    assert amina_in.post(door(roomy)).status_code == 404


def test_the_door_asks_the_database_little_and_holds_nothing_while_the_engine_is_asked(
    roomy, stub, host_in, amina_in, django_assert_max_num_queries
):
    host_in.post(door(roomy))

    with django_assert_max_num_queries(8):
        assert amina_in.get(door(roomy)).status_code == 200
    with django_assert_max_num_queries(8):
        assert amina_in.post(door(roomy)).status_code == 302
