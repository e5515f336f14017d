"""Every call of BigBlueButton's protocol, against a server that is strict about it.
Run by pytest alone."""

import hashlib
import threading
import time

import pytest

from exchange.webinars.rooms import asking, breaker, signing
from exchange.webinars.rooms.bigbluebutton import Server
from exchange.webinars.rooms.errors import EngineSaysNo, EngineTrouble
from exchange.webinars.rooms.rules import DISABLED
from tests.webinars.rooms import stub_bbb
from tests.webinars.rooms.stub_bbb import SECRET

ROOM = {"name": "Talking with fathers", "meetingID": "room-1"}


@pytest.fixture
def server(stub):
    return Server(stub.base, SECRET)


def test_the_checksum_is_the_one_in_the_published_example():
    query = signing.query_of(
        {
            "name": "Test Meeting",
            "meetingID": "abc123",
            "attendeePW": "111222",
            "moderatorPW": "333444",
        }
    )

    assert query == "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    mark = signing.checksum("create", query, SECRET, "sha1")
    assert mark == "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"


@pytest.mark.parametrize("algorithm", signing.ALGORITHMS)
def test_every_documented_checksum_is_accepted_and_a_wrong_secret_is_not(stub, algorithm):
    stub.accepts = (algorithm,)

    assert Server(stub.base, SECRET, algorithm).create(ROOM).made_at

    with pytest.raises(EngineSaysNo, match="checksumError"):
        Server(stub.base, "another", algorithm).create(ROOM)
    with pytest.raises(ValueError, match="md5"):
        signing.checksum("create", "", SECRET, "md5")


def test_a_server_that_takes_another_checksum_says_so(stub):
    stub.accepts = ("sha512",)

    with pytest.raises(EngineSaysNo, match="checksumError"):
        Server(stub.base, SECRET, "sha256").create(ROOM)


def test_letters_of_every_script_are_encoded_once_and_signed_as_sent(server, stub):
    name = "أحاديث & +1 50%/ñ, one"

    server.create({**ROOM, "name": name})

    assert stub.asked == [("create", {**ROOM, "name": name})]


def test_a_room_is_made_once_however_often_it_is_asked_for(server, stub):
    first = server.create(ROOM)
    second = server.create(ROOM)

    assert (first.was_there, second.was_there) == (False, True)
    assert first.made_at == second.made_at
    with pytest.raises(EngineSaysNo, match="validationError"):
        server.create({"name": "x", "meetingID": "room-2"})


def test_whoever_comes_in_is_counted_and_everybody_can_be_sent_out(server, stub):
    assert server.inside("room-1") is None
    made = server.create(ROOM)
    assert not server.is_running("room-1")
    told = {"fullName": "Amina", "meetingID": "room-1", "role": "MODERATOR", "userID": "s1-a"}

    _visit(server.join_address({**told, "createTime": made.made_at}))

    inside = server.inside("room-1")
    assert inside is not None
    assert (inside.people, inside.moderators, inside.is_running) == (1, 1, True)
    assert server.is_running("room-1")
    assert server.end("room-1") is True
    assert server.end("room-1") is False
    assert server.inside("room-1") is None


def test_an_old_link_does_not_open_a_later_session(server, stub):
    told = {"fullName": "Amina", "meetingID": "room-1", "role": "VIEWER"}
    old = server.join_address({**told, "createTime": server.create(ROOM).made_at})
    server.end("room-1")
    new = server.join_address({**told, "createTime": server.create(ROOM).made_at})

    assert b"mismatchCreateTimeParam" in _visit(old)
    assert b"In the room" in _visit(new)


def test_recordings_come_page_by_page(server, stub):
    stub.recordings = [_recorded(f"r-{n}") for n in range(120)] + [_recorded("other", "room-2")]

    found = server.recordings(room="room-1")

    assert [one.id for one in found] == [f"r-{n}" for n in range(120)]
    assert found[0].addresses == {"presentation": "https://x.example/playback"}
    assert found[0].seconds == 90
    assert [given.get("offset") for _call, given in stub.asked] == ["0", "50", "100"]


def test_a_server_that_knows_no_pages_is_not_asked_without_end(server, stub):
    stub.pages = False
    stub.recordings = [_recorded(f"r-{n}") for n in range(70)]

    assert len(server.recordings(room="room-1")) == 70
    assert len(stub.asked) == 2


def test_a_recording_is_taken_from_view_and_deleted(server, stub):
    stub.recordings = [_recorded("r-1")]

    assert server.publish("r-1", is_out=False) is True
    assert server.recordings(recording="r-1")[0].state == "unpublished"
    assert server.delete("r-1") is True
    assert server.delete("r-1") is False
    assert server.recordings(recording="r-1") == []
    with pytest.raises(EngineSaysNo, match="notFound"):
        server.publish("r-1", is_out=True)


def test_subtitles_are_put_beside_a_recording_and_listed(server, stub):
    stub.recordings = [_recorded("r-1")]

    server.put_track("r-1", language="sw", label="Kiswahili", vtt="WEBVTT\n\n")

    assert [one.language for one in server.tracks("r-1")] == ["sw"]
    with pytest.raises(EngineSaysNo, match="empty_uploaded_text_track"):
        server.put_track("r-1", language="sw", label="Kiswahili", vtt="nothing")
    with pytest.raises(EngineSaysNo, match="noRecordings"):
        server.tracks("r-2")


def test_a_hook_is_made_once_listed_and_taken_away(server, stub):
    told = {"address": "https://x.example/hook", "room": "room-1", "events": "meeting-ended"}

    assert server.hook(**told) == server.hook(**told) == "1"

    assert [(one.id, one.room) for one in server.hooks("room-1")] == [("1", "room-1")]
    assert server.unhook("1") is True
    assert server.unhook("1") is False
    assert server.hooks("room-1") == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]><response><returncode>SUCCESS</returncode>
<createTime>&b;&f;</createTime></response>"""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (b"", "engine-garbage"),
        (b"<html><body>Welcome to nginx</body></html>", "engine-garbage"),
        (b"\x00\xff\xfe not xml", "engine-garbage"),
        (b"<response><returncode>SUCCESS</returncode>", "engine-garbage"),
        (b"<response><returncode>MAYBE</returncode></response>", "engine-garbage"),
        (b"<response><returncode>SUCCESS</returncode></response>", "engine-garbage"),
        (b"<answer><returncode>SUCCESS</returncode></answer>", "engine-garbage"),
        (BOMB, "engine-garbage"),
        (b"<response>" + b" " * 2_100_000, "engine-too-much"),
    ],
)
def test_what_makes_no_sense_is_trouble_and_nothing_else(server, stub, words, code):
    stub.trouble = stub_bbb.says(200, words, "text/xml")

    with pytest.raises(EngineTrouble) as trouble:
        server.create(ROOM)

    assert trouble.value.code == code


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_other_answers_of_a_server_are_trouble_and_nobody_is_followed(server, stub, status):
    stub.trouble = stub_bbb.says(status, b"x", Location=f"{stub.base}/api/create?hello")

    with pytest.raises(EngineTrouble, match=f"engine-{status}"):
        server.create(ROOM)

    assert stub.asked == []


def test_a_server_that_drips_is_left_when_the_time_is_over(server, stub, monkeypatch):
    monkeypatch.setattr(asking, "IN_ALL", 0.4)
    over = threading.Event()
    stub.trouble = stub_bbb.drips(over)
    begun = time.monotonic()

    with pytest.raises(EngineTrouble, match="engine-slow"):
        server.in_time(0.4).create(ROOM)

    assert time.monotonic() - begun < 2
    over.set()


def test_nobody_behind_the_address_is_trouble():
    with pytest.raises(EngineTrouble, match="engine-silent"):
        Server("http://127.0.0.1:9/bigbluebutton", SECRET).create(ROOM)


def test_after_three_failures_nobody_waits_for_half_a_minute(server, stub):
    stub.trouble = stub_bbb.says(500, b"")
    for _time in range(3):
        with pytest.raises(EngineTrouble, match="engine-500"):
            server.create(ROOM)
    stub.trouble = None

    with pytest.raises(EngineTrouble, match="engine-resting"):
        server.create(ROOM)
    assert stub.asked == []

    breaker.forget()
    assert server.create(ROOM).made_at


def test_after_the_rest_one_may_try_and_an_answer_ends_it():
    at = [0.0]
    rest = breaker.Breaker(clock=lambda: at[0])
    for _time in range(3):
        rest.failed()
    assert rest.is_resting()

    at[0] = 31
    assert [rest.is_resting(), rest.is_resting()] == [False, True]
    rest.failed()
    at[0] = 60
    assert rest.is_resting()
    at[0] = 62
    assert not rest.is_resting()
    rest.answered()

    assert not rest.is_resting()


def test_failures_far_apart_are_no_reason_to_rest():
    at = [0.0]
    rest = breaker.Breaker(clock=lambda: at[0])

    for moment in (0, 40, 80, 120):
        at[0] = moment
        rest.failed()

    assert not rest.is_resting()


def test_a_server_without_hooks_is_no_server_that_is_down(server, stub):
    stub.has_hooks = False
    for _time in range(4):
        with pytest.raises(EngineTrouble, match="engine-404"):
            server.hook(address="https://x.example/", room="room-1", events="")

    assert server.create(ROOM).made_at


def test_a_call_of_the_engine_is_known_by_its_checksum_or_its_secret():
    address, body = "https://x.example/hook/", b"domain=d&event=%5B%7B%7D%5D&timestamp=1"
    plain = "domain=d&event=[{}]&timestamp=1"

    def believes(given: str = "", bearer: str = "") -> bool:
        return signing.is_from_engine(
            address=address, body=body, given=given, bearer=bearer, secret=SECRET
        )

    for algorithm in signing.ALGORITHMS:
        text = address.encode() + body + SECRET.encode()
        assert believes(hashlib.new(algorithm, text).hexdigest())
    assert believes(hashlib.sha1(f"{address}{plain}{SECRET}".encode()).hexdigest())
    assert believes(bearer=SECRET)
    assert not believes(hashlib.sha256(body).hexdigest())
    assert not believes("é" * 64)
    assert not believes()
    assert not believes(bearer="something else")


def test_what_nobody_of_the_team_can_see_is_off():
    assert {"privateChat", "breakoutRooms", "learningDashboard"} <= set(DISABLED.split(","))


def _recorded(number: str, room: str = "room-1") -> dict[str, str]:
    url = "https://x.example/playback"
    return {"recordID": number, "meetingID": room, "state": "published", "url": url}


def _visit(address: str) -> bytes:
    base = address.partition("/api/")[0]
    return asking.ask(address, engine=f"{base}#browser")
