"""The way to the writing room: who may take it, what is passed on and back, and what if it is closed."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from exchange.desk.views import writing
from exchange.desk.writing import opening
from exchange.members.models import Member
from tests import cast
from tests.desk.room import Room, standing

pytestmark = pytest.mark.django_db
ROOM = "/desk/write/"


@pytest.fixture(autouse=True)
def _new(settings, tmp_path: Path) -> None:
    """Nothing is known of it, and wishes are noted in a place of this test."""
    opening.forget()
    settings.DATA_DIR = tmp_path


@pytest.fixture
def room(settings) -> Iterator[Room]:
    with standing() as room:
        settings.WRITE_URL, settings.WRITE_PORT = room.url, room.server_address[1]
        yield room


@pytest.fixture
def closed(settings) -> int:
    """A port at which nobody stands."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    settings.WRITE_URL, settings.WRITE_PORT = f"http://127.0.0.1:{port}", port
    return port


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_host_is_passed_on_with_what_the_browser_sent(desk: Client, room: Room) -> None:
    answer = desk.get(
        ROOM + "pages/3/edit/?next=%2Fdesk%2F",
        headers={"Accept-Language": "pt", "Connection": "X-Mine", "X-Mine": "no", "TE": "trailers"},
    )

    assert answer.status_code == 200
    asked = room.asked[-1]
    assert (asked["method"], asked["path"]) == ("GET", "/desk/write/pages/3/edit/?next=%2Fdesk%2F")
    assert asked["headers"]["accept-language"] == "pt"
    assert desk.cookies["sessionid"].value in asked["headers"]["cookie"]
    assert not {"connection", "x-mine", "te"} & set(asked["headers"])


def test_what_the_room_answers_comes_back_as_it_said_it(desk: Client, room: Room) -> None:
    answer = desk.get(ROOM)

    assert answer.headers["Content-Security-Policy"] == "default-src 'self'"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "X-Of-This-Line" not in answer.headers
    assert (answer.cookies["messages"].value, answer.cookies["csrftoken"].value) == ("one", "two")
    assert answer.cookies["messages"]["samesite"] == "Lax"


def test_a_redirect_stays_a_redirect(desk: Client, room: Room) -> None:
    answer = desk.get(ROOM + "moved/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/write/pages/")


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_a_form_goes_unread_to_the_room_which_asks_for_its_token(
    beatriz: Member, room: Room, method: str
) -> None:
    strict = cast.signed_in(Client(enforce_csrf_checks=True), beatriz)

    ask = getattr(strict, method)
    answer = ask(ROOM + "x/", "title=not", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422
    assert body_of(answer) == b"title=not"
    assert room.asked[-1]["method"] == method.upper()


def test_a_picture_of_some_megabytes_is_passed_on_whole(desk: Client, room: Room) -> None:
    picture = SimpleUploadedFile("wide.jpg", b"good" + b"\xff" * 3_000_000)

    answer = desk.post(ROOM + "images/add/", {"file": picture})

    assert answer.status_code == 200
    assert room.asked[-1]["length"] > 3_000_000


def test_more_than_any_form_of_ours_is_refused_before_the_room(desk: Client, room: Room) -> None:
    answer = desk.generic(
        "POST", ROOM + "x/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="40000001"
    )

    assert answer.status_code == 413
    assert not room.asked


def test_members_visitors_and_half_signed_in_hosts_are_not_passed_on(
    amina: Member, beatriz: Member, visitor: Client, room: Room, tmp_path: Path
) -> None:
    half = Client()
    half.force_login(beatriz)

    assert cast.signed_in(Client(), amina).get(ROOM).status_code == 404
    assert visitor.get(ROOM)["Location"] == "/sign-in/?next=%2Fdesk%2Fwrite%2F"
    assert half.get(ROOM)["Location"].startswith("/me/security/again/")
    assert visitor.post(ROOM, {"words": "typed"}).status_code == 302
    assert not room.asked
    assert not (tmp_path / "writing-wish").exists()


@pytest.mark.parametrize("path", ["//example.org/", "http://example.org/", "../../outbox/", "@x/"])
def test_no_address_leads_anywhere_else(desk: Client, room: Room, path: str) -> None:
    desk.get(ROOM + path)

    assert room.asked[-1]["path"].startswith(ROOM)


def test_a_host_in_any_language_is_led_to_the_one_address(desk: Client) -> None:
    with override("fr"):
        address = reverse("desk:writing")

    assert address == "/fr/desk/write/"
    assert desk.get(address)["Location"] == ROOM


def test_a_closed_room_is_wished_open_and_the_page_looks_again(
    desk: Client, closed: int, tmp_path: Path
) -> None:
    answer = desk.get(ROOM)

    assert answer.status_code == 503
    assert (answer.headers["Refresh"], answer.headers["Retry-After"]) == ("3", "3")
    assert answer.headers["Content-Language"] == "pt"
    assert b"/desk/write/" in answer.content
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert (tmp_path / "writing-wish").exists()


def test_an_editor_left_open_somewhere_does_not_keep_the_room_open(
    desk: Client, closed: int, tmp_path: Path
) -> None:
    answer = desk.post(ROOM + "editing-sessions/ping/a/b/1/2/", headers={"Accept": "*/*"})

    assert (answer.status_code, answer.content) == (503, b"")
    assert not (tmp_path / "writing-wish").exists()


def test_what_is_sent_waits_for_a_room_that_is_opening(desk: Client, closed: int, settings) -> None:
    def open_it() -> None:
        time.sleep(0.3)  # the room takes its time; nothing here can be waited for
        with standing() as late:
            settings.WRITE_URL = late.url
            done.wait(10)

    done = threading.Event()
    opening_soon = threading.Thread(target=open_it)
    opening_soon.start()
    answer = desk.post(ROOM + "pages/3/edit/", {"title": "good"})
    done.set()
    opening_soon.join()

    assert answer.status_code == 200


def test_what_is_sent_in_vain_is_said_to_be_unsaved(
    desk: Client, closed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "WAIT", 0.0)

    answer = desk.post(ROOM + "pages/3/edit/", {"title": "words"})

    assert answer.status_code == 503
    assert "Refresh" not in answer.headers


def test_whoever_stands_at_the_port_without_our_secret_is_handed_nothing(
    desk: Client, settings
) -> None:
    with standing(knows_the_secret=False) as stranger:
        settings.WRITE_URL = stranger.url

        answer = desk.get(ROOM)

    assert answer.status_code == 503
    assert not stranger.asked


def test_a_room_that_breaks_off_is_asked_again_before_the_next(desk: Client, room: Room) -> None:
    assert desk.get(ROOM + "cut/").status_code == 503
    assert desk.get(ROOM).status_code == 200


def test_without_a_room_the_page_says_so(desk: Client, settings) -> None:
    settings.WRITE_URL, settings.WRITE_PORT = "", 0

    answer = desk.get(ROOM)

    assert answer.status_code == 503
    assert "Refresh" not in answer.headers
    assert b"EXCHANGE_WRITE_URL" in answer.content


def test_a_page_that_our_service_worker_asks_for_is_a_page(desk) -> None:
    asked_so = {"Sec-Fetch-Dest": "empty", "Accept": "text/html,application/xhtml+xml"}
    answer = desk.get(ROOM, headers=asked_so)

    assert answer.status_code == 503
    assert b"<h1>" in answer.content
