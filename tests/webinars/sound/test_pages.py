"""The microphone, the pieces it sends, the page of those who hear, and the minutes.
Run by pytest alone."""

import json
from pathlib import Path

import pytest
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars.models import Broadcast, LiveEvent, Piece, Seat, TeamMember, Webinar
from exchange.webinars.sound import actions, intake, places, player
from exchange.webinars.wire import ticket as tickets
from tests import cast
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db(transaction=True)
SOUND = b"\x1aE\xdf\xa3 a second of sound"


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if ffmpeg and icecast2 were there: nothing here starts them."""
    monkeypatch.setattr(player, "can_send", lambda: True)
    monkeypatch.setenv("EXCHANGE_ICECAST", "http://127.0.0.1:8010")


@pytest.fixture
def host(beatriz) -> Client:
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def member(amina) -> Client:
    return cast.signed_in(Client(), amina)


def _taken(host: Client, hour: Webinar) -> dict[str, str]:
    return host.post(f"/webinars/{hour.pk}/live/sending/", {"from": "mic"}).json()


def _send(told: dict[str, str], number: int, sound: bytes = SOUND, token: str = "") -> int:
    answer = Client(enforce_csrf_checks=True).post(
        f"{told['to']}{number}/",
        sound,
        content_type="application/octet-stream",
        HTTP_X_SENDING=token or told["token"],
    )
    return answer.status_code


def _place() -> places.Place:
    from django.conf import settings

    return places.place(settings.DATA_DIR, Broadcast.objects.latest("pk").key)


def _minute(place: places.Place, broadcast: Broadcast, number: int, size: int = 1000) -> None:
    place.pieces.mkdir(parents=True, exist_ok=True)
    for kind in places.KINDS:
        place.piece(number, kind).write_bytes(bytes([number]) * size)
    Piece.objects.create(broadcast=broadcast, number=number, opus_bytes=size, mp3_bytes=size)


# --- the microphone ---


def test_whoever_leads_takes_the_microphone_and_its_pieces_are_kept(host, hour, beatriz):
    told = _taken(host, hour)

    assert [_send(told, n) for n in (0, 1, 1)] == [204, 204, 204]

    row = Broadcast.objects.get()
    assert (row.webinar_id, row.sender, row.state) == (hour.pk, beatriz, "open")
    kept = sorted(_place().sitting(row.sitting).iterdir())
    assert [path.name for path in kept] == ["00000000.webm", "00000001.webm"]
    assert kept[0].read_bytes() == SOUND
    assert _place().wanted().first == 1
    assert LiveEvent.objects.get(kind="sound").payload == {"on": True}


def test_a_piece_asks_the_database_nothing_and_says_now_and_then_that_it_was_heard(
    host, hour, django_assert_num_queries
):
    told = _taken(host, hour)
    with django_assert_num_queries(1):
        _send(told, 0)

    with django_assert_num_queries(0):
        assert _send(told, 1) == 204

    assert Broadcast.objects.get().heard_at is not None


def test_a_lead_of_this_webinar_may_and_a_helper_a_member_and_a_visitor_may_not(
    hour, member, amina, visitor
):
    address = f"/webinars/{hour.pk}/live/sending/"
    assert {one.get(address).status_code for one in (member, visitor)} == {404}
    TeamMember.objects.create(webinar=hour, member=amina, task="helper")
    assert member.post(address, {"from": "mic"}).status_code == 404

    TeamMember.objects.create(webinar=hour, member=amina, task="lead")

    assert member.get(address).status_code == 200
    assert member.post(address, {"from": "mic"}).status_code == 200


def test_another_takes_over_and_the_first_is_told(host, hour, member, amina):
    TeamMember.objects.create(webinar=hour, member=amina, task="lead")
    first = _taken(host, hour)
    assert _send(first, 0) == 204

    page = member.get(f"/webinars/{hour.pk}/live/sending/").content.decode()
    second = _taken(member, hour)

    assert "Beatriz holds the microphone" in page
    assert _send(first, 1) == 409
    assert _send(second, 0) == 204
    assert Broadcast.objects.get().sender == amina
    assert LiveEvent.objects.filter(kind="sound").count() == 1


def test_ended_it_takes_nothing_more_and_listeners_are_told(host, hour):
    told = _taken(host, hour)
    _send(told, 0)

    host.post(f"/webinars/{hour.pk}/live/sending/", {"end": "1"})

    assert _send(told, 1) == 410
    assert _place().closed.exists()
    assert places.on_air(_place().folder.parents[1], hour.pk) == ""
    assert [
        one.payload["on"] for one in LiveEvent.objects.filter(kind="sound").order_by("seq")
    ] == [
        True,
        False,
    ]


def test_begun_again_the_numbers_of_the_minutes_go_on(host, hour):
    _taken(host, hour)
    first = Broadcast.objects.get()
    _minute(_place(), first, 7)
    host.post(f"/webinars/{hour.pk}/live/sending/", {"end": "1"})

    _taken(host, hour)

    assert _place().wanted().first == 8
    assert Broadcast.objects.count() == 2


@pytest.mark.parametrize("token", ["", "forged", "eyJh.eyJh.eyJh"])
def test_nobody_sends_without_the_token_of_a_page(host, hour, token):
    told = _taken(host, hour)

    assert _send(told, 0) == 204
    assert _send({**told, "token": token}, 1) == 403


def test_a_piece_too_large_or_empty_is_not_kept(host, hour):
    told = _taken(host, hour)

    assert _send(told, 0, bytes(intake.LARGEST)) == 204
    assert _send(told, 1, bytes(intake.LARGEST + 1)) == 413
    assert _send(told, 1, b"") == 413
    assert _send(told, 10**9) == 413


def test_a_full_disk_asks_to_come_again(host, hour, monkeypatch):
    told = _taken(host, hour)
    monkeypatch.setattr(intake, "_SPARE", 10**18)

    assert _send(told, 0) == 503


def test_before_its_time_and_without_sound_nobody_sends(host, hour):
    Webinar.objects.filter(pk=hour.pk).update(has_sound=False)
    page = host.get(f"/webinars/{hour.pk}/live/sending/")

    assert "planned without sound" in page.content.decode()
    assert host.post(f"/webinars/{hour.pk}/live/sending/", {}).status_code == 409
    assert not Broadcast.objects.exists()


def test_a_machine_without_ffmpeg_says_how_to_add_it(host, hour, monkeypatch):
    monkeypatch.setattr(player, "can_send", lambda: False)

    page = host.get(f"/webinars/{hour.pk}/live/sending/").content.decode()

    assert "apt-get install ffmpeg icecast2" in page
    assert host.post(f"/webinars/{hour.pk}/live/sending/", {}).status_code == 503


def test_without_icecast_minutes_alone_are_kept_and_the_page_says_so(host, hour, monkeypatch):
    monkeypatch.setenv("EXCHANGE_ICECAST", "off")

    assert "apt-get install icecast2" in (
        host.get(f"/webinars/{hour.pk}/live/sending/").content.decode()
    )


# --- those who hear ---


def test_with_a_place_the_page_has_both_streams_behind_a_ticket(host, hour, member, place_taken):
    _taken(host, hour)

    answer = member.get(f"/webinars/{hour.pk}/live/sound/")

    page = answer.content.decode()
    key = Broadcast.objects.get().key
    paper = page.partition("sound.opus?t=")[2].partition('"')[0]
    claim = tickets.read(paper, _key(), now=now().timestamp())
    assert (claim.webinar, claim.seat, claim.broadcast) == (hour.pk, place_taken.pk, key)
    assert 'type="audio/ogg; codecs=opus"' in page
    assert "sound.mp3?t=" in page
    assert "<noscript>" in page
    assert "5 MB an hour" in page.replace("\xa0", " ")
    assert "media-src" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def _key() -> bytes:
    from django.conf import settings

    return tickets.key_from(settings.SECRET_KEY)


def test_the_page_asks_few_questions(host, hour, member, place_taken):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _taken(host, hour)
    with CaptureQueriesContext(connection) as asked:
        member.get(f"/webinars/{hour.pk}/live/sound/")

    assert len(asked) <= 8


@pytest.mark.parametrize("state", ["asked", "waiting", "given-up"])
def test_without_a_place_there_is_no_stream_but_the_way_to_one(host, hour, member, amina, state):
    _taken(host, hour)
    seated(hour, amina, state=state)

    page = member.get(f"/webinars/{hour.pk}/live/sound/").content.decode()

    assert "?t=" not in page
    assert "Get a place" in page


def test_minutes_are_heard_whole_and_in_parts_by_those_with_a_place(
    host, hour, member, place_taken
):
    _taken(host, hour)
    for number in (1, 2, 3):
        _minute(_place(), Broadcast.objects.get(), number)

    whole = member.get(f"/webinars/{hour.pk}/sound/2.mp3")
    part = member.get(f"/webinars/{hour.pk}/sound/2.opus", HTTP_RANGE="bytes=10-19")
    later = member.get(f"/webinars/{hour.pk}/sound/since-2.mp3", HTTP_RANGE="bytes=990-1009")
    behind = member.get(f"/webinars/{hour.pk}/sound/2.mp3", HTTP_RANGE="bytes=5000-")
    again = member.get(f"/webinars/{hour.pk}/sound/2.mp3", HTTP_IF_NONE_MATCH=whole["ETag"])

    assert (whole["Content-Type"], whole.getvalue()) == ("audio/mpeg", b"\x02" * 1000)
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 10-19/1000")
    assert part.getvalue() == b"\x02" * 10
    assert later.getvalue() == b"\x02" * 10 + b"\x03" * 10
    assert (behind.status_code, again.status_code) == (416, 304)
    page = member.get(f"/webinars/{hour.pk}/live/sound/").content.decode()
    assert f"/webinars/{hour.pk}/sound/since-1.mp3" in page
    assert 'data-since="3"' in page


def test_nobody_else_hears_a_minute(host, hour, member, visitor, amina):
    _taken(host, hour)
    _minute(_place(), Broadcast.objects.get(), 1)
    addresses = [f"/webinars/{hour.pk}/sound/{name}" for name in ("1.mp3", "since-1.opus")]

    assert {one.get(a).status_code for one in (member, visitor) for a in addresses} == {404}

    seat = seated(hour, amina)
    assert {member.get(a).status_code for a in addresses} == {200}
    Seat.objects.filter(pk=seat.pk).update(state="given-up")
    assert {member.get(a).status_code for a in addresses} == {404}


@pytest.mark.parametrize("how", ["withdrawn", "sealed"])
def test_what_is_withdrawn_or_sealed_is_heard_by_nobody_from_then_on(
    host, hour, member, beatriz, place_taken, how
):
    told = _taken(host, hour)
    _minute(_place(), Broadcast.objects.get(), 1)
    addresses = [f"/webinars/{hour.pk}/sound/1.mp3", f"/webinars/{hour.pk}/live/sound/"]
    assert [member.get(address).status_code for address in addresses] == [200, 200]

    if how == "sealed":
        sealing.seal(contribution=hour)
    else:
        withdraw(contribution=hour, by=beatriz)
    actions.close_all(hour.pk)

    assert [member.get(address).status_code for address in addresses] == [404, 404]
    assert _send(told, 5) == 410
    assert not list(Path(_place().folder.parent / "on-air").iterdir())


def test_the_pages_are_said_in_every_language(host, hour):
    _taken(host, hour)

    for prefix in ("/ar", "/sw", "/fr"):
        assert host.get(f"{prefix}/webinars/{hour.pk}/live/sound/").status_code == 200
        assert host.get(f"{prefix}/webinars/{hour.pk}/live/sending/").status_code == 200


def test_the_answer_to_the_script_holds_nothing_else(host, hour):
    answer = host.post(f"/webinars/{hour.pk}/live/sending/", {"from": "mic"})

    assert set(json.loads(answer.content)) == {"token", "to"}
    assert answer["Cache-Control"] == "private, no-store"
